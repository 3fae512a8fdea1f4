/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-calls.h"

#include <string.h>

#define BIT(state) (1u << (state))

/* Later in a call's life never leads back to earlier: an event that does is late, or doubled. */
/* clang-format off */
static const guint16 may_follow[OH_N_CSTA_CALL_STATES] = {
  [OH_CSTA_CALL_NEW]       = 0xffff & ~BIT (OH_CSTA_CALL_NEW),
  [OH_CSTA_CALL_INITIATED] = BIT (OH_CSTA_CALL_PLACED) | BIT (OH_CSTA_CALL_FAR_RINGS) | BIT (OH_CSTA_CALL_CONNECTED) | BIT (OH_CSTA_CALL_HELD) | BIT (OH_CSTA_CALL_OVER),
  [OH_CSTA_CALL_PLACED]    = BIT (OH_CSTA_CALL_FAR_RINGS) | BIT (OH_CSTA_CALL_CONNECTED) | BIT (OH_CSTA_CALL_HELD) | BIT (OH_CSTA_CALL_OVER),
  [OH_CSTA_CALL_FAR_RINGS] = BIT (OH_CSTA_CALL_CONNECTED) | BIT (OH_CSTA_CALL_HELD) | BIT (OH_CSTA_CALL_OVER),
  [OH_CSTA_CALL_OFFERED]   = BIT (OH_CSTA_CALL_CONNECTED) | BIT (OH_CSTA_CALL_HELD) | BIT (OH_CSTA_CALL_OVER),
  [OH_CSTA_CALL_CONNECTED] = BIT (OH_CSTA_CALL_HELD) | BIT (OH_CSTA_CALL_OVER),
  [OH_CSTA_CALL_HELD]      = BIT (OH_CSTA_CALL_CONNECTED) | BIT (OH_CSTA_CALL_OVER),
  [OH_CSTA_CALL_OVER]      = 0,
};
/* clang-format on */

struct _OhCstaCalls
{
  OhCstaTellFunc tell;
  gpointer user_data;
  char *device;
  GPtrArray *calls; /* (owned) (element-type OhCstaCall) */
  guint last;       /* number of the latest call */
};

static void
call_free (gpointer data)
{
  OhCstaCall *call = data;

  g_free (call->name);
  g_free (call->id);
  g_free (call->device);
  g_free (call->remote);
  g_free (call);
}

OhCstaCalls *
oh_csta_calls_new (OhCstaTellFunc tell, gpointer user_data)
{
  OhCstaCalls *self = g_new0 (OhCstaCalls, 1);

  self->tell = tell;
  self->user_data = user_data;
  self->calls = g_ptr_array_new_with_free_func (call_free);
  return self;
}

void
oh_csta_calls_free (OhCstaCalls *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->calls);
  g_free (self->device);
  g_free (self);
}

void
oh_csta_calls_set_device (OhCstaCalls *self, const char *device)
{
  g_free (self->device);
  self->device = g_strdup (device);
}

/* --- the table --- */

static OhCstaCall *
look_up (OhCstaCalls *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->calls->len; i++)
    {
      OhCstaCall *call = g_ptr_array_index (self->calls, i);

      if (strcmp (call->id, id) == 0)
        return call;
    }
  return NULL;
}

static gboolean
is_us (OhCstaCalls *self, const char *device)
{
  return oh_csta_same_device (self->device, device);
}

/* (nullable): NULL when the table is full, or the end has no name. */
static OhCstaCall *
find_or_add (OhCstaCalls *self, const OhCstaEnd *end)
{
  OhCstaCall *call = look_up (self, end->call);

  if (call == NULL)
    {
      if (end->call == NULL || self->calls->len >= OH_CSTA_CALLS_MAX)
        return NULL;
      call = g_new0 (OhCstaCall, 1);
      call->id = g_strdup (end->call);
      call->name = g_strdup_printf ("%.64s.%u", end->call, ++self->last);
      g_ptr_array_add (self->calls, call);
    }
  /* The other party's end of the same call is not where our commands go. */
  if (call->device == NULL && (self->device == NULL || is_us (self, end->device)))
    call->device = g_strdup (end->device);
  return call;
}

/* --- telling --- */

