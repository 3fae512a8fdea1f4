/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the phones tell, reduced to calls: events may be duplicated, missing, late or nameless. */

#include "call-list-private.h"
#include "call-rules.h"

/* More calls at once than any phone has lines; a flood of events stops here. */
#define CALLS_MAX 64

/* The call that an event without any name is most likely about; the newest of those that are. */
static OhCallEntry *
find_likely (OhCallList *self, OhPhone *phone, OhPhoneEventKind kind)
{
  OhCallEntry *likely = NULL;
  guint best = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);
      guint likeness = oh_call_get_phone (entry->call) == phone
                         ? oh_event_likeness (kind, oh_call_get_state (entry->call),
                                              oh_call_get_direction (entry->call))
                         : 0;

      if (likeness == 0 || likeness < best)
        continue;
      best = likeness;
      likely = entry;
    }
  return likely;
}

/* The call an event is about: by name, else the one expected, else, for an event without any name,
   the likely one. */
static OhCallEntry *
find_entry (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event)
{
  OhCallEntry *expected = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) != phone)
        continue;
      if (oh_call_matches (entry->call, event) && !oh_call_has_followed (entry->call, event))
        return entry;
      if (oh_call_is_expected (entry->call, event))
        expected = entry;
    }
  if (expected != NULL || !oh_event_is_nameless (event))
    return expected;
  return find_likely (self, phone, event->kind);
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
  oh_call_list_end_unknown (self, phone);
  call = oh_call_new (phone, direction, state);
  oh_party_book_learn (self->parties, call, event);
  oh_call_list_add_call (self, call);
}

/* -- events ----------------------------------------------------------------------------------- */

static void
end_all (OhCallList *self, OhPhone *phone, const char *cause)
{
  for (guint i = self->entries->len; i-- > 0;)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) != phone)
        continue;
      oh_call_set_cause (entry->call, cause);
      oh_call_entry_move (entry, OH_CALL_ENDED);
    }
}

static void
set_off_hook (OhCallList *self, OhCallLine *line, gboolean off_hook)
{
  line->off_hook = off_hook;
  for (guint i = 0; i < self->entries->len; i++)
    {
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);
      OhCallState state = oh_call_get_state (entry->call);

      if (oh_call_get_phone (entry->call) != line->phone || !oh_call_entry_is_up (state) ||
          state == OH_CALL_HELD)
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
      const OhCallKey key = { event->call, event->line, event->local, event->remote };

      /* what came before it may still come, too late */
      oh_closed_calls_add (self->closed, phone, &key, oh_clock_now_us (self->clock));
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
  OhCallEntry *entry = find_entry (self, phone, event);

  if (entry == NULL &&
      oh_closed_calls_has (self->closed, phone, event, oh_clock_now_us (self->clock)))
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
    oh_call_entry_remove (entry); /* missed, or declined at the phone and told again: that is all */
  else
    oh_call_entry_move (entry, state);
}

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, OhCallList *self)
{
  OhCallLine *line = oh_call_list_line (self, phone);
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
      OhCallEntry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) == phone)
        oh_call_entry_move (entry, OH_CALL_UNKNOWN);
    }
}

void
oh_call_list_add_phone (OhCallList *self, OhPhone *phone)
{
  OhCallLine *line;

  if (oh_call_list_line (self, phone) != NULL)
    return;
  line = g_new0 (OhCallLine, 1);
  line->phone = g_object_ref (phone);
  line->event_id = g_signal_connect (phone, "event", G_CALLBACK (on_event), self);
  line->state_id = g_signal_connect (phone, "notify::state", G_CALLBACK (on_phone_state), self);
  g_ptr_array_add (self->lines, line);
}

void
oh_call_list_remove_phone (OhCallList *self, OhPhone *phone)
{
  OhCallLine *line = oh_call_list_line (self, phone);

  if (line == NULL)
    return;
  end_all (self, phone, "removed");
  g_ptr_array_remove (self->lines, line);
}
