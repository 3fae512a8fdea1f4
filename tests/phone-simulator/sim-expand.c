/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-expand.h"

#include <string.h>

/* Longer names do not exist; keeps "$aaaa…" from costing its length squared. */
#define NAME_MAX_LENGTH 64

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

static void
append_value (GString *out, const char *value, SimExpandMode mode)
{
  if (mode == SIM_EXPAND_ENCODED)
    {
      g_string_append_uri_escaped (out, value, "@", FALSE);
      return;
    }
  for (; *value != '\0'; value++)
    if ((guchar) *value < ' ' || (*value == ' ' && mode == SIM_EXPAND_RAW))
      g_string_append_printf (out, "%%%02X", (guint) (guchar) *value);
    else
      g_string_append_c (out, *value);
}

/* The variable at @text, just behind the dollar sign: its value, and in @used how much of @text it
 * took. */
static const char *
find_variable (const char *text, SimLookup lookup, gpointer user_data, gsize *used)
{
  gsize run = 0;

  while (run < NAME_MAX_LENGTH && is_name_char (text[run]))
    run++;
  for (gsize length = run; length > 0; length--)
    {
      gsize index = text[length] == '[' ? strspn (text + length + 1, "0123456789") : 0;
      gboolean indexed = index > 0 && index < 4 && text[length + 1 + index] == ']';
      g_autofree char *stem = g_strndup (text, length);
      g_autofree char *number = g_strndup (indexed ? text + length + 1 : "", index);
      g_autofree char *name = g_strconcat (stem, indexed ? number : "", NULL);
      const char *value = lookup (name, user_data);

      *used = length + (indexed ? index + 2 : 0);
      if (value != NULL)
        return value;
    }
  return NULL;
}

/* "$sip_header(NAME)": a header of the first INVITE. */
static const char *
find_header (const char *text, SimLookup lookup, gpointer user_data, gsize *used)
{
  const char *end = g_str_has_prefix (text, "sip_header(") ? strchr (text, ')') : NULL;
  g_autofree char *name = NULL;

  if (end == NULL || end - text > NAME_MAX_LENGTH)
    return NULL;
  *used = (gsize) (end - text) + 1;
  name = g_strndup (text, *used);
  return lookup (name, user_data);
}

char *
sim_expand (const char *text, SimExpandMode mode, SimLookup lookup, gpointer user_data)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean in_query = FALSE;

  if (mode == SIM_EXPAND_NONE)
    return g_strdup (text);
  while (*text != '\0')
    {
      gsize used = 0;
      const char *value = NULL;

      in_query = in_query || *text == '?';
      if (*text == '$')
        value = find_header (text + 1, lookup, user_data, &used);
      if (*text == '$' && value == NULL)
        value = find_variable (text + 1, lookup, user_data, &used);
      if (value == NULL)
        {
          g_string_append_c (out, *text++);
          continue;
        }
      append_value (out, value, mode);
      text += 1 + used;
      text += !in_query && *text == '&';
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
