/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-control.h"

#include "sim-display.h"
#include "sim-csta.h"
#include "sim-keys.h"
#include "sim-report.h"
#include "sim-routes.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>

struct _SimControl
{
  SimPhone *phone;
  GSourceOnceFunc quit;
  gpointer user_data;
  GSocketService *service; /* (owned) */
  GList *clients;          /* (element-type Client) */
};

/* Where commands come from: stdin, or one connection. */
typedef struct
{
  SimControl *control;
  GSocketConnection *connection; /* (owned) (nullable): NULL is stdin, answered on stdout */
  GDataInputStream *lines;       /* (owned) */
  GCancellable *cancellable;     /* (owned) */
} Client;

/* One command: FALSE with @error, or TRUE with whatever it adds to @reply. */
typedef gboolean (*CommandFunc) (SimControl *self, const char *first, const char *rest,
                                 JsonObject *reply, GError **error);

static gboolean
did (gboolean effect, GError **error)
{
  if (!effect)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "nothing to do that with");
  return effect;
}

static gboolean
do_ring (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  return did (sim_phone_ring (self->phone, first, rest), error);
}

static gboolean
do_dial (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  return did (sim_phone_dial (self->phone, first, NULL), error);
}

static gboolean
do_answer (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  return did (sim_calls_accept (self->phone->calls, g_str_equal (first, "handset")) ||
                sim_calls_remote_answer (self->phone->calls),
              error);
}

static gboolean
do_hangup (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  return did (sim_calls_cancel (self->phone->calls), error);
}

static gboolean
do_hold (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  return did (sim_calls_hold (self->phone->calls), error);
}

static gboolean
do_remote_answer (SimControl *self, const char *first, const char *rest, JsonObject *reply,
                  GError **error)
{
  return did (sim_calls_remote_answer (self->phone->calls), error);
}

static gboolean
do_remote_hangup (SimControl *self, const char *first, const char *rest, JsonObject *reply,
                  GError **error)
{
  g_autofree char *reason = g_strjoin (*rest != '\0' ? " " : "", first, rest, NULL);

  return did (sim_calls_remote_hangup (self->phone->calls, reason), error);
}

static gboolean
do_remote_hold (SimControl *self, const char *first, const char *rest, JsonObject *reply,
                GError **error)
{
  return did (sim_calls_remote_hold (self->phone->calls), error);
}

static gboolean
do_key (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  sim_keys_press (self->phone->keys, first);
  return TRUE;
}

static gboolean
do_set (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  return sim_phone_set (self->phone, first, rest, error);
}

static gboolean
do_get (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  sim_report_set (reply, "value", sim_settings_get (self->phone->settings, first));
  return TRUE;
}

static gboolean
do_flag (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  if (strlen (rest) != 1 || strchr ("!$&", *rest) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "a flag is !, $ or &");
      return FALSE;
    }
  sim_settings_flag (self->phone->settings, first, *rest);
  return TRUE;
}

static void
dump_setting (const char *name, char flag, const char *value, gpointer user_data)
{
  gboolean hide = sim_settings_is_secret (name) && *value != '\0';

  sim_report_set (user_data, name, hide ? "*****" : value);
}

static gboolean
do_dump (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  SimPhone *phone = self->phone;
  JsonObject *settings = json_object_new ();
  JsonArray *requests = json_array_new ();

  sim_settings_foreach (phone->settings, dump_setting, settings);
  for (GList *l = phone->requests->head; l != NULL; l = l->next)
    json_array_add_object_element (requests, json_object_ref (l->data));
  json_object_set_array_member (reply, "calls", sim_calls_to_json (phone->calls));
  sim_report_set (reply, "dtmf", sim_keys_tones (phone->keys));
  sim_report_set (reply, "buffer", sim_keys_buffer (phone->keys));
  json_object_set_boolean_member (reply, "muted", sim_keys_is_muted (phone->keys));
  json_object_set_boolean_member (reply, "handset", sim_calls_handset_is_up (phone->calls));
  json_object_set_int_member (reply, "locked_out", sim_lockout_left_s (phone->lockout, ""));
  json_object_set_int_member (reply, "failures", sim_lockout_failures (phone->lockout, ""));
  json_object_set_object_member (reply, "settings", settings);
  json_object_set_array_member (reply, "requests", requests);
  return TRUE;
}

static gboolean
do_display (SimControl *self, const char *first, const char *rest, JsonObject *reply,
            GError **error)
{
  sim_report_set (reply, "text", sim_display_text ());
  return TRUE;
}

