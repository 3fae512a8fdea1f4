/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/* What we understand when the peer sends it, for Allow. */
#define OH_SIP_ALLOW                                                                               \
  "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, MESSAGE, SUBSCRIBE, NOTIFY, BENOTIFY, REFER"

/**
 * oh_sip_default_answer:
 * @request: a request that nobody took
 * @in_dialog: whether it belongs to a dialog of ours
 *
 * What an endpoint without media, without instant messages and without transfers answers. A voice
 * INVITE gets 488 and never 486 or 603, which would end the call on all the user's devices.
 *
 * Returns: (transfer full) (nullable): the response; NULL for what is never answered (ACK,
 *   BENOTIFY)
 */
OhSipMessage *oh_sip_default_answer (const OhSipMessage *request, gboolean in_dialog);

/**
 * oh_sip_answer_names_target:
 * @response: a response of ours
 *
 * Returns: whether it has to say in its Contact where we are to be found from now on (RFC 3261
 *   12.1.1)
 */
gboolean oh_sip_answer_names_target (const OhSipMessage *response);

G_END_DECLS
