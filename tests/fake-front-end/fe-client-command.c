/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-command.h"
#include "fe-manners.h"

#include <string.h>

/* Instances as Communicator numbers them: the first digit says what, [MS-PRES] 3.8.1. */
#define INSTANCE_MACHINE 0x30000000u
#define INSTANCE_USER 0x20000000u
#define INSTANCE_USER_TIMED 0x24000000u
#define INSTANCE_PHONE 0x80000000u
#define INSTANCE_REST 0x0fffffffu

/* clang-format off */
static const struct
{
  const char *word, *type, *expire_type;
  guint instance;
  gboolean of_endpoint; /* each endpoint has one of its own */
  const char *manual;
} kinds[] = {
  { "machine", "machineState", "endpoint", INSTANCE_MACHINE,    TRUE,  "false" },
  { "user",    "userState",    "static",   INSTANCE_USER,       FALSE, "true"  },
  { "timed",   "userState",    "time",     INSTANCE_USER_TIMED, FALSE, "true"  },
  { "phone",   "phoneState",   "endpoint", INSTANCE_PHONE,      TRUE,  "false" },
};
/* clang-format on */

/* What a watcher's and the owner's endpoints hear of it. */
static void
tell (FeCommand *command, FePerson *person, const char *category)
{
  FePresence *presence = fe_server_get_presence (command->server);
  gboolean is_visible = fe_presence_aggregate (presence, person);

  fe_presence_tell (presence, person, category, is_visible, NULL);
}

static void
apply (FeCommand *command, FePerson *person, const char *epid, FeOperation *operation)
{
  fe_store_apply (fe_presence_get_store (fe_server_get_presence (command->server)), person, epid,
                  operation);
}

static void
put_device (FeCommand *command, FePerson *person, const char *epid)
{
  g_autofree char *endpoint = fe_instance_from_epid (epid);
  g_autofree char *content = g_markup_printf_escaped (
    "<device xmlns=\"http://schemas.microsoft.com/2006/09/sip/device\" endpointId=\"%s\"/>",
    endpoint);
  FeOperation operation = {
    .category = (char *) "device",
    .instance = g_str_hash (epid),
    .container = 2,
    .expire_type = (char *) "endpoint",
    .expires_s = -1,
    .content = content,
  };

  apply (command, person, epid, &operation);
  tell (command, person, "device");
}

static void
put_state (FeCommand *command, FePerson *person, const char *epid, gsize kind, int number)
{
  const char *token = fe_command_word (command, 5);
  g_autofree char *activity =
    token != NULL ? g_markup_printf_escaped ("<activity token=\"%s\"/>", token) : g_strdup ("");
  g_autofree char *content =
    g_strdup_printf ("<state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\" manual=\"%s\""
                     " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"%s\">"
                     "<availability>%d</availability>%s</state>",
                     kinds[kind].manual, kinds[kind].type, number, activity);

  for (guint container = 2; container <= 3; container++)
    {
      FeOperation operation = {
        .category = (char *) "state",
        .instance =
          kinds[kind].instance | (kinds[kind].of_endpoint ? g_str_hash (epid) & INSTANCE_REST : 0),
        .container = container,
        .expire_type = (char *) kinds[kind].expire_type,
        .expires_s = number == 0 ? 0 : -1,
        .content = number == 0 ? NULL : content,
      };

      apply (command, person, epid, &operation);
    }
  tell (command, person, "state");
}

static gboolean
do_client (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);
  const char *epid = fe_command_word (command, 2);
  const char *word = fe_command_word (command, 3);
  int number;

  if (person == NULL || !fe_command_number_at (command, 4, 0, &number, error))
    return FALSE;
  if (g_strcmp0 (word, "device") == 0)
    {
      put_device (command, person, epid);
      return TRUE;
    }
  if (g_strcmp0 (word, "gone") == 0)
    {
      fe_store_drop_endpoint (fe_presence_get_store (fe_server_get_presence (command->server)),
                              person, epid, FALSE);
      tell (command, person, "device");
      tell (command, person, "state");
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (word, kinds[i].word) == 0)
      {
        put_state (command, person, epid, i, number);
        return TRUE;
      }
  return fe_command_fail (error, "client WHO EPID device|machine|user|timed|phone|gone");
}

static const FeCommandEntry entries[] = {
  { "client", do_client },
  { NULL, NULL },
};

static const char help[] =
  "  client WHO EPID device|gone            another client of theirs comes, goes\n"
  "  client WHO EPID machine|user|timed|phone NUMBER [ACTIVITY]\n"
  "                                         ... and publishes a state; 0 takes it back\n";

const FeCommandSet fe_client_commands = { entries, help };
