/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mac-address.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *mac;
  } cases[] = {
    { "000413AABBCC", "000413aabbcc" },
    { "000413aabbcc", "000413aabbcc" },
    { "00:04:13:AA:bb:CC", "000413aabbcc" },
    { "00-04-13-AA-BB-CC", "000413aabbcc" },
    { "0004.13aa.bbcc", "000413aabbcc" },
    { "00:04:13-AA:BB:CC", NULL }, /* one separator, not two */
    { "00:04:13:AA:BB", NULL },
    { "00:04:13:AA:BB:CC:DD", NULL },
    { "000413AABBC", NULL },
    { "000413AABBCCD", NULL },
    { "000413AABBCG", NULL },
    { " 000413AABBCC", NULL },
    { "01005e000001", NULL }, /* a group's */
    { "ffffffffffff", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mac = oh_mac_parse (cases[i].text);

      g_test_message ("%s", cases[i].text != NULL ? cases[i].text : "(null)");
      g_assert_cmpstr (mac, ==, cases[i].mac);
    }
}

static void
test_stands_in (void)
{
  static const struct
  {
    const char *text;
    gboolean has;
  } cases[] = {
    { "/O=snom/CN=000413AABBCC", TRUE },
    { "/CN=00:04:13:AA:BB:CC", TRUE },
    { "snom-000413aabbcc.example.com", TRUE },
    { "phone-000413aabbcc", TRUE }, /* the e in front is no digit of it */
    { "phone-00-04-13-aa-bb-cc.example.com", TRUE },
    { "0004.13aa.bbcc", TRUE },
    { "000413AABBCD", FALSE },
    { "e000413aabbcc", FALSE },
    { "000413aabbcc1", FALSE },
    { "000413aabbccx", FALSE },
    { "00:04:13:aa:bb:cc:dd", FALSE },
    { "11:00:04:13:aa:bb:cc", FALSE },
    { "00:04:13:aa:bb:c", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (oh_mac_stands_in (oh_slice_str (cases[i].text), "000413aabbcc"), ==,
                       cases[i].has);
    }
  g_assert_true (oh_mac_stands_in (oh_slice_str ("CN=00085d112233"), NULL));
  g_assert_false (oh_mac_stands_in (oh_slice_str ("CN=phone"), NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mac-address/parse", test_parse);
  g_test_add_func ("/mac-address/stands-in", test_stands_in);
  return g_test_run ();
}
