/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "parsed-number.h"

#include <glib/gi18n-lib.h>

/* "special": nobody wants to call such a number by mistake. */
static const struct
{
  const char *word;
  const char *text;
  gboolean special;
} kinds[] = {
  { "e164", N_ ("telephone number"), FALSE },
  { "national", N_ ("number as dialled at home"), FALSE },
  { "extension", N_ ("internal number"), FALSE },
  { "service", N_ ("code for the phone or the exchange"), TRUE },
  { "emergency", N_ ("emergency number"), TRUE },
  { "premium", N_ ("number that costs more"), TRUE },
};

static char *
lookup_text (GVariant *dict, const char *key)
{
  const char *text = "";

  g_variant_lookup (dict, key, "&s", &text);
  return g_strdup (text);
}

static char *
lookup_way (GVariant *dict)
{
  GString *way = g_string_new (NULL);
  g_autoptr (GVariantIter) steps = NULL;
  const char *rule, *result;

  g_variant_lookup (dict, "steps", "a(ss)", &steps);
  while (steps != NULL && g_variant_iter_next (steps, "(&s&s)", &rule, &result))
    g_string_append_printf (way, "%s%s → %s", way->len > 0 ? "\n" : "", rule, result);
  return g_string_free (way, FALSE);
}

OhParsedNumber *
oh_parsed_number_new (GVariant *dict)
{
  OhParsedNumber *self = g_new0 (OhParsedNumber, 1);
  g_autofree char *doubt = lookup_text (dict, "doubt");

  self->typed = lookup_text (dict, "typed");
  self->dialled = lookup_text (dict, "dialled");
  self->display = lookup_text (dict, "display");
  self->kind = lookup_text (dict, "kind");
  self->rule = lookup_text (dict, "rule");
  self->way = lookup_way (dict);
  self->name = lookup_text (dict, "name");
  self->confirm_reason = lookup_text (dict, "confirm-reason");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].word, self->kind))
      self->special = kinds[i].special;
  self->special = self->special || doubt[0] != '\0';
  self->confirm = TRUE;
  g_variant_lookup (dict, "confirm", "b", &self->confirm);
  return self;
}

void
oh_parsed_number_free (OhParsedNumber *self)
{
  if (self == NULL)
    return;
  g_free (self->typed);
  g_free (self->dialled);
  g_free (self->display);
  g_free (self->kind);
  g_free (self->rule);
  g_free (self->way);
  g_free (self->name);
  g_free (self->confirm_reason);
  g_free (self);
}

const char *
oh_parsed_number_kind_text (const OhParsedNumber *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].word, self->kind))
      return _ (kinds[i].text);
  return self->kind;
}
