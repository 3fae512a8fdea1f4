/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-command.h"

gboolean
fe_command_fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", what);
  return FALSE;
}

const char *
fe_command_word (const FeCommand *command, guint index)
{
  return index < command->count ? command->words[index] : NULL;
}

gboolean
fe_command_number_at (const FeCommand *command, guint index, int fallback, int *out, GError **error)
{
  gint64 value;

  *out = fallback;
  if (fe_command_word (command, index) == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (fe_command_word (command, index), 10, G_MININT32, G_MAXINT32,
                                 &value, error))
    return FALSE;
  *out = (int) value;
  return TRUE;
}

FePerson *
fe_command_person_at (const FeCommand *command, guint index, GError **error)
{
  const char *name = fe_command_word (command, index);
  FePerson *person =
    name != NULL ? fe_people_find (fe_server_get_people (command->server), name) : NULL;

  if (person == NULL)
    fe_command_fail (error, "no such person");
  return person;
}

FeEndpoint *
fe_command_endpoint_at (const FeCommand *command, guint index, GError **error)
{
  FePerson *person = fe_command_person_at (command, index, error);
  FeEndpoint *endpoint =
    person != NULL
      ? fe_registrar_find (fe_server_get_registrar (command->server), person->aor, NULL)
      : NULL;

  if (person != NULL && endpoint == NULL)
    fe_command_fail (error, "is not registered");
  return endpoint;
}
