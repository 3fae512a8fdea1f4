/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth-challenge.h"
#include "sip-message.h"

G_BEGIN_DECLS

/**
 * OhAuthFamily:
 * @OH_AUTH_FAMILY_WWW: 401, WWW-Authenticate, Authorization
 * @OH_AUTH_FAMILY_PROXY: 407, Proxy-Authenticate, Proxy-Authorization
 *
 * A front end is registrar and proxy in one and uses either; an association stays with the one it
 * began with, because servers refuse a mixture.
 */
typedef enum
{
  OH_AUTH_FAMILY_WWW,
  OH_AUTH_FAMILY_PROXY,
} OhAuthFamily;

/**
 * OhAuthPeer:
 * @host: the server that we connected to, as its certificate names it
 * @is_tls: whether the connection is TLS and its certificate was accepted
 * @trusted: (nullable) (array zero-terminated=1): domains whose hosts may ask for a second
 *   association on a TLS connection
 *
 * Whom we talk to. Only borrowed for the call.
 */
typedef struct
{
  const char *host;
  gboolean is_tls;
  const char *const *trusted;
} OhAuthPeer;

/* Servers that may ask in one response: a forked request comes back with the challenges of all its
 * branches. More than a company has on one path; what comes after them is passed over. */
#define OH_AUTH_SERVERS_MAX 8

/**
 * OhAuthOffer:
 * @family: the header in which the server asked
 * @realm: (owned): as it stands there, "" when there is none; case matters
 * @host: (owned): the server's name without "sip/", "" when none is named; case does not matter
 * @challenges: (owned) (element-type OhAuthChallenge): one for each scheme that it offers
 *
 * What one server asks in a 401 or 407.
 */
typedef struct
{
  OhAuthFamily family;
  char *realm;
  char *host;
  GPtrArray *challenges;
} OhAuthOffer;

/**
 * oh_auth_offer_free:
 * @self: (nullable) (transfer full): an offer
 */
void oh_auth_offer_free (OhAuthOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhAuthOffer, oh_auth_offer_free)

/**
 * oh_auth_offers_collect:
 * @response: a 401 or 407
 *
 * Sorts the challenges of every line by the server that makes them (RFC 3261 16.7: a proxy puts
 * those of all branches into one response). A server that asks in both headers is taken at the one
 * that fits the status. A header line that is broken is passed over.
 *
 * Returns: (transfer full) (element-type OhAuthOffer): one for each server, in their order, those
 *   with Kerberos first; at most OH_AUTH_SERVERS_MAX
 */
GPtrArray *oh_auth_offers_collect (const OhSipMessage *response);

/**
 * oh_auth_target_host:
 * @target: targetname of a challenge or Info
 *
 * Returns: (transfer none): @target without "sip/"
 */
const char *oh_auth_target_host (const char *target);

/**
 * oh_auth_offer_allowed:
 * @challenge: a challenge
 * @peer: whom we talk to
 * @known_host: (nullable): the server of the association that stands already
 *
 * Whether a ticket or an answer may be made for the name that a challenge gives: the peer is not
 * yet authenticated and could harvest tickets for other services. Kerberos must say
 * "sip/" and one name with a dot, nothing else; NTLM the bare name. Over TLS the first challenge
 * may name any server, a later one only @known_host, the peer, or a host of a trusted domain;
 * without TLS only the peer's own name will do ([MS-SIPAE] 5.1).
 *
 * Returns: FALSE when the challenge is to be passed over
 */
gboolean oh_auth_offer_allowed (const OhAuthChallenge *challenge, const OhAuthPeer *peer,
                                const char *known_host);

/**
 * oh_auth_offers_refuse:
 * @offers: (inout) (element-type OhAuthChallenge): the challenges of an offer
 * @peer: whom we talk to
 * @known_host: (nullable): as oh_auth_offer_allowed()
 *
 * Takes the Kerberos and NTLM challenges out of @offers that oh_auth_offer_allowed() refuses; other
 * schemes stay, to be named to the user.
 *
 * Returns: (transfer full) (element-type OhAuthChallenge): what was taken out
 */
GPtrArray *oh_auth_offers_refuse (GPtrArray *offers, const OhAuthPeer *peer,
                                  const char *known_host);

G_END_DECLS
