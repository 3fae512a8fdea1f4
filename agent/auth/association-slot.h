/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "association.h"
#include "negotiator.h"

G_BEGIN_DECLS

/* Messages that the server signed with the old association may still be under way when the new one
 * stands, [MS-SIPAE] 3.1.5. */
#define OH_ASSOCIATION_OVERLAP_S 60
/* A server that REGISTER does not pass and that has signed nothing while we signed so many messages
 * for it is not on our way any more. Below 256: beyond that it would refuse our next number. */
#define OH_SLOT_UNHEARD_MAX 128

/**
 * OhSlotState:
 * @OH_SLOT_IDLE: nothing to sign with and nothing under way
 * @OH_SLOT_NEGOTIATING: a handshake is under way, and nothing signs meanwhile
 * @OH_SLOT_READY: an association signs
 * @OH_SLOT_DUE: it still does, but the next REGISTER leaves without, to be challenged
 * @OH_SLOT_RENEWING: it still does, and a handshake is under way
 * @OH_SLOT_EXPIRED: it has come to its end, and nothing is under way
 */
typedef enum
{
  OH_SLOT_IDLE,
  OH_SLOT_NEGOTIATING,
  OH_SLOT_READY,
  OH_SLOT_DUE,
  OH_SLOT_RENEWING,
  OH_SLOT_EXPIRED,
  OH_SLOT_N_STATES,
} OhSlotState;

/**
 * OhSlotSigned:
 * @OH_SLOT_SIGNED_BY_NOBODY: the header speaks of no association of this server
 * @OH_SLOT_SIGNED_WRONGLY: it does, and the signature is wrong
 * @OH_SLOT_SIGNED_TWICE: right, but the number was used before or is too old
 * @OH_SLOT_SIGNED_RIGHT: right
 */
typedef enum
{
  OH_SLOT_SIGNED_BY_NOBODY,
  OH_SLOT_SIGNED_WRONGLY,
  OH_SLOT_SIGNED_TWICE,
  OH_SLOT_SIGNED_RIGHT,
} OhSlotSigned;

/**
 * OhSlotBore:
 * @OH_SLOT_BORE_NOTHING: no credentials for this server
 * @OH_SLOT_BORE_SIGNATURE: those of the association that stands
 * @OH_SLOT_BORE_TOKEN: those of the handshake
 *
 * What a request of ours carried for a server.
 */
typedef enum
{
  OH_SLOT_BORE_NOTHING,
  OH_SLOT_BORE_SIGNATURE,
  OH_SLOT_BORE_TOKEN,
} OhSlotBore;

/**
 * OhAssociationSlot:
 *
 * One server that asks who we are, and what we share with it: the association in use, the one that
 * is being negotiated, and for a minute the one before. A server is its realm (case matters) and
 * its name (case does not). In which header it is answered belongs to each association: it is that
 * of the challenge that began it, and so a server never gets both. Reference-counted.
 */
typedef struct _OhAssociationSlot OhAssociationSlot;

/**
 * oh_association_slot_new:
 * @clock: the time
 * @realm: of the server
 * @host: its name, without "sip/"
 * @negotiator: (transfer full): for its handshakes
 *
 * Returns: (transfer full): a slot without association
 */
OhAssociationSlot *oh_association_slot_new (OhClock *clock, const char *realm, const char *host,
                                            OhNegotiator *negotiator);

/**
 * oh_association_slot_ref:
 * @self: a slot
 *
 * Returns: (transfer full): @self
 */
OhAssociationSlot *oh_association_slot_ref (OhAssociationSlot *self);

/**
 * oh_association_slot_unref:
 * @self: (transfer full): a slot
 */
void oh_association_slot_unref (OhAssociationSlot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhAssociationSlot, oh_association_slot_unref)

/**
 * oh_slot_state_name:
 * @state: a state
 *
 * Returns: (transfer none): "idle", "negotiating", "ready", "due", "renewing", "expired"
 */
const char *oh_slot_state_name (OhSlotState state);

/**
 * oh_association_slot_state:
 * @self: a slot
 *
 * Returns: its state, now: an association whose time is over expires when somebody looks
 */
OhSlotState oh_association_slot_state (OhAssociationSlot *self);

/**
 * oh_association_slot_is:
 * @self: a slot
 * @realm: a realm
 * @host: a server's name, without "sip/"
 *
 * Returns: whether the slot is that server's
 */
gboolean oh_association_slot_is (const OhAssociationSlot *self, const char *realm,
                                 const char *host);

/**
 * oh_association_slot_host:
 * @self: a slot
 *
 * Returns: (transfer none): the server's name
 */
const char *oh_association_slot_host (const OhAssociationSlot *self);

/**
 * oh_association_slot_negotiator:
 * @self: a slot
 *
 * Returns: (transfer none): its handshakes
 */
