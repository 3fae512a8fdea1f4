/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dnd-joint.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dnd-sync.h"

/* What is remembered is a word for each phone; a longer file is none of ours. */
#define MEMORY_MAX 4096u

struct _OhDndJoint
{
  OhConfig *config;           /* (owned) */
  OhPublication *publication; /* (owned) */
  OhDndSync *sync;            /* (owned) */
  GPtrArray *phones;          /* (owned) (element-type OhPhone) */
  GFile *file;                /* (owned) */
  char *kept;                 /* (owned) (nullable): what was written last */
  guint save;                 /* idle source: several changes are one write */
  gboolean writing;
  GCancellable *gone; /* (owned): cancelled when this goes */
};

/* --- what is remembered --------------------------------------------------------------------- */

static void save_later (OhDndJoint *self);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  OhDndJoint *self = user_data;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return; /* it is gone */
      g_message ("what was switched last is not remembered: %s", error->message);
    }
  self->writing = FALSE;
  save_later (self);
}

static gboolean
on_save (gpointer user_data)
{
  OhDndJoint *self = user_data;
  g_autofree char *text = oh_dnd_sync_dup_text (self->sync);
  g_autoptr (GBytes) bytes = NULL;

  self->save = 0;
  if (g_strcmp0 (text, self->kept) == 0)
    return G_SOURCE_REMOVE;
  g_free (self->kept);
  self->kept = g_steal_pointer (&text);
  self->writing = TRUE;
  bytes = g_bytes_new (self->kept, strlen (self->kept));
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       self->gone, on_written, self);
  return G_SOURCE_REMOVE;
}

static void
save_later (OhDndJoint *self)
{
  if (self->save == 0 && !self->writing)
    self->save = g_idle_add (on_save, self);
}

/* --- telling -------------------------------------------------------------------------------- */

/* Whom an answer is for: the joint may be gone, then it is cancelled. */
typedef struct
{
  OhDndJoint *joint;  /* (unowned) */
  GCancellable *gone; /* (owned): of the joint */
  char *side;         /* (owned) */
  gboolean dnd;
} Telling;

static Telling *
telling_new (OhDndJoint *self, const char *side, gboolean dnd)
{
  Telling *telling = g_new0 (Telling, 1);

  telling->joint = self;
  telling->gone = g_object_ref (self->gone);
  telling->side = g_strdup (side);
  telling->dnd = dnd;
  return telling;
}

static void
telling_free (Telling *telling)
{
  g_object_unref (telling->gone);
  g_free (telling->side);
  g_free (telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

static gboolean
passes (const GError *error)
{
  static const OhError codes[] = { OH_ERROR_UNREACHABLE,      OH_ERROR_NOT_SIGNED_IN,
                                   OH_ERROR_UNTRUSTED,        OH_ERROR_PHONE_LOGIN,
                                   OH_ERROR_PHONE_LOCKED_OUT, OH_ERROR_CANCELLED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, OH_ERROR, (int) codes[i]))
      return TRUE;
  return FALSE;
}

static void
say_failure (const Telling *telling, const GError *error)
{
  const char *what = telling->dnd ? "on" : "off";

  if (passes (error))
    g_message ("[%s] “do not disturb” will be switched %s when it can be: %s",
               telling->side[0] != '\0' ? telling->side : "presence", what, error->message);
  else
    g_message ("[%s] “do not disturb” was not switched %s: %s",
               telling->side[0] != '\0' ? telling->side : "presence", what, error->message);
}

static void
conclude (Telling *telling, OhDndOutcome outcome, const GError *error)
{
  if (error != NULL)
    {
      say_failure (telling, error);
      outcome = passes (error) ? OH_DND_UNREACHABLE : OH_DND_REFUSED;
    }
  oh_dnd_sync_told (telling->joint->sync, telling->side, telling->dnd, outcome);
}

static void
on_presence_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Telling) telling = user_data;
  g_autoptr (GError) error = NULL;
  gboolean told = FALSE;

  oh_publication_set_dnd_finish (OH_PUBLICATION (source), result, &told, &error);
  if (!g_cancellable_is_cancelled (telling->gone))
    conclude (telling, told ? OH_DND_DONE : OH_DND_UNSEEN, error);
}

static void look_at_phone (OhDndJoint *self, OhPhone *phone);
static OhPhone *find_phone (OhDndJoint *self, const char *id);

static void
on_phone_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Telling) telling = user_data;
  g_autoptr (GError) error = NULL;
  OhPhoneOutcome outcome = oh_phone_send_finish (OH_PHONE (source), result, &error);

  if (g_cancellable_is_cancelled (telling->gone))
    return;
  conclude (telling, outcome == OH_PHONE_OUTCOME_CONFIRMED ? OH_DND_DONE : OH_DND_UNSEEN, error);
  if (find_phone (telling->joint, telling->side) == OH_PHONE (source))
    look_at_phone (telling->joint, OH_PHONE (source)); /* it may have been lost meanwhile */
}

static OhPhone *
find_phone (OhDndJoint *self, const char *id)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      OhPhone *phone = g_ptr_array_index (self->phones, i);

      if (g_str_equal (oh_phone_get_id (phone), id))
        return phone;
    }
  return NULL;
}

static void
tell (const char *side, gboolean dnd, gpointer user_data)
{
  OhDndJoint *self = user_data;
  OhPhone *phone = find_phone (self, side);
  const OhPhoneCommand command = { .verb = dnd ? OH_PHONE_DND_ON : OH_PHONE_DND_OFF };

  if (g_str_equal (side, OH_DND_PRESENCE))
    oh_publication_set_dnd_async (self->publication, dnd, on_presence_set,
                                  telling_new (self, side, dnd));
  else if (phone != NULL)
    oh_phone_send_async (phone, &command, self->gone, on_phone_set, telling_new (self, side, dnd));
}