static void
tell (OhCstaCalls *self, const OhCstaCall *call, OhPhoneEventKind kind, const char *cause)
{
  OhPhoneEvent *event = oh_phone_event_new (kind);

  event->call = g_strdup (call->name);
  event->remote = g_strdup (call->remote);
  event->local = oh_csta_party (call->device != NULL ? call->device : self->device);
  event->cause = g_strdup (cause);
  self->tell (event, self->user_data);
}

static gboolean
kind_of (OhCstaCallState from, OhCstaCallState to, OhPhoneEventKind *out)
{
  static const struct
  {
    OhCstaCallState state;
    OhPhoneEventKind kind;
  } kinds[] = {
    { OH_CSTA_CALL_PLACED, OH_PHONE_EVENT_OUTGOING },
    { OH_CSTA_CALL_FAR_RINGS, OH_PHONE_EVENT_RINGING },
    { OH_CSTA_CALL_OFFERED, OH_PHONE_EVENT_INCOMING },
    { OH_CSTA_CALL_CONNECTED, OH_PHONE_EVENT_CONNECTED },
    { OH_CSTA_CALL_HELD, OH_PHONE_EVENT_HELD },
    { OH_CSTA_CALL_OVER, OH_PHONE_EVENT_DISCONNECTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].state == to)
      {
        *out = kinds[i].kind;
        if (from == OH_CSTA_CALL_HELD && to == OH_CSTA_CALL_CONNECTED)
          *out = OH_PHONE_EVENT_RESUMED;
        return TRUE;
      }
  return FALSE;
}

/* The one place where a call moves. A call that was only off hook ends without a word. */
static void
move (OhCstaCalls *self, OhCstaCall *call, OhCstaCallState to, const char *cause)
{
  OhCstaCallState from = call->state;
  OhPhoneEventKind kind;

  if (!(may_follow[from] & BIT (to)))
    return;
  call->state = to;
  if (kind_of (from, to, &kind) &&
      (to != OH_CSTA_CALL_OVER || (from != OH_CSTA_CALL_NEW && from != OH_CSTA_CALL_INITIATED)))
    tell (self, call, kind, cause);
  if (to == OH_CSTA_CALL_OVER)
    g_ptr_array_remove (self->calls, call);
}

/* --- events --- */

/* Which way a call goes whose beginning was lost or comes late: with a party's name on it the list
 * of calls shows more than that something is up. */
static void
tell_beginning (OhCstaCalls *self, OhCstaCall *call, const OhCstaDocument *event)
{
  if (call->state != OH_CSTA_CALL_NEW && call->state != OH_CSTA_CALL_INITIATED)
    return;
  if (is_us (self, event->calling))
    move (self, call, OH_CSTA_CALL_PLACED, NULL);
  else if (call->state == OH_CSTA_CALL_NEW && event->calling != NULL)
    move (self, call, OH_CSTA_CALL_OFFERED, NULL);
}

static void
learn_remote (OhCstaCalls *self, OhCstaCall *call, const OhCstaDocument *event)
{
  const char *other = is_us (self, event->calling) ? event->called : event->calling;

  if (other == NULL || is_us (self, other))
    return;
  g_free (call->remote);
  call->remote = oh_csta_party (other);
}

/* Rings: here, or at the other end? The state of our own end says; without it whose end is meant,
 * and then who calls. */
static OhCstaCallState
delivered_state (OhCstaCalls *self, const OhCstaDocument *event)
{
  if (event->local_state == OH_CSTA_STATE_ALERTING)
    return OH_CSTA_CALL_OFFERED;
  if (event->local_state != OH_CSTA_STATE_UNTOLD)
    return OH_CSTA_CALL_FAR_RINGS;
  if (is_us (self, event->calling))
    return OH_CSTA_CALL_FAR_RINGS;
  return event->end.device == NULL || is_us (self, event->end.device) ? OH_CSTA_CALL_OFFERED
                                                                      : OH_CSTA_CALL_FAR_RINGS;
}

/* Somebody has left: us, unless our own end is said to go on. */
static gboolean
is_over (const OhCstaDocument *event)
{
  return event->local_state == OH_CSTA_STATE_UNTOLD || event->local_state == OH_CSTA_STATE_NULL ||
         event->local_state == OH_CSTA_STATE_FAILED;
}

