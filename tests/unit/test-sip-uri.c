/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-uri.h"

#include "error.h"

static OhSipUri *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  OhSipUri *uri = oh_sip_uri_parse (oh_slice_str (text), &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_nonnull (uri);
  return uri;
}

static void
test_parts (void)
{
  /* clang-format off */
  static const struct { const char *text; OhSipScheme scheme; const char *user, *host; guint port; } cases[] = {
    { "sip:anna.berg@fabrikam.test", OH_SIP_SCHEME_SIP, "anna.berg", "fabrikam.test", 0 },
    { "SIPS:a@B.test:5061;lr", OH_SIP_SCHEME_SIPS, "a", "B.test", 5061 },
    { "sip:fabrikam.test", OH_SIP_SCHEME_SIP, NULL, "fabrikam.test", 0 },
    { "sip:a:secret@b", OH_SIP_SCHEME_SIP, "a", "b", 0 },
    { "sip:o%27hara%40x@b", OH_SIP_SCHEME_SIP, "o'hara@x", "b", 0 },
    { "sip:a@[2001:db8::1]:5060;transport=tls", OH_SIP_SCHEME_SIP, "a", "2001:db8::1", 5060 },
    { "sip:+442079460123;phone-context=x@fabrikam.test;user=phone", OH_SIP_SCHEME_SIP,
      "+442079460123;phone-context=x", "fabrikam.test", 0 },
    { "sip:a?b@c", OH_SIP_SCHEME_SIP, "a?b", "c", 0 },
    { "sip:b@c?subject=x;y", OH_SIP_SCHEME_SIP, "b", "c", 0 },
    { "tel:+44-20-7946-0123;ext=5", OH_SIP_SCHEME_TEL, "+44-20-7946-0123", "", 0 },
    { "tel:7042;phone-context=example.com", OH_SIP_SCHEME_TEL, "7042", "", 0 },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipUri) uri = parse (cases[i].text);

      g_assert_cmpint (oh_sip_uri_scheme (uri), ==, cases[i].scheme);
      g_assert_cmpstr (oh_sip_uri_user (uri), ==, cases[i].user);
      g_assert_cmpstr (oh_sip_uri_host (uri), ==, cases[i].host);
      g_assert_cmpuint (oh_sip_uri_port (uri), ==, cases[i].port);
    }
}

static void
test_params (void)
{
  g_autoptr (OhSipUri) uri =
    parse ("sip:p.lang@fabrikam.test;opaque=user:epid:a-b_Q==;GRUU;x=%41;ms-fe=fe02.test?h=1");

  g_assert_cmpstr (oh_sip_uri_param (uri, "opaque"), ==, "user:epid:a-b_Q==");
  g_assert_cmpstr (oh_sip_uri_param (uri, "gruu"), ==, "");
  g_assert_cmpstr (oh_sip_uri_param (uri, "X"), ==, "A");
  g_assert_cmpstr (oh_sip_uri_param (uri, "ms-fe"), ==, "fe02.test");
  g_assert_null (oh_sip_uri_param (uri, "lr"));
}

