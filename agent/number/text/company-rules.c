/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "company-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a problem of the whole file is named. */
#define FILE_NAME "company rules"

typedef struct
{
  OhNumberRules *rules;
  OhSlice pattern; /* waits for its translation; empty: none does */
  guint pattern_line;
  guint line;
  guint n; /* pairs seen */
} Reader;

/* --- what the octets say --- */

static char *
from_utf16 (OhSlice bytes, gboolean big)
{
  gsize n = bytes.len / 2;
  g_autofree gunichar2 *units = g_new (gunichar2, n + 1);
  glong written = 0;
  char *text;

  for (gsize i = 0; i < n; i++)
    {
      const guint8 *p = (const guint8 *) bytes.data + 2 * i;

      units[i] = (gunichar2) (big ? p[0] << 8 | p[1] : p[1] << 8 | p[0]);
    }
  text = g_utf16_to_utf8 (units, (glong) n, NULL, &written, NULL);
  if (text != NULL && strlen (text) != (gsize) written) /* a NUL in between */
    g_clear_pointer (&text, g_free);
  return text;
}

static char *
from_latin1 (OhSlice bytes)
{
  GString *text = g_string_sized_new (bytes.len + 1);

  for (gsize i = 0; i < bytes.len; i++)
    g_string_append_unichar (text, (guint8) bytes.data[i]);
  return g_string_free (text, FALSE);
}

static char *
to_utf8 (OhSlice bytes)
{
  if (bytes.len >= 2 && memcmp (bytes.data, "\xff\xfe", 2) == 0)
    return from_utf16 (oh_slice (bytes.data + 2, bytes.len - 2), FALSE);
  if (bytes.len >= 2 && memcmp (bytes.data, "\xfe\xff", 2) == 0)
    return from_utf16 (oh_slice (bytes.data + 2, bytes.len - 2), TRUE);
  if (bytes.len >= 3 && memcmp (bytes.data, "\xef\xbb\xbf", 3) == 0)
    bytes = oh_slice (bytes.data + 3, bytes.len - 3);
  if (bytes.len > 0 && memchr (bytes.data, '\0', bytes.len) != NULL)
    return NULL;
  if (g_utf8_validate (bytes.data != NULL ? bytes.data : "", (gssize) bytes.len, NULL))
    return oh_slice_dup (bytes);
  return from_latin1 (bytes);
}

/* --- what the lines say --- */

static void
complain (Reader *reader, guint line, const char *why)
{
  g_autofree char *name = g_strdup_printf ("company rule %u (line %u)", reader->n, line);

  oh_number_rules_complain (reader->rules, name, why);
}

/* Digits, notation and groups, and nothing that only an expression has. */
static gboolean
looks_like_translation (OhSlice line)
{
  g_autofree char *text = oh_slice_dup (line);
  const char *p = text;

  while (*p != '\0')
    if (p[0] == '$' && p[1] == '{')
      p += strcspn (p, "}");
    else if (strchr ("+0123456789;ext= ()-./$&}", *p) != NULL)
      p++;
    else
      return FALSE;
  return p > text && (strchr (text, '$') != NULL || text[strcspn (text, "0123456789")] != '\0') &&
         text[strlen (text) - 1] != '$';
}

static void
add_pair (Reader *reader, OhSlice translation)
{
  g_autofree char *pattern = oh_slice_dup (reader->pattern);
  g_autofree char *text = oh_slice_dup (translation);
  g_autofree char *name = g_strdup_printf ("company rule %u", reader->n);
  const GPtrArray *problems = oh_number_rules_problems (reader->rules);
  guint before = problems->len;

  if (oh_number_rules_add (reader->rules, name, pattern, OH_PATTERN_WHOLE, text))
    return;
  if (problems->len > before) /* say where in the file */
    {
      OhRuleProblem *problem = g_ptr_array_index (problems, before);

      g_free (problem->rule);
      problem->rule = g_strdup_printf ("%s (line %u)", name, reader->pattern_line);
    }
}

static void
read_line (Reader *reader, OhSlice line)
{
  line = oh_slice_trim (line);
  if (line.len == 0 || line.data[0] == '#')
    return;
  if (reader->pattern.len > 0 && looks_like_translation (line))
    {
      add_pair (reader, line);
      reader->pattern = oh_slice (NULL, 0);
      return;
    }
  if (reader->pattern.len > 0)
    complain (reader, reader->pattern_line, _ ("no translation stands under the expression"));
  reader->pattern = line;
  reader->pattern_line = reader->line;
  reader->n++;
}

OhNumberRules *
oh_company_rules_read (OhSlice bytes)
{
  g_autoptr (OhNumberRules) rules = oh_number_rules_new ();
  g_autofree char *text = NULL;
  Reader reader = { .rules = rules };
  OhSlice rest;

  if (bytes.len > OH_COMPANY_RULES_SIZE_MAX)
    {
      oh_number_rules_complain (rules, FILE_NAME, _ ("the file is larger than a megabyte"));
      return g_steal_pointer (&rules);
    }
  text = to_utf8 (bytes);
  if (text == NULL)
    {
      oh_number_rules_complain (rules, FILE_NAME, _ ("the file is not a text"));
      return g_steal_pointer (&rules);
    }
  for (rest = oh_slice_str (text); rest.len > 0; oh_slice_eat (&rest, '\n'))
    {
      reader.line++;
      read_line (&reader, oh_slice_eat_until (&rest, "\n"));
    }
  if (reader.pattern.len > 0)
    complain (&reader, reader.pattern_line, _ ("no translation stands under the expression"));
  return g_steal_pointer (&rules);
}
