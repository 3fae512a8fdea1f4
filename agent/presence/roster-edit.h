/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts.h"

G_BEGIN_DECLS

/* Servers keep an address in 454 characters, names of people and groups in 256, each with an end
 * mark. */
#define OH_ROSTER_ADDRESS_MAX 453u
#define OH_ROSTER_NAME_MAX 255u
/* Groups that one person is put into by one edit: all there can be. */
#define OH_ROSTER_EDIT_GROUPS_MAX 64u
/* Name of "all groups the person is in", where one is left. */
#define OH_ROSTER_ALL_GROUPS "*"

/**
 * OhRosterEditKind:
 * @OH_ROSTER_ADD_CONTACT: somebody new, or into more groups
 * @OH_ROSTER_RENAME_CONTACT: another name; "" for the one of the card
 * @OH_ROSTER_MOVE_CONTACT: from one group to another
 * @OH_ROSTER_COPY_CONTACT: into one more group
 * @OH_ROSTER_REMOVE_CONTACT: off the list
 * @OH_ROSTER_ADD_GROUP: a new group
 * @OH_ROSTER_RENAME_GROUP: another name for a group
 * @OH_ROSTER_REMOVE_GROUP: off the list; people in it stay
 */
typedef enum
{
  OH_ROSTER_ADD_CONTACT,
  OH_ROSTER_RENAME_CONTACT,
  OH_ROSTER_MOVE_CONTACT,
  OH_ROSTER_COPY_CONTACT,
  OH_ROSTER_REMOVE_CONTACT,
  OH_ROSTER_ADD_GROUP,
  OH_ROSTER_RENAME_GROUP,
  OH_ROSTER_REMOVE_GROUP,
} OhRosterEditKind;

/**
 * OhRosterEdit:
 * @kind: what to do
 * @uri: (nullable): the person's address, "sip:" may be missing
 * @name: (nullable): the new name of person or group; NULL leaves a person's as it is
 * @from: (nullable): the group to leave or to change, by name; OH_ROSTER_ALL_GROUPS for all of them
 * @to: (nullable): the group to go into, by name; "" or OH_ROSTER_DEFAULT_GROUP for the default
 * @groups: (nullable): names of the groups to be added to
 *
 * What the user wants of the contact list, in words that do not depend on its present state.
 */
typedef struct
{
  OhRosterEditKind kind;
  char *uri;
  char *name;
  char *from;
  char *to;
  GStrv groups;
} OhRosterEdit;

/**
 * oh_roster_edit_copy:
 * @self: an edit
 *
 * Returns: (transfer full): a copy
 */
OhRosterEdit *oh_roster_edit_copy (const OhRosterEdit *self);

/**
 * oh_roster_edit_free:
 * @self: (nullable) (transfer full): an edit
 */
void oh_roster_edit_free (OhRosterEdit *self);

/**
 * oh_roster_edit_check:
 * @self: an edit
 * @error: OH_ERROR_USAGE: what is wrong with address or name
 *
 * Returns: whether it could ever be done, whatever the list is
 */
gboolean oh_roster_edit_check (const OhRosterEdit *self, GError **error);

/**
 * OhRosterPlan:
 * @request: (nullable): body of the request; NULL when the list is so already
 * @name: (nullable): of who is removed: what the user called the person
 * @groups: (nullable): of who is removed: names of the groups
 *
 * An edit, turned into what to ask of the server for the list as it is.
 */
typedef struct
{
  char *request;
  char *name;
  GStrv groups;
} OhRosterPlan;

/**
 * oh_roster_plan_new:
 * @edit: what is wanted
 * @contacts: the list as it is
 * @error: OH_ERROR_USAGE when there is no such person or group, OH_ERROR_FAILED when a limit
 *   is reached
 *
 * Returns: (transfer full) (nullable): the plan
 */
OhRosterPlan *oh_roster_plan_new (const OhRosterEdit *edit, OhContacts *contacts, GError **error);

/**
 * oh_roster_plan_free:
 * @self: (nullable) (transfer full): a plan
 */
void oh_roster_plan_free (OhRosterPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRosterEdit, oh_roster_edit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRosterPlan, oh_roster_plan_free)

G_END_DECLS
