/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Content-Type of requests and answers. */
#define OH_CONTACT_SOAP_TYPE "application/SOAP+xml"

/**
 * OhContactSoapOperation:
 * @OH_SOAP_SET_CONTACT: adds somebody, or replaces name and groups of who is there
 * @OH_SOAP_DELETE_CONTACT: takes somebody off the list
 * @OH_SOAP_ADD_GROUP: makes a group; the answer has its number
 * @OH_SOAP_MODIFY_GROUP: renames a group
 * @OH_SOAP_DELETE_GROUP: removes a group
 */
typedef enum
{
  OH_SOAP_SET_CONTACT,
  OH_SOAP_DELETE_CONTACT,
  OH_SOAP_ADD_GROUP,
  OH_SOAP_MODIFY_GROUP,
  OH_SOAP_DELETE_GROUP,
  OH_SOAP_N_OPERATIONS,
} OhContactSoapOperation;

/**
 * OhContactSoapRequest:
 * @operation: what to do
 * @number: the number of the list that is changed, as the server said it last
 * @uri: (nullable): of a contact: the address with its scheme
 * @name: (nullable): of a contact: what the user calls the person, NULL and "" for nothing of
 *   theirs; of a group: its name
 * @groups: (nullable) (element-type guint32): of a contact: all the groups it shall be in
 * @subscribed: of a contact: whether its presence is wanted
 * @group: of a group that is there: its number
 *
 * A change of the contact list, [MS-SIP] 2.2.4.
 */
typedef struct
{
  OhContactSoapOperation operation;
  guint32 number;
  const char *uri;
  const char *name;
  const GArray *groups;
  gboolean subscribed;
  guint32 group;
} OhContactSoapRequest;

/**
 * oh_contact_soap_write:
 * @request: what to do
 *
 * Returns: (transfer full): the body of a SERVICE request
 */
char *oh_contact_soap_write (const OhContactSoapRequest *request);

/**
 * OhContactSoapAnswer:
 * @fault: it is a fault: nothing was changed
 * @wrong_number: of a fault: says that the number of the list was not the present one
 * @code: of a fault: the server's word, "" when there is none
 * @reason: of a fault: the server's text, "" when there is none
 * @group: of a group that was added: its number, 0 when there is none
 *
 * The body of an answer.
 */
typedef struct
{
  gboolean fault;
  gboolean wrong_number;
  char *code;
  char *reason;
  guint32 group;
} OhContactSoapAnswer;

/**
 * oh_contact_soap_parse:
 * @body: a document of type OH_CONTACT_SOAP_TYPE
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): what it says
 */
OhContactSoapAnswer *oh_contact_soap_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_contact_soap_answer_free:
 * @self: (nullable) (transfer full): an answer
 */
void oh_contact_soap_answer_free (OhContactSoapAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhContactSoapAnswer, oh_contact_soap_answer_free)

G_END_DECLS
