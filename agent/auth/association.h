/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth-offer.h"
#include "mechanism.h"
#include "sip-message.h"

G_BEGIN_DECLS

/* A server forgets an association after eight hours whatever the ticket says, [MS-SIPAE] 3.3.2. */
#define OH_ASSOCIATION_LIFE_S (8 * 60 * 60)
/* A new handshake begins that long before the end. */
#define OH_ASSOCIATION_RENEW_S (5 * 60)
/* ... but not sooner than this after the last one: a ticket that nobody renews would be asked for
 * again and again, in ever shorter pauses. */
#define OH_ASSOCIATION_RENEW_MIN_S 60
/* A server forgets an association that is not used; until it has said how long a registration
 * lasts, after this. */
#define OH_ASSOCIATION_IDLE_S (G_GINT64_CONSTANT (15) * 60)
/* cnum has 32 bit and no number is used twice, [MS-SIPAE] 3.1.1: here an association ends. */
#define OH_ASSOCIATION_COUNT_MAX G_MAXUINT32

/**
 * OhAssociationState:
 * @OH_ASSOCIATION_NONE: nothing sent
 * @OH_ASSOCIATION_NEGOTIATING: tokens go back and forth; the server has not yet proved itself
 * @OH_ASSOCIATION_READY: the server's first signature was right
 * @OH_ASSOCIATION_EXPIRED: its life is over, the server forgot it, or another took its place
 */
typedef enum
{
  OH_ASSOCIATION_NONE,
  OH_ASSOCIATION_NEGOTIATING,
  OH_ASSOCIATION_READY,
  OH_ASSOCIATION_EXPIRED,
  OH_ASSOCIATION_N_STATES,
} OhAssociationState;

/**
 * OhAssociation:
 *
 * What one server and we share: keys, counters, how it is named. Reference-counted.
 */
typedef struct _OhAssociation OhAssociation;

/**
 * oh_association_state_name:
 * @state: a state
 *
 * Returns: (transfer none): "none", "negotiating", "ready", "expired"
 */
const char *oh_association_state_name (OhAssociationState state);

/**
 * oh_association_new:
 * @mechanism: made for this association; a reference is taken
 * @challenge: what begins it: realm, target and version are taken from it
 * @family: the header it stood in
 *
 * Returns: (transfer full): an association in state NONE
 */
OhAssociation *oh_association_new (OhMechanism *mechanism, const OhAuthChallenge *challenge,
                                   OhAuthFamily family);

/**
 * oh_association_ref:
 * @self: an association
 *
 * Returns: (transfer full): @self
 */
OhAssociation *oh_association_ref (OhAssociation *self);

/**
 * oh_association_unref:
 * @self: (transfer full): an association
 */
void oh_association_unref (OhAssociation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhAssociation, oh_association_unref)

/**
 * oh_association_state:
 * @self: an association
 *
 * Returns: its state
 */
OhAssociationState oh_association_state (const OhAssociation *self);

/**
 * oh_association_mechanism:
 * @self: an association
 *
 * Returns: (transfer none): its mechanism
 */
OhMechanism *oh_association_mechanism (const OhAssociation *self);

/**
 * oh_association_scheme:
 * @self: an association
 *
 * Returns: its scheme
 */
OhAuthScheme oh_association_scheme (const OhAssociation *self);

/**
 * oh_association_family:
 * @self: an association
 *
 * Returns: in which header it signs; never in the other one
 */
OhAuthFamily oh_association_family (const OhAssociation *self);

/**
 * oh_association_host:
 * @self: an association
 *
 * Returns: (transfer none): the server's name, without "sip/"
 */
const char *oh_association_host (const OhAssociation *self);

/**
 * oh_association_has_keys:
 * @self: an association
 *
 * Returns: whether the last token was made, so that messages can be signed and checked
 */
gboolean oh_association_has_keys (const OhAssociation *self);

