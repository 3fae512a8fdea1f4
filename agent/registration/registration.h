/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "registration-state.h"
#include "security.h"
#include "server.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/**
 * OhRegistrationSettings:
 * @uri: own address, "sip:anna.berg@fabrikam.test"; "sip:" may be missing
 * @server: (nullable): "host[:port]", IPv6 in brackets; NULL or "" to discover it
 * @schemes: which schemes may be used and how
 * @ca_file: (nullable): PEM file of authorities trusted beside those of the system
 * @epid: endpoint id, 1 to 16 hexadecimal digits, the same for the life of this installation and
 *   address; oh_endpoint_make_epid() makes one
 * @user_agent: (nullable): product token; NULL for our own
 * @server_outside: (nullable): as @server, for those outside; tried when @server is not there
 * @trusted_domains: (nullable) (array zero-terminated=1): domains beside that of @uri in which a
 *   discovered server may live
 * @names: which names below the domain of @uri a discovered server may have
 * @state_dir: (nullable): folder in which the server that took us is kept; NULL to remember it for
 *   this run alone
 * @allow_unauthenticated: accept a server that never challenges; for test systems
 * @dead_peer_s: a server that is gone without a word is noticed within so many seconds; 0 for
 *   OH_SIP_DEAD_PEER_S
 * @allow_tls_1_0: also offer TLS 1.0 and 1.1; for servers that have nothing newer
 *
 * Who signs in where. Only borrowed for the call.
 */
typedef struct
{
  const char *uri;
  const char *server;
  OhSchemePolicy schemes;
  const char *ca_file;
  const char *epid;
  const char *user_agent;
  const char *server_outside;
  const char *const *trusted_domains;
  guint dead_peer_s;
  OhServerNames names;
  const char *state_dir;
  gboolean allow_unauthenticated;
  gboolean allow_tls_1_0;
} OhRegistrationSettings;

/**
 * OhRegistration:
 *
 * Being signed in: finds a server, connects, registers, keeps the registration and the association
 * fresh, and comes back by itself after every loss that time can heal. Owns the guard and the
 * stack; both live as long as it does.
 *
 * Properties, all read-only, each with notify:
 *  - "state" (OhRegistrationState)
 *  - "reason" (GError, nullable): why it is WAITING or FAILED; OH_ERROR domain; NULL otherwise
 *  - "server" (string, nullable): "host:port" while connected
 *  - "mechanism" (string, nullable): "kerberos" or "ntlm" while ONLINE
 *  - "since" (gint64): wall time of the latest change of state, microseconds since 1970 UTC
 *  - "lost" (gint64): wall time since when it is not ONLINE although somebody wishes it; 0 while it
 *    is, or nobody does
 *  - "next-try" (gint64): wall time of the next attempt while WAITING; 0 otherwise
 *
 * Signals:
 *  - "signed-in" (): ONLINE was reached on a new connection: subscriptions and publications are
 *    to be made anew. After notify::state.
 *  - "renewed" (): a new handshake on the same connection went well: self subscriptions are to be
 *    refreshed
 */
#define OH_TYPE_REGISTRATION (oh_registration_get_type ())
G_DECLARE_FINAL_TYPE (OhRegistration, oh_registration, OH, REGISTRATION, GObject)

/**
 * oh_registration_new:
 * @clock: the time
 * @credentials_func: where credentials come from: called once for each handshake, after the
 *   server's certificate was accepted
 * @user_data: for @credentials_func; borrowed
 *
 * Returns: (transfer full): a registration in state OFFLINE
 */
OhRegistration *oh_registration_new (OhClock *clock, OhCredentialsFunc credentials_func,
                                     gpointer user_data);

/**
 * oh_registration_stack:
 * @self: a registration
 *
 * Returns: (transfer none): the stack that subscriptions and publications use
 */
OhSipStack *oh_registration_stack (OhRegistration *self);

/**
 * oh_registration_security:
 * @self: a registration
 *
 * Returns: (transfer none): the guard, for its counters and for tests
 */
OhSecurity *oh_registration_security (OhRegistration *self);

/**
 * oh_registration_sign_in:
 * @self: a registration
 * @settings: who and where; copied
 *
 * Begins to sign in, whatever the state was; a connection that stands is given up. How it goes is
 * told by the properties.
 */
