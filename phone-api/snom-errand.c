/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-phone-private.h"
#include "phone-body.h"
#include "snom-command.h"
#include "snom-watch.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  STEP_PROBE,    /* make it ready */
  STEP_SETTLE,   /* certificate and login good, on a harmless page */
  STEP_SEND,     /* the command, once */
  STEP_READ,     /* the settings */
  STEP_WRITE,    /* one of the requests of the plan */
  STEP_VERIFY,   /* the settings once more */
  STEP_FINISHED, /* returned */
} Step;

/* One send, watch or unwatch under way: the task's data. */
typedef struct
{
  Step step;
  char *target;  /* of a command */
  gboolean dial; /* the command is one */
  gboolean watch;
  gboolean unwatch;
  OhSnomWatchPlan *plan;
  guint n_written;
} Errand;

static void next_step (GTask *owned);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->target);
  oh_snom_watch_plan_free (errand->plan);
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
  OhSnomPhone *self = g_task_get_source_object (task);

  errand->step = STEP_FINISHED;
  if (!errand->watch || --self->n_watching > 0)
    return;
  while (!g_queue_is_empty (&self->held))
    next_step (g_queue_pop_head (&self->held));
}

static void
fail_errand (GTask *task, GError *error)
{
  end_errand (task);
  oh_snom_phone_note_error (g_task_get_source_object (task), error);
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
  errand->step = errand->target != NULL ? STEP_SETTLE : STEP_READ;
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
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    finish_errand (task, OH_PHONE_OUTCOME_SENT);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN))
    {
      g_error_free (error);
      finish_errand (task, OH_PHONE_OUTCOME_UNKNOWN);
    }
  else
    fail_errand (task, error);
}

static GError *
no_settings_error (OhSnomPhone *self)
{
  return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                      _ ("The phone at %s does not show its settings to this login, so that its "
                         "calls cannot be followed. Allow “admin_mode”, or store its service "
                         "login."),
                      host_of (self));
}

/* The address of "http://ADDRESS:PORT/s/TOKEN/": the token is nobody's business. */
static void
note_listening (OhSnomPhone *self)
{
  g_auto (GStrv) parts = self->base != NULL ? g_strsplit (self->base, "/", 4) : NULL;

  oh_phone_note_listening (OH_PHONE (self),
                           parts != NULL && g_strv_length (parts) > 2 ? parts[2] : NULL);
}

/* Makes the plan from what the phone has now; sets *error when it cannot be. */
static OhSnomWatchPlan *
make_plan (OhSnomPhone *self, gboolean unwatch, GError **error)
{
  const char *id = oh_phone_get_id (OH_PHONE (self));
  g_autofree char *token = oh_snom_listener_dup_token (self->listener, id);
  OhSnomWatchPlan *plan;

  if (unwatch)
    return oh_snom_watch_plan (self->settings, token, NULL);
  g_free (self->base);
  self->base = oh_snom_listener_add (self->listener, id, oh_snom_http_get_local (self->http),
                                     oh_snom_http_get_remote (self->http), oh_snom_phone_take_event,
                                     self, error);
  note_listening (self);
  if (self->base == NULL)
    return NULL;
  plan = oh_snom_watch_plan (self->settings, token, self->base);
  if (plan->foreign == NULL)
    return plan;
  g_set_error (error, OH_ERROR, OH_ERROR_CONFLICT,
               _ ("The phone at %s tells another program of its calls (“%s” is taken), and has "
                  "only one place for that. Empty it there to follow calls here."),
               host_of (self), plan->foreign);
  oh_snom_watch_plan_free (plan);
  return NULL;
}

static void
stop_listening (OhSnomPhone *self)
{
  if (self->base != NULL)
    oh_snom_listener_remove (self->listener, oh_phone_get_id (OH_PHONE (self)), self);
  g_clear_pointer (&self->base, g_free);
  note_listening (self);
  oh_phone_set_watched (OH_PHONE (self), FALSE);
}

/* What keeps events away is no reason not to dial, unless it is the phone as a whole. */
static void
fail_watch (GTask *task, GError *error)
{
  Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  OhPhone *phone = OH_PHONE (self);
  gboolean about_events = error->code == OH_ERROR_PHONE_REFUSED ||
                          error->code == OH_ERROR_UNSUPPORTED || error->code == OH_ERROR_CONFLICT ||
                          error->code == OH_ERROR_FAILED;

  if (!about_events)
    {
      fail_errand (task, error);
      return;
    }
  stop_listening (self);
  end_errand (task);
  if (oh_phone_get_state (phone) == OH_PHONE_STATE_READY && !errand->unwatch)
    oh_phone_move (phone, OH_PHONE_STATE_READY, g_error_copy (error));
  g_task_return_error (task, error);
}

