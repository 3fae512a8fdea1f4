/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-phone-private.h"
#include "phone-body.h"
#include "snom-command.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  STEP_PROBE,    /* make it ready */
  STEP_SETTLE,   /* certificate and login good, on a harmless page */
  STEP_SEND,     /* the command, once */
  STEP_FINISHED, /* returned */
} Step;

/* One command under way: the task's data. */
typedef struct
{
  Step step;
  char *target;    /* of a command */
  gboolean dial;   /* the command is one */
  gboolean reboot; /* the same; an older firmware has another page for it */
} Errand;

static void next_step (GTask *owned);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->target);
  g_free (errand);
}

static const char *
host_of (OhSnomPhone *self)
{
  return oh_phone_get_host (OH_PHONE (self));
}

static void
end_errand (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);

  errand->step = STEP_FINISHED;
}

void
oh_snom_errand_release (OhSnomPhone *self)
{
  while (!g_queue_is_empty (&self->held))
    next_step (g_queue_pop_head (&self->held));
}

static void
fail_errand (GTask *task, GError *error)
{
  Errand *errand = g_task_get_task_data (task);
  gboolean dial = errand->dial;

  end_errand (task);
  oh_snom_phone_note_error (g_task_get_source_object (task), error);
  if (dial && (error->code == OH_ERROR_UNREACHABLE || error->code == OH_ERROR_UNTRUSTED))
    {
      g_autofree char *message = error->message;

      error->message =
        g_strdup_printf (_ ("%s Nothing was dialled; dialling again is safe."), message);
    }
  g_task_return_error (task, error);
}

static void
finish_errand (GTask *task, gssize outcome)
{
  end_errand (task);
  g_task_return_int (task, outcome);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    {
      fail_errand (task, error);
      return;
    }
  errand->step = STEP_SETTLE;
  next_step (g_steal_pointer (&task));
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      fail_errand (task, error);
      return;
    }
  errand->step = STEP_SEND;
  next_step (g_steal_pointer (&task));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    finish_errand (task, OH_PHONE_OUTCOME_SENT);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN))
    {
      g_error_free (error);
      finish_errand (task, OH_PHONE_OUTCOME_UNKNOWN);
    }
  else if (error->code == OH_ERROR_UNSUPPORTED && errand->reboot)
    {
      g_error_free (error);
      errand->reboot = FALSE;
      g_free (errand->target);
      errand->target = g_strdup (oh_snom_reboot_target (TRUE));
      next_step (g_steal_pointer (&task));
    }
  else
    fail_errand (task, error);
}

static void
next_step (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  switch (errand->step)
    {
    case STEP_PROBE:
      oh_phone_probe_async (OH_PHONE (self), cancellable, on_probed, g_steal_pointer (&task));
      break;
    case STEP_SETTLE:
      if (errand->dial && self->n_watching > 0)
        {
          g_queue_push_tail (&self->held, g_steal_pointer (&task));
          break;
        }
      oh_snom_http_get_async (self->http, OH_SNOM_SETTLE, OH_SNOM_INFO_PAGE, cancellable,
                              on_settled, g_steal_pointer (&task));
      break;
    case STEP_SEND:
      oh_snom_http_get_async (self->http, OH_SNOM_ONCE, errand->target, cancellable, on_sent,
                              g_steal_pointer (&task));
      break;
    case STEP_FINISHED:
    default: g_return_if_reached ();
    }
}

static GTask *
new_errand (OhSnomPhone *self, Step step, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->step = step;
  g_task_set_task_data (task, errand, errand_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  return task;
}

static char *
target_for (OhSnomPhone *self, const OhPhoneCommand *command)
{
  const OhSnomManner manner = oh_snom_phone_manner (self);
  OhPhoneCommand complete = *command;

  if (complete.identity == NULL)
    complete.identity = self->identity;
  return command->attempt > 0 ? oh_snom_command_fallback (&complete)
                              : oh_snom_command_target (&complete, &manner);
}

static void
oh_snom_phone_send_async (OhPhone *phone, const OhPhoneCommand *command, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task = NULL;
  Errand *errand;

  if (oh_snom_verb_sets (command->verb))
    {
      oh_snom_setting_errand_async (self, command, cancellable, callback, user_data);
      return;
    }
  task =
    new_errand (self, oh_phone_get_state (phone) == OH_PHONE_STATE_READY ? STEP_SETTLE : STEP_PROBE,
                cancellable, callback, user_data);
  errand = g_task_get_task_data (task);
  g_task_set_source_tag (task, oh_snom_phone_send_async);
  errand->dial = command->verb == OH_PHONE_DIAL;
  errand->reboot = command->verb == OH_PHONE_REBOOT;
  errand->target = target_for (self, command);
  if (command->attempt > 0 && errand->target == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNSUPPORTED,
                             _ ("The phone at %s knows no other way."), host_of (self));
  else if (errand->step != STEP_PROBE &&
           (oh_phone_get_capabilities (phone) & oh_phone_verb_needs (command->verb)) == 0)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNSUPPORTED,
                             _ ("The phone at %s cannot do that."), host_of (self));
  else if (errand->target == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE,
                             _ ("The phone at %s can be given digits, “*” and “#” only."),
                             host_of (self));
  else
    next_step (g_steal_pointer (&task));
}

static OhPhoneOutcome
oh_snom_phone_send_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}

void
oh_snom_errand_install (OhPhoneClass *class)
{
  class->send_async = oh_snom_phone_send_async;
  class->send_finish = oh_snom_phone_send_finish;
}
