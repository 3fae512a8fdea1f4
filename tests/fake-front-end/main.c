/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "fe-control.h"
#include "fe-event.h"
#include "fe-server.h"
#include "fe-watchers.h"

/* What the command line said, before it is put together. */
typedef struct
{
  char *server, *domain, *certificate, *key, *keytab, *ntlm_users, *schemes, *people, *control;
  char *script, *family, *self_notify, *kerberos_target, *ntlm_flags, *address;
  int port, version, expires_s, subscription_expires_s, keep_alive_s, crowd, association_life_s;
  int date_offset_s;
  int association_idle_s;
  FeProxyOptions proxy;
  FeWatchOptions watch;
  gboolean lenient_mime, linger, no_levels, notify_multipart, no_piggyback, no_benotify, edge,
    trace;
} Options;

typedef struct
{
  GMainLoop *loop;
  FeServer *server;
} Program;

static const char summary[] =
  "A Microsoft SIP front end for tests: registrar and presence server on TLS.\n"
  "Signs what it sends, checks what it gets, and goes wrong where a test wants it to.\n"
  "It shares no code with the product.";

static const char description[] =
  "People file (key file; without one alice, bob and carol of the domain, alice has the other two\n"
  "as contacts):\n"
  "  [bob@fabrikam.test]\n"
  "  name=Bob Baker\n"
  "  logins=FABRIKAM\\\\bob;bob@FABRIKAM.TEST;   accounts that may act as bob; any \"bob\" if "
  "missing\n"
  "  work=+49 30 12345678|tel:+493012345678    also mobile, home, other: display text | URI\n"
  "  contacts=alice@fabrikam.test|Team,Friends;carol@fabrikam.test;\n"
  "  presence=available                        what they are while no endpoint of theirs says so\n"
  "  activity=on-the-phone\n"
  "  note=Back at five\n\n"
  "Script file: blocks for odd answers, each used once, the first that fits.\n"
  "  # comment\n"
  "  expect [early] [always] METHOD   early: before the credentials are looked at\n"
  "  Event: presence                  any number of lines \"Header: part of its value\"\n"
  "  reply                            then STATUS REASON, headers, blank line, body, up to "
  "\"end\";\n"
  "                                   Via, From, To, Call-ID, CSeq come by themselves; also\n"
  "                                   \"reply unsigned\", and \"reply raw\" for octets as they "
  "are\n"
  "  489 Bad Event\n"
  "  X-Seen: ${Call-ID}               ${Header} of the request, ${uri} for its Request-URI\n"
  "  end\n"
  "  or \"drop\" or \"cut\" instead of reply … end\n\n"
  "Events: one JSON object per line on stdout, with \"event\" and \"ms\" since the start:\n"
  "  listening (port, server, domain), connected, connection-lost (peer, reason), keep-alive,\n"
  "  challenge (user, method, continuation, status, by), authenticated (user, mechanism, account,\n"
  "  by: \"proxy\" where it is not the registrar),\n"
  "  registered (user, epid, mechanism, signed, refresh, expires, peer, user-agent),\n"
  "  refused (user, method, status, reason), redirected, unknown-association,\n"
  "  deregistered (user, epid, reason: client, connection-lost, expired, replaced, …),\n"
  "  subscribed (user, package, expires, batch, watched, piggyback, target), "
  "subscription-expired,\n"
  "  published (user, category, instance, container, expire-type, deleted, availability,\n"
  "  activity), conflict (user, operations), members (user, body), aggregate (user, availability, "
  "activity),\n"
  "  storm (user, changes; ms until the last was made, waiting: not sent by then, sent-ms: all\n"
  "  were, cpu-ms: of this program meanwhile),\n"
  "  left (user, endpoints, subscriptions, endpoint-bound, user-bound, lasting),\n"
  "  notified (user, package, method, state), answered (user, method, status, signed),\n"
  "  bad-signature (user, method, reason), fault (user, method, kind), scripted, control (command, "
  "ok, error), error,\n"
  "  violation (who, rule, details): the client did what a client must not do; tests fail on it.\n"
  "  Rules: epid-missing epid-form from-tag-missing branch-missing branch-reused cseq-form\n"
  "  cseq-order contact-missing contact-not-gruu register-uri third-party-registration instance\n"
  "  user-agent-missing max-forwards-missing content-type-missing credentials\n"
  "  credentials-header credentials-twice realm targetname qop version crand cnum-skip "
  "signed-too-early unsigned\n"
  "  bad-signature not-registered stray-response no-answer batch-headers expire-type\n"
  "  lasting-phone-state delete-with-content route-missing remote-target too-many-requests\n"
  "  publish-in-flight keep-alive-missing keep-alive-unasked";

