/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The handshake, with the same check of the certificate as when signing in. */

#include "doctor-run.h"

#include <glib/gi18n-lib.h>

#include "doctor-certificate.h"
#include "sip-tls.h"

/* The step's data. */
typedef struct
{
  OhDoctorRun *run; /* (unowned) */
  OhSipTls *tls;    /* (owned) (nullable) */
} Tls;

static void
tls_free (gpointer data)
{
  Tls *tls = data;

  g_clear_pointer (&tls->tls, oh_sip_tls_free);
  g_free (tls);
}

/* @connection: (nullable): NULL when it did not get so far */
static gboolean
judge (Tls *tls, GTlsConnection *connection, const GError *error, gboolean too_old)
{
  OhDoctorRun *run = tls->run;
  const OhServer *server = run->current->server;
  gboolean by_file = FALSE;
  GTlsCertificateFlags flags = oh_sip_tls_faults (tls->tls, &by_file);
  g_autoptr (OhSeenCertificate) certificate =
    oh_doctor_certificate_read (oh_sip_tls_peer_certificate (tls->tls));
  g_autofree char *text = oh_server_text (server);
  g_autofree char *cipher =
    error == NULL ? g_tls_connection_get_ciphersuite_name (connection) : NULL;
  const OhSeenTls seen = {
    .server = text,
    .name = server->host,
    .version = error == NULL ? oh_sip_tls_version (connection) : NULL,
    .cipher = cipher,
    .too_old = too_old,
    .error = error != NULL ? error->message : NULL,
    .authority = by_file ? run->account->ca_file : _ ("the authorities of this computer"),
    .certificate = certificate,
    .faults = oh_doctor_certificate_faults (flags),
    .now_s = oh_clock_wall_us (run->parts->clock) / G_USEC_PER_SEC,
    .others = oh_doctor_run_has_next (run),
  };

  return oh_judge_tls (&seen, run->findings);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Tls *tls = g_task_get_task_data (task);
  GTlsConnection *connection = G_TLS_CONNECTION (source);
  g_autoptr (GError) error = NULL;
  gboolean done = g_tls_connection_handshake_finish (connection, result, &error);
  gboolean too_old = done && !oh_sip_tls_accept (tls->tls, connection, &error);
  gboolean good = FALSE;

  g_clear_object (&tls->run->connection);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    good = judge (tls, connection, error, too_old);
  if (good)
    tls->run->secure = g_object_ref (G_IO_STREAM (connection));
  g_task_return_boolean (task, good);
}

static void
judge_ca_file (OhDoctorRun *run, const GError *error)
{
  const OhSeenTls seen = {
    .server = run->current->server->host,
    .name = run->current->server->host,
    .ca_problem = error->message,
  };

  run->next = run->servers->len; /* it is the same for every server */
  oh_judge_tls (&seen, run->findings);
}

void
oh_doctor_step_tls (OhDoctorRun *run, GTask *owned)
{
  g_autoptr (GTask) task = owned;
  GCancellable *cancellable = g_task_get_cancellable (task);
  const OhServer *server = run->current->server;
  const OhSipTarget target = {
    .host = server->host,
    .port = server->port,
    .identity = server->host,
    .ca_file = run->account->ca_file[0] != '\0' ? run->account->ca_file : NULL,
  };
  Tls *tls = g_new0 (Tls, 1);
  g_autoptr (GTlsConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  tls->run = run;
  g_task_set_task_data (task, tls, tls_free);
  tls->tls = oh_sip_tls_new (&target, &error);
  if (tls->tls != NULL)
    connection = oh_sip_tls_wrap (tls->tls, G_IO_STREAM (run->connection), &error);
  if (connection != NULL)
    {
      g_tls_connection_handshake_async (connection, G_PRIORITY_DEFAULT, cancellable, on_handshake,
                                        g_steal_pointer (&task));
      return;
    }
  judge_ca_file (run, error);
  g_task_return_boolean (task, FALSE);
}
