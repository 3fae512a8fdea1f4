/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-shape.h"

#include <string.h>

/* What is done to one header line, without its line end. */
typedef void (*LineFunc) (GString *out, const char *line);

static gsize
head_length (GBytes *octets)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (octets, &length);
  const char *end = g_strstr_len (text, (gssize) length, "\r\n\r\n");

  return end != NULL ? (gsize) (end - text) + 4 : length;
}

/* The start line and the body stay as they are. */
static GBytes *
map_lines (GBytes *octets, LineFunc func)
{
  gsize length = 0, head = head_length (octets);
  const char *text = g_bytes_get_data (octets, &length);
  g_autofree char *lines_text = g_strndup (text, head - 4);
  g_auto (GStrv) lines = g_strsplit (lines_text, "\r\n", -1);
  GString *out = g_string_new (lines[0]);

  g_string_append (out, "\r\n");
  for (guint i = 1; lines[i] != NULL; i++)
    {
      func (out, lines[i]);
      g_string_append (out, "\r\n");
    }
  g_string_append (out, "\r\n");
  g_string_append_len (out, text + head, (gssize) (length - head));
  return g_string_free_to_bytes (out);
}

static void
fold_line (GString *out, const char *line)
{
  const char *colon = strchr (line, ':');

  g_string_append_printf (out, "%.*s:\r\n\t%s", (int) (colon - line), line,
                          colon + 1 + strspn (colon + 1, " "));
}

static void
compact_line (GString *out, const char *line)
{
  static const char *const names[][2] = {
    { "From:", "f:" },           { "To:", "t:" },
    { "Call-ID:", "i:" },        { "Via:", "v:" },
    { "Content-Length:", "l:" }, { "Content-Type:", "c:" },
    { "Contact:", "m:" },        { "Event:", "o:" },
    { "Supported:", "k:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (line, names[i][0]))
      {
        g_string_append_printf (out, "%s%s", names[i][1], line + strlen (names[i][0]));
        return;
      }
  g_string_append (out, line);
}

static void
double_line (GString *out, const char *line)
{
  if (g_str_has_prefix (line, "Content-Length:"))
    g_string_append (out, "Content-Length: 0\r\n");
  g_string_append (out, line);
}

GBytes *
fe_shape_fold (GBytes *octets)
{
  return map_lines (octets, fold_line);
}

GBytes *
fe_shape_compact (GBytes *octets)
{
  return map_lines (octets, compact_line);
}

GBytes *
fe_shape_two_lengths (GBytes *octets)
{
  return map_lines (octets, double_line);
}

GBytes *
fe_shape_half (GBytes *octets)
{
  return g_bytes_new_from_bytes (octets, 0, g_bytes_get_size (octets) / 2);
}

GBytes *
fe_shape_head (GBytes *octets)
{
  return g_bytes_new_from_bytes (octets, 0, head_length (octets));
}
