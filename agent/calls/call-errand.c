/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-errand.h"

#include <glib/gi18n-lib.h>

/* A phone that dials tells so at once; after that long it did not. */
#define DIALLED_US (G_GINT64_CONSTANT (3) * G_USEC_PER_SEC)
/* The same for answering, holding and ending. */
#define COMMANDED_US (G_GINT64_CONSTANT (2) * G_USEC_PER_SEC)

#define NO_CHANGE N_ ("The phone took the command but told of no change. Look at it.")

/* The task's data. */
typedef struct
{
  OhClock *clock;
  OhCallList *calls;
  OhPhone *phone;
  OhCall *call;
  OhCall *other; /* (nullable) */
  OhPhoneVerb verb;
  char *handle; /* (nullable): the phone's name of the call */
  OhPhoneDevice device;
  guint attempt;
  OhCallState wanted;
  void (*left) (OhCall *call, gpointer user_data);
  gpointer user_data;
  OhPhoneOutcome outcome; /* what the phone said */
  gulong notify_id;
  guint alarm;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_object (&errand->phone);
  g_clear_object (&errand->call);
  g_clear_object (&errand->other);
  g_clear_object (&errand->calls);
  g_clear_object (&errand->clock);
  g_free (errand->handle);
  g_free (errand);
}

static void
stop_waiting (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);

  oh_clock_clear_alarm (errand->clock, &errand->alarm);
  if (errand->notify_id != 0)
    g_signal_handler_disconnect (errand->call, errand->notify_id);
  errand->notify_id = 0;
}

/* Waiting holds a reference to the task; whoever ends it drops that. */
static void
return_outcome (GTask *owned, OhPhoneOutcome outcome)
{
  g_autoptr (GTask) task = owned;

  stop_waiting (task);
  g_task_return_int (task, (gssize) outcome);
}

static void
return_unconfirmed (GTask *owned, const char *message)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);

  stop_waiting (task);
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN, "%s (%s)", message,
                           oh_phone_get_id (errand->phone));
}

/* Nothing will be told: what the phone answered is all there is. */
static void
return_untold (GTask *owned, const char *message)
{
  Errand *errand = g_task_get_task_data (owned);

  if (errand->outcome == OH_PHONE_OUTCOME_UNKNOWN)
    return_unconfirmed (owned, message);
  else
    return_outcome (owned, errand->outcome);
}

/* -- a call that is placed -------------------------------------------------------------------- */

/* What is known to keep a phone from dialling what it has accepted, or what may. */
static const char *
why_nothing_dialled (OhPhone *phone)
{
  OhPhoneFacts facts;

  oh_phone_get_facts (phone, &facts);
  if (oh_phone_get_condition (phone)->locked == OH_PHONE_TRUTH_YES)
    return _ ("The phone accepted the request but told of no call. Look at it: its keyboard is "
              "locked; unlock it and dial again.");
  if (facts.blocking != NULL)
    return _ ("The phone accepted the request but told of no call. Look at it: one of its settings "
              "keeps commands from having an effect; “offhook doctor” names it.");
  return _ ("The phone accepted the request but told of no call. Look at it: it may be locked, not "
            "registered, or refuse remote control (its settings “use_hidden_tags” and "
            "“restrict_uri_queries”).");
}

static gboolean
on_nothing_dialled (gpointer data)
{
  GTask *task = data;
  Errand *errand = g_task_get_task_data (task);

  errand->alarm = 0;
  oh_call_list_commanded (errand->calls, errand->call, OH_PHONE_DIAL);
  if (errand->outcome == OH_PHONE_OUTCOME_UNKNOWN)
    return_unconfirmed (task, _ ("The phone took the request without an answer and told of no "
                                 "call. Look at it before you dial again."));
  else
    return_unconfirmed (task, why_nothing_dialled (errand->phone));
  return G_SOURCE_REMOVE;
}

static void
on_call_seen (OhCall *call, GParamSpec *pspec, GTask *task)
{
  return_outcome (task, OH_PHONE_OUTCOME_CONFIRMED);
}

static void
await_dialled (GTask *owned)
{
  Errand *errand = g_task_get_task_data (owned);

  if (errand->outcome == OH_PHONE_OUTCOME_CONFIRMED || oh_call_get_seen (errand->call))
    {
      return_outcome (owned, OH_PHONE_OUTCOME_CONFIRMED);
      return;
    }
  if (!oh_phone_get_watched (errand->phone))
    {
      oh_call_list_commanded (errand->calls, errand->call, OH_PHONE_DIAL);
      return_untold (owned, _ ("The phone took the request without an answer. Look at it before "
                               "you dial again."));
      return;
    }
  errand->notify_id =
    g_signal_connect (errand->call, "notify::seen", G_CALLBACK (on_call_seen), owned);
  errand->alarm = oh_clock_add_alarm_in (errand->clock, DIALLED_US, on_nothing_dialled, owned);
}

/* -- a call that is there --------------------------------------------------------------------- */

static void on_sent (GObject *source, GAsyncResult *result, gpointer user_data);

static gboolean
is_only_call (const Errand *errand)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (errand->calls);
  guint n = 0;

  for (guint i = 0; i < calls->len; i++)
    n += oh_call_get_phone (g_ptr_array_index (calls, i)) == errand->phone;
  return n == 1;
}

/* A second key is pressed only where it cannot do harm: to answer a call that still rings, to
   release all calls where there is but this one. */
