/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is set at a phone as a whole: forwarding, "do not disturb", the lock, the account. */

#include "dialler-private.h"

#include <glib/gi18n-lib.h>

static gboolean
forwards (OhPhoneVerb verb)
{
  return verb == OH_PHONE_FORWARD_ALL || verb == OH_PHONE_FORWARD_BUSY ||
         verb == OH_PHONE_FORWARD_NO_ANSWER;
}

static gboolean
is_for_phone (OhPhoneVerb verb)
{
  switch ((int) verb)
    {
    case OH_PHONE_DND_ON:
    case OH_PHONE_DND_OFF:
    case OH_PHONE_VOLUME_UP:
    case OH_PHONE_VOLUME_DOWN:
    case OH_PHONE_FORWARD_OFF:
    case OH_PHONE_SELECT_IDENTITY:
    case OH_PHONE_LOCK:
    case OH_PHONE_UNLOCK:
    case OH_PHONE_REBOOT: return TRUE;
    default: return forwards (verb);
    }
}

OhPhone *
oh_dialler_find_phone (OhDialler *self, const char *id, GError **error)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      OhPhone *phone = g_ptr_array_index (self->phones, i);

      if (g_strcmp0 (oh_phone_get_id (phone), id) == 0)
        return phone;
    }
  g_set_error (error, OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no phone “%s”."), id);
  return NULL;
}

static gboolean
may_set (OhDialler *self, const OhPhoneRequest *request, GError **error)
{
  if (!is_for_phone (request->verb))
    g_set_error_literal (error, OH_ERROR, OH_ERROR_USAGE, _ ("That is no command for a phone."));
  else if (self->screen_locked && request->verb == OH_PHONE_UNLOCK)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_LOCKED,
                         _ ("No phone is unlocked while the screen is locked."));
  else if (request->verb == OH_PHONE_REBOOT && !request->confirmed)
    g_set_error (
      error, OH_ERROR, OH_ERROR_CONFIRM,
      _ ("Starting the phone “%s” anew ends its calls, and takes it some minutes. Really "
         "do it?"),
      request->phone_id);
  else
    return oh_dialler_is_allowed (self, request->verb, error);
  return FALSE;
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_phone_send_finish (OH_PHONE (source), result, &error);

  if (outcome == OH_PHONE_OUTCOME_UNKNOWN)
    error = g_error_new (OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                         _ ("The phone at %s did not answer; look whether it is set."),
                         oh_phone_get_host (OH_PHONE (source)));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) outcome);
}

void
oh_dialler_set_phone_async (OhDialler *self, const OhPhoneRequest *request,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  OhPhoneCommand command = {
    .verb = request->verb,
    .argument = request->text,
    .after_s = request->after_s,
  };
  g_autofree char *target = NULL;
  GError *error = NULL;
  OhPhone *phone = oh_dialler_find_phone (self, request->phone_id, &error);

  g_task_set_source_tag (task, oh_dialler_set_phone_async);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  if (phone != NULL && may_set (self, request, &error) && oh_dialler_may_ask (phone, &error) &&
      oh_dialler_can_do (phone, request->verb, &error) && forwards (request->verb))
    {
      target = oh_dialler_dup_target (self, request->text != NULL ? request->text : "",
                                      request->source, request->confirmed, &error);
      command.argument = target;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    oh_phone_send_async (phone, &command, cancellable, on_set, g_steal_pointer (&task));
}

OhPhoneOutcome
oh_dialler_set_phone_finish (OhDialler *self, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}
