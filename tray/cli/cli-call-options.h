/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Options of the verbs that say what a phone is to do with a call. */

/**
 * OhCliCallOptions:
 * @attended: --attended
 * @complete: --complete
 * @busy: --busy
 * @no_answer: --no-answer
 * @after: (owned) (nullable): --after SECONDS
 * @device: (owned) (nullable): --device handset|speaker|headset
 * @identity: (owned) (nullable): --identity ACCOUNT
 *
 * As they were given.
 */
typedef struct
{
  gboolean attended;
  gboolean complete;
  gboolean busy;
  gboolean no_answer;
  char *after;
  char *device;
  char *identity;
} OhCliCallOptions;

/**
 * oh_cli_call_options_add:
 * @self: where they go; must outlive the parsing
 * @context: takes them
 */
void oh_cli_call_options_add (OhCliCallOptions *self, GOptionContext *context);

/**
 * oh_cli_call_options_check:
 * @self: what was given
 * @taken: the #OhCliOption flags of the verb
 * @verb: its name, for the message
 * @error: OH_ERROR_USAGE
 *
 * Returns: whether the verb takes all that was given, and each value is one
 */
gboolean oh_cli_call_options_check (const OhCliCallOptions *self, guint taken, const char *verb,
                                    GError **error);

/**
 * oh_cli_call_options_clear:
 * @self: frees what was given
 */
void oh_cli_call_options_clear (OhCliCallOptions *self);

G_END_DECLS
