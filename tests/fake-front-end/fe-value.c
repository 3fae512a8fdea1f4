/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-value.h"

#include <string.h>

/* The end of a quoted string that begins at @p; @p itself when nothing is quoted there. */
static const char *
skip_quoted (const char *p)
{
  if (*p != '"')
    return p;
  for (p++; *p != '\0' && *p != '"'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p == '"' ? p + 1 : p;
}

/* Where the header parameters begin: behind ">", or at the first ";" without brackets. Also
 * gives the URI's bounds. */
static const char *
locate_uri (const char *value, const char **out_start, const char **out_end)
{
  const char *p = skip_quoted (value + strspn (value, " \t"));
  const char *open = strchr (p, '<');

  if (open != NULL)
    {
      const char *close = strchr (open, '>');

      *out_start = open + 1;
      *out_end = close != NULL ? close : open + strlen (open);
      return close != NULL ? close + 1 : *out_end;
    }
  *out_start = p;
  *out_end = p + strcspn (p, ";");
  return *out_end;
}

char *
fe_value_uri (const char *value)
{
  const char *start, *end;

  locate_uri (value, &start, &end);
  return g_strstrip (g_strndup (start, end - start));
}

char *
fe_value_parameter (const char *value, const char *name)
{
  const char *start, *end;
  const char *p = locate_uri (value, &start, &end);

  while (*p != '\0')
    {
      const char *key, *text;
      gsize key_length;

      p += strspn (p, "; \t");
      key = p;
      key_length = strcspn (p, "=; \t");
      p += key_length;
      p += strspn (p, " \t");
      if (*p != '=')
        {
          if (key_length == strlen (name) && g_ascii_strncasecmp (key, name, key_length) == 0)
            return g_strdup ("");
          p += strcspn (p, ";");
          continue;
        }
      p++;
      p += strspn (p, " \t");
      text = p;
      p = *p == '"' ? skip_quoted (p) : p + strcspn (p, ";");
      if (key_length == strlen (name) && g_ascii_strncasecmp (key, name, key_length) == 0)
        return *text == '"' ? g_strndup (text + 1, MAX (p - text, 2) - 2)
                            : g_strstrip (g_strndup (text, p - text));
      p += strcspn (p, ";");
    }
  return NULL;
}

GStrv
fe_value_split (const char *value)
{
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();
  const char *start = value;
  gboolean in_brackets = FALSE;

  for (const char *p = value;; p++)
    {
      if (*p == '"' && !in_brackets)
        p = skip_quoted (p) - 1;
      else if (*p == '<' || *p == '>')
        in_brackets = *p == '<';
      else if (*p == '\0' || (*p == ',' && !in_brackets))
        {
          g_autofree char *item = g_strstrip (g_strndup (start, p - start));

          if (*item != '\0')
            g_strv_builder_add (items, item);
          start = p + 1;
        }
      if (*p == '\0')
        return g_strv_builder_end (items);
    }
}

char *
fe_value_aor (const char *uri)
{
  const char *start = uri;
  gsize length;

  if (g_ascii_strncasecmp (start, "sip:", 4) == 0)
    start += 4;
  length = strcspn (start, ";?>");
  return g_ascii_strdown (start, length);
}

GHashTable *
fe_value_credentials (const char *value, char **out_scheme)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *p = value + strcspn (value, " \t");

  *out_scheme = g_strndup (value, p - value);
  while (*(p += strspn (p, ", \t")) != '\0')
    {
      gsize name_length = strcspn (p, "= \t,");
      char *name = g_ascii_strdown (p, name_length);
      const char *text;

      p += name_length;
      if (*p != '=')
        {
          g_free (name);
          return NULL;
        }
      p++;
      if (*p == '"') /* never escaped: up to the next quote */
        {
          text = ++p;
          p += strcspn (p, "\"");
          g_hash_table_replace (found, name, g_strndup (text, p - text));
          p += *p == '"' ? 1 : 0;
          continue;
        }
      text = p;
      p += strcspn (p, ", \t");
      g_hash_table_replace (found, name, g_strndup (text, p - text));
    }
  return g_steal_pointer (&found);
}
