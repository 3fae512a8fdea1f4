/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-number.h"

static void
test_read (void)
{
  static const struct
  {
    const char *text, *number;
  } cases[] = {
    { "tel:+442079460123", "+442079460123" },
    { "TEL:+44-20-7946-0123", "+442079460123" },
    { "tel:+442079460123;ext=123", "+442079460123;ext=123" },
    { "tel:+442079460123;EXT=123;isub=1", "+442079460123;ext=123" },
    { "tel:123;phone-context=+44207946", "123" },
    { "tel:123;phone-context=dialstring;partition=P1", "123" },
    { "sip:+442079460123@fabrikam.test;user=phone", "+442079460123" },
    { "sip:+442079460123@fabrikam.test", "+442079460123" },
    { "sip:4711@fabrikam.test;user=phone", "4711" },
    { "sip:4711@fabrikam.test", NULL }, /* a person whose name is digits */
    { "sip:bob@fabrikam.test;user=phone", NULL },
    { "sip:4711", NULL },
    { "(020) 7946 0123 x123", "02079460123;ext=123" },
    { "(020) 7946 0123 ext. 123", "02079460123;ext=123" },
    { "(020) 7946 0123 Ext 123", "02079460123;ext=123" },
    { "(020) 7946 0123 #123", "02079460123;ext=123" },
    { "7777777#.1", "7777777;ext=1" },
    { "7777777#", "7777777#" },
    { "+49 (0)30 398330", "+4930398330" },
    { "(0)30 398330", "030398330" },
    { "030 / 39 83 30", "030398330" },
    { "+49.30.398330", "+4930398330" },
    { "+49\xc2\xa0"
      "30\xe2\x80\x91"
      "398330",
      "+4930398330" }, /* no-break blank and hyphen */
    { "\xe2\x80\xaa+4930398330\xe2\x80\xac",
      "+4930398330" }, /* direction marks of a copied number */
    { "07700 900456v:1", "07700900456" },
    { "*21*0301234#", "*21*0301234#" },
    { "12", "12" },
    { "  12  ", "12" },
    { "x12", NULL },
    { "+", NULL },
    { "*#", NULL },
    { "", NULL },
    { NULL, NULL },
    { "call me", NULL },
    { "12 or 13", NULL },
    { "1+2", NULL },
    { "12;ext=x", NULL },
    { "12\xff", NULL },
    { "12\n13", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = oh_contact_number_read (cases[i].text);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (number, ==, cases[i].number);
    }
}

static void
test_limit (void)
{
  g_autofree char *at = g_strnfill (OH_CONTACT_NUMBER_MAX, '1');
  g_autofree char *beyond = g_strnfill (OH_CONTACT_NUMBER_MAX + 1, '1');
  g_autofree char *blanks = g_strnfill (4 * OH_CONTACT_NUMBER_MAX, '-');
  g_autofree char *far_beyond = g_strnfill (100000, '1');
  g_autofree char *read_at = oh_contact_number_read (at);
  g_autofree char *read_blanks = NULL;

  g_assert_cmpstr (read_at, ==, at);
  g_assert_null (oh_contact_number_read (beyond));
  g_assert_null (oh_contact_number_read (far_beyond));
  blanks[0] = '7';
  read_blanks = oh_contact_number_read (blanks);
  g_assert_cmpstr (read_blanks, ==, "7");
}

static void
test_match (void)
{
  static const struct
  {
    const char *a, *b;
    OhNumberMatch match;
  } cases[] = {
    { "+442079460123", "+442079460123", OH_NUMBER_SAME },
    { "+442079460123", "442079460123", OH_NUMBER_SAME },
    { "12", "12", OH_NUMBER_SAME },
    { "12", "13", OH_NUMBER_DIFFERENT },
    { "12", "4912", OH_NUMBER_DIFFERENT },
    { "+4930398330", "030398330", OH_NUMBER_SIMILAR },
    { "+4930398330", "004930398330", OH_NUMBER_SIMILAR },
    { "0030398330", "030398330", OH_NUMBER_SIMILAR },   /* with the digit for an outside line */
    { "+4930398330", "0030398330", OH_NUMBER_SIMILAR }, /* the same, and as long as the other */
    { "432079460123", "+442079460123", OH_NUMBER_DIFFERENT },
    { "0303983300", "3983300", OH_NUMBER_SIMILAR }, /* seven digits are enough */
    { "030398330", "398330", OH_NUMBER_DIFFERENT }, /* six are not */
    { "+4930398330", "+4940398330", OH_NUMBER_DIFFERENT },
    { "+4930398330", "+49030398330", OH_NUMBER_DIFFERENT }, /* two complete numbers */
    { "030398330", "040398330", OH_NUMBER_DIFFERENT },
    { "+4930398330", "040398330", OH_NUMBER_DIFFERENT },
    { "+15555123456789", "0123456789", OH_NUMBER_SIMILAR }, /* the last nine decide */
    { "+15555123456789", "0923456789", OH_NUMBER_DIFFERENT },
    { "+442079460123;ext=1", "+442079460123;ext=1", OH_NUMBER_SAME },
    { "+442079460123;ext=1", "+442079460123;ext=2", OH_NUMBER_DIFFERENT },
    { "+442079460123;ext=1", "+442079460123", OH_NUMBER_SAME },
    { "+442079460123;ext=1", "02079460123;ext=1", OH_NUMBER_SIMILAR },
    { "0000000", "00000000", OH_NUMBER_DIFFERENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key_a = oh_contact_number_key (cases[i].a);
      g_autofree char *key_b = oh_contact_number_key (cases[i].b);

      g_test_message ("%s %s", cases[i].a, cases[i].b);
      g_assert_cmpint (oh_contact_number_match (cases[i].a, cases[i].b), ==, cases[i].match);
      g_assert_cmpint (oh_contact_number_match (cases[i].b, cases[i].a), ==, cases[i].match);
      if (cases[i].match != OH_NUMBER_DIFFERENT)
        g_assert_cmpstr (key_a, ==, key_b);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-number/read", test_read);
  g_test_add_func ("/contact-number/limit", test_limit);
  g_test_add_func ("/contact-number/match", test_match);
  return g_test_run ();
}
