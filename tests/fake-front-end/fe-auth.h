/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-config.h"
#include "fe-gss.h"
#include "fe-message.h"

G_BEGIN_DECLS

/**
 * FeAssociation:
 * @opaque: its name on the wire
 * @scheme: "NTLM" or "Kerberos"
 * @aor: whose it is, "user@host"
 * @epid: which endpoint's
 * @ready: the handshake is complete
 * @auth: unowned: whose it is
 * @proxy: (owned) (nullable): the association of the proxy in the path; what is signed with this
 *   one is signed with that one too
 *
 * One security association with one endpoint. Reference counted: an answer that waits still needs
 * it when it was forgotten.
 */
typedef struct _FeAssociation FeAssociation;
typedef struct _FeAuth FeAuth;

struct _FeAssociation
{
  char *opaque;
  const char *scheme;
  char *aor;
  char *epid;
  gboolean ready;
  FeAuth *auth;
  FeAssociation *proxy;
  /*< private >*/
  FeContext *context;
  GBytes *token;     /* (owned) (nullable): for the client, goes with the next signature */
  gint64 since_us;   /* monotonic: when the handshake began */
  gint64 used_us;    /* monotonic: when the client used it last */
  guint snum;        /* of the last message we signed */
  guint64 cnum_last; /* highest number the client has used */
  guint8 seen[256];  /* seen[n % 256]: number n was used, for n in (cnum_last - 256, cnum_last] */
};

/**
 * FeVerdict:
 * @FE_AUTH_UNSIGNED: no credentials for us
 * @FE_AUTH_CONTINUE: handshake goes on; answer with the continuation
 * @FE_AUTH_SIGNED: the signature is right, or the handshake is complete where the last token goes
 *   unsigned
 * @FE_AUTH_REFUSED: the mechanism refuses the token
 * @FE_AUTH_BAD_SIGNATURE: an association, but not its signature, or a number used before
 * @FE_AUTH_UNKNOWN: credentials of an association that we do not have (any more)
 */
typedef enum
{
  FE_AUTH_UNSIGNED,
  FE_AUTH_CONTINUE,
  FE_AUTH_SIGNED,
  FE_AUTH_REFUSED,
  FE_AUTH_BAD_SIGNATURE,
  FE_AUTH_UNKNOWN,
} FeVerdict;

/**
 * FeAuthResult:
 * @verdict: what was found
 * @association: (owned) (nullable): whose message it is
 * @established: this message completed the handshake
 * @continuation: (owned) (nullable): value of the challenge header, with CONTINUE
 * @reason: (owned) (nullable): for REFUSED and BAD_SIGNATURE
 */
typedef struct
{
  FeVerdict verdict;
  FeAssociation *association;
  gboolean established;
  char *continuation;
  char *reason;
} FeAuthResult;

/**
 * FeAuth:
 *
 * All security associations of one server: of the front end, or of a proxy before it.
 */

/**
 * fe_auth_new:
 * @config: outlives it
 * @kerberos: (transfer full) (nullable): acceptor of that scheme
 * @ntlm: (transfer full) (nullable): acceptor of that scheme
 *
 * Returns: (transfer full): without any association
 */
FeAuth *fe_auth_new (const FeConfig *config, FeAcceptor *kerberos, FeAcceptor *ntlm);

/**
 * fe_auth_free:
 * @self: (transfer full) (nullable): the associations
 */
void fe_auth_free (FeAuth *self);

/**
 * fe_auth_offer:
 * @self: the associations
 * @response: a 401 or 407; gets one challenge per scheme
 */
void fe_auth_offer (FeAuth *self, FeMessage *response);

/**
 * fe_auth_check:
 * @self: the associations
 * @message: request or response of a client
 * @result: (out caller-allocates): clear with fe_auth_result_clear()
 *
 * Everything that concerns the credentials of a message: handshake, signature, numbers. Emits
 * the violations it finds on the way.
 */
void fe_auth_check (FeAuth *self, const FeMessage *message, FeAuthResult *result);

/**
 * fe_auth_result_clear:
 * @result: frees what it owns
 */
void fe_auth_result_clear (FeAuthResult *result);

/**
 * fe_auth_sign:
 * @association: a ready one
 * @message: complete but for the signature
 * @garble: make the signature wrong in one digit
 *
 * Adds the Info header.
 */
void fe_auth_sign (FeAssociation *association, FeMessage *message, gboolean garble);

/**
 * fe_auth_forget:
 * @self: the associations
 * @aor: (nullable): only those of this person
 *
 * As a restarted server would: the next signed message is unknown.
 *
 * Returns: how many were forgotten
 */
guint fe_auth_forget (FeAuth *self, const char *aor);

/**
 * fe_auth_set_life:
 * @self: the associations
 * @life_s: from now on they are forgotten after that; 0 for never
 * @idle_s: ... or so long after the client has used them last; 0 for never
 */
void fe_auth_set_life (FeAuth *self, int life_s, int idle_s);

/**
 * fe_association_peer:
 * @self: a ready association
 *
 * Returns: (transfer none): the account, as the mechanism names it
 */
const char *fe_association_peer (const FeAssociation *self);

/**
 * fe_association_set_proxy:
 * @self: an association
 * @proxy: (nullable): that of the proxy through which the client came; signs too from now on
 */
void fe_association_set_proxy (FeAssociation *self, FeAssociation *proxy);

/**
 * fe_association_ref:
 * @self: an association
 *
 * Returns: (transfer full): @self
 */
FeAssociation *fe_association_ref (FeAssociation *self);

/**
 * fe_association_unref:
 * @self: (transfer full) (nullable): an association
 */
void fe_association_unref (FeAssociation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeAuth, fe_auth_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeAssociation, fe_association_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FeAuthResult, fe_auth_result_clear)

G_END_DECLS
