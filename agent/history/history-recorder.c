/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-recorder.h"

#include "history-rules.h"

struct _OhHistoryRecorder
{
  OhCallList *calls;        /* (owned) */
  OhHistoryStore *store;    /* (owned) */
  OhPrivateNumbers *hidden; /* (owned) (nullable) */
  OhNameLookup uri_lookup;
  gpointer uri_data;
  GHashTable *live; /* (owned) (element-type OhCall Live): of the list, that are written */
  guint idle;       /* source: some have changed */
  gboolean on;
};

/* A call that is going on. */
typedef struct
{
  OhCall *call;            /* (owned): for the table's key */
  OhHistoryEntry *entry;   /* (owned): as it is now */
  OhHistoryEntry *written; /* (owned) (nullable): as the store was given it */
  gboolean unsure;         /* nobody knows how it stands */
} Live;

static void
live_free (gpointer data)
{
  Live *live = data;

  g_object_unref (live->call);
  oh_history_entry_free (live->entry);
  oh_history_entry_free (live->written);
  g_free (live);
}

/* --- from a call to an entry ---------------------------------------------------------------- */

static void
set_text (char **field, const char *text)
{
  if (text == NULL)
    return;
  g_free (*field);
  *field = oh_history_text (text);
}

static void
take_party (OhHistoryRecorder *self, Live *live)
{
  OhHistoryEntry *entry = live->entry;
  const char *number = oh_call_get_number (live->call);
  g_autofree char *uri = NULL;

  set_text (&entry->number, number);
  set_text (&entry->name, oh_call_get_name (live->call));
  if (entry->uri[0] != '\0' || number == NULL || self->uri_lookup == NULL)
    return;
  uri = self->uri_lookup (number, self->uri_data);
  set_text (&entry->uri, uri);
}

/* The list tells a call's state of the moment; what it went through is remembered here. */
static void
take_state (Live *live)
{
  OhHistoryEntry *entry = live->entry;
  OhCallState state = oh_call_get_state (live->call);
  gint64 since_us = oh_call_get_since_us (live->call);

  entry->direction = oh_call_get_direction (live->call);
  if ((state == OH_CALL_CONNECTED || state == OH_CALL_HELD) && entry->answered_us == 0)
    entry->answered_us = since_us;
  if (state == OH_CALL_ENDED && entry->ended_us == 0 && !live->unsure)
    entry->ended_us = since_us; /* otherwise it was closed when the next one came */
  live->unsure = state == OH_CALL_UNKNOWN || (live->unsure && state == OH_CALL_ENDED);
}

/* The phone was started anew or taken away, or has been out of reach: nobody saw the end. */
static gboolean
is_lost (OhCall *call)
{
  const char *cause = oh_call_get_cause (call);

  return g_strcmp0 (cause, "restarted") == 0 || g_strcmp0 (cause, "removed") == 0 ||
         oh_call_get_state (call) != OH_CALL_ENDED;
}

static void
judge (Live *live)
{
  const OhHistoryEnd end = {
    .direction = live->entry->direction,
    .answered = live->entry->answered_us != 0,
    .missed = oh_call_get_missed (live->call),
    .told = oh_call_get_seen (live->call),
    .lost = is_lost (live->call),
    .cause = oh_end_cause_parse (oh_call_get_cause (live->call)),
  };

  live->entry->outcome = oh_history_judge (&end);
}

/* --- to the store --------------------------------------------------------------------------- */

static void
write_if_changed (OhHistoryRecorder *self, Live *live)
{
  if (live->written != NULL && oh_history_entry_equal (live->written, live->entry))
    return;
  oh_history_entry_free (live->written);
  live->written = oh_history_entry_copy (live->entry);
  oh_history_store_write_async (self->store, live->entry, NULL, NULL);
}

static gboolean
on_idle (gpointer user_data)
{
  OhHistoryRecorder *self = user_data;
  GHashTableIter iter;
  gpointer live;

  self->idle = 0;
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &live))
    write_if_changed (self, live);
  return G_SOURCE_REMOVE;
}

/* Nothing is written of it from now on, and what was is taken out. */
static void
hide (OhHistoryRecorder *self, Live *live)
{
  if (live->written != NULL)
    oh_history_store_withdraw_async (self->store, live->written, NULL, NULL);
  g_hash_table_remove (self->live, live->call); /* frees it */
}

