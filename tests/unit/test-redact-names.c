/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-names.h"

#include <string.h>

#include "redact-secrets.h"
#include "redact-xml.h"

/* Both passes, as a reader of the trace sees it. */
static char *
both (const char *text, OhPseudonyms *names)
{
  g_autoptr (GString) kept = oh_redact_secrets (oh_slice_str (text));
  GString *shown = oh_redact_names (oh_slice (kept->str, kept->len), names);

  return g_string_free (shown, FALSE);
}

static void
test_headers (void)
{
  static const struct
  {
    const char *line, *expected;
  } cases[] = {
    { "From: \"Alice Adams\" <sip:alice@fabrikam.test>;tag=1;epid=9f",
      "From: \"person1\" <sip:person1@fabrikam.test>;tag=1;epid=9f" },
    { "f: Alice Adams <sip:ALICE@fabrikam.test>", "f: \"person1\" <sip:person1@fabrikam.test>" },
    { "To: sip:bob@fabrikam.test;tag=2", "To: sip:person1@fabrikam.test;tag=2" },
    { "To: <tel:+49301234567>", "To: <tel:number1>" },
    { "To: <sip:+49301234;ext=5@fabrikam.test;user=phone>",
      "To: <sip:number1@fabrikam.test;user=phone>" },
    { "To: <sip:+49301234;phone-context=x@fabrikam.test>", "To: <sip:number1@fabrikam.test>" },
    { "Contact: <sip:192.0.2.1:5060;transport=tls>;+sip.instance=\"<urn:uuid:1>\"",
      "Contact: <sip:192.0.2.1:5060;transport=tls>;+sip.instance=\"<urn:uuid:1>\"" },
    { "P-Asserted-Identity: \"A, B\" <sip:a@x.test>, <tel:+4912345>",
      "P-Asserted-Identity: \"person1\" <sip:person1@x.test>, <tel:number1>" },
    { "Call-ID: alice@192.0.2.7", "Call-ID: alice@192.0.2.7" },
    { "Record-Route: <sip:fe1.fabrikam.test:5061;transport=tls;lr>",
      "Record-Route: <sip:fe1.fabrikam.test:5061;transport=tls;lr>" },
    { "ms-diagnostics: 4004;reason=\"not alice@fabrikam.test\";source=\"fe1.fabrikam.test\"",
      "ms-diagnostics: 4004;reason=\"not person1@fabrikam.test\";source=\"fe1.fabrikam.test\"" },
    { "Subject: the merger", "Subject: removed" },
    { "X-Boss: Alice Adams", "X-Boss: removed" },
    { "Authorization: Digest username=\"alice\", realm=\"r\", response=\"00\"",
      "Authorization: Digest username=\"person1\", realm=\"r\", response=\"removed\"" },
    { "Authentication-Info: NTLM rspauth=\"01\", srand=\"3C\", snum=\"1\"",
      "Authentication-Info: NTLM rspauth=\"removed\", srand=\"3C\", snum=\"1\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
      g_autofree char *text = g_strdup_printf ("SIP/2.0 200 OK\r\n%s\r\n\r\n", cases[i].line);
      g_autofree char *expected = g_strdup_printf ("SIP/2.0 200 OK\n%s\n\n", cases[i].expected);
      g_autofree char *shown = both (text, names);

      g_assert_cmpstr (shown, ==, expected);
    }
}

/* The same person is the same in every message, every header and every body. */
static void
test_consistent (void)
{
  g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
  g_autofree char *first = both ("SUBSCRIBE sip:bob@fabrikam.test SIP/2.0\r\n"
                                 "From: \"Alice\" <sip:alice@fabrikam.test>\r\n"
                                 "To: <sip:bob@fabrikam.test>\r\n\r\n",
                                 names);
  g_autofree char *second =
    both ("BENOTIFY sip:alice@fabrikam.test SIP/2.0\r\n\r\n"
          "<categories uri=\"sip:bob@fabrikam.test\"><category name=\"contactCard\">"
          "<displayName>Alice</displayName><phone>+49 30 1234</phone><uri>tel:+49301234</uri>"
          "</category></categories>",
          names);

  g_assert_cmpstr (first, ==,
                   "SUBSCRIBE sip:person1@fabrikam.test SIP/2.0\n"
                   "From: \"person2\" <sip:person2@fabrikam.test>\n"
                   "To: <sip:person1@fabrikam.test>\n\n");
  g_assert_cmpstr (second, ==,
                   "BENOTIFY sip:person2@fabrikam.test SIP/2.0\n\n"
                   "<categories uri=\"sip:person1@fabrikam.test\"><category name=\"contactCard\">"
                   "<displayName>person2</displayName><phone>number1</phone><uri>tel:number1</uri>"
                   "</category></categories>");
}

static void
test_bodies (void)
{
  static const struct
  {
    const char *body, *expected;
  } cases[] = {
    { "<state version=\"3\"><availability>6500</availability>"
      "<activity token=\"on-the-phone\" minAvailability=\"6500\"/></state>",
      "<state version=\"3\"><availability>6500</availability>"
      "<activity token=\"on-the-phone\" minAvailability=\"6500\"/></state>" },
    { "<note>with my lawyer</note>", "<note>text1</note>" },
    { "<contact uri=\"bob@x.test\" name=\"Bob Baker\" groups=\"1\"/>",
      "<contact uri=\"person1@x.test\" name=\"person1\" groups=\"text1\"/>" },
    { "<!-- Bob --><a b='Bob' c=\"x\">Bob</a>", "<a b='text1' c=\"text2\">text1</a>" },
    { "<a>\n <b>4711</b>\n</a>\n", "<a>\n <b>number1</b>\n</a>\n" },
    { "<a>cut off in Bo", "<a>text1" },
    { "<a><b c=\"cut off in Bo", "<a><removed>" },
    { "<Bob Baker>", "<Bob>" }, /* who writes people as tags; no attribute without a value */
    { "<a/>Bob <b/>\nBob", "<a/>removed<b/>\nremoved" },
    { "--x\r\nContent-Type: text/xml\r\n\r\n<a>Bob</a>\r\n--x--\r\nBob's",
      "--x\nContent-Type: text/xml\n\n<a>text1</a>\n--x--\nremoved" },
    { "v=0\r\no=alice 1 1 IN IP4 192.0.2.1\r\n", "[33 octets removed]\n" },
    { "Hello Bob", "[9 octets removed]\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
      g_autofree char *text = g_strconcat ("SIP/2.0 200 OK\r\n\r\n", cases[i].body, NULL);
      g_autofree char *expected = g_strconcat ("SIP/2.0 200 OK\n\n", cases[i].expected, NULL);
      g_autofree char *shown = both (text, names);

      g_assert_cmpstr (shown, ==, expected);
    }
}

/* As many attributes as may be, and one beyond: it is left out, with what is in it. */
static void
test_limit (void)
{
  g_autoptr (GString) text = g_string_new ("SIP/2.0 200 OK\r\n\r\n<a");
  g_autoptr (GString) expected = g_string_new ("SIP/2.0 200 OK\n\n<a");
  g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
  g_autofree char *shown = NULL;

  for (guint i = 0; i <= OH_REDACT_ATTRIBUTES_MAX; i++)
    {
      g_string_append_printf (text, " version=\"%u\"", i);
      if (i < OH_REDACT_ATTRIBUTES_MAX)
        g_string_append_printf (expected, " version=\"%u\"", i);
    }
  g_string_append (text, "/>");
  g_string_append (expected, "/>");
  shown = both (text->str, names);
  g_assert_cmpstr (shown, ==, expected->str);
}

static void
test_notes (void)
{
  static const struct
  {
    const char *note, *expected;
  } cases[] = {
    { "phone-request: GET /command.htm?number=%2B49301234&outgoing_uri=alice%40pbx.test",
      "phone-request: GET /command.htm?number=number1&outgoing_uri=person1@pbx.test" },
    { "phone-request: GET /command.htm?key=F_HOLD", "phone-request: GET /command.htm?key=F_HOLD" },
    { "phone-request: GET /command.htm?key_dtmf=1234",
      "phone-request: GET /command.htm?key_dtmf=removed" },
    { "phone-request: GET /dummy.htm?settings=save&action_hold=https://h:1/s/TOKEN/held?c=1",
      "phone-request: GET /dummy.htm?settings=save&action_hold=removed" },
    { "phone-request: GET /dummy.htm?settings=save&admin_mode_password=0000&http_user=root",
      "phone-request: GET /dummy.htm?settings=save&admin_mode_password=removed&http_user=removed" },
    { "phone-event: incoming at desk?c=12&n=1&r=+49301234&l=alice@pbx.test&d=Bob Baker",
      "phone-event: incoming at desk?c=12&n=1&r=number1&l=person1@pbx.test&d=text1" },
    { "credentials-rejected: sip:alice@x.test was refused",
      "credentials-rejected: sip:person1@x.test was refused" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
      g_autoptr (GString) kept = oh_redact_note (oh_slice_str (cases[i].note));
      g_autoptr (GString) shown = oh_redact_note_names (oh_slice (kept->str, kept->len), names);

      g_assert_cmpstr (shown->str, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact-names/headers", test_headers);
  g_test_add_func ("/redact-names/consistent", test_consistent);
  g_test_add_func ("/redact-names/bodies", test_bodies);
  g_test_add_func ("/redact-names/limit", test_limit);
  g_test_add_func ("/redact-names/notes", test_notes);
  return g_test_run ();
}
