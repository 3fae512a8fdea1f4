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

void
oh_cli_json_print (JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = json_builder_get_root (owned);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
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

const char *
oh_cli_availability (const char *availability)
{
  static const struct
  {
    const char *word, *text;
  } words[] = {
    { "available", N_ ("Available") }, { "busy", N_ ("Busy") },
    { "dnd", N_ ("Do not disturb") },  { "brb", N_ ("Be right back") },
    { "away", N_ ("Away") },           { "off-work", N_ ("Off work") },
    { "idle", N_ ("Inactive") },       { "offline", N_ ("Offline") },
    { "unknown", N_ ("Unknown") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, availability))
      return _ (words[i].text);
  return availability;
}

static const char *
activity_text (const char *token)
{
  static const struct
  {
    const char *token, *text;
  } activities[] = {
    { "on-the-phone", N_ ("on the phone") },
    { "in-a-conference", N_ ("in a conference") },
    { "in-a-meeting", N_ ("in a meeting") },
    { "in-presentation", N_ ("presenting") },
    { "out-of-office", N_ ("out of office") },
    { "urgent-interruptions-only", N_ ("urgent interruptions only") },
    { "off-work", N_ ("off work") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (activities); i++)
    if (g_str_equal (activities[i].token, token))
      return _ (activities[i].text);
  return token;
}

char *
oh_cli_presence (const char *availability, const char *activity)
{
  if (activity == NULL || activity[0] == '\0')
    return g_strdup (oh_cli_availability (availability));
  return g_strdup_printf ("%s, %s", oh_cli_availability (availability), activity_text (activity));
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
