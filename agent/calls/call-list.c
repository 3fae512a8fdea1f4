/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-list.h"

#include "call-list-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (OhCallList, oh_call_list, G_TYPE_OBJECT)

enum
{
  PROP_BUSY = 1,
  N_PROPS,
};

enum
{
  SIGNAL_ADDED,
  SIGNAL_REMOVED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  OhCallEntry *entry = data;

  oh_call_wait_clear (&entry->wait);
  g_signal_handler_disconnect (entry->call, entry->notify_id);
  g_object_unref (entry->call);
  g_free (entry);
}

static void
line_free (gpointer data)
{
  OhCallLine *line = data;

  g_signal_handler_disconnect (line->phone, line->event_id);
  g_signal_handler_disconnect (line->phone, line->state_id);
  g_object_unref (line->phone);
  g_free (line);
}

static void
oh_call_list_dispose (GObject *object)
{
  OhCallList *self = OH_CALL_LIST (object);

  g_ptr_array_set_size (self->lines, 0);
  g_ptr_array_set_size (self->entries, 0);
  oh_party_book_set_lookup (self->parties, NULL, NULL, NULL);
  G_OBJECT_CLASS (oh_call_list_parent_class)->dispose (object);
}

static void
oh_call_list_finalize (GObject *object)
{
  OhCallList *self = OH_CALL_LIST (object);

  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->entries);
  oh_closed_calls_free (self->closed);
  oh_party_book_free (self->parties);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_call_list_parent_class)->finalize (object);
}

static void
oh_call_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, OH_CALL_LIST (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
oh_call_list_class_init (OhCallListClass *class)
{
  static const char *const names[] = { "added", "removed", "changed" };
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = oh_call_list_dispose;
  object_class->finalize = oh_call_list_finalize;
  object_class->get_property = oh_call_list_get_property;
  props[PROP_BUSY] = g_param_spec_boolean (
    "busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], OH_TYPE_CALL_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, OH_TYPE_CALL);
}

static void
oh_call_list_init (OhCallList *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->parties = oh_party_book_new ();
  self->closed = oh_closed_calls_new ();
}

OhCallList *
oh_call_list_new (OhClock *clock)
{
  OhCallList *self = g_object_new (OH_TYPE_CALL_LIST, NULL);

  self->clock = g_object_ref (clock != NULL ? clock : oh_clock_system ());
  return self;
}

void
oh_call_list_set_plan (OhCallList *self, const OhDialPlan *plan)
{
  oh_party_book_set_plan (self->parties, plan);
}

void
oh_call_list_set_name_lookup (OhCallList *self, OhNameLookup lookup, gpointer user_data,
                              GDestroyNotify destroy)
{
  oh_party_book_set_lookup (self->parties, lookup, user_data, destroy);
}

/* -- busy, removal ---------------------------------------------------------------------------- */

gboolean
oh_call_entry_is_up (OhCallState state)
{
  return state != OH_CALL_ENDED && state != OH_CALL_UNKNOWN;
}

static void
update_busy (OhCallList *self)
{
  gboolean busy = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);
      OhCallState state = oh_call_get_state (entry->call);

      busy = busy || (oh_call_entry_is_up (state) && state != OH_CALL_INCOMING);
    }
  if (busy == self->busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

void
oh_call_entry_remove (OhCallEntry *entry)
{
  OhCallList *self = entry->list;
  g_autoptr (OhCall) call = g_object_ref (entry->call);

  g_ptr_array_remove (self->entries, entry); /* frees it */
  update_busy (self);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, call);
}

/* -- moving ----------------------------------------------------------------------------------- */

static OhCallEntry *
entry_of (OhCallList *self, OhCall *call)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->call == call)
        return entry;
    }
  return NULL;
}

void
oh_call_entry_move (OhCallEntry *entry, OhCallState to)
{
  OhCallList *self = entry->list;
  g_autoptr (OhCall) call = g_object_ref (entry->call);
  OhCallState from = oh_call_get_state (call);
  OhCallKey key;

  if (!oh_call_set_state (call, to) || entry_of (self, call) != entry)
    return; /* somebody who heard of the change may have removed it */
  oh_call_wait_for_next (&entry->wait, entry->call);
  update_busy (self);
  if (to != OH_CALL_ENDED)
    return;
  oh_call_get_key (call, &key);
  oh_closed_calls_add (self->closed, oh_call_get_phone (call), &key, oh_clock_now_us (self->clock));
  if (from == OH_CALL_INCOMING)
    oh_call_wait_for (&entry->wait, OH_AWAIT_MISSED);
  else
    oh_call_entry_remove (entry);
}

