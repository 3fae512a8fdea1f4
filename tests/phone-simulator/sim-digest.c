/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-digest.h"

#include "sim-query.h"

#include <string.h>

static char *
md5 (const char *a, const char *b, const char *c)
{
  g_autofree char *text = g_strjoin (":", a, b, c, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
}

GPtrArray *
sim_digest_parse (const char *text)
{
  g_autoptr (GPtrArray) pairs = sim_query_new ();

  while (*text != '\0' && pairs->len < SIM_QUERY_MAX)
    {
      gsize name = strcspn (text += strspn (text, " \t,"), "=, \t");
      gboolean quoted = text[name] == '=' && text[name + 1] == '"';
      g_autoptr (GString) value = g_string_new (NULL);
      SimPair *pair = g_new0 (SimPair, 1);

      pair->name = g_ascii_strdown (text, (gssize) name);
      text += name + (text[name] == '=') + quoted;
      while (*text != '\0' && (quoted ? *text != '"' : strchr (", \t", *text) == NULL))
        {
          text += quoted && text[0] == '\\' && text[1] != '\0';
          g_string_append_c (value, *text++);
        }
      text += quoted && *text == '"';
      pair->value = g_string_free (g_steal_pointer (&value), FALSE);
      g_ptr_array_add (pairs, pair);
    }
  return g_steal_pointer (&pairs);
}

const char *
sim_digest_field (GPtrArray *fields, const char *name)
{
  const char *value = sim_query_get (fields, name);

  return value != NULL ? value : "";
}

/* RFC 2617 3.2.2.1: the answer with qop, and the older one without. */
gboolean
sim_digest_matches (GPtrArray *fields, const char *method, const char *password)
{
  const char *nonce = sim_digest_field (fields, "nonce");
  const char *qop = sim_digest_field (fields, "qop");
  g_autofree char *ha1 =
    md5 (sim_digest_field (fields, "username"), sim_digest_field (fields, "realm"), password);
  g_autofree char *ha2 = md5 (method, sim_digest_field (fields, "uri"), NULL);
  g_autofree char *middle = NULL;
  g_autofree char *expected = NULL;

  if (*qop != '\0')
    middle = g_strjoin (":", nonce, sim_digest_field (fields, "nc"),
                        sim_digest_field (fields, "cnonce"), qop, NULL);
  else
    middle = g_strdup (nonce);
  expected = md5 (ha1, middle, ha2);
  return g_ascii_strcasecmp (expected, sim_digest_field (fields, "response")) == 0;
}
