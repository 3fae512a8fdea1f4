/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-phone-admin.h"

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "error.h"
#include "finding.h"

static void
on_progress (OhBusPhoneAdmin1 *admin, const char *step, const char *text, gpointer user_data)
{
  oh_cli_note ("%s", text);
}

static OhBusPhone1 *
find_phone (OhCli *cli, const char *id)
{
  g_autoptr (GPtrArray) phones = oh_cli_list (cli, "org.offhook.Phone1");

  for (guint i = 0; i < phones->len; i++)
    if (g_str_equal (oh_bus_phone1_get_id (g_ptr_array_index (phones, i)), id))
      return g_object_ref (g_ptr_array_index (phones, i));
  return NULL;
}

OhBusPhoneAdmin1 *
oh_cli_phone_admin (OhCli *cli)
{
  const char *id = oh_cli_arg (cli, 0);
  g_autoptr (OhBusPhone1) phone = find_phone (cli, id);
  OhBusPhoneAdmin1 *admin = NULL;

  if (phone == NULL)
    {
      oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_NO_PHONE,
                                     _ ("There is no phone “%s”; “offhook phone list” shows them."),
                                     id));
      return NULL;
    }
  admin = oh_cli_find (cli, g_dbus_proxy_get_object_path (G_DBUS_PROXY (phone)),
                       "org.offhook.PhoneAdmin1");
  if (admin == NULL)
    {
      oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                                     _ ("Passwords and accounts of the phone “%s” cannot be set "
                                        "from here; use its own web page."),
                                     id));
      return NULL;
    }
  /* The agent has limits for every step; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (admin), G_MAXINT);
  g_signal_connect (admin, "progress", G_CALLBACK (on_progress), NULL);
  return admin;
}

static void
print_json (const char *registration, GVariant *report)
{
  JsonBuilder *builder = json_builder_new ();
  const char *severity, *code, *title, *remedy;
  GVariantIter iter;

  json_builder_begin_object (builder);
  if (registration != NULL)
    oh_cli_json_text (builder, "registration", registration);
  json_builder_set_member_name (builder, "report");
  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, report);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &severity, &code, &title, &remedy))
    {
      json_builder_begin_object (builder);
      oh_cli_json_text (builder, "severity", severity);
      oh_cli_json_text (builder, "code", code);
      oh_cli_json_text (builder, "title", title);
      oh_cli_json_text (builder, "remedy", remedy);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  oh_cli_json_print (builder);
}

void
oh_cli_print_report (OhCli *cli, const char *registration, GVariant *report)
{
  const char *severity, *code, *title, *remedy;
  GVariantIter iter;

  if (oh_cli_json (cli))
    {
      print_json (registration, report);
      return;
    }
  g_variant_iter_init (&iter, report);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &severity, &code, &title, &remedy))
    {
      g_print ("%-8s %s\n", severity, title);
      if (remedy[0] != '\0')
        g_print ("%-8s → %s\n", "", remedy);
    }
}
