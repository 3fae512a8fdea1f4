/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands for calls that are up: which call is meant, and whether its phone can. */

#include "dialler-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A row of tones that somebody typed; more is a script. */
#define DTMF_MAX 32

#define BIT(state) (1U << (state))

/* clang-format off */
static const struct
{
  guint meant_for;    /* states of a call that the verb can be meant for; none: it is for no call */
  OhCallState wanted; /* what the phone should tell; OH_N_CALL_STATES for nothing */
  gboolean pair;      /* needs a held call beside it */
} verbs[] = {
  [OH_PHONE_ANSWER]            = { BIT (OH_CALL_INCOMING), OH_CALL_CONNECTED, FALSE },
  [OH_PHONE_REJECT]            = { BIT (OH_CALL_INCOMING), OH_CALL_ENDED, FALSE },
  [OH_PHONE_HANG_UP]           = { ~BIT (OH_CALL_ENDED), OH_CALL_ENDED, FALSE },
  [OH_PHONE_HANG_UP_ALL]       = { ~BIT (OH_CALL_ENDED), OH_CALL_ENDED, FALSE },
  [OH_PHONE_HOLD]              = { BIT (OH_CALL_CONNECTED), OH_CALL_HELD, FALSE },
  [OH_PHONE_RESUME]            = { BIT (OH_CALL_HELD), OH_CALL_CONNECTED, FALSE },
  [OH_PHONE_DTMF]              = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES, FALSE },
  [OH_PHONE_SWAP]              = { BIT (OH_CALL_CONNECTED), OH_CALL_HELD, TRUE },
  [OH_PHONE_TRANSFER]          = { BIT (OH_CALL_CONNECTED), OH_CALL_ENDED, FALSE },
  [OH_PHONE_TRANSFER_COMPLETE] = { BIT (OH_CALL_CONNECTED), OH_CALL_ENDED, TRUE },
  [OH_PHONE_JOIN]              = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES, TRUE },
  [OH_PHONE_MUTE_ON]           = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES, FALSE },
  [OH_PHONE_MUTE_OFF]          = { BIT (OH_CALL_CONNECTED), OH_N_CALL_STATES, FALSE },
  [OH_PHONE_REBOOT]            = { 0, OH_N_CALL_STATES, FALSE }, /* the last, so that all have a place */
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
                 oh_dialler_party (call), oh_call_state_nick (oh_call_get_state (call)));
  else if (id != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call “%s”."), id);
  else
    g_set_error_literal (error, OH_ERROR, OH_ERROR_NO_CALL,
                         _ ("There is no call that this could be done with."));
  return NULL;
}

OhCall *
oh_dialler_find_held (OhDialler *self, OhPhone *phone)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);

  for (guint i = calls->len; i > 0; i--)
    {
      OhCall *call = g_ptr_array_index (calls, i - 1);

      if (oh_call_get_phone (call) == phone && oh_call_get_state (call) == OH_CALL_HELD)
        return call; /* the list holds it */
    }
  return NULL;
}

static gboolean
acts_on_it (OhDialler *self, OhPhoneVerb verb, OhCall *call, GError **error)
{
  OhPhone *phone = oh_call_get_phone (call);
  OhCall *front = oh_dialler_find_front (self, phone);

  if ((oh_phone_get_capabilities (phone) & OH_PHONE_NAMES_CALLS) != 0 ||
      verb == OH_PHONE_HANG_UP_ALL || oh_call_get_state (call) != OH_CALL_HELD || front == NULL)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_BUSY,
               _ ("The phone “%s” would do that with its call with %s, which is in front. Hold or "
                  "end that one first."),
               oh_phone_get_id (phone), oh_dialler_party (front));
  return FALSE;
}

static gboolean
has_pair (OhDialler *self, OhPhoneVerb verb, OhCall *call, GError **error)
{
  OhPhone *phone = oh_call_get_phone (call);

  if (!verbs[verb].pair || oh_dialler_find_held (self, phone) != NULL)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL,
               _ ("There is no second call on hold at the phone “%s”."), oh_phone_get_id (phone));
  return FALSE;
}

static gboolean
may_command (OhDialler *self, OhPhoneVerb verb, const char *text, GError **error)
{
  gsize len = text != NULL ? strlen (text) : 0;

  if (verb >= OH_N_PHONE_VERBS || verbs[verb].meant_for == 0)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_USAGE, _ ("That is no command for a call."));
  else if (self->screen_locked && verb == OH_PHONE_ANSWER)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_LOCKED,
                         _ ("No call is answered while the screen is locked."));
  else if (verb == OH_PHONE_DTMF &&
           (len == 0 || len > DTMF_MAX || strspn (text, "0123456789*#") != len))
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("Tones are digits, “*” and “#”, at most %d."),
                 DTMF_MAX);
  else
    return oh_dialler_is_allowed (self, verb, error);
  return FALSE;
}

