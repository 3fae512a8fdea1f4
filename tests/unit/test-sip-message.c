/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-message.h"

#include <string.h>

#include "error.h"

#define REQUEST "NOTIFY sip:a@b;gruu SIP/2.0\r\n"

static OhSipMessage *
try_parse (const char *text, gsize len, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, len); /* exact: one octet too far is caught */

  return oh_sip_message_parse (bytes, error);
}

static OhSipMessage *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  OhSipMessage *message = try_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (message);
  return message;
}

static void
test_request (void)
{
  g_autoptr (OhSipMessage) m =
    parse ("INVITE sip:vivekg@chair.test;unknownparam SIP/2.0\r\n"
           "TO :\r\n sip:vivekg@chair.test ;   tag    = 1918181833n\r\n"
           "from   : \"J Rosenberg \\\\\\\"\"       <sip:jdr@x.test>\r\n"
           "  ;\r\n  tag = 98asjd8\r\n"
           "MaX-fOrWaRdS: 0068\r\n"
           "Call-ID: wsinv.ndaksdj@192.0.2.1\r\n"
           "cseq: 0009\r\n  INVITE\r\n"
           "Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdj\r\n"
           "s :\r\n"
           "NewFangledHeader:   newfangled value\r\n continued newfangled\r\n"
           "v:  SIP  / 2.0  / TCP     spindle.test   ;\r\n"
           "  branch  =   z9hG4bK9ikj8  ,\r\n"
           " SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r\n"
           " z9hG4bK30239\r\n"
           "l: 4\r\n"
           "\r\n"
           "v=0\n");
  g_auto (GStrv) via = oh_sip_message_get_list (m, "via");
  g_autoptr (GError) error = NULL;
  OhSipCSeq cseq;

  g_assert_true (oh_sip_message_is_request (m));
  g_assert_cmpstr (oh_sip_message_method (m), ==, "INVITE");
  g_assert_cmpstr (oh_sip_message_request_uri (m), ==, "sip:vivekg@chair.test;unknownparam");
  g_assert_cmpuint (oh_sip_message_status (m), ==, 0);
  g_assert_cmpstr (oh_sip_message_get (m, "to"), ==,
                   "sip:vivekg@chair.test ;   tag    = 1918181833n");
  g_assert_cmpstr (oh_sip_message_get (m, "From"), ==,
                   "\"J Rosenberg \\\\\\\"\"       <sip:jdr@x.test> ; tag = 98asjd8");
  g_assert_cmpstr (oh_sip_message_get (m, "Subject"), ==, "");
  g_assert_cmpstr (oh_sip_message_get (m, "newfangledheader"), ==,
                   "newfangled value continued newfangled");
  g_assert_cmpuint (g_strv_length (via), ==, 3);
  g_assert_cmpstr (via[2], ==, "SIP  /    2.0   / UDP  192.168.255.111   ; branch= z9hG4bK30239");
  g_assert_true (oh_sip_message_cseq (m, &cseq));
  g_assert_true (oh_slice_equal (cseq.digits, "0009"));
  g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (m)), ==, 4);
  g_assert_true (oh_sip_message_validate (m, &error));
  g_assert_no_error (error);
}

static void
test_response (void)
{
  g_autoptr (OhSipMessage) m = parse ("sip/2.0 200 Grüße, OK\r\n"
                                      "Supported: a;x , B\r\nk: C\r\n"
                                      "Expires: 7200 ;x\r\nRetry-After: 5(soon)\r\n"
                                      "CSeq: 3 Register\r\n"
                                      "c: Application/SDP ; x=y\r\nContent-Length: 0\r\n\r\n");
  guint64 number = 7;

  g_assert_false (oh_sip_message_is_request (m));
  g_assert_cmpuint (oh_sip_message_status (m), ==, 200);
  g_assert_cmpstr (oh_sip_message_reason (m), ==, "Grüße, OK");
  g_assert_cmpstr (oh_sip_message_method (m), ==, "Register");
  g_assert_true (oh_sip_message_is_method (m, "REGISTER"));
  g_assert_null (oh_sip_message_request_uri (m));
  g_assert_true (oh_sip_message_has_token (m, "supported", "A"));
  g_assert_true (oh_sip_message_has_token (m, "supported", "c"));
  g_assert_false (oh_sip_message_has_token (m, "supported", "x"));
  g_assert_true (oh_sip_message_content_is (m, "application/sdp"));
  g_assert_false (oh_sip_message_content_is (m, "application/sd"));
  g_assert_false (oh_sip_message_get_uint (m, "Expires", 7199, &number));
  g_assert_cmpuint (number, ==, 7);
  g_assert_true (oh_sip_message_get_uint (m, "Expires", 7200, &number));
  g_assert_cmpuint (number, ==, 7200);
  g_assert_true (oh_sip_message_get_uint (m, "Retry-After", 60, &number));
  g_assert_cmpuint (number, ==, 5);
}

