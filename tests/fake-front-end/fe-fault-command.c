/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fe-command.h"

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
order (FeCommand *command, FeFault *fault, GError **error)
{
  g_auto (GStrv) parts = g_new0 (char *, 3);

  if (fe_command_word (command, 1) == NULL)
    return fe_command_fail (error, "for which method?");
  set_filter (fault, fe_command_word (command, 1), parts);
  if (fault->count == 0)
    fault->count = 1;
  fe_faults_order (fe_server_get_faults (command->server), fault);
  return TRUE;
}

static gboolean
do_refuse (FeCommand *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_REFUSE,
                    .text = command->count > 3 ? command->words[3] : NULL };
  int status;

  if (!fe_command_number_at (command, 2, 403, &status, error) ||
      !fe_command_number_at (command, 4, 1, &fault.count, error))
    return FALSE;
  if (status < 300 || status > 699)
    return fe_command_fail (error, "status out of range");
  if (g_strcmp0 (fault.text, "-") == 0)
    fault.text = NULL;
  fault.status = (guint) status;
  fault.early = strcmp (command->words[0], "refuse-early") == 0;
  return order (command, &fault, error);
}

static gboolean
do_delay (FeCommand *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_DELAY };
  int delay_ms;

  if (!fe_command_number_at (command, 2, 1000, &delay_ms, error) ||
      !fe_command_number_at (command, 3, 1, &fault.count, error))
    return FALSE;
  fault.delay_ms = (guint) MAX (delay_ms, 0);
  return order (command, &fault, error);
}

static gboolean
do_drop (FeCommand *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_DROP };

  return fe_command_number_at (command, 2, 1, &fault.count, error) &&
         order (command, &fault, error);
}

static gboolean
do_cut_on (FeCommand *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_CUT };

  fault.early = TRUE;
  return fe_command_number_at (command, 2, 1, &fault.count, error) &&
         order (command, &fault, error);
}

static gboolean
do_challenge (FeCommand *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_CHALLENGE, .early = TRUE };

  return fe_command_number_at (command, 2, 1, &fault.count, error) &&
         order (command, &fault, error);
}

static gboolean
do_redirect (FeCommand *command, GError **error)
{
  FeFault fault = { .kind = FE_FAULT_REDIRECT, .method = (char *) "REGISTER", .count = 1 };

  if (fe_command_word (command, 1) == NULL)
    return fe_command_fail (error, "to which host:port?");
  if (!fe_command_number_at (command, 2, 1, &fault.count, error))
    return FALSE;
  fault.text = command->words[1];
  fault.early = strcmp (command->words[0], "redirect-early") == 0;
  fe_faults_order (fe_server_get_faults (command->server), &fault);
  return TRUE;
}

static gboolean
do_spoil (FeCommand *command, GError **error)
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

  if (!fe_command_number_at (command, 2, 1, &count, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (fe_command_word (command, 1), kinds[i].word) == 0)
      {
        fe_faults_spoil (fe_server_get_faults (command->server), kinds[i].kind, count);
        return TRUE;
      }
  return fe_command_fail (error, "garble what?");
}

/* Bodies are not signed: whoever sits on the way may put in what he likes. */
static gboolean
do_other_body (FeCommand *command, GError **error)
{
  const char *type = fe_command_word (command, 2);
  char *text = NULL;
  gsize length = 0;
  int count;
  g_autoptr (GBytes) body = NULL;

  if (fe_command_word (command, 1) == NULL)
    return fe_command_fail (error, "which file?");
  if (!fe_command_number_at (command, 3, 1, &count, error) ||
      !g_file_get_contents (fe_command_word (command, 1), &text, &length, error))
    return FALSE;
  body = g_bytes_new_take (text, length);
  fe_faults_set_body (fe_server_get_faults (command->server),
                      g_strcmp0 (type, "-") != 0 ? type : NULL, body);
  fe_faults_spoil (fe_server_get_faults (command->server), FE_SPOIL_OTHER_BODY, count);
  return TRUE;
}

static gboolean
do_clear (FeCommand *command, GError **error)
{
  fe_faults_clear (fe_server_get_faults (command->server));
  return TRUE;
}

/* clang-format off */
static const FeCommandEntry entries[] = {
  { "refuse",         do_refuse },
  { "refuse-early",   do_refuse },
  { "delay",          do_delay },
  { "drop",           do_drop },
  { "cut-on",         do_cut_on },
  { "challenge",      do_challenge },
  { "redirect",       do_redirect },
  { "redirect-early", do_redirect },
  { "garble",         do_spoil },
  { "other-body",     do_other_body },
  { "clear",          do_clear },
  { NULL, NULL },
};
/* clang-format on */

static const char help[] =
  "  refuse METHOD STATUS [DIAGNOSTICS|-] [COUNT]  answer the next such request (signed)\n"
  "  refuse-early METHOD STATUS [DIAG|-] [COUNT]   the same before the credentials are looked at\n"
  "  delay METHOD MS [COUNT]                handle it later\n"
  "  drop METHOD [COUNT]                    never answer\n"
  "  cut-on METHOD [COUNT]                  reset the connection when it arrives\n"
  "  challenge METHOD [COUNT]               an unsigned 401 with offers, though it is signed\n"
  "  redirect HOST:PORT[,HOST:PORT] [COUNT] 301 to the next REGISTER with good credentials\n"
  "  redirect-early HOST:PORT               an unsigned 301 to the next REGISTER\n"
  "  garble KIND [COUNT]                    spoil messages that go out signed: rspauth, body,\n"
  "                                         header, unsigned; two-lengths, half, head (its\n"
  "                                         body never comes); fold, compact, drip (octet by\n"
  "                                         octet), hold (after the next one) stay valid\n"
  "  other-body FILE [TYPE|-] [COUNT]       put a file in place of bodies that go out signed\n"
  "  clear                                  forget all of the above\n";

const FeCommandSet fe_fault_commands = { entries, help };
