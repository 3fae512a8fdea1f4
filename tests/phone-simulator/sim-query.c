/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-query.h"

#include <string.h>

static void
pair_free (gpointer data)
{
  SimPair *pair = data;

  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

GPtrArray *
sim_query_new (void)
{
  return g_ptr_array_new_with_free_func (pair_free);
}

char *
sim_query_decode (const char *text, gssize length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  g_autoptr (GString) out = g_string_new (NULL);

  for (; text < end; text++)
    {
      int high = *text == '%' && end - text > 2 ? g_ascii_xdigit_value (text[1]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value (text[2]) : -1;

      if (low >= 0 && high * 16 + low != 0)
        {
          g_string_append_c (out, (char) (high * 16 + low));
          text += 2;
        }
      else
        g_string_append_c (out, *text == '+' ? ' ' : *text);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

void
sim_query_parse (GPtrArray *pairs, const char *text)
{
  /* One part more than we look at: the last one keeps all the rest. */
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "&", SIM_QUERY_MAX + 1);

  for (guint i = 0; i < SIM_QUERY_MAX && parts[i] != NULL && pairs->len < SIM_QUERY_MAX; i++)
    {
      const char *equals = strchr (parts[i], '=');
      SimPair *pair;

      if (*parts[i] == '\0')
        continue;
      pair = g_new0 (SimPair, 1);
      pair->name = sim_query_decode (parts[i], equals != NULL ? equals - parts[i] : -1);
      pair->value = equals != NULL ? sim_query_decode (equals + 1, -1) : g_strdup ("");
      g_ptr_array_add (pairs, pair);
    }
}

const char *
sim_query_get (GPtrArray *pairs, const char *name)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      SimPair *pair = g_ptr_array_index (pairs, i);

      if (g_str_equal (pair->name, name))
        return pair->value;
    }
  return NULL;
}

char *
sim_query_for_log (const char *query, gboolean (*is_secret) (const char *name))
{
  g_auto (GStrv) parts = query != NULL ? g_strsplit (query, "&", -1) : NULL;

  for (char **part = parts; part != NULL && *part != NULL; part++)
    {
      const char *equals = strchr (*part, '=');
      g_autofree char *name = equals != NULL ? sim_query_decode (*part, equals - *part) : NULL;

      if (name == NULL || !is_secret (name))
        continue;
      g_free (*part);
      *part = g_strconcat (name, "=*****", NULL);
    }
  return parts != NULL ? g_strjoinv ("&", parts) : NULL;
}
