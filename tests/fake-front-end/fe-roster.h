/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-presence.h"

G_BEGIN_DECLS

/**
 * FeRosterChange:
 * @FE_ROSTER_ADD: a new one
 * @FE_ROSTER_RENAME: another name
 * @FE_ROSTER_REMOVE: off the list
 */
typedef enum
{
  FE_ROSTER_ADD,
  FE_ROSTER_RENAME,
  FE_ROSTER_REMOVE,
} FeRosterChange;

/**
 * fe_roster_handle:
 * @presence: whose notifications tell of it
 * @exchange: a SERVICE with SOAP of a registered endpoint
 *
 * One change of the contact list: answered, then told to all endpoints of the user as a delta.
 */
void fe_roster_handle (FePresence *presence, const FeExchange *exchange);

/**
 * fe_roster_set:
 * @presence: whose notifications tell of it
 * @owner: whose list
 * @aor: whom
 * @name: (nullable): what the owner calls them; NULL leaves it as it is
 * @groups: (nullable): names, separated by commas, made where missing; NULL leaves them
 *
 * As if another endpoint of the owner had done it.
 */
void fe_roster_set (FePresence *presence, FePerson *owner, const char *aor, const char *name,
                    const char *groups);

/**
 * fe_roster_change_group:
 * @presence: whose notifications tell of it
 * @owner: whose list
 * @change: what to do
 * @name: of the group
 * @new_name: (nullable): its new name
 *
 * As if another endpoint of the owner had done it.
 *
 * Returns: whether there was such a group, or none for a new one
 */
gboolean fe_roster_change_group (FePresence *presence, FePerson *owner, FeRosterChange change,
                                 const char *name, const char *new_name);

/**
 * fe_roster_renumber:
 * @presence: whose notifications tell of it
 * @owner: whose list
 * @number: of the list from now on
 *
 * Tells of a change between two numbers that nobody has: as after a restored backup.
 */
void fe_roster_renumber (FePresence *presence, FePerson *owner, guint number);

G_END_DECLS
