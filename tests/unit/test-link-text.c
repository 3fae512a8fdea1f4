/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link-text.h"

#include "error.h"

#include <string.h>

static void
test_check (void)
{
  g_autofree char *longest = g_strnfill (OH_LINK_TEXT_MAX, '1');
  g_autofree char *one_beyond = g_strnfill (OH_LINK_TEXT_MAX + 1, '1');
  g_autofree char *huge = g_strnfill (100 * 1024, '1');
  const struct
  {
    const char *raw;
    gboolean passes;
  } cases[] = {
    { "tel:+493012345678", TRUE },
    { "tel:+49-30-1234;ext=12", TRUE },
    { "callto:B%C3%BCro", TRUE },
    { "tel:*21*030123%23", TRUE }, /* text it is; the agent refuses the code */
    { "sip:bøb@fabrikam.test", TRUE },
    { longest, TRUE },
    { one_beyond, FALSE },
    { huge, FALSE },
    { "", FALSE },
    { "tel:030\n123", FALSE },
    { "tel:030\x01", FALSE },
    { "tel:\xc2\x85"
      "030",
      FALSE },                /* a control character of two octets */
    { "tel:030\xff", FALSE }, /* the bus takes UTF-8 only */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (oh_link_text_check (cases[i].raw, &error), ==, cases[i].passes);
      if (cases[i].passes)
        g_assert_no_error (error);
      else
        g_assert_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link-text/check", test_check);
  return g_test_run ();
}
