/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cli.h"

G_BEGIN_DECLS

/**
 * oh_verb_add_presence:
 * @builder: where a value may stand
 * @agent: the agent
 *
 * Own presence as an object of --json.
 */
void oh_verb_add_presence (JsonBuilder *builder, OhBusAgent1 *agent);

/**
 * oh_verb_add_phone:
 * @builder: where a value may stand
 * @phone: a phone
 *
 * A phone as an object of --json.
 */
void oh_verb_add_phone (JsonBuilder *builder, OhBusPhone1 *phone);

/**
 * oh_verb_add_call:
 * @builder: where a value may stand
 * @call: a call
 *
 * A call as an object of --json.
 */
void oh_verb_add_call (JsonBuilder *builder, OhBusCall1 *call);

/**
 * oh_verb_print_phone:
 * @phone: a phone
 *
 * A phone as a line for people, with why and what to do below it where it is not ready.
 */
void oh_verb_print_phone (OhBusPhone1 *phone);

/**
 * oh_verb_print_call:
 * @call: a call
 *
 * A call as a line for people.
 */
void oh_verb_print_call (OhBusCall1 *call);

/**
 * oh_verb_print_call_note:
 * @call: a call
 *
 * The same line as progress, on stderr.
 */
void oh_verb_print_call_note (OhBusCall1 *call);

/**
 * oh_verb_other_end:
 * @call: a call
 *
 * Returns: (transfer full): who is at the other end: name and number as far as known
 */
char *oh_verb_other_end (OhBusCall1 *call);

/**
 * oh_verb_endpoint_state:
 * @state: a word of the bus
 *
 * Returns: (transfer none): for people, translated
 */
const char *oh_verb_endpoint_state (const char *state);

/**
 * oh_verb_number_source:
 * @text: an argument: a number or a link
 *
 * Returns: (transfer none): "link" or "user", as org.offhook.Agent1.ParseNumber has it: a link may
 *   come from a page, whoever gives it to the program
 */
const char *oh_verb_number_source (const char *text);

/**
 * oh_verb_choose_call:
 * @cli: a run
 * @id: (nullable): the call named
 * @states: where none is named: the states of a call that the verb can apply to
 * @error: OH_ERROR_NO_CALL, or OH_ERROR_USAGE where it can apply to more than one
 *
 * Returns: (transfer full) (nullable): the call
 */
OhBusCall1 *oh_verb_choose_call (OhCli *cli, const char *id, const char *const *states,
                                 GError **error);

/**
 * oh_verb_with_roster:
 * @cli: a run
 * @step: goes on with the interface, which stays until the end of the run; not called where it
 *   cannot be had: the run has ended then
 *
 * Reaches for org.offhook.Contacts1.
 */
void oh_verb_with_roster (OhCli *cli, void (*step) (OhCli *cli, OhBusContacts1 *roster));

/**
 * oh_verb_note_roster:
 * @roster: the contact list
 *
 * Says on stderr how old the list is, or where it is kept, where there is anything to say.
 */
void oh_verb_note_roster (OhBusContacts1 *roster);

G_END_DECLS
