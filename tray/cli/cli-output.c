/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-output.h"

#include <glib/gi18n-lib.h>
#include <string.h>

JsonBuilder *
oh_cli_json_begin (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

void
oh_cli_json_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL && text[0] != '\0')
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
oh_cli_json_time (JsonBuilder *builder, const char *name, gint64 us)
{
  g_autoptr (GDateTime) time = us > 0 ? g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  oh_cli_json_text (builder, name, text);
}

static void
print_json (JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = json_builder_get_root (owned);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

void
oh_cli_json_print (JsonBuilder *builder)
{
  print_json (builder, TRUE);
}

void
oh_cli_json_print_line (JsonBuilder *builder)
{
  print_json (builder, FALSE);
}

char *
oh_cli_time (gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean today = g_date_time_get_year (time) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now);

  return g_date_time_format (time, today ? "%H:%M" : "%Y-%m-%d %H:%M");
}

char *
oh_cli_fingerprint (const char *hex)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; hex[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, hex[i]);
    }
  return g_string_free (text, FALSE);
}
