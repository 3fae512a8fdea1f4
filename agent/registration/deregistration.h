/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/* A server that is being emptied sends everybody away at once: they come back at different times
 * within this. */
#define OH_DEREGISTRATION_RETURN_MIN_S 10
#define OH_DEREGISTRATION_RETURN_MAX_S 60

/**
 * OhDeregistration:
 * @OH_DEREGISTRATION_NONE: the body says nothing of the kind
 * @OH_DEREGISTRATION_REJECTED: the account was disabled or removed
 * @OH_DEREGISTRATION_UNREGISTERED: signed in elsewhere with the same endpoint
 * @OH_DEREGISTRATION_DEACTIVATED: moved to another server, or the server is being emptied
 *
 * Why a server ends a registration.
 */
typedef enum
{
  OH_DEREGISTRATION_NONE,
  OH_DEREGISTRATION_REJECTED,
  OH_DEREGISTRATION_UNREGISTERED,
  OH_DEREGISTRATION_DEACTIVATED,
} OhDeregistration;

/**
 * oh_deregistration_read:
 * @request: a NOTIFY or BENOTIFY with Event: registration-notify
 *
 * Case does not matter, nor does what else stands beside the word, before or behind it.
 *
 * Returns: what happened to our registration, [MS-SIPREGE] 2.2.3
 */
OhDeregistration oh_deregistration_read (const OhSipMessage *request);

/**
 * oh_deregistration_explain:
 * @request: as for oh_deregistration_read()
 * @server: who signs us out, for the message
 * @uri: our address, for the message
 * @random: evenly spread in [0, 1)
 * @retry_s: (out): as oh_register_refusal()
 * @error: (out): what it means to the user, with the server's own words: OH_ERROR_ACCOUNT,
 *   OH_ERROR_NOT_SIGNED_IN, OH_ERROR_UNREACHABLE. Untouched when it says nothing of the kind
 *
 * What to do about it: a disabled account is for the administrator, one that is used elsewhere is
 * for the user to take back, one that moved is looked for again after a while.
 *
 * Returns: whether we are signed out
 */
gboolean oh_deregistration_explain (const OhSipMessage *request, const char *server,
                                    const char *uri, double random, gint *retry_s, GError **error);

G_END_DECLS
