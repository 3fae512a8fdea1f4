/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhPhoneVerb:
 * @OH_PHONE_DIAL: call the number in the argument
 * @OH_PHONE_ANSWER: take the call that rings
 * @OH_PHONE_REJECT: send the call that rings away
 * @OH_PHONE_HANG_UP: end the call, or the attempt
 * @OH_PHONE_HANG_UP_ALL: end every call
 * @OH_PHONE_HOLD: put the connected call on hold
 * @OH_PHONE_RESUME: take the held call back
 * @OH_PHONE_DTMF: send the digits in the argument into the connected call
 * @OH_PHONE_DND_ON: do not ring from now on, whatever it was before
 * @OH_PHONE_DND_OFF: ring again
 * @OH_PHONE_SWAP: put the connected call on hold and take the held one back
 * @OH_PHONE_TRANSFER: hand the connected call to the number in the argument, unannounced
 * @OH_PHONE_TRANSFER_COMPLETE: join the held and the connected call and step out of both
 * @OH_PHONE_JOIN: join the held and the connected call and stay in
 * @OH_PHONE_MUTE_ON: the microphone is not heard from now on
 * @OH_PHONE_MUTE_OFF: it is heard again
 * @OH_PHONE_VOLUME_UP: one step louder, what sounds now
 * @OH_PHONE_VOLUME_DOWN: one step quieter
 * @OH_PHONE_FORWARD_ALL: send every call on to the number in the argument
 * @OH_PHONE_FORWARD_BUSY: those that come while a call is up
 * @OH_PHONE_FORWARD_NO_ANSWER: those that ring for @after_s seconds
 * @OH_PHONE_FORWARD_OFF: no call is sent on any more
 * @OH_PHONE_SELECT_IDENTITY: call from the account in the argument when nothing else is said
 * @OH_PHONE_LOCK: lock its keyboard
 * @OH_PHONE_UNLOCK: unlock it
 * @OH_PHONE_REBOOT: start anew; ends its calls
 *
 * What a phone can be asked to do. A body that cannot do one of them leaves its capability out,
 * see oh_phone_verb_needs().
 */
typedef enum
{
  OH_PHONE_DIAL,
  OH_PHONE_ANSWER,
  OH_PHONE_REJECT,
  OH_PHONE_HANG_UP,
  OH_PHONE_HANG_UP_ALL,
  OH_PHONE_HOLD,
  OH_PHONE_RESUME,
  OH_PHONE_DTMF,
  OH_PHONE_DND_ON,
  OH_PHONE_DND_OFF,
  OH_PHONE_SWAP,
  OH_PHONE_TRANSFER,
  OH_PHONE_TRANSFER_COMPLETE,
  OH_PHONE_JOIN,
  OH_PHONE_MUTE_ON,
  OH_PHONE_MUTE_OFF,
  OH_PHONE_VOLUME_UP,
  OH_PHONE_VOLUME_DOWN,
  OH_PHONE_FORWARD_ALL,
  OH_PHONE_FORWARD_BUSY,
  OH_PHONE_FORWARD_NO_ANSWER,
  OH_PHONE_FORWARD_OFF,
  OH_PHONE_SELECT_IDENTITY,
  OH_PHONE_LOCK,
  OH_PHONE_UNLOCK,
  OH_PHONE_REBOOT,
  OH_N_PHONE_VERBS,
} OhPhoneVerb;

/**
 * OhPhoneDevice:
 * @OH_PHONE_DEVICE_ANY: the phone's own choice
 * @OH_PHONE_DEVICE_HANDSET: the handset
 * @OH_PHONE_DEVICE_SPEAKER: the loudspeaker
 * @OH_PHONE_DEVICE_HEADSET: the headset
 *
 * On what to talk.
 */
typedef enum
{
  OH_PHONE_DEVICE_ANY,
  OH_PHONE_DEVICE_HANDSET,
  OH_PHONE_DEVICE_SPEAKER,
  OH_PHONE_DEVICE_HEADSET,
} OhPhoneDevice;

/**
 * OhPhoneCommand:
 * @verb: what to do
 * @call: (nullable): the phone's own name of the call as its events gave it; NULL where the phone
 *   has named none: a body that cannot address single calls (snom) ignores it, one that must
 *   (Yealink, Poly, CSTA) refuses NULL
 * @argument: (nullable): DIAL, TRANSFER, FORWARD_ALL, FORWARD_BUSY and FORWARD_NO_ANSWER: the
 * number to send, "+", digits, "*" and "#" only; DTMF: the digits; SELECT_IDENTITY: as @identity
 * @identity: (nullable): which account of the phone to call from, opaque to everybody but the
 *   body ("user@host" for snom); NULL for the phone's own choice
 * @device: ANSWER: on what; a body that cannot choose takes ANY for every other
 * @after_s: FORWARD_NO_ANSWER: seconds of ringing; 0 for what the phone has
 * @attempt: 0 for the first choice; 1 when that has shown no effect, and the phone has another: a
 *   body without one refuses with OH_ERROR_UNSUPPORTED
 *
 * One thing asked of a phone. The strings are borrowed for the time of the call.
 */
typedef struct
{
  OhPhoneVerb verb;
  const char *call;
  const char *argument;
  const char *identity;
  OhPhoneDevice device;
  guint after_s;
  guint attempt;
} OhPhoneCommand;

