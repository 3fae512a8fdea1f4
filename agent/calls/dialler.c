/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dialler.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "call-errand.h"
#include "tone-sender.h"

/* A row of tones that somebody typed; more is a script. */
#define DTMF_MAX 32

struct _OhDialler
{
  GObject parent_instance;

  OhCallList *calls;
  OhClock *clock;
  OhDialPlan *plan;
  OhNumberFactsFunc facts;
  OhConfirmLinks confirm_links;
  OhNameLookup lookup;
  gpointer lookup_data;
  gboolean screen_locked;
  OhPhoneRule phone_rule;
  char *default_phone;     /* (owned) (nullable) */
  GPtrArray *phones;       /* OhPhone, the default first */
  GPtrArray *tone_senders; /* OhToneSender: of calls that are placed or up */
};

G_DEFINE_FINAL_TYPE (OhDialler, oh_dialler, G_TYPE_OBJECT)

static void
oh_dialler_finalize (GObject *object)
{
  OhDialler *self = OH_DIALLER (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->clock);
  oh_dial_plan_free (self->plan);
  g_free (self->default_phone);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->tone_senders);
  G_OBJECT_CLASS (oh_dialler_parent_class)->finalize (object);
}

static void
oh_dialler_class_init (OhDiallerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_dialler_finalize;
}

static void
oh_dialler_init (OhDialler *self)
{
  self->plan = oh_dial_plan_new (NULL, NULL, NULL, NULL, NULL, 0);
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
  self->tone_senders = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tone_sender_free);
}

OhDialler *
oh_dialler_new (OhCallList *calls, OhClock *clock)
{
  OhDialler *self = g_object_new (OH_TYPE_DIALLER, NULL);

  self->calls = g_object_ref (calls);
  self->clock = g_object_ref (clock != NULL ? clock : oh_clock_system ());
  return self;
}

void
oh_dialler_set_plan (OhDialler *self, const OhDialPlan *plan)
{
  OhDialPlan *copy = oh_dial_plan_copy (plan);

  oh_dial_plan_free (self->plan);
  self->plan = copy;
  oh_call_list_set_plan (self->calls, copy);
  copy->facts = self->facts;
}

void
oh_dialler_set_facts (OhDialler *self, OhNumberFactsFunc facts)
{
  self->facts = facts;
  self->plan->facts = facts;
}

void
oh_dialler_set_confirm_links (OhDialler *self, OhConfirmLinks confirm)
{
  self->confirm_links = confirm;
}

void
oh_dialler_set_name_lookup (OhDialler *self, OhNameLookup lookup, gpointer user_data)
{
  self->lookup = lookup;
  self->lookup_data = user_data;
  oh_call_list_set_name_lookup (self->calls, lookup, user_data, NULL);
}

void
oh_dialler_set_screen_locked (OhDialler *self, gboolean locked)
{
  self->screen_locked = locked;
}

void
oh_dialler_set_choice (OhDialler *self, OhPhoneRule rule, const char *default_phone)
{
  self->phone_rule = rule;
  g_free (self->default_phone);
  self->default_phone = g_strdup (default_phone);
}

void
oh_dialler_add_phone (OhDialler *self, OhPhone *phone)
{
  if (g_ptr_array_find (self->phones, phone, NULL))
    return;
  g_ptr_array_add (self->phones, g_object_ref (phone));
  oh_call_list_add_phone (self->calls, phone);
}

void
oh_dialler_remove_phone (OhDialler *self, OhPhone *phone)
{
  oh_call_list_remove_phone (self->calls, phone);
  g_ptr_array_remove (self->phones, phone);
}

OhNumber *
oh_dialler_parse (OhDialler *self, const char *text, OhNumberSource source, GError **error)
{
  return oh_number_parse (text, source, self->plan, error);
}

