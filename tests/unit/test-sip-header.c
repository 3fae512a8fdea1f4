/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-header.h"

#define assert_slice(slice, text)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *oh_copy = oh_slice_dup (slice);                                               \
    g_assert_cmpstr (oh_copy, ==, text);                                                           \
  }                                                                                                \
  G_STMT_END

static void
test_name_addr (void)
{
  /* clang-format off */
  static const struct { const char *value, *display, *uri, *params, *tag; } cases[] = {
    { "sip:anna.berg@fabrikam.test;tag=aa;epid=1", "", "sip:anna.berg@fabrikam.test", ";tag=aa;epid=1", "aa" },
    { "SIP:Piotr.Lang@fabrikam.test;tag=bb", "", "SIP:Piotr.Lang@fabrikam.test", ";tag=bb", "bb" },
    { "\"Berg; Anna <x>\" <sip:anna.berg@fabrikam.test;user=phone>;epid=1;tag=aa", "Berg; Anna <x>",
      "sip:anna.berg@fabrikam.test;user=phone", ";epid=1;tag=aa", "aa" },
    { "<sip:+442079460123;phone-context=x@fabrikam.test;user=phone>", "",
      "sip:+442079460123;phone-context=x@fabrikam.test;user=phone", "", "" },
    { "\"Anna Berg\"<sip:a@b>;tag=1", "Anna Berg", "sip:a@b", ";tag=1", "1" },
    { "Anna Berg <sip:a@b> ; TAG = x ; epid=9", "Anna Berg", "sip:a@b", "; TAG = x ; epid=9", "x" },
    { "\"a \\\" <sip:evil@x>\" <sip:a@b>", "a \\\" <sip:evil@x>", "sip:a@b", "", "" },
    { "<sip:a@b>;tag=\"q\"", "", "sip:a@b", ";tag=\"q\"", "q" },
    { "<sip:a@b;tag=no>;x=\"tag=no;tag=no\";tag=yes", "", "sip:a@b;tag=no", ";x=\"tag=no;tag=no\";tag=yes", "yes" },
    { "sip:a@b;+sip.instance=\"<urn:uuid:1>\"", "", "sip:a@b", ";+sip.instance=\"<urn:uuid:1>\"", "" },
    { "tel:+44 ;x", "", "tel:+44", ";x", "" },
    { "<sip:a@b>;epid=1;tag=", "", "sip:a@b", ";epid=1;tag=", "" },
  };
  static const char *const broken[] = {
    "", " ", "\"Anna\" sip:a@b", "\"Anna <sip:a@b>", "<sip:a@b", "<>", "<sip:a@b>x", ";tag=1",
    "\"A\"", "<sip:a@b><sip:c@d>", "Anna \"x <sip:a@b>", "sip:a@b c",
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSipNameAddr addr;

      g_test_message ("%s", cases[i].value);
      g_assert_true (oh_sip_name_addr_parse (oh_slice_str (cases[i].value), &addr));
      assert_slice (addr.display, cases[i].display);
      assert_slice (addr.uri, cases[i].uri);
      assert_slice (addr.params, cases[i].params);
      assert_slice (oh_sip_header_tag (oh_slice_str (cases[i].value)), cases[i].tag);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      OhSipNameAddr addr = { OH_SLICE_INIT ("x"), { 0 }, { 0 } };

      g_test_message ("%s", broken[i]);
      g_assert_false (oh_sip_name_addr_parse (oh_slice_str (broken[i]), &addr));
      assert_slice (addr.display, "x");
      assert_slice (oh_sip_header_tag (oh_slice_str (broken[i])), "");
    }
}

static void
test_list (void)
{
  /* clang-format off */
  static const struct { const char *value; const char *items[5]; } cases[] = {
    { "a, b,c", { "a", "b", "c" } },
    { " , ,a,, ", { "a" } },
    { "", { NULL } },
    { "\"x, y\"<sip:a@b>,<tel:+1;ext=5>", { "\"x, y\"<sip:a@b>", "<tel:+1;ext=5>" } },
    { "<sip:a,b@c;x=\">,<sip:d@e>", { "<sip:a,b@c;x=\">", "<sip:d@e>" } },
    { "\"a\\\",b\" <sip:x>, c", { "\"a\\\",b\" <sip:x>", "c" } },
    { "a, \"never, closed", { "a", "\"never, closed" } },
    { "<sip:a,b", { "<sip:a,b" } },
    { "<sip:a;lr>;x=\"1,2\" , <sip:b;lr>", { "<sip:a;lr>;x=\"1,2\"", "<sip:b;lr>" } },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSlice cursor = oh_slice_str (cases[i].value);
      OhSlice item;

      g_test_message ("%s", cases[i].value);
      for (guint n = 0; cases[i].items[n] != NULL; n++)
        {
          g_assert_true (oh_sip_list_next (&cursor, &item));
          assert_slice (item, cases[i].items[n]);
        }
      g_assert_false (oh_sip_list_next (&cursor, &item));
    }
}

