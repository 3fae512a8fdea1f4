/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-calls.h"

#include "sim-report.h"

#include <string.h>

struct _SimCalls
{
  SimClock *clock;
  SimKnobs *knobs;
  guint max;
  SimEventFunc event;
  gpointer user_data;
  SimMovedFunc moved; /* (nullable) */
  gpointer moved_data;
  GList *list;    /* (owned) (element-type SimCall), latest first */
  SimCall *ended; /* (owned) (nullable): the latest that closed, for whoever still looks at it */
  guint last_id;
  gboolean handset_up;
};

SimCalls *
sim_calls_new (SimClock *clock, SimKnobs *knobs, guint max, SimEventFunc event, gpointer user_data)
{
  SimCalls *self = g_new0 (SimCalls, 1);

  self->clock = clock;
  self->knobs = knobs;
  self->max = max;
  self->event = event;
  self->user_data = user_data;
  return self;
}

static void
call_free (gpointer data)
{
  SimCall *call = data;

  sim_clock_remove (call->calls->clock, &call->alarm);
  g_free (call->call_id);
  g_free (call->number);
  g_free (call->name);
  g_free (call->cancel_reason);
  g_free (call);
}

void
sim_calls_free (SimCalls *self)
{
  sim_calls_lose (self);
  g_free (self);
}

void
sim_calls_lose (SimCalls *self)
{
  g_list_free_full (g_steal_pointer (&self->list), call_free);
  g_clear_pointer (&self->ended, call_free);
  self->handset_up = FALSE;
}

static void
describe (JsonObject *object, SimCall *call)
{
  json_object_set_int_member (object, "id", call->id);
  sim_report_set (object, "call_id", call->call_id);
  sim_report_set (object, "direction", call->outgoing ? "outgoing" : "incoming");
  sim_report_set (object, "state", sim_call_state_name (call->state));
  sim_report_set (object, "number", call->number);
  sim_report_set (object, "name", call->name);
  json_object_set_int_member (object, "identity", call->identity);
  sim_report_set (object, "device", call->handset ? "handset" : "speaker");
}

static void
report (SimCall *call, SimCallState from, const char *move)
{
  JsonObject *line = sim_report_new ("call");

  describe (line, call);
  sim_report_set (line, "from", sim_call_state_name (from));
  sim_report_set (line, "move", move);
  sim_report_send (line);
}

static void
note (const char *event, const char *number, const char *why)
{
  JsonObject *line = sim_report_new (event);

  sim_report_set (line, "number", number);
  sim_report_set (line, "why", why);
  sim_report_send (line);
}

/* A declined call may tell nobody, once or twice: firmwares differ. */
static void
tell_end_of_declined (SimCall *call)
{
  SimCalls *self = call->calls;
  gint64 again_ms = sim_knobs_number (self->knobs, SIM_KNOB_DECLINE_AGAIN);

  if (sim_knobs_is (self->knobs, SIM_KNOB_DECLINE, "none"))
    return;
  self->event (SIM_EVENT_DISCONNECTED, call, 0, self->user_data);
  if (sim_knobs_is (self->knobs, SIM_KNOB_DECLINE, "twice"))
    self->event (SIM_EVENT_DISCONNECTED, call, again_ms, self->user_data);
}

static void
tell (SimCall *call, SimMove move, gboolean was_on_handset)
{
  const SimMoveKind *kind = sim_move_kind (move);
  SimCalls *self = call->calls;

  if (move == SIM_MOVE_DECLINE)
    {
      tell_end_of_declined (call);
      return;
    }
  if (move == SIM_MOVE_FAIL && sim_knobs_is (self->knobs, SIM_KNOB_BUSY_EVENT, "no"))
    return;
  for (guint i = 0; i < SIM_MOVE_EVENTS_MAX && kind->events[i] != SIM_EVENT_NONE; i++)
    if (kind->events[i] != SIM_EVENT_ONHOOK || was_on_handset)
      self->event (kind->events[i], call, 0, self->user_data);
}

