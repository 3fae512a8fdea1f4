/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-csta-xml.h"

#include "sim-query.h"

#include <string.h>

#define NAMESPACE "http://www.ecma-international.org/standards/ecma-323/csta/ed"

static const char *
local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
read_namespace (SimCstaXml *self, const char **names, const char **values)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "xmlns") && g_str_has_prefix (values[i], NAMESPACE))
      self->edition = (guint) g_ascii_strtoull (values[i] + strlen (NAMESPACE), NULL, 10);
}

static void
on_start (GMarkupParseContext *context, const char *element, const char **names,
          const char **values, gpointer user_data, GError **error)
{
  SimCstaXml *self = user_data;

  if (self->name != NULL)
    return;
  self->name = g_strdup (local_name (element));
  read_namespace (self, names, values);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data,
         GError **error)
{
  SimCstaXml *self = user_data;
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  g_autofree char *value = g_strstrip (g_strndup (text, length));
  g_autoptr (GString) path = g_string_new (NULL);
  SimPair *pair;

  if (*value == '\0' || self->fields->len >= SIM_QUERY_MAX)
    return;
  for (; stack != NULL && stack->next != NULL; stack = stack->next) /* not the root */
    {
      g_string_prepend (path, local_name (stack->data));
      g_string_prepend_c (path, '/');
    }
  pair = g_new0 (SimPair, 1);
  pair->name = g_string_free (g_steal_pointer (&path), FALSE);
  pair->value = g_steal_pointer (&value);
  g_ptr_array_add (self->fields, pair);
}

SimCstaXml *
sim_csta_xml_read (const char *text, gsize length)
{
  static const GMarkupParser parser = { .start_element = on_start, .text = on_text };
  g_autoptr (SimCstaXml) self = g_new0 (SimCstaXml, 1);
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, self, NULL);

  self->fields = sim_query_new ();
  if (!g_markup_parse_context_parse (context, text, (gssize) length, NULL) ||
      !g_markup_parse_context_end_parse (context, NULL) || self->name == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
sim_csta_xml_free (SimCstaXml *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

const char *
sim_csta_xml_get (SimCstaXml *self, const char *name)
{
  g_autofree char *end = g_strconcat ("/", name, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      SimPair *pair = g_ptr_array_index (self->fields, i);

      if (g_str_has_suffix (pair->name, end))
        return pair->value;
    }
  return "";
}

const char *
sim_csta_xml_get_in (SimCstaXml *self, const char *parent, const char *name)
{
  g_autofree char *path = g_strconcat ("/", parent, "/", name, NULL);
  const char *value = sim_query_get (self->fields, path);

  return value != NULL ? value : "";
}
