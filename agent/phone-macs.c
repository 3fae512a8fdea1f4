/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-macs.h"

#include "hardware-address.h"

#define FILE_NAME "phones"
#define KEY "mac"

struct _OhPhoneMacs
{
  GObject parent_instance;

  GFile *file;      /* (owned) (nullable) */
  GHashTable *macs; /* (owned): id to MAC */
  gboolean writing;
  gboolean stale; /* what is being written is old already */
};

G_DEFINE_FINAL_TYPE (OhPhoneMacs, oh_phone_macs, G_TYPE_OBJECT)

static guint loaded_signal;

static void store (OhPhoneMacs *self);

/* --- the file ------------------------------------------------------------------------------- */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhPhoneMacs) self = user_data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_message ("the phones' hardware addresses cannot be remembered: %s", error->message);
  else if (self->stale)
    store (self);
}

/* One at a time, so that the newest is what stays. */
static void
store (OhPhoneMacs *self)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GBytes) text = NULL;
  GHashTableIter iter;
  gpointer id, mac;
  char *data;
  gsize len;

  self->stale = self->writing;
  if (self->writing || self->file == NULL)
    return;
  self->writing = TRUE;
  g_hash_table_iter_init (&iter, self->macs);
  while (g_hash_table_iter_next (&iter, &id, &mac))
    g_key_file_set_string (keys, id, KEY, mac);
  data = g_key_file_to_data (keys, &len, NULL);
  text = g_bytes_new_take (data, len);
  g_file_replace_contents_bytes_async (self->file, text, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_stored, g_object_ref (self));
}

/* What was learnt meanwhile is newer. */
static void
read_text (OhPhoneMacs *self, const char *text, gsize len)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_auto (GStrv) ids = NULL;

  if (len > OH_PHONE_MACS_FILE_MAX ||
      !g_key_file_load_from_data (keys, text, len, G_KEY_FILE_NONE, NULL))
    return;
  ids = g_key_file_get_groups (keys, NULL);
  for (char **id = ids; *id != NULL; id++)
    {
      g_autofree char *value = g_key_file_get_string (keys, *id, KEY, NULL);
      char *mac = value != NULL ? oh_hardware_address_parse (oh_slice_str (value)) : NULL;

      if (mac != NULL && !g_hash_table_contains (self->macs, *id))
        g_hash_table_insert (self->macs, g_strdup (*id), mac);
      else
        g_free (mac);
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhPhoneMacs) self = user_data;
  g_autofree char *text = NULL;
  gsize len;

  if (g_file_load_contents_finish (G_FILE (source), result, &text, &len, NULL, NULL))
    read_text (self, text, len);
  g_signal_emit (self, loaded_signal, 0);
}

/* --- the memory ----------------------------------------------------------------------------- */

const char *
oh_phone_macs_get (OhPhoneMacs *self, const char *id)
{
  return g_hash_table_lookup (self->macs, id);
}

void
oh_phone_macs_put (OhPhoneMacs *self, const char *id, const char *mac)
{
  if (g_strcmp0 (oh_phone_macs_get (self, id), mac) == 0)
    return;
  g_hash_table_replace (self->macs, g_strdup (id), g_strdup (mac));
  store (self);
}

static void
oh_phone_macs_finalize (GObject *object)
{
  OhPhoneMacs *self = OH_PHONE_MACS (object);

  g_clear_object (&self->file);
  g_hash_table_unref (self->macs);
  G_OBJECT_CLASS (oh_phone_macs_parent_class)->finalize (object);
}

static void
oh_phone_macs_class_init (OhPhoneMacsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_phone_macs_finalize;
  loaded_signal = g_signal_new ("loaded", OH_TYPE_PHONE_MACS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
oh_phone_macs_init (OhPhoneMacs *self)
{
  self->macs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

OhPhoneMacs *
oh_phone_macs_new (const char *dir)
{
  OhPhoneMacs *self = g_object_new (OH_TYPE_PHONE_MACS, NULL);

  if (dir == NULL)
    return self;
  self->file = g_file_new_build_filename (dir, FILE_NAME, NULL);
  g_file_load_contents_async (self->file, NULL, on_loaded, g_object_ref (self));
  return self;
}
