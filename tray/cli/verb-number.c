/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook number: what a text would dial, and why; dials nothing. */

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "error.h"
#include "verb-parts.h"
#include "verbs.h"

static const char *
lookup (GVariant *number, const char *key)
{
  const char *value = "";

  g_variant_lookup (number, key, "&s", &value);
  return value;
}

static gboolean
lookup_flag (GVariant *number, const char *key)
{
  gboolean value = FALSE;

  g_variant_lookup (number, key, "b", &value);
  return value;
}

/* --- for programs --- */

static void
add_steps (JsonBuilder *builder, GVariant *number)
{
  g_autoptr (GVariantIter) steps = NULL;
  const char *rule, *result;

  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  g_variant_lookup (number, "steps", "a(ss)", &steps);
  while (steps != NULL && g_variant_iter_next (steps, "(&s&s)", &rule, &result))
    {
      json_builder_begin_object (builder);
      oh_cli_json_text (builder, "rule", rule);
      oh_cli_json_text (builder, "result", result);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
print_json (GVariant *number)
{
  static const char *const keys[] = { "typed", "dialled",   "display", "kind",
                                      "rule",  "extension", "tones",   "region",
                                      "type",  "name",      "uri",     "confirm-reason" };
  JsonBuilder *builder = oh_cli_json_begin ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    oh_cli_json_text (builder, keys[i], lookup (number, keys[i]));
  if (lookup (number, "type")[0] != '\0')
    add_flag (builder, "valid", lookup_flag (number, "valid"));
  add_flag (builder, "confirm", lookup_flag (number, "confirm"));
  add_steps (builder, number);
  json_builder_end_object (builder);
  oh_cli_json_print (builder);
}

/* --- for people --- */

static void
print_line (const char *label, const char *value)
{
  if (value[0] != '\0')
    g_print ("%-12s %s\n", label, value);
}

static void
print_text (GVariant *number)
{
  static const struct
  {
    const char *key;
    const char *label;
  } lines[] = {
    { "typed", N_ ("Typed") },         { "dialled", N_ ("Dialled") },
    { "display", N_ ("Shown as") },    { "kind", N_ ("Kind") },
    { "rule", N_ ("Rule") },           { "extension", N_ ("Extension") },
    { "tones", N_ ("Tones") },         { "region", N_ ("Country") },
    { "type", N_ ("Type") },           { "name", N_ ("Contact") },
    { "confirm-reason", N_ ("Asks") },
  };
  g_autoptr (GVariantIter) steps = NULL;
  const char *label = _ ("Way");
  const char *rule, *result;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    print_line (_ (lines[i].label), lookup (number, lines[i].key));
  if (lookup (number, "type")[0] != '\0' && !lookup_flag (number, "valid"))
    print_line (_ ("Note"), _ ("The numbering plan of its country knows no such number."));
  g_variant_lookup (number, "steps", "a(ss)", &steps);
  while (steps != NULL && g_variant_iter_next (steps, "(&s&s)", &rule, &result))
    {
      g_print ("%-12s %s → %s\n", label, rule, result);
      label = "";
    }
}

static void
on_number (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GVariant) number = NULL;
  GError *error = NULL;

  if (!oh_bus_agent1_call_parse_number_finish (OH_BUS_AGENT1 (source), &number, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  if (oh_cli_json (cli))
    print_json (number);
  else
    print_text (number);
  oh_cli_done (cli);
}

void
oh_verb_number (OhCli *cli)
{
  const char *text = oh_cli_arg (cli, 0);

  if (!g_utf8_validate (text, -1, NULL))
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_BAD_NUMBER,
                                   _ ("This is not a number: it is not valid UTF-8 text.")));
  else
    oh_bus_agent1_call_parse_number (oh_cli_agent (cli), text, oh_verb_number_source (text), NULL,
                                     on_number, cli);
}