static void
end_call (OhCstaCalls *self, OhCstaCall *call, const OhCstaDocument *event)
{
  gboolean missed = call->state == OH_CSTA_CALL_OFFERED && event->event != OH_CSTA_DIVERTED &&
                    !is_us (self, event->acting);
  g_autofree char *cause = g_strdup (event->cause);
  OhCstaCall gone = { .name = g_strdup (call->name), .remote = g_strdup (call->remote) };

  move (self, call, OH_CSTA_CALL_OVER, cause);
  if (missed)
    tell (self, &gone, OH_PHONE_EVENT_MISSED, cause);
  g_free (gone.name);
  g_free (gone.remote);
}

/* The one who transfers is out of both calls. */
static gboolean
transferred (OhCstaCalls *self, const OhCstaDocument *event)
{
  OhCstaCall *first = look_up (self, event->end.call);
  OhCstaCall *second = look_up (self, event->other_end.call);

  if (event->acting != NULL && !is_us (self, event->acting))
    return TRUE; /* the other end did: ours goes on, perhaps under another name */
  if (first != NULL)
    {
      tell (self, first, OH_PHONE_EVENT_TRANSFERRED, NULL);
      move (self, first, OH_CSTA_CALL_OVER, event->cause);
    }
  if (second != NULL)
    move (self, second, OH_CSTA_CALL_OVER, event->cause);
  return FALSE;
}

static void
advance (OhCstaCalls *self, OhCstaCall *call, const OhCstaDocument *event)
{
  switch (event->event)
    {
    case OH_CSTA_INITIATED: move (self, call, OH_CSTA_CALL_INITIATED, NULL); break;
    case OH_CSTA_ORIGINATED:
    case OH_CSTA_REACHED: move (self, call, OH_CSTA_CALL_PLACED, NULL); break;
    case OH_CSTA_DELIVERED:
      if (delivered_state (self, event) == OH_CSTA_CALL_FAR_RINGS)
        tell_beginning (self, call, event);
      move (self, call, delivered_state (self, event), NULL);
      break;
    case OH_CSTA_ESTABLISHED:
      tell_beginning (self, call, event);
      if (call->state != OH_CSTA_CALL_HELD) /* late: it is on hold by now */
        move (self, call, OH_CSTA_CALL_CONNECTED, NULL);
      break;
    case OH_CSTA_HELD:
      if (event->local_state != OH_CSTA_STATE_CONNECTED) /* else the other end holds us */
        move (self, call, OH_CSTA_CALL_HELD, NULL);
      break;
    case OH_CSTA_RETRIEVED: move (self, call, OH_CSTA_CALL_CONNECTED, NULL); break;
    case OH_CSTA_CLEARED:
    case OH_CSTA_FAILED:
      if (is_over (event))
        end_call (self, call, event);
      break;
    case OH_CSTA_CALL_CLEARED:
    case OH_CSTA_DIVERTED: end_call (self, call, event); break;
    case OH_CSTA_TRANSFERRED:
    case OH_CSTA_CONFERENCED:
    case OH_CSTA_DND:
    case OH_CSTA_FORWARDING:
    case OH_CSTA_MONITOR_ENDED:
    case OH_CSTA_OUT_OF_SERVICE:
    case OH_N_CSTA_EVENTS:
    default: break;
    }
}

/* An event about the end, or the middle, of a call that we never heard of makes no call. */
static gboolean
may_begin (const OhCstaDocument *event)
{
  return event->event == OH_CSTA_INITIATED || event->event == OH_CSTA_ORIGINATED ||
         event->event == OH_CSTA_REACHED || event->event == OH_CSTA_DELIVERED ||
         event->event == OH_CSTA_ESTABLISHED || event->event == OH_CSTA_HELD;
}

gboolean
oh_csta_calls_take_event (OhCstaCalls *self, const OhCstaDocument *event)
{
  OhCstaCall *call;

  if (event->event == OH_CSTA_TRANSFERRED)
    return transferred (self, event);
  if (event->event == OH_CSTA_CONFERENCED)
    return TRUE;
  call = may_begin (event) ? find_or_add (self, &event->end) : look_up (self, event->end.call);
  if (call == NULL)
    return FALSE;
  learn_remote (self, call, event);
  advance (self, call, event);
  return FALSE;
}

