/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "query.h"

#include <string.h>

/* "mu schu [47]" : the words of each part with "+" between them, digits in brackets. */
static char *
shown (const char *text)
{
  g_autoptr (OhQuery) query = oh_query_new (text);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < query->parts->len; i++)
    {
      const OhQueryPart *part = g_ptr_array_index (query->parts, i);

      if (i > 0)
        g_string_append_c (out, ' ');
      for (guint j = 0; j < part->words->len; j++)
        g_string_append_printf (out, "%s%s", j > 0 ? "+" : "",
                                ((OhFoldedWord *) part->words->pdata[j])->base);
      if (part->digits != NULL)
        g_string_append_printf (out, "[%s]", part->digits);
    }
  return g_strdup (out->str);
}

static void
test_parts (void)
{
  static const struct
  {
    const char *text, *parts;
  } cases[] = {
    { "mu schu", "mu schu" },
    { "  Müller,Schulz ", "muller schulz" },
    { "hans-peter", "hans+peter" },
    { "4711", "4711[4711]" },
    { "030 398 4711", "0303984711[0303984711]" },
    { "(030) 398-47.11", "030+398+47+11[0303984711]" },
    { "+49 (0)30 398", "49+0+30398[+4930398]" },
    { "0049/30", "0049+30[004930]" },
    { "٤٧١١", "4711[4711]" },
    { "\xe2\x80\xaa+49 30\xe2\x80\xac", "4930[+4930]" },
    { "30 +49", "30[30] 49[+49]" }, /* two numbers: nobody has both in one */
    { "bob 4711", "bob 4711[4711]" },
    { "bob 47 11 b", "bob 4711[4711] b" },
    { "room12", "room12" },
    { "bob.baker@fabrikam", "bob+baker+fabrikam" },
    { "@fabrikam", "fabrikam" },
    { "1+2", "1+2" }, /* no number */
    { "-", "" },
    { "+", "" },
    { "", "" },
    { NULL, "" },
    { "\xff", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *parts = shown (cases[i].text);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (parts, ==, cases[i].parts);
    }
}

static void
test_limits (void)
{
  g_autofree char *digits = g_strnfill (OH_QUERY_DIGITS_MAX + 1, '1');
  g_autofree char *longest = g_strnfill (OH_QUERY_TEXT_MAX + 1, 'x');
  g_autoptr (OhQuery) over = oh_query_new (digits);
  g_autoptr (OhQuery) at = oh_query_new (digits + 1);
  g_autoptr (OhQuery) cut = oh_query_new (longest);
  g_autoptr (OhQuery) many = oh_query_new ("a b c d e f g h i");

  g_assert_null (((OhQueryPart *) over->parts->pdata[0])->digits);
  g_assert_cmpstr (((OhQueryPart *) at->parts->pdata[0])->digits, ==, digits + 1);
  g_assert_cmpuint (strlen (cut->text), ==, OH_QUERY_TEXT_MAX);
  g_assert_cmpuint (many->parts->len, ==, OH_QUERY_PARTS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/parts", test_parts);
  g_test_add_func ("/query/limits", test_limits);
  return g_test_run ();
}
