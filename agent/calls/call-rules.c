/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-rules.h"

#include <string.h>

gboolean
oh_event_state (OhPhoneEventKind kind, OhCallState *out)
{
  switch (kind)
    {
    case OH_PHONE_EVENT_INCOMING: *out = OH_CALL_INCOMING; return TRUE;
    case OH_PHONE_EVENT_OUTGOING: *out = OH_CALL_DIALING; return TRUE;
    case OH_PHONE_EVENT_RINGING: *out = OH_CALL_RINGING; return TRUE;
    case OH_PHONE_EVENT_CONNECTED:
    case OH_PHONE_EVENT_RESUMED: *out = OH_CALL_CONNECTED; return TRUE;
    case OH_PHONE_EVENT_HELD: *out = OH_CALL_HELD; return TRUE;
    case OH_PHONE_EVENT_DISCONNECTED:
    case OH_PHONE_EVENT_MISSED:
    case OH_PHONE_EVENT_TRANSFERRED: *out = OH_CALL_ENDED; return TRUE;
    case OH_PHONE_EVENT_STARTED:
    case OH_PHONE_EVENT_OFF_HOOK:
    case OH_PHONE_EVENT_ON_HOOK:
    case OH_PHONE_EVENT_DND_ON:
    case OH_PHONE_EVENT_DND_OFF:
    case OH_PHONE_EVENT_FORWARD_ON:
    case OH_PHONE_EVENT_FORWARD_OFF:
    case OH_PHONE_EVENT_REGISTERED:
    case OH_PHONE_EVENT_UNREGISTERED:
    case OH_PHONE_EVENT_REGISTRATION_FAILED:
    case OH_N_PHONE_EVENTS:
    default: return FALSE;
    }
}

gboolean
oh_event_begins (OhPhoneEventKind kind)
{
  return kind == OH_PHONE_EVENT_INCOMING || kind == OH_PHONE_EVENT_OUTGOING;
}

gboolean
oh_event_is_nameless (const OhPhoneEvent *event)
{
  return event->call == NULL && event->remote == NULL;
}

/* Rows are the states that a call is led to, columns those it is in; the higher the likelier. */
/* clang-format off */
static const guint8 likeness[OH_N_CALL_STATES][OH_N_CALL_STATES] = {
  [OH_CALL_DIALING]   = { [OH_CALL_DIALING] = 2, [OH_CALL_RINGING] = 2 },
  [OH_CALL_RINGING]   = { [OH_CALL_DIALING] = 3, [OH_CALL_RINGING] = 2, [OH_CALL_UNKNOWN] = 1 },
  [OH_CALL_INCOMING]  = { [OH_CALL_INCOMING] = 2 },
  [OH_CALL_CONNECTED] = { [OH_CALL_INCOMING] = 3, [OH_CALL_DIALING] = 3, [OH_CALL_RINGING] = 3,
                          [OH_CALL_CONNECTED] = 2, [OH_CALL_HELD] = 1, [OH_CALL_UNKNOWN] = 1 },
  [OH_CALL_HELD]      = { [OH_CALL_CONNECTED] = 3, [OH_CALL_HELD] = 2, [OH_CALL_UNKNOWN] = 1 },
  [OH_CALL_ENDED]     = { [OH_CALL_INCOMING] = 4, [OH_CALL_DIALING] = 4, [OH_CALL_RINGING] = 4,
                          [OH_CALL_CONNECTED] = 3, [OH_CALL_HELD] = 2, [OH_CALL_UNKNOWN] = 1 },
};
/* clang-format on */

guint
oh_event_likeness (OhPhoneEventKind kind, OhCallState state, OhCallDirection direction)
{
  OhCallState leads_to;

  if (!oh_event_state (kind, &leads_to) || state >= OH_N_CALL_STATES)
    return 0;
  if (kind == OH_PHONE_EVENT_MISSED && state == OH_CALL_ENDED)
    return 5; /* it waits for that */
  if (kind == OH_PHONE_EVENT_RESUMED)
    return state == OH_CALL_HELD ? 3 : state == OH_CALL_CONNECTED ? 2 : 0;
  if (oh_event_begins (kind) && direction == OH_CALL_DIRECTION_UNKNOWN &&
      (state == OH_CALL_CONNECTED || state == OH_CALL_HELD))
    return 1; /* overtaken by what followed it */
  return likeness[leads_to][state];
}

/* The last digits of a number, for comparing what was dialled with what the phone tells. */
static gboolean
ends_alike (const char *number, const char *remote)
{
  gsize len = remote != NULL ? strcspn (remote, "@") : 0;
  gsize n;

  for (n = 0; number != NULL && n < len && n < strlen (number); n++)
    if (number[strlen (number) - 1 - n] != remote[len - 1 - n])
      break;
  return n >= 3 || (n > 0 && n == len);
}

gboolean
oh_call_is_expected (OhCall *call, const OhPhoneEvent *event)
{
  OhCallState state = oh_call_get_state (call);

  if (oh_call_get_seen (call) || oh_call_get_direction (call) != OH_CALL_DIRECTION_OUTGOING ||
      (state != OH_CALL_DIALING && state != OH_CALL_UNKNOWN))
    return FALSE;
  if (event->kind == OH_PHONE_EVENT_OUTGOING || event->kind == OH_PHONE_EVENT_RINGING)
    return TRUE;
  /* its beginning was lost, or will be late */
  return (event->kind == OH_PHONE_EVENT_CONNECTED || event->kind == OH_PHONE_EVENT_DISCONNECTED) &&
         ends_alike (oh_call_get_number (call), event->remote);
}

gboolean
oh_call_has_followed (OhCall *call, const OhPhoneEvent *event)
{
  return oh_call_get_state (call) == OH_CALL_ENDED && event->call == NULL &&
         event->kind != OH_PHONE_EVENT_MISSED && event->kind != OH_PHONE_EVENT_DISCONNECTED;
}