static gboolean
parse (int *argc, char ***argv, Options *o, GError **error)
{
  const GOptionEntry entries[] = {
    { "address", 0, 0, G_OPTION_ARG_STRING, &o->address,
      "Where to listen (127.0.0.1); another one only in a network of the test's own", "IP" },
    { "port", 0, 0, G_OPTION_ARG_INT, &o->port, "TCP port; 0: the kernel's choice", "N" },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &o->certificate, "Server certificate", "PEM" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &o->key, "Its key, when it is in another file", "PEM" },
    { "server", 0, 0, G_OPTION_ARG_STRING, &o->server, "Own name (fe1.fabrikam.test)", "FQDN" },
    { "domain", 0, 0, G_OPTION_ARG_STRING, &o->domain, "SIP domain (fabrikam.test)", "NAME" },
    { "schemes", 0, 0, G_OPTION_ARG_STRING, &o->schemes,
      "Offered (kerberos,ntlm); tls-dsk is only named", "LIST" },
    { "edge", 0, 0, G_OPTION_ARG_NONE, &o->edge, "Say that clients come from outside", NULL },
    { "keytab", 0, 0, G_OPTION_ARG_FILENAME, &o->keytab, "Key of sip/SERVER", "FILE" },
    { "ntlm-users", 0, 0, G_OPTION_ARG_FILENAME, &o->ntlm_users, "Lines DOMAIN:user:password",
      "FILE" },
    { "ntlm-flags", 0, 0, G_OPTION_ARG_STRING, &o->ntlm_flags, "Flags of the CHALLENGE", "HEX" },
    { "kerberos-target", 0, 0, G_OPTION_ARG_STRING, &o->kerberos_target,
      "SPN in the challenge (sip/SERVER)", "SPN" },
    { "version", 0, 0, G_OPTION_ARG_INT, &o->version, "Of the signature: 2, 3 or 4 (4)", "N" },
    { "family", 0, 0, G_OPTION_ARG_STRING, &o->family, "401 or 407 (401)", "STATUS" },
    { "expires", 0, 0, G_OPTION_ARG_INT, &o->expires_s, "Of registrations (7200)", "S" },
    { "no-levels", 0, 0, G_OPTION_ARG_NONE, &o->no_levels,
      "Accounts have no access levels yet, as if never used with Microsoft's clients", NULL },
    { "linger", 0, 0, G_OPTION_ARG_NONE, &o->linger,
      "Registrations outlive their connection until they expire", NULL },
    { "subscription-expires", 0, 0, G_OPTION_ARG_INT, &o->subscription_expires_s,
      "Of subscriptions (28800)", "S" },
    { "keep-alive", 0, 0, G_OPTION_ARG_INT, &o->keep_alive_s,
      "Timeout in ms-keep-alive (300); 0: not named", "S" },
    { "association-life", 0, 0, G_OPTION_ARG_INT, &o->association_life_s,
      "Associations are forgotten after that (never)", "S" },
    { "date-offset", 0, 0, G_OPTION_ARG_INT, &o->date_offset_s,
      "How far the Date of answers is ahead of the clock (0)", "S" },
    { "association-idle", 0, 0, G_OPTION_ARG_INT, &o->association_idle_s,
      "... or so long after the client used them last (never)", "S" },
    { "people", 0, 0, G_OPTION_ARG_FILENAME, &o->people, "Who has an account", "FILE" },
    { "crowd", 0, 0, G_OPTION_ARG_INT, &o->crowd, "So many more contacts for alice", "N" },
    { "self-notify", 0, 0, G_OPTION_ARG_STRING, &o->self_notify,
      "How an author learns versions: both, body, later (both)", "HOW" },
    { "notify-multipart", 0, 0, G_OPTION_ARG_NONE, &o->notify_multipart,
      "Changes within a batch as multipart, a list of one", NULL },
    { "no-piggyback", 0, 0, G_OPTION_ARG_NONE, &o->no_piggyback,
      "First notification never in the 200", NULL },
    { "no-benotify", 0, 0, G_OPTION_ARG_NONE, &o->no_benotify, "NOTIFY instead of BENOTIFY", NULL },
    { "lenient-mime", 0, 0, G_OPTION_ARG_NONE, &o->lenient_mime,
      "Multipart bodies that libpurple can read", NULL },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &o->control, "Unix socket for commands", "PATH" },
    { "script", 0, 0, G_OPTION_ARG_FILENAME, &o->script, "Expect/reply blocks", "FILE" },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &o->trace, "Every message on stderr", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *commands = fe_control_help ();
  g_autofree char *details = g_strconcat (description, "\n\n", commands, NULL);

  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, details);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, fe_proxy_options_group (&o->proxy));
  g_option_context_add_group (context, fe_watch_options_group (&o->watch));
  return g_option_context_parse (context, argc, argv, error);
}

