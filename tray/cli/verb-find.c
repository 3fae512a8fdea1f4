/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone find */

#include "verb-find.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "error.h"

/* Long enough for what is looked up, and for the phone that just now starts. */
#define WAIT_DEFAULT_S 5
/* The agent's own limit. */
#define WAIT_MAX_S 300

/* --- one phone ------------------------------------------------------------------------------ */

void
oh_found_line_read (GVariant *phone, OhFoundLine *out)
{
  g_variant_get (phone, "(&s&s&s&s&s^a&s&s&s)", &out->address, &out->mac, &out->model, &out->maker,
                 &out->kind, &out->how, &out->phone, &out->fingerprint);
}

void
oh_found_line_clear (OhFoundLine *line)
{
  g_clear_pointer (&line->how, g_free); /* the words are the variant's */
}

static void
add_json (JsonBuilder *builder, const OhFoundLine *line)
{
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "address", line->address);
  oh_cli_json_text (builder, "mac", line->mac);
  oh_cli_json_text (builder, "model", line->model);
  oh_cli_json_text (builder, "maker", line->maker);
  oh_cli_json_text (builder, "kind", line->kind);
  json_builder_set_member_name (builder, "how");
  json_builder_begin_array (builder);
  for (const char **how = line->how; *how != NULL; how++)
    json_builder_add_string_value (builder, *how);
  json_builder_end_array (builder);
  oh_cli_json_text (builder, "phone", line->phone);
  oh_cli_json_text (builder, "fingerprint", line->fingerprint);
  json_builder_end_object (builder);
}

/* "000413AABBCC" as it stands on the sticker. */
static char *
in_pairs (const char *mac)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; mac[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, mac[i]);
    }
  return g_string_free (text, FALSE);
}

static void
print_line (const OhFoundLine *line)
{
  g_autofree char *mac = in_pairs (line->mac);
  const char *model = line->model[0] != '\0' ? line->model : line->maker;

  g_print ("%-16s %-17s  %s\n", line->address[0] != '\0' ? line->address : "-", mac,
           model[0] != '\0' ? model : _ ("unknown model"));
  if (line->phone[0] != '\0')
    g_print (_ ("    is already set up as “%s”\n"), line->phone);
  else if (g_str_equal (line->kind, "dect"))
    g_print ("    %s\n", _ ("A cordless base or handset, which takes no commands. Use a desk phone "
                            "(snom D3xx, D7xx) for the same line."));
}

/* --- the search ----------------------------------------------------------------------------- */

static void
clear_progress (void)
{
  if (isatty (STDERR_FILENO) != 0)
    g_printerr ("\r\033[K");
}

static void
on_progress (OhBusFinder1 *finder, guint done, guint total, gpointer user_data)
{
  if (isatty (STDERR_FILENO) != 0)
    g_printerr (_ ("\r\033[K%u of %u hosts asked …"), done, total);
}

static void
print_all (OhCli *cli, GVariant *phones)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GVariantIter iter;
  GVariant *child;

  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, phones);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      OhFoundLine line;

      oh_found_line_read (child, &line);
      if (oh_cli_json (cli))
        add_json (builder, &line);
      else
        print_line (&line);
      oh_found_line_clear (&line);
      g_variant_unref (child);
    }
  json_builder_end_array (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
}

static void
advise (OhCli *cli, GVariant *phones)
{
  if (g_variant_n_children (phones) > 0)
    oh_cli_note (_ ("“offhook phone add ADDRESS” sets one up."));
  else if (oh_cli_given (cli, OH_CLI_PROBE))
    oh_cli_note (_ ("No phone was found in your network. It may be in another one: read its "
                    "address on its display (Menu, Maintenance, System Info), then “offhook phone "
                    "add ADDRESS”."));
  else
    oh_cli_note (_ ("No phone was found. Restart the phone while “offhook phone find --wait 120” "
                    "listens, or let every host of your network be asked once: “offhook phone "
                    "find --probe”."));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GVariant) phones = NULL;
  GError *error = NULL;

  clear_progress ();
  if (!oh_bus_finder1_call_find_finish (OH_BUS_FINDER1 (source), &phones, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  print_all (cli, phones);
  advise (cli, phones);
  oh_cli_done (cli);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  g_autoptr (OhBusFinder1) finder = oh_bus_finder1_proxy_new_finish (result, &error);
  const char *wait = oh_cli_value (cli, OH_CLI_SECONDS);
  guint64 seconds = WAIT_DEFAULT_S;

  if (finder == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  if (wait != NULL && !g_ascii_string_to_unsigned (wait, 10, 0, WAIT_MAX_S, &seconds, NULL))
    {
      oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                     _ ("--wait takes seconds here, at most %d."), WAIT_MAX_S));
      return;
    }
  /* The search has its limits; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (finder), G_MAXINT);
  g_signal_connect (finder, "progress", G_CALLBACK (on_progress), NULL);
  oh_bus_finder1_call_find (finder, oh_cli_given (cli, OH_CLI_PROBE), (guint) seconds, NULL,
                            on_found, cli);
}

void
oh_verb_phone_find (OhCli *cli)
{
  oh_bus_finder1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (oh_cli_agent (cli))),
                            G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL, on_proxy, cli);
}
