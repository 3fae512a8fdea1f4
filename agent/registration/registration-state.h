/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "security.h"

G_BEGIN_DECLS

/**
 * OhRegistrationState:
 * @OH_REGISTRATION_OFFLINE: nobody wants to be signed in
 * @OH_REGISTRATION_CONNECTING: looking for a server, connecting
 * @OH_REGISTRATION_SIGNING_IN: connected; REGISTER under way
 * @OH_REGISTRATION_ONLINE: registered
 * @OH_REGISTRATION_WAITING: it did not work and will be tried again by itself
 * @OH_REGISTRATION_FAILED: it did not work and needs somebody: trying again would do harm
 *
 * The nicks of the values are the words of `offhook status --json`.
 */
typedef enum
{
  OH_REGISTRATION_OFFLINE,
  OH_REGISTRATION_CONNECTING,
  OH_REGISTRATION_SIGNING_IN,
  OH_REGISTRATION_ONLINE,
  OH_REGISTRATION_WAITING,
  OH_REGISTRATION_FAILED,
  OH_REGISTRATION_N_STATES,
} OhRegistrationState;

#define OH_TYPE_REGISTRATION_STATE (oh_registration_state_get_type ())
GType oh_registration_state_get_type (void);

/**
 * oh_registration_state_word:
 * @state: a state
 *
 * Returns: (transfer none): the word of `offhook status --json`: "signing-in"
 */
const char *oh_registration_state_word (OhRegistrationState state);

/**
 * oh_registration_state_may_become:
 * @from: a state
 * @to: another one, or the same
 *
 * Returns: whether the table of legal moves has it
 */
gboolean oh_registration_state_may_become (OhRegistrationState from, OhRegistrationState to);

/**
 * oh_registration_mechanism_word:
 * @scheme: a scheme
 *
 * Returns: (transfer none) (nullable): the word of `offhook status --json`: "kerberos"; NULL for
 * one that nobody signs in with
 */
const char *oh_registration_mechanism_word (OhAuthScheme scheme);

/**
 * oh_registration_state_describe:
 * @state: a state
 * @reason: (nullable): why it is WAITING or FAILED; OH_ERROR
 *
 * State and reason in a sentence or two for the user, translated, with what to do.
 *
 * Returns: (transfer full): the text
 */
char *oh_registration_state_describe (OhRegistrationState state, const GError *reason);

G_END_DECLS