void
oh_csta_calls_placed (OhCstaCalls *self, const OhCstaEnd *end, const char *number)
{
  OhCstaCall *call = find_or_add (self, end);

  if (call == NULL)
    return; /* the phone names no call: its events will */
  if (call->remote == NULL)
    call->remote = g_strdup (number);
  move (self, call, OH_CSTA_CALL_PLACED, NULL);
}

/* --- snapshots --- */

static OhCstaCallState
snapshot_state (const OhCstaCall *call, const OhCstaEnd *end)
{
  gboolean ours = call->state == OH_CSTA_CALL_PLACED || call->state == OH_CSTA_CALL_FAR_RINGS;

  switch (end->state)
    {
    case OH_CSTA_STATE_INITIATED: return OH_CSTA_CALL_INITIATED;
    case OH_CSTA_STATE_ALERTING: return OH_CSTA_CALL_OFFERED;
    case OH_CSTA_STATE_HOLD: return OH_CSTA_CALL_HELD;
    case OH_CSTA_STATE_CONNECTED:
      return ours ? call->state : OH_CSTA_CALL_CONNECTED; /* our end is, before theirs is */
    case OH_CSTA_STATE_NULL: return OH_CSTA_CALL_OVER;
    case OH_CSTA_STATE_UNTOLD:
    case OH_CSTA_STATE_QUEUED:
    case OH_CSTA_STATE_FAILED:
    default: return call->state;
    }
}

static void
show (OhCstaCalls *self, OhCstaCall *call, OhCstaCallState state)
{
  OhPhoneEventKind kind;

  if (call->state != state)
    move (self, call, state, NULL);
  else if (kind_of (OH_CSTA_CALL_NEW, state, &kind))
    tell (self, call, kind, NULL);
}

static gboolean
is_listed (const GPtrArray *ends, const char *id)
{
  for (guint i = 0; i < ends->len; i++)
    {
      const OhCstaEnd *end = g_ptr_array_index (ends, i);

      if (g_strcmp0 (end->call, id) == 0)
        return TRUE;
    }
  return FALSE;
}

void
oh_csta_calls_take_snapshot (OhCstaCalls *self, const GPtrArray *ends)
{
  for (guint i = self->calls->len; i > 0; i--)
    {
      OhCstaCall *call = g_ptr_array_index (self->calls, i - 1);

      if (!is_listed (ends, call->id))
        move (self, call, OH_CSTA_CALL_OVER, NULL);
    }
  for (guint i = 0; i < ends->len; i++)
    {
      const OhCstaEnd *end = g_ptr_array_index (ends, i);
      OhCstaCall *call = find_or_add (self, end);

      if (call != NULL)
        show (self, call, snapshot_state (call, end));
    }
}

void
oh_csta_calls_learn_party (OhCstaCalls *self, const GPtrArray *ends)
{
  for (guint i = 0; i < ends->len; i++)
    {
      const OhCstaEnd *end = g_ptr_array_index (ends, i);
      OhCstaCall *call;

      if (end->device == NULL || is_us (self, end->device))
        continue;
      call = find_or_add (self, end);
      if (call != NULL && call->remote == NULL)
        call->remote = oh_csta_party (end->device);
    }
}

/* --- looking --- */

gboolean
oh_csta_calls_knows (OhCstaCalls *self, const char *id)
{
  return look_up (self, id) != NULL;
}

const OhCstaCall *
oh_csta_calls_find (OhCstaCalls *self, const char *name, guint states)
{
  const OhCstaCall *found = NULL;

  for (guint i = 0; i < self->calls->len; i++)
    {
      const OhCstaCall *call = g_ptr_array_index (self->calls, i);

      if (!(BIT (call->state) & states) || (name != NULL && strcmp (call->name, name) != 0))
        continue;
      if (found != NULL)
        return NULL; /* which one? */
      found = call;
    }
  return found;
}

const OhCstaCall *
oh_csta_calls_nth (OhCstaCalls *self, guint n)
{
  return n < self->calls->len ? g_ptr_array_index (self->calls, n) : NULL;
}