static void
options_clear (Options *o)
{
  char **const texts[] = {
    &o->server, &o->domain,      &o->certificate,     &o->key,        &o->keytab,
    &o->people, &o->script,      &o->ntlm_users,      &o->schemes,    &o->control,
    &o->family, &o->self_notify, &o->kerberos_target, &o->ntlm_flags, &o->address,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  fe_proxy_options_clear (&o->proxy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
set_default (char **place, const char *value)
{
  if (*place == NULL)
    *place = g_strdup (value);
}

static void
set_defaults (Options *o)
{
  g_autofree char *spn = NULL;

  set_default (&o->address, "127.0.0.1");
  set_default (&o->server, "fe1.fabrikam.test");
  set_default (&o->domain, "fabrikam.test");
  set_default (&o->schemes, "kerberos,ntlm");
  set_default (&o->family, "401");
  set_default (&o->self_notify, "both");
  spn = g_strconcat ("sip/", o->server, NULL);
  set_default (&o->kerberos_target, spn);
}

static gboolean
read_self_notify (const char *text, FeSelfNotify *out, GError **error)
{
  static const char *const words[] = { "both", "body", "later" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], text) == 0)
      {
        *out = (FeSelfNotify) i;
        return TRUE;
      }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--self-notify: both, body, later");
  return FALSE;
}

static gboolean
configure (const Options *o, FeConfig *config, GError **error)
{
  *config = (FeConfig){
    .address = o->address,
    .server = o->server,
    .domain = o->domain,
    .kerberos_target = o->kerberos_target,
    .ntlm_target = o->server,
    .realm = (char *) FE_REALM,
    .shares_path = o->proxy.server != NULL,
    .version = (guint) o->version,
    .proxy_family = strcmp (o->family, "407") == 0,
    .offer_kerberos = strstr (o->schemes, "kerberos") != NULL,
    .offer_ntlm = strstr (o->schemes, "ntlm") != NULL,
    .offer_tls_dsk = strstr (o->schemes, "tls-dsk") != NULL,
    .edge = o->edge,
    .association_life_s = o->association_life_s,
    .association_idle_s = o->association_idle_s,
    .expires_s = o->expires_s,
    .linger = o->linger,
    .no_levels = o->no_levels,
    .date_offset_s = o->date_offset_s,
    .subscription_expires_s = o->subscription_expires_s,
    .keep_alive_s = o->keep_alive_s,
    .lenient_mime = o->lenient_mime,
    .notify_multipart = o->notify_multipart,
    .piggyback = !o->no_piggyback,
    .benotify = !o->no_benotify,
    .watch = o->watch,
    .trace = o->trace,
  };
  if (o->version < 2 || o->version > 4)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--version: 2, 3 or 4");
      return FALSE;
    }
  if (o->certificate == NULL || (config->offer_kerberos && o->keytab == NULL) ||
      (config->offer_ntlm && o->ntlm_users == NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   "--certificate is needed, --keytab for kerberos, --ntlm-users for ntlm");
      return FALSE;
    }
  return read_self_notify (o->self_notify, &config->self_notify, error);
}

static FeAuth *
make_auth (const Options *o, const FeConfig *config, const char *replay_cache, GError **error)
{
  g_autoptr (FeAcceptor) kerberos = NULL;
  g_autoptr (FeAcceptor) ntlm = NULL;
  guint64 flags = o->ntlm_flags != NULL ? g_ascii_strtoull (o->ntlm_flags, NULL, 16) : 0;

  if (config->offer_kerberos)
    {
      kerberos = fe_acceptor_new_kerberos (o->keytab, replay_cache, error);
      if (kerberos == NULL)
        return NULL;
    }
  if (config->offer_ntlm)
    {
      ntlm = fe_acceptor_new_ntlm (o->ntlm_users, o->server, (guint32) flags, error);
      if (ntlm == NULL)
        return NULL;
    }
  return fe_auth_new (config, g_steal_pointer (&kerberos), g_steal_pointer (&ntlm));
}