static void
test_params (void)
{
  const char *text = " ; a=1; B ;;c = \"x;y=\\\"z\" ;d=[::1]:5;e=<f>";
  static const char *const expected[][2] = {
    { "a", "1" }, { "B", "" }, { "c", "x;y=\\\"z" }, { "d", "[::1]:5" }, { "e", "<f>" },
  };
  OhSlice cursor = oh_slice_str (text);
  OhSlice name, value = OH_SLICE_INIT ("untouched");

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (oh_sip_params_next (&cursor, &name, &value));
      assert_slice (name, expected[i][0]);
      assert_slice (value, expected[i][1]);
    }
  g_assert_false (oh_sip_params_next (&cursor, &name, &value));

  value = oh_slice_str ("untouched");
  g_assert_false (oh_sip_params_get (oh_slice_str (text), "z", &value));
  assert_slice (value, "untouched");
  g_assert_true (oh_sip_params_get (oh_slice_str (text), "b", NULL));
  g_assert_false (oh_sip_params_get (oh_slice_str (";=x;a=1"), "a", NULL));
  g_assert_false (oh_sip_params_get (oh_slice_str ("a=1"), "a", NULL));
  {
    g_autofree char *copy = oh_sip_params_dup (oh_slice_str (text), "C");
    g_autofree char *none = oh_sip_params_dup (oh_slice_str (text), "z");

    g_assert_cmpstr (copy, ==, "x;y=\\\"z");
    g_assert_cmpstr (none, ==, NULL);
  }
}

static void
test_via (void)
{
  /* clang-format off */
  static const struct { const char *value, *transport, *host; guint port; const char *branch; } cases[] = {
    { "SIP/2.0/TLS 10.20.30.40:50611;branch=z9hG4bK5e0b", "TLS", "10.20.30.40", 50611, "z9hG4bK5e0b" },
    { "sip / 2.0 / tcp  fe02.test ; branch = z9 ;received=::1", "tcp", "fe02.test", 0, "z9" },
    { "SIP/2.0/TLS [2001:db8::1]:5061;branch=x", "TLS", "2001:db8::1", 5061, "x" },
    { "SIP/2.0/UDP host : 5060", "UDP", "host", 5060, "" },
  };
  static const char *const broken[] = {
    "", "SIP/2.0 host", "SIP/2.0/TLS", "SIP/2.0/TLS ", "SIP/1.0/TLS h", "SIP/2.0/TLS h:99999",
    "SIP/2.0/TLS [::1", "SIP/2.0/TLS h x", "SIP/2.0/TLShost", "HTTP/2.0/TLS h", "SIP/2.0/TLS h:",
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSlice branch = { 0 };
      OhSipVia via;

      g_test_message ("%s", cases[i].value);
      g_assert_true (oh_sip_via_parse (oh_slice_str (cases[i].value), &via));
      assert_slice (via.transport, cases[i].transport);
      assert_slice (via.host, cases[i].host);
      g_assert_cmpuint (via.port, ==, cases[i].port);
      oh_sip_params_get (via.params, "branch", &branch);
      assert_slice (branch, cases[i].branch);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      OhSipVia via;

      g_test_message ("%s", broken[i]);
      g_assert_false (oh_sip_via_parse (oh_slice_str (broken[i]), &via));
    }
}

static void
test_cseq (void)
{
  static const char *const broken[] = { "",           "1",     "REGISTER",     "1 ",
                                        "x REGISTER", "1 A B", "2147483648 A", "-1 A",
                                        "1REGISTER",  "+1 A" };
  OhSipCSeq cseq;

  g_assert_true (oh_sip_cseq_parse (oh_slice_str ("007 \t Notify"), &cseq));
  g_assert_cmpuint (cseq.number, ==, 7);
  assert_slice (cseq.digits, "007");
  assert_slice (cseq.method, "Notify");
  g_assert_true (oh_sip_cseq_parse (oh_slice_str ("2147483647 A"), &cseq));
  g_assert_cmpuint (cseq.number, ==, G_MAXINT32);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_test_message ("%s", broken[i]);
      g_assert_false (oh_sip_cseq_parse (oh_slice_str (broken[i]), &cseq));
    }
}

static void
test_full_name (void)
{
  static const char *const cases[][2] = {
    { "f", "From" },
    { "T", "To" },
    { "i", "Call-ID" },
    { "v", "Via" },
    { "M", "Contact" },
    { "l", "Content-Length" },
    { "c", "Content-Type" },
    { "k", "Supported" },
    { "o", "Event" },
    { "s", "Subject" },
    { "e", "Content-Encoding" },
    { "r", "Refer-To" },
    { "b", "Referred-By" },
    { "x", "Session-Expires" },
    { "u", "Allow-Events" },
    { "z", "z" },
    { "From", "From" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_slice (oh_sip_header_full_name (oh_slice_str (cases[i][0])), cases[i][1]);
}

static void
test_quote (void)
{
  static const char *const cases[][2] = {
    { "Anna \"B\" \\", "\"Anna \\\"B\\\" \\\\\"" },
    { "a\r\nVia: x", "\"a  Via: x\"" },
    { NULL, "\"\"" },
    { "Grüße", "\"Grüße\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quoted = oh_sip_quote (cases[i][0]);

      g_assert_cmpstr (quoted, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-header/name-addr", test_name_addr);
  g_test_add_func ("/sip-header/list", test_list);
  g_test_add_func ("/sip-header/params", test_params);
  g_test_add_func ("/sip-header/via", test_via);
  g_test_add_func ("/sip-header/cseq", test_cseq);
  g_test_add_func ("/sip-header/full-name", test_full_name);
  g_test_add_func ("/sip-header/quote", test_quote);
  return g_test_run ();
}