/* The last table of the worked example: headers that are awkward to sign. */
static void
test_awkward (void)
{
  g_autoptr (OhSipMessage) m =
    parse ("SIP/2.0 200 OK\r\nFROM: <sip:a@fabrikam.test>\r\n  ;tag=aa\r\n"
           "TO: <sip:b@fabrikam.test>\r\nCALL-ID: zz\r\nCSEQ: 3 BYE\r\n\r\n");

  g_assert_cmpstr (oh_sip_message_get (m, "From"), ==, "<sip:a@fabrikam.test> ;tag=aa");
  g_assert_true (oh_slice_equal (oh_sip_header_tag (oh_sip_message_get_slice (m, "From")), "aa"));
  g_assert_true (oh_slice_equal (oh_sip_header_tag (oh_sip_message_get_slice (m, "To")), ""));
  g_assert_cmpstr (oh_sip_message_method (m), ==, "BYE");
}

static void
test_broken (void)
{
  static const char *const cases[] = {
    "",
    "\r\n\r\n",
    "NOTIFY sip:a@b SIP/2.0\r\n",
    "NOTIFY sip:a@b\r\n\r\n",
    "NOTIFY  sip:a@b SIP/2.0\r\n\r\n",
    "NOTIFY sip:a@b  SIP/2.0\r\n\r\n",
    "NOTIFY sip:a@b SIP/2.0 \r\n\r\n",
    "NOTIFY <sip:a@b> SIP/2.0\r\n\r\n",
    "NOTIFY sip:a@b SIP/7.0\r\n\r\n",
    "NO(TIFY sip:a@b SIP/2.0\r\n\r\n",
    " sip:a@b SIP/2.0\r\n\r\n",
    "SIP/2.0 20 OK\r\n\r\n",
    "SIP/2.0 2000 OK\r\n\r\n",
    "SIP/2.0 099 OK\r\n\r\n",
    "SIP/2.0 700 OK\r\n\r\n",
    "SIP/2.0  200 OK\r\n\r\n",
    "SIP/3.0 200 OK\r\n\r\n",
    REQUEST " folded: first\r\n\r\n",
    REQUEST "no colon\r\n\r\n",
    REQUEST ": no name\r\n\r\n",
    REQUEST "two words: x\r\n\r\n",
    REQUEST "a: b\nc: d\r\n\r\n",
    REQUEST "a: b\rc: d\r\n\r\n",
    "NOTIFY sip:a@b SIP/2.0\nX: y\r\n\r\n",
    REQUEST "Content-Length: 1\r\n\r\n",
    REQUEST "Content-Length: 1\r\n\r\nab",
    REQUEST "Content-Length: 2\r\nl: 1\r\n\r\nab",
    REQUEST "l: 1\r\nContent-Length: 2\r\n\r\nab",
    REQUEST "Content-Length: x\r\n\r\n",
    REQUEST "Content-Length:\r\n\r\n",
    REQUEST "\r\nabc",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i]);
      g_assert_null (try_parse (cases[i], strlen (cases[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
  {
    static const char nul[] = REQUEST "X: a\0b\r\n\r\n";
    static const char in_body[] = REQUEST "l: 3\r\n\r\na\0b";
    g_autoptr (OhSipMessage) good = NULL;

    g_assert_null (try_parse (nul, sizeof nul - 1, NULL));
    good = try_parse (in_body, sizeof in_body - 1, NULL);
    g_assert_nonnull (good);
    g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (good)), ==, 3);
  }
}

static GString *
with_fields (gsize n)
{
  GString *text = g_string_new (REQUEST);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "Z: %" G_GSIZE_FORMAT "\r\n folded\r\n", i);
  return g_string_append (text, "\r\n");
}

static GString *
with_start_line (gsize len)
{
  GString *text = g_string_new ("NOTIFY sip:");

  while (text->len < len - strlen (" SIP/2.0"))
    g_string_append_c (text, 'a');
  return g_string_append (text, " SIP/2.0\r\n\r\n");
}

