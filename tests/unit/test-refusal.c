/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "refusal.h"

#include <string.h>

#define HOST "fe1.fabrikam.test"
#define FINAL "1000;reason=\"Final handshake failed\";source=\"fe1\";HRESULT="

static OhSipMessage *
challenge (const char *header, const char *value)
{
  static const char head[] =
    "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/TLS 10.0.0.1:5;branch=z9hG4bK1\r\n"
    "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: c\r\n"
    "CSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (head, strlen (head));
  OhSipMessage *message = oh_sip_message_parse (bytes, NULL);

  if (header != NULL)
    oh_sip_message_add (message, header, value);
  return message;
}

static void
test_reasons (void)
{
  static const struct
  {
    OhAuthScheme scheme;
    const char *header, *value;
    gint64 ahead_s;
    OhSchemeFailure failure;
  } cases[] = {
    { OH_AUTH_SCHEME_NTLM, NULL, NULL, 0, OH_SCHEME_FAILURE_PASSWORD },
    { OH_AUTH_SCHEME_KERBEROS, NULL, NULL, 0, OH_SCHEME_FAILURE_TICKET_REFUSED },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC3E93EC3(SIP_E_AUTH_UNAUTHORIZED)\"", 0,
      OH_SCHEME_FAILURE_PASSWORD },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC3E93EE4(SIP_E_AUTH_NTLMMISMATCH)\"", 0,
      OH_SCHEME_FAILURE_KEY_STRENGTH },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xc3e93ee4\"", 0,
      OH_SCHEME_FAILURE_KEY_STRENGTH },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics-public", FINAL "\"0x80090302\"", 0,
      OH_SCHEME_FAILURE_KEY_STRENGTH },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC0000418\"", 0,
      OH_SCHEME_FAILURE_FORBIDDEN },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC0000234\"", 0, OH_SCHEME_FAILURE_ACCOUNT },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC0000072\"", 0, OH_SCHEME_FAILURE_ACCOUNT },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC0000193\"", 0, OH_SCHEME_FAILURE_ACCOUNT },
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC0000224\"", 0,
      OH_SCHEME_FAILURE_PASSWORD_EXPIRED },
    { OH_AUTH_SCHEME_KERBEROS, "ms-diagnostics", "1013;reason=\"Significant time skew\"", 0,
      OH_SCHEME_FAILURE_CLOCK },
    { OH_AUTH_SCHEME_KERBEROS, "ms-diagnostics", "10130;reason=\"x\"", 0,
      OH_SCHEME_FAILURE_TICKET_REFUSED },
    { OH_AUTH_SCHEME_KERBEROS, "ms-diagnostics", "", 0, OH_SCHEME_FAILURE_TICKET_REFUSED },
    /* at the limit and one beyond, both ways */
    { OH_AUTH_SCHEME_KERBEROS, NULL, NULL, OH_REFUSAL_SKEW_KERBEROS_S,
      OH_SCHEME_FAILURE_TICKET_REFUSED },
    { OH_AUTH_SCHEME_KERBEROS, NULL, NULL, OH_REFUSAL_SKEW_KERBEROS_S + 1,
      OH_SCHEME_FAILURE_CLOCK },
    { OH_AUTH_SCHEME_KERBEROS, NULL, NULL, -OH_REFUSAL_SKEW_KERBEROS_S - 1,
      OH_SCHEME_FAILURE_CLOCK },
    { OH_AUTH_SCHEME_NTLM, NULL, NULL, -OH_REFUSAL_SKEW_NTLM_S, OH_SCHEME_FAILURE_PASSWORD },
    { OH_AUTH_SCHEME_NTLM, NULL, NULL, -OH_REFUSAL_SKEW_NTLM_S - 1, OH_SCHEME_FAILURE_CLOCK },
    { OH_AUTH_SCHEME_NTLM, NULL, NULL, G_MININT64, OH_SCHEME_FAILURE_CLOCK },
    /* what a server says outweighs what a Date hints at */
    { OH_AUTH_SCHEME_NTLM, "ms-diagnostics", FINAL "\"0xC3E93EE4\"", 9999,
      OH_SCHEME_FAILURE_KEY_STRENGTH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) response = challenge (cases[i].header, cases[i].value);

      g_test_message ("%s", cases[i].value != NULL ? cases[i].value : "-");
      g_assert_cmpint (oh_refusal_of (response, cases[i].scheme, cases[i].ahead_s), ==,
                       cases[i].failure);
    }
}

/* What stands behind 2 KiB of a diagnostics header is not looked at. */
static void
test_limit (void)
{
  for (gsize over = 0; over < 2; over++)
    {
      g_autoptr (GString) value = g_string_new (NULL);
      g_autoptr (OhSipMessage) response = NULL;

      while (value->len < 2048 - strlen ("0xC0000234") + over)
        g_string_append_c (value, 'x');
      g_string_append (value, "0xC0000234");
      response = challenge ("ms-diagnostics", value->str);
      g_assert_cmpint (oh_refusal_of (response, OH_AUTH_SCHEME_NTLM, 0), ==,
                       over ? OH_SCHEME_FAILURE_PASSWORD : OH_SCHEME_FAILURE_ACCOUNT);
    }
}

static void
test_messages (void)
{
  for (OhSchemeFailure failure = 1; failure < OH_N_SCHEME_FAILURES; failure++)
    {
      g_autoptr (GError) error = oh_refusal_error (failure, HOST, -700);

      g_assert_error (error, OH_ERROR, (int) oh_scheme_failure_code (failure));
      g_assert_nonnull (strstr (error->message, HOST));
      if (failure == OH_SCHEME_FAILURE_CLOCK)
        g_assert_nonnull (strstr (error->message, "700"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refusal/reasons", test_reasons);
  g_test_add_func ("/refusal/limit", test_limit);
  g_test_add_func ("/refusal/messages", test_messages);
  return g_test_run ();
}