/* There is nothing left to write: either it is so, or the phone did not take it. */
static void
conclude_watch (OhSnomPhone *self, GTask *task, Errand *errand)
{
  if (errand->plan->targets->len > 0)
    {
      fail_watch (task,
                  g_error_new (OH_ERROR, OH_ERROR_CONFLICT,
                               _ ("The phone at %s did not take the addresses for its events. "
                                  "Allow “admin_mode” and make the action URLs writable."),
                               host_of (self)));
      return;
    }
  if (errand->unwatch)
    stop_listening (self);
  else
    {
      if (oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_READY)
        oh_phone_move (OH_PHONE (self), OH_PHONE_STATE_READY, NULL); /* no reason left */
      oh_phone_set_watched (OH_PHONE (self), TRUE);
    }
  finish_errand (task, TRUE);
}

static void
on_settings_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    oh_snom_phone_take_settings (self, body);
  oh_snom_phone_note_dnd (self); /* what was switched before its events came here */
  if (body != NULL && self->settings == NULL)
    error = no_settings_error (self);
  g_clear_pointer (&errand->plan, oh_snom_watch_plan_free);
  if (error == NULL)
    errand->plan = make_plan (self, errand->unwatch, &error);
  if (error != NULL)
    {
      fail_watch (task, error);
      return;
    }
  if (errand->step == STEP_VERIFY || errand->plan->targets->len == 0)
    {
      conclude_watch (self, task, errand);
      return;
    }
  errand->step = STEP_WRITE;
  next_step (g_steal_pointer (&task));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      fail_watch (task, error);
      return;
    }
  errand->n_written++;
  if (errand->n_written == errand->plan->targets->len)
    errand->step = STEP_VERIFY;
  next_step (g_steal_pointer (&task));
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
    case STEP_READ:
    case STEP_VERIFY:
      self->dnd_told = FALSE;
      oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, OH_SNOM_SETTINGS_PAGE, cancellable,
                              on_settings_read, g_steal_pointer (&task));
      break;
    case STEP_WRITE:
      oh_snom_http_get_async (self->http, OH_SNOM_WRITE,
                              g_ptr_array_index (errand->plan->targets, errand->n_written),
                              cancellable, on_written, g_steal_pointer (&task));
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

static Step
first_step (OhSnomPhone *self, Step when_ready)
{
  return oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_READY ? when_ready : STEP_PROBE;
}

static void
oh_snom_phone_send_async (OhPhone *phone, const OhPhoneCommand *command, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task = NULL;
  Errand *errand;
  OhPhoneCommand complete = *command;

  if (command->verb == OH_PHONE_DND_ON || command->verb == OH_PHONE_DND_OFF)
    {
      oh_snom_dnd_async (self, command, cancellable, callback, user_data);
      return;
    }
  task = new_errand (self, first_step (self, STEP_SETTLE), cancellable, callback, user_data);
  errand = g_task_get_task_data (task);
  g_task_set_source_tag (task, oh_snom_phone_send_async);
  if (complete.identity == NULL)
    complete.identity = self->identity;
  errand->dial = command->verb == OH_PHONE_DIAL;
  errand->target = oh_snom_command_target (&complete);
  if (errand->step != STEP_PROBE &&
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

static void
oh_snom_phone_watch_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task =
    new_errand (self, first_step (self, STEP_READ), cancellable, callback, user_data);
  Errand *errand = g_task_get_task_data (task);

  g_task_set_source_tag (task, oh_snom_phone_watch_async);
  if (self->listener == NULL)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_SETTINGS,
                               _ ("Events of the phone at %s are switched off in the settings."),
                               host_of (self));
      return;
    }
  self->watch_wanted = TRUE;
  self->n_watching++;
  errand->watch = TRUE;
  next_step (g_steal_pointer (&task));
}

static void
oh_snom_phone_unwatch_async (OhPhone *phone, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task =
    new_errand (self, first_step (self, STEP_READ), cancellable, callback, user_data);
  Errand *errand = g_task_get_task_data (task);

  g_task_set_source_tag (task, oh_snom_phone_unwatch_async);
  self->watch_wanted = FALSE;
  errand->unwatch = TRUE;
  if (self->base == NULL)
    finish_errand (task, TRUE);
  else
    next_step (g_steal_pointer (&task));
}

static gboolean
watch_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error) > 0;
}

void
oh_snom_errand_install (OhPhoneClass *class)
{
  class->send_async = oh_snom_phone_send_async;
  class->send_finish = oh_snom_phone_send_finish;
  class->watch_async = oh_snom_phone_watch_async;
  class->watch_finish = watch_finish;
  class->unwatch_async = oh_snom_phone_unwatch_async;
  class->unwatch_finish = watch_finish;
}