static gboolean
is_private (OhHistoryRecorder *self, OhCall *call)
{
  return oh_call_get_private (call) ||
         (self->hidden != NULL && oh_private_numbers_has (self->hidden, oh_call_get_number (call)));
}

/* --- what the list tells -------------------------------------------------------------------- */

static void
on_added (OhCallList *calls, OhCall *call, OhHistoryRecorder *self)
{
  Live *live;

  if (is_private (self, call))
    return;
  live = g_new0 (Live, 1);
  live->call = g_object_ref (call);
  live->entry =
    oh_history_entry_new (oh_call_get_direction (call), oh_phone_get_id (oh_call_get_phone (call)),
                          oh_call_get_since_us (call));
  g_hash_table_insert (self->live, call, live);
  take_party (self, live);
  take_state (live);
  write_if_changed (self, live);
}

/* Several changes of one event become one write. */
static void
on_changed (OhCallList *calls, OhCall *call, OhHistoryRecorder *self)
{
  Live *live = g_hash_table_lookup (self->live, call);

  if (live == NULL)
    return;
  if (is_private (self, call))
    {
      hide (self, live);
      return;
    }
  take_party (self, live);
  take_state (live);
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

static void
on_removed (OhCallList *calls, OhCall *call, OhHistoryRecorder *self)
{
  Live *live = g_hash_table_lookup (self->live, call);

  if (live == NULL)
    return;
  take_party (self, live);
  take_state (live);
  judge (live);
  write_if_changed (self, live);
  g_hash_table_remove (self->live, call);
}

/* --- life ----------------------------------------------------------------------------------- */

OhHistoryRecorder *
oh_history_recorder_new (OhCallList *calls, OhHistoryStore *store)
{
  OhHistoryRecorder *self = g_new0 (OhHistoryRecorder, 1);

  self->calls = g_object_ref (calls);
  self->store = g_object_ref (store);
  self->live = g_hash_table_new_full (NULL, NULL, NULL, live_free);
  return self;
}

static void
switch_on (OhHistoryRecorder *self)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);

  self->on = TRUE;
  g_signal_connect (self->calls, "added", G_CALLBACK (on_added), self);
  g_signal_connect (self->calls, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->calls, "removed", G_CALLBACK (on_removed), self);
  for (guint i = 0; i < calls->len; i++)
    on_added (self->calls, g_ptr_array_index (calls, i), self);
}

static void
switch_off (OhHistoryRecorder *self)
{
  self->on = FALSE;
  g_signal_handlers_disconnect_by_data (self->calls, self);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_hash_table_remove_all (self->live);
}

void
oh_history_recorder_set_on (OhHistoryRecorder *self, gboolean on)
{
  if (on && !self->on)
    switch_on (self);
  else if (!on && self->on)
    switch_off (self);
}

void
oh_history_recorder_set_private (OhHistoryRecorder *self, const OhPrivateNumbers *numbers)
{
  g_autoptr (GList) live = g_hash_table_get_values (self->live);

  oh_private_numbers_free (self->hidden);
  self->hidden = oh_private_numbers_copy (numbers);
  for (GList *l = live; l != NULL; l = l->next)
    if (is_private (self, ((Live *) l->data)->call))
      hide (self, l->data);
}

void
oh_history_recorder_set_uri_lookup (OhHistoryRecorder *self, OhNameLookup lookup,
                                    gpointer user_data)
{
  self->uri_lookup = lookup;
  self->uri_data = user_data;
}

void
oh_history_recorder_stop (OhHistoryRecorder *self)
{
  if (self->idle != 0)
    {
      g_source_remove (self->idle);
      on_idle (self);
    }
  oh_history_recorder_set_on (self, FALSE);
}

void
oh_history_recorder_free (OhHistoryRecorder *self)
{
  if (self == NULL)
    return;
  oh_history_recorder_set_on (self, FALSE);
  g_hash_table_unref (self->live);
  oh_private_numbers_free (self->hidden);
  g_object_unref (self->store);
  g_object_unref (self->calls);
  g_free (self);
}
