/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-admin.h"
#include "snom-command.h"
#include "snom-form.h"
#include "secret-text.h"
#include "snom-settings.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  STEP_FORM,   /* the page that has the settings */
  STEP_SETTLE, /* certificate and login good, because the next one leaves once */
  STEP_SEND,   /* the settings */
} Step;

/* Settings being written: the task's data. */
typedef struct
{
  Step step;
  OhSnomWish *wish;
  const char *closed; /* (nullable): the setting that forbids queries */
  OhSnomForm *form;   /* (nullable): none, then by query */
} Writing;

static void next_step (GTask *owned);

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  oh_snom_wish_free (writing->wish);
  oh_snom_form_free (writing->form);
  g_free (writing);
}

GError *
oh_snom_admin_obstacle_error (OhSnomPhone *self, const char *setting)
{
  const char *host = oh_phone_get_host (OH_PHONE (self));

  if (g_str_equal (setting, "admin_mode"))
    return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                        _ ("The phone at %s shows the settings of its administrator to nobody who "
                           "logs in like this. Switch its setting “admin_mode” on, or store its "
                           "service login."),
                        host);
  if (g_str_equal (setting, "use_hidden_tags") || g_str_equal (setting, "restrict_uri_queries"))
    return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                        _ ("The phone at %s has no form for this that can be read, and takes "
                           "nothing else while its setting “%s” is on. Switch it off (Advanced, "
                           "QoS/Security)."),
                        host, setting);
  return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                      _ ("The setting “%s” of the phone at %s is read-only. Have it made writable "
                         "where the phone is provisioned (flag “$” or “!”)."),
                      setting, host);
}

static void
on_form (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Writing *writing = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    {
      gsize len;
      const char *data = g_bytes_get_data (body, &len);

      writing->form =
        oh_snom_form_parse (oh_slice (data, len), writing->wish->page, writing->wish->names[0]);
    }
  else if (!g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_REFUSED) &&
           !g_error_matches (error, OH_ERROR, OH_ERROR_UNSUPPORTED))
    {
      oh_snom_admin_fail (g_steal_pointer (&task), error);
      return;
    }
  g_clear_error (&error); /* this firmware has no such page */
  if (writing->form == NULL && writing->closed != NULL)
    {
      g_task_return_error (task, oh_snom_admin_obstacle_error (self, writing->closed));
      return;
    }
  writing->step = STEP_SETTLE;
  next_step (g_steal_pointer (&task));
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      oh_snom_admin_fail (g_steal_pointer (&task), error);
      return;
    }
  writing->step = STEP_SEND;
  next_step (g_steal_pointer (&task));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    g_task_return_int (task, OH_PHONE_OUTCOME_SENT);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN))
    {
      g_error_free (error);
      g_task_return_int (task, OH_PHONE_OUTCOME_UNKNOWN);
    }
  else
    oh_snom_admin_fail (g_steal_pointer (&task), error);
}

static void
send_wish (GTask *owned)
{
  Writing *writing = g_task_get_task_data (owned);
  OhSnomPhone *self = g_task_get_source_object (owned);
  const char *const *names = (const char *const *) writing->wish->names;
  const char *const *values = (const char *const *) writing->wish->values;
  g_autofree char *query = NULL;
  char *body = NULL;
  OhSnomLetter letter = { .kind = OH_SNOM_ONCE, .secret = TRUE };

  if (writing->form != NULL)
    {
      body = oh_snom_form_body (writing->form, names, values);
      letter.target = writing->form->target;
      letter.form = body;
    }
  else
    {
      query = oh_snom_settings_target (names, values, TRUE);
      letter.target = query;
    }
  oh_snom_http_send_async (self->http, &letter, g_task_get_cancellable (owned), on_sent, owned);
  oh_secret_free (body);
}

static void
next_step (GTask *owned)
{
  Writing *writing = g_task_get_task_data (owned);
  OhSnomPhone *self = g_task_get_source_object (owned);
  GCancellable *cancellable = g_task_get_cancellable (owned);

  switch (writing->step)
    {
    case STEP_FORM:
      oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, writing->wish->page, cancellable,
                              on_form, owned);
      break;
    case STEP_SETTLE:
      oh_snom_http_get_async (self->http, OH_SNOM_SETTLE, OH_SNOM_INFO_PAGE, cancellable,
                              on_settled, owned);
      break;
    case STEP_SEND: send_wish (owned); break;
    default: g_return_if_reached ();
    }
}

static const char *
closed_by (GHashTable *settings)
{
  static const char *const switches[] = { "use_hidden_tags", "restrict_uri_queries" };

  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    if (oh_snom_settings_is_on (settings, switches[i]))
      return switches[i];
  return NULL;
}

void
oh_snom_admin_write_async (OhSnomPhone *self, OhSnomWish *wish, GHashTable *settings,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);
  const char *obstacle = oh_snom_wish_obstacle (wish, settings);

  writing->wish = wish;
  writing->closed = closed_by (settings);
  g_task_set_source_tag (task, oh_snom_admin_write_async);
  g_task_set_task_data (task, writing, writing_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  if (obstacle == NULL)
    {
      next_step (task);
      return;
    }
  g_task_return_error (task, oh_snom_admin_obstacle_error (self, obstacle));
  g_object_unref (task);
}

OhPhoneOutcome
oh_snom_admin_write_finish (GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome >= 0 ? (OhPhoneOutcome) outcome : OH_PHONE_OUTCOME_FAILED;
}
