/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-people.h"

G_BEGIN_DECLS

/* The XML that the server writes, apart from publications. All functions are pure. */

/**
 * fe_card_write:
 * @person: somebody
 *
 * Returns: (transfer full): <contactCard> with name, address and phones ([MS-PRES] 2.2.2.4)
 */
char *fe_card_write (const FePerson *person);

/**
 * fe_properties_write:
 * @person: somebody
 *
 * Returns: (transfer full): <userProperties> with the work phone as their line
 */
char *fe_properties_write (const FePerson *person);

/**
 * fe_note_write:
 * @text: personal note
 *
 * Returns: (transfer full): <note>
 */
char *fe_note_write (const char *text);

/**
 * fe_contact_list_write:
 * @person: whose list
 *
 * Returns: (transfer full): the whole <contactList>
 */
char *fe_contact_list_write (const FePerson *person);

/**
 * fe_contact_delta_write:
 * @person: whose list; its delta is already the new one
 * @element: "addedContact", "modifiedContact", "deletedContact" or "addedGroup"
 * @contact: (nullable): the contact it is about
 * @aor: whom it is about, or the name of the group
 *
 * Returns: (transfer full): a <contactDelta> from the version before
 */
char *fe_contact_delta_write (const FePerson *person, const char *element, const FeContact *contact,
                              const char *aor);

/**
 * fe_containers_write:
 *
 * Returns: (transfer full): the <container> elements of an account that is set up
 */
char *fe_containers_write (void);

/**
 * FeResource:
 * @uri: who
 * @state: "active", "terminated", "resubscribe"
 * @reason: (nullable): with "terminated"
 * @pool: (nullable): with "resubscribe": where
 * @document: (owned) (nullable): their document, with "active"
 * @type: (nullable): its Content-Type
 *
 * One person in the answer to a batched subscription.
 */
typedef struct
{
  char *uri;
  const char *state;
  const char *reason;
  const char *pool;
  char *document;
  const char *type;
} FeResource;

/**
 * fe_resource_free:
 * @resource: (transfer full): a resource
 */
void fe_resource_free (FeResource *resource);

/**
 * fe_batch_write:
 * @owner: URI whose subscription it is
 * @version: of the list, counts up
 * @is_full: whether it names everybody watched
 * @resources: (element-type FeResource): who
 * @lenient: see --lenient-mime
 * @out_type: (out) (transfer full): value of Content-Type
 *
 * Writes multipart/related with the list (RFC 4662) and one part for each active resource.
 *
 * Returns: (transfer full): the body
 */
char *fe_batch_write (const char *owner, guint version, gboolean is_full,
                      const GPtrArray *resources, gboolean lenient, char **out_type);

G_END_DECLS
