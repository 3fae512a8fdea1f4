/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "new-password.h"

#include <string.h>

#include "secret-text.h"

static void
test_fair (void)
{
  guint8 octets[OH_PASSWORD_OCTETS];
  char text[32];

  memset (octets, 0, sizeof octets);
  g_assert_true (oh_password_from (OH_PASSWORD_TEXT, octets, text));
  g_assert_cmpstr (text, ==, "aaaaaaaaaaaaaaaaaaaa");
  memset (octets, 247, sizeof octets); /* 8 × 31 = 248: the last that is taken */
  g_assert_true (oh_password_from (OH_PASSWORD_TEXT, octets, text));
  g_assert_cmpstr (text, ==, "99999999999999999999");
  memset (octets, 248, sizeof octets);
  g_assert_false (oh_password_from (OH_PASSWORD_TEXT, octets, text));
  octets[OH_PASSWORD_OCTETS - 1] = 249;
  memset (octets, 249, 12);
  g_assert_true (oh_password_from (OH_PASSWORD_DIGITS, octets, text));
  g_assert_cmpstr (text, ==, "999999999999");
  memset (octets, 250, sizeof octets); /* 25 × 10 = 250: the first that is not */
  g_assert_false (oh_password_from (OH_PASSWORD_DIGITS, octets, text));
}

static void
test_new (void)
{
  static const OhPasswordKind kinds[] = { OH_PASSWORD_TEXT, OH_PASSWORD_DIGITS };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *alphabet =
        kinds[i] == OH_PASSWORD_TEXT ? "abcdefghjkmnpqrstuvwxyz23456789" : "0123456789";
      guint length = oh_password_length (kinds[i]);
      char *one = oh_password_new (kinds[i]);
      char *other = oh_password_new (kinds[i]);

      g_assert_cmpuint (strlen (one), ==, length);
      g_assert_cmpuint (strspn (one, alphabet), ==, length);
      g_assert_cmpstr (one, !=, other);
      g_assert_cmpuint (oh_password_bits (kinds[i]), ==, i == 0 ? 99 : 39); /* 99.08 and 39.86 */
      oh_secret_free (one);
      oh_secret_free (other);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/new-password/fair", test_fair);
  g_test_add_func ("/new-password/new", test_new);
  return g_test_run ();
}
