/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * OhCliPerson:
 * @uri: the SIP address
 * @name: ""
 * @presence: "availability/activity"
 * @note: ""
 * @groups: (owned): names
 * @numbers: (owned): (type, number, display)
 * @more: (owned): since, inactive, out-of-office
 *
 * A contact as ListContacts of org.offhook.Agent1 tells it; strings borrow from that list.
 */
typedef struct
{
  const char *uri;
  const char *name;
  const char *presence;
  const char *note;
  GVariant *groups;
  GVariant *numbers;
  GVariant *more;
} OhCliPerson;

/**
 * oh_cli_person_next:
 * @iter: over the list
 * @out: (out): the next one; oh_cli_person_clear() it
 *
 * Returns: FALSE at the end
 */
gboolean oh_cli_person_next (GVariantIter *iter, OhCliPerson *out);

/**
 * oh_cli_person_clear:
 * @person: one of oh_cli_person_next()
 */
void oh_cli_person_clear (OhCliPerson *person);

/**
 * oh_cli_person_json:
 * @builder: in an array
 * @person: a contact
 *
 * Adds it as an object.
 */
void oh_cli_person_json (JsonBuilder *builder, const OhCliPerson *person);

/**
 * oh_cli_person_json_numbers:
 * @builder: in an object
 * @numbers: a(sss): type, number, display
 *
 * Adds the member "numbers".
 */
void oh_cli_person_json_numbers (JsonBuilder *builder, GVariant *numbers);

/**
 * oh_cli_person_print:
 * @person: a contact
 *
 * Writes it for people: name, presence and note, then a line for each number.
 */
void oh_cli_person_print (const OhCliPerson *person);

G_END_DECLS
