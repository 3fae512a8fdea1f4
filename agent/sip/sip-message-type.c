/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-message-type.h"

G_DEFINE_BOXED_TYPE (OhSipMessage, oh_sip_message, oh_sip_message_ref, oh_sip_message_unref)
