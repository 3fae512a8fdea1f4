/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-command.h"
#include "fe-value.h"

static gboolean
do_presence (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);
  const char *state = fe_command_word (command, 2);
  guint availability;

  if (person == NULL)
    return FALSE;
  availability = state != NULL ? fe_availability_from_word (state) : 0;
  if (availability == 0 && g_strcmp0 (state, "auto") != 0)
    return fe_command_fail (error, "which state?");
  fe_presence_force (fe_server_get_presence (command->server), person, availability,
                     fe_command_word (command, 3));
  return TRUE;
}

static gboolean
do_note (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);

  if (person == NULL)
    return FALSE;
  fe_presence_set_note (fe_server_get_presence (command->server), person,
                        fe_command_word (command, 2) != NULL ? fe_command_word (command, 2) : "");
  return TRUE;
}

static gboolean
do_conflict (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);
  int count;

  if (person == NULL || !fe_command_number_at (command, 2, 1, &count, error))
    return FALSE;
  person->conflicts = (guint) MAX (count, 0);
  return TRUE;
}

static gboolean
do_contact (FeCommand *command, GError **error)
{
  FePerson *owner = fe_command_person_at (command, 1, error);
  const char *uri = fe_command_word (command, 3);
  g_autofree char *aor = uri != NULL ? fe_value_aor (uri) : NULL;
  gboolean is_add = g_strcmp0 (fe_command_word (command, 2), "add") == 0;
  const char *group = fe_command_word (command, 4) != NULL ? fe_command_word (command, 4) : "~";

  if (owner == NULL)
    return FALSE;
  if (aor == NULL || (!is_add && g_strcmp0 (fe_command_word (command, 2), "remove") != 0))
    return fe_command_fail (error, "contact WHO add|remove URI [GROUP]");
  return fe_presence_change_contact (fe_server_get_presence (command->server), owner, aor,
                                     is_add ? group : NULL)
           ? TRUE
           : fe_command_fail (error, "was not on the list");
}

static gboolean
do_terminate (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);

  if (person == NULL)
    return FALSE;
  return fe_presence_terminate (fe_server_get_presence (command->server), person,
                                fe_command_word (command, 2), fe_command_word (command, 3)) > 0
           ? TRUE
           : fe_command_fail (error, "has no such subscription");
}

static gboolean
do_left (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);

  if (person == NULL)
    return FALSE;
  fe_presence_tell_left (fe_server_get_presence (command->server), person);
  return TRUE;
}

/* clang-format off */
static const FeCommandEntry entries[] = {
  { "presence",  do_presence },
  { "note",      do_note },
  { "conflict",  do_conflict },
  { "contact",   do_contact },
  { "terminate", do_terminate },
  { "left",      do_left },
  { NULL, NULL },
};
/* clang-format on */

static const char help[] =
  "  presence WHO STATE|auto [ACTIVITY]     say what somebody is: available busy dnd brb away\n"
  "                                         offline or a number; activity such as on-the-phone\n"
  "  note WHO [TEXT]                        their personal note\n"
  "  conflict WHO [COUNT]                   their next publish gets a 409\n"
  "  contact WHO add|remove URI [GROUP]     change their contact list\n"
  "  terminate WHO [PACKAGE [PARAMETERS]]   end their subscriptions; PARAMETERS such as\n"
  "                                         reason=rejected or retry-after=5\n"
  "  left WHO                               event \"left\": what there is of theirs here\n";

const FeCommandSet fe_people_commands = { entries, help };
