/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps and their order, on a fake clock, against servers that do next to nothing. */

#define G_SETTINGS_ENABLE_BACKEND

#include "doctor.h"

#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <string.h>

#include "error.h"
#include "fake-clock.h"

#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)

typedef struct
{
  char *dir;
  OhFakeClock *clock;
  OhConfig *config;
  OhSecrets *secrets;
  OhDoctor *doctor;
  GSocketListener *listener;
  guint16 port;
  GSocketConnection *taken; /* (nullable): the connection that the server keeps */
  GCancellable *cancellable;
  GString *steps; /* a digit for each step that began */
  GAsyncResult *result;
} Fixture;

static GError *
no_refusal (gpointer host)
{
  return NULL;
}

static OhPhone *
no_phone (gpointer host, const char *id)
{
  return NULL;
}

static const OhDoctorHost host = { .dup_refusal = no_refusal, .find_phone = no_phone };

static void
on_progress (OhDoctor *doctor, guint step, const char *what, guint limit_s, Fixture *f)
{
  g_assert_cmpuint (limit_s, >, 0);
  g_assert_cmpstr (what, !=, "");
  g_string_append_printf (f->steps, "%u", step);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *) user_data)->result = g_object_ref (result);
}

/* @settings: of the account; "%u" stands for the port of the listener */
static void
set_up (Fixture *f, const char *settings)
{
  g_autofree char *file = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (settings, "%u", 2);
  g_autofree char *port = NULL;
  g_autofree char *text = NULL;
  OhDoctorParts parts_of = { .installation = "here", .host = &host };

  memset (f, 0, sizeof *f);
  f->listener = g_socket_listener_new ();
  f->port = g_socket_listener_add_any_inet_port (f->listener, NULL, &error);
  g_assert_no_error (error);
  port = g_strdup_printf ("%u", f->port);
  text = g_strjoinv (port, parts);
  f->dir = g_dir_make_tmp ("oh-doctor-XXXXXX", &error);
  g_assert_no_error (error);
  file = g_build_filename (f->dir, "keyfile", NULL);
  g_assert_true (g_file_set_contents (file, text, -1, &error));
  backend = g_keyfile_settings_backend_new (file, "/", NULL);
  f->clock = oh_fake_clock_new ();
  f->config = oh_config_new (backend, &error);
  g_assert_no_error (error);
  f->secrets = oh_secrets_new (OH_CLOCK (f->clock));
  parts_of.clock = OH_CLOCK (f->clock);
  parts_of.config = f->config;
  parts_of.secrets = f->secrets;
  f->doctor = oh_doctor_new (&parts_of);
  f->cancellable = g_cancellable_new ();
  f->steps = g_string_new (NULL);
  g_signal_connect (f->doctor, "progress", G_CALLBACK (on_progress), f);
  oh_doctor_run_async (f->doctor, f->cancellable, on_result, f);
}

static void
tear_down (Fixture *f)
{
  g_autofree char *file = g_build_filename (f->dir, "keyfile", NULL);

  g_clear_object (&f->result);
  g_clear_object (&f->doctor);
  g_clear_object (&f->secrets);
  g_clear_object (&f->config);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_clear_object (&f->clock);
  g_clear_object (&f->cancellable);
  g_clear_object (&f->taken);
  g_socket_listener_close (f->listener);
  g_clear_object (&f->listener);
  g_string_free (f->steps, TRUE);
  g_unlink (file);
  g_rmdir (f->dir);
  g_free (f->dir);
}

static void
run_until (Fixture *f, const char *steps)
{
  while (f->result == NULL && strcmp (f->steps->str, steps) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (f->steps->str, ==, steps);
}

static GPtrArray *
wait_for_end (Fixture *f, GError **error)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return oh_doctor_run_finish (f->doctor, f->result, error);
}

static const OhFinding *
find (const GPtrArray *findings, const char *code)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((OhFinding *) findings->pdata[i])->code, code))
      return findings->pdata[i];
  return NULL;
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->taken = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, NULL);
}

static const char somebody[] = "[org/offhook/agent]\nuri='sip:alice@fabrikam.test'\n"
                               "server='127.0.0.1:%u'\n";

/* Nobody to sign in: on to the phones. */
static void
test_nobody (void)
{
  Fixture f;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&f, "");
  findings = wait_for_end (&f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f.steps->str, ==, "0789");
  g_assert_nonnull (find (findings, "no-account"));
  g_assert_nonnull (find (findings, "phone-none"));
  g_assert_null (oh_doctor_findings (f.doctor));
  tear_down (&f);
}

/* A phone that its settings do not make, and a server that hangs up. */
static void
test_hangs_up (void)
{
  Fixture f;
  g_autoptr (GPtrArray) findings = NULL;
  const OhFinding *failed;
  g_autoptr (GError) error = NULL;

  set_up (&f, "[org/offhook/agent]\nuri='sip:alice@fabrikam.test'\nserver='127.0.0.1:%u'\n"
              "phones=['desk']\n");
  run_until (&f, "0123");
  g_socket_listener_accept_async (f.listener, NULL, on_taken, &f);
  while (f.taken == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_io_stream_close (G_IO_STREAM (f.taken), NULL, NULL);
  findings = wait_for_end (&f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f.steps->str, ==, "0123789");
  g_assert_nonnull (find (findings, "tcp-connected"));
  failed = find (findings, "tls-failed");
  g_assert_true (failed != NULL && oh_doctor_status (failed) == 4);
  g_assert_nonnull (find (findings, "phone-settings"));
  tear_down (&f);
}

/* A step that takes too long: at the limit, not before. */
static void
test_limit (void)
{
  Fixture f;
  g_autoptr (GPtrArray) findings = NULL;
  const OhFinding *late;
  g_autoptr (GError) error = NULL;

  set_up (&f, somebody);
  run_until (&f, "0123");
  oh_fake_clock_advance (f.clock, SECONDS (OH_DOCTOR_TLS_LIMIT_S) - 1);
  g_assert_cmpstr (f.steps->str, ==, "0123");
  oh_fake_clock_advance (f.clock, 1);
  findings = wait_for_end (&f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f.steps->str, ==, "0123789");
  late = find (findings, "step-timed-out");
  g_assert_true (late != NULL && strstr (late->cause, "20 seconds") != NULL);
  g_assert_null (find (findings, "tls-failed"));
  tear_down (&f);
}

/* Given up; meanwhile another run is refused. */
static void
test_cancel (void)
{
  Fixture f;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&f, somebody);
  run_until (&f, "0123");
  g_assert_nonnull (oh_doctor_findings (f.doctor));
  oh_doctor_run_async (f.doctor, NULL, on_result, &f);
  g_assert_null (wait_for_end (&f, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_object (&f.result);
  g_cancellable_cancel (f.cancellable);
  findings = wait_for_end (&f, &error);
  g_assert_null (findings);
  g_assert_error (error, OH_ERROR, OH_ERROR_CANCELLED);
  g_assert_cmpstr (f.steps->str, ==, "0123");
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_autofree char *secrets = g_build_filename (g_get_tmp_dir (), "oh-doctor-no-secrets", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", secrets, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctor/nobody", test_nobody);
  g_test_add_func ("/doctor/hangs-up", test_hangs_up);
  g_test_add_func ("/doctor/limit", test_limit);
  g_test_add_func ("/doctor/cancel", test_cancel);
  return g_test_run ();
}
