/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the phone tells: a monitor on the account, and a look at what it has already. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "csta-phone-private.h"
#include "phone-body.h"

typedef enum
{
  STEP_LINE,
  STEP_MONITOR,
  STEP_SNAPSHOT,
  STEP_PARTIES,
  STEP_SHOW,
  STEP_DND,
  STEP_DONE,
} Step;

/* The task's data. */
typedef struct
{
  Step step;
  gboolean only_look;   /* no monitor, no do-not-disturb */
  OhCstaDocument *seen; /* (owned) (nullable): the snapshot */
  guint next;           /* the call of it whose party is asked for */
} Watch;

static void next_step (GTask *owned);

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  oh_csta_document_free (watch->seen);
  g_free (watch);
}

/* --- the steps --- */

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Watch *watch = g_task_get_task_data (task);
  GError *error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  watch->step = OH_CSTA_PHONE (source)->monitor != NULL ? STEP_SNAPSHOT : STEP_MONITOR;
  next_step (g_steal_pointer (&task));
}

static void
ask (GTask *task, const OhCstaRequest *request, GAsyncReadyCallback callback)
{
  OhCstaPhone *self = g_task_get_source_object (task);

  if (self->session == NULL)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNREACHABLE,
                               _ ("There is no connection to the phone at %s."), self->name);
      g_object_unref (task);
      return;
    }
  oh_csta_session_request_async (self->session, request, NULL, callback, task);
}

static void
on_monitored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhCstaPhone *self = g_task_get_source_object (task);
  Watch *watch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (OhCstaDocument) answer =
    oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (OH_CSTA_SESSION (source) == self->session)
    {
      g_free (self->monitor);
      self->monitor = g_strdup (answer->monitor != NULL ? answer->monitor : "");
      oh_phone_set_watched (OH_PHONE (self), TRUE);
    }
  watch->step = STEP_SNAPSHOT;
  next_step (g_steal_pointer (&task));
}

/* A phone that cannot tell how its calls stand tells of the next ones all the same. */
static void
on_snapshot (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Watch *watch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  watch->seen = oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);
  if (watch->seen == NULL)
    g_debug ("no snapshot: %s", error->message);
  watch->step = watch->seen != NULL ? STEP_PARTIES : STEP_DND;
  next_step (g_steal_pointer (&task));
}

static void
on_party (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhCstaPhone *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhCstaDocument) answer =
    oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);

  if (answer != NULL)
    oh_csta_calls_learn_party (self->calls, answer->ends);
  else
    g_debug ("a call without its party: %s", error->message);
  next_step (g_steal_pointer (&task));
}

/* Who is at the other end of calls that began before us; one after the other. */
static void
ask_parties (GTask *task)
{
  OhCstaPhone *self = g_task_get_source_object (task);
  Watch *watch = g_task_get_task_data (task);

  while (watch->next < watch->seen->ends->len)
    {
      const OhCstaEnd *end = g_ptr_array_index (watch->seen->ends, watch->next++);
      OhCstaRequest request = { .service = OH_CSTA_SNAPSHOT_CALL,
                                .place = { end->call, end->device } };

      if (end->call == NULL || oh_csta_calls_knows (self->calls, end->call))
        continue;
      ask (task, &request, on_party);
      return;
    }
  watch->step = STEP_SHOW;
  next_step (task);
}

static void
on_dnd (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhCstaPhone *self = g_task_get_source_object (task);
  Watch *watch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhCstaDocument) answer =
    oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);

  if (answer != NULL)
    oh_phone_set_dnd (OH_PHONE (self), answer->on);
  else
    g_debug ("do-not-disturb is not known: %s", error->message);
  watch->step = STEP_DONE;
  next_step (g_steal_pointer (&task));
}

static void
show (GTask *task)
{
  OhCstaPhone *self = g_task_get_source_object (task);
  Watch *watch = g_task_get_task_data (task);

  oh_csta_calls_take_snapshot (self->calls, watch->seen->ends);
  watch->step = watch->only_look ? STEP_DONE : STEP_DND;
  next_step (task);
}

