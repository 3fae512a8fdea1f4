/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Having the phone tell its events here, and leaving it as it was. */

#include "snom-phone-private.h"
#include "phone-body.h"
#include "snom-watch.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  STEP_PROBE,    /* make it ready */
  STEP_READ,     /* the settings */
  STEP_WRITE,    /* one of the requests of the plan */
  STEP_VERIFY,   /* the settings once more */
  STEP_FINISHED, /* returned */
} Step;

/* One watch or unwatch under way: the task's data. */
typedef struct
{
  Step step;
  gboolean unwatch;
  OhSnomWatchPlan *plan;
  guint n_written;
  char *mark;
  char *token;
  OhSnomWatchRule rule;
} Watching;

static void next_step (GTask *owned);

static void
watching_free (gpointer data)
{
  Watching *watching = data;

  oh_snom_watch_plan_free (watching->plan);
  g_free (watching->mark);
  g_free (watching->token);
  g_free (watching);
}

static const char *
host_of (OhSnomPhone *self)
{
  return oh_phone_get_host (OH_PHONE (self));
}

static void
end_watching (GTask *task)
{
  Watching *watching = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);

  watching->step = STEP_FINISHED;
  if (watching->unwatch)
    return;
  self->take_once = FALSE;
  if (--self->n_watching == 0)
    oh_snom_errand_release (self);
}