static GString *
with_head (gsize len)
{
  GString *text = g_string_new (REQUEST "X: ");

  while (text->len < len - 4)
    g_string_append_c (text, 'a');
  return g_string_append (text, "\r\n\r\n");
}

static GString *
with_body (gsize len)
{
  GString *text = g_string_new (NULL);
  gsize head;

  g_string_printf (text, REQUEST "l: %" G_GSIZE_FORMAT "\r\n\r\n", len);
  head = text->len;
  g_string_set_size (text, head + len);
  memset (text->str + head, 'b', len);
  return text;
}

static void
assert_limit (GString *(*make) (gsize), gsize limit)
{
  g_autoptr (GString) most = make (limit);
  g_autoptr (GString) over = make (limit + 1);
  g_autoptr (OhSipMessage) good = try_parse (most->str, most->len, NULL);
  g_autoptr (OhSipMessage) bad = try_parse (over->str, over->len, NULL);

  g_assert_nonnull (good);
  g_assert_null (bad);
}

static void
test_limits (void)
{
  g_autoptr (GString) most = with_fields (OH_SIP_FIELDS_MAX);
  g_autoptr (OhSipMessage) good = parse (most->str);

  g_assert_cmpuint (oh_sip_message_n_fields (good), ==, OH_SIP_FIELDS_MAX);
  g_assert_cmpstr (oh_sip_message_get_nth (good, "z", OH_SIP_FIELDS_MAX - 1), ==, "255 folded");
  assert_limit (with_fields, OH_SIP_FIELDS_MAX);
  assert_limit (with_start_line, OH_SIP_START_LINE_MAX);
  assert_limit (with_head, OH_SIP_HEAD_MAX);
  assert_limit (with_body, OH_SIP_BODY_MAX);
}

static void
test_validate (void)
{
#define VIA "Via: SIP/2.0/TLS h;branch=z9hG4bK1\r\n"
#define REST "From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\n"
  static const struct
  {
    const char *text;
    gboolean good;
  } cases[] = {
    { REQUEST VIA REST "CSeq: 1 NOTIFY\r\n\r\n", TRUE },
    { REQUEST VIA REST "CSeq: 1 notify\r\n\r\n", TRUE },
    { "SIP/2.0 200 OK\r\n" REST "CSeq: 1 BYE\r\n" VIA "\r\n", TRUE },
    { REQUEST VIA REST "CSeq: 1 INFO\r\n\r\n", FALSE },
    { REQUEST VIA REST "\r\n", FALSE },
    { REQUEST REST "CSeq: 1 NOTIFY\r\n\r\n", FALSE },
    { REQUEST VIA "CSeq: 1 NOTIFY\r\n\r\n", FALSE },
    { REQUEST VIA REST "CSeq: 1 NOTIFY\r\nCSeq: 1 NOTIFY\r\n\r\n", FALSE },
    { REQUEST VIA REST "CSeq: 1 NOTIFY\r\nf: <sip:x@y>\r\n\r\n", FALSE },
    { REQUEST VIA "From: \"a\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 NOTIFY\r\n\r\n", FALSE },
    { REQUEST VIA "From: <sip:a@b>\r\nTo: <sip:c@d>\r\nCall-ID:\r\nCSeq: 1 NOTIFY\r\n\r\n", FALSE },
    { REQUEST "Via: h\r\n" REST "CSeq: 1 NOTIFY\r\n\r\n", FALSE },
    { REQUEST "Via: ,\r\n" REST "CSeq: 1 NOTIFY\r\n\r\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) m = parse (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (oh_sip_message_validate (m, &error), ==, cases[i].good);
      g_assert_cmpint (error == NULL, ==, cases[i].good);
    }
}

static void
test_fields (void)
{
  g_autoptr (OhSipMessage) m = oh_sip_message_new_request ("SERVICE", "sip:a@b");
  const char *value;

  oh_sip_message_add (m, "Supported", "a");
  oh_sip_message_add (m, "Event", "presence\r\nEvil: header");
  oh_sip_message_add (m, "supported", "b");
  oh_sip_message_prepend (m, "Via", "SIP/2.0/TLS h");
  g_assert_cmpstr (oh_sip_message_field (m, 0, &value), ==, "Via");
  g_assert_cmpstr (value, ==, "SIP/2.0/TLS h");
  g_assert_cmpstr (oh_sip_message_get (m, "event"), ==, "presence  Evil: header");
  g_assert_cmpstr (oh_sip_message_get_nth (m, "SUPPORTED", 1), ==, "b");
  oh_sip_message_set_printf (m, "Supported", "%s-%u", "c", 4u);
  g_assert_cmpstr (oh_sip_message_field (m, 1, &value), ==, "Supported");
  g_assert_cmpstr (value, ==, "c-4");
  g_assert_cmpuint (oh_sip_message_n_fields (m), ==, 3);
  oh_sip_message_set (m, "Expires", "0");
  g_assert_cmpstr (oh_sip_message_field (m, 3, NULL), ==, "Expires");
  oh_sip_message_add (m, "expires", "1");
  g_assert_cmpuint (oh_sip_message_remove (m, "EXPIRES"), ==, 2);
  g_assert_cmpuint (oh_sip_message_remove (m, "Expires"), ==, 0);
  g_assert_null (oh_sip_message_get (m, "Expires"));
  oh_sip_message_set_body_text (m, "text/plain", "hello");
  g_assert_cmpstr (oh_sip_message_get (m, "Content-Type"), ==, "text/plain");
  oh_sip_message_set_body (m, NULL, NULL);
  g_assert_null (oh_sip_message_get (m, "Content-Type"));
  g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (m)), ==, 0);
}

