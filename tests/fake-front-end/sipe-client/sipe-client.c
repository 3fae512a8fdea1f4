/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pidgin-sipe without Pidgin: a libpurple client without a window that signs in and prints what
 * it sees. It is here because it was written by others, against real servers: what it accepts
 * from the fake front end, and what it refuses, is independent of our own reading.
 *
 * usage: sipe-client DIRECTORY SERVER:PORT ntlm|krb5 URI LOGIN [PASSWORD]
 *
 * DIRECTORY must be fresh: accounts of an earlier run would sign in too. Without PASSWORD the
 * ticket cache is used. Lines on stdout, one word and then text:
 *   signed-on
 *   signed-off
 *   error TEXT          the connection ended with this reason
 *   status NAME TEXT    a contact's state as the plug-in calls it
 *   alias NAME TEXT     a contact's display name
 * "quit" on stdin, or its end, signs out and ends the program. SIPE_CLIENT_DEBUG=1 prints the
 * library's log on stderr. */

#include <glib.h>
#include <purple.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define UI_ID "sipe-client"

typedef struct
{
  GMainLoop *loop;
  PurpleAccount *account;
} Program;

static void say (const char *word, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
say (const char *word, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  printf ("%s%s%s\n", word, *text != '\0' ? " " : "", text);
  fflush (stdout);
}

/* libpurple wants its main loop brought along. */

typedef struct
{
  PurpleInputFunction function;
  gpointer data;
} Watch;

static gboolean
on_ready (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  const Watch *watch = user_data;
  PurpleInputCondition ready = 0;

  if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR))
    ready |= PURPLE_INPUT_READ;
  if (condition & (G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL))
    ready |= PURPLE_INPUT_WRITE;
  watch->function (watch->data, g_io_channel_unix_get_fd (channel), ready);
  return G_SOURCE_CONTINUE;
}

static guint
add_watch (gint fd, PurpleInputCondition condition, PurpleInputFunction function, gpointer data)
{
  Watch *watch = g_new0 (Watch, 1);
  GIOCondition wanted = 0;
  GIOChannel *channel = g_io_channel_unix_new (fd);
  guint id;

  watch->function = function;
  watch->data = data;
  if (condition & PURPLE_INPUT_READ)
    wanted |= G_IO_IN | G_IO_HUP | G_IO_ERR;
  if (condition & PURPLE_INPUT_WRITE)
    wanted |= G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL;
  id = g_io_add_watch_full (channel, G_PRIORITY_DEFAULT, wanted, on_ready, watch, g_free);
  g_io_channel_unref (channel);
  return id;
}

static PurpleEventLoopUiOps loop_ops = {
  .timeout_add = g_timeout_add,
  .timeout_remove = g_source_remove,
  .input_add = add_watch,
  .input_remove = g_source_remove,
  .timeout_add_seconds = g_timeout_add_seconds,
};

/* The only question asked is about the certificate, which is for another name than 127.0.0.1.
 * The first answer accepts it. */
static void *
accept_first (const char *title, const char *primary, const char *secondary, int default_action,
              PurpleAccount *account, const char *who, PurpleConversation *conversation,
              void *user_data, size_t count, va_list actions)
{
  PurpleRequestActionCb callback;

  if (count == 0)
    return NULL;
  (void) va_arg (actions, char *);
  callback = va_arg (actions, PurpleRequestActionCb);
  if (callback != NULL)
    callback (user_data, 0);
  return NULL;
}

static PurpleRequestUiOps request_ops = { .request_action = accept_first };

static void
print_debug (PurpleDebugLevel level, const char *category, const char *text)
{
  fprintf (stderr, "%s: %s", category != NULL ? category : "?", text);
}

static gboolean
is_debug_on (PurpleDebugLevel level, const char *category)
{
  return getenv ("SIPE_CLIENT_DEBUG") != NULL;
}

static PurpleDebugUiOps debug_ops = { .print = print_debug, .is_enabled = is_debug_on };

static void
set_ui_ops (void)
{
  purple_request_set_ui_ops (&request_ops);
}

static PurpleCoreUiOps core_ops = { .ui_prefs_init = NULL, .ui_init = set_ui_ops };

/* What it sees. */

static void
on_signed_on (PurpleConnection *connection, gpointer data)
{
  say ("signed-on", "%s", "");
}

static void
on_signed_off (PurpleConnection *connection, gpointer data)
{
  Program *program = data;

  say ("signed-off", "%s", "");
  g_main_loop_quit (program->loop);
}

static void
on_error (PurpleConnection *connection, PurpleConnectionError code, const char *text, gpointer data)
{
  say ("error", "%s", text);
}