OhNegotiator *oh_association_slot_negotiator (OhAssociationSlot *self);

/**
 * oh_association_slot_current:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): the association that signs; NULL when none does
 */
OhAssociation *oh_association_slot_current (OhAssociationSlot *self);

/**
 * oh_association_slot_pending:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): the association of the handshake under way
 */
OhAssociation *oh_association_slot_pending (OhAssociationSlot *self);

/**
 * oh_association_slot_known:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): the association with which the server has proved itself on
 *   this connection, whether it stands or not; NULL before it has
 */
OhAssociation *oh_association_slot_known (OhAssociationSlot *self);

/**
 * oh_association_slot_is_believed:
 * @self: a slot
 *
 * Returns: whether there are keys with which the server may have signed what arrives
 */
gboolean oh_association_slot_is_believed (OhAssociationSlot *self);

/**
 * oh_association_slot_is_of_register:
 * @self: a slot
 *
 * Returns: whether REGISTER passes the server, so that REGISTER renews its association; FALSE for
 *   one that only another request has met
 */
gboolean oh_association_slot_is_of_register (const OhAssociationSlot *self);

/**
 * oh_association_slot_set_idle_limit:
 * @self: a slot
 * @seconds: after which the server forgets an association that is not used
 */
void oh_association_slot_set_idle_limit (OhAssociationSlot *self, guint seconds);

/**
 * oh_association_slot_protect:
 * @self: a slot
 * @out: a message without credentials for this server; a header may be added
 * @error: as oh_association_protect()
 *
 * The token of a handshake goes into the request that carries it, and into none else. Everything
 * else is signed by the association that stands, except for the REGISTER that is to be challenged.
 *
 * Returns: FALSE when the message must not be sent
 */
gboolean oh_association_slot_protect (OhAssociationSlot *self, OhSipMessage *out,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_association_slot_bore:
 * @self: a slot
 * @request: a request of ours as it left
 *
 * Returns: what it carried for this server
 */
OhSlotBore oh_association_slot_bore (OhAssociationSlot *self, const OhSipMessage *request);

/**
 * oh_association_slot_check:
 * @self: a slot
 * @in: what arrived
 * @info: a header that signs it
 * @error: with WRONGLY: why
 *
 * A first right signature proves the server, and its new association takes over.
 *
 * Returns: what the header is worth
 */
OhSlotSigned oh_association_slot_check (OhAssociationSlot *self, const OhSipMessage *in,
                                        const OhAuthChallenge *info, GError **error);

/**
 * oh_association_slot_begin:
 * @self: a slot
 * @request: the request that was challenged and carries the handshake from now on
 *
 * Before a first step; a handshake that was under way is forgotten.
 */
void oh_association_slot_begin (OhAssociationSlot *self, const OhSipMessage *request);

/**
 * oh_association_slot_take_pending:
 * @self: a slot
 * @next: (nullable): the association of the handshake, new or as before; NULL when it failed
 */
void oh_association_slot_take_pending (OhAssociationSlot *self, OhAssociation *next);

/**
 * oh_association_slot_renew:
 * @self: a slot
 *
 * The next REGISTER leaves without credentials for this server, so that a complete new handshake
 * begins. Until it is through, everything else is signed with the association that stands.
 */
void oh_association_slot_renew (OhAssociationSlot *self);

/**
 * oh_association_slot_retire:
 * @self: a slot
 * @why: for the log
 *
 * Nothing is signed for this server from now on; what it has signed is believed for a while.
 */
void oh_association_slot_retire (OhAssociationSlot *self, const char *why);

/**
 * oh_association_slot_begin_message:
 * @self: a slot
 *
 * Another message arrives: nobody has signed it yet.
 */
void oh_association_slot_begin_message (OhAssociationSlot *self);

/**
 * oh_association_slot_was_heard:
 * @self: a slot
 *
 * Returns: whether the server has rightly signed the message that arrived last
 */
gboolean oh_association_slot_was_heard (const OhAssociationSlot *self);

/**
 * oh_association_slot_is_fresh:
 * @self: a slot
 *
 * Returns: whether its association has come to stand by the REGISTER that is being answered
 */
gboolean oh_association_slot_is_fresh (const OhAssociationSlot *self);

/**
 * oh_association_slot_registered:
 * @self: a slot
 * @replaced_by: (nullable) (element-type OhAuthFamily): a bit for each header in which another
 *   server asked for a new association on this REGISTER's way
 *
 * A REGISTER was answered with a 2xx that somebody signed. A server that let it through without
 * credentials is not on its way; neither is one that did not sign it while another has come to its
 * place; one that let the last token through is taken to have accepted it.
 */
void oh_association_slot_registered (OhAssociationSlot *self, guint replaced_by);

G_END_DECLS
