/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fold.h"

#include <string.h>

/* "muller|mueller schulz": words with a blank between them, each with how it is spelt. */
static char *
shown (const char *text)
{
  g_autoptr (GPtrArray) words = oh_fold_words (text);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const OhFoldedWord *word = g_ptr_array_index (words, i);

      g_string_append_printf (out, "%s%s%s%s", i > 0 ? " " : "", word->base,
                              word->spelt != NULL ? "|" : "",
                              word->spelt != NULL ? word->spelt : "");
    }
  return g_strdup (out->str);
}

static void
test_words (void)
{
  static const struct
  {
    const char *text, *words;
  } cases[] = {
    { "Bob Baker", "bob baker" },
    { "MÜLLER, Jörg", "muller|mueller jorg|joerg" },
    { "Mu\xcc\x88ller", "muller|mueller" }, /* decomposed, as macOS writes it */
    { "Groß", "gross" },
    { "GROẞ", "gross" },
    { "Søren Ægir Åberg", "soren|soeren aegir aberg|aaberg" },
    { "Łukasz Đorđević", "lukasz dordevic" },
    { "Œuvre", "oeuvre" },
    { "Þór Ðan", "thor dan" },
    { "José Núñez-Peña", "jose nunez pena" },
    { "Citroën", "citroen" }, /* no umlaut is heard in an e */
    { "Nguyễn Thị Ánh", "nguyen thi anh" },
    { "İbrahim Işık", "ibrahim isik" },
    { "O'Brien O\xe2\x80\x99Neill", "obrien oneill" },
    { "Hans-Peter\xe2\x80\x91Otto", "hans peter otto" },
    { "Σίσυφος", "σισυφοσ" }, /* the final sigma is a sigma */
    { "Йосиф Ёлкин", "иосиф елкин" },
    { "ﬁnance ＡＢＣ", "finance abc" }, /* a ligature, full width */
    { "Ⅷ ²", "viii 2" },
    { "أحمد", "احمد" },
    { "٤٧١١ ４７", "4711 47" },
    { "\xe2\x80\xaeRLO\xe2\x80\xac", "rlo" }, /* marks of writing direction */
    { "김민수", "\xe1\x84\x80\xe1\x85\xb5\xe1\x86\xb7\xe1\x84\x86\xe1\x85\xb5\xe1\x86\xab\xe1\x84"
                "\x89\xe1\x85\xae" },
    { "山田 太郎", "山田 太郎" },
    { "a\xff"
      "b",
      "a b" }, /* what is no UTF-8 parts words */
    { "\xc3", "" },
    { " ,;-()", "" },
    { "\xcc\x88", "" }, /* a mark without a letter */
    { "", "" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = shown (cases[i].text);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_line (void)
{
  static const struct
  {
    const char *text, *line;
  } cases[] = {
    { "Jörg.Müller@Fabrikam.Test", "jorg.muller@fabrikam.test" },
    { "sip:BOB@x;user=phone", "sip:bob@x;user=phone" },
    { "a\nb\x01", "ab" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = oh_fold_line (cases[i].text);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

static void
test_limits (void)
{
  g_autofree char *longest = g_strnfill (OH_FOLD_TEXT_MAX + 1, 'x');
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GPtrArray) words = oh_fold_words (longest);
  g_autoptr (GPtrArray) counted = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *shown_cut = NULL;

  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpuint (strlen (((OhFoldedWord *) words->pdata[0])->base), ==, OH_FOLD_TEXT_MAX);
  for (guint i = 0; i <= OH_FOLD_WORDS_MAX; i++)
    g_string_append (many, "w ");
  counted = oh_fold_words (many->str);
  g_assert_cmpuint (counted->len, ==, OH_FOLD_WORDS_MAX);
  /* the limit amid a character */
  longest[OH_FOLD_TEXT_MAX - 1] = '\0';
  cut = g_strconcat (longest, "ü", NULL);
  shown_cut = shown (cut);
  g_assert_cmpstr (shown_cut, ==, longest);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/words", test_words);
  g_test_add_func ("/fold/line", test_line);
  g_test_add_func ("/fold/limits", test_limits);
  return g_test_run ();
}
