/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-char.h"

#include <string.h>

/* Unicode 15, 23.1 to 23.4. The combining ones come along with digits that a page shows as
 * pictures: "1", U+FE0F, U+20E3. */
static gboolean
is_invisible (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x20E3 ||
         c == 0x034F || (c >= 0xE0100 && c <= 0xE01EF);
}

/* U+202D and U+202E show a text in another order than it is read. */
static gboolean
overrides_direction (gunichar c)
{
  return c == 0x202D || c == 0x202E;
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

/* What is written in several ways, by code point. */
static gunichar
fold_sign (gunichar c)
{
  static const struct
  {
    gunichar from;
    char to;
  } signs[] = {
    { '[', '(' },    { ']', ')' },    { '{', '(' },    { '}', ')' },    { 0xB7, '.' },
    { 0x2022, '.' }, { 0x2027, '.' }, { 0x2219, '.' }, { 0x22C5, '.' }, { 0x30FB, '.' },
    { 0x3002, '.' }, { 0x2044, '/' }, { 0x2215, '/' }, { 0x2212, '-' }, { 0x30FC, '-' },
    { 0x060C, ',' }, { 0x3001, ',' }, { 0x061B, ';' }, { 0xFE62, '+' }, { 0xFB29, '+' },
    { 0xFE61, '*' }, { 0x2217, '*' }, { 0xFE5F, '#' }, { 0x2329, '<' }, { 0x232A, '>' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].from == c)
      return (gunichar) (guchar) signs[i].to;
  return c;
}

static gunichar
fold_character (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (c >= 0xFF01 && c <= 0xFF5E) /* full-width ASCII of East Asian keyboards */
    c -= 0xFEE0;
  if (g_unichar_isdigit (c))
    return (gunichar) '0' + (gunichar) g_unichar_digit_value (c);
  if (is_line_end (c))
    return '\n';
  if (type == G_UNICODE_SPACE_SEPARATOR)
    return ' ';
  if (type == G_UNICODE_DASH_PUNCTUATION)
    return '-';
  return fold_sign (c);
}

const char *
oh_number_skip_edge (const char *text)
{
  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_isspace (c) && !is_line_end (c) && !is_invisible (c))
        break;
      if (overrides_direction (c))
        break; /* for the caller to judge */
      text = g_utf8_next_char (text);
    }
  return text;
}

char *
oh_number_fold (const char *text, gboolean from_anybody, OhFoldProblem *problem)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  *problem = OH_FOLD_FINE;
  for (const char *p = oh_number_skip_edge (text); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_line_end (c) && *oh_number_skip_edge (p) == '\0')
        break;
      if (g_unichar_iscntrl (c) && !is_line_end (c) && *oh_number_skip_edge (p) != '\0')
        *problem = OH_FOLD_CONTROL;
      if (overrides_direction (c) && from_anybody)
        *problem = OH_FOLD_REORDERS;
      if (*problem != OH_FOLD_FINE)
        return NULL;
      if (!is_invisible (c))
        g_string_append_unichar (folded, fold_character (c));
    }
  return g_strchomp (g_string_free (g_steal_pointer (&folded), FALSE));
}

gboolean
oh_number_is_separator (char c)
{
  return c != '\0' && strchr (" -./()", c) != NULL;
}