/**
 * oh_association_matches:
 * @self: an association
 * @other: a challenge or Info
 *
 * Scheme, realm (case matters) and server name (case does not, and neither does "sip/").
 *
 * Returns: whether it speaks of this association
 */
gboolean oh_association_matches (const OhAssociation *self, const OhAuthChallenge *other);

/**
 * oh_association_take_token:
 * @self: an association in state NONE or NEGOTIATING
 * @token: (transfer full): what goes to the server next
 * @opaque: (nullable): as the challenge had it; NULL keeps what is known
 * @established: whether it is the last token
 * @now_us: monotonic time, from which the life counts
 */
void oh_association_take_token (OhAssociation *self, GBytes *token, const char *opaque,
                                gboolean established, gint64 now_us);

/**
 * oh_association_has_token:
 * @self: an association
 *
 * Returns: whether a token waits to be sent
 */
gboolean oh_association_has_token (const OhAssociation *self);

/**
 * oh_association_signed:
 * @self: an association
 * @out: a message of ours as it left
 *
 * Returns: whether @out carries credentials of this association: its token, its signature, or both
 */
gboolean oh_association_signed (const OhAssociation *self, const OhSipMessage *out);

/**
 * oh_association_protect:
 * @self: an association
 * @out: a message without credentials of its own; a header is added
 * @now_us: monotonic time, from which it counts as idle
 * @error: OH_ERROR_TICKET, OH_ERROR_PROTOCOL, OH_ERROR_MECHANISM
 *
 * Puts in the token when one waits, and the signature when there are keys; the last token itself
 * goes unsigned to servers below version 4. Uses up a sequence number.
 *
 * Returns: FALSE when the message must not be sent
 */
gboolean oh_association_protect (OhAssociation *self, OhSipMessage *out, gint64 now_us,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_association_verify:
 * @self: an association with keys
 * @in: what arrived
 * @info: the header that signs it, matched
 * @error: why not
 *
 * Returns: whether the signature is right
 */
gboolean oh_association_verify (OhAssociation *self, const OhSipMessage *in,
                                const OhAuthChallenge *info,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_association_accept_number:
 * @self: an association
 * @info: a header whose signature is right; its opaque is kept
 *
 * Returns: FALSE when the sequence number was used before or is too old
 */
gboolean oh_association_accept_number (OhAssociation *self, const OhAuthChallenge *info);

/**
 * oh_association_make_ready:
 * @self: an association in state NEGOTIATING with keys
 *
 * The server has proved itself.
 */
void oh_association_make_ready (OhAssociation *self);

/**
 * oh_association_expire:
 * @self: an association that is not yet EXPIRED
 * @why: for the log
 */
void oh_association_expire (OhAssociation *self, const char *why);

/**
 * oh_association_end_us:
 * @self: an association with keys
 *
 * Returns: monotonic time at which its life ends: eight hours, or the ticket's end
 */
gint64 oh_association_end_us (const OhAssociation *self);

/**
 * oh_association_is_over:
 * @self: an association with keys
 * @now_us: monotonic time
 * @idle_s: after so many seconds without a message of ours the server forgets it
 *
 * Returns: (transfer none) (nullable): why nothing may be signed with it any more, for the log;
 *   NULL when it may
 */
const char *oh_association_is_over (const OhAssociation *self, gint64 now_us, gint64 idle_s);

/**
 * oh_association_renew_us:
 * @self: an association with keys
 *
 * Returns: monotonic time at which a new handshake should begin: five minutes before the end; of
 *   a ticket that has less than ten minutes, half way, but neither sooner than a minute after the
 *   last one nor after the end
 */
gint64 oh_association_renew_us (const OhAssociation *self);

/**
 * oh_association_set_count:
 * @self: an association
 * @count: the cnum used last; for tests, which cannot wait for four thousand million messages
 */
void oh_association_set_count (OhAssociation *self, guint32 count);

G_END_DECLS
