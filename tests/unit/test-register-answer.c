/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "register-answer.h"

#include <string.h>

#include "error.h"

#define EPID "9f27c46e10ab"

static OhSipMessage *
parse (const char *start, const char *headers, const char *body)
{
  g_autofree char *text = g_strdup_printf ("%s\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                           start, headers, strlen (body), body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  OhSipMessage *message = oh_sip_message_parse (bytes, NULL);

  g_assert_nonnull (message);
  return message;
}

static void
test_expires (void)
{
  static const struct
  {
    const char *headers;
    guint expires_s;
  } cases[] = {
    { "Expires: 7200\r\nContact: <sip:x>\r\n", 7200 },
    { "Expires: 7200\r\n", 7200 },
    { "Expires: 0\r\nContact: <sip:x>\r\n", 0 },
    { "", 0 },
    { "Contact: <sip:x>\r\n", OH_REGISTER_EXPIRES_DEFAULT_S },
    { "Expires: abc\r\nContact: <sip:x>\r\n", OH_REGISTER_EXPIRES_DEFAULT_S },
    { "Expires: 1\r\nContact: <sip:x>\r\n", OH_REGISTER_EXPIRES_MIN_S },
    { "Expires: 86400\r\n", OH_REGISTER_EXPIRES_MAX_S },
    { "Expires: 86401\r\n", OH_REGISTER_EXPIRES_MAX_S },
    { "Expires: 4294967295\r\n", OH_REGISTER_EXPIRES_MAX_S },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) ok = parse ("SIP/2.0 200 OK", cases[i].headers, "");
      g_autoptr (OhRegisterGrant) grant = oh_register_grant_read (ok, EPID);

      g_assert_cmpuint (grant->expires_s, ==, cases[i].expires_s);
    }
}

static void
test_features (void)
{
  static const struct
  {
    const char *keep_alive;
    guint seconds;
  } cases[] = {
    { "UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300", 240 },
    { "uas;HOP-HOP=YES;Timeout=300", 240 },
    { "UAS;hop-hop=no;timeout=300", 0 },
    { "UAS;timeout=300", 0 },
    { "UAS;hop-hop=yes", 0 },
    { "UAS;hop-hop=yes;timeout=3600", 2880 },
    { "UAS;hop-hop=yes;timeout=3601", 2880 }, /* more often than asked does no harm */
    { "UAS;hop-hop=yes;timeout=4294967295", 2880 },
    { "UAS;hop-hop=yes;timeout=4294967296", 0 },
    { "UAS;hop-hop=yes;timeout=5", 4 },
    { "UAS;hop-hop=yes;timeout=1", 1 },
    { "UAS;hop-hop=yes;timeout=0", 0 },
    { "UAS;hop-hop=yes;timeout=x", 0 },
    { "UAS", 0 },
  };
  g_autoptr (OhSipMessage) plain = parse ("SIP/2.0 200 OK", "", "");
  g_autoptr (OhSipMessage) rich =
    parse ("SIP/2.0 200 OK",
           "Supported: adhoclist, msrtc-event-categories\r\nSupported: ms-x\r\n"
           "Allow-Events: presence , a\r\nAllow-Events: b\r\n"
           "ms-user-logon-data: RemoteUser\r\n",
           "");
  g_autoptr (OhRegisterGrant) a = oh_register_grant_read (plain, EPID);
  g_autoptr (OhRegisterGrant) b = oh_register_grant_read (rich, EPID);

  g_assert_cmpuint (a->keep_alive_s, ==, 0);
  g_assert_false (a->is_remote);
  g_assert_null (a->supported[0]);
  g_assert_null (a->allow_events);
  g_assert_cmpstr (b->allow_events, ==, "presence,a,b");
  g_assert_true (b->is_remote);
  g_assert_cmpuint (g_strv_length (b->supported), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header = g_strdup_printf ("ms-keep-alive: %s\r\n", cases[i].keep_alive);
      g_autoptr (OhSipMessage) ok = parse ("SIP/2.0 200 OK", header, "");
      g_autoptr (OhRegisterGrant) grant = oh_register_grant_read (ok, EPID);

      g_assert_cmpuint (grant->keep_alive_s, ==, cases[i].seconds);
    }
}