gboolean
oh_dialler_is_allowed (OhDialler *self, OhPhoneVerb verb, GError **error)
{
  const gboolean transfers = verb == OH_PHONE_TRANSFER || verb == OH_PHONE_TRANSFER_COMPLETE;
  const gboolean forwards = verb == OH_PHONE_FORWARD_ALL || verb == OH_PHONE_FORWARD_BUSY ||
                            verb == OH_PHONE_FORWARD_NO_ANSWER;

  if (transfers && (self->denied & OH_DIAL_TRANSFER) != 0)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_SETTINGS,
                         _ ("Your server does not let you transfer calls. Ask your administrator "
                            "for a voice policy that does."));
  else if (forwards && (self->denied & OH_DIAL_FORWARD) != 0)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_SETTINGS,
                         _ ("Your server does not let you forward calls. Ask your administrator "
                            "for a voice policy that does."));
  else
    return TRUE;
  return FALSE;
}

gboolean
oh_dialler_can_do (OhPhone *phone, OhPhoneVerb verb, GError **error)
{
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_READY ||
      (oh_phone_get_capabilities (phone) & oh_phone_verb_needs (verb)) != 0)
    return TRUE; /* a phone that is not ready says itself why */
  g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED, _ ("The phone “%s” cannot do that."),
               oh_phone_get_id (phone));
  return FALSE;
}

char *
oh_dialler_dup_target (OhDialler *self, const char *text, OhNumberSource source, gboolean confirmed,
                       GError **error)
{
  const OhDialRequest request = { .text = text, .source = source, .confirmed = confirmed };
  g_autoptr (OhNumber) number = oh_dialler_parse_for (self, &request, error);
  const char *prefix = self->plan->international_prefix;

  if (number == NULL)
    return NULL;
  if (number->tones != NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
                   _ ("Behind %s there are tones, which nobody would send there. Leave them out."),
                   number->display);
      return NULL;
    }
  if (number->dialled[0] == '+' && prefix[0] != '\0')
    return g_strconcat (prefix, number->dialled + 1, NULL);
  return g_strdup (number->dialled);
}

/* -- sending ---------------------------------------------------------------------------------- */

static void
send_command (OhDialler *self, OhCall *call, OhPhoneCommand *command, GTask *task)
{
  OhPhone *phone = oh_call_get_phone (call);
  OhCallErrand errand = {
    .call = call,
    .other = verbs[command->verb].pair ? oh_dialler_find_held (self, phone) : NULL,
    .command = command,
    .wanted = verbs[command->verb].wanted,
  };

  command->call = oh_call_get_handle (call);
  oh_dialler_run_errand (self, &errand, task);
}

/* The request to dial may not have left: then it is taken back, and there is nothing to hang up. */
static gboolean
withdraw (OhDialler *self, OhCall *call, GTask *task)
{
  OhLeaving *leaving = g_hash_table_lookup (self->leaving, call);

  if (leaving == NULL)
    return FALSE;
  g_ptr_array_add (leaving->hang_ups, g_object_ref (task));
  g_cancellable_cancel (leaving->withdraw);
  return TRUE;
}

void
oh_dialler_hang_up_later (OhDialler *self, OhCall *call, gboolean left, GTask *task)
{
  OhPhoneCommand command = { .verb = OH_PHONE_HANG_UP };

  if (left && is_meant (OH_PHONE_HANG_UP, call))
    {
      send_command (self, call, &command, task);
      return;
    }
  g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED);
  g_object_unref (task);
}

/* The call and all that has to be right before anything is sent; NULL with @error. */
static OhCall *
prepare (OhDialler *self, const OhCallRequest *request, OhPhoneCommand *command, GError **error)
{
  OhCall *call = NULL;

  if (may_command (self, request->verb, request->text, error))
    call = find_call (self, request->verb, request->call_id, error);
  if (call != NULL && request->verb == OH_PHONE_HANG_UP &&
      oh_call_get_state (call) == OH_CALL_INCOMING)
    command->verb = OH_PHONE_REJECT;
  if (call == NULL || !acts_on_it (self, command->verb, call, error) ||
      !has_pair (self, command->verb, call, error) ||
      !oh_dialler_can_do (oh_call_get_phone (call), command->verb, error))
    return NULL;
  return call;
}

