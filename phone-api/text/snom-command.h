/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-value.h"

G_BEGIN_DECLS

/* E.164 has 15 digits; a code or a row of DTMF digits may have some more. */
#define OH_SNOM_ARGUMENT_MAX 64
/* A SIP address of an account. */
#define OH_SNOM_IDENTITY_MAX 128

/* The setting that is "do not disturb"; the first account's, or the phone's. */
#define OH_SNOM_DND_SETTING "dnd_mode"

/**
 * oh_snom_command_target:
 * @command: what to do
 *
 * The request target for a phone of the classic generation. What is encoded and what stays raw
 * follows what its web server accepts: "+", "#" and "*" encoded, "@" raw.
 *
 * Returns: (transfer full) (nullable): path and query; NULL when the argument is missing, too
 *   long, or holds anything but "+", digits, "*" and "#"
 */
char *oh_snom_command_target (const OhPhoneCommand *command);

/**
 * oh_snom_settings_target:
 * @names: %NULL-terminated names of settings
 * @values: as many values
 * @store: also write to flash, because newer firmware keeps changes in memory only
 *
 * Returns: (transfer full): path and query that set them
 */
char *oh_snom_settings_target (const char *const *names, const char *const *values, gboolean store);

/**
 * OhSnomAction:
 * @setting: name of the phone's setting
 * @kind: what the phone tells by it
 */
typedef struct
{
  const char *setting;
  OhPhoneEventKind kind;
} OhSnomAction;

/**
 * oh_snom_actions:
 * @out_n: (out): how many
 *
 * Every action URL that is of use, those that a call needs first.
 *
 * Returns: (transfer none) (array length=out_n): the table
 */
const OhSnomAction *oh_snom_actions (gsize *out_n);

/**
 * oh_snom_action_value:
 * @base: "http://ADDRESS:PORT/s/TOKEN/"
 * @kind: the event
 *
 * The value of an action URL: the variables that cannot hold a delimiter first, free text last.
 *
 * Returns: (transfer full): the URL with the phone's variables in it
 */
char *oh_snom_action_value (const char *base, OhPhoneEventKind kind);

G_END_DECLS
