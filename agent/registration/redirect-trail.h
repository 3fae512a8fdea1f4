/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server.h"

G_BEGIN_DECLS

/* Servers in a row that send us to another one. */
#define OH_REDIRECTS_MAX 5

/**
 * OhRedirectTrail:
 *
 * The way that redirects have led from the first server to the one we talk to, so that it neither
 * goes in circles nor on for ever (RFC 3261 8.1.3.4). One for each sign-in.
 */
typedef struct _OhRedirectTrail OhRedirectTrail;

/**
 * oh_redirect_trail_new:
 *
 * Returns: (transfer full): a trail without a step
 */
OhRedirectTrail *oh_redirect_trail_new (void);

/**
 * oh_redirect_trail_free:
 * @self: (nullable) (transfer full): a trail
 */
void oh_redirect_trail_free (OhRedirectTrail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRedirectTrail, oh_redirect_trail_free)

/**
 * oh_redirect_trail_clear:
 * @self: a trail
 *
 * Forgets all steps: a new sign-in begins.
 */
void oh_redirect_trail_clear (OhRedirectTrail *self);

/**
 * oh_redirect_trail_follow:
 * @self: a trail
 * @from: the server that sends us away
 * @targets: (element-type OhRegisterTarget): where to, best first
 * @trust: (nullable): where servers may live, for an answer that was not signed; NULL when it was:
 *   a server that we trust may send us anywhere
 * @error: OH_ERROR_UNTRUSTED when they lead elsewhere; OH_ERROR_UNSUPPORTED when they are without
 *   TLS; OH_ERROR_FAILED when none of them is new, or there were too many redirects; the message
 *   has the way so far
 *
 * Returns: (transfer full) (element-type OhServer): the servers to try in turn; NULL on error
 */
GPtrArray *oh_redirect_trail_follow (OhRedirectTrail *self, const OhServer *from,
                                     GPtrArray *targets, const OhServerTrust *trust,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