/* The one place where a call changes its state; a closed call is out of the list afterwards. */
static gboolean
go (SimCall *call, SimMove move)
{
  SimCalls *self = call->calls;
  SimCallState from = call->state;

  if (!sim_move_is_legal (move, from))
    return FALSE;
  sim_clock_remove (self->clock, &call->alarm);
  call->state = sim_move_kind (move)->to;
  report (call, from, sim_move_kind (move)->name);
  tell (call, move, call->handset);
  if (self->moved != NULL)
    self->moved (call, move, self->moved_data);
  if (call->state != SIM_CALL_CLOSED)
    return TRUE;
  if (call->handset &&
      (move == SIM_MOVE_GIVE_UP || move == SIM_MOVE_HANG_UP || move == SIM_MOVE_PUT_DOWN))
    self->handset_up = FALSE;
  self->list = g_list_remove (self->list, call);
  g_clear_pointer (&self->ended, call_free);
  self->ended = call;
  return TRUE;
}

static SimCall *
add (SimCalls *self, gboolean outgoing, const char *number, const char *name, guint identity)
{
  SimCall *call = g_new0 (SimCall, 1);

  call->calls = self;
  call->id = ++self->last_id;
  call->call_id = g_strdup_printf ("%08x%08x-sim%u", g_random_int (), g_random_int (), call->id);
  call->outgoing = outgoing;
  call->number = g_strdup (number);
  call->name = g_strdup (name);
  call->cancel_reason = g_strdup ("");
  call->identity = identity;
  self->list = g_list_prepend (self->list, call);
  return call;
}

SimCall *
sim_calls_find (SimCalls *self, SimCallState state)
{
  for (GList *l = self->list; l != NULL; l = l->next)
    if (((SimCall *) l->data)->state == state)
      return l->data;
  return NULL;
}

/* The first call found in one of @states, which end with SIM_CALL_CLOSED. */
static SimCall *
find_first (SimCalls *self, const SimCallState *states)
{
  SimCall *call = NULL;

  while (call == NULL && *states != SIM_CALL_CLOSED)
    call = sim_calls_find (self, *states++);
  return call;
}

guint
sim_calls_count (SimCalls *self)
{
  return g_list_length (self->list);
}

gboolean
sim_calls_handset_is_up (SimCalls *self)
{
  return self->handset_up;
}

/* Only one call can have the audio. */
static void
hold_connected (SimCalls *self)
{
  SimCall *other = sim_calls_find (self, SIM_CALL_CONNECTED);

  if (other != NULL)
    go (other, SIM_MOVE_HOLD);
}

/* Outgoing calls */

static void
on_no_answer (gpointer user_data)
{
  SimCall *call = user_data;

  call->alarm = 0;
  go (call, SIM_MOVE_FAIL);
}

static void
on_answer_due (gpointer user_data)
{
  SimCall *call = user_data;

  call->alarm = 0;
  go (call, SIM_MOVE_REMOTE_ANSWER);
}

static gboolean
will_answer (SimCall *call)
{
  const char *rule = sim_knobs_get (call->calls->knobs, SIM_KNOB_AUTO_ANSWER);
  gsize length = strlen (call->number);
  char last = length > 0 ? call->number[length - 1] : '\0';

  if (g_str_equal (rule, "even"))
    return g_ascii_isdigit (last) && (last - '0') % 2 == 0;
  return g_str_equal (rule, "always");
}

static void
on_ring_due (gpointer user_data)
{
  SimCall *call = user_data;
  SimCalls *self = call->calls;
  gboolean answers = will_answer (call);
  gint64 delay_ms =
    sim_knobs_number (self->knobs, answers ? SIM_KNOB_ANSWER_AFTER : SIM_KNOB_NO_ANSWER_AFTER);

  call->alarm = 0;
  if (g_str_has_suffix (call->number, "9") && !answers) /* busy */
    {
      go (call, SIM_MOVE_FAIL);
      return;
    }
  go (call, SIM_MOVE_ALERT);
  call->alarm = sim_clock_add (self->clock, delay_ms, answers ? on_answer_due : on_no_answer, call);
}

