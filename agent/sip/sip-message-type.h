/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sip-message.h"

G_BEGIN_DECLS

/**
 * OH_TYPE_SIP_MESSAGE:
 *
 * OhSipMessage as a boxed type, for signals; the message itself is plain text without objects.
 */
#define OH_TYPE_SIP_MESSAGE (oh_sip_message_get_type ())
GType oh_sip_message_get_type (void);

G_END_DECLS
