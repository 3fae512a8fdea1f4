/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"

G_BEGIN_DECLS

/* Endpoints of one person that are looked at; somebody with more has shown enough of them. */
#define OH_PRESENTITY_DEVICES_MAX 32u

/**
 * oh_presentity_parse:
 * @body: a document of type text/xml+msrtc.pidf
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * The presence of LCS 2005, [MS-SIP] 2.2.1: two numbers, one for how well somebody can be reached
 * and one for what they do, with name, numbers and a note. OCS sends it too, of people whose
 * client is as old. Such a document always says everything: what it does not name is not there.
 *
 * Returns: (transfer full) (nullable): the same in the words of OCS: a state, a note, a card. A
 *   state without content when nobody can be reached
 */
OhCategories *oh_presentity_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