static void
fail_phone (GTask *task, GError *error)
{
  end_watching (task);
  oh_snom_phone_note_error (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
}

static void
finish_watching (GTask *task)
{
  end_watching (task);
  g_task_return_boolean (task, TRUE);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Watching *watching = g_task_get_task_data (task);
  GError *error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    {
      fail_phone (task, error);
      return;
    }
  watching->step = STEP_READ;
  next_step (g_steal_pointer (&task));
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

/* The address of "http://ADDRESS:PORT/offhook-MARK/s/TOKEN/": the token is nobody's business. */
static void
note_listening (OhSnomPhone *self)
{
  g_auto (GStrv) parts = self->base != NULL ? g_strsplit (self->base, "/", 4) : NULL;

  oh_phone_note_listening (OH_PHONE (self),
                           parts != NULL && g_strv_length (parts) > 2 ? parts[2] : NULL);
}

/* Whose places may be taken now. */
static OhSnomTake
may_take (OhSnomPhone *self)
{
  if (self->keep == NULL)
    return OH_SNOM_TAKE_FREE; /* what is not kept cannot be given back */
  if (self->take_once)
    return OH_SNOM_TAKE_ALL;
  return self->take ? OH_SNOM_TAKE_PROGRAMS : OH_SNOM_TAKE_FREE;
}

/* Borrowed until the next step. */
static const OhSnomWatchRule *
fill_rule (OhSnomPhone *self, Watching *watching)
{
  watching->rule = (OhSnomWatchRule){
    .mark = watching->mark,
    .token = watching->token,
    .base = watching->unwatch ? NULL : self->base,
    .take = may_take (self),
    .previous = self->previous,
    .absent = self->absent,
  };
  return &watching->rule;
}

static GError *
holder_error (OhSnomPhone *self, const OhSnomWatchPlan *plan)
{
  const char *id = oh_phone_get_id (OH_PHONE (self));
  const char *host = *plan->host != '\0' ? plan->host : "?";

  if (plan->holder == OH_SNOM_PLACE_OTHER_AGENT)
    return g_error_new (
      OH_ERROR, OH_ERROR_CONFLICT,
      _ ("The phone at %s tells the Offhook at %s of its calls: another computer of yours, or "
         "another user. It tells only one. To be the one: “offhook phone events %s take”."),
      host_of (self), host, id);
  return g_error_new (
    OH_ERROR, OH_ERROR_CONFLICT,
    _ ("The phone at %s tells another program at %s of its calls (“%s” is taken), and has only one "
       "place for that. To have it tell Offhook instead: “offhook phone events %s take”."),
    host_of (self), host, plan->foreign, id);
}

static void
note_holder (OhSnomPhone *self, const OhSnomWatchPlan *plan)
{
  OhPhoneHolder holder = OH_PHONE_HOLDER_NONE;

  if (plan->holder == OH_SNOM_PLACE_PROGRAM)
    holder = OH_PHONE_HOLDER_PROGRAM;
  else if (plan->holder == OH_SNOM_PLACE_OTHER_AGENT)
    holder = OH_PHONE_HOLDER_OFFHOOK;
  oh_phone_note_holder (OH_PHONE (self), holder, plan->host);
}

static gboolean
listen_here (OhSnomPhone *self, GError **error)
{
  g_free (self->base);
  self->base = oh_snom_listener_add (
    self->listener, oh_phone_get_id (OH_PHONE (self)), oh_snom_http_get_local (self->http),
    oh_snom_http_get_remote (self->http), oh_snom_phone_take_event, self, error);
  if (self->base != NULL)
    oh_snom_listener_set_stray (self->listener, oh_phone_get_id (OH_PHONE (self)),
                                oh_snom_phone_look);
  note_listening (self);
  return self->base != NULL;
}

/* Makes the plan from what the phone has now; sets *error when it cannot be. */
static OhSnomWatchPlan *
make_plan (OhSnomPhone *self, Watching *watching, GError **error)
{
  OhSnomWatchPlan *plan;

  if (!watching->unwatch && !listen_here (self, error))
    return NULL;
  plan = oh_snom_watch_plan (self->settings, fill_rule (self, watching));
  if (watching->unwatch)
    return plan;
  note_holder (self, plan);
  if (plan->holder == OH_SNOM_PLACE_FREE)
    return plan;
  g_propagate_error (error, holder_error (self, plan));
  oh_snom_watch_plan_free (plan);
  return NULL;
}

/* What the plan replaces is kept before anything leaves; of a place that nobody had any more, what
   once stood there is forgotten. */
static gboolean
keep_replaced (OhSnomPhone *self, const OhSnomWatchPlan *plan, GError **error)
{
  GHashTableIter iter;
  gpointer setting, value;
  gboolean changed = FALSE;

  g_hash_table_iter_init (&iter, plan->replaced);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    {
      if (*(const char *) value == '\0')
        changed = g_hash_table_remove (self->previous, setting) || changed;
      else if (g_strcmp0 (g_hash_table_lookup (self->previous, setting), value) != 0)
        {
          g_hash_table_insert (self->previous, g_strdup (setting), g_strdup (value));
          changed = TRUE;
        }
    }
  return !changed || self->keep == NULL || self->keep (self->previous, self->keep_data, error);
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
  Watching *watching = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  OhPhone *phone = OH_PHONE (self);
  gboolean about_events = error->code == OH_ERROR_PHONE_REFUSED ||
                          error->code == OH_ERROR_UNSUPPORTED || error->code == OH_ERROR_CONFLICT ||
                          error->code == OH_ERROR_FAILED;

  if (!about_events)
    {
      fail_phone (task, error);
      return;
    }
  stop_listening (self);
  end_watching (task);
  if (oh_phone_get_state (phone) == OH_PHONE_STATE_READY && !watching->unwatch)
    oh_phone_move (phone, OH_PHONE_STATE_READY, g_error_copy (error));
  g_task_return_error (task, error);
}

static GError *
watched_error (OhSnomPhone *self, OhSnomWatched watched)
{
  switch (watched)
    {
    case OH_SNOM_WATCHED_REFUSED:
    case OH_SNOM_WATCHED_NOTHING: /* hidden from this login, as a rule */
      return g_error_new (OH_ERROR, OH_ERROR_CONFLICT,
                          _ ("The phone at %s did not take the addresses for its events. "
                             "Allow “admin_mode” and make the action URLs writable."),
                          host_of (self));
    case OH_SNOM_WATCHED_PARTLY:
      return g_error_new (
        OH_ERROR, OH_ERROR_UNSUPPORTED,
        _ ("The phone at %s tells when a call begins, but its firmware cannot tell "
           "when it is answered or ends: that stays unknown."),
        host_of (self));
    case OH_SNOM_WATCHED_ALL:
    default: return NULL;
    }
}

static void
conclude_unwatch (OhSnomPhone *self, GTask *task, Watching *watching)
{
  if (watching->plan->targets->len > 0)
    {
      fail_watch (task, watched_error (self, OH_SNOM_WATCHED_REFUSED));
      return;
    }
  stop_listening (self);
  finish_watching (task);
}

/* There is nothing left to write: what does the phone tell now? */
static void
conclude_watch (OhSnomPhone *self, GTask *task, Watching *watching)
{
  OhPhone *phone = OH_PHONE (self);
  OhSnomWatched watched =
    oh_snom_watch_check (self->settings, fill_rule (self, watching), self->absent);

  if (watched == OH_SNOM_WATCHED_REFUSED || watched == OH_SNOM_WATCHED_NOTHING)
    {
      g_hash_table_remove_all (self->absent); /* another login may have them */
      fail_watch (task, watched_error (self, watched));
      return;
    }
  oh_phone_note_partly (phone, watched == OH_SNOM_WATCHED_PARTLY);
  if (oh_phone_get_state (phone) == OH_PHONE_STATE_READY)
    oh_phone_move (phone, OH_PHONE_STATE_READY, watched_error (self, watched));
  oh_phone_set_watched (phone, watched == OH_SNOM_WATCHED_ALL);
  finish_watching (task);
}

static gboolean
is_done (const Watching *watching)
{
  return watching->step == STEP_VERIFY || watching->plan->targets->len == 0;
}

static void
on_settings_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Watching *watching = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    oh_snom_phone_take_settings (self, body);
  oh_snom_phone_note_settings (self); /* what was switched before its events came here */
  if (body != NULL && self->settings == NULL)
    error = no_settings_error (self);
  g_clear_pointer (&watching->plan, oh_snom_watch_plan_free);
  if (error == NULL)
    watching->plan = make_plan (self, watching, &error);
  if (error == NULL && !is_done (watching) && !watching->unwatch)
    keep_replaced (self, watching->plan, &error);
  if (error != NULL)
    {
      fail_watch (task, error);
      return;
    }
  if (is_done (watching))
    {
      if (watching->unwatch)
        conclude_unwatch (self, task, watching);
      else
        conclude_watch (self, task, watching);
      return;
    }
  watching->step = STEP_WRITE;
  next_step (g_steal_pointer (&task));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Watching *watching = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      fail_watch (task, error);
      return;
    }
  watching->n_written++;
  if (watching->n_written == watching->plan->targets->len)
    watching->step = STEP_VERIFY;
  next_step (g_steal_pointer (&task));
}