gboolean
sim_calls_dial (SimCalls *self, const char *number, guint identity)
{
  SimCall *call = sim_calls_find (self, SIM_CALL_OFFHOOK);

  if (sim_calls_find (self, SIM_CALL_OFFERED) != NULL)
    {
      note ("refused", number, "a call is ringing");
      return FALSE;
    }
  if (call == NULL && sim_calls_count (self) >= self->max)
    {
      note ("refused", number, "too many calls");
      return FALSE;
    }
  hold_connected (self);
  if (call == NULL)
    call = add (self, TRUE, number, "", identity);
  g_free (call->number);
  call->number = g_strdup (number);
  call->identity = identity;
  go (call, SIM_MOVE_DIAL);
  call->alarm = sim_clock_add (self->clock, sim_knobs_number (self->knobs, SIM_KNOB_RING_AFTER),
                               on_ring_due, call);
  return TRUE;
}

gboolean
sim_calls_remote_answer (SimCalls *self)
{
  static const SimCallState order[] = { SIM_CALL_RINGING, SIM_CALL_CALLING, SIM_CALL_CLOSED };
  SimCall *call = find_first (self, order);

  return call != NULL && go (call, SIM_MOVE_REMOTE_ANSWER);
}

/* Incoming calls */

gboolean
sim_calls_ring (SimCalls *self, const char *number, const char *name, guint identity)
{
  if (sim_calls_count (self) >= self->max)
    {
      note ("refused", number, "too many calls");
      return FALSE;
    }
  return go (add (self, FALSE, number, name, identity), SIM_MOVE_OFFER);
}

gboolean
sim_calls_accept (SimCalls *self, gboolean handset)
{
  SimCall *call = sim_calls_find (self, SIM_CALL_OFFERED);

  if (call == NULL)
    return FALSE;
  hold_connected (self);
  if (!handset)
    return go (call, SIM_MOVE_ACCEPT);
  self->handset_up = TRUE;
  call->handset = TRUE;
  return go (call, SIM_MOVE_ACCEPT_HANDSET);
}

/* The handset */

gboolean
sim_calls_offhook (SimCalls *self, guint identity)
{
  SimCall *call = sim_calls_find (self, SIM_CALL_CONNECTED);

  if (self->handset_up)
    return FALSE;
  if (sim_calls_accept (self, TRUE))
    return TRUE;
  if (call == NULL && sim_calls_count (self) >= self->max)
    return FALSE;
  self->handset_up = TRUE;
  if (call == NULL)
    {
      call = add (self, TRUE, "", "", identity);
      call->handset = TRUE;
      return go (call, SIM_MOVE_LIFT);
    }
  call->handset = TRUE; /* from the loudspeaker to the handset */
  self->event (SIM_EVENT_OFFHOOK, call, 0, self->user_data);
  return TRUE;
}

void
sim_calls_watch (SimCalls *self, SimMovedFunc moved, gpointer user_data)
{
  self->moved = moved;
  self->moved_data = user_data;
}

SimCall *
sim_calls_nth (SimCalls *self, guint n)
{
  return g_list_nth_data (self->list, n);
}

gboolean
sim_calls_move (SimCall *call, SimMove move)
{
  if (!sim_move_is_legal (move, call->state))
    return FALSE;
  if (sim_move_kind (move)->to == SIM_CALL_CONNECTED)
    hold_connected (call->calls);
  return go (call, move);
}

static SimCall *
call_on_handset (SimCalls *self)
{
  for (GList *l = self->list; l != NULL; l = l->next)
    if (((SimCall *) l->data)->handset)
      return l->data;
  return NULL;
}

gboolean
sim_calls_end (SimCall *call)
{
  return go (call, SIM_MOVE_PUT_DOWN) || go (call, SIM_MOVE_GIVE_UP) ||
         go (call, SIM_MOVE_DECLINE) || go (call, SIM_MOVE_HANG_UP);
}

gboolean
sim_calls_onhook (SimCalls *self)
{
  static const SimCallState attempt[] = { SIM_CALL_CALLING, SIM_CALL_RINGING, SIM_CALL_CLOSED };
  SimCall *call = self->handset_up ? call_on_handset (self) : find_first (self, attempt);

  if (call != NULL)
    return sim_calls_end (call);
  if (!self->handset_up)
    return FALSE;
  self->handset_up = FALSE;
  self->event (SIM_EVENT_ONHOOK, NULL, 0, self->user_data); /* the call is over: no variables */
  return TRUE;
}

