/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts.h"
#include "slice.h"

G_BEGIN_DECLS

/* Value of Accept: what servers want to see there; the pidf forms are not read. */
#define OH_PEOPLE_DOCUMENT_ACCEPT                                                                  \
  "application/msrtc-event-categories+xml, application/xpidf+xml, text/xml+msrtc.pidf, "           \
  "application/pidf+xml, application/rlmi+xml, multipart/related"

/**
 * OhPeopleMoved:
 * @uri: a person whose presence is to be had elsewhere
 * @pool: (nullable): host name of the pool to ask; NULL to ask the person's own address
 * @user_data: as given
 */
typedef void (*OhPeopleMoved) (const char *uri, const char *pool, gpointer user_data);

/**
 * OhPeopleOrder:
 * @has_version: whether a list with a version came yet
 * @version: that of the newest
 *
 * The order of the notifications of one dialog; all zero at its beginning.
 */
typedef struct
{
  gboolean has_version;
  guint32 version;
} OhPeopleOrder;

/**
 * oh_people_document_apply:
 * @order: (inout): of this dialog
 * @type: Content-Type of the notification
 * @body: its body
 * @contacts: the list to put it into
 * @moved: (nullable): told of people to be watched elsewhere
 * @user_data: for @moved
 *
 * Puts what a notification says into the contact list: the document of one person, a list, or a
 * multipart of both ([MS-PRES] 3.7.5, RFC 4662). What cannot be read is logged, the rest counts;
 * a list older than the newest is passed over with everything in it.
 */
void oh_people_document_apply (OhPeopleOrder *order, OhSlice type, OhSlice body,
                               OhContacts *contacts, OhPeopleMoved moved, gpointer user_data);

G_END_DECLS
