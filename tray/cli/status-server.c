/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook status: what the server provisions with */

#include "status-server.h"

#include <glib/gi18n-lib.h>

#include "cli-output.h"

/* --- for programs --------------------------------------------------------------------------- */

static void
add_value (JsonBuilder *builder, const char *key, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    oh_cli_json_text (builder, key, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    oh_cli_json_time (builder, key, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    {
      json_builder_set_member_name (builder, key);
      json_builder_add_boolean_value (builder, g_variant_get_boolean (value));
    }
}

static void
add_problems (JsonBuilder *builder, GVariant *problems)
{
  GVariantIter iter;
  const char *rule, *reason;

  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, problems);
  while (g_variant_iter_next (&iter, "(&s&s)", &rule, &reason))
    {
      json_builder_begin_object (builder);
      oh_cli_json_text (builder, "rule", rule);
      oh_cli_json_text (builder, "reason", reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Nothing said, and no rules of the company either. */
static gboolean
has_something (OhBusServer1 *server)
{
  GVariant *provisioned = server != NULL ? oh_bus_server1_get_provisioned (server) : NULL;

  return provisioned != NULL &&
         (g_variant_n_children (provisioned) > 0 || oh_bus_server1_get_rules (server) > 0 ||
          g_variant_n_children (oh_bus_server1_get_problems (server)) > 0);
}

void
oh_status_add_server (JsonBuilder *builder, OhBusServer1 *server)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  json_builder_set_member_name (builder, "server");
  if (!has_something (server))
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  g_variant_iter_init (&iter, oh_bus_server1_get_provisioned (server));
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    add_value (builder, key, value);
  json_builder_set_member_name (builder, "rules");
  json_builder_add_int_value (builder, oh_bus_server1_get_rules (server));
  add_problems (builder, oh_bus_server1_get_problems (server));
  json_builder_end_object (builder);
}

/* --- for people ----------------------------------------------------------------------------- */

static void
print_age (GVariant *provisioned)
{
  gboolean stale = FALSE;
  gint64 at_us = 0;

  g_variant_lookup (provisioned, "stale", "b", &stale);
  g_variant_lookup (provisioned, "at", "x", &at_us);
  if (stale && at_us != 0)
    {
      g_autofree char *at = oh_cli_time (at_us);

      g_print (_ ("           As of %s; the server has not confirmed it since\n"), at);
    }
}

static void
print_voice_mail (GVariant *provisioned)
{
  const char *voice_mail;

  if (g_variant_lookup (provisioned, "voice-mail", "&s", &voice_mail))
    g_print (_ ("           Voice mail %s\n"), voice_mail);
}

void
oh_status_print_server (OhBusServer1 *server)
{
  GVariant *provisioned;
  const char *organization = "";
  const char *profile = "";
  guint problems;

  if (!has_something (server))
    return;
  provisioned = oh_bus_server1_get_provisioned (server);
  problems = (guint) g_variant_n_children (oh_bus_server1_get_problems (server));
  g_variant_lookup (provisioned, "organization", "&s", &organization);
  g_variant_lookup (provisioned, "location-profile", "&s", &profile);
  g_print (ngettext ("Server     %s%s%s; %u rule for numbers\n",
                     "Server     %s%s%s; %u rules for numbers\n",
                     oh_bus_server1_get_rules (server)),
           organization, organization[0] != '\0' && profile[0] != '\0' ? ", " : "", profile,
           oh_bus_server1_get_rules (server));
  print_age (provisioned);
  print_voice_mail (provisioned);
  if (problems > 0)
    g_print (ngettext ("           %u rule is not used; “offhook doctor” says why\n",
                       "           %u rules are not used; “offhook doctor” says why\n", problems),
             problems);
}

void
oh_status_print_help_desk (OhBusServer1 *server)
{
  const char *page;

  if (has_something (server) &&
      g_variant_lookup (oh_bus_server1_get_provisioned (server), "help-desk", "&s", &page))
    g_print (_ ("           Help desk of the company: %s\n"), page);
}
