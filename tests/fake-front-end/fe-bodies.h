/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-message.h"

G_BEGIN_DECLS

/* What clients write into their bodies, as values. */

/**
 * FeOperation:
 * @category: "state", "device", "note", …
 * @instance: instance number
 * @container: container number
 * @version: that it replaces; 0 for none
 * @expire_type: "endpoint", "user", "static" or "time"
 * @expires_s: -1 when not given; 0 deletes
 * @content: (nullable): the element inside, as XML of its own
 *
 * One publication of a publish.
 */
typedef struct
{
  char *category;
  guint instance;
  guint container;
  guint version;
  char *expire_type;
  int expires_s;
  char *content;
} FeOperation;

/**
 * FeBatch:
 * @is_unsubscribe: whether the resources are taken off
 * @resources: (element-type utf8): URIs
 * @categories: (element-type utf8): names wanted
 *
 * Body of a presence subscription.
 */
typedef struct
{
  gboolean is_unsubscribe;
  GPtrArray *resources;
  GPtrArray *categories;
} FeBatch;

/**
 * FeSoap:
 * @operation: "setContact", "deleteContact", "addGroup", …
 * @values: (element-type utf8 utf8): its elements, by local name
 *
 * Body of a SOAP request that changes the contact list.
 */
typedef struct
{
  char *operation;
  GHashTable *values;
} FeSoap;

/**
 * fe_body_publish:
 * @message: with application/msrtc-category-publish+xml
 * @error: return location
 *
 * Returns: (transfer full) (element-type FeOperation): in the order of the document
 */
GPtrArray *fe_body_publish (const FeMessage *message, GError **error);

/**
 * fe_body_batch:
 * @message: with application/msrtc-adrl-categorylist+xml
 * @error: return location
 *
 * Returns: (transfer full): the batch
 */
FeBatch *fe_body_batch (const FeMessage *message, GError **error);

/**
 * fe_batch_free:
 * @batch: (transfer full) (nullable): a batch
 */
void fe_batch_free (FeBatch *batch);

/**
 * fe_body_roaming:
 * @message: with application/vnd-microsoft-roaming-self+xml
 * @error: return location
 *
 * Returns: (transfer full): the types asked for: "categories", "containers", "subscribers"
 */
GStrv fe_body_roaming (const FeMessage *message, GError **error);

/**
 * fe_body_soap:
 * @message: with application/SOAP+xml
 * @error: return location
 *
 * Returns: (transfer full): the call
 */
FeSoap *fe_body_soap (const FeMessage *message, GError **error);

/**
 * fe_soap_free:
 * @soap: (transfer full) (nullable): a call
 */
void fe_soap_free (FeSoap *soap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeBatch, fe_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeSoap, fe_soap_free)

G_END_DECLS