static void
test_new_response (void)
{
  g_autoptr (OhSipMessage) request = parse (
    REQUEST
    "Record-Route: <sip:p;lr>\r\nv: SIP/2.0/TLS h1;branch=1, SIP/2.0/TLS h2\r\nX: y\r\n"
    "f: <sip:a@b>;tag=1\r\nVia: SIP/2.0/TLS h3\r\nt: <sip:c@d>\r\ni: x\r\nCSeq: 1 NOTIFY\r\n\r\n");
  g_autoptr (OhSipMessage) ok = oh_sip_message_new_response (request, 200, NULL);
  g_autoptr (OhSipMessage) refused = oh_sip_message_new_response (request, 488, "No audio\r\nX: y");
  g_autoptr (GBytes) octets = oh_sip_message_serialise (ok);
  g_autofree char *text = g_strndup (g_bytes_get_data (octets, NULL), g_bytes_get_size (octets));

  g_assert_cmpstr (text, ==,
                   "SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS h1;branch=1, SIP/2.0/TLS h2\r\n"
                   "Via: SIP/2.0/TLS h3\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\n"
                   "CSeq: 1 NOTIFY\r\nRecord-Route: <sip:p;lr>\r\nContent-Length: 0\r\n\r\n");
  g_assert_cmpstr (oh_sip_message_method (ok), ==, "NOTIFY");
  g_assert_null (oh_sip_message_get (refused, "Record-Route"));
  g_assert_cmpstr (oh_sip_message_reason (refused), ==, "No audio  X: y");
  g_assert_cmpstr (oh_sip_reason_phrase (481), ==, "Call/Transaction Does Not Exist");
  g_assert_cmpstr (oh_sip_reason_phrase (499), ==, "Bad Request");
}

static void
assert_same (const OhSipMessage *a, const OhSipMessage *b)
{
  guint j = 0;

  g_assert_cmpstr (oh_sip_message_method (a), ==, oh_sip_message_method (b));
  g_assert_cmpstr (oh_sip_message_request_uri (a), ==, oh_sip_message_request_uri (b));
  g_assert_cmpuint (oh_sip_message_status (a), ==, oh_sip_message_status (b));
  g_assert_cmpstr (oh_sip_message_reason (a), ==, oh_sip_message_reason (b));
  g_assert_true (g_bytes_equal (oh_sip_message_body (a), oh_sip_message_body (b)));
  for (guint i = 0; i < oh_sip_message_n_fields (a); i++)
    {
      const char *value_a, *value_b;
      const char *name = oh_sip_message_field (a, i, &value_a);

      if (g_ascii_strcasecmp (name, "Content-Length") == 0)
        continue;
      g_assert_cmpstr (name, ==, oh_sip_message_field (b, j++, &value_b));
      g_assert_cmpstr (value_a, ==, value_b);
    }
  g_assert_cmpuint (j, ==, oh_sip_message_n_fields (b) - 1); /* and Content-Length */
}

