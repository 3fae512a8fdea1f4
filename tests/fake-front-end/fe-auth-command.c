/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fe-command.h"

/* The last word may be "proxy". */
static FeAuth *
auth_of (FeCommand *command, GError **error)
{
  FeProxy *proxy = fe_server_get_proxy (command->server);

  if (strcmp (command->words[command->count - 1], "proxy") != 0)
    return fe_server_get_auth (command->server);
  command->count--;
  if (proxy == NULL)
    fe_command_fail (error, "there is no proxy");
  return proxy != NULL ? fe_proxy_get_auth (proxy) : NULL;
}

static gboolean
do_forget (FeCommand *command, GError **error)
{
  FeAuth *auth = auth_of (command, error);
  FePerson *person = NULL;

  if (auth == NULL)
    return FALSE;
  if (command->count > 1)
    {
      person = fe_people_find (fe_server_get_people (command->server), command->words[1]);
      if (person == NULL)
        return fe_command_fail (error, "no such person");
    }
  return fe_auth_forget (auth, person != NULL ? person->aor : NULL) > 0
           ? TRUE
           : fe_command_fail (error, "there was no association");
}

static gboolean
do_life (FeCommand *command, GError **error)
{
  FeAuth *auth = auth_of (command, error);
  gint64 values[] = { 0, 0 };

  if (auth == NULL)
    return FALSE;
  for (guint i = 1; i < command->count && i <= G_N_ELEMENTS (values); i++)
    if (!g_ascii_string_to_signed (command->words[i], 10, 0, G_MAXINT32, &values[i - 1], error))
      return FALSE;
  fe_auth_set_life (auth, (int) values[0], (int) values[1]);
  return TRUE;
}

static gboolean
do_proxy (FeCommand *command, GError **error)
{
  FeProxy *proxy = fe_server_get_proxy (command->server);

  if (proxy == NULL)
    return fe_command_fail (error, "there is no proxy");
  if (command->count < 2 ||
      (strcmp (command->words[1], "on") != 0 && strcmp (command->words[1], "off") != 0))
    return fe_command_fail (error, "on or off?");
  fe_proxy_set_in_path (proxy, strcmp (command->words[1], "on") == 0);
  return TRUE;
}

/* clang-format off */
static const FeCommandEntry entries[] = {
  { "forget",           do_forget },
  { "association-life", do_life },
  { "proxy",            do_proxy },
  { NULL, NULL },
};
/* clang-format on */

static const char help[] =
  "  forget [WHO] [proxy]                   forget the associations: the next request gets a 401,\n"
  "                                         or a 407 of the proxy\n"
  "  association-life S [IDLE-S] [proxy]    from now on they end after that; 0: never\n"
  "  proxy on|off                           put it into the path, or take it out\n";

const FeCommandSet fe_auth_commands = { entries, help };
