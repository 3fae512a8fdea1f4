/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dialler.h"

G_BEGIN_DECLS

/**
 * OhBusCall:
 *
 * One call on the bus: binds an OhCall to an object with org.offhook.Call1. A skin: methods go to
 * the dialler, properties come from the call.
 */
typedef struct _OhBusCall OhBusCall;

/**
 * oh_bus_call_new:
 * @call: the call
 * @dialler: who does what its methods ask for
 *
 * Returns: (transfer full): the object, not exported yet
 */
OhBusCall *oh_bus_call_new (OhCall *call, OhDialler *dialler);

/**
 * oh_bus_call_free:
 * @self: (nullable) (transfer full): a call; it no longer follows its OhCall
 */
void oh_bus_call_free (OhBusCall *self);

/**
 * oh_bus_call_object:
 * @self: a call
 *
 * Returns: (transfer none): what is to be exported
 */
GDBusObjectSkeleton *oh_bus_call_object (OhBusCall *self);

/**
 * oh_bus_call_cause:
 * @cause: (nullable): why the phone says the call ended: SIP Reason, RFC 3326
 * @missed: it rang here and nobody answered
 *
 * Returns: (transfer none): "", "missed", "rejected" or "failed"
 */
const char *oh_bus_call_cause (const char *cause, gboolean missed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusCall, oh_bus_call_free)

G_END_DECLS
