/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fold.h"

#include <string.h>

#define DIAERESIS 0x0308u
#define RING 0x030Au

/* Letters whose stroke or ligature Unicode does not decompose. */
static const struct
{
  gunichar letter;
  const char *base;
  const char *spelt;
} letters[] = {
  { 0x00DF, "ss", "ss" }, /* ß; case folding does it, unless it stands alone */
  { 0x00E6, "ae", "ae" }, /* æ */
  { 0x00F0, "d", "d" },   /* ð */
  { 0x00F8, "o", "oe" },  /* ø */
  { 0x00FE, "th", "th" }, /* þ */
  { 0x0111, "d", "d" },   /* đ */
  { 0x0127, "h", "h" },   /* ħ */
  { 0x0131, "i", "i" },   /* ı */
  { 0x0142, "l", "l" },   /* ł */
  { 0x014B, "ng", "ng" }, /* ŋ */
  { 0x0153, "oe", "oe" }, /* œ */
  { 0x0167, "t", "t" },   /* ŧ */
  { 0x0259, "e", "e" },   /* ə */
};

/* The word that is being read. */
typedef struct
{
  GString *base;  /* (owned) */
  GString *spelt; /* (owned) */
  gunichar last;  /* letter that a mark belongs to */
} Reader;

static void
reader_clear (Reader *reader)
{
  g_string_free (reader->base, TRUE);
  g_string_free (reader->spelt, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

void
oh_folded_word_free (OhFoldedWord *self)
{
  if (self == NULL)
    return;
  g_free (self->base);
  g_free (self->spelt);
  g_free (self);
}

/* NFKC_Casefold without composing: case folding brings forth what decomposes again. */
static char *
normalise (const char *text)
{
  gsize len = text != NULL ? strnlen (text, OH_FOLD_TEXT_MAX) : 0;
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", (gssize) len);
  g_autofree char *apart = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (apart, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

static void
add (Reader *reader, const char *base, const char *spelt)
{
  g_string_append (reader->base, base);
  g_string_append (reader->spelt, spelt);
}

/* What is heard of a mark where it is spelt out: "ue" for "ü", "aa" for "å". */
static void
add_mark (Reader *reader, gunichar mark)
{
  if (mark == DIAERESIS && (reader->last == 'a' || reader->last == 'o' || reader->last == 'u'))
    g_string_append_c (reader->spelt, 'e');
  else if (mark == RING && reader->last == 'a')
    g_string_append_c (reader->spelt, 'a');
  reader->last = 0;
}

static void
add_letter (Reader *reader, gunichar c)
{
  char text[7] = "";

  reader->last = c;
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == c)
      {
        add (reader, letters[i].base, letters[i].spelt);
        return;
      }
  if (g_unichar_isdigit (c))
    c = (gunichar) ('0' + g_unichar_digit_value (c));
  text[g_unichar_to_utf8 (c, text)] = '\0';
  add (reader, text, text);
}

static gboolean
joins (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x00B4 || c == '`' ||
         g_unichar_type (c) == G_UNICODE_FORMAT;
}

static void
end_word (Reader *reader, GPtrArray *words)
{
  if (reader->base->len > 0 && words->len < OH_FOLD_WORDS_MAX)
    {
      OhFoldedWord *word = g_new0 (OhFoldedWord, 1);

      word->base = g_strdup (reader->base->str);
      if (!g_string_equal (reader->base, reader->spelt))
        word->spelt = g_strdup (reader->spelt->str);
      g_ptr_array_add (words, word);
    }
  g_string_truncate (reader->base, 0);
  g_string_truncate (reader->spelt, 0);
  reader->last = 0;
}

GPtrArray *
oh_fold_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_folded_word_free);
  g_auto (Reader) reader = { g_string_new (NULL), g_string_new (NULL), 0 };
  g_autofree char *folded = normalise (text);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        add_mark (&reader, c);
      else if (g_unichar_isalnum (c))
        add_letter (&reader, c);
      else if (!joins (c))
        end_word (&reader, words);
    }
  end_word (&reader, words);
  return words;
}

char *
oh_fold_line (const char *text)
{
  g_auto (Reader) reader = { g_string_new (NULL), g_string_new (NULL), 0 };
  g_autofree char *folded = normalise (text);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c) && !g_unichar_iscntrl (c))
        add_letter (&reader, c);
    }
  return g_strdup (reader.base->str);
}