gboolean
oh_dialler_must_confirm (OhDialler *self, const OhNumber *number, OhNumberSource source)
{
  g_autofree char *name = NULL;

  if (oh_number_always_asks (number) ||
      (number->tones != NULL && source != OH_NUMBER_FROM_USER)) /* somebody else's tones */
    return TRUE;
  if (source != OH_NUMBER_FROM_LINK)
    return FALSE;
  switch (self->confirm_links)
    {
    case OH_CONFIRM_LINKS_NEVER: return FALSE;
    case OH_CONFIRM_LINKS_UNKNOWN:
      name = self->lookup != NULL ? self->lookup (number->canonical, self->lookup_data) : NULL;
      return name == NULL;
    case OH_CONFIRM_LINKS_ALWAYS:
    default: return TRUE;
    }
}

/* -- dial ------------------------------------------------------------------------------------- */

static gboolean
may_dial (OhDialler *self, const OhNumber *number, OhNumberSource source, gboolean confirmed,
          GError **error)
{
  if (self->screen_locked)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_LOCKED,
                           _ ("Nothing is dialled while the screen is locked."));
      return FALSE;
    }
  if (confirmed || !oh_dialler_must_confirm (self, number, source))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_CONFIRM, _ ("Really dial %s?"), number->display);
  return FALSE;
}

/* Tones go out when the phone tells that the call is connected, never earlier or by the clock. */
static gboolean
can_send_tones (OhPhone *phone, const OhNumber *number, GError **error)
{
  if (number->tones == NULL)
    return TRUE;
  if (strchr (number->tones, 'w') != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
                 _ ("Before its tones the number waits for a word of yours. Dial %s, and send the "
                    "tones when it is time."),
                 number->display);
  else if (!oh_phone_get_watched (phone) ||
           (oh_phone_get_capabilities (phone) & OH_PHONE_CAN_DTMF) == 0)
    g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                 _ ("The phone “%s” does not tell when a call is connected, or cannot send tones. "
                    "Dial %s, and send the tones by hand."),
                 oh_phone_get_id (phone), number->display);
  else
    return TRUE;
  return FALSE;
}

void
oh_dialler_expect (OhDialler *self)
{
  OhPhone *phone =
    oh_phone_choice (self->phones, self->phone_rule, self->default_phone, NULL, NULL);

  if (phone != NULL)
    oh_phone_expect (phone);
}

/* A phone that waits for its user is not asked again and again: each try may count as a failed
   login. One that is only out of reach, or not looked at yet, is worth a try. */
static gboolean
may_ask (OhPhone *phone, GError **error)
{
  OhPhoneState state = oh_phone_get_state (phone);
  const GError *reason = oh_phone_get_reason (phone);

  if ((state != OH_PHONE_STATE_UNAUTHORIZED && state != OH_PHONE_STATE_UNTRUSTED &&
       state != OH_PHONE_STATE_LOCKED_OUT) ||
      reason == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (reason));
  return FALSE;
}

static const char *
party_of (OhCall *call)
{
  if (oh_call_get_name (call) != NULL)
    return oh_call_get_name (call);
  return oh_call_get_number (call) != NULL ? oh_call_get_number (call) : _ ("unknown caller");
}

/* The call that a phone acts on when it cannot be told which one is meant; NULL when all are held.
 */
static OhCall *
find_front (OhDialler *self, OhPhone *phone)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);

  for (guint i = 0; i < calls->len; i++)
    {
      OhCall *call = g_ptr_array_index (calls, i);
      OhCallState state = oh_call_get_state (call);

      if (oh_call_get_phone (call) == phone && state != OH_CALL_HELD && state != OH_CALL_UNKNOWN &&
          state != OH_CALL_ENDED)
        return call; /* the list holds it */
    }
  return NULL;
}

/* A second call needs the first one out of the way: what the phone does otherwise, nobody knows. */
static gboolean
is_free (OhDialler *self, OhPhone *phone, GError **error)
{
  OhCall *front = find_front (self, phone);

  if (front == NULL)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_BUSY,
               _ ("The phone “%s” is in a call with %s. Hang up or hold that call first."),
               oh_phone_get_id (phone), party_of (front));
  return FALSE;
}

static void
on_errand_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_call_errand_run_finish (result, &error);

  if (outcome == OH_PHONE_OUTCOME_FAILED)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) outcome);
}

/* @task: (transfer full) */
static void
run_errand (OhDialler *self, OhCall *call, const OhPhoneCommand *command, OhCallState wanted,
            GTask *task)
{
  const OhCallErrand errand = { self->calls, call, command, wanted };

  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  oh_call_errand_run_async (&errand, self->clock, g_task_get_cancellable (task), on_errand_done,
                            task);
}

