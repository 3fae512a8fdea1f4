/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FeAcceptor:
 *
 * The server's side of one sign-in scheme: MIT's Kerberos with a keytab, or gss-ntlmssp with a
 * file of passwords. Both speak GSSAPI. gss-ntlmssp is loaded directly, because MIT's mechanism
 * glue hands an empty first token, which is how connectionless NTLM begins, to SPNEGO.
 */
typedef struct _FeAcceptor FeAcceptor;

/**
 * FeContext:
 *
 * One handshake and, when it is complete, the keys of one security association.
 */
typedef struct _FeContext FeContext;

/**
 * fe_acceptor_new_kerberos:
 * @keytab: path of the keytab with the key of sip/<server>
 * @replay_cache: path of a file of our own; the default one may belong to somebody else
 * @error: return location
 *
 * Returns: (transfer full): the acceptor, NULL when the keytab cannot be used
 */
FeAcceptor *fe_acceptor_new_kerberos (const char *keytab, const char *replay_cache, GError **error);

/**
 * fe_acceptor_new_ntlm:
 * @users: path of a file with lines DOMAIN:user:password
 * @server_name: host name for the target information
 * @flags: NEGOTIATE flags of the CHALLENGE ([MS-NLMP] 2.2.2.5); 0 for the usual ones
 * @error: return location
 *
 * Returns: (transfer full): the acceptor, NULL when gss-ntlmssp is missing or refuses
 */
FeAcceptor *fe_acceptor_new_ntlm (const char *users, const char *server_name, guint32 flags,
                                  GError **error);

/**
 * fe_acceptor_free:
 * @self: (transfer full) (nullable): no context of it is left
 */
void fe_acceptor_free (FeAcceptor *self);

/**
 * fe_context_new:
 * @acceptor: outlives the context
 *
 * Returns: (transfer full): a context before its first token
 */
FeContext *fe_context_new (FeAcceptor *acceptor);

/**
 * fe_context_free:
 * @self: (transfer full) (nullable): the context
 */
void fe_context_free (FeContext *self);

/**
 * fe_context_step:
 * @self: a context that is not complete
 * @input: (nullable): token of the client; NULL for the empty one
 * @out_complete: (out): whether it stands now
 * @error: return location: the client is refused
 *
 * Returns: (transfer full) (nullable): token for the client, NULL for none or with an error
 */
GBytes *fe_context_step (FeContext *self, GBytes *input, gboolean *out_complete, GError **error);

/**
 * fe_context_peer:
 * @self: a complete context
 *
 * Returns: (transfer none): who it is, as the mechanism says: "FABRIKAM\\alice",
 *   "alice@FABRIKAM.TEST"
 */
const char *fe_context_peer (const FeContext *self);

/**
 * fe_context_sign:
 * @self: a complete context
 * @text: what to sign
 * @error: return location
 *
 * Returns: (transfer full): the signature in upper-case hex
 */
char *fe_context_sign (FeContext *self, const char *text, GError **error);

/**
 * fe_context_verify:
 * @self: a complete context
 * @text: what was signed
 * @hex: the signature, hex in any case
 * @error: return location
 *
 * Returns: whether it is right
 */
gboolean fe_context_verify (FeContext *self, const char *text, const char *hex, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeAcceptor, fe_acceptor_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeContext, fe_context_free)

G_END_DECLS
