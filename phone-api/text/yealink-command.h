/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-value.h"

G_BEGIN_DECLS

/* Longest number or digit string; no network dials more. */
#define OH_YEALINK_ARGUMENT_MAX 64
/* "user@host" of an account. */
#define OH_YEALINK_IDENTITY_MAX 256
/* The phone counts its calls; a name of one has that many digits at most. */
#define OH_YEALINK_CALL_MAX 20
/* What the phone is and how it is set; without an effect. */
#define OH_YEALINK_CONFIG_TARGET "/servlet?phonecfg=get&accounts=1&dnd=1&fw=1"
/* The page where people log in; names the model before anybody has. */
#define OH_YEALINK_LOGIN_TARGET "/servlet?m=mod_listener&p=login&q=loginForm"

/**
 * OhYealinkAction:
 * @setting: name of the phone's setting, as in its configuration files
 * @kind: what it tells
 */
typedef struct
{
  const char *setting;
  OhPhoneEventKind kind;
} OhYealinkAction;

/**
 * oh_yealink_command_target:
 * @command: what to do; with @call set, that call, otherwise the one that is up
 *
 * The action URI for a command ("Action URI" in Yealink's administrator's guides). The variable
 * has to be the first of the query.
 *
 * Returns: (transfer full) (nullable): path and query; NULL for what the phone has no URI for, an
 *   argument that cannot be dialled, and a call whose name is no number
 */
char *oh_yealink_command_target (const OhPhoneCommand *command);

/**
 * oh_yealink_actions:
 * @out_n: (out): how many
 *
 * Returns: (transfer none): the action URLs that tell what is followed here
 */
const OhYealinkAction *oh_yealink_actions (gsize *out_n);

/**
 * oh_yealink_action_value:
 * @base: "http://ADDRESS:PORT/s/TOKEN/"
 * @kind: an event
 *
 * Returns: (transfer full): what to put into its setting; the phone fills the variables in
 */
char *oh_yealink_action_value (const char *base, OhPhoneEventKind kind);

G_END_DECLS
