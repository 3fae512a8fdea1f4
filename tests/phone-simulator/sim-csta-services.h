/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-csta-xml.h"
#include "sim-phone.h"

G_BEGIN_DECLS

/**
 * sim_csta_serve:
 * @monitor: (inout): the asker's monitor; 0 while it has none
 *
 * Does what a request asks for.
 *
 * Returns: (transfer full): the document that answers it
 */
char *sim_csta_serve (SimPhone *phone, SimCstaXml *request, guint *monitor);

/**
 * sim_csta_event_text:
 * @move: what a call has just done
 *
 * Returns: (transfer full) (nullable): what is told of it
 */
char *sim_csta_event_text (SimPhone *phone, SimCall *call, SimMove move, guint monitor);

/**
 * sim_csta_open_document:
 * @name: root element
 * @edition: 0 for the one that the knob names
 *
 * Returns: (transfer full): its beginning
 */
GString *sim_csta_open_document (SimPhone *phone, const char *name);

/**
 * sim_csta_device:
 *
 * Returns: (transfer full): "sip:440@pbx.example"
 */
char *sim_csta_device (SimPhone *phone, guint identity);

G_END_DECLS