static void
next_step (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Watching *watching = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  switch (watching->step)
    {
    case STEP_PROBE:
      oh_phone_probe_async (OH_PHONE (self), cancellable, on_probed, g_steal_pointer (&task));
      break;
    case STEP_READ:
    case STEP_VERIFY:
      self->dnd_told = FALSE;
      oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, OH_SNOM_SETTINGS_PAGE, cancellable,
                              on_settings_read, g_steal_pointer (&task));
      break;
    case STEP_WRITE:
      oh_snom_http_get_async (self->http, OH_SNOM_WRITE,
                              g_ptr_array_index (watching->plan->targets, watching->n_written),
                              cancellable, on_written, g_steal_pointer (&task));
      break;
    case STEP_FINISHED:
    default: g_return_if_reached ();
    }
}

static GTask *
new_watching (OhSnomPhone *self, gboolean unwatch, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Watching *watching = g_new0 (Watching, 1);

  watching->step =
    oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_READY ? STEP_READ : STEP_PROBE;
  watching->unwatch = unwatch;
  if (self->listener != NULL)
    {
      watching->mark = oh_snom_listener_dup_mark (self->listener);
      watching->token =
        oh_snom_listener_dup_token (self->listener, oh_phone_get_id (OH_PHONE (self)));
    }
  g_task_set_task_data (task, watching, watching_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  return task;
}

static void
oh_snom_phone_watch_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task = new_watching (self, FALSE, cancellable, callback, user_data);

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
  next_step (g_steal_pointer (&task));
}

static void
oh_snom_phone_unwatch_async (OhPhone *phone, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task = new_watching (self, TRUE, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_snom_phone_unwatch_async);
  self->watch_wanted = FALSE;
  if (self->base == NULL)
    finish_watching (task);
  else
    next_step (g_steal_pointer (&task));
}

static gboolean
watch_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
oh_snom_watching_install (OhPhoneClass *class)
{
  class->watch_async = oh_snom_phone_watch_async;
  class->watch_finish = watch_finish;
  class->unwatch_async = oh_snom_phone_unwatch_async;
  class->unwatch_finish = watch_finish;
}
