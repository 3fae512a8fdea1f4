/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-phone.h"

#include <string.h>

#define NOW_S G_GINT64_CONSTANT (1769850000) /* 2026-01-31 09:00 UTC */

static char *
judge (const OhSeenPhone *seen)
{
  g_autoptr (GPtrArray) findings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
  GString *text = g_string_new (NULL);

  oh_judge_phone (seen, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (findings, i);

      g_assert_nonnull (strstr (finding->title, "desk"));
      g_assert_true (finding->severity < OH_FINDING_WARNING || finding->remedy[0] != '\0');
      g_string_append_printf (text, "%s%s/%s", i > 0 ? ";" : "", finding->code + strlen ("phone-"),
                              oh_finding_severity_word (finding->severity));
    }
  return g_string_free (text, FALSE);
}

static OhSeenPhone
ready (void)
{
  return (OhSeenPhone){
    .id = "desk",
    .host = "192.0.2.10",
    .fault = OH_SEEN_PHONE_READY,
    .trust = "first-use",
    .fingerprint = "00",
    .now_s = NOW_S,
    .has_login = TRUE,
    .model = "snomD785, firmware 10, MAC 000413AABBCC",
    .events_wanted = TRUE,
    .watched = TRUE,
    .listener = "192.0.2.9:4711",
    .last_event_s = NOW_S - 60,
  };
}

/* Where the way ends; what lies behind is not told. */
static void
test_faults (void)
{
  static const struct
  {
    OhSeenPhoneFault fault;
    const char *found;
  } cases[] = {
    { OH_SEEN_PHONE_SETTINGS, "settings/error" },
    { OH_SEEN_PHONE_UNREACHABLE, "unreachable/error" },
    { OH_SEEN_PHONE_UNTRUSTED, "reached/ok;certificate-refused/error" },
    { OH_SEEN_PHONE_CHANGED, "reached/ok;certificate-changed/error" },
    { OH_SEEN_PHONE_LOGIN, "reached/ok;certificate-good/ok;login-refused/error" },
    { OH_SEEN_PHONE_LOCKED_OUT, "reached/ok;certificate-good/ok;locked-out/error" },
    { OH_SEEN_PHONE_HIDDEN_TAGS,
      "reached/ok;certificate-good/ok;login-good/ok;model/ok;hidden-tags/error" },
    { OH_SEEN_PHONE_REFUSES,
      "reached/ok;certificate-good/ok;login-good/ok;model/ok;refuses/error" },
    { OH_SEEN_PHONE_UNSUPPORTED,
      "reached/ok;certificate-good/ok;login-good/ok;model/ok;unsupported/error" },
    { OH_SEEN_PHONE_READY, "reached/ok;certificate-good/ok;login-good/ok;model/ok;"
                           "takes-commands/ok;events-arrive/ok" },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cases) == OH_N_SEEN_PHONES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSeenPhone seen = ready ();
      g_autofree char *found = NULL;

      seen.fault = cases[i].fault;
      seen.reason = "what it said";
      found = judge (&seen);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_events (void)
{
  static const struct
  {
    gboolean wanted, watched;
    const char *listener_error;
    gint64 last_event_s;
    const char *found;
  } cases[] = {
    { FALSE, FALSE, NULL, 0, "events-off/info" },
    { TRUE, FALSE, NULL, NOW_S, "events-missing/warning" },
    { TRUE, TRUE, "refused", NOW_S, "listener-closed/warning" },
    { TRUE, TRUE, NULL, 0, "events-set/info" },
    { TRUE, TRUE, NULL, NOW_S, "events-arrive/ok" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSeenPhone seen = ready ();
      g_autofree char *found = NULL;

      seen.events_wanted = cases[i].wanted;
      seen.watched = cases[i].watched;
      seen.listener_error = cases[i].listener_error;
      seen.last_event_s = cases[i].last_event_s;
      found = judge (&seen);
      g_assert_true (g_str_has_suffix (found, cases[i].found));
    }
}

static void
test_certificate (void)
{
  static const struct
  {
    gboolean plain;
    const char *trust;
    gint64 left_s; /* 0: no certificate is known */
    const char *found;
  } cases[] = {
    { FALSE, "pin", 0, "reached/ok;certificate-good/ok;login" },
    { FALSE, "ca", OH_DOCTOR_CERTIFICATE_WARN_S, "reached/ok;certificate-good/ok;login" },
    { FALSE, "ca", OH_DOCTOR_CERTIFICATE_WARN_S - 1,
      "reached/ok;certificate-good/ok;certificate-ends-soon/warning;login" },
    { FALSE, "pin", -1, "reached/ok;certificate-good/ok;certificate-ends-soon/warning;login" },
    { FALSE, "none", 0, "reached/ok;certificate-unchecked/warning;login" },
    { TRUE, "none", 0, "reached/ok;certificate-unchecked/warning;login" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhSeenCertificate certificate = {
        "CN=phone", "CN=phone", "CN=phone", "", "00", NOW_S - 1, NOW_S + cases[i].left_s
      };
      OhSeenPhone seen = ready ();
      g_autofree char *found = NULL;

      seen.plain = cases[i].plain;
      seen.trust = cases[i].trust;
      seen.certificate = cases[i].left_s != 0 ? &certificate : NULL;
      found = judge (&seen);
      g_assert_true (g_str_has_prefix (found, cases[i].found));
    }
}

static void
test_unprotected (void)
{
  OhSeenPhone seen = ready ();
  g_autofree char *found = NULL;

  seen.unprotected = TRUE;
  found = judge (&seen);
  g_assert_nonnull (strstr (found, ";unprotected/warning;model"));
}

/* Which way drives it, and why; over SIP no listener of ours is waited at. */
static void
test_driver (void)
{
  OhSeenPhone seen = ready ();
  g_autofree char *web = NULL;
  g_autofree char *csta = NULL;

  seen.driver = "http";
  seen.driver_why = "its web page takes commands";
  web = judge (&seen);
  g_assert_nonnull (strstr (web, ";driven"));
  seen.driver = "csta";
  seen.listener_error = "refused";
  csta = judge (&seen);
  g_assert_nonnull (strstr (csta, ";driven"));
  g_assert_nonnull (strstr (csta, ";events-arrive"));
}

/* Who looks for a key that does something else finds why. */
static void
test_keys (void)
{
  static const char *const keys[] = { NULL, "", "transfer_on_hangup=on, quick_transfer=attended" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      OhSeenPhone seen = ready ();
      g_autoptr (GPtrArray) findings =
        g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
      gboolean told = FALSE;

      seen.keys = keys[i];
      oh_judge_phone (&seen, findings);
      for (guint k = 0; k < findings->len; k++)
        {
          const OhFinding *finding = g_ptr_array_index (findings, k);

          told = told || (finding->cause != NULL &&
                          strstr (finding->cause, "quick_transfer=attended") != NULL);
        }
      g_assert_cmpint (told, ==, keys[i] != NULL && keys[i][0] != '\0');
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-phone/faults", test_faults);
  g_test_add_func ("/judge-phone/driver", test_driver);
  g_test_add_func ("/judge-phone/events", test_events);
  g_test_add_func ("/judge-phone/certificate", test_certificate);
  g_test_add_func ("/judge-phone/unprotected", test_unprotected);
  g_test_add_func ("/judge-phone/keys", test_keys);
  return g_test_run ();
}