/* What the call waited for has not come. */
static void
on_overdue (OhCallState becomes, gpointer data)
{
  OhCallEntry *entry = data;

  if (becomes == OH_N_CALL_STATES)
    oh_call_entry_remove (entry);
  else
    oh_call_entry_move (entry, becomes);
}

/* -- finding ---------------------------------------------------------------------------------- */

OhCallLine *
oh_call_list_line (OhCallList *self, OhPhone *phone)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      OhCallLine *line = g_ptr_array_index (self->lines, i);

      if (line->phone == phone)
        return line;
    }
  return NULL;
}

/* -- adding ----------------------------------------------------------------------------------- */

static void
on_call_notify (OhCall *call, GParamSpec *pspec, OhCallList *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, call);
}

OhCallEntry *
oh_call_list_add_call (OhCallList *self, OhCall *call)
{
  OhCallEntry *entry = g_new0 (OhCallEntry, 1);
  OhCallLine *line = oh_call_list_line (self, oh_call_get_phone (call));

  entry->list = self;
  oh_call_wait_init (&entry->wait, self->clock, on_overdue, entry);
  entry->call = g_object_ref (call);
  entry->on_handset = line != NULL && line->off_hook;
  entry->notify_id = g_signal_connect (call, "notify", G_CALLBACK (on_call_notify), self);
  g_ptr_array_add (self->entries, entry);
  oh_call_wait_for_next (&entry->wait, entry->call);
  update_busy (self);
  g_signal_emit (self, signals[SIGNAL_ADDED], 0, call);
  return entry;
}

void
oh_call_list_end_unknown (OhCallList *self, OhPhone *phone)
{
  for (guint i = self->entries->len; i-- > 0;)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) == phone &&
          oh_call_get_state (entry->call) == OH_CALL_UNKNOWN)
        oh_call_entry_move (entry, OH_CALL_ENDED);
    }
}

/* -- asked from outside ----------------------------------------------------------------------- */

gboolean
oh_call_list_get_busy (OhCallList *self)
{
  return self->busy;
}

GPtrArray *
oh_call_list_dup_calls (OhCallList *self)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->entries->len; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      g_ptr_array_add (calls, g_object_ref (entry->call));
    }
  return calls;
}

OhCall *
oh_call_list_find (OhCallList *self, const char *id)
{
  for (guint i = 0; i < self->entries->len && id != NULL; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      if (strcmp (oh_call_get_id (entry->call), id) == 0)
        return entry->call;
    }
  return NULL;
}

OhCall *
oh_call_list_find_up (OhCallList *self, OhPhone *phone)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) == phone &&
          oh_call_entry_is_up (oh_call_get_state (entry->call)))
        return entry->call;
    }
  return NULL;
}

OhCall *
oh_call_list_expect (OhCallList *self, OhPhone *phone, const OhNumber *number, gboolean is_private)
{
  g_autoptr (OhCall) call = NULL;

  oh_call_list_end_unknown (self, phone);
  call = oh_call_new (phone, OH_CALL_DIRECTION_OUTGOING, OH_CALL_DIALING);
  if (is_private)
    oh_call_set_private (call); /* before anybody hears of it */
  oh_party_book_dialled (self->parties, call, number);
  return oh_call_list_add_call (self, call)->call;
}

void
oh_call_list_restore (OhCallList *self, OhPhone *phone, OhCallDirection direction,
                      const OhPhoneEvent *named, const char *number, const char *name)
{
  g_autoptr (OhCall) call = oh_call_new (phone, direction, OH_CALL_UNKNOWN);

  oh_call_set_private (call);
  oh_call_learn (call, named);
  oh_call_set_party (call, number, name);
  oh_call_list_add_call (self, call);
}

void
oh_call_list_forget (OhCallList *self, OhCall *call)
{
  OhCallEntry *entry = entry_of (self, call);

  if (entry != NULL)
    oh_call_entry_move (entry, OH_CALL_ENDED);
}

void
oh_call_list_commanded (OhCallList *self, OhCall *call, OhPhoneVerb verb)
{
  OhCallEntry *entry = entry_of (self, call);

  if (entry == NULL || oh_call_get_state (call) == OH_CALL_ENDED)
    return;
  if (verb == OH_PHONE_DIAL)
    oh_call_entry_move (entry, OH_CALL_UNKNOWN);
  else
    oh_call_wait_for_effect (&entry->wait, verb, oh_phone_get_watched (oh_call_get_phone (call)));
}