static gboolean
do_lockout (SimControl *self, const char *first, const char *rest, JsonObject *reply,
            GError **error)
{
  if (!g_str_equal (first, "clear"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "say “lockout clear”");
      return FALSE;
    }
  sim_lockout_clear (self->phone->lockout);
  return TRUE;
}

static gboolean
do_advance (SimControl *self, const char *first, const char *rest, JsonObject *reply,
            GError **error)
{
  char *end = NULL;
  double seconds = g_ascii_strtod (first, &end);

  if (end == first || *end != '\0' || !(seconds >= 0 && seconds <= G_MAXINT))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "seconds, please");
      return FALSE;
    }
  sim_clock_advance (self->phone->clock, (gint64) (seconds * G_USEC_PER_SEC));
  return TRUE;
}

static gboolean
do_expire (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  sim_auth_expire (self->phone->auth);
  return TRUE;
}

static gboolean
do_reboot (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  sim_phone_reboot (self->phone, FALSE);
  return TRUE;
}

static gboolean
do_power_cut (SimControl *self, const char *first, const char *rest, JsonObject *reply,
              GError **error)
{
  sim_phone_reboot (self->phone, TRUE);
  return TRUE;
}

static gboolean
do_fail_next (SimControl *self, const char *first, const char *rest, JsonObject *reply,
              GError **error)
{
  return sim_routes_fail_next (self->phone, first, error);
}

static gboolean
do_certificate (SimControl *self, const char *first, const char *rest, JsonObject *reply,
                GError **error)
{
  SimPhone *phone = self->phone;
  SimCertificate *made = NULL;

  if (g_path_is_absolute (first))
    made = sim_certificate_load (first, rest[0] != '\0' ? rest : first, error);
  else
    made = sim_certificate_make (first, sim_settings_get (phone->settings, "mac"), phone->address,
                                 error);
  if (made == NULL)
    return FALSE;
  g_clear_pointer (&phone->certificate, sim_certificate_free);
  phone->certificate = made;
  sim_http_set_certificate (phone->http, made->tls);
  sim_report_set (reply, "certificate_sha256", made->sha256);
  sim_report_set (reply, "spki_sha256", made->spki_sha256);
  sim_report_set (reply, "certificate", made->pem);
  sim_report_set (reply, "ca", made->ca_pem);
  return TRUE;
}

static gboolean
do_source (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  sim_actions_set_source (self->phone->actions, first);
  return TRUE;
}

static gboolean
do_csta_bye (SimControl *self, const char *first, const char *rest, JsonObject *reply,
             GError **error)
{
  return did (sim_csta_bye (self->phone->csta), error);
}

static gboolean
do_quit (SimControl *self, const char *first, const char *rest, JsonObject *reply, GError **error)
{
  self->quit (self->user_data);
  return TRUE;
}

/* clang-format off */
static const struct { const char *name; const char *arguments; guint needs; CommandFunc run; const char *meaning; } commands[] = {
  { "ring", "NUMBER [NAME]", 1, do_ring, "a call comes in" },
  { "answer", "[handset]", 0, do_answer, "the person at the phone takes the call; without one ringing, the other end answers" },
  { "hangup", "", 0, do_hangup, "the person at the phone ends or declines" },
  { "hold", "", 0, do_hold, "the person at the phone holds or resumes" },
  { "dial", "NUMBER", 1, do_dial, "the person at the phone dials" },
  { "key", "KEY[,TIME[,PAUSE]][;…]", 1, do_key, "presses keys as command.htm?key= does" },
  { "remote-answer", "", 0, do_remote_answer, "the other end answers" },
  { "remote-hangup", "[REASON]", 0, do_remote_hangup, "the other end hangs up or gives up; REASON is $cancel_reason" },
  { "remote-hold", "", 0, do_remote_hold, "the other end holds or resumes" },
  { "set", "NAME [VALUE]", 1, do_set, "a knob, or a setting past all permissions" },
  { "get", "NAME", 1, do_get, "a setting, secrets too" },
  { "flag", "NAME !|$|&", 2, do_flag, "a setting's permission" },
  { "dump", "", 0, do_dump, "calls, tones, settings, latest requests" },
  { "display", "", 0, do_display, "what stands on the display" },
  { "lockout", "clear", 1, do_lockout, "forgets failed logins" },
  { "expire", "", 0, do_expire, "every nonce becomes stale" },
  { "advance", "SECONDS", 1, do_advance, "pushes the phone's clock; what falls due happens" },
  { "reboot", "", 0, do_reboot, "as from the web page: settings are stored first" },
  { "power-cut", "", 0, do_power_cut, "RAM is lost, no farewell" },
  { "fail-next", "MODE", 1, do_fail_next, "what the next request or event suffers" },
  { "certificate", "KIND|FILE [KEY]", 1, do_certificate, "a new one, or that of a file, for connections from now on; fingerprints in the reply" },
  { "source", "ADDRESS", 1, do_source, "where action URLs come from" },
  { "csta-bye", "", 0, do_csta_bye, "ends every uaCSTA dialog" },
  { "quit", "", 0, do_quit, "ends the program" },
};
/* clang-format on */