static void
on_changed (gpointer user_data)
{
  save_later (user_data);
}

static const OhDndHost host = { tell, on_changed };

/* --- listening ------------------------------------------------------------------------------ */

/* Signed out, or appearing so, says nothing of what the user wants. */
static void
look_at_presence (OhDndJoint *self)
{
  OhAvailability availability =
    oh_presence_availability (oh_publication_own_presence (self->publication));

  if (availability == OH_AVAILABILITY_UNKNOWN || availability == OH_AVAILABILITY_OFFLINE)
    oh_dnd_sync_lose (self->sync, OH_DND_PRESENCE);
  else
    oh_dnd_sync_see (self->sync, OH_DND_PRESENCE, availability == OH_AVAILABILITY_DND);
}

static void
look_at_phone (OhDndJoint *self, OhPhone *phone)
{
  if (oh_phone_get_state (phone) == OH_PHONE_STATE_READY)
    oh_dnd_sync_see (self->sync, oh_phone_get_id (phone), oh_phone_get_dnd (phone));
  else
    oh_dnd_sync_lose (self->sync, oh_phone_get_id (phone));
}

static void
on_phone_notify (OhPhone *phone, GParamSpec *pspec, OhDndJoint *self)
{
  look_at_phone (self, phone);
}

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, OhDndJoint *self)
{
  const char *id = oh_phone_get_id (phone);

  if (event->kind == OH_PHONE_EVENT_DND_ON || event->kind == OH_PHONE_EVENT_DND_OFF)
    oh_dnd_sync_echo (self->sync, id, event->kind == OH_PHONE_EVENT_DND_ON);
  else if (event->kind == OH_PHONE_EVENT_STARTED)
    oh_dnd_sync_restarted (self->sync, id);
}

void
oh_dnd_joint_add_phone (OhDndJoint *self, OhPhone *phone)
{
  g_ptr_array_add (self->phones, g_object_ref (phone));
  g_signal_connect (phone, "notify::dnd", G_CALLBACK (on_phone_notify), self);
  g_signal_connect (phone, "notify::state", G_CALLBACK (on_phone_notify), self);
  g_signal_connect (phone, "event", G_CALLBACK (on_event), self);
  look_at_phone (self, phone);
}

static gboolean
is_in_settings (OhDndJoint *self, const char *id)
{
  g_autoptr (GPtrArray) phones = oh_config_dup_phones (self->config);

  for (guint i = 0; i < phones->len; i++)
    if (g_str_equal (((const OhConfigPhone *) g_ptr_array_index (phones, i))->id, id))
      return TRUE;
  return FALSE;
}

void
oh_dnd_joint_remove_phone (OhDndJoint *self, OhPhone *phone)
{
  if (phone == NULL)
    return;
  g_signal_handlers_disconnect_by_data (phone, self);
  if (is_in_settings (self, oh_phone_get_id (phone)))
    oh_dnd_sync_lose (self->sync, oh_phone_get_id (phone));
  else
    oh_dnd_sync_forget (self->sync, oh_phone_get_id (phone));
  g_ptr_array_remove (self->phones, phone); /* may free it */
}

static void
on_settings (OhDndJoint *self)
{
  g_autofree OhConfigPresence *presence = oh_config_dup_presence (self->config);

  oh_dnd_sync_set_ways (self->sync, presence->phone_to_presence, presence->presence_to_phone);
}

/* --- life ----------------------------------------------------------------------------------- */

/* Read at once and before anything is heard: a few octets of a local file, at the start. */
static void
remember (OhDndJoint *self)
{
  g_autofree char *path =
    g_build_filename (g_get_user_state_dir (), "offhook", "do-not-disturb", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  gsize len = 0;

  self->file = g_file_new_for_path (path);
  g_mkdir_with_parents (folder, 0700);
  if (g_file_get_contents (path, &text, &len, NULL) && len < MEMORY_MAX)
    oh_dnd_sync_restore (self->sync, text);
  self->kept = oh_dnd_sync_dup_text (self->sync);
}

OhDndJoint *
oh_dnd_joint_new (OhClock *clock, OhConfig *config, OhPublication *publication)
{
  OhDndJoint *self = g_new0 (OhDndJoint, 1);

  self->config = g_object_ref (config);
  self->publication = g_object_ref (publication);
  self->sync = oh_dnd_sync_new (clock, &host, self);
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
  self->gone = g_cancellable_new ();
  remember (self);
  g_signal_connect_swapped (config, "presence-changed", G_CALLBACK (on_settings), self);
  g_signal_connect_swapped (publication, "notify::own-presence", G_CALLBACK (look_at_presence),
                            self);
  on_settings (self);
  look_at_presence (self);
  return self;
}

void
oh_dnd_joint_free (OhDndJoint *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->gone);
  g_clear_handle_id (&self->save, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->config, self);
  g_signal_handlers_disconnect_by_data (self->publication, self);
  for (guint i = 0; i < self->phones->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->phones, i), self);
  g_ptr_array_unref (self->phones);
  oh_dnd_sync_free (self->sync);
  g_object_unref (self->file);
  g_object_unref (self->gone);
  g_object_unref (self->publication);
  g_object_unref (self->config);
  g_free (self->kept);
  g_free (self);
}
