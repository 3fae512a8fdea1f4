/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhPhoneTls:
 *
 * The rule by which one phone's certificate is judged, on every connection, whatever the system's
 * own check says.
 */
typedef struct _OhPhoneTls OhPhoneTls;

/**
 * OhPhoneVerdict:
 * @OH_PHONE_VERDICT_REFUSED: the error says why
 * @OH_PHONE_VERDICT_CHANGED: refused because the key is another than the pinned one
 * @OH_PHONE_VERDICT_ACCEPTED: go on
 * @OH_PHONE_VERDICT_FIRST: accepted as the first key seen; from now on it is the pin of this rule
 */
typedef enum
{
  OH_PHONE_VERDICT_REFUSED,
  OH_PHONE_VERDICT_CHANGED,
  OH_PHONE_VERDICT_ACCEPTED,
  OH_PHONE_VERDICT_FIRST,
} OhPhoneVerdict;

/**
 * oh_phone_tls_new:
 * @trust: the rule; copied
 *
 * Returns: (transfer full): the rule
 */
OhPhoneTls *oh_phone_tls_new (const OhPhoneTrust *trust);

/**
 * oh_phone_tls_free:
 * @self: (nullable) (transfer full): a rule
 */
void oh_phone_tls_free (OhPhoneTls *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneTls, oh_phone_tls_free)

/**
 * oh_phone_tls_get_mode:
 * @self: a rule
 *
 * Returns: its mode
 */
OhPhoneTrustMode oh_phone_tls_get_mode (const OhPhoneTls *self);

/**
 * oh_phone_tls_allows_legacy:
 * @self: a rule
 *
 * Returns: whether the phone may be spoken to with TLS 1.0 and 1.1
 */
gboolean oh_phone_tls_allows_legacy (const OhPhoneTls *self);

/**
 * oh_phone_tls_says_the_same:
 * @self: a rule
 * @trust: another
 *
 * Returns: whether both judge alike now, a pin learnt at first use included
 */
gboolean oh_phone_tls_says_the_same (const OhPhoneTls *self, const OhPhoneTrust *trust);

/**
 * oh_phone_tls_judge:
 * @self: a rule
 * @certificate: what the phone showed
 * @host: the name or address that the user gave, without port
 * @mac: (nullable): the phone's MAC as far as it is known, twelve hex digits; FACTORY needs it
 *   in the subject, or some MAC there while it is not known; CA takes it in the place of @host
 * @out_fingerprint: (out): of @certificate
 * @error: (nullable): OH_ERROR_UNTRUSTED with the proper noun and both fingerprints where a pin
 *   differs; dates that alone are wrong, and weak keys, are told as that
 *
 * Returns: the verdict
 */
OhPhoneVerdict oh_phone_tls_judge (OhPhoneTls *self, GTlsCertificate *certificate, const char *host,
                                   const char *mac, char **out_fingerprint, GError **error);

/**
 * oh_phone_fingerprint_of:
 * @certificate: a certificate
 *
 * Returns: (transfer full) (nullable): SHA-256 of its SubjectPublicKeyInfo, 64 lower-case hex
 *   digits; the same after a renewal that keeps the key. NULL when it cannot be read.
 */
char *oh_phone_fingerprint_of (GTlsCertificate *certificate);

G_END_DECLS
