/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-event.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

static gboolean quiet;

static gint64
ms_since_start (void)
{
  static gint64 start_us;

  if (start_us == 0)
    start_us = g_get_monotonic_time ();
  return (g_get_monotonic_time () - start_us) / G_TIME_SPAN_MILLISECOND;
}

/* json-glib 1.6 escapes the control characters up to U+001E and forgets U+001F. */
static void
add_text (JsonBuilder *builder, const char *text)
{
  g_autofree char *copy = g_strdup (text);

  json_builder_add_string_value (builder, g_strdelimit (copy, "\x1f", '?'));
}

static void
add_value (JsonBuilder *builder, char type, va_list *args)
{
  const char *text;
  g_autofree char *uri = NULL;

  switch (type)
    {
    case 's':
      text = va_arg (*args, const char *);
      if (text != NULL && g_utf8_validate (text, -1, NULL))
        add_text (builder, text);
      else
        json_builder_add_null_value (builder);
      break;
    case 'u':
      text = va_arg (*args, const char *);
      uri = g_strconcat ("sip:", text, NULL);
      add_text (builder, g_utf8_validate (uri, -1, NULL) ? uri : "sip:?");
      break;
    case 'i': json_builder_add_int_value (builder, va_arg (*args, int)); break;
    case 'b': json_builder_add_boolean_value (builder, va_arg (*args, gboolean)); break;
    default: g_assert_not_reached ();
    }
}

void
fe_event (const char *name, ...)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;
  const char *key;
  va_list args;

  if (quiet)
    return;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "ms");
  json_builder_add_int_value (builder, ms_since_start ());
  va_start (args, name);
  while ((key = va_arg (args, const char *)) != NULL)
    {
      const char *colon = strchr (key, ':');
      g_autofree char *member = g_strndup (key, colon - key);

      json_builder_set_member_name (builder, member);
      add_value (builder, colon[1], &args);
    }
  va_end (args);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  fprintf (stdout, "%s\n", line);
  fflush (stdout);
}

void
fe_event_hush (gboolean is_quiet)
{
  quiet = is_quiet;
}

void
fe_event_violation (const char *who, const char *rule, const char *format, ...)
{
  g_autofree char *details = NULL;
  va_list args;

  va_start (args, format);
  details = g_strdup_vprintf (format, args);
  va_end (args);
  fe_event ("violation", "who:s", who, "rule:s", rule, "details:s", details, NULL);
}
