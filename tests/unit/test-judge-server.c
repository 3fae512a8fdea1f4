/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-server.h"

#include <string.h>

#include "judge-fixture.h"

#define DAY_S (24 * 3600)

static void
test_settings (void)
{
  static const struct
  {
    OhSeenSettings seen;
    gboolean good;
    const char *found;
  } cases[] = {
    { { .uri = "sip:a@b.test", .login = "", .server = "", .mechanism = "auto", .ca_file = "" },
      TRUE,
      "settings-read/ok" },
    { { .uri = "", .login = "", .server = "", .mechanism = "auto", .ca_file = "" },
      FALSE,
      "no-account/warning" },
    { { .uri = "",
        .login = "",
        .server = "",
        .mechanism = "auto",
        .ca_file = "",
        .problem = "“uri” is no address" },
      FALSE,
      "setting-unusable/error" },
    { { .uri = "sip:a@b.test",
        .login = "B\\a",
        .server = "fe:5061",
        .mechanism = "ntlm",
        .ca_file = "/ca.pem",
        .locked = "server, ca-file",
        .trouble = "no legacy provider",
        .keyring = "no keyring" },
      TRUE,
      "settings-read/ok;setting-locked/info;keyring-closed/warning;ntlm-unavailable/warning" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      g_autofree char *found = NULL;

      g_assert_cmpint (oh_judge_settings (&cases[i].seen, findings), ==, cases[i].good);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_lookup (void)
{
  static const struct
  {
    OhSeenLookup seen;
    const char *found;
  } cases[] = {
    { { .question = "SRV x", .answers = "fe1:5061", .domain = "b.test" }, "dns-found/ok" },
    { { .question = "SRV x", .error = "no such record", .domain = "b.test" },
      "dns-record-none/info" },
    { { .question = "address of fe1", .error = "unknown", .named = TRUE, .domain = "b.test" },
      "dns-record-none/warning" },
    { { .question = "SRV x",
        .answers = "fe1:5061",
        .outside = "evil.test:443",
        .domain = "b.test" },
      "dns-found/ok;dns-name-outside/warning" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      g_autofree char *found = NULL;

      oh_judge_lookup (&cases[i].seen, findings);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_address (void)
{
  g_autoptr (GPtrArray) findings = new_list ();
  const OhSeenAddress good = { "fe1:5061", "192.0.2.1", 12345, NULL, FALSE, FALSE };
  const OhSeenAddress refused = { "fe1:5061", "192.0.2.2", 1, "Connection refused", TRUE, FALSE };
  const OhSeenAddress silent = { "fe1:5061", "192.0.2.3", 5000000, "timed out", FALSE, TRUE };
  g_autofree char *found = NULL;

  oh_judge_address (&good, findings);
  oh_judge_address (&refused, findings);
  oh_judge_address (&silent, findings);
  oh_judge_unreachable ("fe1:5061", findings);
  found = summary (findings);
  g_assert_cmpstr (found, ==,
                   "tcp-connected/ok;tcp-failed/warning;tcp-failed/info;server-unreachable/error");
  g_assert_nonnull (strstr (((OhFinding *) findings->pdata[0])->cause, "13 ms"));
  g_assert_nonnull (strstr (((OhFinding *) findings->pdata[1])->remedy, "port"));
  g_assert_nonnull (strstr (((OhFinding *) findings->pdata[2])->remedy, "firewall"));
}

static const OhSeenCertificate certificate = {
  .subject = "CN=fe1",
  .chain = "CN=fe1 ← CN=CA",
  .issuer = "CN=CA",
  .names = "fe1.b.test",
  .fingerprint = "00:11",
  .from_s = NOW_S - DAY_S,
  .until_s = NOW_S + 365 * DAY_S,
};

static void
test_tls (void)
{
  static const struct
  {
    OhSeenTls seen;
    gboolean good;
    const char *found;
  } cases[] = {
    { { .version = "TLS 1.3", .cipher = "AES", .certificate = &certificate },
      TRUE,
      "tls-established/ok;certificate-good/ok" },
    { { .error = "no TLS" }, FALSE, "tls-failed/error" },
    { { .error = "no TLS", .others = TRUE }, FALSE, "tls-failed/warning" },
    { { .error = "only TLS 1.0", .too_old = TRUE, .certificate = &certificate },
      FALSE,
      "tls-old/error" },
    { { .ca_problem = "no file" }, FALSE, "ca-file-unusable/error" },
    { { .error = "bad", .certificate = &certificate, .faults = OH_SEEN_CERTIFICATE_UNKNOWN_CA },
      FALSE,
      "certificate-untrusted/error" },
    { { .error = "bad",
        .certificate = &certificate,
        .faults = OH_SEEN_CERTIFICATE_NAME | OH_SEEN_CERTIFICATE_EXPIRED },
      FALSE,
      "certificate-name/error;certificate-expired/error" },
    { { .error = "bad",
        .certificate = &certificate,
        .faults = OH_SEEN_CERTIFICATE_NOT_YET,
        .others = TRUE },
      FALSE,
      "certificate-not-yet-valid/warning" },
    { { .error = "bad", .certificate = &certificate, .faults = OH_SEEN_CERTIFICATE_REVOKED },
      FALSE,
      "certificate-revoked/error" },
    { { .error = "bad", .certificate = &certificate, .faults = OH_SEEN_CERTIFICATE_WEAK },
      FALSE,
      "certificate-weak/error" },
    { { .error = "bad", .certificate = &certificate, .faults = OH_SEEN_CERTIFICATE_OTHER },
      FALSE,
      "certificate-weak/error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      OhSeenTls seen = cases[i].seen;
      g_autofree char *found = NULL;

      seen.server = "fe1.b.test:5061";
      seen.name = "fe1.b.test";
      seen.authority = "this computer";
      seen.now_s = NOW_S;
      g_assert_cmpint (oh_judge_tls (&seen, findings), ==, cases[i].good);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
      for (guint j = 0; j < findings->len; j++)
        {
          const OhFinding *finding = g_ptr_array_index (findings, j);

          g_assert_true (finding->severity < OH_FINDING_WARNING || finding->remedy[0] != '\0');
        }
    }
}

/* From 30 days on; on the day itself not yet. */
static void
test_ends_soon (void)
{
  static const struct
  {
    gint64 left_s;
    const char *found;
  } cases[] = {
    { OH_DOCTOR_CERTIFICATE_WARN_S, "tls-established/ok;certificate-good/ok" },
    { OH_DOCTOR_CERTIFICATE_WARN_S - 1,
      "tls-established/ok;certificate-good/ok;certificate-ends-soon/warning" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      OhSeenCertificate ending = certificate;
      const OhSeenTls seen = { .server = "fe1:5061",
                               .name = "fe1",
                               .version = "TLS 1.2",
                               .authority = "us",
                               .certificate = &ending,
                               .now_s = NOW_S };
      g_autofree char *found = NULL;

      ending.until_s = NOW_S + cases[i].left_s;
      oh_judge_tls (&seen, findings);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_no_address (void)
{
  g_autoptr (GPtrArray) findings = new_list ();
  g_autofree char *found = NULL;

  oh_judge_no_address ("b.test", "", findings);
  oh_judge_no_address ("b.test", "fe1.b.test", findings);
  found = summary (findings);
  g_assert_cmpstr (found, ==, "dns-failed/error;dns-failed/error");
  g_assert_nonnull (strstr (((OhFinding *) findings->pdata[1])->title, "fe1.b.test"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-server/settings", test_settings);
  g_test_add_func ("/judge-server/lookup", test_lookup);
  g_test_add_func ("/judge-server/no-address", test_no_address);
  g_test_add_func ("/judge-server/address", test_address);
  g_test_add_func ("/judge-server/tls", test_tls);
  g_test_add_func ("/judge-server/ends-soon", test_ends_soon);
  return g_test_run ();
}
