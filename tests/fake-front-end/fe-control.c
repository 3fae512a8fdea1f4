/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-control.h"

#include <string.h>

#include "fe-auth-command.h"
#include "fe-event.h"
#include "fe-value.h"

typedef struct
{
  FeServer *server;
  char **words; /* words[0] is the command */
  guint count;
  gboolean quit;
} Command;

typedef gboolean (*Handler) (Command *command, GError **error);

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", what);
  return FALSE;
}

static const char *
word (const Command *command, guint index)
{
  return index < command->count ? command->words[index] : NULL;
}

static gboolean
number_at (const Command *command, guint index, int fallback, int *out, GError **error)
{
  gint64 value;

  *out = fallback;
  if (word (command, index) == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (word (command, index), 10, G_MININT32, G_MAXINT32, &value, error))
    return FALSE;
  *out = (int) value;
  return TRUE;
}

static FePerson *
person_at (const Command *command, guint index, GError **error)
{
  const char *name = word (command, index);
  FePerson *person =
    name != NULL ? fe_people_find (fe_server_get_people (command->server), name) : NULL;

  if (person == NULL)
    fail (error, "no such person");
  return person;
}

/* "SUBSCRIBE", "SUBSCRIBE/presence", "*" */
static void
set_filter (FeFault *fault, const char *text, char **parts)
{
  parts[0] = g_strndup (text, strcspn (text, "/"));
  parts[1] = strchr (text, '/') != NULL ? g_strdup (strchr (text, '/') + 1) : NULL;
  fault->method = parts[0];
  fault->event = parts[1];
}

static gboolean
order (Command *command, FeFault *fault, GError **error)
{
  g_auto (GStrv) parts = g_new0 (char *, 3);

  if (word (command, 1) == NULL)
    return fail (error, "for which method?");
  set_filter (fault, word (command, 1), parts);
  if (fault->count == 0)
    fault->count = 1;
  fe_faults_order (fe_server_get_faults (command->server), fault);
  return TRUE;
}

static gboolean
do_refuse (Command *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_REFUSE,
                    .text = command->count > 3 ? command->words[3] : NULL };
  int status;

  if (!number_at (command, 2, 403, &status, error) ||
      !number_at (command, 4, 1, &fault.count, error))
    return FALSE;
  if (status < 300 || status > 699)
    return fail (error, "status out of range");
  if (g_strcmp0 (fault.text, "-") == 0)
    fault.text = NULL;
  fault.status = (guint) status;
  fault.early = strcmp (command->words[0], "refuse-early") == 0;
  return order (command, &fault, error);
}

static gboolean
do_delay (Command *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_DELAY };
  int delay_ms;

  if (!number_at (command, 2, 1000, &delay_ms, error) ||
      !number_at (command, 3, 1, &fault.count, error))
    return FALSE;
  fault.delay_ms = (guint) MAX (delay_ms, 0);
  return order (command, &fault, error);
}

static gboolean
do_drop (Command *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_DROP };

  return number_at (command, 2, 1, &fault.count, error) && order (command, &fault, error);
}

static gboolean
do_cut_on (Command *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_CUT };

  fault.early = TRUE;
  return number_at (command, 2, 1, &fault.count, error) && order (command, &fault, error);
}

static gboolean
do_challenge (Command *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_CHALLENGE, .early = TRUE };

  return number_at (command, 2, 1, &fault.count, error) && order (command, &fault, error);
}

static gboolean
do_redirect (Command *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_REDIRECT, .method = (char *) "REGISTER", .count = 1 };

  if (word (command, 1) == NULL)
    return fail (error, "to which host:port?");
  if (!number_at (command, 2, 1, &fault.count, error))
    return FALSE;
  fault.text = command->words[1];
  fault.early = strcmp (command->words[0], "redirect-early") == 0;
  fe_faults_order (fe_server_get_faults (command->server), &fault);
  return TRUE;
}

