/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth-challenge.h"
#include "doctor-code.h"

G_BEGIN_DECLS

/* What the server said and what became of signing in: values in, findings out. Strings are borrowed
 * for the call. */

/* Differences of the clocks: from here on they are named, and from here on Kerberos refuses
 * (RFC 4120 1.6). */
#define OH_DOCTOR_SKEW_WARN_S 60
#define OH_DOCTOR_SKEW_ERROR_S 300

/**
 * OhSeenOffer:
 * @challenge: one of the challenges
 * @allowed: a token may be made for the name that it gives
 */
typedef struct
{
  const OhAuthChallenge *challenge;
  gboolean allowed;
} OhSeenOffer;

/**
 * OhSeenAnswer:
 * @server: "fe1.example.org:5061"
 * @status: of the answer to a REGISTER without credentials; 0 when none came
 * @error: (nullable): why none came
 * @refusal: (nullable): what a refusal means, with status and diagnostics
 * @remedy: (nullable): what is known to help against that refusal; NULL for nothing
 * @targets: (nullable): of a 301 or 302: servers, with ", " between
 * @offers: (array length=n_offers): what a 401 or 407 offers
 * @n_offers: how many
 * @kerberos_wanted: the settings allow Kerberos
 * @ntlm_wanted: the settings allow NTLM, and this computer can do it
 */
typedef struct
{
  const char *server;
  guint status;
  const char *error;
  const char *refusal;
  const char *remedy;
  const char *targets;
  const OhSeenOffer *offers;
  gsize n_offers;
  gboolean kerberos_wanted;
  gboolean ntlm_wanted;
} OhSeenAnswer;

/**
 * oh_judge_answer:
 * @seen: the first answer
 * @findings: (element-type OhFinding): where findings are added
 *
 * Returns: whether signing in may be tried
 */
gboolean oh_judge_answer (const OhSeenAnswer *seen, GPtrArray *findings);

/**
 * OhSeenClock:
 * @server: "fe1.example.org:5061"
 * @known: its answer had a Date that can be read
 * @server_s: what it said, seconds since 1970 UTC
 * @our_s: our clock when it came
 */
typedef struct
{
  const char *server;
  gboolean known;
  gint64 server_s;
  gint64 our_s;
} OhSeenClock;

/**
 * oh_judge_clock:
 * @seen: two clocks
 * @findings: (element-type OhFinding): where the finding is added
 */
void oh_judge_clock (const OhSeenClock *seen, GPtrArray *findings);

/**
 * OhSeenTicketState:
 * @OH_SEEN_TICKET_GOOD: there is one for the service
 * @OH_SEEN_TICKET_MISSING: the user has none at all
 * @OH_SEEN_TICKET_EXPIRED: the user's has expired
 * @OH_SEEN_TICKET_NO_SERVICE: the KDC does not know the service
 * @OH_SEEN_TICKET_NO_KDC: no KDC answers
 * @OH_SEEN_TICKET_SKEW: the KDC's clock and ours differ
 * @OH_SEEN_TICKET_FAILED: another reason
 * @OH_SEEN_TICKET_NOT_NEEDED: Kerberos is not offered or not wanted
 */
typedef enum
{
  OH_SEEN_TICKET_GOOD,
  OH_SEEN_TICKET_MISSING,
  OH_SEEN_TICKET_EXPIRED,
  OH_SEEN_TICKET_NO_SERVICE,
  OH_SEEN_TICKET_NO_KDC,
  OH_SEEN_TICKET_SKEW,
  OH_SEEN_TICKET_FAILED,
  OH_SEEN_TICKET_NOT_NEEDED,
  OH_N_SEEN_TICKETS,
} OhSeenTicketState;

/**
 * OhSeenTicket:
 * @state: how it went
 * @cache: (nullable): name of the ticket cache
 * @principal: (nullable): whose tickets these are
 * @service: (nullable): "sip/fe1.example.org@EXAMPLE.ORG"
 * @until_s: end of the service ticket, seconds since 1970 UTC
 * @enctype: (nullable): of its session key, "aes256-cts-hmac-sha1-96"
 * @error: (nullable): the library's words
 * @replaceable: without it signing in can still work: a password is stored, or NTLM is there
 */
typedef struct
{
  OhSeenTicketState state;
  const char *cache;
  const char *principal;
  const char *service;
  gint64 until_s;
  const char *enctype;
  const char *error;
  gboolean replaceable;
} OhSeenTicket;

/**
 * oh_judge_ticket:
 * @seen: the tickets
 * @findings: (element-type OhFinding): where the finding is added
 */
void oh_judge_ticket (const OhSeenTicket *seen, GPtrArray *findings);

/**
 * OhSeenSignIn:
 * @uri: who
 * @server: "host:port" that took us in the end, or that was tried
 * @mechanism: (nullable): "kerberos" or "ntlm" when it worked
 * @error: (nullable): why it did not: domain OH_ERROR
 * @had_proof: a password or a ticket was there to be used
 * @withheld: nothing was sent, because the password is known to be refused; @error is then the
 *   reason at that time
 */
typedef struct
{
  const char *uri;
  const char *server;
  const char *mechanism;
  const GError *error;
  gboolean had_proof;
  gboolean withheld;
} OhSeenSignIn;

/**
 * oh_judge_sign_in:
 * @seen: what became of it
 * @findings: (element-type OhFinding): where findings are added
 *
 * Returns: whether it worked
 */
gboolean oh_judge_sign_in (const OhSeenSignIn *seen, GPtrArray *findings);

/**
 * oh_judge_sign_out:
 * @server: "host:port"
 * @findings: (element-type OhFinding): where the finding is added
 */
void oh_judge_sign_out (const char *server, GPtrArray *findings);

/**
 * oh_judge_limit:
 * @step: what took too long, translated
 * @limit_s: its limit
 * @findings: (element-type OhFinding): where the finding is added
 */
void oh_judge_limit (const char *step, guint limit_s, GPtrArray *findings);

G_END_DECLS
