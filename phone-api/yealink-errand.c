/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-command.h"
#include "yealink-phone-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  OhPhoneVerb verb;
  char *target;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->target);
  g_free (errand);
}

static void
fail (GTask *task, GError *error)
{
  OhYealinkPhone *self = g_task_get_source_object (task);

  oh_phone_care_note_error (&self->care, error);
  g_task_return_error (task, error);
}

/* The setting tells whether the key was pressed on the right side of the toggle. */
static void
on_dnd_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhYealinkPhone *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, NULL, NULL);
  g_autoptr (OhYealinkConfig) config =
    body != NULL ? oh_yealink_phone_read_config (self, body) : NULL;
  OhYealinkDnd wanted = errand->verb == OH_PHONE_DND_ON ? OH_YEALINK_DND_ON : OH_YEALINK_DND_OFF;
  gboolean is_so = config != NULL && config->dnd == wanted;

  g_task_return_int (task, is_so ? OH_PHONE_OUTCOME_CONFIRMED : OH_PHONE_OUTCOME_SENT);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhYealinkPhone *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, NULL, &error);

  if (g_error_matches (error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN))
    g_task_return_int (task, OH_PHONE_OUTCOME_UNKNOWN);
  else if (body == NULL)
    fail (task, g_steal_pointer (&error));
  else if (errand->verb == OH_PHONE_DND_ON || errand->verb == OH_PHONE_DND_OFF)
    oh_snom_http_get_async (self->http, OH_SNOM_READ, OH_YEALINK_CONFIG_TARGET, NULL, on_dnd_looked,
                            g_steal_pointer (&task));
  else
    g_task_return_int (task, OH_PHONE_OUTCOME_SENT);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhYealinkPhone *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, NULL, &error);

  if (body == NULL)
    fail (task, error);
  else
    oh_snom_http_get_async (self->http, OH_SNOM_ONCE, errand->target, cancellable, on_sent,
                            g_steal_pointer (&task));
}

static void
settle (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhYealinkPhone *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  OhPhoneCapabilities needed = oh_phone_verb_needs (errand->verb);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if ((oh_phone_get_capabilities (OH_PHONE (self)) & needed) == 0)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNSUPPORTED,
                             _ ("The phone at %s cannot do that."),
                             oh_phone_get_host (OH_PHONE (self)));
  else
    oh_snom_http_get_async (self->http, OH_SNOM_SETTLE, OH_YEALINK_CONFIG_TARGET, cancellable,
                            on_settled, g_steal_pointer (&task));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_phone_probe_finish (OH_PHONE (source), result, &error))
    settle (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
oh_yealink_phone_send_async (OhPhone *phone, const OhPhoneCommand *command,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  OhPhoneCommand complete = *command;
  Errand *errand = g_new0 (Errand, 1);

  g_task_set_source_tag (task, oh_yealink_phone_send_async);
  g_task_set_task_data (task, errand, errand_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  if (complete.identity == NULL)
    complete.identity = self->identity;
  errand->verb = command->verb;
  errand->target = oh_yealink_command_target (&complete);
  if (errand->target == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE,
                             _ ("The phone at %s can be given digits, “*” and “#” only."),
                             oh_phone_get_host (OH_PHONE (self)));
  else if (oh_phone_get_state (phone) != OH_PHONE_STATE_READY)
    oh_phone_probe_async (phone, cancellable, on_probed, g_steal_pointer (&task));
  else
    settle (g_steal_pointer (&task));
}

static OhPhoneOutcome
oh_yealink_phone_send_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}

void
oh_yealink_errand_install (OhPhoneClass *class)
{
  class->send_async = oh_yealink_phone_send_async;
  class->send_finish = oh_yealink_phone_send_finish;
}