static gboolean
do_spoil (Command *command, GError **error)
{
  static const struct
  {
    const char *word;
    FeSpoil kind;
  } kinds[] = {
    { "rspauth", FE_SPOIL_SIGNATURE },
    { "body", FE_SPOIL_BODY },
    { "unsigned", FE_SPOIL_UNSIGNED },
    { "header", FE_SPOIL_HEADER },
    { "fold", FE_SPOIL_FOLD },
    { "compact", FE_SPOIL_COMPACT },
    { "two-lengths", FE_SPOIL_TWO_LENGTHS },
    { "half", FE_SPOIL_HALF },
    { "head", FE_SPOIL_HEAD },
    { "drip", FE_SPOIL_DRIP },
    { "hold", FE_SPOIL_HOLD },
  };
  int count;

  if (!number_at (command, 2, 1, &count, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (word (command, 1), kinds[i].word) == 0)
      {
        fe_faults_spoil (fe_server_get_faults (command->server), kinds[i].kind, count);
        return TRUE;
      }
  return fail (error, "garble what?");
}

/* Bodies are not signed: whoever sits on the way may put in what he likes. */
static gboolean
do_other_body (Command *command, GError **error)
{
  const char *type = word (command, 2);
  char *text = NULL;
  gsize length = 0;
  int count;
  g_autoptr (GBytes) body = NULL;

  if (word (command, 1) == NULL)
    return fail (error, "which file?");
  if (!number_at (command, 3, 1, &count, error) ||
      !g_file_get_contents (word (command, 1), &text, &length, error))
    return FALSE;
  body = g_bytes_new_take (text, length);
  fe_faults_set_body (fe_server_get_faults (command->server),
                      g_strcmp0 (type, "-") != 0 ? type : NULL, body);
  fe_faults_spoil (fe_server_get_faults (command->server), FE_SPOIL_OTHER_BODY, count);
  return TRUE;
}

static gboolean
do_cut (Command *command, GError **error)
{
  fe_server_cut (command->server);
  return TRUE;
}

static gboolean
do_listen (Command *command, GError **error)
{
  if (g_strcmp0 (word (command, 1), "off") != 0 && g_strcmp0 (word (command, 1), "on") != 0)
    return fail (error, "on or off?");
  return fe_server_set_listening (command->server, strcmp (command->words[1], "on") == 0, error);
}

static gboolean
do_auth (Command *command, GError **error)
{
  return fe_auth_command (command->server, command->words, command->count, error);
}

static FeEndpoint *
endpoint_at (const Command *command, guint index, GError **error)
{
  FePerson *person = person_at (command, index, error);
  FeEndpoint *endpoint =
    person != NULL
      ? fe_registrar_find (fe_server_get_registrar (command->server), person->aor, NULL)
      : NULL;

  if (person != NULL && endpoint == NULL)
    fail (error, "is not registered");
  return endpoint;
}

static gboolean
do_replay (Command *command, GError **error)
{
  FeEndpoint *endpoint = endpoint_at (command, 1, error);

  if (endpoint == NULL)
    return FALSE;
  return fe_wire_repeat (fe_server_get_wire (command->server), endpoint->connection)
           ? TRUE
           : fail (error, "nothing was sent yet");
}

/* The octets of a file, whatever they are. */
static gboolean
do_raw (Command *command, GError **error)
{
  FeEndpoint *endpoint = endpoint_at (command, 1, error);
  char *text = NULL;
  gsize length = 0;
  g_autoptr (GBytes) octets = NULL;

  if (endpoint == NULL)
    return FALSE;
  if (word (command, 2) == NULL)
    return fail (error, "which file?");
  if (!g_file_get_contents (word (command, 2), &text, &length, error))
    return FALSE;
  octets = g_bytes_new_take (text, length);
  fe_connection_write (endpoint->connection, octets);
  return TRUE;
}

/* A request of the server's own outside any dialog, signed as everything is. */
static gboolean
do_options (Command *command, GError **error)
{
  FeEndpoint *endpoint = endpoint_at (command, 1, error);
  g_autoptr (FeMessage) request = NULL;

  if (endpoint == NULL)
    return FALSE;
  request = fe_message_new_request (word (command, 2) != NULL ? word (command, 2) : "OPTIONS",
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
do_presence (Command *command, GError **error)
{
  FePerson *person = person_at (command, 1, error);
  const char *state = word (command, 2);
  guint availability;

  if (person == NULL)
    return FALSE;
  availability = state != NULL ? fe_availability_from_word (state) : 0;
  if (availability == 0 && g_strcmp0 (state, "auto") != 0)
    return fail (error, "which state?");
  fe_presence_force (fe_server_get_presence (command->server), person, availability,
                     word (command, 3));
  return TRUE;
}

static gboolean
do_note (Command *command, GError **error)
{
  FePerson *person = person_at (command, 1, error);

  if (person == NULL)
    return FALSE;
  fe_presence_set_note (fe_server_get_presence (command->server), person,
                        word (command, 2) != NULL ? word (command, 2) : "");
  return TRUE;
}

static gboolean
do_conflict (Command *command, GError **error)
{
  FePerson *person = person_at (command, 1, error);
  int count;

  if (person == NULL || !number_at (command, 2, 1, &count, error))
    return FALSE;
  person->conflicts = (guint) MAX (count, 0);
  return TRUE;
}

static gboolean
do_notify (Command *command, GError **error)
{
  FeEndpoint *endpoint = endpoint_at (command, 1, error);

  if (endpoint == NULL)
    return FALSE;
  if (word (command, 2) == NULL)
    return fail (error, "rejected, unregistered or deactivated?");
  fe_registrar_notify (fe_server_get_registrar (command->server), endpoint, word (command, 2),
                       word (command, 3));
  return TRUE;
}

static gboolean
do_expire (Command *command, GError **error)
{
  FeEndpoint *endpoint = endpoint_at (command, 1, error);

  if (endpoint == NULL)
    return FALSE;
  fe_registrar_drop (fe_server_get_registrar (command->server), endpoint, "expired");
  return TRUE;
}

static gboolean
do_contact (Command *command, GError **error)
{
  FePerson *owner = person_at (command, 1, error);
  const char *uri = word (command, 3);
  g_autofree char *aor = uri != NULL ? fe_value_aor (uri) : NULL;
  gboolean is_add = g_strcmp0 (word (command, 2), "add") == 0;
  const char *group = word (command, 4) != NULL ? word (command, 4) : "~";

  if (owner == NULL)
    return FALSE;
  if (aor == NULL || (!is_add && g_strcmp0 (word (command, 2), "remove") != 0))
    return fail (error, "contact WHO add|remove URI [GROUP]");
  return fe_presence_change_contact (fe_server_get_presence (command->server), owner, aor,
                                     is_add ? group : NULL)
           ? TRUE
           : fail (error, "was not on the list");
}

static gboolean
do_terminate (Command *command, GError **error)
{
  FePerson *person = person_at (command, 1, error);

  if (person == NULL)
    return FALSE;
  return fe_presence_terminate (fe_server_get_presence (command->server), person,
                                word (command, 2)) > 0
           ? TRUE
           : fail (error, "has no such subscription");
}

static gboolean
do_left (Command *command, GError **error)
{
  FePerson *person = person_at (command, 1, error);

  if (person == NULL)
    return FALSE;
  fe_presence_tell_left (fe_server_get_presence (command->server), person);
  return TRUE;
}

static gboolean
do_clear (Command *command, GError **error)
{
  fe_faults_clear (fe_server_get_faults (command->server));
  return TRUE;
}

static gboolean
do_quit (Command *command, GError **error)
{
  command->quit = TRUE;
  return TRUE;
}

/* clang-format off */
static const struct
{
  const char *name;
  Handler handler;
} commands[] = {
  { "refuse",              do_refuse    },
  { "refuse-early",        do_refuse    },
  { "delay",               do_delay     },
  { "drop",                do_drop      },
  { "cut-on",              do_cut_on    },
  { "challenge",           do_challenge },
  { "redirect",            do_redirect  },
  { "redirect-early",      do_redirect  },
  { "garble",              do_spoil     },
  { "other-body",          do_other_body },
  { "clear",               do_clear     },
  { "cut",                 do_cut       },
  { "listen",              do_listen    },
  { "forget",              do_auth      },
  { "association-life",    do_auth      },
  { "proxy",               do_auth      },
  { "replay",              do_replay    },
  { "raw",                 do_raw       },
  { "request",             do_options   },
  { "presence",            do_presence  },
  { "note",                do_note      },
  { "conflict",            do_conflict  },
  { "registration-notify", do_notify    },
  { "expire",              do_expire    },
  { "contact",             do_contact   },
  { "terminate",           do_terminate },
  { "left",                do_left      },
  { "quit",                do_quit      },
};
/* clang-format on */

const char *
fe_control_help (void)
{
  return "Commands, one per line on stdin or on the --control socket; words are split and quoted "
         "as in "
         "a shell. METHOD is a method, \"METHOD/event-package\", or \"*\"; COUNT is 1 when "
         "missing, "
         "negative for ever. Each command is answered with {\"event\":\"control\",\"ok\":…}.\n"
         "  refuse METHOD STATUS [DIAGNOSTICS|-] [COUNT]  answer the next such request (signed)\n"
         "  refuse-early METHOD STATUS [DIAG|-] [COUNT]   the same before the credentials are "
         "looked at\n"
         "  delay METHOD MS [COUNT]                handle it later\n"
         "  drop METHOD [COUNT]                    never answer\n"
         "  cut-on METHOD [COUNT]                  reset the connection when it arrives\n"
         "  challenge METHOD [COUNT]               an unsigned 401 with offers, though it is "
         "signed\n"
         "  redirect HOST:PORT[,HOST:PORT] [COUNT] 301 to the next REGISTER with good credentials\n"
         "  redirect-early HOST:PORT               an unsigned 301 to the next REGISTER\n"
         "  garble KIND [COUNT]                    spoil messages that go out signed: rspauth, "
         "body,\n"
         "                                         header, unsigned; two-lengths, half, head (its\n"
         "                                         body never comes); fold, compact, drip (octet "
         "by\n"
         "                                         octet), hold (after the next one) stay valid\n"
         "  other-body FILE [TYPE|-] [COUNT]       put a file in place of bodies that go out "
         "signed\n"
         "  clear                                  forget all of the above\n"
         "  cut                                    reset all connections now\n"
         "  listen on|off                          take, or refuse, new connections\n"
         "  replay WHO                             send the last signed request once more\n"
         "  raw WHO FILE                           send the octets of a file as they are\n"
         "  request WHO [METHOD]                   send a signed request of our own (OPTIONS)\n"
         "  presence WHO STATE|auto [ACTIVITY]     say what somebody is: available busy dnd brb "
         "away\n"
         "                                         offline or a number; activity such as "
         "on-the-phone\n"
         "  note WHO [TEXT]                        their personal note\n"
         "  conflict WHO [COUNT]                   their next publish gets a 409\n"
         "  registration-notify WHO WORD [DIAG]    sign them out: rejected, unregistered, "
         "deactivated\n"
         "  expire WHO                             drop their registration without a word\n"
         "  contact WHO add|remove URI [GROUP]     change their contact list\n"
         "  terminate WHO [PACKAGE]                end their subscriptions\n"
         "  left WHO                               event \"left\": what there is of theirs here\n"
         "  quit\n";
}

static gboolean
run (Command *command, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, command->words[0]) == 0)
      return commands[i].handler (command, error);
  return fail (error, "no such command");
}

void
fe_control_run (FeServer *server, const char *line, gboolean *out_quit)
{
  Command command = { .server = server };
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  gint count = 0;
  gboolean ok;

  *out_quit = FALSE;
  if (line[strspn (line, " \t\r\n")] == '\0')
    return;
  ok = g_shell_parse_argv (line, &count, &words, &error);
  if (ok)
    {
      command.words = words;
      command.count = (guint) count;
      ok = run (&command, &error);
    }
  fe_event ("control", "command:s", line, "ok:b", ok, "error:s",
            error != NULL ? error->message : NULL, NULL);
  *out_quit = command.quit;
}
