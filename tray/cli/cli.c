/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-connection.h"
#include "error.h"
#include "verbs.h"

struct _OhCli
{
  const OhCliVerb *verb;
  GStrv args; /* (owned) after the verb */
  gboolean json;
  gboolean yes;
  gboolean follow;
  gboolean with_names;
  gboolean local;
  gboolean watch;
  char *phone; /* (owned) (nullable) */
  char *wait;  /* (owned) (nullable) */
  char *note;  /* (owned) (nullable) */
  char *group; /* (owned) (nullable) */
  gboolean missed;
  gboolean seen;
  gboolean clear;
  gboolean is_private;
  OhCliCallOptions call_options;
  gboolean last;
  gboolean probe;
  gboolean pair;
  gboolean dial;
  gboolean generate;
  gboolean admin;
  gboolean service;
  char *limit;  /* (owned) (nullable) */
  char *level;  /* (owned) (nullable) */
  char *user;   /* (owned) (nullable) */
  char *delete; /* (owned) (nullable) */

  OhBusAgent1 *agent;          /* (owned) (nullable) */
  GDBusObjectManager *manager; /* (owned) (nullable) */

  gboolean over;
  int status;
};

OhCli *
oh_cli_new (void)
{
  return g_new0 (OhCli, 1);
}

void
oh_cli_free (OhCli *cli)
{
  if (cli == NULL)
    return;
  g_strfreev (cli->args);
  g_free (cli->phone);
  g_free (cli->wait);
  g_free (cli->note);
  g_free (cli->group);
  g_free (cli->limit);
  g_free (cli->level);
  g_free (cli->user);
  g_free (cli->delete);
  oh_cli_call_options_clear (&cli->call_options);
  g_clear_object (&cli->agent);
  g_clear_object (&cli->manager);
  g_free (cli);
}

/* --- arguments --- */

static char *
describe_verbs (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Commands:\n"));

  for (const OhCliVerb *verb = oh_cli_verbs (); verb->name != NULL; verb++)
    {
      g_autofree char *left = g_strdup_printf ("%s %s", verb->name, verb->arguments);

      if (verb->summary != NULL)
        g_string_append_printf (text, "  %-36s %s\n", left, _ (verb->summary));
    }
  g_string_append (text, _ ("\nExit status: 0 done, 1 failed, 2 usage, 3 sign-in refused or not "
                            "signed in,\n4 unreachable, 5 untrusted certificate, 6 not a number, 7 "
                            "the phone refused,\n8 sent, outcome unknown."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const OhCliVerb *
find_verb (char **words, guint n_words)
{
  for (const OhCliVerb *verb = oh_cli_verbs (); verb->name != NULL; verb++)
    {
      g_auto (GStrv) parts = g_strsplit (verb->name, " ", 2);
      guint n = g_strv_length (parts);

      if (n <= n_words && g_str_equal (parts[0], words[0]) &&
          (n == 1 || g_str_equal (parts[1], words[1])))
        return verb;
    }
  return NULL;
}

static guint
count_words (const char *name)
{
  return strchr (name, ' ') != NULL ? 2 : 1;
}

static gboolean
fail_usage (GError **error, const char *text)
{
  g_set_error_literal (error, OH_ERROR, OH_ERROR_USAGE, text);
  return FALSE;
}

static gboolean
check_options (OhCli *cli, GError **error)
{
  const struct
  {
    gboolean given;
    OhCliOption option;
    const char *name;
  } options[] = {
    { cli->json, OH_CLI_JSON, "--json" },
    { cli->yes, OH_CLI_YES, "--yes" },
    { cli->phone != NULL, OH_CLI_PHONE, "--phone" },
    { cli->wait != NULL, OH_CLI_WAIT | OH_CLI_SECONDS, "--wait" },
    { cli->note != NULL, OH_CLI_NOTE, "--note" },
    { cli->follow, OH_CLI_FOLLOW, "--follow" },
    { cli->with_names, OH_CLI_WITH_NAMES, "--with-names" },
    { cli->local, OH_CLI_LOCAL, "--local" },
    { cli->watch, OH_CLI_WATCH, "--watch" },
    { cli->group != NULL, OH_CLI_GROUP, "--group" },
    { cli->missed, OH_CLI_MISSED, "--missed" },
    { cli->seen, OH_CLI_SEEN, "--seen" },
    { cli->clear, OH_CLI_CLEAR, "--clear" },
    { cli->limit != NULL, OH_CLI_LIMIT, "--limit" },
    { cli->level != NULL, OH_CLI_LEVEL, "--level" },
    { cli->user != NULL, OH_CLI_USER, "--user" },
    { cli->delete != NULL, OH_CLI_DELETE, "--delete" },
    { cli->is_private, OH_CLI_PRIVATE, "--private" },
    { cli->last, OH_CLI_LAST, "--last" },
    { cli->probe, OH_CLI_PROBE, "--probe" },
    { cli->pair, OH_CLI_PAIR, "--pair" },
    { cli->dial, OH_CLI_DIAL, "--dial" },
    { cli->generate, OH_CLI_GENERATE, "--generate" },
    { cli->admin, OH_CLI_ADMIN, "--admin" },
    { cli->service, OH_CLI_SERVICE, "--service" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].given && !(cli->verb->options & options[i].option))
      {
        g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("“offhook %s” has no option %s."),
                     cli->verb->name, options[i].name);
        return FALSE;
      }
  if (cli->wait != NULL && (cli->verb->options & OH_CLI_WAIT) &&
      !g_str_equal (cli->wait, "connected") && !g_str_equal (cli->wait, "ended"))
    return fail_usage (error, _ ("--wait takes “connected” or “ended”."));
  return oh_cli_call_options_check (&cli->call_options, cli->verb->options, cli->verb->name, error);
}

static gboolean
take_words (OhCli *cli, char **words, GError **error)
{
  guint n = g_strv_length (words);

  if (n == 0)
    return fail_usage (error, _ ("Say what to do; “offhook --help” lists the commands."));
  cli->verb = find_verb (words, n);
  if (cli->verb == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                   _ ("There is no command “%s”; “offhook --help” lists the commands."), words[0]);
      return FALSE;
    }
  cli->args = g_strdupv (words + count_words (cli->verb->name));
  n = g_strv_length (cli->args);
  if (n > cli->verb->n_max && cli->verb->run == oh_verb_password)
    return fail_usage (error, _ ("A password does not belong on the command line: everybody who "
                                 "lists processes can read it there, and the shell remembers it. "
                                 "If it was the real one, change it. Leave it out and you are "
                                 "asked for it; or give it as one line on standard input."));
  if (n < cli->verb->n_min || n > cli->verb->n_max)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("Usage: offhook %s %s"), cli->verb->name,
                   cli->verb->arguments);
      return FALSE;
    }
  return check_options (cli, error);
}

