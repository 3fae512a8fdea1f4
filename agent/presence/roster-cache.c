/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-cache.h"

#include "contact-private.h"
#include "roster-storage.h"

/* Hexadecimal digits of a SHA-256 that tell the accounts of one user apart. */
#define NAME_DIGITS 24

struct _OhRosterCache
{
  GObject parent_instance;

  OhClock *clock;            /* (owned) */
  OhContacts *contacts;      /* (owned) */
  char *directory;           /* (owned) */
  char *account;             /* (owned) (nullable): key of its address */
  gint64 as_of_us;           /* see the property */
  GCancellable *cancellable; /* (owned) (nullable): of the reading under way */
  guint alarm;               /* at which it is written */
  OhContactSnapshot *copy;   /* (owned) (nullable): growing, to be written */
  OhContactSnapshot *kept;   /* (owned) (nullable): shrinking: to be taken over */
  guint taken;               /* people of it that are in the list */
  guint turn;                /* source of the next slice of either */
  gboolean writing;
  gboolean again;  /* it has changed since the writing began */
  gboolean failed; /* the last writing: told once */
};

enum
{
  PROP_AS_OF = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (OhRosterCache, oh_roster_cache, G_TYPE_OBJECT)

char *
oh_roster_cache_file_name (const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_strdup_printf ("contacts-%.*s", NAME_DIGITS, sum);
}

static char *
path_of (OhRosterCache *self)
{
  g_autofree char *name = oh_roster_cache_file_name (self->account);

  return g_build_filename (self->directory, name, NULL);
}

static void
set_as_of (OhRosterCache *self, gint64 as_of_us)
{
  if (self->as_of_us == as_of_us)
    return;
  self->as_of_us = as_of_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AS_OF]);
}

/* --- writing -------------------------------------------------------------------------------- */

static void write_now (OhRosterCache *self);

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhRosterCache *self = OH_ROSTER_CACHE (source);
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!oh_roster_storage_store_finish (result, &error) && !self->failed)
    g_message ("the contact list cannot be kept: %s", error->message);
  self->failed = error != NULL;
  if (self->again && self->account != NULL)
    write_now (self);
}

/* @snapshot: (transfer full) (nullable): NULL removes the file */
static void
store (OhRosterCache *self, OhContactSnapshot *snapshot)
{
  g_autofree char *path = path_of (self);

  self->writing = TRUE;
  oh_roster_storage_store_async (self, path, snapshot, on_stored, NULL);
}

static void
stop_turns (OhRosterCache *self)
{
  g_clear_handle_id (&self->turn, g_source_remove);
  g_clear_pointer (&self->copy, oh_contact_snapshot_free);
  g_clear_pointer (&self->kept, oh_contact_snapshot_free);
}

static gboolean
on_copy_turn (gpointer user_data)
{
  OhRosterCache *self = user_data;

  if (oh_contacts_snapshot_add (self->contacts, self->copy, OH_ROSTER_CACHE_SLICE))
    return G_SOURCE_CONTINUE;
  self->turn = 0;
  self->copy->account = g_strdup (self->account);
  self->copy->saved_us = self->as_of_us != 0 ? self->as_of_us : oh_clock_wall_us (self->clock);
  store (self, g_steal_pointer (&self->copy));
  return G_SOURCE_REMOVE;
}

static void
begin_copy (OhRosterCache *self)
{
  stop_turns (self);
  self->copy = oh_contacts_snapshot_begin (self->contacts);
  self->turn = g_idle_add (on_copy_turn, self);
}

/* One at a time, so that the newest is what stays. Of nobody there is no file. */
static void
write_now (OhRosterCache *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->again = self->writing;
  if (self->writing)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->contacts)) > 0)
    begin_copy (self);
  else
    {
      stop_turns (self);
      store (self, NULL);
    }
}

/* People came or went while they were copied. */
static void
on_items_changed (OhRosterCache *self)
{
  if (self->copy != NULL)
    write_now (self);
}

