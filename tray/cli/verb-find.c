/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone find */

#include "verb-find.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"
#include "verb-pair.h"

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
  if (total == 0)
    oh_cli_note (_ ("Searching; Ctrl-C ends it with what was found."));
  else if (isatty (STDERR_FILENO) != 0)
    g_printerr (_ ("\r\033[K%u of %u hosts asked …"), done, total);
}

static const char *
key_of (const OhFoundLine *line)
{
  return line->mac[0] != '\0' ? line->mac : line->address;
}

/* One more, or more is known of one: kept for when the search is ended early. */
static void
on_one_found (OhBusFinder1 *finder, GVariant *phone, GHashTable *seen)
{
  OhFoundLine line;
  gboolean is_new;

  oh_found_line_read (phone, &line);
  is_new = g_hash_table_replace (seen, g_strdup (key_of (&line)), g_variant_ref (phone));
  if (is_new)
    {
      clear_progress ();
      oh_cli_note (_ ("Found: %s %s"), line.address,
                   line.model[0] != '\0' ? line.model : line.maker);
    }
  oh_found_line_clear (&line);
}

static void
print_one (OhCli *cli, JsonBuilder *builder, GVariant *phone)
{
  OhFoundLine line;

  oh_found_line_read (phone, &line);
  if (oh_cli_json (cli))
    add_json (builder, &line);
  else
    print_line (&line);
  oh_found_line_clear (&line);
}

void
oh_found_print (OhCli *cli, GPtrArray *phones)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < phones->len; i++)
    print_one (cli, builder, g_ptr_array_index (phones, i));
  json_builder_end_array (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
}

static void
advise (OhCli *cli, guint n_found)
{
  if (n_found > 0)
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

static GPtrArray *
to_array (GVariant *phones)
{
  GPtrArray *array = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (gsize i = 0; i < g_variant_n_children (phones); i++)
    g_ptr_array_add (array, g_variant_get_child_value (phones, i));
  return array;
}

static GPtrArray *
seen_so_far (OhBusFinder1 *finder)
{
  GHashTable *seen = g_object_get_data (G_OBJECT (finder), "seen");
  GPtrArray *array = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  GHashTableIter iter;
  gpointer phone;

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, NULL, &phone))
    g_ptr_array_add (array, g_variant_ref (phone));
  return array;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GPtrArray) phones = NULL;
  GError *error = NULL;

  clear_progress ();
  if (oh_bus_finder1_call_find_finish (OH_BUS_FINDER1 (source), &answer, result, &error))
    phones = to_array (answer);
  else if (g_object_get_data (source, "interrupted") != NULL)
    phones = seen_so_far (OH_BUS_FINDER1 (source));
  if (phones == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  g_clear_error (&error);
  if (oh_cli_given (cli, OH_CLI_PAIR))
    {
      oh_verb_pair (cli, OH_BUS_FINDER1 (source), phones);
      return;
    }
  oh_found_print (cli, phones);
  advise (cli, phones->len);
  oh_cli_done (cli);
}

/* Ctrl-C: what was found so far is what was looked for. */
static void
on_interrupt (gpointer user_data)
{
  g_object_set_data (user_data, "interrupted", user_data);
  oh_bus_finder1_call_cancel (user_data, NULL, NULL, NULL);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  OhBusFinder1 *finder = oh_bus_finder1_proxy_new_finish (result, &error);
  const char *wait = oh_cli_value (cli, OH_CLI_SECONDS);
  guint64 seconds = WAIT_DEFAULT_S;

  if (finder == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (oh_cli_agent (cli)), "finder", finder, g_object_unref);
  if (oh_cli_given (cli, OH_CLI_DIAL))
    {
      oh_verb_find_dial (cli, finder);
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
  g_object_set_data_full (
    G_OBJECT (finder), "seen",
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref),
    (GDestroyNotify) g_hash_table_unref);
  g_signal_connect (finder, "progress", G_CALLBACK (on_progress), NULL);
  g_signal_connect (finder, "found", G_CALLBACK (on_one_found),
                    g_object_get_data (G_OBJECT (finder), "seen"));
  oh_cli_on_interrupt (on_interrupt, finder);
  oh_bus_finder1_call_find (finder, oh_cli_given (cli, OH_CLI_PROBE), (guint) seconds, NULL,
                            on_found, cli);
}

void
oh_verb_phone_find (OhCli *cli)
{
  oh_bus_finder1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (oh_cli_agent (cli))),
                            G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL, on_proxy, cli);
}
