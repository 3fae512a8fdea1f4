/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-command.h"
#include "fe-roster.h"
#include "fe-value.h"

static gboolean
do_roster (FeCommand *command, GError **error)
{
  FePerson *owner = fe_command_person_at (command, 1, error);
  const char *uri = fe_command_word (command, 2);
  const char *name = fe_command_word (command, 3);
  g_autofree char *aor = uri != NULL ? fe_value_aor (uri) : NULL;

  if (owner == NULL)
    return FALSE;
  if (aor == NULL || name == NULL)
    return fe_command_fail (error, "roster WHO URI NAME|- [GROUP,GROUP]");
  fe_roster_set (fe_server_get_presence (command->server), owner, aor,
                 g_str_equal (name, "-") ? NULL : name, fe_command_word (command, 4));
  return TRUE;
}

static gboolean
do_group (FeCommand *command, GError **error)
{
  static const char *const words[] = { "add", "rename", "remove" };
  FePerson *owner = fe_command_person_at (command, 1, error);
  const char *name = fe_command_word (command, 3);

  if (owner == NULL)
    return FALSE;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (fe_command_word (command, 2), words[i]) == 0 &&
        (i != FE_ROSTER_RENAME || fe_command_word (command, 4) != NULL))
      return fe_roster_change_group (fe_server_get_presence (command->server), owner,
                                     (FeRosterChange) i, name, fe_command_word (command, 4))
               ? TRUE
               : fe_command_fail (error, "is there, or is not there");
  return fe_command_fail (error, "group WHO add|rename|remove NAME [NEW]");
}

static gboolean
do_conflict (FeCommand *command, GError **error)
{
  FePerson *owner = fe_command_person_at (command, 1, error);
  int count;

  if (owner == NULL || !fe_command_number_at (command, 2, 1, &count, error))
    return FALSE;
  owner->roster_conflicts = (guint) MAX (count, 0);
  return TRUE;
}

static gboolean
do_limit (FeCommand *command, GError **error)
{
  FePerson *owner = fe_command_person_at (command, 1, error);
  int count;

  if (owner == NULL || !fe_command_number_at (command, 2, 0, &count, error))
    return FALSE;
  owner->contact_limit = (guint) MAX (count, 0);
  return TRUE;
}

static gboolean
do_number (FeCommand *command, GError **error)
{
  FePerson *owner = fe_command_person_at (command, 1, error);
  int number;

  if (owner == NULL || !fe_command_number_at (command, 2, 1, &number, error))
    return FALSE;
  fe_roster_renumber (fe_server_get_presence (command->server), owner, (guint) MAX (number, 0));
  return TRUE;
}

/* clang-format off */
static const FeCommandEntry entries[] = {
  { "roster",          do_roster },
  { "group",           do_group },
  { "roster-conflict", do_conflict },
  { "roster-limit",    do_limit },
  { "roster-number",   do_number },
  { NULL, NULL },
};
/* clang-format on */

static const char help[] =
  "  roster WHO URI NAME|- [GROUP,GROUP]    put somebody into their contact list, or change who "
  "is\n"
  "  group WHO add|rename|remove NAME [NEW] change the groups of their contact list\n"
  "  roster-conflict WHO [COUNT]            their next changes of it name a number that is old\n"
  "  roster-limit WHO COUNT                 people they may have in it; 0 for any number\n"
  "  roster-number WHO NUMBER               tell of a change from that number to the next\n";

const FeCommandSet fe_roster_commands = { entries, help };
