/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-control.h"
#include "sim-csta.h"
#include "sim-phone.h"
#include "sim-report.h"
#include "sim-routes.h"
#include "sim-sip.h"

#include <glib-unix.h>
#include <locale.h>
#include <unistd.h>

/* What the command line said. */
static struct
{
  char *personality;
  char *address;
  int http_port;
  int https_port;
  int sip_port;
  int sip_tcp_port;
  int sip_tls_port;
  char *user;
  char *password;
  char *admin_password;
  char *auth;
  gboolean hidden_tags;
  char *mac;
  char *identity;
  char *answer_after;
  char **set;
  char *certificate;
  char *key;
  char *certificate_kind;
  char *trust;
  char *tls;
  char *provisioning;
  char *control;
  int control_port;
} options = { .control_port = -1 };

/* clang-format off */
static const GOptionEntry entries[] = {
  { "personality", 'p', 0, G_OPTION_ARG_STRING, &options.personality, "Which phone (d785)", "ID" },
  { "address", 'a', 0, G_OPTION_ARG_STRING, &options.address, "Where to listen and to send from (127.0.0.1)", "ADDRESS" },
  { "http-port", 0, 0, G_OPTION_ARG_INT, &options.http_port, "0 lets the kernel choose (0)", "PORT" },
  { "https-port", 0, 0, G_OPTION_ARG_INT, &options.https_port, "0 lets the kernel choose (0)", "PORT" },
  { "sip-port", 0, 0, G_OPTION_ARG_INT, &options.sip_port, "UDP, 0 lets the kernel choose (0)", "PORT" },
  { "sip-tcp-port", 0, 0, G_OPTION_ARG_INT, &options.sip_tcp_port, "uaCSTA over TCP, 0 lets the kernel choose (0)", "PORT" },
  { "sip-tls-port", 0, 0, G_OPTION_ARG_INT, &options.sip_tls_port, "uaCSTA over TLS, 0 lets the kernel choose (0)", "PORT" },
  { "user", 'u', 0, G_OPTION_ARG_STRING, &options.user, "Web login (admin)", "NAME" },
  { "password", 0, 0, G_OPTION_ARG_STRING, &options.password, "Web password (1234)", "TEXT" },
  { "admin-password", 0, 0, G_OPTION_ARG_STRING, &options.admin_password, "Administrator's password (0000)", "TEXT" },
  { "auth", 0, 0, G_OPTION_ARG_STRING, &options.auth, "basic, digest or none (the personality's)", "SCHEME" },
  { "hidden-tags", 0, 0, G_OPTION_ARG_NONE, &options.hidden_tags, "As --set use_hidden_tags=on", NULL },
  { "mac", 0, 0, G_OPTION_ARG_STRING, &options.mac, "Twelve hex digits (000413AABBCC)", "MAC" },
  { "identity", 0, 0, G_OPTION_ARG_STRING, &options.identity, "Of line 1 (440@pbx.example)", "USER@HOST" },
  { "answer-after", 0, 0, G_OPTION_ARG_STRING, &options.answer_after, "As --set answer-after=MS (2000)", "MS" },
  { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options.set, "A knob or a setting, see below", "NAME=VALUE" },
  { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate, "PEM, the issuers after it; made at start without it", "FILE" },
  { "key", 0, 0, G_OPTION_ARG_FILENAME, &options.key, "PEM (the certificate's file)", "FILE" },
  { "certificate-kind", 0, 0, G_OPTION_ARG_STRING, &options.certificate_kind, "self-signed, factory, enterprise, expired, wrong-name, weak (self-signed)", "KIND" },
  { "tls", 0, 0, G_OPTION_ARG_STRING, &options.tls, "The one version it speaks: 1.0, 1.1, 1.2 or 1.3 (all)", "VERSION" },
  { "trust", 0, 0, G_OPTION_ARG_FILENAME, &options.trust, "Who must have signed the certificate of an https action URL (anybody)", "FILE" },
  { "provisioning", 0, 0, G_OPTION_ARG_FILENAME, &options.provisioning, "Settings as text, read at every boot", "FILE" },
  { "control", 'c', 0, G_OPTION_ARG_FILENAME, &options.control, "Unix socket for commands", "PATH" },
  { "control-port", 0, 0, G_OPTION_ARG_INT, &options.control_port, "TCP port for commands, 0 lets the kernel choose", "PORT" },
  { NULL },
};
/* clang-format on */

