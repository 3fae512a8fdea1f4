/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "registration.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"
#include "signal-log.h"

/* How it goes with a server is in tests/integration; here what needs none. */

static void
no_credentials (GTask *task, gpointer user_data)
{
  g_test_fail_printf ("nobody may be asked for credentials here");
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_SECRETS, "none");
  g_object_unref (task);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *n = user_data;

  g_assert_true (oh_registration_sign_out_finish (OH_REGISTRATION (source), result, NULL));
  (*n)++;
}

static void
run_until (guint *n, guint wanted)
{
  while (*n < wanted)
    g_main_context_iteration (NULL, TRUE);
}

/* The words are a promise to scripts. */
static void
test_words (void)
{
  static const char *const words[] = { "offline", "connecting", "signing-in",
                                       "online",  "waiting",    "failed" };
  g_autoptr (GEnumClass) klass = g_type_class_ref (OH_TYPE_REGISTRATION_STATE);

  g_assert_cmpuint (G_N_ELEMENTS (words), ==, OH_REGISTRATION_N_STATES);
  for (guint i = 0; i < OH_REGISTRATION_N_STATES; i++)
    {
      g_assert_cmpstr (oh_registration_state_word (i), ==, words[i]);
      g_assert_cmpstr (g_enum_get_value (klass, (int) i)->value_nick, ==, words[i]);
    }
}

static void
test_offline (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  OhRegistration *registration = oh_registration_new (OH_CLOCK (clock), no_credentials, NULL);
  g_autofree char *text = oh_registration_describe (registration);
  g_autofree char *server = NULL;
  g_autofree char *mechanism = NULL;
  guint n = 0;

  g_assert_cmpint (oh_registration_state (registration), ==, OH_REGISTRATION_OFFLINE);
  g_assert_null (oh_registration_reason (registration));
  g_object_get (registration, "server", &server, "mechanism", &mechanism, NULL);
  g_assert_null (server);
  g_assert_null (mechanism);
  g_assert_cmpstr (text, ==, "Signed out.");
  g_assert_false (oh_registration_supports (registration, "msrtc-event-categories"));
  g_assert_false (oh_registration_is_remote (registration));
  oh_registration_check (registration); /* nothing to do */
  oh_registration_sign_out_async (registration, NULL, on_signed_out, &n);
  oh_registration_sign_out_async (registration, NULL, on_signed_out, &n);
  run_until (&n, 2);
  g_assert_cmpint (oh_registration_state (registration), ==, OH_REGISTRATION_OFFLINE);
  g_assert_finalize_object (registration);
}

/* What cannot be used is said at once, by name, and nothing is tried. */
static void
test_settings (void)
{
  static const struct
  {
    const char *uri, *epid, *server, *named;
  } cases[] = {
    { "", "abc", NULL, "“”" },
    { NULL, "abc", NULL, "“”" },
    { "anna", "abc", NULL, "“anna”" },
    { "@fabrikam.test", "abc", NULL, "“@fabrikam.test”" },
    { "tel:+4930", "abc", NULL, "“tel:+4930”" },
    { "sip:anna@fabrikam.test extra", "abc", NULL, "extra”" },
    { "anna@fabrikam.test", "", NULL, "hexadecimal" },
    { "anna@fabrikam.test", NULL, NULL, "hexadecimal" },
    { "anna@fabrikam.test", "0123456789abcdef0", NULL, "hexadecimal" },
    { "anna@fabrikam.test", "abc", "not a server", "“not a server”" },
  };
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  OhRegistration *registration = oh_registration_new (OH_CLOCK (clock), no_credentials, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhRegistrationSettings settings = { .uri = cases[i].uri,
                                                .epid = cases[i].epid,
                                                .server = cases[i].server };
      const GError *reason;
      g_autofree char *text = NULL;

      oh_registration_sign_in (registration, &settings);
      while (oh_registration_state (registration) == OH_REGISTRATION_CONNECTING)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (oh_registration_state (registration), ==, OH_REGISTRATION_FAILED);
      reason = oh_registration_reason (registration);
      g_assert_error (reason, OH_ERROR, OH_ERROR_SETTINGS);
      g_assert_nonnull (strstr (reason->message, cases[i].named));
      text = oh_registration_describe (registration);
      g_assert_nonnull (strstr (text, reason->message));
      g_assert_nonnull (strstr (text, oh_error_advice (OH_ERROR_SETTINGS)));
    }
  g_assert_cmpuint (oh_fake_clock_n_alarms (clock), ==, 0); /* not tried again */
  g_assert_finalize_object (registration);
}

/* Whoever changes their mind hears of every move once, in order. */
static void
test_moves (void)
{
  static const OhRegistrationSettings settings = { .uri = "anna@fabrikam.test",
                                                   .epid = "abc",
                                                   .server = "fe1.invalid" };
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  OhRegistration *registration = oh_registration_new (OH_CLOCK (clock), no_credentials, NULL);
  OhSignalLog *log = oh_signal_log_new ();
  gint64 since_us;
  guint n = 0;

  oh_signal_log_watch (log, registration, "r", "notify::state");
  oh_fake_clock_advance (clock, (gint64) 5 * G_USEC_PER_SEC);
  oh_registration_sign_in (registration, &settings);
  oh_signal_log_assert (log, "r::notify::state=connecting");
  g_object_get (registration, "since", &since_us, NULL);
  g_assert_cmpint (since_us, ==, oh_clock_wall_us (OH_CLOCK (clock)));
  oh_registration_sign_in (registration, &settings); /* still connecting: nothing to tell */
  oh_registration_sign_out_async (registration, NULL, on_signed_out, &n);
  run_until (&n, 1);
  oh_signal_log_assert (log, "r::notify::state=offline");
  oh_signal_log_free (log);
  g_assert_cmpuint (oh_fake_clock_n_alarms (clock), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (registration);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registration/words", test_words);
  g_test_add_func ("/registration/offline", test_offline);
  g_test_add_func ("/registration/settings", test_settings);
  g_test_add_func ("/registration/moves", test_moves);
  return g_test_run ();
}
