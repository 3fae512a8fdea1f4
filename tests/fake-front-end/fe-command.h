/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-server.h"

G_BEGIN_DECLS

/**
 * FeCommand:
 * @server: what is commanded
 * @words: words[0] is the command
 * @count: how many words
 * @quit: set by the command that ends the program
 *
 * One line of the test, split into words.
 */
typedef struct
{
  FeServer *server;
  char **words;
  guint count;
  gboolean quit;
} FeCommand;

/**
 * FeCommandHandler:
 * @command: what to do
 * @error: return location
 *
 * Returns: whether it worked
 */
typedef gboolean (*FeCommandHandler) (FeCommand *command, GError **error);

/**
 * FeCommandEntry:
 * @name: the first word; NULL ends a list
 * @handler: what does it
 */
typedef struct
{
  const char *name;
  FeCommandHandler handler;
} FeCommandEntry;

/**
 * FeCommandSet:
 * @entries: the commands
 * @help: lines for --help
 *
 * Commands of one kind; each file *-command.c has one, fe-control.c knows them all.
 */
typedef struct
{
  const FeCommandEntry *entries;
  const char *help;
} FeCommandSet;

extern const FeCommandSet fe_fault_commands;
extern const FeCommandSet fe_wire_commands;
extern const FeCommandSet fe_people_commands;
extern const FeCommandSet fe_client_commands;
extern const FeCommandSet fe_auth_commands;
extern const FeCommandSet fe_roster_commands;
extern const FeCommandSet fe_provisioning_commands;
extern const FeCommandSet fe_watch_commands;
extern const FeCommandSet fe_storm_commands;

/**
 * fe_command_fail:
 * @error: return location
 * @what: for the test's author
 *
 * Returns: FALSE
 */
gboolean fe_command_fail (GError **error, const char *what);

/**
 * fe_command_word:
 * @command: a command
 * @index: which word
 *
 * Returns: (transfer none) (nullable): that word, if there are so many
 */
const char *fe_command_word (const FeCommand *command, guint index);

/**
 * fe_command_number_at:
 * @command: a command
 * @index: which word
 * @fallback: the number when there are fewer words
 * @out: (out): the number
 * @error: return location
 *
 * Returns: whether the word is missing or a number
 */
gboolean fe_command_number_at (const FeCommand *command, guint index, int fallback, int *out,
                               GError **error);

/**
 * fe_command_person_at:
 * @command: a command
 * @index: which word names them
 * @error: return location
 *
 * Returns: (transfer none) (nullable): who has that account
 */
FePerson *fe_command_person_at (const FeCommand *command, guint index, GError **error);

/**
 * fe_command_endpoint_at:
 * @command: a command
 * @index: which word names its user
 * @error: return location
 *
 * Returns: (transfer none) (nullable): their first registration
 */
FeEndpoint *fe_command_endpoint_at (const FeCommand *command, guint index, GError **error);

G_END_DECLS
