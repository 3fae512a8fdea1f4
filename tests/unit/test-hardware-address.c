/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hardware-address.h"

static void
test_spellings (void)
{
  static const struct
  {
    const char *typed, *mac;
  } cases[] = {
    { "000413AABBCC", "000413AABBCC" },
    { "00:04:13:aa:bb:cc", "000413AABBCC" },
    { " 00-04-13-AA-BB-CC ", "000413AABBCC" },
    { "0004.13aa.bbcc", "000413AABBCC" },
    /* none */
    { "", NULL },
    { "000413AABBC", NULL },
    { "000413AABBCCD", NULL },
    { "00:04:13:aa:bb:cc:", NULL },
    { ":00:04:13:aa:bb:cc", NULL },
    { "00::04:13:aa:bb:cc", NULL },
    { "0:004:13:aa:bb:cc", NULL },
    { "00 04 13 aa bb cc", NULL },
    { "00:04:13:aa:bb:cg", NULL },
    { "0004137", NULL },
    { "000000000000", NULL }, /* nobody's */
    { "ffffffffffff", NULL }, /* everybody's */
    { "01005e00014b", NULL }, /* of a group */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mac = oh_hardware_address_parse (oh_slice_str (cases[i].typed));

      g_assert_cmpstr (mac, ==, cases[i].mac);
    }
}

static void
test_makers (void)
{
  static const struct
  {
    const char *mac;
    const char *maker;
  } cases[] = {
    { "000413AABBCC", "snom" },    { "1C7126000001", "snom" }, { "001565010203", "Yealink" },
    { "805EC0AABBCC", "Yealink" }, { "000414AABBCC", "" },     { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (oh_phone_maker_name (oh_mac_maker (cases[i].mac)), ==, cases[i].maker);
}

static void
test_display (void)
{
  static const guint8 octets[] = { 0x00, 0x04, 0x13, 0xaa, 0xbb, 0xcc };
  g_autofree char *mac = oh_mac_from_octets (octets);
  g_autofree char *shown = oh_mac_display (mac);

  g_assert_cmpstr (mac, ==, "000413AABBCC");
  g_assert_cmpstr (shown, ==, "00:04:13:AA:BB:CC");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hardware-address/spellings", test_spellings);
  g_test_add_func ("/hardware-address/makers", test_makers);
  g_test_add_func ("/hardware-address/display", test_display);
  return g_test_run ();
}
