/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook trace [on|off|clear] [--follow] [--with-names] */

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"
#include "verbs.h"

/* One run of the verb; lives until the program ends. */
typedef struct
{
  OhCli *cli;
  OhBusTrace1 *trace; /* (owned) */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->trace);
  g_free (run);
}

/* The octets as they are: a trace is read by programs, whatever the locale makes of letters. */
static void
print_records (const char *records)
{
  fputs (records, stdout);
  fflush (stdout);
}

static void
tell_lost (guint64 lost)
{
  if (lost > 0)
    oh_cli_note (_ ("%" G_GUINT64_FORMAT " older messages had to go to make room."), lost);
}

/* --- once ------------------------------------------------------------------------------------ */

static void
tell_how (Run *run, const char *records)
{
  gint64 until_us = oh_bus_agent1_get_trace_until (oh_cli_agent (run->cli));
  g_autofree char *until = oh_cli_time (until_us);

  if (until_us != 0)
    oh_cli_note (_ ("Recording goes on until %s; “offhook trace off” ends it."), until);
  else if (records[0] == '\0')
    oh_cli_note (_ ("Nothing has been recorded. “offhook trace on” begins, or “offhook trace "
                    "--follow” shows the conversation while it happens."));
  else
    oh_cli_note (_ ("Recording is off. “offhook trace clear” forgets what was recorded, “offhook "
                    "explain” tells what it means."));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autofree char *records = NULL;
  GError *error = NULL;
  guint64 lost;

  if (!oh_bus_trace1_call_read_finish (run->trace, &lost, &records, result, &error))
    {
      oh_cli_fail (run->cli, error);
      return;
    }
  tell_lost (lost);
  print_records (records);
  tell_how (run, records);
  oh_cli_done (run->cli);
}

/* --- until Ctrl-C ---------------------------------------------------------------------------- */

static void
on_unfollowed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  oh_bus_trace1_call_unfollow_finish (run->trace, result, NULL); /* it notices that we are gone */
  oh_cli_done (run->cli);
}

static void
on_interrupt (gpointer user_data)
{
  Run *run = user_data;

  oh_bus_trace1_call_unfollow (run->trace, NULL, on_unfollowed, run);
}

static void
on_recorded (OhBusTrace1 *trace, const char *record, gpointer user_data)
{
  print_records (record);
}

static void
on_ended (OhBusTrace1 *trace, Run *run)
{
  oh_cli_note (_ ("Recording has ended: it never goes on for more than half an hour."));
  oh_cli_done (run->cli);
}

static void
on_owner (GObject *trace, GParamSpec *pspec, Run *run)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (trace));

  if (owner == NULL)
    oh_cli_fail (run->cli, g_error_new (OH_ERROR, OH_ERROR_FAILED,
                                        _ ("The agent has ended, and with it the "
                                           "trace.")));
}

static void
on_followed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autofree char *records = NULL;
  GError *error = NULL;
  guint64 lost;

  if (!oh_bus_trace1_call_follow_finish (run->trace, &lost, &records, result, &error))
    {
      oh_cli_fail (run->cli, error);
      return;
    }
  tell_lost (lost);
  print_records (records);
  oh_cli_note (_ ("Following; Ctrl-C ends it."));
}

static void
follow (Run *run)
{
  oh_cli_on_interrupt (on_interrupt, run);
  g_signal_connect (run->trace, "recorded", G_CALLBACK (on_recorded), NULL);
  g_signal_connect (run->trace, "ended", G_CALLBACK (on_ended), run);
  g_signal_connect (run->trace, "notify::g-name-owner", G_CALLBACK (on_owner), run);
  oh_bus_trace1_call_follow (run->trace, oh_cli_with_names (run->cli), NULL, on_followed, run);
}

/* --- on, off, clear -------------------------------------------------------------------------- */

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (!oh_bus_trace1_call_start_finish (run->trace, result, &error))
    {
      oh_cli_fail (run->cli, error);
      return;
    }
  oh_cli_note (_ ("Recording, for half an hour at most. “offhook trace” shows what was recorded, "
                  "“offhook trace off” ends it."));
  oh_cli_done (run->cli);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (oh_bus_trace1_call_stop_finish (run->trace, result, &error))
    oh_cli_done (run->cli);
  else
    oh_cli_fail (run->cli, error);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (oh_bus_trace1_call_clear_finish (run->trace, result, &error))
    oh_cli_done (run->cli);
  else
    oh_cli_fail (run->cli, error);
}

static void
act (Run *run, const char *word)
{
  if (g_str_equal (word, "on"))
    oh_bus_trace1_call_start (run->trace, NULL, on_started, run);
  else if (g_str_equal (word, "off"))
    oh_bus_trace1_call_stop (run->trace, NULL, on_stopped, run);
  else if (g_str_equal (word, "clear"))
    oh_bus_trace1_call_clear (run->trace, NULL, on_cleared, run);
  else
    oh_cli_fail (run->cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                        _ ("“offhook trace” takes “on”, “off” or “clear”, not "
                                           "“%s”."),
                                        word));
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  run->trace = oh_bus_trace1_proxy_new_finish (result, &error);
  if (run->trace == NULL)
    {
      oh_cli_fail (run->cli, error);
      return;
    }
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (run->trace), G_MAXINT);
  if (oh_cli_arg (run->cli, 0) != NULL)
    act (run, oh_cli_arg (run->cli, 0));
  else if (oh_cli_follow (run->cli))
    follow (run);
  else
    oh_bus_trace1_call_read (run->trace, oh_cli_with_names (run->cli), NULL, on_read, run);
}

void
oh_verb_trace (OhCli *cli)
{
  OhBusAgent1 *agent = oh_cli_agent (cli);
  Run *run = g_new0 (Run, 1);

  run->cli = cli;
  g_object_set_data_full (G_OBJECT (agent), "offhook-trace", run, run_free);
  oh_bus_trace1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (agent)),
                           G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, OH_BUS_NAME, OH_BUS_PATH,
                           NULL, on_proxy, run);
}
