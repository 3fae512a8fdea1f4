/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-mend.h"

#include <string.h>

static OhSipMessage *
mend (const char *text)
{
  OhTraceReader reader;
  OhTraceRecord record;
  gboolean is_http;

  oh_trace_reader_init (&reader, oh_slice_str (text));
  g_assert_true (oh_trace_reader_next (&reader, &record));
  return oh_trace_mend (&record, &is_http);
}

/* Each of these is the same message to the reader. */
static void
test_same (void)
{
  static const char *const texts[] = {
    "REGISTER sip:fabrikam.test SIP/2.0\nVia: SIP/2.0/TLS 192.0.2.7;branch=z9hG4bK1\n"
    "Authorization: NTLM realm=\"SIP Communications Service\", gssapi-data=\"TlRMTVNT\"\n"
    "Content-Type: text/plain\nContent-Length: 4\n\nbody\n",
    /* our own, with an escaped line in the body cut off by its length */
    "-- 2026-11-21T15:04:05.123456Z c1 out fe1:5061 [pass]\n"
    "REGISTER sip:fabrikam.test SIP/2.0\nVia: SIP/2.0/TLS 192.0.2.7;branch=z9hG4bK1\n"
    "Authorization: NTLM realm=\"SIP Communications\n Service\", gssapi-data=\"TlRMTVNT\"\n"
    "Content-Type: text/plain\nContent-Length: 4\n\nbody\n--\n",
    /* a front end's log */
    "TL_INFO(TF_PROTOCOL) [0]x$$begin_record\nTrace-Correlation-Id: 7\nDirection: incoming\n"
    "Start-Line: REGISTER sip:fabrikam.test SIP/2.0\nVia: SIP/2.0/TLS 192.0.2.7;branch=z9hG4bK1\n"
    "Authorization: NTLM realm=\"SIP Communications Service\", gssapi-data=\"TlRMTVNT\"\n"
    "Content-Type: text/plain\nContent-Length: 4\nMessage-Body: body\n$$end_record\n",
    /* a mail: quoted, wrapped in the token and between words, typographic quotes */
    "> REGISTER sip:fabrikam.test\n> SIP/2.0\n> Via: SIP/2.0/TLS\n> 192.0.2.7;branch=z9hG4bK1\n"
    "> Authorization: NTLM realm=\xe2\x80\x9cSIP\n> Communications Service\xe2\x80\x9d,\n"
    "> gssapi-data=\xe2\x80\x9cTlRM\n> TVNT\xe2\x80\x9d\n> Content-Type: text/plain\n"
    "> Content-Length: 4\n>\n> body\n",
    /* a front end's log, mailed: quoted, wrapped, typographic quotes */
    "> TL_INFO(TF_PROTOCOL) [0]x\n> (SIPStack,x)$$begin_record\n> Direction: incoming\n"
    "> Start-Line: REGISTER sip:fabrikam.test SIP/2.0\n> Via: SIP/2.0/TLS\n"
    "> 192.0.2.7;branch=z9hG4bK1\n> Authorization: NTLM realm=\xe2\x80\x9cSIP Communications\n"
    "> Service\xe2\x80\x9d, gssapi-data=\"TlRM\n> TVNT\"\n> Content-Type: text/plain\n"
    "> Content-Length: 4\n> Message-Body: body\n> $$end_record\n",
    /* a web page: entities, an empty line after each */
    "REGISTER sip:fabrikam.test SIP/2.0\n\nVia:&nbsp;SIP/2.0/TLS 192.0.2.7;branch=z9hG4bK1\n\n"
    "Authorization: NTLM realm=&quot;SIP Communications Service&quot;, "
    "gssapi-data=&quot;TlRMTVNT&quot;<br>\n\nContent-Type: text/plain\n\nContent-Length: 4\n\nbody",
    /* all in one line, but for the body */
    "REGISTER sip:fabrikam.test SIP/2.0 Via: SIP/2.0/TLS 192.0.2.7;branch=z9hG4bK1 "
    "Authorization: NTLM realm=\"SIP Communications Service\", gssapi-data=\"TlRMTVNT\" "
    "Content-Type: text/plain Content-Length: 4\n\nbody",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (OhSipMessage) message = mend (texts[i]);
      gsize len;
      const char *body;

      g_test_message ("%s", texts[i]);
      g_assert_nonnull (message);
      g_assert_cmpstr (oh_sip_message_method (message), ==, "REGISTER");
      g_assert_cmpstr (oh_sip_message_request_uri (message), ==, "sip:fabrikam.test");
      g_assert_cmpstr (oh_sip_message_get (message, "Via"), ==,
                       "SIP/2.0/TLS 192.0.2.7;branch=z9hG4bK1");
      g_assert_cmpstr (oh_sip_message_get (message, "Authorization"), ==,
                       "NTLM realm=\"SIP Communications Service\", gssapi-data=\"TlRMTVNT\"");
      body = g_bytes_get_data (oh_sip_message_body (message), &len);
      g_assert_cmpmem (body, len, "body", 4);
    }
}

static void
test_details (void)
{
  g_autoptr (OhSipMessage) wrapped =
    mend ("INVITE sip:a@b SIP/2.0\nTo: \"Anna: the one\"\n<sip:a@b>;tag=1\nsip:x\n\nprose\n");
  g_autoptr (OhSipMessage) compact = mend ("SIP/2.0 200 OK\ni: 7@x\nl: 9\n\nregards,\nAnna\n");
  g_autoptr (OhSipMessage) none = mend ("TL_INFO(x) y$$begin_record\nStart-Line: x\n$$end_record");

  g_assert_cmpstr (oh_sip_message_get (wrapped, "To"), ==,
                   "\"Anna: the one\" <sip:a@b>;tag=1 sip:x");
  g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (wrapped)), ==, 0);
  g_assert_cmpstr (oh_sip_message_get (compact, "Call-ID"), ==, "7@x");
  g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (compact)), ==, 9);
  g_assert_null (none);
}

static void
test_http (void)
{
  static const char *const texts[] = {
    "HTTP/1.1 401 Unauthorized\nX-MS-diagnostics: 28020;reason=\"x\"\n\n",
    "GET /autodiscover/autodiscoverservice.svc/root/user HTTP/1.1\nHost: x\n\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (OhSipMessage) message = NULL;
      OhTraceReader reader;
      OhTraceRecord record;
      gboolean is_http;

      oh_trace_reader_init (&reader, oh_slice_str (texts[i]));
      g_assert_true (oh_trace_reader_next (&reader, &record));
      message = oh_trace_mend (&record, &is_http);
      g_assert_nonnull (message);
      g_assert_true (is_http);
      g_assert_cmpint (oh_sip_message_is_request (message), ==, i == 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-mend/same", test_same);
  g_test_add_func ("/trace-mend/details", test_details);
  g_test_add_func ("/trace-mend/http", test_http);
  return g_test_run ();
}
