/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Twice what we promise to be quick with; servers allow some hundreds. */
#define OH_CONTACT_LIST_MAX 20000u
/* Servers allow 64 groups; a delta may name each as gone and as new. */
#define OH_CONTACT_GROUPS_MAX 256u

/**
 * OhContactListOp:
 * @OH_CONTACT_LIST_PUT: is in the list, new or changed
 * @OH_CONTACT_LIST_DELETE: is not in the list any more
 */
typedef enum
{
  OH_CONTACT_LIST_PUT,
  OH_CONTACT_LIST_DELETE,
} OhContactListOp;

/**
 * OhContactListGroup:
 * @op: what to do
 * @id: its number
 * @name: (nullable): its name; "~" is the default group
 */
typedef struct
{
  OhContactListOp op;
  guint32 id;
  char *name;
} OhContactListGroup;

/**
 * OhContactListEntry:
 * @op: what to do
 * @uri: as the document says, with or without scheme
 * @name: (nullable): what the user calls the person
 * @groups: (element-type guint32): numbers of the groups it is in
 * @subscribed: whether presence is wanted
 */
typedef struct
{
  OhContactListOp op;
  char *uri;
  char *name;
  GArray *groups;
  gboolean subscribed;
} OhContactListEntry;

/**
 * OhContactList:
 * @delta: whether it changes the list, or is the complete list
 * @previous: of a delta: the number of the list it changes
 * @number: the number of the list
 * @elsewhere: the list is kept in Exchange, this one is empty
 * @truncated: there was more than the limits allow
 * @groups: (element-type OhContactListGroup): in the order of the document
 * @entries: (element-type OhContactListEntry): in the order of the document
 *
 * The user's contact list, [MS-SIP] 2.2.3 (vnd-microsoft-roaming-contacts).
 */
typedef struct _OhContactList OhContactList;
struct _OhContactList
{
  gboolean delta;
  guint32 previous;
  guint32 number;
  gboolean elsewhere;
  gboolean truncated;
  GPtrArray *groups;
  GPtrArray *entries;
};

/**
 * oh_contact_list_new:
 *
 * Returns: (transfer full): an empty complete list, to be filled by its owner
 */
OhContactList *oh_contact_list_new (void);

/**
 * oh_contact_list_parse:
 * @body: a document of type application/vnd-microsoft-roaming-contacts+xml
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): what it says
 */
OhContactList *oh_contact_list_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_contact_list_free:
 * @self: (nullable) (transfer full): a list
 */
void oh_contact_list_free (OhContactList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhContactList, oh_contact_list_free)

G_END_DECLS
