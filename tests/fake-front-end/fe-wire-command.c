/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fe-command.h"

static gboolean
do_cut (FeCommand *command, GError **error)
{
  fe_server_cut (command->server);
  return TRUE;
}

static gboolean
do_listen (FeCommand *command, GError **error)
{
  if (g_strcmp0 (fe_command_word (command, 1), "off") != 0 &&
      g_strcmp0 (fe_command_word (command, 1), "on") != 0)
    return fe_command_fail (error, "on or off?");
  return fe_server_set_listening (command->server, strcmp (command->words[1], "on") == 0, error);
}

static gboolean
do_replay (FeCommand *command, GError **error)
{
  FeEndpoint *endpoint = fe_command_endpoint_at (command, 1, error);

  if (endpoint == NULL)
    return FALSE;
  return fe_wire_repeat (fe_server_get_wire (command->server), endpoint->connection)
           ? TRUE
           : fe_command_fail (error, "nothing was sent yet");
}

/* The octets of a file, whatever they are. */
static gboolean
do_raw (FeCommand *command, GError **error)
{
  FeEndpoint *endpoint = fe_command_endpoint_at (command, 1, error);
  char *text = NULL;
  gsize length = 0;
  g_autoptr (GBytes) octets = NULL;

  if (endpoint == NULL)
    return FALSE;
  if (fe_command_word (command, 2) == NULL)
    return fe_command_fail (error, "which file?");
  if (!g_file_get_contents (fe_command_word (command, 2), &text, &length, error))
    return FALSE;
  octets = g_bytes_new_take (text, length);
  fe_connection_write (endpoint->connection, octets);
  return TRUE;
}

/* A request of the server's own outside any dialog, signed as everything is. */
static gboolean
do_options (FeCommand *command, GError **error)
{
  FeEndpoint *endpoint = fe_command_endpoint_at (command, 1, error);
  g_autoptr (FeMessage) request = NULL;

  if (endpoint == NULL)
    return FALSE;
  request = fe_message_new_request (
    fe_command_word (command, 2) != NULL ? fe_command_word (command, 2) : "OPTIONS",
    endpoint->gruu);
  fe_message_add (request, "From", "<sip:server@%s>;tag=%08X",
                  fe_wire_get_config (fe_server_get_wire (command->server))->domain,
                  g_random_int ());
  fe_message_add (request, "To", "<sip:%s>;epid=%s", endpoint->aor, endpoint->epid);
  fe_message_add (request, "Call-ID", "%08X%08X", g_random_int (), g_random_int ());
  fe_message_add (request, "CSeq", "1 %s", request->method);
  fe_message_add (request, "Contact", "<sip:%s:5061;transport=tls>",
                  fe_wire_get_config (fe_server_get_wire (command->server))->server);
  fe_wire_request (fe_server_get_wire (command->server), endpoint->connection,
                   endpoint->association, request);
  return TRUE;
}

static gboolean
do_notify (FeCommand *command, GError **error)
{
  FeEndpoint *endpoint = fe_command_endpoint_at (command, 1, error);

  if (endpoint == NULL)
    return FALSE;
  if (fe_command_word (command, 2) == NULL)
    return fe_command_fail (error, "rejected, unregistered or deactivated?");
  fe_registrar_notify (fe_server_get_registrar (command->server), endpoint,
                       fe_command_word (command, 2), fe_command_word (command, 3));
  return TRUE;
}

static gboolean
do_expire (FeCommand *command, GError **error)
{
  FeEndpoint *endpoint = fe_command_endpoint_at (command, 1, error);

  if (endpoint == NULL)
    return FALSE;
  fe_registrar_drop (fe_server_get_registrar (command->server), endpoint, "expired");
  return TRUE;
}

/* clang-format off */
static const FeCommandEntry entries[] = {
  { "cut",                 do_cut },
  { "listen",              do_listen },
  { "replay",              do_replay },
  { "raw",                 do_raw },
  { "request",             do_options },
  { "registration-notify", do_notify },
  { "expire",              do_expire },
  { NULL, NULL },
};
/* clang-format on */

static const char help[] =
  "  cut                                    reset all connections now\n"
  "  listen on|off                          take, or refuse, new connections\n"
  "  replay WHO                             send the last signed request once more\n"
  "  raw WHO FILE                           send the octets of a file as they are\n"
  "  request WHO [METHOD]                   send a signed request of our own (OPTIONS)\n"
  "  registration-notify WHO WORD [DIAG]    sign them out: rejected, unregistered, deactivated\n"
  "  expire WHO                             drop their registration without a word\n";

const FeCommandSet fe_wire_commands = { entries, help };