static void
test_redirects (void)
{
  static const struct
  {
    const char *headers, *targets;
  } cases[] = {
    { "Contact: <sip:fe2.fabrikam.test:5061;transport=TLS>\r\n", "fe2.fabrikam.test:5061 " },
    { "Contact: <sips:fe2.fabrikam.test>\r\n", "fe2.fabrikam.test:0 " },
    { "Contact: sip:fe2.fabrikam.test;transport=tls;q=0.3\r\n",
      "fe2.fabrikam.test:0/plain " }, /* the header's parameters */
    { "Contact: <sip:fe2.fabrikam.test:5060;transport=tcp>\r\n", "fe2.fabrikam.test:5060/plain " },
    { "Contact: <sip:fe2.fabrikam.test>\r\n", "fe2.fabrikam.test:0/plain " },
    { "Contact: <sip:a:1;transport=tls>;q=0.2, <sip:b:2;transport=tls>;q=0.25\r\n"
      "Contact: <sip:c:3;transport=tls>, <sip:[2001:db8::1]:4;transport=tls>;q=0.2\r\n",
      "c:3 b:2 a:1 2001:db8::1:4 " },
    { "Contact: <tel:+4930>\r\n", "" },
    { "Contact: *\r\n", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) moved = parse ("SIP/2.0 301 Moved", cases[i].headers, "");
      g_autoptr (GPtrArray) list = oh_register_redirects (moved);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint n = 0; n < list->len; n++)
        {
          const OhRegisterTarget *target = g_ptr_array_index (list, n);

          g_string_append_printf (text, "%s:%u%s ", target->host, target->port,
                                  target->tls ? "" : "/plain");
        }
      g_assert_cmpstr (text->str, ==, cases[i].targets);
    }
}

