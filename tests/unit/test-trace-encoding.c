/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-encoding.h"

#define WIDE                                                                                       \
  "\xff\xfe"                                                                                       \
  "A\0\xe4\0\r\0\n\0"                                                                              \
  "\x3d\xd8\x00\xde"                                                                               \
  "\0\0"                                                                                           \
  "\x00\xd8"                                                                                       \
  "x"
#define BIG                                                                                        \
  "\xfe\xff"                                                                                       \
  "\0A\0\xe4"

static void
test_table (void)
{
  static const struct
  {
    const char *octets;
    gsize len;
    const char *text;
  } cases[] = {
#define CASE(octets, text) { (octets), sizeof (octets) - 1, (text) }
    CASE ("", ""),
    CASE ("plain\nlines\n", "plain\nlines\n"),
    CASE ("a\r\nb\rc\r\r\nd\r\r", "a\nb\nc\nd\n\n"),
    CASE ("\xef\xbb\xbf"
          "B\xc3\xa4r",
          "B\xc3\xa4r"),
    CASE ("B\xc3\xa4r B\xe4r", "B\xc3\xa4r B\xc3\xa4r"),
    CASE ("\x93quoted\x94 \x80 \x81", "\xe2\x80\x9cquoted\xe2\x80\x9d \xe2\x82\xac \xef\xbf\xbd"),
    CASE ("a\0b", "a\xef\xbf\xbd"
                  "b"),
    CASE ("cut \xc3", "cut \xc3\x83"),
    CASE (WIDE, "A\xc3\xa4\n\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd"),
    CASE (BIG, "A\xc3\xa4"),
    CASE ("\xff\xfe", ""),
#undef CASE
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = oh_trace_decode (oh_slice (cases[i].octets, cases[i].len));

      g_assert_cmpstr (text->str, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-encoding/table", test_table);
  return g_test_run ();
}