static gboolean
may_try_otherwise (const Errand *errand)
{
  OhCallState state = oh_call_get_state (errand->call);

  if (errand->attempt > 0 || errand->outcome == OH_PHONE_OUTCOME_UNKNOWN ||
      (oh_phone_get_capabilities (errand->phone) & OH_PHONE_HAS_FALLBACKS) == 0)
    return FALSE;
  if (errand->verb == OH_PHONE_ANSWER)
    return state == OH_CALL_INCOMING && errand->device == OH_PHONE_DEVICE_ANY;
  return errand->verb == OH_PHONE_HANG_UP && state != OH_CALL_ENDED && is_only_call (errand);
}

static void
try_otherwise (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  const OhPhoneCommand command = {
    .verb = errand->verb,
    .call = errand->handle,
    .device = errand->device,
    .attempt = ++errand->attempt,
  };

  stop_waiting (task);
  oh_phone_send_async (errand->phone, &command, g_task_get_cancellable (task), on_sent, task);
}

static gboolean
on_nothing_happened (gpointer data)
{
  GTask *task = data;
  Errand *errand = g_task_get_task_data (task);

  errand->alarm = 0;
  if (may_try_otherwise (errand))
    {
      try_otherwise (task);
      return G_SOURCE_REMOVE;
    }
  if (errand->verb == OH_PHONE_ANSWER || errand->verb == OH_PHONE_HANG_UP ||
      errand->verb == OH_PHONE_HANG_UP_ALL || errand->outcome == OH_PHONE_OUTCOME_UNKNOWN)
    return_unconfirmed (task, _ (NO_CHANGE));
  else
    return_outcome (task, errand->outcome); /* not every phone tells of it */
  return G_SOURCE_REMOVE;
}

static void
on_call_moved (OhCall *call, GParamSpec *pspec, GTask *task)
{
  Errand *errand = g_task_get_task_data (task);

  if (oh_call_get_state (call) == errand->wanted)
    return_outcome (task, OH_PHONE_OUTCOME_CONFIRMED);
}

/* What is meant for all of a phone's calls is awaited for each. */
static void
note_commanded (Errand *errand)
{
  g_autoptr (GPtrArray) calls = NULL;

  if (errand->verb != OH_PHONE_HANG_UP_ALL)
    {
      oh_call_list_commanded (errand->calls, errand->call, errand->verb);
      return;
    }
  calls = oh_call_list_dup_calls (errand->calls);
  for (guint i = 0; i < calls->len; i++)
    if (oh_call_get_phone (g_ptr_array_index (calls, i)) == errand->phone)
      oh_call_list_commanded (errand->calls, g_ptr_array_index (calls, i), errand->verb);
}

static void
await_change (GTask *owned)
{
  Errand *errand = g_task_get_task_data (owned);

  if (errand->outcome == OH_PHONE_OUTCOME_CONFIRMED ||
      oh_call_get_state (errand->call) == errand->wanted)
    {
      return_outcome (owned, OH_PHONE_OUTCOME_CONFIRMED);
      return;
    }
  note_commanded (errand);
  if (errand->other != NULL && errand->verb == OH_PHONE_SWAP)
    oh_call_list_commanded (errand->calls, errand->other, OH_PHONE_RESUME);
  else if (errand->other != NULL && errand->verb == OH_PHONE_TRANSFER_COMPLETE)
    oh_call_list_commanded (errand->calls, errand->other, errand->verb);
  if (errand->wanted == OH_N_CALL_STATES || !oh_phone_get_watched (errand->phone))
    {
      return_untold (owned, _ ("The phone took the command without an answer. Look at it."));
      return;
    }
  errand->notify_id =
    g_signal_connect (errand->call, "notify::state", G_CALLBACK (on_call_moved), owned);
  errand->alarm = oh_clock_add_alarm_in (errand->clock, COMMANDED_US, on_nothing_happened, owned);
}

/* -- sending ---------------------------------------------------------------------------------- */

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;

  errand->outcome = oh_phone_send_finish (OH_PHONE (source), result, &error);
  if (errand->outcome == OH_PHONE_OUTCOME_FAILED && errand->attempt > 0)
    {
      g_error_free (error); /* the first choice was taken: that is what is to be told */
      return_unconfirmed (g_steal_pointer (&task), _ (NO_CHANGE));
      return;
    }
  if (errand->outcome == OH_PHONE_OUTCOME_FAILED)
    {
      if (errand->verb == OH_PHONE_DIAL)
        oh_call_list_forget (errand->calls, errand->call);
      g_task_return_error (task, error);
      return;
    }
  if (errand->left != NULL)
    errand->left (errand->call, errand->user_data);
  if (errand->verb == OH_PHONE_DIAL)
    await_dialled (g_steal_pointer (&task));
  else
    await_change (g_steal_pointer (&task));
}

void
oh_call_errand_run_async (const OhCallErrand *plan, OhClock *clock, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (plan->calls, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->clock = g_object_ref (clock);
  errand->calls = g_object_ref (plan->calls);
  errand->phone = g_object_ref (oh_call_get_phone (plan->call));
  errand->call = g_object_ref (plan->call);
  errand->other = plan->other != NULL ? g_object_ref (plan->other) : NULL;
  errand->verb = plan->command->verb;
  errand->handle = g_strdup (plan->command->call);
  errand->device = plan->command->device;
  errand->wanted = plan->wanted;
  errand->left = plan->left;
  errand->user_data = plan->user_data;
  g_task_set_source_tag (task, oh_call_errand_run_async);
  g_task_set_task_data (task, errand, errand_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  oh_phone_send_async (errand->phone, plan->command, cancellable, on_sent, g_steal_pointer (&task));
}

OhPhoneOutcome
oh_call_errand_run_finish (GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}