void oh_registration_sign_in (OhRegistration *self, const OhRegistrationSettings *settings);

/**
 * oh_registration_sign_out_async:
 * @self: a registration
 * @cancellable: (nullable): to stop waiting; signing out goes on
 * @callback: called when it is OFFLINE
 * @user_data: for @callback
 *
 * De-registers (Expires: 0, signed) and waits a moment for the server before it closes the
 * connection. Also when the server has not answered our REGISTER yet: it may have let us in.
 */
void oh_registration_sign_out_async (OhRegistration *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_registration_sign_out_finish:
 * @self: a registration
 * @result: of oh_registration_sign_out_async()
 * @error: OH_ERROR_CANCELLED
 *
 * Returns: TRUE when it is OFFLINE
 */
gboolean oh_registration_sign_out_finish (OhRegistration *self, GAsyncResult *result,
                                          GError **error);

/**
 * oh_registration_give_up:
 * @self: a registration
 * @error: why trying again would do harm; OH_ERROR domain
 *
 * While WAITING: nothing is tried again by itself; FAILED for @error. Otherwise nothing changes:
 * who is online proves the opposite, and an attempt under way will see for itself.
 */
void oh_registration_give_up (OhRegistration *self, const GError *error);

/**
 * oh_registration_check:
 * @self: a registration
 *
 * The network changed or the computer woke up: when WAITING tries at once, unless the server asked
 * for a time that has not come; when ONLINE refreshes at once, so that a dead connection is noticed
 * now and not in half an hour. When FAILED tries once more if another network can make a
 * difference, never with a password that was refused.
 */
void oh_registration_check (OhRegistration *self);

/**
 * oh_registration_sleep:
 * @self: a registration
 *
 * The computer is going to sleep. What stands stays: others see us as before when it wakes up
 * soon. But nothing is tried, and nothing that fails is counted, until oh_registration_check().
 */
void oh_registration_sleep (OhRegistration *self);

/**
 * oh_registration_set_network:
 * @self: a registration
 * @connected: whether this computer has a network beyond itself
 * @addresses: (array zero-terminated=1): all its addresses, IPv6 without brackets
 *
 * What the network is now; before the first call one is assumed. A connection from an address that
 * is gone will never hear of it and is given up at once. Without a network failures are not
 * counted; when there is one again the next attempt begins at once.
 */
void oh_registration_set_network (OhRegistration *self, gboolean connected,
                                  const char *const *addresses);

/**
 * oh_registration_state:
 * @self: a registration
 *
 * Returns: its state
 */
OhRegistrationState oh_registration_state (OhRegistration *self);

/**
 * oh_registration_reason:
 * @self: a registration
 *
 * Returns: (transfer none) (nullable): why it is WAITING or FAILED
 */
const GError *oh_registration_reason (OhRegistration *self);

/**
 * oh_registration_describe:
 * @self: a registration
 *
 * State and reason in a sentence or two for the user, translated, with what to do.
 *
 * Returns: (transfer full): the text
 */
char *oh_registration_describe (OhRegistration *self);

/**
 * oh_registration_supports:
 * @self: a registration that is ONLINE
 * @feature: an option tag of Supported in the server's answer, "msrtc-event-categories"
 *
 * Returns: whether the server has it; FALSE when not ONLINE
 */
gboolean oh_registration_supports (OhRegistration *self, const char *feature);

/**
 * oh_registration_gruu:
 * @self: a registration
 *
 * Returns: (transfer none) (nullable): our address as an endpoint, until the next change of state;
 *   NULL when not ONLINE, and from a server that gives none
 */
const char *oh_registration_gruu (OhRegistration *self);

/**
 * oh_registration_allow_events:
 * @self: a registration
 *
 * Returns: (transfer none) (nullable): the event packages that the server names, joined by commas;
 *   NULL when it names none, or it is not ONLINE
 */
const char *oh_registration_allow_events (OhRegistration *self);

/**
 * oh_registration_is_remote:
 * @self: a registration
 *
 * Returns: whether we came in through an Edge server, so that only external addresses of other
 *   services work
 */
gboolean oh_registration_is_remote (OhRegistration *self);

G_END_DECLS
