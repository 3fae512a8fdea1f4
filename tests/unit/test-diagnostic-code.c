/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-code.h"

#include <string.h>

#define NO_ID OH_DIAGNOSTIC_NO_ID

static void
test_meanings (void)
{
  static const struct
  {
    OhDiagnosticSeen seen;
    const char *code; /* NULL for none */
  } cases[] = {
    { { OH_DIAGNOSTIC_SIGN_IN, 401, 1000, 0xC3E93EE4 }, "ntlm-session-security-mismatch" },
    { { OH_DIAGNOSTIC_SIGN_IN, 401, 1000, 0xC3E93EC3 }, "credentials-rejected" },
    { { OH_DIAGNOSTIC_SIGN_IN, 401, 1000, 0x80090302 }, "ntlm-unsupported-function" },
    { { OH_DIAGNOSTIC_SIGN_IN, 401, 1000, 0 }, "credentials-rejected" },
    { { OH_DIAGNOSTIC_SIGN_IN, 401, NO_ID, 0 }, NULL },
    { { OH_DIAGNOSTIC_SIGN_IN, 403, NO_ID, 0 }, "sign-in-forbidden" },
    { { OH_DIAGNOSTIC_SIGN_IN, 403, 4004, 0 }, "address-not-allowed" },
    { { OH_DIAGNOSTIC_SIGN_IN, 480, 4500, 0 }, "pool-unavailable" },
    { { OH_DIAGNOSTIC_SIGN_IN, 504, 1010, 0x80090322 }, "next-hop-certificate" },
    { { OH_DIAGNOSTIC_SIGN_IN, 404, 4005, 0 }, "user-unknown" },
    { { OH_DIAGNOSTIC_WATCH, 404, 4005, 0 }, "contact-gone" },
    { { OH_DIAGNOSTIC_LISTS, 488, NO_ID, 0 }, "contacts-in-exchange" },
    { { OH_DIAGNOSTIC_CSTA, 488, NO_ID, 0 }, "csta-not-a-gateway" },
    { { OH_DIAGNOSTIC_CSTA, 504, 1008, 0 }, "csta-unavailable" },
    { { OH_DIAGNOSTIC_CALL, 488, 52017, 0 }, "media-encryption-mismatch" },
    { { OH_DIAGNOSTIC_CALL, 404, 14010, 0 }, "number-no-route" },
    { { OH_DIAGNOSTIC_CALL, 0, 51007, 0 }, "media-failed" },
    { { OH_DIAGNOSTIC_OTHER, 404, 60000, 0 }, "diagnostics-unknown" },
    { { OH_DIAGNOSTIC_OTHER, 404, NO_ID, 0 }, NULL },
    { { OH_DIAGNOSTIC_OTHER, 200, NO_ID, 0 }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhDiagnosticCode *row = oh_diagnostic_code_for (&cases[i].seen);

      g_assert_cmpstr (row != NULL ? row->code : NULL, ==, cases[i].code);
    }
}

/* Whatever a server says, the table's word for it is in the table: no line of it names a code that
 * is not there. */
static void
test_complete (void)
{
  for (guint bit = 0; bit < 8; bit++)
    for (guint id = 0; id < 63000; id++)
      {
        const OhDiagnosticSeen seen = { (OhDiagnosticFlow) (1 << bit), 499, id, 0 };

        g_assert_nonnull (oh_diagnostic_code_for (&seen));
      }
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *code;
  } cases[] = {
    { "certificate-untrusted: CN=fe1", "certificate-untrusted" },
    { "  spn-refused\n", "spn-refused" },
    { "Text: Failed to validate user credentials\nResult-Code: 0x80090302 x",
      "ntlm-unsupported-function" },
    { "Text: Failed to validate user credentials\nResult-Code: 0xC3E93EC3",
      "credentials-rejected" },
    { "The connection from a remote user client is refused because remote user access is disabled",
      "remote-access-disabled" },
    { "unreachable: waiting: fe1 does not answer", "server-unreachable" },
    { "NOTIFY request was refused: its signature is wrong.", "server-signature-invalid" },
    { "connection closed", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhDiagnosticCode *row = oh_diagnostic_code_in_text (oh_slice_str (cases[i].text));

      g_assert_cmpstr (row != NULL ? row->code : NULL, ==, cases[i].code);
    }
}

static void
test_table (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const OhDiagnosticCode *row;

  for (guint i = 0; (row = oh_diagnostic_code_nth (i)) != NULL; i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) row->code));
      g_assert_cmpuint (strspn (row->code, "abcdefghijklmnopqrstuvwxyz0123456789-"), ==,
                        strlen (row->code));
      g_assert_cmpstr (row->title, !=, "");
      g_assert_cmpstr (row->cause, !=, "");
      g_assert_false (g_str_has_suffix (row->title, "."));
      g_assert_true (g_str_has_suffix (row->cause, "."));
      g_assert_true (row->remedy[0] == '\0' || g_str_has_suffix (row->remedy, "."));
      if (row->severity == OH_FINDING_ERROR)
        g_assert_cmpstr (row->remedy, !=, "");
      g_assert_true (oh_diagnostic_code_find (row->code) == row);
    }
  g_assert_null (oh_diagnostic_code_find ("no-such-code"));
  g_assert_null (oh_diagnostic_code_find (NULL));
}

/* What administrators have to read in it. */
static void
test_words (void)
{
  const OhDiagnosticCode *row = oh_diagnostic_code_find ("ntlm-session-security-mismatch");

  g_assert_nonnull (strstr (row->remedy, "Minimum session security for NTLM SSP"));
  g_assert_nonnull (strstr (row->remedy, "servers” on the"));
  g_assert_nonnull (strstr (row->remedy, "clients” on the"));
  g_assert_nonnull (strstr (row->remedy, "secpol.msc"));
  row = oh_diagnostic_code_find ("credentials-rejected");
  g_assert_nonnull (strstr (row->cause, "LAN Manager authentication level"));
  g_assert_nonnull (strstr (row->cause, "password"));
  row = oh_diagnostic_code_find ("ntlm-unsupported-function");
  g_assert_nonnull (strstr (row->cause, "SSP"));
  g_assert_nonnull (strstr (row->cause, "128 bit"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnostic-code/meanings", test_meanings);
  g_test_add_func ("/diagnostic-code/complete", test_complete);
  g_test_add_func ("/diagnostic-code/text", test_text);
  g_test_add_func ("/diagnostic-code/table", test_table);
  g_test_add_func ("/diagnostic-code/words", test_words);
  return g_test_run ();
}
