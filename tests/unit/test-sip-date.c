/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-date.h"

static void
test_table (void)
{
  static const struct
  {
    const char *text;
    gint64 unix_s; /* -1: refused */
  } cases[] = {
    { "Thu, 01 Apr 2010 19:31:41 GMT", 1270150301 },
    { " Thu, 1 Apr 2010 19:31:41 GMT ", 1270150301 },
    { "thu, 01 apr 2010 19:31:41 gmt", 1270150301 },
    { "Sat, 31 Jan 2026 09:00:00 GMT", 1769850000 },
    { "Wed, 31 Feb 2010 19:31:41 GMT", -1 },
    { "Thu, 01 Apr 2010 24:31:41 GMT", -1 },
    { "Thu, 01 Apr 2010 19:60:41 GMT", -1 },
    { "Thu, 01 Apr 2010 19:31:60 GMT", -1 },
    { "Thu, 01 Apr 20100 19:31:41 GMT", -1 },
    { "Thu, 01 Apr 0 19:31:41 GMT", -1 },
    { "Thu, 01 Xxx 2010 19:31:41 GMT", -1 },
    { "Thu, 01 Apr 2010 19:31:41 CET", -1 },
    { "Thu, 01 Apr 2010 19:31:41", -1 },
    { "Thu 01 Apr 2010 19:31:41 GMT", -1 },
    { "Thu, 01 Apr 2010 19:31 GMT", -1 },
    { "1270150301", -1 },
    { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 unix_s = -1;

      g_assert_cmpint (oh_sip_date_parse (oh_slice_str (cases[i].text), &unix_s), ==,
                       cases[i].unix_s != -1);
      g_assert_cmpint (unix_s, ==, cases[i].unix_s);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-date/table", test_table);
  return g_test_run ();
}
