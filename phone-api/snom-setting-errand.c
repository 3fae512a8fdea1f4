/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that set something: written, then read back, because a phone answers well what it does
 * not do: a setting may be locked, or not be this login's. */

#include "phone-body.h"
#include "snom-phone-private.h"
#include "snom-change.h"

#include <glib/gi18n-lib.h>

/* One change under way: the task's data. */
typedef struct
{
  OhPhoneVerb verb;
  char *argument; /* (owned) (nullable) */
  guint after_s;
  OhSnomChange *change; /* (owned) (nullable): made when the phone's settings are known */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->argument);
  oh_snom_change_free (errand->change);
  g_free (errand);
}

gboolean
oh_snom_verb_sets (OhPhoneVerb verb)
{
  switch ((int) verb)
    {
    case OH_PHONE_DND_ON:
    case OH_PHONE_DND_OFF:
    case OH_PHONE_FORWARD_ALL:
    case OH_PHONE_FORWARD_BUSY:
    case OH_PHONE_FORWARD_NO_ANSWER:
    case OH_PHONE_FORWARD_OFF:
    case OH_PHONE_SELECT_IDENTITY:
    case OH_PHONE_LOCK:
    case OH_PHONE_UNLOCK: return TRUE;
    default: return FALSE;
    }
}

static gboolean
is_dnd (const Errand *errand)
{
  return errand->verb == OH_PHONE_DND_ON || errand->verb == OH_PHONE_DND_OFF;
}

/* A phone that does not let us set this takes calls all the same: only what concerns the phone as a
 * whole moves its state. */
static void
fail (GTask *task, GError *error)
{
  if (error->code != OH_ERROR_PHONE_REFUSED && error->code != OH_ERROR_UNSUPPORTED)
    oh_snom_phone_note_error (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
}

static void
refuse (GTask *task, const char *setting)
{
  OhPhone *phone = g_task_get_source_object (task);

  g_task_return_new_error (task, OH_ERROR, OH_ERROR_PHONE_REFUSED,
                           _ ("The phone at %s does not let its setting “%s” be changed. Allow "
                              "“admin_mode” and make the setting writable."),
                           oh_phone_get_host (phone), setting);
}

/* Where it could not be looked at afterwards it is not written. */
static void
refuse_unreadable (GTask *task)
{
  const Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  const char *host = oh_phone_get_host (OH_PHONE (self));

  if (self->settings == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_PHONE_REFUSED,
                             _ ("The phone at %s does not show its settings to this login, so that "
                                "nothing is changed there. Allow “admin_mode”, or store its "
                                "service login."),
                             host);
  else if (errand->verb == OH_PHONE_SELECT_IDENTITY)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE,
                             _ ("The phone at %s has no account “%.128s”."), host,
                             errand->argument != NULL ? errand->argument : "");
  else if (errand->verb == OH_PHONE_FORWARD_ALL || errand->verb == OH_PHONE_FORWARD_BUSY ||
           errand->verb == OH_PHONE_FORWARD_NO_ANSWER)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE,
                             _ ("The phone at %s forwards to digits, “*” and “#” only, after %d "
                                "seconds at most, where it forwards at all."),
                             host, OH_SNOM_FORWARD_AFTER_MAX);
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNSUPPORTED,
                             _ ("The phone at %s has no setting for that."), host);
}

/* A phone that tells of a switch has been switched, by us or by somebody after us. */
static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);
  const char *refused;

  if (body == NULL)
    {
      fail (task, error);
      return;
    }
  oh_snom_phone_take_settings (self, body);
  oh_snom_phone_note_settings (self);
  refused = oh_snom_change_refused (errand->change, self->settings);
  if (refused == NULL || (is_dnd (errand) && self->dnd_told))
    g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED);
  else
    refuse (task, refused);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
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

static void
write_change (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const OhPhoneCommand command = {
    .verb = errand->verb,
    .argument = errand->argument,
    .after_s = errand->after_s,
  };
  g_autofree char *target = NULL;

  errand->change = oh_snom_change_new (&command, self->settings);
  if (errand->change == NULL)
    {
      refuse_unreadable (task);
      return;
    }
  target = oh_snom_change_target (errand->change);
  oh_snom_http_get_async (self->http, OH_SNOM_WRITE, target, cancellable, on_written,
                          g_steal_pointer (&task));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_phone_probe_finish (OH_PHONE (source), result, &error))
    write_change (g_steal_pointer (&task));
  else
    g_task_return_error (task, error); /* the probe has told the phone's state */
}

void
oh_snom_setting_errand_async (OhSnomPhone *self, const OhPhoneCommand *command,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->verb = command->verb;
  errand->argument = g_strdup (command->argument);
  errand->after_s = command->after_s;
  g_task_set_source_tag (task, oh_snom_setting_errand_async);
  g_task_set_task_data (task, errand, errand_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  if (oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_READY)
    write_change (g_steal_pointer (&task));
  else
    oh_phone_probe_async (OH_PHONE (self), cancellable, on_probed, g_steal_pointer (&task));
}
