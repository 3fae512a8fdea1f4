/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "account-change.h"

/* An account being set: the task's data. */
typedef struct
{
  OhPhoneAccount *account;
  gboolean commands;
  OhAccountMoved moved;
  gpointer moved_data;
  OhClock *clock;   /* (owned) */
  gulong events;    /* handler; 0 while none are waited for */
  guint alarm;      /* of the wait */
  gboolean told;    /* an event came before the wait began, ... */
  gboolean refused; /* ... and said this */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  oh_clock_clear_alarm (change->clock, &change->alarm);
  g_clear_object (&change->clock);
  oh_phone_account_free (change->account);
  g_free (change);
}

static void
begin (Change *change, OhAccountStep step)
{
  if (change->moved != NULL)
    change->moved (step, change->moved_data);
}

static void
stop_listening (GTask *task)
{
  Change *change = g_task_get_task_data (task);

  g_clear_signal_handler (&change->events, G_OBJECT (g_task_get_source_object (task)));
  oh_clock_clear_alarm (change->clock, &change->alarm);
}

/* Takes @owned. */
static void
finish (GTask *owned, OhAccountVerdict verdict)
{
  g_autoptr (GTask) task = owned;

  stop_listening (task);
  g_task_return_int (task, verdict);
}

/* Takes @owned and @error. */
static void
fail (GTask *owned, GError *error)
{
  g_autoptr (GTask) task = owned;

  stop_listening (task);
  g_task_return_error (task, error);
}

static gboolean
on_too_late (gpointer user_data)
{
  Change *change = g_task_get_task_data (user_data);

  change->alarm = 0;
  finish (user_data, OH_ACCOUNT_CHANGE_UNKNOWN);
  return G_SOURCE_REMOVE;
}

static void
conclude (GTask *owned)
{
  Change *change = g_task_get_task_data (owned);

  finish (owned, change->refused ? OH_ACCOUNT_CHANGE_REFUSED : OH_ACCOUNT_CHANGE_REGISTERED);
}

/* Older firmware does not say whose registration failed; then it is the one just set. */
static void
on_event (OhPhone *phone, const OhPhoneEvent *event, GTask *task)
{
  Change *change = g_task_get_task_data (task);
  gboolean refused = event->kind == OH_PHONE_EVENT_REGISTRATION_FAILED;

  if (!refused && event->kind != OH_PHONE_EVENT_REGISTERED)
    return;
  if (event->local != NULL && !oh_phone_account_is (change->account, event->local))
    return;
  if (change->told)
    return; /* the first one of the account as it is now */
  change->told = TRUE;
  change->refused = refused;
  if (change->alarm != 0)
    conclude (task);
}

/* Silence means something only where events arrive. */
static void
wait_for_events (GTask *owned)
{
  Change *change = g_task_get_task_data (owned);

  if (change->told)
    conclude (owned);
  else if (!oh_phone_get_watched (g_task_get_source_object (owned)))
    finish (owned, OH_ACCOUNT_CHANGE_UNKNOWN);
  else
    {
      begin (change, OH_ACCOUNT_STEP_WAIT);
      change->alarm =
        oh_clock_add_alarm_in (change->clock, OH_ACCOUNT_CHANGE_WAIT_US, on_too_late, owned);
    }
}

static void
on_registering (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_phone_admin_register_finish (OH_PHONE_ADMIN (source), result, &error);

  if (outcome == OH_PHONE_OUTCOME_FAILED)
    fail (user_data, error);
  else
    wait_for_events (user_data);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = g_task_get_task_data (user_data);
  OhPhoneAdmin *admin = OH_PHONE_ADMIN (source);
  g_autoptr (GError) error = NULL;

  if (!oh_phone_admin_keep_finish (admin, result, &error))
    g_message ("[%s] %s", oh_phone_get_id (OH_PHONE (source)), error->message);
  if (!change->commands)
    {
      finish (user_data, OH_ACCOUNT_CHANGE_UNKNOWN);
      return;
    }
  /* What was told until now was of the account as it was, or half-way. */
  change->told = FALSE;
  begin (change, OH_ACCOUNT_STEP_REGISTER);
  oh_phone_admin_register_async (admin, change->account->number, NULL, on_registering, user_data);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = g_task_get_task_data (user_data);
  OhPhoneAdmin *admin = OH_PHONE_ADMIN (source);
  GError *error = NULL;

  if (oh_phone_admin_write_account_finish (admin, result, &error) == OH_PHONE_OUTCOME_FAILED)
    {
      fail (user_data, error);
      return;
    }
  begin (change, OH_ACCOUNT_STEP_KEEP);
  oh_phone_admin_keep_async (admin, NULL, on_kept, user_data);
}

void
oh_account_change_async (OhPhone *phone, const OhPhoneAccount *account, gboolean commands,
                         OhAccountMoved moved, gpointer moved_data, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (phone, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (account->name != NULL && account->host != NULL);
  g_task_set_source_tag (task, oh_account_change_async);
  g_task_set_task_data (task, change, change_free);
  change->account = oh_phone_account_copy (account);
  change->commands = commands;
  change->moved = moved;
  change->moved_data = moved_data;
  change->clock = g_object_ref (oh_phone_get_clock (phone));
  change->events = g_signal_connect (phone, "event", G_CALLBACK (on_event), task);
  begin (change, OH_ACCOUNT_STEP_WRITE);
  oh_phone_admin_write_account_async (OH_PHONE_ADMIN (phone), account, NULL, on_written, task);
}

OhAccountVerdict
oh_account_change_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  gssize verdict = g_task_propagate_int (G_TASK (result), error);

  return verdict >= 0 ? (OhAccountVerdict) verdict : OH_ACCOUNT_CHANGE_FAILED;
}
