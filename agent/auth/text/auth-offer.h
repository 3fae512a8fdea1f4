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

/**
 * oh_auth_offers_collect:
 * @response: a 401 or 407
 * @family: (out): which header they stood in: that of the status, unless only the other is there
 *
 * A header line that is broken is passed over.
 *
 * Returns: (transfer full) (element-type OhAuthChallenge): every challenge of every line
 */
GPtrArray *oh_auth_offers_collect (const OhSipMessage *response, OhAuthFamily *family);

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

G_END_DECLS