void
oh_dialler_request_async (OhDialler *self, const OhCallRequest *request, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  OhPhoneCommand command = { .verb = request->verb, .device = request->device };
  g_autofree char *target = NULL;
  GError *error = NULL;
  OhCall *call = prepare (self, request, &command, &error);

  g_task_set_source_tag (task, oh_dialler_request_async);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  command.argument = request->text;
  if (call != NULL && request->verb == OH_PHONE_TRANSFER)
    {
      target = oh_dialler_dup_target (self, request->text != NULL ? request->text : "",
                                      request->source, request->confirmed, &error);
      command.argument = target;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else if (command.verb != OH_PHONE_HANG_UP || !withdraw (self, call, task))
    send_command (self, call, &command, g_steal_pointer (&task));
}

void
oh_dialler_command_async (OhDialler *self, OhPhoneVerb verb, const char *call_id,
                          const char *digits, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  const OhCallRequest request = { .verb = verb, .call_id = call_id, .text = digits };

  oh_dialler_request_async (self, &request, cancellable, callback, user_data);
}

/* Any call of the phone stands for all of them; NULL with @error. */
static OhCall *
find_any (OhDialler *self, const char *phone_id, GError **error)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);
  OhPhone *phone = oh_dialler_find_phone (self, phone_id, error);

  for (guint i = 0; phone != NULL && i < calls->len; i++)
    {
      OhCall *call = g_ptr_array_index (calls, i);

      if (oh_call_get_phone (call) == phone && is_meant (OH_PHONE_HANG_UP_ALL, call))
        return call; /* the list holds it */
    }
  if (phone != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call at the phone “%s”."),
                 phone_id);
  return NULL;
}

void
oh_dialler_hang_up_all_async (OhDialler *self, const char *phone_id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GError *error = NULL;
  OhCall *call = find_any (self, phone_id, &error);

  if (call == NULL)
    g_task_report_error (self, callback, user_data, oh_dialler_hang_up_all_async, error);
  else
    oh_dialler_command_async (self, OH_PHONE_HANG_UP_ALL, oh_call_get_id (call), NULL, cancellable,
                              callback, user_data);
}

OhPhoneOutcome
oh_dialler_command_finish (OhDialler *self, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}

/* -- asking somebody before the call is handed on --------------------------------------------- */

typedef struct
{
  OhPhone *phone;   /* (owned) */
  OhNumber *number; /* (owned) */
  char *identity;   /* (owned) (nullable) */
  gboolean is_private;
  OhCall *call; /* (owned) (nullable): the new one */
} Consult;

static void
consult_free (gpointer data)
{
  Consult *consult = data;

  g_object_unref (consult->phone);
  oh_number_free (consult->number);
  g_free (consult->identity);
  g_clear_object (&consult->call);
  g_free (consult);
}

static void
on_consult_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Consult *consult = g_task_get_task_data (task);
  GError *error = NULL;

  consult->call = oh_dialler_dial_finish (OH_DIALLER (source), result, NULL, &error);
  if (consult->call == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_consult_held (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhDialler *self = OH_DIALLER (source);
  Consult *consult = g_task_get_task_data (task);
  OhDialRequest request = { .identity = consult->identity, .is_private = consult->is_private };
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  GTask *dial;

  if (oh_dialler_command_finish (self, result, &error) == OH_PHONE_OUTCOME_FAILED)
    {
      g_task_return_error (task, error);
      return;
    }
  dial = g_task_new (self, cancellable, on_consult_dialled, g_steal_pointer (&task));
  oh_dialler_dial_with (self, consult->phone, consult->number, &request, dial);
}

void
oh_dialler_consult_async (OhDialler *self, const char *call_id, const OhDialRequest *request,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const OhCallRequest hold = { .verb = OH_PHONE_HOLD, .call_id = call_id };
  OhPhoneCommand command = { .verb = OH_PHONE_HOLD };
  GError *error = NULL;
  OhCall *call = prepare (self, &hold, &command, &error);
  g_autoptr (OhNumber) number = NULL;
  Consult *consult;

  g_task_set_source_tag (task, oh_dialler_consult_async);
  if (call != NULL && oh_dialler_is_allowed (self, OH_PHONE_TRANSFER_COMPLETE, &error) &&
      oh_dialler_can_do (oh_call_get_phone (call), OH_PHONE_TRANSFER_COMPLETE, &error))
    number = oh_dialler_parse_for (self, request, &error);
  if (number == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  consult = g_new0 (Consult, 1);
  consult->phone = g_object_ref (oh_call_get_phone (call));
  consult->number = g_steal_pointer (&number);
  consult->identity = g_strdup (request->identity);
  consult->is_private = request->is_private;
  g_task_set_task_data (task, consult, consult_free);
  oh_dialler_command_async (self, OH_PHONE_HOLD, oh_call_get_id (call), NULL, cancellable,
                            on_consult_held, g_steal_pointer (&task));
}

OhCall *
oh_dialler_consult_finish (OhDialler *self, GAsyncResult *result, GError **error)
{
  Consult *consult = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? g_object_ref (consult->call) : NULL;
}
