/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-control.h"

#include <string.h>

#include "fe-command.h"
#include "fe-event.h"

static gboolean
do_quit (FeCommand *command, GError **error)
{
  command->quit = TRUE;
  return TRUE;
}

/* Does nothing: its answer comes after all that was said before. */
static gboolean
do_mark (FeCommand *command, GError **error)
{
  return TRUE;
}

static const FeCommandEntry own_entries[] = {
  { "mark", do_mark },
  { "quit", do_quit },
  { NULL, NULL },
};

static const FeCommandSet own_commands = {
  own_entries, "  mark                                   nothing but the answer\n  quit\n"
};

static const FeCommandSet *const sets[] = {
  &fe_fault_commands,        &fe_wire_commands,  &fe_people_commands, &fe_client_commands,
  &fe_roster_commands,       &fe_watch_commands, &fe_auth_commands,   &fe_storm_commands,
  &fe_provisioning_commands, &own_commands,
};

static const char head[] =
  "Commands, one per line on stdin or on the --control socket; words are split and quoted as in a "
  "shell. METHOD is a method, \"METHOD/event-package\", or \"*\"; COUNT is 1 when missing, "
  "negative for ever. Each command is answered with {\"event\":\"control\",\"ok\":…}.\n";

char *
fe_control_help (void)
{
  GString *help = g_string_new (head);

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    g_string_append (help, sets[i]->help);
  return g_string_free (help, FALSE);
}

static gboolean
run (FeCommand *command, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    for (const FeCommandEntry *entry = sets[i]->entries; entry->name != NULL; entry++)
      if (strcmp (entry->name, command->words[0]) == 0)
        return entry->handler (command, error);
  return fe_command_fail (error, "no such command");
}

void
fe_control_run (FeServer *server, const char *line, gboolean *out_quit)
{
  FeCommand command = { .server = server };
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