static gboolean
on_alarm (gpointer user_data)
{
  OhRosterCache *self = user_data;

  self->alarm = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (OhRosterCache *self)
{
  if (self->account != NULL && self->alarm == 0 && !oh_contacts_is_stale (self->contacts))
    self->alarm = oh_clock_add_alarm_in (self->clock, OH_ROSTER_CACHE_DELAY_US, on_alarm, self);
}

/* When nobody confirms it any more, the file shall say since when. */
static void
on_stale (OhRosterCache *self)
{
  gboolean stale = oh_contacts_is_stale (self->contacts);

  if (stale && self->account != NULL && self->as_of_us == 0)
    {
      set_as_of (self, oh_clock_wall_us (self->clock));
      write_now (self);
    }
  else if (!stale)
    set_as_of (self, 0);
}

/* --- reading -------------------------------------------------------------------------------- */

static gboolean
on_take_turn (gpointer user_data)
{
  OhRosterCache *self = user_data;
  gboolean more =
    oh_contacts_is_stale (self->contacts) && /* else the server was quicker */
    oh_contacts_restore (self->contacts, self->kept, self->taken, OH_ROSTER_CACHE_SLICE);

  self->taken += OH_ROSTER_CACHE_SLICE;
  if (more)
    return G_SOURCE_CONTINUE;
  self->turn = 0;
  g_clear_pointer (&self->kept, oh_contact_snapshot_free);
  return G_SOURCE_REMOVE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhRosterCache *self = OH_ROSTER_CACHE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhContactSnapshot) snapshot = oh_roster_storage_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return; /* of another account by now */
  g_clear_object (&self->cancellable);
  if (snapshot == NULL)
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("the contact list that was kept is passed over: %s", error->message);
      return;
    }
  if (!oh_contacts_is_stale (self->contacts))
    return; /* the server was quicker */
  set_as_of (self, snapshot->saved_us);
  stop_turns (self);
  self->kept = g_steal_pointer (&snapshot);
  self->taken = 0;
  self->turn = g_idle_add (on_take_turn, self);
}

static void
load (OhRosterCache *self)
{
  g_autofree char *path = path_of (self);

  self->cancellable = g_cancellable_new ();
  oh_roster_storage_load_async (self, path, self->account, self->cancellable, on_loaded, NULL);
}

/* --- for the owner -------------------------------------------------------------------------- */

void
oh_roster_cache_set_account (OhRosterCache *self, const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);

  if (g_strcmp0 (key, self->account) == 0)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->again = FALSE;
  stop_turns (self);
  g_clear_pointer (&self->account, g_free); /* nothing of the old list goes into a file any more */
  oh_contacts_clear (self->contacts);
  set_as_of (self, 0);
  self->account = g_steal_pointer (&key);
  if (self->account != NULL)
    load (self);
}

void
oh_roster_cache_forget (OhRosterCache *self)
{
  if (self->account == NULL)
    return;
  oh_contacts_clear (self->contacts);
  set_as_of (self, 0);
  write_now (self);
}

gint64
oh_roster_cache_as_of_us (OhRosterCache *self)
{
  return self->as_of_us;
}

OhRosterCache *
oh_roster_cache_new (OhClock *clock, OhContacts *contacts, const char *directory)
{
  OhRosterCache *self = g_object_new (OH_TYPE_ROSTER_CACHE, NULL);

  self->clock = g_object_ref (clock);
  self->contacts = g_object_ref (contacts);
  self->directory = g_strdup (directory);
  g_signal_connect_object (contacts, "list-applied", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contacts, "list-applied", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contacts, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contacts, "card-changed", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contacts, "notify::stale", G_CALLBACK (on_stale), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
oh_roster_cache_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_AS_OF: g_value_set_int64 (value, OH_ROSTER_CACHE (object)->as_of_us); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_roster_cache_dispose (GObject *object)
{
  OhRosterCache *self = OH_ROSTER_CACHE (object);

  if (self->clock != NULL)
    oh_clock_clear_alarm (self->clock, &self->alarm);
  stop_turns (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->contacts);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->directory, g_free);
  G_OBJECT_CLASS (oh_roster_cache_parent_class)->dispose (object);
}

static void
oh_roster_cache_class_init (OhRosterCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = oh_roster_cache_get_property;
  object_class->dispose = oh_roster_cache_dispose;
  props[PROP_AS_OF] =
    g_param_spec_int64 ("as-of", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
oh_roster_cache_init (OhRosterCache *self)
{
}
