/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs an endpoint of the doctor's own in and out again, the way the agent does. */

#include "doctor-run.h"

#include <string.h>

#include "error.h"
#include "judge-sign-in.h"
#include "registration.h"
#include "secret-text.h"

/* Octets of the key that refused passwords are remembered under. */
#define KEY_SIZE 32

/* The step's data. */
typedef struct
{
  OhDoctorRun *run;             /* (unowned) */
  GTask *task;                  /* (owned) */
  char *server;                 /* (owned): "host:port" */
  OhRegistration *registration; /* (owned) (nullable) */
  GCancellable *cancellable;    /* (owned): of the step */
  gulong cancelled_id;
  guint alarm;    /* the registration is left when it rings */
  char *password; /* (owned) (nullable): HMAC of the one that was sent */
  gboolean good;
  gboolean judged;
} SignIn;

static void
sign_in_free (SignIn *self)
{
  oh_clock_clear_alarm (self->run->parts->clock, &self->alarm);
  if (self->registration != NULL)
    g_signal_handlers_disconnect_by_data (self->registration, self);
  g_clear_object (&self->registration);
  g_clear_signal_handler (&self->cancelled_id, self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->task);
  g_free (self->server);
  g_free (self->password);
  g_free (self);
}

/* --- refused passwords ---------------------------------------------------------------------- */

void
oh_doctor_memory_clear (OhDoctorMemory *memory)
{
  g_clear_pointer (&memory->key, g_bytes_unref);
  g_clear_pointer (&memory->password, g_free);
  g_clear_error (&memory->refusal);
}

/* The password itself is not kept: only whether another one is the same. */
static char *
password_mac (OhDoctorMemory *memory, const char *password)
{
  if (memory->key == NULL)
    {
      guint32 key[KEY_SIZE / sizeof (guint32)];

      for (gsize i = 0; i < G_N_ELEMENTS (key); i++)
        key[i] = g_random_int ();
      memory->key = g_bytes_new (key, sizeof key);
    }
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, g_bytes_get_data (memory->key, NULL),
                                    g_bytes_get_size (memory->key), password, -1);
}

static void
remember_refusal (SignIn *self, const GError *error)
{
  const OhDoctorParts *parts = self->run->parts;
  OhDoctorMemory *memory = self->run->memory;

  if (self->password == NULL ||
      !oh_security_was_refused (oh_registration_security (self->registration)))
    return;
  g_free (memory->password);
  memory->password = g_steal_pointer (&self->password);
  g_clear_error (&memory->refusal);
  memory->refusal = g_error_copy (error);
  parts->host->password_refused (parts->host_data, error);
}

/* --- how it went ---------------------------------------------------------------------------- */

static gboolean
judge (SignIn *self, const char *server, const char *mechanism, const GError *error,
       gboolean withheld)
{
  OhDoctorRun *run = self->run;
  const OhSeenSignIn seen = {
    .uri = run->account->uri,
    .server = server,
    .mechanism = mechanism,
    .error = error,
    .had_proof = run->has_password || run->has_ticket,
    .withheld = withheld,
  };

  self->judged = TRUE;
  return oh_judge_sign_in (&seen, run->findings);
}

static void
finish (SignIn *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  gboolean good = self->good;

  sign_in_free (self);
  g_task_return_boolean (task, good);
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;

  if (oh_registration_sign_out_finish (OH_REGISTRATION (source), result, NULL) && self->good)
    oh_judge_sign_out (self->server, self->run->findings);
  finish (self);
}

static gboolean
on_alarm (gpointer user_data)
{
  SignIn *self = user_data;

  self->alarm = 0;
  g_signal_handlers_disconnect_by_data (self->registration, self);
  g_clear_signal_handler (&self->cancelled_id, self->cancellable);
  oh_registration_sign_out_async (self->registration, NULL, on_left, self);
  return G_SOURCE_REMOVE;
}

/* Not from within its own signal: it has more to do with its new state. */
static void
leave_soon (SignIn *self)
{
  if (self->alarm == 0)
    self->alarm = oh_clock_add_alarm_in (self->run->parts->clock, 0, on_alarm, self);
}

static void
on_online (SignIn *self)
{
  g_autofree char *server = NULL;
  g_autofree char *mechanism = NULL;

  g_object_get (self->registration, "server", &server, "mechanism", &mechanism, NULL);
  if (server != NULL)
    {
      g_free (self->server);
      self->server = g_strdup (server);
    }
  self->good = judge (self, self->server, mechanism, NULL, FALSE);
}

