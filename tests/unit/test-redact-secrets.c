/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-secrets.h"

#include <string.h>

static void
assert_kept (const char *text, gsize len, const char *expected)
{
  g_autoptr (GString) kept = oh_redact_secrets (oh_slice (text, len));

  g_assert_cmpstr (kept->str, ==, expected);
}

static void
test_head (void)
{
  static const struct
  {
    const char *line, *expected;
  } cases[] = {
    { "Authorization: NTLM qop=\"auth\", opaque=\"7E\", realm=\"SIP\", crand=\"a6\", cnum=\"1\", "
      "response=\"0100\"",
      "Authorization: NTLM qop=\"auth\", opaque=\"removed\", realm=\"SIP\", crand=\"a6\", "
      "cnum=\"1\", response=\"removed\"" },
    { "Proxy-Authorization: Kerberos gssapi-data=\"YIIGeheim\", version=4",
      "Proxy-Authorization: Kerberos gssapi-data=\"removed\", version=4" },
    { "Authorization: NTLM\r\n gssapi-data=\"YII\",\r\n\tresponse=\"01\"",
      "Authorization: NTLM gssapi-data=\"removed\", response=\"removed\"" },
    { "authorization : NTLM response=\"01\"", "authorization : NTLM response=\"removed\"" },
    { "Authorization: NTLM gssapi-data=\"\"", "Authorization: NTLM gssapi-data=\"\"" },
    { "Authorization: Basic YWxpY2U6c2VjcmV0", "Authorization: removed" },
    { "Authorization: Basic YWxpY2U6c2VjcmV=", "Authorization: removed" },
    { "Authorization: NTLM YWxpY2U6c2VjcmV=", "Authorization: NTLM removed" },
    { "Authorization: NTLM YWx/2U6c2VjcmV==", "Authorization: NTLM removed" },
    { "Authorization: NTLM geheim=\"x\"", "Authorization: NTLM removed" },
    { "WWW-Authenticate: NTLM realm=\"a, b\", version=4, Kerberos realm=\"c\"",
      "WWW-Authenticate: NTLM realm=\"a, b\", version=4, Kerberos realm=\"c\"" },
    { "WWW-Authenticate: NTLM realm=\"never closed",
      "WWW-Authenticate: NTLM realm=\"never closed\"" },
    { "Cookie: a=b", "Cookie: removed" },
    { "X-Web-Ticket: abc", "X-Web-Ticket: removed" },
    { "To: <sip:alice:geheim@x.test>", "To: <sip:alice:removed@x.test>" },
    { "To: <sip:x.test:5061>, <sip:a@b>", "To: <sip:x.test:5061>, <sip:a@b>" },
    { "no header at all", "no header at all" },
    { "Server: \x1b[2Jx\xff", "Server: \\x1b[2Jx\\xff" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("SIP/2.0 200 OK\r\n%s\r\n\r\n", cases[i].line);
      g_autofree char *expected = g_strdup_printf ("SIP/2.0 200 OK\n%s\n\n", cases[i].expected);

      assert_kept (text, strlen (text), expected);
    }
}

static void
test_body (void)
{
  static const struct
  {
    const char *body, *expected;
  } cases[] = {
    { "<a>b</a>", "<a>b</a>" },
    { "<mras><userName>u</userName><password>geheim</password><d>1</d></mras>",
      "<mras><userName>u</userName><password>removed</password><d>1</d></mras>" },
    { "<x:Password a='1'>ge<b>he</b>im</x:Password>.", "<x:Password a='1'>removed</Password>." },
    { "<pin>12</pin><password/>x", "<pin>removed</pin><password/>x" },
    { "<secret>a<secret>b</secret>c</secret>d", "<secret>removed</secret>d" },
    { "<secret>never closed", "<secret>removed</secret>" },
    { "<a pwd=\"geheim\" b='>' ns:passwort='x'/>",
      "<a pwd=\"removed\" b='>' ns:passwort=\"removed\"/>" },
    { "<activity token=\"on-the-phone\"/>", "<activity token=\"on-the-phone\"/>" },
    { "m=audio\r\na=crypto:1 X inline:geheim\r\na=ice-pwd:geheim\r\na=x\r\n",
      "m=audio\na=removed\na=removed\na=x\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("SIP/2.0 200 OK\r\n\r\n", cases[i].body, NULL);
      g_autofree char *expected = g_strconcat ("SIP/2.0 200 OK\n\n", cases[i].expected, NULL);

      assert_kept (text, strlen (text), expected);
    }
}

static void
test_octets (void)
{
  static const char nul[] = "A\0B\r\n\r\n";

  assert_kept ("", 0, "");
  assert_kept ("\r\n", 2, "\n");
  assert_kept (nul, sizeof nul - 1, "A\\x00B\n\n");
  assert_kept ("\xc3", 1, "\\xc3\n");
  assert_kept ("\xc3\xa4", 2, "\xc3\xa4\n");
}

/* A message at the limit is kept whole, one octet more is counted. */
static void
test_limit (void)
{
  g_autofree char *text = g_malloc (OH_REDACT_MESSAGE_MAX + 1);
  g_autoptr (GString) whole = NULL;
  g_autoptr (GString) cut = NULL;

  memset (text, 'x', OH_REDACT_MESSAGE_MAX + 1);
  memcpy (text, "A\r\n\r\n", 5);
  whole = oh_redact_secrets (oh_slice (text, OH_REDACT_MESSAGE_MAX));
  g_assert_cmpuint (whole->len, ==, OH_REDACT_MESSAGE_MAX - 2);
  cut = oh_redact_secrets (oh_slice (text, OH_REDACT_MESSAGE_MAX + 1));
  g_assert_true (g_str_has_suffix (cut->str, "x\n[1 octets more]\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact-secrets/head", test_head);
  g_test_add_func ("/redact-secrets/body", test_body);
  g_test_add_func ("/redact-secrets/octets", test_octets);
  g_test_add_func ("/redact-secrets/limit", test_limit);
  return g_test_run ();
}