static void
test_redirect_limit (void)
{
  g_autoptr (GString) headers = g_string_new (NULL);
  g_autoptr (OhSipMessage) moved = NULL;
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < OH_REGISTER_REDIRECTS_MAX + 1; i++)
    g_string_append_printf (headers, "Contact: <sips:fe%u.fabrikam.test>\r\n", i);
  moved = parse ("SIP/2.0 301 Moved", headers->str, "");
  list = oh_register_redirects (moved);
  g_assert_cmpuint (list->len, ==, OH_REGISTER_REDIRECTS_MAX);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *start, *headers;
    int code;
    gint retry_s;
    const char *message;
  } cases[] = {
    { "SIP/2.0 403 Forbidden",
      "ms-diagnostics-public: 4003;reason=\"From URI not enabled for remote access\"\r\n",
      OH_ERROR_SIGN_IN, OH_REGISTER_NEVER,
      "sip:a@b may not sign in from outside the company (403, 4003: From URI not enabled for "
      "remote access)." },
    { "SIP/2.0 403 Forbidden", "ms-diagnostics: 4004;source=\"fe\";reason=\"not authorised\"\r\n",
      OH_ERROR_SIGN_IN, OH_REGISTER_NEVER,
      "This login may not use the address sip:a@b (403, 4004: not authorised)." },
    { "SIP/2.0 403 Forbidden", "ms-diagnostics: 17000;reason=\"busy\"\r\nRetry-After: 5\r\n",
      OH_ERROR_UNREACHABLE, 5, "The server fe1 is overloaded (403, 17000: busy)." },
    { "SIP/2.0 403 Forbidden", "ms-diagnostics: 17002;reason=\"old\"\r\n", OH_ERROR_UNSUPPORTED,
      OH_REGISTER_NEVER, "The server fe1 does not admit this program (403, 17002: old)." },
    { "SIP/2.0 403 Forbidden", "Retry-After: 5\r\n", OH_ERROR_SIGN_IN, OH_REGISTER_NEVER,
      "sip:a@b may not sign in (403 Forbidden)." },
    { "SIP/2.0 404 Not Found", "", OH_ERROR_SIGN_IN, OH_REGISTER_NEVER,
      "sip:a@b is unknown or not enabled for sign-in (404 Not Found)." },
    { "SIP/2.0 404 Not Found", "ms-diagnostics: 4006;reason=\"r\"\r\n", OH_ERROR_UNREACHABLE, 600,
      "sip:a@b is being moved to another server (404, 4006: r)." },
    { "SIP/2.0 405 No", "", OH_ERROR_UNSUPPORTED, OH_REGISTER_NEVER,
      "The server fe1 is not one that people sign in to (405 No)." },
    { "SIP/2.0 420 Bad Extension", "", OH_ERROR_PROTOCOL, OH_REGISTER_NEVER,
      "The server fe1 does not understand the sign-in (420 Bad Extension)." },
    { "SIP/2.0 480 Away", "", OH_ERROR_UNREACHABLE, 60,
      "The server fe1 is not available now (480 Away)." },
    { "SIP/2.0 500 Error", "ms-diagnostics: 4000.1; reason=\"x\"\r\n", OH_ERROR_UNREACHABLE, 60,
      "The server fe1 is out of order (500, 4000: x)." },
    { "SIP/2.0 503 Busy", "Retry-After: 120\r\n", OH_ERROR_UNREACHABLE, 120,
      "The server fe1 is out of order (503 Busy)." },
    { "SIP/2.0 503 Busy", "Retry-After: 999999\r\n", OH_ERROR_UNREACHABLE, OH_REGISTER_RETRY_MAX_S,
      "The server fe1 is out of order (503 Busy)." },
    { "SIP/2.0 503 Busy", "Retry-After: 300 (in a while);duration=60\r\n", OH_ERROR_UNREACHABLE,
      300, "The server fe1 is out of order (503 Busy)." },
    { "SIP/2.0 503 Busy", "Retry-After: Sat, 31 Jan 2026 09:10:00 GMT\r\n", OH_ERROR_UNREACHABLE,
      60, "The server fe1 is out of order (503 Busy)." },
    { "SIP/2.0 503 Busy", "Retry-After: 99999999999999999999\r\n", OH_ERROR_UNREACHABLE, 60,
      "The server fe1 is out of order (503 Busy)." },
    { "SIP/2.0 408 Timeout", "Retry-After: 30\r\n", OH_ERROR_UNREACHABLE, 30,
      "The server fe1 takes too long (408 Timeout)." },
    { "SIP/2.0 408 Timeout", "Retry-After: 3601\r\n", OH_ERROR_UNREACHABLE, OH_REGISTER_RETRY_MAX_S,
      "The server fe1 takes too long (408 Timeout)." },
    { "SIP/2.0 503 Busy", "Retry-After: 0\r\n", OH_ERROR_UNREACHABLE, 60,
      "The server fe1 is out of order (503 Busy)." },
    { "SIP/2.0 504 Timeout", "ms-diagnostics: 1010;reason=\"r\"\r\n", OH_ERROR_FAILED,
      OH_REGISTER_NEVER, "The server fe1 does not trust the next server (504, 1010: r)." },
    { "SIP/2.0 504 Timeout", "ms-diagnostics: 1008;reason=\"r\"\r\n", OH_ERROR_UNREACHABLE, 300,
      "The server fe1 cannot find the domain (504, 1008: r)." },
    { "SIP/2.0 408 Timeout", "", OH_ERROR_UNREACHABLE, OH_REGISTER_BACK_OFF,
      "The server fe1 takes too long (408 Timeout)." },
    { "SIP/2.0 603 Decline", "ms-diagnostics: garbage\r\n", OH_ERROR_SIGN_IN, OH_REGISTER_NEVER,
      "sip:a@b may not sign in (603 Decline)." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) refused = parse (cases[i].start, cases[i].headers, "");
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (oh_register_refusal (refused, "fe1", "sip:a@b", &error), ==,
                       cases[i].retry_s);
      g_assert_error (error, OH_ERROR, cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/register-answer/expires", test_expires);
  g_test_add_func ("/register-answer/features", test_features);
  g_test_add_func ("/register-answer/redirects", test_redirects);
  g_test_add_func ("/register-answer/redirect-limit", test_redirect_limit);
  g_test_add_func ("/register-answer/refusals", test_refusals);
  return g_test_run ();
}