gboolean
sim_calls_speaker (SimCalls *self)
{
  SimCall *call = sim_calls_find (self, SIM_CALL_CONNECTED);

  if (sim_calls_accept (self, FALSE))
    return TRUE;
  if (call == NULL || !call->handset)
    return FALSE;
  call->handset = FALSE; /* the handset stays up until ONHOOK */
  return TRUE;
}

/* The other keys */

gboolean
sim_calls_cancel (SimCalls *self)
{
  static const SimCallState order[] = {
    SIM_CALL_OFFERED, SIM_CALL_CALLING, SIM_CALL_RINGING, SIM_CALL_CONNECTED,
    SIM_CALL_ON_HOLD, SIM_CALL_OFFHOOK, SIM_CALL_HOLDING, SIM_CALL_CLOSED,
  };
  SimCall *call = find_first (self, order);

  return call != NULL && sim_calls_end (call);
}

gboolean
sim_calls_hold (SimCalls *self)
{
  SimCall *talking = sim_calls_find (self, SIM_CALL_CONNECTED);
  SimCall *waiting = sim_calls_find (self, SIM_CALL_HOLDING);

  if (talking != NULL)
    go (talking, SIM_MOVE_HOLD);
  if (waiting != NULL) /* with both it is a swap */
    go (waiting, SIM_MOVE_RESUME);
  return talking != NULL || waiting != NULL;
}

gboolean
sim_calls_join (SimCalls *self)
{
  SimCall *waiting = sim_calls_find (self, SIM_CALL_HOLDING);

  return waiting != NULL && sim_calls_find (self, SIM_CALL_CONNECTED) != NULL &&
         go (waiting, SIM_MOVE_RESUME); /* both are connected then */
}

gboolean
sim_calls_release_all (SimCalls *self)
{
  gboolean any = self->list != NULL;

  while (self->list != NULL && sim_calls_end (self->list->data))
    ;
  return any;
}

gboolean
sim_calls_blind_transfer (SimCalls *self, const char *number)
{
  static const SimCallState order[] = { SIM_CALL_CONNECTED, SIM_CALL_HOLDING, SIM_CALL_CLOSED };
  SimCall *call = find_first (self, order);

  if (call == NULL)
    return FALSE;
  note ("transfer", number, "blind");
  return go (call, SIM_MOVE_BLIND_TRANSFER);
}

gboolean
sim_calls_attended_transfer (SimCalls *self)
{
  SimCall *talking = sim_calls_find (self, SIM_CALL_CONNECTED);
  SimCall *waiting = sim_calls_find (self, SIM_CALL_HOLDING);

  if (talking == NULL || waiting == NULL)
    return FALSE;
  go (waiting, SIM_MOVE_ATTENDED_TRANSFER);
  return go (talking, SIM_MOVE_REMOTE_HANG_UP);
}

gboolean
sim_calls_remote_hangup (SimCalls *self, const char *reason)
{
  static const SimCallState order[] = {
    SIM_CALL_OFFERED, SIM_CALL_CONNECTED, SIM_CALL_ON_HOLD, SIM_CALL_RINGING,
    SIM_CALL_CALLING, SIM_CALL_HOLDING,   SIM_CALL_CLOSED,
  };
  SimCall *call = find_first (self, order);

  if (call == NULL)
    return FALSE;
  g_free (call->cancel_reason);
  call->cancel_reason = g_strdup (reason);
  return go (call, SIM_MOVE_REMOTE_CANCEL) || go (call, SIM_MOVE_REMOTE_HANG_UP);
}

gboolean
sim_calls_remote_hold (SimCalls *self)
{
  SimCall *talking = sim_calls_find (self, SIM_CALL_CONNECTED);
  SimCall *held = sim_calls_find (self, SIM_CALL_ON_HOLD);

  if (talking != NULL)
    return go (talking, SIM_MOVE_REMOTE_HOLD);
  return held != NULL && go (held, SIM_MOVE_REMOTE_RESUME);
}

JsonArray *
sim_calls_to_json (SimCalls *self)
{
  JsonArray *array = json_array_new ();

  for (GList *l = g_list_last (self->list); l != NULL; l = l->prev)
    {
      JsonObject *object = json_object_new ();

      describe (object, l->data);
      json_array_add_object_element (array, object);
    }
  return array;
}
