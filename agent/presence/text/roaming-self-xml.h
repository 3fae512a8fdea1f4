/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"

G_BEGIN_DECLS

/**
 * OhRoamingSelf:
 * @categories: (nullable): our own publications as far as the document names them; NULL when it
 *   has no part of that kind, which is not the same as none
 * @has_levels: whether it says who belongs to which access level
 * @colleagues_version: of the access level for colleagues, 0 when it is not named
 * @public_version: of the one for federated people, the same
 * @has_colleagues: whether all of our enterprise belong to some level
 * @has_federated: whether all federated people do
 *
 * What the server keeps of us, [MS-PRES] 2.2.2.6 (vnd-microsoft-roaming-self); also the answer
 * to a publication. Single people's access levels and subscribers in it are not ours to handle and
 * passed over.
 */
typedef struct
{
  OhCategories *categories;
  gboolean has_levels;
  guint32 colleagues_version;
  guint32 public_version;
  gboolean has_colleagues;
  gboolean has_federated;
} OhRoamingSelf;

/**
 * oh_roaming_self_parse:
 * @body: a document of type application/vnd-microsoft-roaming-self+xml
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): what it says
 */
OhRoamingSelf *oh_roaming_self_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_roaming_self_free:
 * @self: (nullable) (transfer full): what it said
 */
void oh_roaming_self_free (OhRoamingSelf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRoamingSelf, oh_roaming_self_free)

/**
 * oh_roaming_self_missing_members:
 * @self: what it said
 *
 * Returns: (transfer full) (nullable): a document of type application/msrtc-setcontainermembers+xml
 *   that gives colleagues and federated people their usual access levels, [MS-PRES] 2.2.2.7; NULL
 *   when they have one, or nothing was said of that
 */
char *oh_roaming_self_missing_members (const OhRoamingSelf *self);

/**
 * oh_roaming_self_request:
 *
 * Returns: (transfer none): the body of the subscription to our own data
 */
const char *oh_roaming_self_request (void);

G_END_DECLS
