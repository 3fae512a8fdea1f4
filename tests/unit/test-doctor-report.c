/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor-report.h"

#include <string.h>

/* With names masked, and with names told: secrets go in both. */
static void
test_mask (void)
{
  static const struct
  {
    const char *text, *masked, *named;
  } cases[] = {
    { "sip:alice@fabrikam.test signs in", "sip:…@fabrikam.test signs in",
      "sip:alice@fabrikam.test signs in" },
    { "Login: FABRIKAM\\alice.", "Login: FABRIKAM\\…", "Login: FABRIKAM\\alice." },
    { "for alice@FABRIKAM.TEST, until", "for …@FABRIKAM.TEST, until",
      "for alice@FABRIKAM.TEST, until" },
    { "tickets in FILE:/home/alice/cc", "tickets in FILE:/home/…/cc",
      "tickets in FILE:/home/alice/cc" },
    { "alice is not malice", "… is not malice", "alice is not malice" },
    { "called +49 30 12345678 and 12345678.", "called … and ….",
      "called +49 30 12345678 and 12345678." },
    { "called 12345678 today", "called … today", "called 12345678 today" },
    { "at 192.0.2.10:5061 until 2026-11-21 15:47 UTC",
      "at 192.0.2.10:5061 until 2026-11-21 15:47 UTC",
      "at 192.0.2.10:5061 until 2026-11-21 15:47 UTC" },
    { "SHA-256: 00:11:22:33:44:55:66:77", "SHA-256: 00:11:22:33:44:55:66:77",
      "SHA-256: 00:11:22:33:44:55:66:77" },
    { "gssapi-data=\"TlRMTVNTUAADAAAAGAAYAHAA\", realm=\"R\"", "gssapi-data=…, realm=\"R\"",
      "gssapi-data=…, realm=\"R\"" },
    { "token TlRMTVNTUAADAAAAGAAYAHAAAAAA end", "token … end", "token … end" },
    { "http://192.0.2.9:4711/s/0123456789abcdef0123456789abcdef/x", "http://192.0.2.9:4711/s/…/x",
      "http://192.0.2.9:4711/s/…/x" },
    { "password: Passw0rd!", "password: …", "password: …" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = oh_doctor_mask (cases[i].text, "alice", FALSE);
      g_autofree char *named = oh_doctor_mask (cases[i].text, "alice", TRUE);

      g_assert_cmpstr (masked, ==, cases[i].masked);
      g_assert_cmpstr (named, ==, cases[i].named);
    }
}

/* What somebody else wrote may be anything. */
static void
test_hostile (void)
{
  g_autofree char *lots = g_strnfill (OH_DOCTOR_TEXT_MAX + 1, '@');
  g_autofree char *masked = oh_doctor_mask (lots, "a.*(", FALSE);
  g_autofree char *invalid = oh_doctor_mask ("\xff\xfe alice", "alice", FALSE);

  g_assert_cmpuint (strlen (masked), <=, OH_DOCTOR_TEXT_MAX);
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
  g_assert_null (strstr (invalid, "alice"));
}

static GPtrArray *
some_findings (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);

  g_ptr_array_add (list, oh_finding_new (OH_FINDING_OK, "settings-read",
                                         "Settings: sip:alice@b.test signs in", "Login: B\\alice",
                                         NULL, 0));
  g_ptr_array_add (list,
                   oh_finding_new (OH_FINDING_WARNING, "tcp-failed", "TCP: no", NULL, "Look.", 0));
  g_ptr_array_add (
    list, oh_finding_new (OH_FINDING_ERROR, "server-unreachable", "TCP: none", "Why", "Do.", 0));
  return list;
}

static void
test_report (void)
{
  g_autoptr (GPtrArray) findings = some_findings ();
  const OhDoctorReport about = { "1.0", "Debian 12", "2026-01-31", "alice", FALSE };
  g_autofree char *report = oh_doctor_report (&about, findings);

  g_assert_cmpstr (report, ==,
                   "Offhook 1.0, Debian 12, 2026-01-31\n"
                   "1 error, 1 warning\n\n"
                   "ok       [settings-read] Settings: sip:…@b.test signs in\n"
                   "         Login: B\\…\n"
                   "warning  [tcp-failed] TCP: no\n"
                   "         → Look.\n"
                   "error    [server-unreachable] TCP: none\n"
                   "         Why\n"
                   "         → Do.\n");
}

static void
test_summary (void)
{
  g_autoptr (GPtrArray) findings = some_findings ();
  g_autofree char *both = oh_doctor_summary (findings);
  g_autofree char *one = NULL, *none = NULL;

  g_assert_cmpstr (both, ==, "1 error, 1 warning");
  g_ptr_array_set_size (findings, 2);
  one = oh_doctor_summary (findings);
  g_assert_cmpstr (one, ==, "1 warning");
  g_ptr_array_set_size (findings, 1);
  none = oh_doctor_summary (findings);
  g_assert_cmpstr (none, ==, "Nothing stands in the way");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctor-report/mask", test_mask);
  g_test_add_func ("/doctor-report/hostile", test_hostile);
  g_test_add_func ("/doctor-report/report", test_report);
  g_test_add_func ("/doctor-report/summary", test_summary);
  return g_test_run ();
}
