/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-body.h"
#include "snom-command.h"
#include "snom-phone-private.h"

#include <glib/gi18n-lib.h>

/* One switch under way: the task's data. */
typedef struct
{
  char *target;
  gboolean dnd;
} Switch;

static void
switch_free (gpointer data)
{
  Switch *job = data;

  g_free (job->target);
  g_free (job);
}

/* A phone that does not let us switch this takes calls all the same: only what concerns the phone
 * as a whole moves its state. */
static void
fail (GTask *task, GError *error)
{
  if (error->code != OH_ERROR_PHONE_REFUSED && error->code != OH_ERROR_UNSUPPORTED)
    oh_snom_phone_note_error (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
}

static void
refuse (GTask *task)
{
  OhPhone *phone = g_task_get_source_object (task);

  g_task_return_new_error (task, OH_ERROR, OH_ERROR_PHONE_REFUSED,
                           _ ("The phone at %s does not let its “do not disturb” be switched. "
                              "Allow “admin_mode” and make its setting “%s” writable."),
                           oh_phone_get_host (phone), OH_SNOM_DND_SETTING);
}

/* A phone answers well what it does not do: a setting may be locked, or not be this login's. One
 * that tells of a switch has been switched, by us or by somebody after us. */
static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Switch *job = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      fail (task, error);
      return;
    }
  oh_snom_phone_take_settings (self, body);
  oh_snom_phone_note_dnd (self);
  if (self->dnd_told || oh_phone_get_dnd (OH_PHONE (self)) == job->dnd)
    g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED);
  else
    refuse (task);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhSnomPhone *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      fail (task, error);
      return;
    }
  self->dnd_told = FALSE;
  oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, OH_SNOM_SETTINGS_PAGE, cancellable,
                          on_checked, g_steal_pointer (&task));
}

/* Where it could not be looked at afterwards it is not written. */
static void
set (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  const Switch *job = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if ((oh_phone_get_capabilities (OH_PHONE (self)) & OH_PHONE_CAN_DND) == 0)
    refuse (task);
  else
    oh_snom_http_get_async (self->http, OH_SNOM_WRITE, job->target, cancellable, on_set,
                            g_steal_pointer (&task));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_phone_probe_finish (OH_PHONE (source), result, &error))
    set (g_steal_pointer (&task));
  else
    g_task_return_error (task, error); /* the probe has told the phone's state */
}

void
oh_snom_dnd_async (OhSnomPhone *self, const OhPhoneCommand *command, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Switch *job = g_new0 (Switch, 1);

  job->target = oh_snom_command_target (command);
  job->dnd = command->verb == OH_PHONE_DND_ON;
  g_task_set_source_tag (task, oh_snom_dnd_async);
  g_task_set_task_data (task, job, switch_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  if (oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_READY)
    set (g_steal_pointer (&task));
  else
    oh_phone_probe_async (OH_PHONE (self), cancellable, on_probed, g_steal_pointer (&task));
}
