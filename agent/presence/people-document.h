/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts.h"
#include "log.h"
#include "slice.h"

G_BEGIN_DECLS

/* Lines a minute about what is passed over, of one dialog: one for each notification while they are
 * few, and no flood of them when they are not. */
#define OH_PEOPLE_DOCUMENT_LINES 30u
/* Value of Accept. */
#define OH_PEOPLE_DOCUMENT_ACCEPT                                                                  \
  "application/msrtc-event-categories+xml, application/xpidf+xml, text/xml+msrtc.pidf, "           \
  "application/pidf+xml, application/rlmi+xml, multipart/related"
/* The same towards a server that knows no categories. */
#define OH_PEOPLE_DOCUMENT_ACCEPT_LCS "application/rlmi+xml, multipart/related, text/xml+msrtc.pidf"

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
 * @limit: of lines in the log
 *
 * What is remembered from one notification of a watch to the next; all zero at first. A new dialog
 * has no version yet.
 */
typedef struct
{
  gboolean has_version;
  guint32 version;
  OhLogLimit limit;
} OhPeopleOrder;

/**
 * OhPeopleSink:
 * @contacts: the list to put everything into
 * @moved: (nullable): told of people to be watched elsewhere
 * @user_data: for @moved
 *
 * Where what is read goes.
 */
typedef struct
{
  OhContacts *contacts;
  OhPeopleMoved moved;
  gpointer user_data;
} OhPeopleSink;

/**
 * oh_people_document_apply:
 * @order: (inout): of this dialog
 * @sink: where to put it
 * @type: Content-Type of the notification
 * @body: its body
 * @now_us: monotonic time, for the log
 *
 * Puts what a notification says into the contact list: the document of one person, a list, or a
 * multipart of both ([MS-PRES] 3.7.5, RFC 4662), each in the words of OCS, LCS 2005 or others. A
 * document that does not say whose it is belongs to whom the list names with its Content-ID. What
 * cannot be read, what is about people who are not in the list, and a list that is older than the
 * newest, with everything in it, is counted and told to the log in one line; the rest counts.
 */
void oh_people_document_apply (OhPeopleOrder *order, const OhPeopleSink *sink, OhSlice type,
                               OhSlice body, gint64 now_us);

G_END_DECLS
