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
    case OH_PHONE_EVENT_REGISTERED:
    case OH_PHONE_EVENT_UNREGISTERED:
    case OH_PHONE_EVENT_REGISTRATION_FAILED:
    case OH_N_PHONE_EVENTS:
    default: return FALSE;
    }
}

gboolean
oh_event_is_nameless (const OhPhoneEvent *event)
{
  return event->call == NULL && event->remote == NULL;
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