static FeServer *
make_server (const Options *o, const FeConfig *config, const char *replay_cache, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (FePeople) people = NULL;
  g_autoptr (FeScript) script = NULL;
  g_autoptr (FeProxy) proxy = NULL;
  FeAuth *auth;

  certificate = o->key != NULL ? g_tls_certificate_new_from_files (o->certificate, o->key, error)
                               : g_tls_certificate_new_from_file (o->certificate, error);
  if (certificate == NULL)
    return NULL;
  people = fe_people_new (o->domain, o->people, error);
  if (people == NULL)
    return NULL;
  if (o->crowd > 0 && fe_people_find (people, "alice") != NULL)
    fe_people_invent (people, o->domain, fe_people_find (people, "alice"), (guint) o->crowd);
  if (o->script != NULL && (script = fe_script_new (o->script, error)) == NULL)
    return NULL;
  if (o->proxy.server != NULL && (proxy = fe_proxy_new (&o->proxy, config, o->keytab, o->ntlm_users,
                                                        replay_cache, error)) == NULL)
    return NULL;
  auth = make_auth (o, config, replay_cache, error);
  if (auth == NULL)
    return NULL;
  return fe_server_new (config, certificate, auth, g_steal_pointer (&proxy),
                        g_steal_pointer (&people), g_steal_pointer (&script));
}

static void read_command (Program *program, GDataInputStream *lines);

static void
on_command (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GDataInputStream) lines = G_DATA_INPUT_STREAM (source); /* of read_command() */
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  gboolean quit = FALSE;

  if (line == NULL)
    return; /* end of the commands is not the end of the server */
  fe_control_run (program->server, line, &quit);
  if (quit)
    g_main_loop_quit (program->loop);
  else
    read_command (program, lines);
}

static void
read_command (Program *program, GDataInputStream *lines)
{
  g_data_input_stream_read_line_async (g_object_ref (lines), G_PRIORITY_DEFAULT, NULL, on_command,
                                       program);
}

static gboolean
on_control_connection (GSocketService *service, GSocketConnection *connection, GObject *source,
                       gpointer user_data)
{
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_object_set_data_full (G_OBJECT (lines), "connection", g_object_ref (connection),
                          g_object_unref);
  read_command (user_data, lines);
  return TRUE;
}

static GSocketService *
open_control (Program *program, const char *path, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  g_unlink (path);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error))
    return NULL;
  g_signal_connect (service, "incoming", G_CALLBACK (on_control_connection), program);
  return g_steal_pointer (&service);
}

static gboolean
on_terminate (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
run (const Options *o, const FeConfig *config, const char *replay_cache, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (FeServer) server = make_server (o, config, replay_cache, error);
  g_autoptr (GSocketService) control = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  Program program = { .loop = loop, .server = server };
  guint16 port;

  if (server == NULL)
    return FALSE;
  port = fe_server_listen (server, (guint16) o->port, error);
  if (port == 0)
    return FALSE;
  if (o->control != NULL)
    control = open_control (&program, o->control, error);
  if (o->control != NULL && control == NULL)
    return FALSE;
  fe_event ("listening", "port:i", (int) port, "server:s", o->server, "domain:s", o->domain, NULL);
  read_command (&program, lines);
  g_unix_signal_add (SIGTERM, on_terminate, loop);
  g_unix_signal_add (SIGINT, on_terminate, loop);
  g_main_loop_run (loop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_auto (Options) o = {
    .version = 4, .expires_s = 7200, .subscription_expires_s = 28800, .keep_alive_s = 300
  };
  FeConfig config;
  g_autoptr (GError) error = NULL;
  g_autofree char *replay_cache = NULL;
  gboolean ok;
  int fd;

  setlocale (LC_ALL, ""); /* gss-ntlmssp reads names in the locale's encoding */
  LIBXML_TEST_VERSION
  if (!parse (&argc, &argv, &o, &error))
    {
      g_printerr ("%s: %s\n", g_get_prgname (), error->message);
      return 2;
    }
  set_defaults (&o);
  fd = g_file_open_tmp ("fake-front-end-XXXXXX.rcache", &replay_cache, &error);
  ok = fd >= 0 && configure (&o, &config, &error) && run (&o, &config, replay_cache, &error);
  if (fd >= 0)
    {
      close (fd);
      g_unlink (replay_cache);
    }
  if (!ok)
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
  return ok ? 0 : 1;
}
