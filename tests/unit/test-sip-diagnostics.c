/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-diagnostics.h"

#include <string.h>

static void
test_value (void)
{
  static const struct
  {
    const char *value;
    gboolean ok;
    guint id;
    guint32 hresult;
    const char *reason;
    const char *source;
  } cases[] = {
    { "1000;reason=\"Final handshake failed\";source=\"fe1.fabrikam.test\";"
      "HRESULT=\"0xC3E93EE4(SIP_E_AUTH_NTLMMISMATCH)\"",
      TRUE, 1000, 0xC3E93EE4, "Final handshake failed", "fe1.fabrikam.test" },
    { " 4004.1 ; source = \"fe1\" ; reason = \"a;b\" ", TRUE, 4004, 0, "a;b", "fe1" },
    { "HRESULT=1;reason=\"x\"", FALSE, 0, 0, "", "" },
    { "0", TRUE, 0, 0, "", "" },
    { "12006;reason=Trying", TRUE, 12006, 0, "Trying", "" },
    { "999999;x", TRUE, 999999, 0, "", "" },
    { "1000000;x", FALSE, 0, 0, "", "" },
    { "1;HRESULT=\"0x1C3E93EE4\"", TRUE, 1, 0, "", "" },
    { "1;HRESULT=\"0x\"", TRUE, 1, 0, "", "" },
    { "", FALSE, 0, 0, "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSipDiagnostics out = { 0 };

      g_assert_cmpint (oh_sip_diagnostics_parse (oh_slice_str (cases[i].value), &out), ==,
                       cases[i].ok);
      g_assert_cmpuint (out.id, ==, cases[i].id);
      g_assert_cmpuint (out.hresult, ==, cases[i].hresult);
      g_assert_true (oh_slice_equal (out.reason, cases[i].reason));
      g_assert_true (oh_slice_equal (out.source, cases[i].source));
    }
}

/* Which of a message's headers is read. */
static void
test_message (void)
{
  static const struct
  {
    const char *headers;
    gboolean ok;
    guint id;
  } cases[] = {
    { "", FALSE, 0 },
    { "ms-diagnostics: 4004;reason=\"x\"\r\n", TRUE, 4004 },
    { "ms-diagnostics-public: 1013\r\n", TRUE, 1013 },
    { "ms-diagnostics-public: 1013\r\nms-diagnostics: 4004\r\n", TRUE, 4004 },
    { "ms-diagnostics: none\r\nms-diagnostics-public: 1013\r\n", TRUE, 1013 },
    { "ms-client-diagnostics: 52000\r\n", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "SIP/2.0 403 Forbidden\r\nVia: SIP/2.0/TLS h\r\nFrom: <sip:a@b>;tag=1\r\nTo: "
        "<sip:a@b>;tag=2\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n%sContent-Length: 0\r\n\r\n",
        cases[i].headers);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);
      OhSipDiagnostics out = { 0 };

      g_assert_nonnull (message);
      g_assert_cmpint (oh_sip_diagnostics_of (message, &out), ==, cases[i].ok);
      g_assert_cmpuint (out.id, ==, cases[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-diagnostics/value", test_value);
  g_test_add_func ("/sip-diagnostics/message", test_message);
  return g_test_run ();
}
