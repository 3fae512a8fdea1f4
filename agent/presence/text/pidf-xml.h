/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"

G_BEGIN_DECLS

/* Tuples, atoms, persons of one document that are looked at; a client has one of each. */
#define OH_PIDF_PARTS_MAX 64u

/**
 * oh_pidf_parse:
 * @body: a document of type application/pidf+xml or application/xpidf+xml
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * How gateways to other networks and old peers put presence: PIDF (RFC 3863) with the activities
 * of RPID (RFC 4480), or XPIDF, its predecessor, with the substatus of Microsoft's Messenger. Of
 * several tuples or atoms the most reachable counts. Such a document always says everything.
 *
 * Returns: (transfer full) (nullable): the same in the words of OCS: a state and a note. A state
 *   without content when the person is not there
 */
OhCategories *oh_pidf_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
