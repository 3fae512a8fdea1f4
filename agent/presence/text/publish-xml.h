/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"

G_BEGIN_DECLS

/* Publications of one request; we have about a dozen in all. */
#define OH_PUBLISH_ITEMS_MAX 64u

/**
 * OhPublishItem:
 * @category: the category's name
 * @instance: its instance number
 * @container: its container number
 * @version: the version it replaces, 0 for none
 * @expire: when it ends by itself
 * @expires_s: seconds, with OH_EXPIRE_TIME; 0 for no such attribute
 * @body: (nullable): the content, XML made by the functions below; NULL deletes
 *
 * One publication of a request.
 */
typedef struct
{
  const char *category;
  guint32 instance;
  guint32 container;
  guint32 version;
  OhExpire expire;
  guint32 expires_s;
  const char *body;
} OhPublishItem;

/**
 * oh_publish_request:
 * @uri: our own address
 * @items: (array length=n): what to publish and what to delete
 * @n: how many, at most OH_PUBLISH_ITEMS_MAX
 *
 * [MS-PRES] 2.2.2.2.
 *
 * Returns: (transfer full): a document of type application/msrtc-category-publish+xml
 */
char *oh_publish_request (const char *uri, const OhPublishItem *items, gsize n);

/**
 * oh_publish_state:
 * @type: OH_STATE_USER, OH_STATE_MACHINE or OH_STATE_PHONE
 * @availability: the number to publish
 * @token: (nullable): the activity; NULL for none
 * @min: with @token: the smallest availability it belongs to
 * @max: with @token: the greatest, 0 for none
 *
 * Returns: (transfer full): a state element, [MS-PRES] 2.2.2.4
 */
char *oh_publish_state (OhStateType type, guint availability, const char *token, guint min,
                        guint max);

/**
 * oh_publish_device:
 * @uri: our own address
 * @endpoint_id: our instance id, a UUID
 * @machine_name: (nullable): this computer's name
 * @offset_s: seconds that local time is ahead of UTC
 *
 * A device that takes neither messages nor calls: the desk phone takes the calls, and the server
 * must not send any here.
 *
 * Returns: (transfer full): a device element
 */
char *oh_publish_device (const char *uri, const char *endpoint_id, const char *machine_name,
                         int offset_s);

/**
 * oh_publish_note:
 * @text: the note
 *
 * Returns: (transfer full): a note element
 */
char *oh_publish_note (const char *text);

/**
 * OhPublishFaultOp:
 * @index: which publication of the request, counted from 1
 * @version: the version that the server has
 */
typedef struct
{
  guint32 index;
  guint32 version;
} OhPublishFaultOp;

/**
 * OhPublishFault:
 * @code: the server's word, "" when there is none
 * @wrong_version: whether it says that versions were wrong, the only fault worth another try
 * @ops: (element-type OhPublishFaultOp): the versions to use next time
 *
 * The body of a refused publication.
 */
typedef struct
{
  char *code;
  gboolean wrong_version;
  GArray *ops;
} OhPublishFault;

/**
 * oh_publish_fault_parse:
 * @body: a document of type application/msrtc-fault+xml
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): what it says
 */
OhPublishFault *oh_publish_fault_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_publish_fault_free:
 * @self: (nullable) (transfer full): a fault
 */
void oh_publish_fault_free (OhPublishFault *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPublishFault, oh_publish_fault_free)

G_END_DECLS