/* parse (serialise (m)) == m, for what was received and for what was built. */
static void
test_round_trip (void)
{
  static const char *const texts[] = {
    REQUEST "\r\n",
    REQUEST "f: a\r\n b\r\nFROM: c\r\nX:\r\nl: 2\r\n\r\n\r\n",
    "SIP/2.0 503\r\nCSeq: 1 A\r\nl: 0\r\n\r\n",
    "SIP/2.0 180 \r\nX: \xff\xfe\r\n\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (OhSipMessage) m = parse (texts[i]);
      g_autoptr (OhSipMessage) copy = oh_sip_message_copy (m);
      g_autoptr (GBytes) octets = oh_sip_message_serialise (m);
      g_autoptr (GBytes) copied = oh_sip_message_serialise (copy);
      g_autoptr (OhSipMessage) again = oh_sip_message_parse (octets, NULL);

      g_assert_true (g_bytes_equal (octets, copied));
      g_assert_nonnull (again);
      assert_same (m, again);
    }
}

static char *
random_text (guint max)
{
  guint len = (guint) g_test_rand_int_range (0, (gint32) max);
  char *text = g_malloc0 (len + 1);

  for (guint i = 0; i < len; i++)
    text[i] = (char) g_test_rand_int_range (1, 256);
  return text;
}

/* The same for whatever anybody may put into a message. */
static void
test_round_trip_random (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (OhSipMessage) m = oh_sip_message_new_request ("SERVICE", "sip:a@b");
      g_autofree char *content = random_text (300);
      g_autoptr (GBytes) body = g_bytes_new (content, strlen (content));
      g_autoptr (GBytes) octets = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (OhSipMessage) again = NULL;

      for (gint i = g_test_rand_int_range (0, 20); i > 0; i--)
        {
          g_autofree char *name = g_strdup_printf ("X-%d", g_test_rand_int_range (0, 9));
          g_autofree char *value = random_text (100);

          for (char *p = value; *p != '\0'; p++)
            if (g_ascii_iscntrl (*p))
              *p = '.'; /* they become blanks, and those at the ends are trimmed */
          oh_sip_message_add (m, name, g_strstrip (value));
        }
      oh_sip_message_set_body (m, "text/plain", body);
      octets = oh_sip_message_serialise (m);
      again = oh_sip_message_parse (octets, &error);
      g_assert_no_error (error);
      assert_same (m, again);
    }
}

static void
test_copy_is_apart (void)
{
  g_autoptr (OhSipMessage) m = parse (REQUEST "Z: y\r\n\r\n");
  g_autoptr (OhSipMessage) copy = oh_sip_message_copy (m);
  g_autoptr (OhSipMessage) held = oh_sip_message_ref (m);

  oh_sip_message_set (copy, "Z", "z");
  oh_sip_message_set_request_uri (copy, "sip:q");
  g_assert_cmpstr (oh_sip_message_get (held, "Z"), ==, "y");
  g_assert_cmpstr (oh_sip_message_request_uri (m), ==, "sip:a@b;gruu");
}

