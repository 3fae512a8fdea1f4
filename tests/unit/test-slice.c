/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "slice.h"

static void
test_to_uint (void)
{
  static const struct
  {
    const char *text;
    guint64 max;
    gboolean ok;
    guint64 value;
  } cases[] = {
    { "0", 10, TRUE, 0 },
    { "10", 10, TRUE, 10 },
    { "11", 10, FALSE, 0 },
    { "", 10, FALSE, 0 },
    { "-1", 10, FALSE, 0 },
    { "1 ", 10, FALSE, 0 },
    { "00007", 10, TRUE, 7 },
    { "5", 4, FALSE, 0 },
    { "18446744073709551615", G_MAXUINT64, TRUE, G_MAXUINT64 },
    { "18446744073709551616", G_MAXUINT64, FALSE, 0 },
    { "99999999999999999999", G_MAXUINT64, FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 value = 77;

      g_test_message ("%s up to %" G_GUINT64_FORMAT, cases[i].text, cases[i].max);
      g_assert_cmpint (oh_slice_to_uint (oh_slice_str (cases[i].text), cases[i].max, &value), ==,
                       cases[i].ok);
      g_assert_cmpuint (value, ==, cases[i].ok ? cases[i].value : 77);
    }
}

static void
test_cursor (void)
{
  OhSlice cursor = oh_slice_str ("tok.en-1 \t=\"a\\\"b\";rest");
  OhSlice quoted;

  g_assert_true (oh_slice_equal (oh_slice_eat_token (&cursor), "tok.en-1"));
  g_assert_cmpuint (oh_slice_eat_space (&cursor), ==, 2);
  g_assert_false (oh_slice_eat (&cursor, ';'));
  g_assert_true (oh_slice_eat (&cursor, '='));
  g_assert_true (oh_slice_eat_quoted (&cursor, &quoted));
  g_assert_true (oh_slice_equal (quoted, "a\\\"b"));
  g_assert_cmpuint (oh_slice_eat_until (&cursor, "r").len, ==, 1);
  g_assert_true (oh_slice_equal (oh_slice_eat_until (&cursor, "xyz"), "rest"));
  g_assert_cmpuint (cursor.len, ==, 0);
  g_assert_cmpuint (oh_slice_eat_token (&cursor).len, ==, 0);
}

static void
test_quoted_never_closed (void)
{
  static const char *const broken[] = { "", "a\"", "\"", "\"abc", "\"abc\\", "\"abc\\\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      OhSlice cursor = oh_slice_str (broken[i]);
      OhSlice out = OH_SLICE_INIT ("untouched");

      g_assert_false (oh_slice_eat_quoted (&cursor, &out));
      g_assert_true (oh_slice_equal (out, "untouched"));
      g_assert_true (oh_slice_equal (cursor, broken[i]));
    }
}

static void
test_compare (void)
{
  OhSlice slice = OH_SLICE_INIT (" \tSip\r\n");

  slice = oh_slice_trim (slice);
  g_assert_true (oh_slice_equal (slice, "Sip"));
  g_assert_true (oh_slice_equal_case (slice, "sIP"));
  g_assert_false (oh_slice_equal (slice, "sip"));
  g_assert_false (oh_slice_equal_case (slice, "sips"));
  g_assert_true (oh_slice_has_prefix_case (slice, "SI"));
  g_assert_false (oh_slice_has_prefix_case (slice, "sips"));
  g_assert_cmpint (oh_slice_find (slice, 'p'), ==, 2);
  g_assert_cmpint (oh_slice_find (slice, 'x'), ==, -1);
  g_assert_true (oh_slice_equal (oh_slice_trim (oh_slice_str (" \r\n")), ""));
  g_assert_true (oh_slice_equal (oh_slice_str (NULL), ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slice/to-uint", test_to_uint);
  g_test_add_func ("/slice/cursor", test_cursor);
  g_test_add_func ("/slice/quoted-never-closed", test_quoted_never_closed);
  g_test_add_func ("/slice/compare", test_compare);
  return g_test_run ();
}
