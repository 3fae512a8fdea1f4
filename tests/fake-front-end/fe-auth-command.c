/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-auth-command.h"

#include <string.h>

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", what);
  return FALSE;
}

/* The last word may be "proxy". */
static FeAuth *
auth_of (FeServer *server, char **words, guint *count, GError **error)
{
  FeProxy *proxy = fe_server_get_proxy (server);

  if (strcmp (words[*count - 1], "proxy") != 0)
    return fe_server_get_auth (server);
  (*count)--;
  if (proxy == NULL)
    fail (error, "there is no proxy");
  return proxy != NULL ? fe_proxy_get_auth (proxy) : NULL;
}

static gboolean
forget (FeServer *server, char **words, guint count, GError **error)
{
  FeAuth *auth = auth_of (server, words, &count, error);
  FePerson *person = NULL;

  if (auth == NULL)
    return FALSE;
  if (count > 1)
    {
      person = fe_people_find (fe_server_get_people (server), words[1]);
      if (person == NULL)
        return fail (error, "no such person");
    }
  return fe_auth_forget (auth, person != NULL ? person->aor : NULL) > 0
           ? TRUE
           : fail (error, "there was no association");
}

static gboolean
set_life (FeServer *server, char **words, guint count, GError **error)
{
  FeAuth *auth = auth_of (server, words, &count, error);
  gint64 values[] = { 0, 0 };

  if (auth == NULL)
    return FALSE;
  for (guint i = 1; i < count && i <= G_N_ELEMENTS (values); i++)
    if (!g_ascii_string_to_signed (words[i], 10, 0, G_MAXINT32, &values[i - 1], error))
      return FALSE;
  fe_auth_set_life (auth, (int) values[0], (int) values[1]);
  return TRUE;
}

static gboolean
move_proxy (FeServer *server, char **words, guint count, GError **error)
{
  FeProxy *proxy = fe_server_get_proxy (server);

  if (proxy == NULL)
    return fail (error, "there is no proxy");
  if (count < 2 || (strcmp (words[1], "on") != 0 && strcmp (words[1], "off") != 0))
    return fail (error, "on or off?");
  fe_proxy_set_in_path (proxy, strcmp (words[1], "on") == 0);
  return TRUE;
}

gboolean
fe_auth_command (FeServer *server, char **words, guint count, GError **error)
{
  if (strcmp (words[0], "forget") == 0)
    return forget (server, words, count, error);
  if (strcmp (words[0], "association-life") == 0)
    return set_life (server, words, count, error);
  return move_proxy (server, words, count, error);
}

const char *
fe_auth_command_help (void)
{
  return "  forget [WHO] [proxy]                   forget the associations: the next request gets "
         "a 401,\n"
         "                                         or a 407 of the proxy\n"
         "  association-life S [IDLE-S] [proxy]    from now on they end after that; 0: never\n"
         "  proxy on|off                           put it into the path, or take it out\n";
}