static const char summary[] =
  "A snom desk phone for tests: web server, calls and action URLs, without a phone.\n"
  "\n"
  "Whatever happens is one JSON object a line on stdout; \"event\" says what: listening, request,\n"
  "call, key, dtmf, action, sip, refused, transfer, note, lockout, down, reply, error. A request's "
  "line\n"
  "follows those of what it did. Passwords are never shown.";

static char *
manual (void)
{
  g_autofree char *personalities = sim_personality_manual ();
  g_autofree char *commands = sim_control_manual ();
  g_autofree char *knobs = sim_knobs_manual ();
  g_autofree char *faults = sim_routes_faults ();

  return g_strdup_printf (
    "Personalities:\n%s\n"
    "Commands, one a line on stdin or over --control; each gets a line \"reply\":\n%s\n"
    "Faults for fail-next:\n  %s\n\n"
    "Knobs for --set and set, where phones differ. Names with an underscore are the phone's own\n"
    "settings: http_user, http_pass (first \"admin\" and \"1234\"), http_scheme (on is Digest),\n"
    "use_hidden_tags, action_incoming_url, user_name1 …\n%s\n"
    "Numbers: one that ends in an even digit answers, one in 9 is busy, the others ring unheard.\n"
    "The program ends with SIGTERM, with \"quit\", or when a pipe on its stdin is closed.\n",
    personalities, commands, faults, knobs);
}

static gboolean
set_auth (SimPhone *phone, GError **error)
{
  if (g_str_equal (options.auth, "basic") || g_str_equal (options.auth, "digest"))
    return sim_phone_set (phone, "http_scheme", g_str_equal (options.auth, "digest") ? "on" : "off",
                          error);
  if (!g_str_equal (options.auth, "none"))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--auth is basic, digest or none, not “%s”", options.auth);
      return FALSE;
    }
  return sim_phone_set (phone, "http_user", "", error) &&
         sim_phone_set (phone, "http_pass", "", error);
}

static gboolean
set_identity (SimPhone *phone, GError **error)
{
  g_auto (GStrv) pair = g_strsplit (options.identity, "@", 2);

  if (g_strv_length (pair) == 2)
    return sim_phone_set (phone, "user_name1", pair[0], error) &&
           sim_phone_set (phone, "user_host1", pair[1], error);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--identity is USER@HOST, not “%s”",
               options.identity);
  return FALSE;
}

/* The options that are settings under another name. */
static gboolean
apply_shorthands (SimPhone *phone, GError **error)
{
  const struct
  {
    const char *name;
    const char *value;
  } pairs[] = {
    { "http_user", options.user },
    { "http_pass", options.password },
    { "admin_mode_password", options.admin_password },
    { "use_hidden_tags", options.hidden_tags ? "on" : NULL },
    { "mac", options.mac },
    { "answer-after", options.answer_after },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].value != NULL && !sim_phone_set (phone, pairs[i].name, pairs[i].value, error))
      return FALSE;
  return (options.auth == NULL || set_auth (phone, error)) &&
         (options.identity == NULL || set_identity (phone, error));
}

static gboolean
apply_sets (SimPhone *phone, GError **error)
{
  for (char **s = options.set; s != NULL && *s != NULL; s++)
    {
      g_auto (GStrv) pair = g_strsplit (*s, "=", 2);

      if (g_strv_length (pair) != 2)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "--set wants NAME=VALUE, not “%s”", *s);
          return FALSE;
        }
      if (!sim_phone_set (phone, pair[0], pair[1], error))
        return FALSE;
    }
  return TRUE;
}

/* GnuTLS takes its rules from here, once, for all connections of the program; old phones have short
   keys, too. Before anything of TLS is touched. */
