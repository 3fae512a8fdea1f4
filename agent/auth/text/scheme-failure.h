/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/**
 * OhSchemeFailure:
 * @OH_SCHEME_FAILURE_NONE: it has not failed
 * @OH_SCHEME_FAILURE_NO_TICKET: no ticket, and no password to get one with
 * @OH_SCHEME_FAILURE_TICKET_EXPIRED: the ticket there is has ended
 * @OH_SCHEME_FAILURE_NAME_UNKNOWN: the KDC does not know who signs in; it saw no password
 * @OH_SCHEME_FAILURE_SERVICE_UNKNOWN: the KDC does not know "sip/" and the server's name
 * @OH_SCHEME_FAILURE_NO_KDC: no KDC answers, or none is known for the realm
 * @OH_SCHEME_FAILURE_CLOCK: too much difference for this scheme, at the KDC or at the server
 * @OH_SCHEME_FAILURE_CIPHER: the KDC and we have no encryption type in common
 * @OH_SCHEME_FAILURE_UNAVAILABLE: this computer cannot do the scheme
 * @OH_SCHEME_FAILURE_NO_PASSWORD: it takes a name and a password, and there are none
 * @OH_SCHEME_FAILURE_OFFER: the server's NTLM offer lacks what we insist on; nothing was sent
 * @OH_SCHEME_FAILURE_BROKEN: the server's token makes no sense, or came out of turn
 * @OH_SCHEME_FAILURE_TICKET_REFUSED: the server challenged again after the ticket
 * @OH_SCHEME_FAILURE_KEY_STRENGTH: the server refused NTLM for its session security
 * @OH_SCHEME_FAILURE_FORBIDDEN: the server's domain forbids NTLM, to everybody or to this account
 * @OH_SCHEME_FAILURE_PASSWORD: name or password are wrong, or the server says no more than that
 * @OH_SCHEME_FAILURE_PASSWORD_EXPIRED: right or not, it has to be changed first
 * @OH_SCHEME_FAILURE_ACCOUNT: the account is locked, disabled or past its end
 *
 * Why a sign-in scheme did not lead to an association.
 */
typedef enum
{
  OH_SCHEME_FAILURE_NONE,
  OH_SCHEME_FAILURE_NO_TICKET,
  OH_SCHEME_FAILURE_TICKET_EXPIRED,
  OH_SCHEME_FAILURE_NAME_UNKNOWN,
  OH_SCHEME_FAILURE_SERVICE_UNKNOWN,
  OH_SCHEME_FAILURE_NO_KDC,
  OH_SCHEME_FAILURE_CLOCK,
  OH_SCHEME_FAILURE_CIPHER,
  OH_SCHEME_FAILURE_UNAVAILABLE,
  OH_SCHEME_FAILURE_NO_PASSWORD,
  OH_SCHEME_FAILURE_OFFER,
  OH_SCHEME_FAILURE_BROKEN,
  OH_SCHEME_FAILURE_TICKET_REFUSED,
  OH_SCHEME_FAILURE_KEY_STRENGTH,
  OH_SCHEME_FAILURE_FORBIDDEN,
  OH_SCHEME_FAILURE_PASSWORD,
  OH_SCHEME_FAILURE_PASSWORD_EXPIRED,
  OH_SCHEME_FAILURE_ACCOUNT,
  OH_N_SCHEME_FAILURES,
} OhSchemeFailure;

/**
 * oh_scheme_failure_word:
 * @failure: a reason
 *
 * Returns: (transfer none): a stable word for the log, "ticket-refused" for example
 */
const char *oh_scheme_failure_word (OhSchemeFailure failure);

/**
 * oh_scheme_failure_code:
 * @failure: a reason
 *
 * Returns: the remedy
 */
OhError oh_scheme_failure_code (OhSchemeFailure failure);

/**
 * oh_scheme_failure_other_may_mend:
 * @failure: a reason
 *
 * Whether the other scheme is worth a try with the same credentials. Not where somebody who knows
 * the account has judged it or its password: the other scheme would ask the same directory, and
 * each wrong password brings the account closer to being locked.
 *
 * Returns: TRUE where it is
 */
gboolean oh_scheme_failure_other_may_mend (OhSchemeFailure failure);

/**
 * oh_scheme_failure_outranks:
 * @first: why one scheme failed
 * @then: why the other failed after it
 *
 * Which of the two the user hears of: a missing ticket or a wrong clock is what they can mend, and
 * what NTLM says after that, usually that there is no password, would hide it. But a judgement on
 * the password always counts.
 *
 * Returns: TRUE when @first is to be told, not @then
 */
gboolean oh_scheme_failure_outranks (OhSchemeFailure first, OhSchemeFailure then);

G_END_DECLS