static void
on_tones_done (OhToneSender *sender, gpointer user_data)
{
  OhDialler *self = user_data;

  g_ptr_array_remove_fast (self->tone_senders, sender); /* frees it */
}

void
oh_dialler_dial_async (OhDialler *self, const OhDialRequest *request, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  g_autoptr (OhNumber) number = oh_dialler_parse (self, request->text, request->source, &error);
  OhPhoneCommand command = { .verb = OH_PHONE_DIAL };
  OhPhone *phone = NULL;
  OhCall *call;

  g_task_set_source_tag (task, oh_dialler_dial_async);
  if (number != NULL && may_dial (self, number, request->source, request->confirmed, &error))
    phone = oh_phone_choice (self->phones, self->phone_rule, self->default_phone, request->phone_id,
                             &error);
  if (phone == NULL || !may_ask (phone, &error) || !is_free (self, phone, &error) ||
      !can_send_tones (phone, number, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  command.argument = number->dialled;
  call = oh_call_list_expect (self->calls, phone, number, request->is_private);
  g_task_set_task_data (task, g_object_ref (call), g_object_unref);
  if (number->tones != NULL)
    g_ptr_array_add (self->tone_senders, oh_tone_sender_new (self, call, number->tones, self->clock,
                                                             on_tones_done, self));
  run_errand (self, call, &command, OH_N_CALL_STATES, g_steal_pointer (&task));
}

OhCall *
oh_dialler_dial_finish (OhDialler *self, GAsyncResult *result, OhPhoneOutcome *out_outcome,
                        GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  if (outcome < 0)
    return NULL;
  if (out_outcome != NULL)
    *out_outcome = (OhPhoneOutcome) outcome;
  return g_object_ref (g_task_get_task_data (G_TASK (result)));
}

/* -- commands for calls ----------------------------------------------------------------------- */

#define BIT(state) (1U << (state))

/* clang-format off */
static const struct
{
  guint meant_for;    /* states of a call that the verb can be meant for; none: it is for no call */
  OhCallState wanted; /* what the phone should tell; OH_N_CALL_STATES for nothing */
} verbs[] = {
  [OH_PHONE_ANSWER]            = { BIT (OH_CALL_INCOMING), OH_CALL_CONNECTED },
  [OH_PHONE_REJECT]            = { BIT (OH_CALL_INCOMING), OH_CALL_ENDED },
  [OH_PHONE_HANG_UP]           = { ~BIT (OH_CALL_ENDED), OH_CALL_ENDED },
  [OH_PHONE_HANG_UP_ALL]       = { ~BIT (OH_CALL_ENDED), OH_CALL_ENDED },
  [OH_PHONE_HOLD]              = { BIT (OH_CALL_CONNECTED), OH_CALL_HELD },
  [OH_PHONE_RESUME]            = { BIT (OH_CALL_HELD), OH_CALL_CONNECTED },
  [OH_PHONE_DTMF]              = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES },
  [OH_PHONE_SWAP]              = { BIT (OH_CALL_CONNECTED), OH_CALL_HELD },
  [OH_PHONE_TRANSFER]          = { BIT (OH_CALL_CONNECTED), OH_CALL_ENDED },
  [OH_PHONE_TRANSFER_COMPLETE] = { BIT (OH_CALL_CONNECTED), OH_CALL_ENDED },
  [OH_PHONE_JOIN]        = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES },
  [OH_PHONE_MUTE_ON]           = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES },
  [OH_PHONE_MUTE_OFF]          = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES },
  [OH_PHONE_REBOOT]            = { 0, OH_N_CALL_STATES }, /* the last, so that all have a place */
};

/* Of several calls, the one that hanging up is most likely meant for. */
static const OhCallState liveliest_first[] = {
  OH_CALL_CONNECTED, OH_CALL_RINGING, OH_CALL_DIALING, OH_CALL_INCOMING, OH_CALL_HELD, OH_CALL_UNKNOWN,
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (verbs) == OH_N_PHONE_VERBS);

