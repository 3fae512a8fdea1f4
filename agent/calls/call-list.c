/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-list.h"
#include "call-rules.h"
#include "call-wait.h"
#include "closed-calls.h"
#include "party-book.h"

#include <string.h>

/* More calls at once than any phone has lines; a flood of events stops here. */
#define CALLS_MAX 64

typedef struct
{
  OhCallList *list;
  OhCall *call;
  gulong notify_id;
  OhCallWait wait;
  gboolean on_handset;
} Entry;

typedef struct
{
  OhPhone *phone;
  gulong event_id;
  gulong state_id;
  gboolean off_hook;
} Line;

struct _OhCallList
{
  GObject parent_instance;

  OhClock *clock;
  OhPartyBook *parties;
  GPtrArray *entries; /* Entry, oldest first */
  GPtrArray *lines;   /* Line */
  OhClosedCalls *closed;
  gboolean busy;
};

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
  Entry *entry = data;

  oh_call_wait_clear (&entry->wait);
  g_signal_handler_disconnect (entry->call, entry->notify_id);
  g_object_unref (entry->call);
  g_free (entry);
}

static void
line_free (gpointer data)
{
  Line *line = data;

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

static gboolean
is_up (OhCallState state)
{
  return state != OH_CALL_ENDED && state != OH_CALL_UNKNOWN;
}

static void
update_busy (OhCallList *self)
{
  gboolean busy = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      OhCallState state = oh_call_get_state (entry->call);

      busy = busy || (is_up (state) && state != OH_CALL_INCOMING);
    }
  if (busy == self->busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
remove_entry (Entry *entry)
{
  OhCallList *self = entry->list;
  g_autoptr (OhCall) call = g_object_ref (entry->call);

  g_ptr_array_remove (self->entries, entry); /* frees it */
  update_busy (self);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, call);
}

/* -- moving ----------------------------------------------------------------------------------- */

static Entry *
entry_of (OhCallList *self, OhCall *call)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->call == call)
        return entry;
    }
  return NULL;
}

static void
move_entry (Entry *entry, OhCallState to)
{
  OhCallList *self = entry->list;
  g_autoptr (OhCall) call = g_object_ref (entry->call);
  OhCallState from = oh_call_get_state (call);

  if (!oh_call_set_state (call, to) || entry_of (self, call) != entry)
    return; /* somebody who heard of the change may have removed it */
  oh_call_wait_for_next (&entry->wait, entry->call);
  update_busy (self);
  if (to != OH_CALL_ENDED)
    return;
  oh_closed_calls_add (self->closed, oh_call_get_phone (call), oh_call_get_handle (call),
                       oh_clock_now_us (self->clock));
  if (from == OH_CALL_INCOMING)
    oh_call_wait_for (&entry->wait, OH_AWAIT_MISSED);
  else
    remove_entry (entry);
}

/* What the call waited for has not come. */
static void
on_overdue (OhCallState becomes, gpointer data)
{
  Entry *entry = data;

  if (becomes == OH_N_CALL_STATES)
    remove_entry (entry);
  else
    move_entry (entry, becomes);
}

/* -- finding ---------------------------------------------------------------------------------- */

static Line *
line_of (OhCallList *self, OhPhone *phone)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);

      if (line->phone == phone)
        return line;
    }
  return NULL;
}

/* The call an event is about: by name, else the one expected, else, for an event without any name,
   the only one there is. */
static Entry *
find_entry (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event)
{
  Entry *only = NULL;
  Entry *expected = NULL;
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) != phone)
        continue;
      if (oh_call_matches (entry->call, event) && !oh_call_has_followed (entry->call, event))
        return entry;
      if (oh_call_is_expected (entry->call, event))
        expected = entry;
      only = entry;
      n++;
    }
  if (expected != NULL)
    return expected;
  return n == 1 && oh_event_is_nameless (event) && oh_call_get_state (only->call) != OH_CALL_ENDED
           ? only
           : NULL;
}

/* -- adding ----------------------------------------------------------------------------------- */

static void
on_call_notify (OhCall *call, GParamSpec *pspec, OhCallList *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, call);
}

static Entry *
add_call (OhCallList *self, OhCall *call)
{
  Entry *entry = g_new0 (Entry, 1);
  Line *line = line_of (self, oh_call_get_phone (call));

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

/* A new call at the phone shows that one of which nothing was known is over. */
static void
end_unknown (OhCallList *self, OhPhone *phone)
{
  for (guint i = self->entries->len; i-- > 0;)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) == phone &&
          oh_call_get_state (entry->call) == OH_CALL_UNKNOWN)
        move_entry (entry, OH_CALL_ENDED);
    }
}

static void
add_told (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event, OhCallDirection direction,
          OhCallState state)
{
  g_autoptr (OhCall) call = NULL;

  if (self->entries->len >= CALLS_MAX)
    {
      g_message ("[%s] more than %u calls; the rest is not followed", oh_phone_get_id (phone),
                 CALLS_MAX);
      return;
    }
  end_unknown (self, phone);
  call = oh_call_new (phone, direction, state);
  oh_party_book_learn (self->parties, call, event);
  add_call (self, call);
}

/* -- events ----------------------------------------------------------------------------------- */

static void
end_all (OhCallList *self, OhPhone *phone, const char *cause)
{
  for (guint i = self->entries->len; i-- > 0;)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) != phone)
        continue;
      oh_call_set_cause (entry->call, cause);
      move_entry (entry, OH_CALL_ENDED);
    }
}

