/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook doctor */

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "finding.h"
#include "verbs.h"

/* One finding as it comes over the bus; borrowed from the variant. */
typedef struct
{
  const char *severity, *code, *title, *cause, *remedy;
  guint32 status;
} Line;

static void
read_line (GVariant *finding, Line *line)
{
  g_variant_get (finding, "(&s&s&s&s&su)", &line->severity, &line->code, &line->title, &line->cause,
                 &line->remedy, &line->status);
}

/* --- for people ----------------------------------------------------------------------------- */

/* By sign, not by colour alone. */
static const char *
mark (const char *severity)
{
  static const char *const marks[OH_FINDING_N_SEVERITIES] = { [OH_FINDING_OK] = "ok",
                                                              [OH_FINDING_INFO] = "--",
                                                              [OH_FINDING_WARNING] = "!",
                                                              [OH_FINDING_ERROR] = "!!" };
  OhFindingSeverity value;

  return oh_finding_severity_parse (severity, &value) ? marks[value] : "?";
}

static gboolean
is_terminal (void)
{
  return isatty (STDERR_FILENO) != 0;
}

/* Of the step under way, on a terminal: it is written over. */
static void
clear_progress (void)
{
  if (is_terminal ())
    g_printerr ("\r\033[K");
}

static void
print_line (const Line *line)
{
  g_print ("%-2s  %s\n", mark (line->severity), line->title);
  if (line->cause[0] != '\0')
    g_print ("    %s\n", line->cause);
  if (line->remedy[0] != '\0')
    g_print ("    → %s\n", line->remedy);
}

static void
on_progress (OhBusDoctor1 *doctor, const char *what, guint number, guint total, guint limit,
             OhCli *cli)
{
  clear_progress ();
  if (is_terminal ())
    g_printerr (_ ("[%u/%u] %s … (at most %u s)"), number, total, what, limit);
  else
    g_printerr (_ ("[%u/%u] %s (at most %u s)\n"), number, total, what, limit);
}

static void
on_finding (OhBusDoctor1 *doctor, GVariant *finding, OhCli *cli)
{
  Line line;

  if (oh_cli_json (cli))
    return;
  clear_progress ();
  read_line (finding, &line);
  print_line (&line);
}

/* --- for programs --------------------------------------------------------------------------- */

static void
add_json (JsonBuilder *builder, const Line *line)
{
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "severity", line->severity);
  oh_cli_json_text (builder, "code", line->code);
  oh_cli_json_text (builder, "title", line->title);
  oh_cli_json_text (builder, "cause", line->cause);
  oh_cli_json_text (builder, "remedy", line->remedy);
  oh_cli_json_text (builder, "line", NULL);
  json_builder_end_object (builder);
}

/* Returns: the exit status of the first error */
static int
print_json (GVariant *findings, gboolean wanted)
{
  JsonBuilder *builder = json_builder_new ();
  GVariantIter iter;
  GVariant *child;
  int status = 0;

  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, findings);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      Line line;

      read_line (child, &line);
      add_json (builder, &line);
      if (status == 0)
        status = (int) line.status;
      g_variant_unref (child);
    }
  json_builder_end_array (builder);
  if (wanted)
    oh_cli_json_print (builder);
  else
    g_object_unref (builder);
  return status;
}

/* --- the run -------------------------------------------------------------------------------- */

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GVariant) findings = NULL;
  GError *error = NULL;
  int status;

  clear_progress ();
  if (!oh_bus_doctor1_call_run_finish (OH_BUS_DOCTOR1 (source), &findings, result, &error))
    {
      oh_verb_doctor_no_agent (cli, error);
      return;
    }
  status = print_json (findings, oh_cli_json (cli));
  if (!oh_cli_json (cli) && status == 0)
    g_print ("%s\n", _ ("Nothing stands in the way."));
  oh_cli_end (cli, status);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  g_autoptr (OhBusDoctor1) doctor = oh_bus_doctor1_proxy_new_finish (result, &error);

  if (doctor == NULL)
    {
      oh_verb_doctor_no_agent (cli, error);
      return;
    }
  /* The steps have their limits; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (doctor), G_MAXINT);
  g_signal_connect (doctor, "progress", G_CALLBACK (on_progress), cli);
  g_signal_connect (doctor, "finding", G_CALLBACK (on_finding), cli);
  g_object_set_data_full (G_OBJECT (oh_cli_agent (cli)), "doctor", g_object_ref (doctor),
                          g_object_unref);
  oh_bus_doctor1_call_run (doctor, NULL, on_run, cli);
}

void
oh_verb_doctor (OhCli *cli)
{
  oh_bus_doctor1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (oh_cli_agent (cli))),
                            G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL, on_proxy, cli);
}

void
oh_verb_doctor_no_agent (OhCli *cli, GError *error)
{
  g_autoptr (GError) own = error;
  const Line line = {
    .severity = oh_finding_severity_word (OH_FINDING_ERROR),
    .code = "agent-unreachable",
    .title = _ ("Agent: it does not answer"),
    .cause = own->message,
    .remedy = _ ("Install the package whole and sign in to the desktop again; “offhook-agent "
                 "--verbose” in a terminal shows why it ends."),
  };
  JsonBuilder *builder;

  if (!oh_cli_json (cli))
    {
      print_line (&line);
      oh_cli_end (cli, 1);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_array (builder);
  add_json (builder, &line);
  json_builder_end_array (builder);
  oh_cli_json_print (builder);
  oh_cli_end (cli, 1);
}