static void
say_status (PurpleBuddy *buddy)
{
  PurplePresence *presence = purple_buddy_get_presence (buddy);
  PurpleStatus *status = purple_presence_get_active_status (presence);

  say ("status", "%s %s", purple_buddy_get_name (buddy), purple_status_get_id (status));
}

static void
on_status_changed (PurpleBuddy *buddy, PurpleStatus *before, PurpleStatus *now, gpointer data)
{
  say_status (buddy);
}

static void
on_buddy_signed (PurpleBuddy *buddy, gpointer data)
{
  say_status (buddy);
}

static void
on_alias (PurpleBlistNode *node, const char *before, gpointer data)
{
  if (PURPLE_BLIST_NODE_IS_BUDDY (node))
    say ("alias", "%s %s", purple_buddy_get_name ((PurpleBuddy *) node),
         purple_buddy_get_alias ((PurpleBuddy *) node));
}

static gboolean
on_command (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  Program *program = user_data;

  purple_account_set_enabled (program->account, UI_ID, FALSE);
  if (purple_account_is_disconnected (program->account))
    g_main_loop_quit (program->loop);
  return G_SOURCE_REMOVE;
}

static void
watch (Program *program)
{
  static int handle;
  void *connections = purple_connections_get_handle ();
  void *contacts = purple_blist_get_handle ();
  GIOChannel *commands = g_io_channel_unix_new (STDIN_FILENO);

  purple_signal_connect (connections, "signed-on", &handle, PURPLE_CALLBACK (on_signed_on),
                         program);
  purple_signal_connect (connections, "signed-off", &handle, PURPLE_CALLBACK (on_signed_off),
                         program);
  purple_signal_connect (connections, "connection-error", &handle, PURPLE_CALLBACK (on_error),
                         program);
  purple_signal_connect (contacts, "buddy-status-changed", &handle,
                         PURPLE_CALLBACK (on_status_changed), program);
  purple_signal_connect (contacts, "buddy-signed-on", &handle, PURPLE_CALLBACK (on_buddy_signed),
                         program);
  purple_signal_connect (contacts, "buddy-signed-off", &handle, PURPLE_CALLBACK (on_buddy_signed),
                         program);
  purple_signal_connect (contacts, "blist-node-aliased", &handle, PURPLE_CALLBACK (on_alias),
                         program);
  g_io_add_watch (commands, G_IO_IN | G_IO_HUP | G_IO_ERR, on_command, program);
  g_io_channel_unref (commands);
}

static PurpleAccount *
add_account (char **argv, int argc)
{
  g_autofree char *name = g_strdup_printf ("%s,%s", argv[4], argv[5]);
  PurpleAccount *account = purple_account_new (name, "prpl-sipe");

  if (argc > 6)
    purple_account_set_password (account, argv[6]);
  purple_account_set_string (account, "server", argv[2]);
  purple_account_set_string (account, "transport", "tls");
  purple_account_set_string (account, "authentication", argv[3]);
  purple_account_set_bool (account, "sso", argc == 6);
  purple_accounts_add (account);
  purple_account_set_enabled (account, UI_ID, TRUE);
  return account;
}

int
main (int argc, char **argv)
{
  Program program = { .loop = g_main_loop_new (NULL, FALSE) };

  if (argc != 6 && argc != 7)
    {
      fprintf (stderr, "usage: %s DIRECTORY SERVER:PORT ntlm|krb5 URI LOGIN [PASSWORD]\n", argv[0]);
      return 2;
    }
  purple_util_set_user_dir (argv[1]);
  purple_debug_set_ui_ops (&debug_ops);
  purple_debug_set_verbose (is_debug_on (PURPLE_DEBUG_INFO, NULL));
  purple_core_set_ui_ops (&core_ops);
  purple_eventloop_set_ui_ops (&loop_ops);
  if (!purple_core_init (UI_ID))
    {
      fprintf (stderr, "%s: libpurple does not start\n", argv[0]);
      return 1;
    }
  purple_set_blist (purple_blist_new ());
  purple_prefs_load ();
  if (purple_find_prpl ("prpl-sipe") == NULL)
    {
      fprintf (stderr, "%s: pidgin-sipe is not installed\n", argv[0]);
      return 77;
    }
  watch (&program);
  program.account = add_account (argv, argc);
  purple_savedstatus_activate (purple_savedstatus_new (NULL, PURPLE_STATUS_AVAILABLE));
  g_main_loop_run (program.loop);
  purple_core_quit ();
  g_main_loop_unref (program.loop);
  return 0;
}
