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
/* Its keyboard takes no key but those of an emergency number. */
#define OH_SNOM_LOCK_SETTING "keyboard_lock"

/**
 * OhSnomManner:
 * @old: its keys have the names of the 100 to 220, and there is none to transfer
 * @conference_key: number of the key that starts a conference, from 1; 0 for none
 *
 * In what this phone differs from others.
 */
typedef struct
{
  gboolean old;
  guint conference_key;
} OhSnomManner;

/**
 * oh_snom_is_dialable:
 * @text: (nullable): what is to be dialled
 *
 * Returns: whether it is "+" in front, digits, "*" and "#", and no more than
 *   %OH_SNOM_ARGUMENT_MAX of them
 */
gboolean oh_snom_is_dialable (const char *text);

/**
 * oh_snom_command_target:
 * @command: what to do; of a verb that sets a setting there is none, see oh_snom_change_new()
 * @manner: (nullable): in what this phone differs; NULL for nothing
 *
 * The request target for a phone of the classic generation. What is encoded and what stays raw
 * follows what its web server accepts: "+", "#" and "*" encoded, "@" and the ";" between keys raw.
 *
 * Returns: (transfer full) (nullable): path and query; NULL when the argument is missing, too long,
 *   or holds anything but "+", digits, "*" and "#", or when this phone has no such key
 */
char *oh_snom_command_target (const OhPhoneCommand *command, const OhSnomManner *manner);

/**
 * oh_snom_command_fallback:
 * @command: what was asked for without any effect
 *
 * The second choice of the few verbs that have one. Harmless only while the phone still shows that
 * the first had no effect: to answer, lift the handset; to hang up the only call, release all.
 *
 * Returns: (transfer full) (nullable): path and query; NULL when there is none
 */
char *oh_snom_command_fallback (const OhPhoneCommand *command);

/**
 * oh_snom_reboot_target:
 * @old: for a firmware before the 8 that does not know the page of the newer ones
 *
 * Returns: (transfer none): path and query that start the phone anew
 */
const char *oh_snom_reboot_target (gboolean old);

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
