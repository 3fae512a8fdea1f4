/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 3261 8.1.1.7: says that the branch is unique. */
#define OH_SIP_BRANCH_COOKIE "z9hG4bK"

/**
 * oh_sip_token:
 * @digits: how many hexadecimal digits, at most 32
 *
 * For tags, branches and Call-IDs.
 *
 * Returns: (transfer full): random digits
 */
char *oh_sip_token (guint digits);

G_END_DECLS
