/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-guard.h"

G_BEGIN_DECLS

/**
 * OhCstaDigest:
 *
 * The guard of a dialog with a phone: Digest (RFC 3261 22.4), no signatures. A phone may challenge
 * nothing, the INVITE, or everything ("csta_challenge" 0, 1, 2); what it asked last is answered
 * ahead in every request. One answer that was refused is the last one until there is another login,
 * because phones lock out those who guess.
 */
#define OH_TYPE_CSTA_DIGEST (oh_csta_digest_get_type ())
G_DECLARE_FINAL_TYPE (OhCstaDigest, oh_csta_digest, OH, CSTA_DIGEST, GObject)

/**
 * oh_csta_digest_new:
 * @peer: "host[:port]" of the phone, for messages
 *
 * Returns: (transfer full): a guard without a login
 */
OhCstaDigest *oh_csta_digest_new (const char *peer);

/**
 * oh_csta_digest_set_login:
 * @self: a guard
 * @user: (nullable): name of the account; NULL for none
 * @password: (nullable): its SIP password; wiped when replaced or at the end
 *
 * Returns: whether it is another one than before
 */
gboolean oh_csta_digest_set_login (OhCstaDigest *self, const char *user, const char *password);

G_END_DECLS
