/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "signature-text.h"

#include <string.h>

#include "error.h"
#include "ntlm-example.h"

#define VIA "Via: SIP/2.0/TLS 10.20.30.40:50611;branch=z9hG4bK5e0b\r\n"
#define AWKWARD "<NTLM><00AB12CD><7><" EXAMPLE_REALM "><" EXAMPLE_TARGET ">"

static char *
text_of (const char *head, const char *salt, const char *number, guint version, GError **error)
{
  g_autofree char *whole = g_strconcat (head, VIA "Content-Length: 0\r\n\r\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);
  const OhSignatureFields fields = { "NTLM", salt, number, EXAMPLE_REALM, EXAMPLE_TARGET, version };

  g_assert_nonnull (message);
  return oh_signature_text (message, &fields, error);
}

#define S1_HEAD                                                                                    \
  "REGISTER sip:fabrikam.test SIP/2.0\r\n"                                                         \
  "From: <sip:anna.berg@fabrikam.test>;tag=60ab51c7d2;epid=9f27c46e10ab\r\n"                       \
  "To: <sip:anna.berg@fabrikam.test>\r\n"                                                          \
  "Call-ID: 5d0e8a41b7c94f3c9d21\r\n"                                                              \
  "CSeq: 3 REGISTER\r\n"
#define S2_HEAD                                                                                    \
  "SIP/2.0 200 OK\r\n"                                                                             \
  "From: \"Anna Berg\"<sip:anna.berg@fabrikam.test>;tag=60ab51c7d2;epid=9f27c46e10ab\r\n"          \
  "To: <sip:anna.berg@fabrikam.test>;tag=D2B07711E95F4C08A1637FCC20B9E543\r\n"                     \
  "Call-ID: 5d0e8a41b7c94f3c9d21\r\n"                                                              \
  "CSeq: 3 REGISTER\r\n"                                                                           \
  "Expires: 7200\r\n"
#define S3_HEAD                                                                                    \
  "SERVICE sip:anna.berg@fabrikam.test SIP/2.0\r\n"                                                \
  "From: <sip:anna.berg@fabrikam.test>;tag=8831f0aa4e\r\n"                                         \
  "To: <sip:anna.berg@fabrikam.test>\r\n"                                                          \
  "Call-ID: 77b1c2f0e6d84b0fa2cc\r\n"                                                              \
  "CSeq: 1 SERVICE\r\n"
#define S4_HEAD                                                                                    \
  "INVITE sip:anna.berg@fabrikam.test SIP/2.0\r\n"                                                 \
  "From: \"Lang, Piotr\"<sip:piotr.lang@fabrikam.test>;tag=1c2b3a4d5e\r\n"                         \
  "To: <sip:anna.berg@fabrikam.test>\r\n"                                                          \
  "Call-ID: b9d3f1e2a0c44d6f8812\r\n"                                                              \
  "CSeq: 1 INVITE\r\n"                                                                             \
  "P-Asserted-Identity: \"Lang, Piotr\"<sip:piotr.lang@fabrikam.test>,"                            \
  "<tel:+442079460123;ext=123>\r\n"

static void
test_example (void)
{
  static const struct
  {
    const char *head, *salt, *number;
    guint version;
    const char *text;
  } cases[] = {
    { S1_HEAD, "a61f09d3", "1", 4, EXAMPLE_S1 },
    { S2_HEAD, "3C91D0E7", "1", 4, EXAMPLE_S2 },
    { S2_HEAD, "3C91D0E7", "1", 3, EXAMPLE_S2 },
    { S2_HEAD, "3C91D0E7", "1", 2, EXAMPLE_S2_VERSION_2 },
    { S3_HEAD, "0b7d42e8", "2", 4, EXAMPLE_S3 },
    { S4_HEAD, "58E2B60F", "9", 4, EXAMPLE_S4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        text_of (cases[i].head, cases[i].salt, cases[i].number, cases[i].version, NULL);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_awkward (void)
{
  static const struct
  {
    const char *head, *text;
  } cases[] = {
    /* no angle brackets: parameters are the header's */
    { "SIP/2.0 200 OK\r\nFrom: sip:anna.berg@fabrikam.test;tag=aa;epid=1\r\n"
      "To: SIP:Piotr.Lang@fabrikam.test;tag=bb\r\nCall-ID: c1@10.1.2.3\r\nCSeq: 12 NOTIFY\r\n",
      AWKWARD "<c1@10.1.2.3><12><NOTIFY><sip:anna.berg@fabrikam.test><aa>"
              "<SIP:Piotr.Lang@fabrikam.test><bb><><><><200>" },
    /* brackets and semicolons inside the display name, tag after epid */
    { "SIP/2.0 200 OK\r\n"
      "From: \"Berg; Anna <x>\" <sip:anna.berg@fabrikam.test;user=phone>;epid=1;tag=aa\r\n"
      "To: <sip:p@fabrikam.test>;tag=bb;epid=9\r\nCall-ID: c1@10.1.2.3\r\nCSeq: 12 NOTIFY\r\n",
      AWKWARD "<c1@10.1.2.3><12><NOTIFY><sip:anna.berg@fabrikam.test;user=phone><aa>"
              "<sip:p@fabrikam.test><bb><><><><200>" },
    { "SIP/2.0 403 Forbidden\r\nFrom: <sip:a@fabrikam.test>;tag=aa\r\n"
      "To: <sip:+442079460123;phone-context=x@fabrikam.test;user=phone>\r\n"
      "P-Asserted-Identity: <tel:+442079460123>\r\nExpires: 0\r\nCall-ID: c1\r\n"
      "CSeq: 1 INVITE\r\n",
      AWKWARD "<c1><1><INVITE><sip:a@fabrikam.test><aa>"
              "<sip:+442079460123;phone-context=x@fabrikam.test;user=phone><>"
              "<><tel:+442079460123><0><403>" },
    /* capitals and folding */
    { "SIP/2.0 200 OK\r\nFROM: <sip:a@fabrikam.test>\r\n  ;tag=aa\r\nTO: <sip:b@fabrikam.test>\r\n"
      "CALL-ID: zz\r\nCSEQ: 3 BYE\r\n",
      AWKWARD "<zz><3><BYE><sip:a@fabrikam.test><aa><sip:b@fabrikam.test><><><><><200>" },
    /* compact names; several blanks in CSeq; the method's case is kept */
    { "SIP/2.0 200 OK\r\nf: <sip:a@fabrikam.test>;TAG=aa\r\nt: <sip:b@fabrikam.test>\r\n"
      "i: zz\r\nCSeq: 3 \t Bye\r\n",
      AWKWARD "<zz><3><Bye><sip:a@fabrikam.test><aa><sip:b@fabrikam.test><><><><><200>" },
    /* two identity lines, upper-case schemes verbatim; the asserted one wins */
    { "NOTIFY sip:x SIP/2.0\r\nFrom: <sip:a@fabrikam.test>;tag=aa\r\n"
      "To: <sip:b@fabrikam.test>;tag=bb\r\nCall-ID: zz\r\nCSeq: 3 NOTIFY\r\n"
      "P-Preferred-Identity: <sip:no@fabrikam.test>\r\n"
      "P-Asserted-Identity: TEL:+49301\r\nP-Asserted-Identity: <SIP:a@Fabrikam.test>\r\n"
      "P-Asserted-Identity: <sip:second@fabrikam.test>\r\n",
      AWKWARD "<zz><3><NOTIFY><sip:a@fabrikam.test><aa><sip:b@fabrikam.test><bb>"
              "<SIP:a@Fabrikam.test><TEL:+49301><>" },
    { "NOTIFY sip:x SIP/2.0\r\nFrom: <sip:a@fabrikam.test>;tag=aa\r\n"
      "To: <sip:b@fabrikam.test>;tag=bb\r\nCall-ID: zz\r\nCSeq: 3 NOTIFY\r\n"
      "P-Preferred-Identity: <sip:yes@fabrikam.test;user=phone>\r\n"
      "Contact: <sip:c>;expires=9\r\n",
      AWKWARD "<zz><3><NOTIFY><sip:a@fabrikam.test><aa><sip:b@fabrikam.test><bb>"
              "<sip:yes@fabrikam.test;user=phone><><>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = text_of (cases[i].head, "00AB12CD", "7", 4, NULL);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_unreadable (void)
{
  static const char *const heads[] = {
    "SIP/2.0 200 OK\r\nTo: <sip:b>\r\nCall-ID: c\r\nCSeq: 1 BYE\r\n",
    "SIP/2.0 200 OK\r\nFrom: <sip:a\r\nTo: <sip:b>\r\nCall-ID: c\r\nCSeq: 1 BYE\r\n",
    "SIP/2.0 200 OK\r\nFrom: <sip:a>\r\nCall-ID: c\r\nCSeq: 1 BYE\r\n",
    "SIP/2.0 200 OK\r\nFrom: <sip:a>\r\nTo: <sip:b>\r\nCSeq: 1 BYE\r\n",
    "SIP/2.0 200 OK\r\nFrom: <sip:a>\r\nTo: <sip:b>\r\nCall-ID: c\r\n",
    "SIP/2.0 200 OK\r\nFrom: <sip:a>\r\nTo: <sip:b>\r\nCall-ID: c\r\nCSeq: x BYE\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (text_of (heads[i], "s", "1", 4, &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature-text/example", test_example);
  g_test_add_func ("/signature-text/awkward", test_awkward);
  g_test_add_func ("/signature-text/unreadable", test_unreadable);
  return g_test_run ();
}