char *
sim_control_manual (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *call = g_strconcat (commands[i].name, " ", commands[i].arguments, NULL);

      g_string_append_printf (text, "  %-30s %s\n", call, commands[i].meaning);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
run (SimControl *self, char **words, JsonObject *reply, GError **error)
{
  guint given = g_strv_length (words) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, words[0]))
        continue;
      if (given >= commands[i].needs)
        return commands[i].run (self, given > 0 ? words[1] : "", given > 1 ? words[2] : "", reply,
                                error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "usage: %s %s", commands[i].name,
                   commands[i].arguments);
      return FALSE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no command “%s”", words[0]);
  return FALSE;
}

static void
send_reply (Client *client, JsonObject *reply)
{
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;

  if (client->connection == NULL)
    {
      sim_report_send (reply);
      return;
    }
  line = sim_report_line (reply);
  text = g_strconcat (line, "\n", NULL);
  /* May block: whoever asks reads the answer. */
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client->connection)), text,
                             strlen (text), NULL, NULL, NULL);
  json_object_unref (reply);
}

static void
obey (Client *client, char *line)
{
  g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", 3);
  JsonObject *reply = sim_report_new ("reply");
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (words[0] == NULL || *words[0] == '\0')
    {
      json_object_unref (reply);
      return;
    }
  sim_report_set (reply, "command", words[0]);
  ok = run (client->control, words, reply, &error);
  json_object_set_boolean_member (reply, "ok", ok);
  if (!ok)
    sim_report_set (reply, "error", error->message);
  send_reply (client, reply);
}

static void
client_free (Client *client)
{
  g_clear_object (&client->connection);
  g_object_unref (client->lines);
  g_object_unref (client->cancellable);
  g_free (client);
}

/* A pipe that closes means that whoever started us is gone. /dev/null and a terminal do not. */
static gboolean
stdin_is_a_leash (void)
{
  struct stat kind;

  return fstat (0, &kind) == 0 && (S_ISFIFO (kind.st_mode) || S_ISSOCK (kind.st_mode));
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Client *client = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  SimControl *self = client->control;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      client_free (client); /* the control is gone already */
      return;
    }
  if (line != NULL)
    {
      obey (client, line);
      g_data_input_stream_read_line_async (client->lines, G_PRIORITY_DEFAULT, client->cancellable,
                                           on_line, client);
      return;
    }
  self->clients = g_list_remove (self->clients, client);
  if (client->connection == NULL && stdin_is_a_leash ())
    self->quit (self->user_data);
  client_free (client);
}

static void
add_client (SimControl *self, GSocketConnection *connection, GInputStream *input)
{
  Client *client = g_new0 (Client, 1);

  client->control = self;
  client->connection = connection != NULL ? g_object_ref (connection) : NULL;
  client->lines = g_data_input_stream_new (input);
  client->cancellable = g_cancellable_new ();
  self->clients = g_list_prepend (self->clients, client);
  g_data_input_stream_read_line_async (client->lines, G_PRIORITY_DEFAULT, client->cancellable,
                                       on_line, client);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source,
             SimControl *self)
{
  add_client (self, connection, g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  return TRUE;
}

SimControl *
sim_control_new (SimPhone *phone, GSourceOnceFunc quit, gpointer user_data)
{
  SimControl *self = g_new0 (SimControl, 1);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);

  self->phone = phone;
  self->quit = quit;
  self->user_data = user_data;
  self->service = g_socket_service_new ();
  g_socket_service_stop (self->service);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  add_client (self, NULL, input);
  return self;
}

void
sim_control_free (SimControl *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  for (GList *l = self->clients; l != NULL; l = l->next)
    g_cancellable_cancel (((Client *) l->data)->cancellable); /* on_line() frees them */
  g_list_free (self->clients);
  g_free (self);
}

void
sim_control_start (SimControl *self)
{
  g_socket_service_start (self->service);
}

gboolean
sim_control_listen_unix (SimControl *self, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  return g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                        G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL,
                                        error);
}

guint16
sim_control_listen_tcp (SimControl *self, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocketAddress) taken = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &taken,
                                      error))
    return 0;
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (taken));
}
