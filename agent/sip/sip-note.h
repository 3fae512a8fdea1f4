/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/**
 * oh_sip_note:
 * @conversation: the connection's id
 * @message: what is spoken of
 * @what: what becomes of it
 *
 * A line for the debug log, "[c17 REGISTER #2 200 …@fabrikam.test] received": which conversation,
 * which message, and nobody's name.
 */
void oh_sip_note (const char *conversation, const OhSipMessage *message, const char *what);

G_END_DECLS
