/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"
#include "sip-transport.h"
#include "wire-tap.h"

G_BEGIN_DECLS

/**
 * oh_sip_tap:
 * @transport: (nullable): the connection
 * @way: %OH_WIRE_IN or %OH_WIRE_OUT
 * @octets: the message as it is on the wire
 * @message: (nullable): the same, parsed; NULL when it cannot be
 * @dropped: (nullable): why it reaches nothing; NULL when it passes
 *
 * Tells the tap of a message once the guard has spoken: "pass", "unsigned" when it passed without
 * a signature, "dropped: @dropped".
 */
void oh_sip_tap (OhSipTransport *transport, OhWireWay way, GBytes *octets,
                 const OhSipMessage *message, const char *dropped);

G_END_DECLS
