/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth-challenge.h"
#include "scheme-failure.h"
#include "sip-message.h"

G_BEGIN_DECLS

/* From these differences on the clocks are named: Kerberos allows five minutes, NTLM fifteen. */
#define OH_REFUSAL_SKEW_KERBEROS_S (4 * 60)
#define OH_REFUSAL_SKEW_NTLM_S (14 * 60)

/**
 * oh_refusal_of:
 * @response: a 401 or 407 to our last token
 * @scheme: NTLM or Kerberos, whose token it was
 * @ahead_s: how many seconds the server's clock is ahead of ours; 0 when not known
 *
 * Servers say little: the number and HRESULT in ms-diagnostics where they give one ([MS-OCER]),
 * the Date, and otherwise nothing. What is not told apart from a wrong password counts as one.
 *
 * Returns: why the token was refused
 */
OhSchemeFailure oh_refusal_of (const OhSipMessage *response, OhAuthScheme scheme, gint64 ahead_s);

/**
 * oh_refusal_error:
 * @failure: of oh_refusal_of()
 * @host: the server that refused
 * @ahead_s: as oh_refusal_of()
 *
 * Returns: (transfer full): the remedy; the message names the server
 */
GError *oh_refusal_error (OhSchemeFailure failure, const char *host, gint64 ahead_s);

G_END_DECLS
