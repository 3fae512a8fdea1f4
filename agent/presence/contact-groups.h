/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Groups that one list can have: servers allow 64 ([MS-SIP] 2.2.3). */
#define OH_ROSTER_GROUPS_MAX 64u

/* What the server calls the group of those who are in no other; people never see this name. */
#define OH_ROSTER_DEFAULT_GROUP "~"

/**
 * OhContactGroup:
 * @id: the server's number for it, small, never 0
 * @name: (not nullable): its name; OH_ROSTER_DEFAULT_GROUP is the default group
 *
 * One group of the contact list.
 */
typedef struct
{
  guint32 id;
  char *name;
} OhContactGroup;

/**
 * OhContactGroups:
 *
 * The groups of a contact list in the order in which the server sent them.
 */
typedef struct _OhContactGroups OhContactGroups;

/**
 * oh_contact_groups_new:
 *
 * Returns: (transfer full): no groups
 */
OhContactGroups *oh_contact_groups_new (void);

/**
 * oh_contact_groups_free:
 * @self: (nullable) (transfer full): groups
 */
void oh_contact_groups_free (OhContactGroups *self);

/**
 * oh_contact_groups_clear:
 * @self: groups; none afterwards
 */
void oh_contact_groups_clear (OhContactGroups *self);

/**
 * oh_contact_groups_put:
 * @self: groups
 * @id: number of the group
 * @name: (nullable): its name
 *
 * Adds it at the end, or names it anew where it stands.
 *
 * Returns: whether anything changed; FALSE also where there are OH_ROSTER_GROUPS_MAX others
 */
gboolean oh_contact_groups_put (OhContactGroups *self, guint32 id, const char *name);

/**
 * oh_contact_groups_remove:
 * @self: groups
 * @id: number of the group
 *
 * Returns: whether there was one
 */
gboolean oh_contact_groups_remove (OhContactGroups *self, guint32 id);

/**
 * oh_contact_groups_find:
 * @self: groups
 * @id: number of a group
 *
 * Returns: (transfer none) (nullable): the group
 */
const OhContactGroup *oh_contact_groups_find (const OhContactGroups *self, guint32 id);

/**
 * oh_contact_groups_find_name:
 * @self: groups
 * @name: a name; letters in any case where no group is written just so
 *
 * Returns: (transfer none) (nullable): the first group of that name
 */
const OhContactGroup *oh_contact_groups_find_name (const OhContactGroups *self, const char *name);

/**
 * oh_contact_groups_list:
 * @self: groups
 *
 * Returns: (transfer none) (element-type OhContactGroup): all in their order, valid until the next
 *   change
 */
const GPtrArray *oh_contact_groups_list (const OhContactGroups *self);

/**
 * oh_contact_groups_equal:
 * @a: groups
 * @b: others
 *
 * Returns: whether ids, names and order are the same
 */
gboolean oh_contact_groups_equal (const OhContactGroups *a, const OhContactGroups *b);

/**
 * oh_contact_groups_names:
 * @self: groups
 * @ids: (element-type guint32): the groups that somebody is in
 *
 * The default group has no name for people; a group nobody has named is no use to the user.
 *
 * Returns: (transfer full): the names of those groups that have one
 */
GStrv oh_contact_groups_names (const OhContactGroups *self, const GArray *ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhContactGroups, oh_contact_groups_free)

G_END_DECLS
