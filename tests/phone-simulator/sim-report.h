/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * sim_report_new:
 * @event: what happened, one lower-case word; the member "event" of the line
 *
 * Returns: (transfer full): an object to add members to
 */
JsonObject *sim_report_new (const char *event);

/**
 * sim_report_line:
 *
 * Returns: (transfer full): @object as one line of JSON, without the newline
 */
char *sim_report_line (JsonObject *object);

/**
 * sim_report_send:
 * @object: (transfer full): a line for stdout
 *
 * Written at once: whoever drives us waits for it.
 */
void sim_report_send (JsonObject *object);

/**
 * sim_report_set:
 * @value: (nullable): NULL becomes JSON's null
 */
void sim_report_set (JsonObject *object, const char *name, const char *value);

G_END_DECLS
