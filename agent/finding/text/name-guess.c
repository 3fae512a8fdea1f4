/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "name-guess.h"

#include <string.h>

/* Extensions have up to eight digits; a whole number is none. */
#define EXTENSION_MAX 8
/* RFC 1123 2.1 */
#define HOST_NAME_LONGEST 255

static void
add_models (GPtrArray *out, const char *mac, const char *model)
{
  static const char *const models[] = {
    "D785", "D765", "D735", "D725", "D717", "D715", "D713", "D712", "D710", "D745",
    "D385", "D375", "D345", "D335", "D315", "D305", "D120", "D865", "D862", "D815",
    "D812", "D810", "D892", "D895", "300",  "320",  "360",  "370",  "710",  "715",
    "720",  "725",  "760",  "820",  "821",  "870",  "190",
  };
  const char *tail = mac + 6;

  if (model != NULL)
    {
      if (oh_name_is_plain (model))
        g_ptr_array_add (out, g_strdup_printf ("%s-%s", model, tail));
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    g_ptr_array_add (out, g_strdup_printf ("snom%s-%s", models[i], tail));
}

static void
add_lines (GPtrArray *out, const char *line)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *ext = strstr (line, ";ext="); /* RFC 3966 3 */

  if (ext != NULL)
    line = ext + strlen (";ext=");
  for (const char *p = line; *p != '\0' && *p != ';' && *p != '@'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  if (digits->len == 0 || digits->len > EXTENSION_MAX)
    return;
  g_ptr_array_add (out, g_strdup_printf ("snom-%s", digits->str));
  g_ptr_array_add (out, g_strdup_printf ("snom%s", digits->str));
}

GStrv
oh_name_guesses (const char *mac, const char *model, const char *line)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  if (mac != NULL && strlen (mac) == 12)
    add_models (out, mac, model);
  if (line != NULL)
    add_lines (out, line);
  if (out->len > OH_NAME_GUESSES_MAX)
    g_ptr_array_set_size (out, OH_NAME_GUESSES_MAX);
  g_ptr_array_add (out, NULL);
  g_ptr_array_set_free_func (out, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

gboolean
oh_name_is_plain (const char *name)
{
  gsize len = strlen (name);

  if (len == 0 || len > HOST_NAME_LONGEST || !g_ascii_isalnum (name[0]))
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.')
      return FALSE;
  return TRUE;
}