static void
on_state (OhRegistration *registration, GParamSpec *pspec, SignIn *self)
{
  const GError *reason = oh_registration_reason (registration);

  if (self->judged)
    return;
  switch (oh_registration_state (registration))
    {
    case OH_REGISTRATION_ONLINE: on_online (self); break;
    case OH_REGISTRATION_WAITING: /* once is enough: nothing is tried again by itself */
    case OH_REGISTRATION_FAILED:
      remember_refusal (self, reason);
      judge (self, self->server, NULL, reason, FALSE);
      break;
    case OH_REGISTRATION_OFFLINE:
    case OH_REGISTRATION_CONNECTING:
    case OH_REGISTRATION_SIGNING_IN:
    case OH_REGISTRATION_N_STATES:
    default: return;
    }
  leave_soon (self);
}

static void
on_cancelled (GCancellable *cancellable, SignIn *self)
{
  self->judged = TRUE; /* whoever cut it off says why */
  leave_soon (self);
}

/* --- credentials ---------------------------------------------------------------------------- */

/* As the account does it: with a password somebody has to be named. */
static const char *
login_for (const OhConfigAccount *account, const char *password)
{
  if (account->login[0] != '\0' || password == NULL)
    return account->login;
  return account->uri + strlen ("sip:");
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *self = g_task_get_task_data (task);
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, NULL);

  /* Gone since: then nobody waits for it either. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED, "given up");
  else
    {
      g_free (self->password);
      self->password = password != NULL ? password_mac (self->run->memory, password) : NULL;
      g_task_return_pointer (
        task, oh_credentials_new (login_for (self->run->account, password), password),
        (GDestroyNotify) oh_credentials_free);
    }
  oh_secret_free (password);
}

static void
fetch_credentials (GTask *task, gpointer user_data)
{
  SignIn *self = user_data;

  g_task_set_task_data (task, self, NULL);
  oh_secrets_lookup_async (self->run->parts->secrets, OH_SECRET_SIGN_IN, "",
                           g_task_get_cancellable (task), on_password, task);
}

/* --- signing in ----------------------------------------------------------------------------- */

static void
sign_in (SignIn *self)
{
  const OhConfigAccount *account = self->run->account;
  const OhRegistrationSettings settings = {
    .uri = account->uri,
    .server = self->server,
    .schemes = self->run->schemes,
    .names = self->run->trust.names,
    .trusted_domains = self->run->trust.others,
    .ca_file = account->ca_file[0] != '\0' ? account->ca_file : NULL,
    .epid = self->run->epid,
  };

  self->cancelled_id =
    g_signal_connect (self->cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
  self->registration = oh_registration_new (self->run->parts->clock, fetch_credentials, self);
  g_signal_connect (self->registration, "notify::state", G_CALLBACK (on_state), self);
  oh_registration_sign_in (self->registration, &settings);
}

/* (transfer full) (nullable): why the stored password must not be sent */
static GError *
known_refusal (SignIn *self, const char *password)
{
  const OhDoctorParts *parts = self->run->parts;
  OhDoctorMemory *memory = self->run->memory;
  GError *refusal = parts->host->dup_refusal (parts->host_data);
  g_autofree char *mac = NULL;

  if (refusal != NULL || password == NULL || memory->password == NULL)
    return refusal;
  mac = password_mac (memory, password);
  return g_str_equal (mac, memory->password) ? g_error_copy (memory->refusal) : NULL;
}

static void
on_password_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *self = user_data;
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, NULL);
  g_autoptr (GError) refusal = known_refusal (self, password);

  oh_secret_free (password);
  if (g_cancellable_is_cancelled (self->cancellable))
    finish (self);
  else if (refusal == NULL)
    sign_in (self);
  else
    {
      judge (self, self->server, NULL, refusal, TRUE);
      finish (self);
    }
}

void
oh_doctor_step_sign_in (OhDoctorRun *run, GTask *task)
{
  SignIn *self = g_new0 (SignIn, 1);

  self->run = run;
  self->task = task;
  self->server = oh_server_text (run->current->server);
  self->cancellable = g_object_ref (g_task_get_cancellable (task));
  oh_secrets_lookup_async (run->parts->secrets, OH_SECRET_SIGN_IN, "", self->cancellable,
                           on_password_known, self);
}
