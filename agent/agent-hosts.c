/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "agent-private.h"
#include "event-places.h"
#include "phone-logins.h"

/* --- what the bus asks of the root ---------------------------------------------------------- */

static void
host_sign_in (gpointer host, GTask *task)
{
  oh_account_sign_in (OH_AGENT (host)->account, task);
}

static void
host_sign_out (gpointer host, GTask *task)
{
  oh_account_sign_out (OH_AGENT (host)->account, task);
}

/* Whom a new password is for. */
typedef struct
{
  OhAgent *agent;
  OhSecretKind kind;
  char *id;
} Stored;

static void
stored_free (gpointer data)
{
  Stored *stored = data;

  g_object_unref (stored->agent);
  g_free (stored->id);
  g_free (stored);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Stored *stored = g_task_get_task_data (task);
  OhAgent *self = stored->agent;
  GError *error = NULL;
  gboolean kept = oh_secrets_store_finish (OH_SECRETS (source), result, &error);

  /* Also where it is only kept in memory: it is the one to try. */
  if (stored->kind == OH_SECRET_SIGN_IN)
    oh_account_password_changed (self->account);
  else if (self->phones != NULL)
    oh_phone_set_login_changed (self->phones, stored->id);
  if (kept)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
host_store_secret (gpointer host, const char *kind, const char *id, const char *secret, GTask *task)
{
  OhAgent *self = host;
  Stored *stored = g_new0 (Stored, 1);

  stored->agent = g_object_ref (self);
  if (!oh_phone_logins_kind (kind, &stored->kind))
    stored->kind = OH_SECRET_SIGN_IN;
  stored->id = g_strdup (stored->kind == OH_SECRET_SIGN_IN ? "" : id);
  g_task_set_task_data (task, stored, stored_free);
  if (stored->kind != OH_SECRET_SIGN_IN &&
      (self->phones == NULL || !oh_phone_set_has (self->phones, id)))
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no phone “%.64s”."),
                               id);
      g_object_unref (task);
      return;
    }
  oh_secrets_store_async (self->secrets, stored->kind, stored->id, secret, NULL, on_stored, task);
}

static char *
host_add_phone (gpointer host, const char *address, GError **error)
{
  OhAgent *self = host;
  g_autofree char *where = NULL;
  char *id;

  if (!oh_phone_finding_may_add (self->finding, address, &where, error))
    return NULL;
  id = oh_config_add_phone (self->config, where, error);
  if (id != NULL && self->phones != NULL)
    oh_phone_set_has (self->phones, id); /* it is on the bus before the answer is */
  return id;
}

static void
host_remove_phone (gpointer host, const char *id, GTask *task)
{
  OhAgent *self = host;

  if (self->phones != NULL)
    {
      oh_phone_set_remove_async (self->phones, id, task);
      return;
    }
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_FAILED, _ ("The agent is ending."));
  g_object_unref (task);
}

static char *
host_pin (const char *id, const char *fingerprint, gpointer host, GError **error)
{
  OhAgent *self = host;

  if (self->phones != NULL)
    return oh_phone_set_pin (self->phones, id, fingerprint, error);
  g_set_error (error, OH_ERROR, OH_ERROR_FAILED, _ ("The agent is ending."));
  return NULL;
}

static void
host_change_events (const char *id, gboolean take, GTask *task, gpointer host)
{
  OhAgent *self = host;

  if (self->phones != NULL)
    {
      oh_event_places_change_async (self->phones, self->config, id, take, task);
      return;
    }
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_FAILED, _ ("The agent is ending."));
  g_object_unref (task);
}

const OhBusHost oh_agent_bus_host = {
  .sign_in = host_sign_in,
  .sign_out = host_sign_out,
  .store_secret = host_store_secret,
  .add_phone = host_add_phone,
  .remove_phone = host_remove_phone,
  .pin = host_pin,
  .change_events = host_change_events,
};

/* --- what the doctor asks of the root ------------------------------------------------------- */

static GError *
doctor_dup_refusal (gpointer host)
{
  return oh_account_dup_refusal (OH_AGENT (host)->account);
}

static void
doctor_password_refused (gpointer host, const GError *error)
{
  oh_account_password_refused (OH_AGENT (host)->account, error);
}

static OhPhone *
doctor_find_phone (gpointer host, const char *id)
{
  OhPhoneSet *phones = OH_AGENT (host)->phones;

  return phones != NULL ? oh_phone_set_find (phones, id) : NULL;
}

const OhDoctorHost oh_agent_doctor_host = {
  .see_numbers = oh_agent_see_numbers,
  .dup_refusal = doctor_dup_refusal,
  .password_refused = doctor_password_refused,
  .find_phone = doctor_find_phone,
};
