/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* People of one list; a batch asks for 100 at a time. */
#define OH_RLMI_RESOURCES_MAX 1024u

/**
 * OhRlmiState:
 * @OH_RLMI_ACTIVE: subscribed
 * @OH_RLMI_RESUBSCRIBE: subscribe again, at @pool or at the person
 * @OH_RLMI_PENDING: subscribed, but the person has not agreed yet
 * @OH_RLMI_TERMINATED: refused, unknown, or any other word
 */
typedef enum
{
  OH_RLMI_ACTIVE,
  OH_RLMI_RESUBSCRIBE,
  OH_RLMI_PENDING,
  OH_RLMI_TERMINATED,
} OhRlmiState;

/**
 * OhRlmiResource:
 * @uri: the person's address as the document says
 * @state: what became of the subscription; of several instances the last
 * @pool: (nullable): host name of the pool to subscribe at
 * @reason: (nullable): the server's word
 * @cid: (nullable): Content-ID of the part with the person's document
 */
typedef struct
{
  char *uri;
  OhRlmiState state;
  char *pool;
  char *reason;
  char *cid;
} OhRlmiResource;

/**
 * OhRlmi:
 * @has_version: whether the document has one
 * @version: number of the notification; a smaller one than before is old
 * @full: the list is complete
 * @resources: (element-type OhRlmiResource): in the order of the document
 *
 * A resource list, RFC 4662 5, as the batched subscription uses it.
 */
typedef struct
{
  gboolean has_version;
  guint32 version;
  gboolean full;
  GPtrArray *resources;
} OhRlmi;

/**
 * oh_rlmi_parse:
 * @body: a document of type application/rlmi+xml
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * Resources without address are passed over; of more than OH_RLMI_RESOURCES_MAX the first are
 * taken.
 *
 * Returns: (transfer full) (nullable): what it says
 */
OhRlmi *oh_rlmi_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_rlmi_free:
 * @self: (nullable) (transfer full): a list
 */
void oh_rlmi_free (OhRlmi *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRlmi, oh_rlmi_free)

G_END_DECLS
