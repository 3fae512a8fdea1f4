/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "bus-generated.h"
#include "cli.h"

G_BEGIN_DECLS

/**
 * oh_verb_phone_events:
 * @cli: arguments: id of a phone; nothing, "take" or "give-back"
 *
 * Shows whom a phone tells of its calls, or changes it.
 */
void oh_verb_phone_events (OhCli *cli);

/**
 * oh_verb_add_events:
 * @builder: inside an object
 * @events: of a phone
 *
 * Adds "events", "events_holder_kind", "events_holder", "events_address" and "last_event".
 */
void oh_verb_add_events (JsonBuilder *builder, OhBusPhoneEvents1 *events);

/**
 * oh_verb_print_events:
 * @events: of a phone
 *
 * The same in lines for the user.
 */
void oh_verb_print_events (OhBusPhoneEvents1 *events);

G_END_DECLS
