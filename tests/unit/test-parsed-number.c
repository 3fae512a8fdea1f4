/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "parsed-number.h"

static OhParsedNumber *
parse (const char *text)
{
  g_autoptr (GVariant) dict =
    g_variant_ref_sink (g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL));

  return oh_parsed_number_new (dict);
}

static void
test_whole (void)
{
  g_autoptr (OhParsedNumber) number = parse (
    "{'typed': <'030 398330'>, 'dialled': <'0030398330'>, 'display': <'030 398330'>,"
    " 'kind': <'e164'>, 'rule': <'settings: national prefix'>, 'name': <'Bob'>, 'confirm': <false>,"
    " 'steps': <[('settings: national prefix', '+4930398330'),"
    "            ('settings: outside line', '0030398330')]>}");

  g_assert_cmpstr (number->typed, ==, "030 398330");
  g_assert_cmpstr (number->dialled, ==, "0030398330");
  g_assert_cmpstr (number->rule, ==, "settings: national prefix");
  g_assert_cmpstr (number->way, ==,
                   "settings: national prefix → +4930398330\nsettings: outside line → 0030398330");
  g_assert_cmpstr (number->name, ==, "Bob");
  g_assert_false (number->confirm);
  g_assert_false (number->special);
  g_assert_cmpstr (oh_parsed_number_kind_text (number), ==, "telephone number");
}

/* An agent that says little, of another version or broken: asked, and nothing is NULL. */
static void
test_little (void)
{
  g_autoptr (OhParsedNumber) nothing = parse ("@a{sv} {}");
  g_autoptr (OhParsedNumber) odd = parse ("{'dialled': <12>, 'kind': <'new'>, 'steps': <'x'>}");

  g_assert_true (nothing->confirm);
  g_assert_cmpstr (nothing->dialled, ==, "");
  g_assert_cmpstr (nothing->way, ==, "");
  g_assert_cmpstr (odd->dialled, ==, "");
  g_assert_cmpstr (odd->way, ==, "");
  g_assert_cmpstr (oh_parsed_number_kind_text (odd), ==, "new");
}

static void
test_special (void)
{
  static const char *const special[] = {
    "{'kind': <'premium'>}",
    "{'kind': <'emergency'>}",
    "{'kind': <'service'>}",
    "{'kind': <'e164'>, 'doubt': <'It may be another.'>}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (special); i++)
    {
      g_autoptr (OhParsedNumber) number = parse (special[i]);

      g_assert_true (number->special);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parsed-number/whole", test_whole);
  g_test_add_func ("/parsed-number/little", test_little);
  g_test_add_func ("/parsed-number/special", test_special);
  return g_test_run ();
}
