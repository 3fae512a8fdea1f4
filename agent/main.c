/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "agent.h"
#include "bus-connection.h"
#include "error.h"
#include "installation.h"
#include "log.h"
#include "secret-text.h"
#include "worker.h"

/* What was cut or cancelled comes back within that; a server's name that is looked up may not. */
#define WORKERS_LIMIT_US (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

/* The life of the process: the loop, and how it ends. */
typedef struct
{
  GMainLoop *loop; /* (owned) */
  OhAgent *agent;  /* (owned) (nullable) */
  gboolean replace;
  gboolean stopping;
  gboolean told; /* by a signal */
  int status;
} Life;

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Life *life = user_data;

  oh_agent_stop_finish (OH_AGENT (source), result);
  g_main_loop_quit (life->loop);
}

static void
stop (Life *life)
{
  if (life->stopping || life->agent == NULL)
    {
      g_main_loop_quit (life->loop); /* the second signal does not wait */
      return;
    }
  life->stopping = TRUE;
  oh_agent_stop_async (life->agent, on_stopped, life);
}

/* At the end of a session the bus and the signal go at the same time, in any order: neither may cut
 * short the goodbye that the other one has begun. */
static gboolean
on_signal (gpointer user_data)
{
  Life *life = user_data;
  gboolean first = !life->told;

  g_message ("told to stop");
  life->told = TRUE;
  if (!first || !life->stopping)
    stop (life);
  return G_SOURCE_CONTINUE;
}

static void
on_finished (OhAgent *agent, Life *life)
{
  if (life->stopping)
    return;
  g_printerr (
    "offhook-agent: %s\n",
    _ ("Another agent serves this session, or its bus is gone. Use --replace to take over."));
  life->status = EXIT_FAILURE;
  stop (life);
}

static void
fail (Life *life, const GError *error)
{
  g_printerr ("offhook-agent: %s\n", error->message);
  life->status = EXIT_FAILURE;
  g_main_loop_quit (life->loop);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Life *life = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection != NULL)
    {
      /* The end of the session is an end like any other: phones and server are told. */
      g_dbus_connection_set_exit_on_close (connection, FALSE);
      oh_agent_start (life->agent, connection, life->replace, &error);
    }
  if (error != NULL)
    fail (life, error);
}

static gboolean
parse_options (int *argc, char ***argv, gboolean *version, gboolean *verbose, gboolean *replace)
{
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_ ("Print the version and exit"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, verbose,
      N_ ("Write the conversations to the log, without secrets"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, replace, N_ ("Take over from an agent that runs"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (
    context, _ ("Signs in to a Microsoft SIP front end and drives the desk phone."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("offhook-agent: %s\n", error->message);
  return FALSE;
}

static int
run (gboolean replace)
{
  g_autofree char *installation = oh_installation_load_id (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Life life = { .loop = loop, .replace = replace, .status = EXIT_SUCCESS };

  life.agent = oh_agent_new (installation, &error);
  if (life.agent == NULL)
    {
      g_printerr ("offhook-agent: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_signal_connect (life.agent, "finished", G_CALLBACK (on_finished), &life);
  g_unix_signal_add (SIGTERM, on_signal, &life);
  g_unix_signal_add (SIGINT, on_signal, &life);
  g_unix_signal_add (SIGHUP, on_signal, &life);
  signal (SIGPIPE, SIG_IGN);
  oh_bus_connect_async (NULL, on_connected, &life);
  g_main_loop_run (loop);
  g_clear_object (&life.agent);
  return life.status;
}

int
main (int argc, char **argv)
{
  gboolean version = FALSE;
  gboolean verbose = FALSE;
  gboolean replace = FALSE;
  int status;

  oh_secret_forbid_cores (); /* passwords and tokens are in this memory */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, OH_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (!parse_options (&argc, &argv, &version, &verbose, &replace))
    return 2;
  if (version)
    {
      g_print ("offhook-agent %s\n", OH_VERSION);
      return EXIT_SUCCESS;
    }
  oh_log_init (verbose);
  status = run (replace);
  if (!oh_worker_wait (WORKERS_LIMIT_US))
    _exit (status);
  return status;
}