static void
set_off_hook (OhCallList *self, Line *line, gboolean off_hook)
{
  line->off_hook = off_hook;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      OhCallState state = oh_call_get_state (entry->call);

      if (oh_call_get_phone (entry->call) != line->phone || !is_up (state) || state == OH_CALL_HELD)
        continue;
      if (off_hook)
        entry->on_handset = TRUE;
      else if (entry->on_handset && state != OH_CALL_INCOMING)
        oh_call_wait_for (&entry->wait,
                          OH_AWAIT_HOOK); /* unless the phone tells something else of it */
    }
}

static void
told_of_stranger (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event, OhCallState state)
{
  OhCallDirection direction = OH_CALL_DIRECTION_UNKNOWN; /* its beginning was lost */

  if (state == OH_CALL_ENDED)
    {
      oh_closed_calls_add (
        self->closed, phone, event->call,
        oh_clock_now_us (self->clock)); /* its beginning may still come, too late */
      return;
    }
  if (event->kind == OH_PHONE_EVENT_RESUMED ||
      (oh_event_is_nameless (event) && state == OH_CALL_HELD))
    return;
  if (event->kind == OH_PHONE_EVENT_INCOMING)
    direction = OH_CALL_DIRECTION_INCOMING;
  else if (event->kind == OH_PHONE_EVENT_OUTGOING || event->kind == OH_PHONE_EVENT_RINGING)
    direction = OH_CALL_DIRECTION_OUTGOING;
  add_told (self, phone, event, direction, state);
}

static void
told_of_call (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event, OhCallState state)
{
  Entry *entry = find_entry (self, phone, event);

  if (entry == NULL &&
      oh_closed_calls_has (self->closed, phone, event->call, oh_clock_now_us (self->clock)))
    return;
  if (entry == NULL)
    {
      told_of_stranger (self, phone, event, state);
      return;
    }
  g_object_freeze_notify (G_OBJECT (entry->call));
  oh_party_book_learn (self->parties, entry->call, event);
  if (event->kind == OH_PHONE_EVENT_MISSED)
    oh_call_set_missed (entry->call);
  g_object_thaw_notify (G_OBJECT (entry->call));
  if (entry->wait.awaited == OH_AWAIT_HOOK && state == oh_call_get_state (entry->call))
    oh_call_wait_for_next (&entry->wait, entry->call); /* still up, on the loudspeaker */
  if (entry->wait.awaited == OH_AWAIT_MISSED && state == OH_CALL_ENDED)
    remove_entry (entry); /* missed, or declined at the phone and told again: that is all */
  else
    move_entry (entry, state);
}

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, OhCallList *self)
{
  Line *line = line_of (self, phone);
  OhCallState state;

  if (event->kind == OH_PHONE_EVENT_STARTED)
    end_all (self, phone, "restarted");
  else if (event->kind == OH_PHONE_EVENT_OFF_HOOK || event->kind == OH_PHONE_EVENT_ON_HOOK)
    set_off_hook (self, line, event->kind == OH_PHONE_EVENT_OFF_HOOK);
  else if (oh_event_state (event->kind, &state))
    told_of_call (self, phone, event, state);
}

/* A phone that has vanished tells no end: its calls must not keep the user busy. */
static void
on_phone_state (OhPhone *phone, GParamSpec *pspec, OhCallList *self)
{
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_UNREACHABLE)
    return;
  for (guint i = self->entries->len; i-- > 0;)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) == phone)
        move_entry (entry, OH_CALL_UNKNOWN);
    }
}

void
oh_call_list_add_phone (OhCallList *self, OhPhone *phone)
{
  Line *line;

  if (line_of (self, phone) != NULL)
    return;
  line = g_new0 (Line, 1);
  line->phone = g_object_ref (phone);
  line->event_id = g_signal_connect (phone, "event", G_CALLBACK (on_event), self);
  line->state_id = g_signal_connect (phone, "notify::state", G_CALLBACK (on_phone_state), self);
  g_ptr_array_add (self->lines, line);
}

void
oh_call_list_remove_phone (OhCallList *self, OhPhone *phone)
{
  Line *line = line_of (self, phone);

  if (line == NULL)
    return;
  end_all (self, phone, "removed");
  g_ptr_array_remove (self->lines, line);
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
      Entry *entry = g_ptr_array_index (self->entries, i);

      g_ptr_array_add (calls, g_object_ref (entry->call));
    }
  return calls;
}

OhCall *
oh_call_list_find (OhCallList *self, const char *id)
{
  for (guint i = 0; i < self->entries->len && id != NULL; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

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
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) == phone && is_up (oh_call_get_state (entry->call)))
        return entry->call;
    }
  return NULL;
}

OhCall *
oh_call_list_expect (OhCallList *self, OhPhone *phone, const OhNumber *number)
{
  g_autoptr (OhCall) call = NULL;

  end_unknown (self, phone);
  call = oh_call_new (phone, OH_CALL_DIRECTION_OUTGOING, OH_CALL_DIALING);
  oh_party_book_dialled (self->parties, call, number);
  return add_call (self, call)->call;
}

void
oh_call_list_forget (OhCallList *self, OhCall *call)
{
  Entry *entry = entry_of (self, call);

  if (entry != NULL)
    move_entry (entry, OH_CALL_ENDED);
}

void
oh_call_list_commanded (OhCallList *self, OhCall *call, OhPhoneVerb verb)
{
  Entry *entry = entry_of (self, call);

  if (entry == NULL || oh_call_get_state (call) == OH_CALL_ENDED)
    return;
  if (verb == OH_PHONE_DIAL)
    move_entry (entry, OH_CALL_UNKNOWN);
  else
    oh_call_wait_for_effect (&entry->wait, verb, oh_phone_get_watched (oh_call_get_phone (call)));
}