/* What RFC 4475 torments parsers with, as far as it can meet us: by its names there. */
static void
test_torture (void)
{
#define TAIL                                                                                       \
  "To: sip:user@example.com\r\nFrom: <sip:caller@example.net>;tag=3\r\nMax-Forwards: 70\r\n"       \
  "Call-ID: x.jfiowef09@192.0.2.1\r\nVia: SIP/2.0/TCP 192.0.2.2;branch=z9hG4bK4\r\n"
#define REGISTER "REGISTER sip:example.com SIP/2.0\r\n" TAIL
  static const struct
  {
    const char *name, *text;
    gboolean parsed, valid;
  } cases[] = {
    { "intmeth",
      "!interesting-Method0123456789_*+`.%indeed'~ "
      "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/"
      ";;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\r\n" TAIL
      "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\r\nextensionHeader-!.%*+_`'~:"
      "\xEF\xBB\xBF\xE5\xA4\xA7\xE5\x81\x9C\xE9\x9B\xBB\r\n\r\n",
      TRUE, TRUE },
    { "noreason", "SIP/2.0 100 \r\n" TAIL "CSeq: 35 INVITE\r\nContent-Length: 0\r\n\r\n", TRUE,
      TRUE },
    { "unreason",
      "SIP/2.0 200 = 2**3 * 5**2 \xD0\xBD\xD0\xBE\xD1\x81\xD1\x82\xD0\xBE\r\n" TAIL
      "CSeq: 35 INVITE\r\n\r\n",
      TRUE, TRUE },
    { "badbranch",
      "OPTIONS sip:user@example.com SIP/2.0\r\nTo: sip:user@example.com\r\n"
      "From: sip:caller@example.org;tag=33242\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK\r\n"
      "Call-ID: b\r\nCSeq: 8 OPTIONS\r\nl: 0\r\n\r\n",
      TRUE, TRUE },
    { "transports",
      REGISTER "Via: SIP/2.0/SCTP s1;branch=z9hG4bK1\r\nVia: SIP/2.0/UNKNOWN s2;branch=x\r\n"
               "CSeq: 60 REGISTER\r\n\r\n",
      TRUE, TRUE },
    { "ncl", REGISTER "CSeq: 8 REGISTER\r\nContent-Length: -999\r\n\r\n", FALSE, FALSE },
    { "clerr", REGISTER "CSeq: 8 REGISTER\r\nContent-Length: 9999\r\n\r\nv=0\r\n", FALSE, FALSE },
    { "scalar02", REGISTER "CSeq: 36893488147419103232 REGISTER\r\n\r\n", TRUE, FALSE },
    { "scalarlg", "SIP/2.0 503 S\r\n" TAIL "CSeq: 9292394834772304023312 OPTIONS\r\n\r\n", TRUE,
      FALSE },
    { "bigcode", "SIP/2.0 4294967301 better not break\r\n" TAIL "CSeq: 1 INVITE\r\n\r\n", FALSE,
      FALSE },
    { "ltgtruri", "REGISTER <sip:user@example.com> SIP/2.0\r\n" TAIL "CSeq: 1 REGISTER\r\n\r\n",
      FALSE, FALSE },
    { "lwsruri", "REGISTER sip:u@example.com; lr SIP/2.0\r\n" TAIL "CSeq: 1 REGISTER\r\n\r\n",
      FALSE, FALSE },
    { "lwsstart", "REGISTER  sip:u@example.com  SIP/2.0\r\n" TAIL "CSeq: 1 REGISTER\r\n\r\n", FALSE,
      FALSE },
    { "trws", "REGISTER sip:u@example.com SIP/2.0  \r\n" TAIL "CSeq: 1 REGISTER\r\n\r\n", FALSE,
      FALSE },
    { "badvers", "REGISTER sip:u@example.com SIP/7.0\r\n" TAIL "CSeq: 1 REGISTER\r\n\r\n", FALSE,
      FALSE },
    { "mismatch01", REGISTER "CSeq: 8 INVITE\r\n\r\n", TRUE, FALSE },
    { "insuf", "INVITE sip:user@example.com SIP/2.0\r\nCSeq: 193942 INVITE\r\n\r\n", TRUE, FALSE },
    { "multi01", REGISTER "CSeq: 5 REGISTER\r\nCSeq: 59 REGISTER\r\n\r\n", TRUE, FALSE },
    { "quotbal",
      "INVITE sip:user@example.com SIP/2.0\r\nTo: \"Mr. J. User <sip:j.user@example.com>\r\n"
      "From: sip:caller@example.net;tag=93334\r\nCall-ID: q\r\nVia: SIP/2.0/TCP c;branch=z9\r\n"
      "CSeq: 0 INVITE\r\n\r\n",
      TRUE, FALSE },
    { "unkscm",
      "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0\r\n" TAIL
      "CSeq: 3923423 OPTIONS\r\n\r\n",
      TRUE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) m = try_parse (cases[i].text, strlen (cases[i].text), NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (m != NULL, ==, cases[i].parsed);
      if (m != NULL)
        g_assert_cmpint (oh_sip_message_validate (m, NULL), ==, cases[i].valid);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-message/request", test_request);
  g_test_add_func ("/sip-message/response", test_response);
  g_test_add_func ("/sip-message/awkward", test_awkward);
  g_test_add_func ("/sip-message/broken", test_broken);
  g_test_add_func ("/sip-message/limits", test_limits);
  g_test_add_func ("/sip-message/validate", test_validate);
  g_test_add_func ("/sip-message/fields", test_fields);
  g_test_add_func ("/sip-message/new-response", test_new_response);
  g_test_add_func ("/sip-message/round-trip", test_round_trip);
  g_test_add_func ("/sip-message/round-trip-random", test_round_trip_random);
  g_test_add_func ("/sip-message/torture", test_torture);
  g_test_add_func ("/sip-message/copy-is-apart", test_copy_is_apart);
  return g_test_run ();
}
