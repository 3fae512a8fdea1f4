/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "verbs.h"

G_BEGIN_DECLS

/**
 * OhFoundLine:
 *
 * One phone as org.offhook.Finder1 tells it. The strings are borrowed from the variant, "" for what
 * is not known.
 */
typedef struct
{
  const char *address;
  const char *mac;
  const char *model;
  const char *maker;
  const char *kind;
  const char **how;
  const char *phone;
  const char *fingerprint;
} OhFoundLine;

/**
 * oh_found_line_read:
 * @phone: "(sssssasss)"; outlives @out
 * @out: (out caller-allocates): what it says; oh_found_line_clear() it
 */
void oh_found_line_read (GVariant *phone, OhFoundLine *out);

/**
 * oh_found_line_clear:
 * @line: a line
 */
void oh_found_line_clear (OhFoundLine *line);

/**
 * oh_found_print:
 * @cli: the command
 * @phones: (element-type GVariant): as org.offhook.Finder1 tells them
 *
 * Prints them, as lines or as JSON.
 */
void oh_found_print (OhCli *cli, GPtrArray *phones);

/**
 * oh_verb_find_dial:
 * @cli: the command, with --dial
 * @finder: (transfer none): the agent's; lives as long as the command
 *
 * Shows a code and waits for the phone on which it is dialled.
 */
void oh_verb_find_dial (OhCli *cli, OhBusFinder1 *finder);

G_END_DECLS