static gboolean
is_meant (OhPhoneVerb verb, OhCall *call)
{
  return (verbs[verb].meant_for & BIT (oh_call_get_state (call))) != 0;
}

static OhCall *
find_likeliest (OhDialler *self, OhPhoneVerb verb)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);

  for (guint i = 0; i < G_N_ELEMENTS (liveliest_first); i++)
    for (guint j = 0; j < calls->len; j++)
      {
        OhCall *call = g_ptr_array_index (calls, j);

        if (oh_call_get_state (call) == liveliest_first[i] && is_meant (verb, call))
          return call; /* the list holds it */
      }
  return NULL;
}

static OhCall *
find_call (OhDialler *self, OhPhoneVerb verb, const char *id, GError **error)
{
  OhCall *call = id != NULL ? oh_call_list_find (self->calls, id) : find_likeliest (self, verb);

  if (call != NULL && is_meant (verb, call))
    return call;
  if (call != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL,
                 _ ("The call with %s is in the state “%s”; that cannot be done with it now."),
                 party_of (call), oh_call_state_nick (oh_call_get_state (call)));
  else if (id != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call “%s”."), id);
  else
    g_set_error_literal (error, OH_ERROR, OH_ERROR_NO_CALL,
                         _ ("There is no call that this could be done with."));
  return NULL;
}

static gboolean
acts_on_it (OhDialler *self, OhPhoneVerb verb, OhCall *call, GError **error)
{
  OhPhone *phone = oh_call_get_phone (call);
  OhCall *front = find_front (self, phone);

  if ((oh_phone_get_capabilities (phone) & OH_PHONE_NAMES_CALLS) != 0 ||
      verb == OH_PHONE_HANG_UP_ALL || oh_call_get_state (call) != OH_CALL_HELD || front == NULL)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_BUSY,
               _ ("The phone “%s” would do that with its call with %s, which is in front. Hold or "
                  "end that one first."),
               oh_phone_get_id (phone), party_of (front));
  return FALSE;
}

static gboolean
may_command (OhDialler *self, OhPhoneVerb verb, const char *digits, GError **error)
{
  gsize len = digits != NULL ? strlen (digits) : 0;

  if (verb >= OH_N_PHONE_VERBS || verbs[verb].meant_for == 0)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_USAGE, _ ("That is no command for a call."));
  else if (self->screen_locked && verb == OH_PHONE_ANSWER)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_LOCKED,
                         _ ("No call is answered while the screen is locked."));
  else if (verb == OH_PHONE_DTMF &&
           (len == 0 || len > DTMF_MAX || strspn (digits, "0123456789*#") != len))
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("Tones are digits, “*” and “#”, at most %d."),
                 DTMF_MAX);
  else
    return TRUE;
  return FALSE;
}

static gboolean
can_do (OhPhone *phone, OhPhoneVerb verb, GError **error)
{
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_READY ||
      (oh_phone_get_capabilities (phone) & oh_phone_verb_needs (verb)) != 0)
    return TRUE; /* a phone that is not ready says itself why */
  g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED, _ ("The phone “%s” cannot do that."),
               oh_phone_get_id (phone));
  return FALSE;
}

void
oh_dialler_command_async (OhDialler *self, OhPhoneVerb verb, const char *call_id,
                          const char *digits, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  OhPhoneCommand command = { .verb = verb, .argument = digits };
  GError *error = NULL;
  OhCall *call = NULL;

  g_task_set_source_tag (task, oh_dialler_command_async);
  if (may_command (self, verb, digits, &error))
    call = find_call (self, verb, call_id, &error);
  if (call != NULL && verb == OH_PHONE_HANG_UP && oh_call_get_state (call) == OH_CALL_INCOMING)
    command.verb = OH_PHONE_REJECT;
  if (call == NULL || !acts_on_it (self, command.verb, call, &error) ||
      !can_do (oh_call_get_phone (call), command.verb, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  command.call = oh_call_get_handle (call);
  run_errand (self, call, &command, verbs[command.verb].wanted, g_steal_pointer (&task));
}

OhPhoneOutcome
oh_dialler_command_finish (OhDialler *self, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}