static void
next_step (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhCstaPhone *self = g_task_get_source_object (task);
  Watch *watch = g_task_get_task_data (task);
  OhCstaRequest monitor = { .service = OH_CSTA_MONITOR_START, .device = self->device };
  OhCstaRequest snapshot = { .service = OH_CSTA_SNAPSHOT_DEVICE, .device = self->device };
  OhCstaRequest dnd = { .service = OH_CSTA_GET_DND, .device = self->device };

  switch (watch->step)
    {
    case STEP_LINE:
      oh_phone_probe_async (OH_PHONE (self), NULL, on_line, g_steal_pointer (&task));
      break;
    case STEP_MONITOR: ask (g_steal_pointer (&task), &monitor, on_monitored); break;
    case STEP_SNAPSHOT: ask (g_steal_pointer (&task), &snapshot, on_snapshot); break;
    case STEP_PARTIES: ask_parties (g_steal_pointer (&task)); break;
    case STEP_SHOW: show (g_steal_pointer (&task)); break;
    case STEP_DND: ask (g_steal_pointer (&task), &dnd, on_dnd); break;
    case STEP_DONE: g_task_return_boolean (task, TRUE); break;
    default: g_assert_not_reached ();
    }
}

static void
run (OhCstaPhone *self, Step first, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Watch *watch = g_new0 (Watch, 1);

  watch->step = first;
  watch->only_look = first == STEP_SNAPSHOT;
  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, watch, watch_free);
  next_step (task);
}

/* --- looking again --- */

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  OH_CSTA_PHONE (source)->looking = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("[%s] %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

void
oh_csta_phone_look (OhCstaPhone *self)
{
  if (self->looking)
    return;
  self->looking = TRUE;
  run (self, STEP_SNAPSHOT, on_looked, NULL);
}

/* --- events --- */

static void
tell_dnd (OhCstaPhone *self, gboolean on)
{
  oh_phone_emit_event (OH_PHONE (self),
                       oh_phone_event_new (on ? OH_PHONE_EVENT_DND_ON : OH_PHONE_EVENT_DND_OFF));
}

/* The phone has ended the monitor, not the line: begin it again. */
static void
renew_monitor (OhCstaPhone *self)
{
  g_clear_pointer (&self->monitor, g_free);
  oh_phone_set_watched (OH_PHONE (self), FALSE);
  if (self->watch_wanted)
    oh_phone_watch_async (OH_PHONE (self), NULL, NULL, NULL);
}

void
oh_csta_phone_take_event (OhCstaPhone *self, const OhCstaDocument *event)
{
  G_GNUC_UNUSED g_autoptr (OhCstaPhone) alive = g_object_ref (self);

  if (!self->watch_wanted)
    return; /* nobody has asked for events here */
  if (event->event == OH_CSTA_DND)
    tell_dnd (self, event->on);
  else if (event->event == OH_CSTA_MONITOR_ENDED)
    renew_monitor (self);
  else if (oh_csta_calls_take_event (self->calls, event))
    oh_csta_phone_look (self);
}

/* --- watch and unwatch --- */

static void
on_watching (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhPhone *phone = OH_PHONE (source);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (oh_phone_get_state (phone) == OH_PHONE_STATE_READY) /* a reason without events */
    oh_phone_move (phone, OH_PHONE_STATE_READY, g_error_copy (error));
  g_task_return_error (task, error);
}

static void
watch_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (phone, cancellable, callback, user_data);

  g_task_set_source_tag (task, watch_async);
  OH_CSTA_PHONE (phone)->watch_wanted = TRUE;
  run (OH_CSTA_PHONE (phone), STEP_LINE, on_watching, task);
}

static gboolean
watch_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_unmonitored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (OhCstaDocument) answer =
    oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
unwatch_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  OhCstaPhone *self = OH_CSTA_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (phone, cancellable, callback, user_data);
  g_autofree char *monitor = g_steal_pointer (&self->monitor);
  OhCstaRequest request = { .service = OH_CSTA_MONITOR_STOP, .argument = monitor };

  g_task_set_source_tag (task, unwatch_async);
  self->watch_wanted = FALSE;
  oh_phone_set_watched (phone, FALSE);
  if (monitor == NULL || self->session == NULL)
    g_task_return_boolean (task, TRUE);
  else
    oh_csta_session_request_async (self->session, &request, cancellable, on_unmonitored,
                                   g_steal_pointer (&task));
}

void
oh_csta_watch_install (OhPhoneClass *class)
{
  class->watch_async = watch_async;
  class->watch_finish = watch_finish;
  class->unwatch_async = unwatch_async;
  class->unwatch_finish = watch_finish;
}
