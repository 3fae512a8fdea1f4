/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "auth-token.h"

#include <string.h>

#include "ntlm-example.h"

static char *
describe (const char *base64, OhAuthToken *out)
{
  gsize len;
  g_autofree guchar *data = g_base64_decode (base64, &len);

  return oh_auth_token_describe (data, len, out);
}

static void
test_ntlm (void)
{
  OhAuthToken token;
  g_autofree char *challenge = describe (EXAMPLE_CHALLENGE_BASE64, &token);
  g_autofree char *answer = NULL;

  g_assert_cmpint (token.kind, ==, OH_AUTH_TOKEN_CHALLENGE);
  g_assert_cmphex (token.flags, ==, 0xE29882F3);
  g_assert_cmpstr (
    challenge, ==,
    "NTLM CHALLENGE, domain FABRIKAM, computer FE02, DNS domain corp.fabrikam.test, DNS computer "
    "fe02.corp.fabrikam.test, DNS forest fabrikam.test, version 5.2.3790, flags 0xE29882F3 "
    "(UNICODE OEM SIGN SEAL DATAGRAM LM_KEY NTLM ALWAYS_SIGN EXTENDED_SESSIONSECURITY IDENTIFY "
    "TARGET_INFO VERSION 128 KEY_EXCH 56), 128 bit keys");

  answer = describe (EXAMPLE_AUTHENTICATE_BASE64, &token);
  g_assert_cmpint (token.kind, ==, OH_AUTH_TOKEN_AUTHENTICATE);
  g_assert_cmphex (token.flags, ==, EXAMPLE_FLAGS);
  g_assert_cmpuint (token.nt_length, ==, 0xcc);
  g_assert_cmpstr (answer, ==,
                   "NTLM AUTHENTICATE, NTLMv2, domain FABRIKAM, user anna.berg, workstation "
                   "DESK-0417, version 5.1.2600, flags 0x62988255 (UNICODE REQUEST_TARGET SIGN "
                   "DATAGRAM NTLM ALWAYS_SIGN EXTENDED_SESSIONSECURITY IDENTIFY TARGET_INFO "
                   "VERSION 128 KEY_EXCH), 128 bit keys, session key sent");
}

/* No piece of a challenge, response or key is ever in it, however the token is cut. */
static void
test_no_secrets (void)
{
  gsize len;
  g_autofree guchar *data = g_base64_decode (EXAMPLE_AUTHENTICATE_BASE64, &len);

  for (gsize n = 0; n <= len; n++)
    {
      g_autofree char *text = oh_auth_token_describe (data, n, NULL);
      g_autofree char *lower = g_ascii_strdown (text, -1);

      g_assert_null (strstr (lower, "bf214aa9")); /* LM */
      g_assert_null (strstr (lower, "60f10847")); /* NT */
      g_assert_null (strstr (lower, "9c4186c6")); /* key */
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

/* RFC 2743 and RFC 4120, a ticket reduced to what is looked at. */
static void
test_kerberos (void)
{
  static const struct
  {
    const char *octets;
    gsize len;
    const char *text;
    OhAuthTokenKind kind;
  } cases[] = {
#define KRB5 "\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02\x01\x00"
#define TICKET "\x61\x0e\x30\x0c\xa0\x01\x05\xa3\x07\x30\x05\xa0\x03\x02\x01\x12"
#define CASE(octets, text, kind) { (octets), sizeof (octets) - 1, (text), (kind) }
    CASE ("\x60\x27" KRB5 "\x6e\x18\x30\x16\xa0\x00\xa3\x12" TICKET,
          "Kerberos ticket, AES256-CTS-HMAC-SHA1-96 (18)", OH_AUTH_TOKEN_KERBEROS),
    CASE ("\x60\x0d" KRB5, "Kerberos ticket", OH_AUTH_TOKEN_KERBEROS),
    CASE ("\x60\x08\x06\x06\x2b\x06\x01\x05\x05\x02", "SPNEGO token", OH_AUTH_TOKEN_KERBEROS),
    CASE ("\x60\x82\x01", "token of 3 octets", OH_AUTH_TOKEN_KERBEROS),
    CASE ("\x16\x03\x01\x00\x05", "TLS handshake", OH_AUTH_TOKEN_TLS),
    CASE ("NTLMSSP\0\1\0\0\0", "NTLM message of type 1", OH_AUTH_TOKEN_NEGOTIATE),
    CASE ("NTLMSSP\0\2\0\0\0", "NTLM CHALLENGE, cut off", OH_AUTH_TOKEN_CHALLENGE),
    CASE ("", "token of 0 octets", OH_AUTH_TOKEN_OTHER),
#undef CASE
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhAuthToken token;
      g_autofree char *text =
        oh_auth_token_describe ((const guint8 *) cases[i].octets, cases[i].len, &token);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (token.kind, ==, cases[i].kind);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth-token/ntlm", test_ntlm);
  g_test_add_func ("/auth-token/no-secrets", test_no_secrets);
  g_test_add_func ("/auth-token/kerberos", test_kerberos);
  return g_test_run ();
}