gboolean
oh_cli_parse (OhCli *cli, int argc, char **argv, char **help, GError **error)
{
  gboolean version = FALSE;
  gboolean want_help = FALSE;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &want_help, N_ ("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Show the version"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print one JSON document"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &cli->yes, N_ ("Do not ask back"), NULL },
    { "phone", 0, 0, G_OPTION_ARG_STRING, &cli->phone, N_ ("Use this phone"), N_ ("ID") },
    { "wait", 0, 0, G_OPTION_ARG_STRING, &cli->wait,
      N_ ("Return when the call is that far, or then"), N_ ("connected|ended|SECONDS") },
    { "pair", 0, 0, G_OPTION_ARG_NONE, &cli->pair, N_ ("Set up what is found by a code"), NULL },
    { "dial", 0, 0, G_OPTION_ARG_NONE, &cli->dial, N_ ("Find the phone that dials a code"), NULL },
    { "probe", 0, 0, G_OPTION_ARG_NONE, &cli->probe, N_ ("Ask each host of the network, once"),
      NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &cli->note, N_ ("Note beside the presence"), N_ ("TEXT") },
    { "follow", 'f', 0, G_OPTION_ARG_NONE, &cli->follow, N_ ("Go on until Ctrl-C"), NULL },
    { "local", 0, 0, G_OPTION_ARG_NONE, &cli->local, N_ ("Leave the directory out"), NULL },
    { "with-names", 0, 0, G_OPTION_ARG_NONE, &cli->with_names,
      N_ ("Show people, numbers and notes, too"), NULL },
    { "watch", 0, 0, G_OPTION_ARG_NONE, &cli->watch, N_ ("Go on with changes until Ctrl-C"), NULL },
    { "group", 0, 0, G_OPTION_ARG_STRING, &cli->group, N_ ("Put the person into this group"),
      N_ ("NAME") },
    { "private", 0, 0, G_OPTION_ARG_NONE, &cli->is_private, N_ ("Keep no trace of the call"),
      NULL },
    { "last", 0, 0, G_OPTION_ARG_NONE, &cli->last, N_ ("The number dialled last"), NULL },
    { "missed", 0, 0, G_OPTION_ARG_NONE, &cli->missed, N_ ("Only missed calls"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_STRING, &cli->limit, N_ ("So many calls at most"), N_ ("N") },
    { "seen", 0, 0, G_OPTION_ARG_NONE, &cli->seen, N_ ("Mark all missed calls as seen"), NULL },
    { "delete", 0, 0, G_OPTION_ARG_STRING, &cli->delete, N_ ("Delete a call, or “all”"),
      N_ ("ID") },
    { "level", 0, 0, G_OPTION_ARG_STRING, &cli->level, N_ ("Whose login at the phone"),
      "user|admin|service" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &cli->user, N_ ("User name of that login"), N_ ("NAME") },
    { "clear", 0, 0, G_OPTION_ARG_NONE, &cli->clear, N_ ("Delete all calls"), NULL },
    { "generate", 0, 0, G_OPTION_ARG_NONE, &cli->generate, N_ ("Have a strong password made"),
      NULL },
    { "admin", 0, 0, G_OPTION_ARG_NONE, &cli->admin, N_ ("The administrator's password"), NULL },
    { "service", 0, 0, G_OPTION_ARG_NONE, &cli->service, N_ ("The maintenance account's"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("COMMAND [ARGUMENT…]"));
  g_autofree char *commands = describe_verbs ();
  g_auto (GStrv) copy = g_new0 (char *, (gsize) argc + 1);
  g_autoptr (GError) wrong = NULL;

  for (int i = 0; i < argc; i++)
    copy[i] = g_strdup (argv[i]);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  oh_cli_call_options_add (&cli->call_options, context);
  g_option_context_set_description (context, commands);
  if (!g_option_context_parse_strv (context, &copy, &wrong))
    return fail_usage (error, wrong->message);
  if (version)
    *help = g_strdup ("offhook " OH_VERSION "\n");
  else if (want_help)
    *help = g_option_context_get_help (context, TRUE, NULL);
  else
    return take_words (cli, words != NULL ? words : &copy[g_strv_length (copy)], error);
  return TRUE;
}

const char *
oh_cli_arg (OhCli *cli, guint n)
{
  return n < g_strv_length (cli->args) ? cli->args[n] : NULL;
}

gboolean
oh_cli_json (OhCli *cli)
{
  return cli->json;
}

gboolean
oh_cli_yes (OhCli *cli)
{
  return cli->yes;
}

const OhCliCallOptions *
oh_cli_call_options (OhCli *cli)
{
  return &cli->call_options;
}

gboolean
oh_cli_follow (OhCli *cli)
{
  return cli->follow;
}

gboolean
oh_cli_local (OhCli *cli)
{
  return cli->local;
}

gboolean
oh_cli_with_names (OhCli *cli)
{
  return cli->with_names;
}

gboolean
oh_cli_watch (OhCli *cli)
{
  return cli->watch;
}

gboolean
oh_cli_given (OhCli *cli, OhCliOption option)
{
  switch ((guint) option)
    {
    case OH_CLI_MISSED: return cli->missed;
    case OH_CLI_SEEN: return cli->seen;
    case OH_CLI_CLEAR: return cli->clear;
    case OH_CLI_PRIVATE: return cli->is_private;
    case OH_CLI_LAST: return cli->last;
    case OH_CLI_GENERATE: return cli->generate;
    case OH_CLI_ADMIN: return cli->admin;
    case OH_CLI_SERVICE: return cli->service;
    case OH_CLI_PROBE: return cli->probe;
    case OH_CLI_PAIR: return cli->pair;
    case OH_CLI_DIAL: return cli->dial;
    default: g_return_val_if_reached (FALSE);
    }
}

const char *
oh_cli_value (OhCli *cli, OhCliOption option)
{
  switch ((int) option)
    {
    case OH_CLI_PHONE: return cli->phone;
    case OH_CLI_SECONDS:
    case OH_CLI_WAIT: return cli->wait;
    case OH_CLI_NOTE: return cli->note;
    case OH_CLI_GROUP: return cli->group;
    case OH_CLI_LIMIT: return cli->limit;
    case OH_CLI_LEVEL: return cli->level;
    case OH_CLI_USER: return cli->user;
    case OH_CLI_DELETE: return cli->delete;
    default: g_return_val_if_reached (NULL);
    }
}

/* --- the end --- */

void
oh_cli_say (OhCli *cli, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  if (cli->json)
    g_printerr ("%s\n", line);
  else
    g_print ("%s\n", line);
}

void
oh_cli_note (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s\n", line);
}

void
oh_cli_end (OhCli *cli, int status)
{
  cli->over = TRUE;
  cli->status = status;
  g_main_context_wakeup (NULL);
}

void
oh_cli_done (OhCli *cli)
{
  oh_cli_end (cli, 0);
}

void
oh_cli_fail (OhCli *cli, GError *error)
{
  g_autoptr (GError) owned = error;

  oh_error_strip_remote (&owned);
  g_printerr ("offhook: %s\n", owned->message);
  if (owned->domain == OH_ERROR && oh_error_advice (owned->code)[0] != '\0')
    g_printerr ("%s\n", oh_error_advice (owned->code));
  oh_cli_end (cli, oh_error_exit_status (owned));
}

gboolean
oh_cli_is_over (OhCli *cli)
{
  return cli->over;
}

int
oh_cli_status (OhCli *cli)
{
  return cli->status;
}

/* --- the agent --- */

/* The bus speaks of services and owners; people want to know what is not there. */
static GError *
no_agent (GError *foreign)
{
  g_autoptr (GError) owned = foreign;

  g_dbus_error_strip_remote_error (owned);
  return g_error_new (OH_ERROR, OH_ERROR_FAILED,
                      _ ("The agent could not be started: %s. Is the package installed whole? "
                         "“offhook-agent --verbose” shows more."),
                      owned->message);
}

/* @error: (transfer full) */
static void
fail_without_agent (OhCli *cli, GError *error)
{
  if (cli->verb->no_agent != NULL)
    cli->verb->no_agent (cli, error);
  else
    oh_cli_fail (cli, error);
}

static void
on_manager (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;

  cli->manager = (GDBusObjectManager *) g_dbus_object_manager_client_new_finish (result, &error);
  if (cli->manager == NULL)
    fail_without_agent (cli, no_agent (error));
  else
    cli->verb->run (cli);
}

static void
on_agent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  g_autofree char *owner = NULL;

  cli->agent = oh_bus_agent1_proxy_new_finish (result, &error);
  if (cli->agent == NULL)
    {
      fail_without_agent (cli, no_agent (error));
      return;
    }
  owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (cli->agent));
  if (owner == NULL)
    {
      fail_without_agent (
        cli, g_error_new (OH_ERROR, OH_ERROR_FAILED,
                          _ ("The agent could not be started. Is the package installed "
                             "whole? “offhook-agent --verbose” shows more.")));
      return;
    }
  /* Signing in waits for servers; the agent has the time limits, not the bus. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (cli->agent), G_MAXINT);
  g_dbus_object_manager_client_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (cli->agent)),
                                    G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_NONE, OH_BUS_NAME,
                                    OH_BUS_PATH, oh_bus_proxy_type, NULL, NULL, NULL, on_manager,
                                    cli);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    fail_without_agent (cli, error);
  else
    oh_bus_agent1_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL,
                             on_agent, cli);
}

void
oh_cli_start (OhCli *cli)
{
  if (cli->verb->options & OH_CLI_ALONE)
    cli->verb->run (cli);
  else
    oh_bus_connect_async (NULL, on_connected, cli);
}

OhBusAgent1 *
oh_cli_agent (OhCli *cli)
{
  return cli->agent;
}

GDBusObjectManager *
oh_cli_manager (OhCli *cli)
{
  return cli->manager;
}

gpointer
oh_cli_find (OhCli *cli, const char *path, const char *interface_name)
{
  return g_dbus_object_manager_get_interface (cli->manager, path, interface_name);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (g_dbus_proxy_get_object_path (*(GDBusProxy *const *) a),
                 g_dbus_proxy_get_object_path (*(GDBusProxy *const *) b));
}

GPtrArray *
oh_cli_list (OhCli *cli, const char *interface_name)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GList *objects = g_dbus_object_manager_get_objects (cli->manager);

  for (GList *l = objects; l != NULL; l = l->next)
    {
      GDBusInterface *proxy = g_dbus_object_get_interface (l->data, interface_name);

      if (proxy != NULL)
        g_ptr_array_add (found, proxy);
    }
  g_list_free_full (objects, g_object_unref);
  g_ptr_array_sort (found, compare_paths);
  return found;
}
