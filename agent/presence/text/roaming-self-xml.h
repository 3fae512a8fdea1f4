/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"

G_BEGIN_DECLS

/**
 * OhRoamingSelf:
 * @categories: (nullable): our own publications as far as the document names them; NULL when it
 *   has no part of that kind, which is not the same as none
 *
 * What the server keeps of us, [MS-PRES] 2.2.2.6 (vnd-microsoft-roaming-self); also the answer
 * to a publication. Access levels and subscribers in it are not ours to handle and passed over.
 */
typedef struct
{
  OhCategories *categories;
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
 * oh_roaming_self_request:
 *
 * Returns: (transfer none): the body of the subscription to our own data
 */
const char *oh_roaming_self_request (void);

G_END_DECLS
