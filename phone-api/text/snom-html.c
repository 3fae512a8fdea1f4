/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-html.h"

#include <string.h>

OhSlice
oh_snom_html_from (OhSlice whole, gsize at)
{
  return oh_slice (whole.data + at, whole.len - at);
}

gssize
oh_snom_html_find (OhSlice text, const char *what)
{
  gsize len = strlen (what);

  for (gsize at = 0; at + len <= text.len; at++)
    if (g_ascii_tolower (text.data[at]) == g_ascii_tolower (*what) &&
        g_ascii_strncasecmp (text.data + at, what, len) == 0)
      return (gssize) at;
  return -1;
}

static void
append_entity (GString *out, OhSlice name)
{
  static const struct
  {
    const char *name;
    const char *text;
  } known[] = { { "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "nbsp", " " } };
  guint64 code;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (oh_slice_equal (name, known[i].name))
      {
        g_string_append (out, known[i].text);
        return;
      }
  if (name.len > 1 && name.data[0] == '#' &&
      oh_slice_to_uint (oh_snom_html_from (name, 1), 0x10ffff, &code) &&
      g_unichar_validate ((gunichar) code) && code >= 0x20)
    g_string_append_unichar (out, (gunichar) code);
}

/* "&name;" at the front; FALSE when it is only an ampersand. */
static gboolean
eat_entity (OhSlice *cursor, GString *out)
{
  OhSlice ahead = *cursor;
  OhSlice name;

  if (!oh_slice_eat (&ahead, '&'))
    return FALSE;
  name = oh_slice_eat_until (&ahead, "; \t\r\n<&");
  if (name.len == 0 || name.len > 8 || !oh_slice_eat (&ahead, ';'))
    return FALSE;
  append_entity (out, name);
  *cursor = ahead;
  return TRUE;
}

char *
oh_snom_html_text (OhSlice html, gsize max)
{
  g_autoptr (GString) out = g_string_new (NULL);

  while (html.len > 0 && out->len < max)
    {
      if (oh_slice_eat (&html, '<'))
        {
          oh_slice_eat_until (&html, ">");
          oh_slice_eat (&html, '>');
          g_string_append_c (out, ' ');
        }
      else if (!eat_entity (&html, out))
        {
          g_string_append_c (out, html.data[0] != '\0' ? html.data[0] : ' ');
          html = oh_snom_html_from (html, 1);
        }
    }
  g_strdelimit (out->str, "\t\r\n", ' ');
  return g_strdup (g_strstrip (out->str));
}

gboolean
oh_snom_html_next_tag (OhSlice *cursor, OhSlice *name, OhSlice *attributes)
{
  oh_slice_eat_until (cursor, "<");
  if (!oh_slice_eat (cursor, '<'))
    return FALSE;
  *name = oh_slice_eat_until (cursor, " \t\r\n>");
  *attributes = oh_slice_eat_until (cursor, ">");
  oh_slice_eat (cursor, '>');
  return TRUE;
}

/* Blanks and line ends: old pages break lines inside of tags. */
static void
skip_blanks (OhSlice *cursor)
{
  while (cursor->len > 0 && g_ascii_isspace (cursor->data[0]))
    *cursor = oh_snom_html_from (*cursor, 1);
}

/* The value behind "=": in either kind of quotes, or up to a blank. */
static OhSlice
eat_value (OhSlice *cursor)
{
  const char *stops = " \t\r\n";
  gboolean quoted;
  OhSlice value;

  skip_blanks (cursor);
  if (oh_slice_eat (cursor, '"'))
    stops = "\"";
  else if (oh_slice_eat (cursor, '\''))
    stops = "'";
  quoted = *stops != ' ';
  value = oh_slice_eat_until (cursor, stops);
  if (quoted)
    oh_slice_eat (cursor, *stops);
  return value;
}

/* Entities are the only markup in a value: what looks like a tag there is text. */
static char *
decode_value (OhSlice value)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (value.len > OH_SNOM_ATTRIBUTE_MAX)
    return NULL;
  while (value.len > 0)
    if (!eat_entity (&value, out))
      {
        g_string_append_c (out, value.data[0]);
        value = oh_snom_html_from (value, 1);
      }
  if (!g_utf8_validate (out->str, (gssize) out->len, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
oh_snom_html_attribute (OhSlice attributes, const char *name)
{
  while (attributes.len > 0)
    {
      OhSlice found, value = { 0 };

      skip_blanks (&attributes);
      found = oh_slice_eat_until (&attributes, "= \t\r\n");
      skip_blanks (&attributes);
      if (oh_slice_eat (&attributes, '='))
        value = eat_value (&attributes);
      if (oh_slice_equal_case (found, name))
        return decode_value (value);
    }
  return NULL;
}