static gboolean
restrict_tls (GError **error)
{
  static const char *const versions[] = { "1.0", "1.1", "1.2", "1.3", NULL };
  g_autofree char *rules = NULL;

  if (options.tls == NULL)
    return TRUE;
  if (!g_strv_contains (versions, options.tls))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--tls is 1.0, 1.1, 1.2 or 1.3, not “%s”", options.tls);
      return FALSE;
    }
  rules = g_strdup_printf ("NORMAL:%%COMPAT:%%VERIFY_ALLOW_SIGN_WITH_SHA1:-VERS-ALL:+VERS-TLS%s",
                           options.tls);
  g_setenv ("G_TLS_GNUTLS_PRIORITY", rules, TRUE);
  return TRUE;
}

static gboolean
get_certificate (SimPhone *phone, GError **error)
{
  const char *kind = options.certificate_kind != NULL ? options.certificate_kind : "self-signed";
  const char *mac = sim_settings_get (phone->settings, "mac");

  if (options.certificate != NULL)
    phone->certificate = sim_certificate_load (
      options.certificate, options.key != NULL ? options.key : options.certificate, error);
  else
    phone->certificate = sim_certificate_make (kind, mac, phone->address, error);
  if (phone->certificate == NULL)
    return FALSE;
  sim_http_set_certificate (phone->http, phone->certificate->tls);
  return TRUE;
}

static gboolean
prepare (SimPhone *phone, GError **error)
{
  g_autoptr (GTlsDatabase) trust = NULL;

  if (!apply_shorthands (phone, error) || !apply_sets (phone, error))
    return FALSE;
  if (options.address != NULL)
    {
      g_free (phone->address);
      phone->address = g_strdup (options.address);
    }
  phone->provisioning = g_strdup (options.provisioning);
  if (options.trust != NULL)
    {
      trust = g_tls_file_database_new (options.trust, error);
      if (trust == NULL)
        return FALSE;
      sim_actions_set_trust (phone->actions, trust);
    }
  sim_actions_set_source (phone->actions, phone->address);
  return get_certificate (phone, error) &&
         sim_http_reserve (phone->http, FALSE, phone->address, (guint16) options.http_port,
                           error) &&
         sim_http_reserve (phone->http, TRUE, phone->address, (guint16) options.https_port,
                           error) &&
         sim_sip_bind (phone->sip, phone->address, (guint16) options.sip_port, error) &&
         sim_csta_listen (phone->csta, phone->address, (guint16) options.sip_tcp_port, FALSE,
                          error) &&
         sim_csta_listen (phone->csta, phone->address, (guint16) options.sip_tls_port, TRUE, error);
}

static gboolean
open_control (SimControl *control, GError **error)
{
  JsonObject *line;
  guint16 port = 0;

  if (options.control != NULL && !sim_control_listen_unix (control, options.control, error))
    return FALSE;
  if (options.control_port >= 0)
    {
      port = sim_control_listen_tcp (control, (guint16) options.control_port, error);
      if (port == 0)
        return FALSE;
    }
  if (options.control == NULL && port == 0)
    return TRUE;
  line = sim_report_new ("control");
  sim_report_set (line, "socket", options.control);
  json_object_set_int_member (line, "port", port);
  sim_report_send (line);
  return TRUE;
}

static void
quit (gpointer loop)
{
  g_main_loop_quit (loop);
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
run (SimPhone *phone, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SimControl) control = NULL;

  if (!restrict_tls (error) || !prepare (phone, error))
    return FALSE;
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  control = sim_control_new (phone, quit, loop);
  if (!open_control (control, error) || !sim_phone_boot (phone, error))
    return FALSE;
  sim_control_start (control);
  g_main_loop_run (loop);
  if (options.control != NULL)
    unlink (options.control);
  return TRUE;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
/* GIO keeps the one source of its file monitors for ever, out of sight of LeakSanitizer. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libgio-2.0.so";
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SimPhone) phone = NULL;
  g_autofree char *text = manual ();
  const SimPersonality *kind;

  setlocale (LC_ALL, "");
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, text);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("phone-simulator: %s\n", error->message);
      return 2;
    }
  kind = sim_personality_find (options.personality != NULL ? options.personality : "d785");
  if (kind == NULL)
    {
      g_printerr ("phone-simulator: no personality “%s”; --help lists them\n", options.personality);
      return 2;
    }
  phone = sim_phone_new (kind);
  if (!run (phone, &error))
    {
      g_printerr ("phone-simulator: %s\n", error->message);
      return 1;
    }
  return 0;
}