static void
test_broken (void)
{
  static const char *const cases[] = {
    "",           "sip",          "sip:",       "http://x",      "sip:@b",          "sip:a@",
    "sip:a@b@c",  "sip:a b@c",    "sip:a@b:0",  "sip:a@b:65536", "sip:a@b:",        "sip:a@b:5x",
    "sip:a@[::1", "sip:a@[::1]x", "sip:a@b;",   "sip:a@b;=x",    "sip:a@b;x=%",     "sip:a@b;x=%4",
    "sip:a%00@b", "sip:a:%@b",    "sip:a%zz@b", "<sip:a@b>",     "sip:a@b\r\n",     "sip:a@b;x=\"y",
    "tel:",       "tel:call",     "tel:+",      "tel:1+2",       "tel:+1;",         "sip:a@b c",
    "sip:a@b>",   "sip:a@b/c",    "sip:a@\x01", "sip:a@b;;lr",   "mailto:a@b.test", "tel:+49 30 1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i]);
      g_assert_null (oh_sip_uri_parse (oh_slice_str (cases[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("sip:");
  g_autoptr (OhSipUri) longest = NULL;
  g_autoptr (OhSipUri) most = NULL;

  while (text->len < OH_SIP_URI_MAX - 2)
    g_string_append_c (text, 'a');
  g_string_append (text, "@b");
  longest = parse (text->str);
  g_string_append_c (text, 'b');
  g_assert_null (oh_sip_uri_parse (oh_slice_str (text->str), NULL));

  g_string_assign (text, "sip:a@b");
  for (guint i = 0; i < OH_SIP_URI_PARAMS_MAX; i++)
    g_string_append_printf (text, ";p%u", i);
  most = parse (text->str);
  g_string_append (text, ";q");
  g_assert_null (oh_sip_uri_parse (oh_slice_str (text->str), NULL));
}

/* RFC 3261 19.1.4 has most of these as its own examples. */
static void
test_equal (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean equal;
  } cases[] = {
    { "sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", TRUE },
    { "sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", TRUE },
    { "sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5", TRUE },
    { "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
      "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", TRUE },
    { "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
      "sip:alice@atlanta.com?priority=urgent&subject=project%20x", TRUE },
    { "SIP:ALICE@AtLanTa.CoM", "sip:alice@AtLanTa.CoM", FALSE },
    { "sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", FALSE },
    { "sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", FALSE },
    { "sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", FALSE },
    { "sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", FALSE },
    { "sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", FALSE },
    { "sip:a@b", "sips:a@b", FALSE },
    { "sip:a%3Bb@h", "sip:a;b@h", FALSE }, /* a reserved character escaped is another one */
    { "sip:b", "sip:a@b", FALSE },
    { "sip:b;x=;x=1", "sip:b;x=;x=1", TRUE }, /* of two the first counts */
    { "sip:b;x=1;x=2", "sip:b;x=2;x=1", FALSE },
    { "sip:b?h=1&h=2", "sip:b?h=1&h=2", TRUE },
    { "tel:+44-20-7946-0123", "tel:+442079460123", TRUE },
    { "tel:+442079460123;ext=1-2", "TEL:+442079460123;EXT=12", TRUE },
    { "tel:+442079460123;ext=12", "tel:+442079460123", FALSE },
    { "tel:7042;phone-context=a.test", "tel:7042;phone-context=b.test", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipUri) a = parse (cases[i].a);
      g_autoptr (OhSipUri) b = parse (cases[i].b);

      g_assert_cmpint (oh_sip_uri_equal (a, b), ==, cases[i].equal);
      g_assert_cmpint (oh_sip_uri_equal (b, a), ==, cases[i].equal);
      g_assert_true (oh_sip_uri_equal (a, a));
    }
}

static void
test_to_string (void)
{
  static const char *const cases[] = {
    "sip:a@b",          "sips:a:p@b.test:5061;lr;ms-route-sig=aB%20c?x=y", "sip:[2001:db8::1]:5060",
    "tel:+44-20;ext=1", "sip:a%40c@b;opaque=user:epid:q==;gruu",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipUri) uri = parse (cases[i]);
      g_autofree char *text = oh_sip_uri_to_string (uri);

      g_assert_cmpstr (text, ==, cases[i]);
    }
}

static void
test_aor (void)
{
  static const struct
  {
    const char *text, *aor;
  } cases[] = {
    { "SIP:Anna.Berg@Fabrikam.TEST;opaque=user:epid:X;gruu", "sip:anna.berg@fabrikam.test" },
    { "sips:a@b:5061?x=y", "sip:a@b" },
    { "sip:a@[2001:DB8::1]:5061", "sip:a@[2001:db8::1]" },
    { "sip:b.test", NULL },
    { "tel:+49301", NULL },
    { "<sip:a@b>", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *aor = oh_sip_uri_aor (cases[i].text);

      g_assert_cmpstr (aor, ==, cases[i].aor);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-uri/parts", test_parts);
  g_test_add_func ("/sip-uri/params", test_params);
  g_test_add_func ("/sip-uri/broken", test_broken);
  g_test_add_func ("/sip-uri/limits", test_limits);
  g_test_add_func ("/sip-uri/equal", test_equal);
  g_test_add_func ("/sip-uri/to-string", test_to_string);
  g_test_add_func ("/sip-uri/aor", test_aor);
  return g_test_run ();
}
