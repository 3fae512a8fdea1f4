/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "recorder.h"

G_BEGIN_DECLS

/* Who may follow at the same time: the user's terminals, and the tray. */
#define OH_BUS_FOLLOWERS_MAX 16u

/**
 * OhBusTrace:
 *
 * org.offhook.Trace1: a skin of the recorder.
 */
typedef struct _OhBusTrace OhBusTrace;

/**
 * oh_bus_trace_new:
 * @recorder: what it shows; referenced
 *
 * Returns: (transfer full): on no bus yet
 */
OhBusTrace *oh_bus_trace_new (OhRecorder *recorder);

/**
 * oh_bus_trace_export:
 * @self: the skin
 * @connection: the bus
 * @error: when the path is taken
 *
 * Returns: whether it is exported
 */
gboolean oh_bus_trace_export (OhBusTrace *self, GDBusConnection *connection, GError **error);

/**
 * oh_bus_trace_free:
 * @self: (nullable) (transfer full): taken off the bus; nobody follows any more
 */
void oh_bus_trace_free (OhBusTrace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusTrace, oh_bus_trace_free)

G_END_DECLS
