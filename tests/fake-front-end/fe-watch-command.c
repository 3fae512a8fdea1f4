/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fe-command.h"
#include "fe-watchers.h"

static void
reset (FeWatchManner *manner)
{
  manner->bad = manner->alone = FALSE;
  g_clear_pointer (&manner->pool, g_free);
  g_clear_pointer (&manner->state, g_free);
  g_clear_pointer (&manner->reason, g_free);
}

static gboolean
do_watch (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);
  const char *how = fe_command_word (command, 2);
  const char *what = fe_command_word (command, 3);
  FeWatchManner *manner;

  if (person == NULL)
    return FALSE;
  manner = fe_watchers_manner (fe_presence_get_watchers (fe_server_get_presence (command->server)),
                               person);
  if (g_strcmp0 (how, "form") == 0)
    return fe_form_from_word (what, &manner->form) ? TRUE : fe_command_fail (error, "which form?");
  reset (manner);
  if (g_strcmp0 (how, "normal") == 0)
    return TRUE;
  if (g_strcmp0 (how, "bad") == 0)
    manner->bad = TRUE;
  else if (g_strcmp0 (how, "alone") == 0)
    manner->alone = TRUE;
  else if (g_strcmp0 (how, "pool") == 0 && what != NULL)
    manner->pool = g_strdup (what);
  else if (g_strcmp0 (how, "state") == 0 && what != NULL)
    {
      manner->state = g_strdup (what);
      manner->reason = g_strdup (fe_command_word (command, 4));
    }
  else
    return fe_command_fail (error, "watched how?");
  return TRUE;
}

static gboolean
do_lose (FeCommand *command, GError **error)
{
  FePerson *person = fe_command_person_at (command, 1, error);

  if (person == NULL)
    return FALSE;
  return fe_presence_lose (fe_server_get_presence (command->server), person,
                           fe_command_word (command, 2)) > 0
           ? TRUE
           : fe_command_fail (error, "has no such subscription");
}

/* clang-format off */
static const FeCommandEntry entries[] = {
  { "watch", do_watch },
  { "lose",  do_lose },
  { NULL, NULL },
};
/* clang-format on */

static const char help[] =
  "  watch WHO normal|bad|alone|pool FQDN|state WORD [REASON]\n"
  "                                         what a list says of them: 400, resubscribe, at a pool\n"
  "  watch WHO form FORM                    their documents: categories presentity pidf xpidf\n"
  "  lose WHO [PACKAGE]                     forget their subscriptions without a word\n";

const FeCommandSet fe_watch_commands = { entries, help };
