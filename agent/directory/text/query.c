/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "query.h"

#include <string.h>

static void
part_free (gpointer data)
{
  OhQueryPart *part = data;

  g_free (part->typed);
  g_ptr_array_unref (part->words);
  g_free (part->line);
  g_free (part->digits);
  g_free (part);
}

void
oh_query_free (OhQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/* How people write numbers: marks of writing direction come with a copied one. */
static gboolean
is_separator (gunichar c)
{
  return (c < 0x80 && c != 0 && strchr ("()-./", (int) c) != NULL) ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Returns: (transfer full) (nullable): digits with a "+" at most in front; NULL when anything else
 *   is there, or no digit */
static char *
read_digits (const char *word)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean any = FALSE;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (digits->len > 1 && digits->str[0] == '+' && g_str_has_prefix (p, "(0)"))
        p += 2; /* "+49 (0)30": the zero is for callers at home */
      else if (g_unichar_isdigit (c))
        {
          g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (c)));
          any = TRUE;
        }
      else if (c == '+' && digits->len == 0)
        g_string_append_c (digits, '+');
      else if (!is_separator (c))
        return NULL;
    }
  return any && digits->len <= OH_QUERY_DIGITS_MAX ? g_strdup (digits->str) : NULL;
}

static gboolean
may_be_number (const char *word)
{
  gboolean any = FALSE;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isdigit (c) && c != '+' && !is_separator (c))
        return FALSE;
      any = TRUE;
    }
  return any;
}

static void
add_part (OhQuery *self, const char *text)
{
  OhQueryPart *part;

  if (self->parts->len >= OH_QUERY_PARTS_MAX)
    return;
  part = g_new0 (OhQueryPart, 1);
  part->typed = g_strdup (text);
  part->words = oh_fold_words (text);
  part->line = oh_fold_line (text);
  part->digits = read_digits (text);
  /* "-" alone narrows nothing down; somebody is about to type more */
  if (part->words->len == 0 && part->digits == NULL && strchr (part->line, '@') == NULL)
    part_free (part);
  else
    g_ptr_array_add (self->parts, part);
}

static void
end_number (OhQuery *self, GString *number)
{
  if (number->len > 0)
    add_part (self, number->str);
  g_string_truncate (number, 0);
}

static GStrv
split (const char *text)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *from = NULL;

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gboolean inside = *p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)) && *p != ',';

      if (inside && from == NULL)
        from = p;
      else if (!inside && from != NULL)
        {
          g_autofree char *word = g_strndup (from, (gsize) (p - from));

          g_strv_builder_add (words, word);
          from = NULL;
        }
      if (*p == '\0')
        return g_strv_builder_end (words);
    }
}

/* Valid UTF-8, bounded, without blanks around it. */
static char *
dup_text (const char *text)
{
  gsize len = text != NULL ? strnlen (text, OH_QUERY_TEXT_MAX) : 0;
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", (gssize) len);

  return g_strdup (g_strstrip (valid));
}

OhQuery *
oh_query_new (const char *text)
{
  OhQuery *self = g_new0 (OhQuery, 1);
  g_autoptr (GString) number = g_string_new (NULL);
  g_auto (GStrv) words = NULL;

  self->text = dup_text (text);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  words = split (self->text);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (may_be_number (words[i]) && (number->len == 0 || words[i][0] != '+'))
        {
          g_string_append (number, words[i]);
          continue;
        }
      end_number (self, number);
      if (may_be_number (words[i]))
        g_string_append (number, words[i]);
      else
        add_part (self, words[i]);
    }
  end_number (self, number);
  return self;
}
