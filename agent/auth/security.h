/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "association-slot.h"
#include "sip-guard.h"

G_BEGIN_DECLS

/**
 * OhSecurityDrop:
 * @OH_SECURITY_DROP_UNSIGNED: a signature was due and none fits an association
 * @OH_SECURITY_DROP_FORGED: a signature that is wrong
 * @OH_SECURITY_DROP_REPLAYED: a sequence number that was used before
 *
 * Why a message was not passed.
 */
typedef enum
{
  OH_SECURITY_DROP_UNSIGNED,
  OH_SECURITY_DROP_FORGED,
  OH_SECURITY_DROP_REPLAYED,
  OH_SECURITY_N_DROPS,
} OhSecurityDrop;

/**
 * OhSecurityPolicy:
 * @schemes: which schemes may be used and how
 * @allow_unauthenticated: accept a server that never challenges; for test systems
 *
 * What the administrator decides.
 */
typedef struct
{
  OhSchemePolicy schemes;
  gboolean allow_unauthenticated;
} OhSecurityPolicy;

/**
 * OhSecurity:
 *
 * The guard: signs what leaves, checks what arrives, answers challenges. Several servers may ask
 * who we are, a proxy in the way and the registrar behind it: each has its own association, and
 * what leaves carries the credentials of all of them.
 */
#define OH_TYPE_SECURITY (oh_security_get_type ())
G_DECLARE_FINAL_TYPE (OhSecurity, oh_security, OH, SECURITY, GObject)

/**
 * oh_security_new:
 * @clock: the time
 * @policy: what is allowed; copied
 * @credentials_func: where credentials come from; called once for each handshake
 * @user_data: for @credentials_func
 *
 * Returns: (transfer full): a guard without association
 */
OhSecurity *oh_security_new (OhClock *clock, const OhSecurityPolicy *policy,
                             OhCredentialsFunc credentials_func, gpointer user_data);

/**
 * oh_security_set_policy:
 * @self: a guard
 * @policy: what is allowed from now on; copied
 *
 * Before oh_security_set_peer(); an association that stands is not looked at again.
 */
void oh_security_set_policy (OhSecurity *self, const OhSecurityPolicy *policy);

/**
 * oh_security_set_maker:
 * @self: a guard
 * @maker: makes the mechanisms from now on; for tests
 */
void oh_security_set_maker (OhSecurity *self, OhMechanismMaker maker);

/**
 * oh_security_set_peer:
 * @self: a guard
 * @peer: whom we are connected to from now on; copied
 *
 * For every new connection, before the first message. Drops all associations.
 */
void oh_security_set_peer (OhSecurity *self, const OhAuthPeer *peer);

/**
 * oh_security_renew:
 * @self: a guard
 *
 * The next REGISTER leaves without credentials, so that complete new handshakes begin with all
 * servers that it passes. Until they are through, everything else is signed and checked with the
 * associations that stand.
 */
void oh_security_renew (OhSecurity *self);

/**
 * oh_security_set_idle_limit:
 * @self: a guard
 * @seconds: after which the servers of this connection forget an association that is not used;
 *   OH_ASSOCIATION_IDLE_S until it is said
 */
void oh_security_set_idle_limit (OhSecurity *self, guint seconds);

/**
 * oh_security_state:
 * @self: a guard
 *
 * Returns: READY while messages can be signed; NEGOTIATING before that; EXPIRED when the life of
 *   the last association is over; NONE before the first challenge
 */
OhAssociationState oh_security_state (OhSecurity *self);

/**
 * oh_security_scheme:
 * @self: a guard
 *
 * Returns: that of the first association that is READY; OH_AUTH_SCHEME_OTHER when there is none
 */
OhAuthScheme oh_security_scheme (OhSecurity *self);

/**
 * oh_security_renew_us:
 * @self: a guard
 *
 * Returns: monotonic time at which oh_security_renew() is due for the first of the associations;
 *   G_MAXINT64 without one
 */
gint64 oh_security_renew_us (OhSecurity *self);

/**
 * oh_security_was_refused:
 * @self: a guard
 *
 * Returns: whether the latest handshake ended because a password was refused: another one with
 *   the same password may lock the account
 */
gboolean oh_security_was_refused (OhSecurity *self);

/**
 * oh_security_forgive:
 * @self: a guard
 *
 * A password that was refused may be shown again: the user wishes to sign in. Without it the same
 * password leaves once, whatever server asks for it.
 */
void oh_security_forgive (OhSecurity *self);

/**
 * oh_security_ignored_names:
 * @self: a guard
 *
 * Returns: how many challenges were passed over because of the service or server that they named
 */
guint64 oh_security_ignored_names (OhSecurity *self);

/**
 * oh_security_dropped:
 * @self: a guard
 * @why: a reason
 *
 * Returns: how many messages were not passed for it
 */
guint64 oh_security_dropped (OhSecurity *self, OhSecurityDrop why);

G_END_DECLS