/**
 * OhPhoneEventKind:
 * @OH_PHONE_EVENT_STARTED: the phone has finished starting; its calls are gone
 * @OH_PHONE_EVENT_INCOMING: a call rings at the phone
 * @OH_PHONE_EVENT_OUTGOING: the phone is placing a call, whoever asked for it
 * @OH_PHONE_EVENT_RINGING: the other end of the outgoing call rings (not every phone tells)
 * @OH_PHONE_EVENT_CONNECTED: the call was answered, by either end
 * @OH_PHONE_EVENT_HELD: the call was put on hold here
 * @OH_PHONE_EVENT_RESUMED: the held call was taken back here
 * @OH_PHONE_EVENT_DISCONNECTED: the call, or the attempt, is over
 * @OH_PHONE_EVENT_MISSED: an incoming call was not answered; comes after DISCONNECTED
 * @OH_PHONE_EVENT_TRANSFERRED: the call was handed to somebody else
 * @OH_PHONE_EVENT_OFF_HOOK: the handset was lifted
 * @OH_PHONE_EVENT_ON_HOOK: the handset was put back
 * @OH_PHONE_EVENT_DND_ON: do-not-disturb was switched on
 * @OH_PHONE_EVENT_DND_OFF: do-not-disturb was switched off
 * @OH_PHONE_EVENT_FORWARD_ON: calls are sent on from now on, or to somewhere else
 * @OH_PHONE_EVENT_FORWARD_OFF: calls are not sent on any more
 * @OH_PHONE_EVENT_REGISTERED: an account of the phone is registered at its server
 * @OH_PHONE_EVENT_UNREGISTERED: an account was logged off
 * @OH_PHONE_EVENT_REGISTRATION_FAILED: an account could not be registered
 *
 * What a phone can tell. Events may be duplicated, missing or late: who follows them must cope.
 */
typedef enum
{
  OH_PHONE_EVENT_STARTED,
  OH_PHONE_EVENT_INCOMING,
  OH_PHONE_EVENT_OUTGOING,
  OH_PHONE_EVENT_RINGING,
  OH_PHONE_EVENT_CONNECTED,
  OH_PHONE_EVENT_HELD,
  OH_PHONE_EVENT_RESUMED,
  OH_PHONE_EVENT_DISCONNECTED,
  OH_PHONE_EVENT_MISSED,
  OH_PHONE_EVENT_TRANSFERRED,
  OH_PHONE_EVENT_OFF_HOOK,
  OH_PHONE_EVENT_ON_HOOK,
  OH_PHONE_EVENT_DND_ON,
  OH_PHONE_EVENT_DND_OFF,
  OH_PHONE_EVENT_FORWARD_ON,
  OH_PHONE_EVENT_FORWARD_OFF,
  OH_PHONE_EVENT_REGISTERED,
  OH_PHONE_EVENT_UNREGISTERED,
  OH_PHONE_EVENT_REGISTRATION_FAILED,
  OH_N_PHONE_EVENTS,
} OhPhoneEventKind;

/**
 * OhPhoneEvent:
 * @kind: what happened
 * @call: (nullable): the phone's name of the call; NULL when the phone gave none, then @line,
 *   @local and @remote together stand for it
 * @remote: (nullable): the other party as the phone named it, usually "number@host", no scheme
 * @local: (nullable): our party, the same form
 * @display: (nullable): the other party's display name, UTF-8, from anybody: show as text only
 * @line: (nullable): line or account index
 * @cause: (nullable): why the call ended, as the phone put it (SIP Reason, RFC 3326)
 * @time_us: monotonic time of arrival, of the clock that the phone object was given
 *
 * One event. All strings are owned, valid UTF-8 without control characters, and no longer than
 * %OH_PHONE_EVENT_VALUE_MAX octets.
 */
typedef struct
{
  OhPhoneEventKind kind;
  char *call;
  char *remote;
  char *local;
  char *display;
  char *line;
  char *cause;
  gint64 time_us;
} OhPhoneEvent;

/* A SIP Call-ID or URI seldom exceeds 200 octets; whoever sends more wants our memory. */
#define OH_PHONE_EVENT_VALUE_MAX 512

/**
 * oh_phone_verb_word:
 * @verb: a verb
 *
 * Returns: (transfer none): the stable word for logs, for example "hang-up"
 */
const char *oh_phone_verb_word (OhPhoneVerb verb);

/**
 * oh_phone_event_kind_word:
 * @kind: a kind of event
 *
 * Returns: (transfer none): the stable word for logs and for paths, for example "dnd-on"
 */
const char *oh_phone_event_kind_word (OhPhoneEventKind kind);

/**
 * oh_phone_event_new:
 * @kind: what happened
 *
 * Returns: (transfer full): an event that says nothing else
 */
OhPhoneEvent *oh_phone_event_new (OhPhoneEventKind kind);

/**
 * oh_phone_event_copy:
 * @event: an event
 *
 * Returns: (transfer full): the same once more
 */
OhPhoneEvent *oh_phone_event_copy (const OhPhoneEvent *event);

/**
 * oh_phone_event_free:
 * @event: (nullable) (transfer full): an event
 */
void oh_phone_event_free (OhPhoneEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneEvent, oh_phone_event_free)

G_END_DECLS
