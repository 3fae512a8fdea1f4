/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-journal.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILE_NAME "calls"

struct _OhCallJournal
{
  OhCallList *calls; /* (owned) */
  OhClock *clock;    /* (owned) */
  GFile *file;       /* (owned) */
  GKeyFile *before;  /* (owned): of the agent before; groups go when their phone has come */
  guint idle;
  GCancellable *cancellable; /* (owned) */
  gboolean writing;
  gboolean dirty; /* changed while that was under way */
  gboolean stopped;
};

/* --- writing -------------------------------------------------------------------------------- */

static void
put (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
}

static void
put_call (GKeyFile *file, OhCall *call, gint64 now_us)
{
  const char *group = oh_call_get_id (call);
  OhCallKey key;

  oh_call_get_key (call, &key);
  g_key_file_set_int64 (file, group, "seen", now_us);
  g_key_file_set_integer (file, group, "direction", (int) oh_call_get_direction (call));
  put (file, group, "phone", oh_phone_get_id (oh_call_get_phone (call)));
  put (file, group, "handle", key.handle);
  put (file, group, "line", key.line);
  if (oh_call_get_private (call))
    return;
  put (file, group, "local", key.local);
  put (file, group, "remote", key.remote);
  put (file, group, "number", oh_call_get_number (call));
  put (file, group, "name", oh_call_get_name (call));
}

static GBytes *
to_bytes (OhCallJournal *self)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  char *text;
  gsize len;

  for (guint i = 0; i < calls->len; i++)
    if (oh_call_get_state (g_ptr_array_index (calls, i)) != OH_CALL_ENDED)
      put_call (file, g_ptr_array_index (calls, i), oh_clock_wall_us (self->clock));
  text = g_key_file_to_data (file, &len, NULL);
  return g_bytes_new_take (text, len);
}

static gboolean on_idle (gpointer user_data);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean written = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  OhCallJournal *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* it is gone */
  self = user_data;
  self->writing = FALSE;
  if (!written)
    g_debug ("the calls that are up cannot be kept: %s", error->message);
  if (self->dirty && !self->stopped)
    on_idle (self);
}

static gboolean
on_idle (gpointer user_data)
{
  OhCallJournal *self = user_data;
  g_autoptr (GBytes) bytes = NULL;

  self->idle = 0;
  self->dirty = self->writing;
  if (self->writing)
    return G_SOURCE_REMOVE;
  self->writing = TRUE;
  bytes = to_bytes (self);
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       self->cancellable, on_written, self);
  return G_SOURCE_REMOVE;
}

static void
on_call (OhCallList *calls, OhCall *call, OhCallJournal *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

/* --- reading -------------------------------------------------------------------------------- */

static GKeyFile *
load (GFile *place)
{
  GKeyFile *file = g_key_file_new ();
  GStatBuf found;

  if (g_stat (g_file_peek_path (place), &found) == 0 && found.st_size >= 0 &&
      (gsize) found.st_size <= OH_CALL_JOURNAL_MAX)
    g_key_file_load_from_file (file, g_file_peek_path (place), G_KEY_FILE_NONE, NULL);
  return file;
}

OhCallJournal *
oh_call_journal_new (OhCallList *calls, OhClock *clock, const char *dir)
{
  OhCallJournal *self = g_new0 (OhCallJournal, 1);
  g_autofree char *own = g_build_filename (g_get_user_state_dir (), "offhook", NULL);
  g_autofree char *path = g_build_filename (dir != NULL ? dir : own, FILE_NAME, NULL);

  g_mkdir_with_parents (dir != NULL ? dir : own, 0700);
  self->calls = g_object_ref (calls);
  self->clock = g_object_ref (clock);
  self->file = g_file_new_for_path (path);
  self->cancellable = g_cancellable_new ();
  self->before = load (self->file);
  g_signal_connect (calls, "added", G_CALLBACK (on_call), self);
  g_signal_connect (calls, "changed", G_CALLBACK (on_call), self);
  g_signal_connect (calls, "removed", G_CALLBACK (on_call), self);
  return self;
}

/* What another program may have written: bounded, and valid or nothing. */
static char *
get (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *value = g_key_file_get_string (file, group, key, NULL);

  return value != NULL && *value != '\0' && strlen (value) <= OH_PHONE_EVENT_VALUE_MAX
           ? g_steal_pointer (&value)
           : NULL;
}

static void
restore (OhCallJournal *self, OhPhone *phone, const char *group)
{
  GKeyFile *file = self->before;
  g_autoptr (OhPhoneEvent) event = oh_phone_event_new (OH_PHONE_EVENT_OFF_HOOK);
  g_autofree char *number = get (file, group, "number");
  g_autofree char *name = get (file, group, "name");
  int direction = g_key_file_get_integer (file, group, "direction", NULL);
  gint64 age_us = oh_clock_wall_us (self->clock) - g_key_file_get_int64 (file, group, "seen", NULL);

  event->call = get (file, group, "handle");
  event->line = get (file, group, "line");
  event->local = get (file, group, "local");
  event->remote = get (file, group, "remote");
  if (age_us < 0 || age_us >= OH_CALL_JOURNAL_US)
    return;
  if (direction != OH_CALL_DIRECTION_INCOMING && direction != OH_CALL_DIRECTION_OUTGOING)
    direction = OH_CALL_DIRECTION_UNKNOWN;
  oh_call_list_restore (self->calls, phone, (OhCallDirection) direction, event, number, name);
}

void
oh_call_journal_join (OhCallJournal *self, OhPhone *phone)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->before, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *id = get (self->before, groups[i], "phone");

      if (g_strcmp0 (id, oh_phone_get_id (phone)) != 0)
        continue;
      restore (self, phone, groups[i]);
      g_key_file_remove_group (self->before, groups[i], NULL);
    }
}

void
oh_call_journal_stop (OhCallJournal *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->idle, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->calls, self);
}

void
oh_call_journal_free (OhCallJournal *self)
{
  if (self == NULL)
    return;
  oh_call_journal_stop (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_key_file_unref (self->before);
  g_object_unref (self->file);
  g_object_unref (self->clock);
  g_object_unref (self->calls);
  g_free (self);
}
