/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "doctor-code.h"

G_BEGIN_DECLS

/* What was seen on the way to the server, and what that means: values in, findings out. Strings of
 * a value are borrowed for the call. */

/**
 * OhSeenSettings:
 * @uri: "sip:alice@example.org"; "" when nobody is to sign in
 * @login: "" when none is set
 * @server: "host[:port]"; "" to discover it
 * @mechanism: "auto", "kerberos" or "ntlm"
 * @ca_file: "" for the system's authorities alone
 * @problem: (nullable): why a value cannot be used
 * @locked: (nullable): keys that the administrator has locked, with ", " between
 * @trouble: (nullable): why NTLM cannot be done here
 * @has_password: one is stored
 * @keyring: (nullable): why the keyring cannot be read
 */
typedef struct
{
  const char *uri;
  const char *login;
  const char *server;
  const char *mechanism;
  const char *ca_file;
  const char *problem;
  const char *locked;
  const char *trouble;
  gboolean has_password;
  const char *keyring;
} OhSeenSettings;

/**
 * oh_judge_settings:
 * @seen: what the settings say
 * @findings: (element-type OhFinding): where findings are added
 *
 * Returns: whether somebody can be signed in with them
 */
gboolean oh_judge_settings (const OhSeenSettings *seen, GPtrArray *findings);

/**
 * OhSeenLookup:
 * @question: "SRV _sip._tls.example.org", "address of sip.example.org"
 * @answers: (nullable): what came back, with ", " between
 * @outside: (nullable): those of them that were passed over, outside @domain
 * @domain: of the sign-in address
 * @error: (nullable): why nothing came back
 * @named: somebody named this server: that it has no address is a fault
 */
typedef struct
{
  const char *question;
  const char *answers;
  const char *outside;
  const char *domain;
  const char *error;
  gboolean named;
} OhSeenLookup;

/**
 * oh_judge_lookup:
 * @seen: one look-up
 * @findings: (element-type OhFinding): where findings are added
 */
void oh_judge_lookup (const OhSeenLookup *seen, GPtrArray *findings);

/**
 * oh_judge_no_address:
 * @domain: of the sign-in address
 * @server: "" or the server of the settings
 * @findings: (element-type OhFinding): where the finding is added
 *
 * After all look-ups: no name has an address.
 */
void oh_judge_no_address (const char *domain, const char *server, GPtrArray *findings);

/**
 * OhSeenAddress:
 * @server: "fe1.example.org:5061"
 * @address: "192.0.2.1"
 * @took_us: until it was known
 * @error: (nullable): why it takes no connection, in the system's words
 * @refused: somebody answered that nothing listens there
 * @other_works: another address of the same server takes connections
 */
typedef struct
{
  const char *server;
  const char *address;
  gint64 took_us;
  const char *error;
  gboolean refused;
  gboolean other_works;
} OhSeenAddress;

/**
 * oh_judge_address:
 * @seen: one attempt to connect
 * @findings: (element-type OhFinding): where the finding is added; a failure is a warning, or only
 *   worth knowing where another address works
 */
void oh_judge_address (const OhSeenAddress *seen, GPtrArray *findings);

/**
 * oh_judge_unreachable:
 * @servers: those that were tried, with ", " between
 * @findings: (element-type OhFinding): where the finding is added
 */
void oh_judge_unreachable (const char *servers, GPtrArray *findings);

/* A renewal takes an administrator that long. */
#define OH_DOCTOR_CERTIFICATE_WARN_S (G_GINT64_CONSTANT (30) * 24 * 3600)

/**
 * OhSeenCertificateFault:
 * @OH_SEEN_CERTIFICATE_UNKNOWN_CA: nobody trusted has issued it
 * @OH_SEEN_CERTIFICATE_NAME: made out to another name
 * @OH_SEEN_CERTIFICATE_NOT_YET: not valid yet
 * @OH_SEEN_CERTIFICATE_EXPIRED: not valid any more
 * @OH_SEEN_CERTIFICATE_REVOKED: taken back by its issuer
 * @OH_SEEN_CERTIFICATE_WEAK: an algorithm that is not safe
 * @OH_SEEN_CERTIFICATE_OTHER: it could not be checked
 *
 * Flags.
 */
typedef enum
{
  OH_SEEN_CERTIFICATE_UNKNOWN_CA = 1 << 0,
  OH_SEEN_CERTIFICATE_NAME = 1 << 1,
  OH_SEEN_CERTIFICATE_NOT_YET = 1 << 2,
  OH_SEEN_CERTIFICATE_EXPIRED = 1 << 3,
  OH_SEEN_CERTIFICATE_REVOKED = 1 << 4,
  OH_SEEN_CERTIFICATE_WEAK = 1 << 5,
  OH_SEEN_CERTIFICATE_OTHER = 1 << 6,
} OhSeenCertificateFault;

/**
 * OhSeenCertificate:
 * @subject: whom it names
 * @chain: the chain as it came, from @subject upwards, with " ← " between
 * @issuer: who says so
 * @names: host names in it, with ", " between; "" for none
 * @fingerprint: SHA-256 of the certificate, pairs with colons
 * @from_s: valid from, seconds since 1970 UTC; 0 when it does not say
 * @until_s: valid until, as @from_s
 *
 * A certificate. Strings are owned when it was made by somebody who says so.
 */
typedef struct
{
  const char *subject;
  const char *chain;
  const char *issuer;
  const char *names;
  const char *fingerprint;
  gint64 from_s;
  gint64 until_s;
} OhSeenCertificate;

/**
 * oh_seen_certificate_text:
 * @seen: a certificate
 *
 * Returns: (transfer full): all of it, in sentences
 */
char *oh_seen_certificate_text (const OhSeenCertificate *seen);

/**
 * OhSeenTls:
 * @server: "fe1.example.org:5061"
 * @name: the name that the certificate has to bear
 * @version: (nullable): "TLS 1.3"; NULL when there was no handshake
 * @cipher: (nullable): its name
 * @too_old: the version must not be used
 * @error: (nullable): why the handshake failed, when it was not the certificate
 * @ca_problem: (nullable): why the file of authorities cannot be used
 * @authority: who accepted it: "this computer", or the file
 * @certificate: (nullable): what the server showed
 * @faults: #OhSeenCertificateFault flags
 * @now_s: our clock, seconds since 1970 UTC
 * @others: servers are left to try: what is wrong with this one is a warning
 */
typedef struct
{
  const char *server;
  const char *name;
  const char *version;
  const char *cipher;
  gboolean too_old;
  const char *error;
  const char *ca_problem;
  const char *authority;
  const OhSeenCertificate *certificate;
  guint faults;
  gint64 now_s;
  gboolean others;
} OhSeenTls;

/**
 * oh_judge_tls:
 * @seen: one handshake
 * @findings: (element-type OhFinding): where findings are added
 *
 * Returns: whether the connection may be used
 */
gboolean oh_judge_tls (const OhSeenTls *seen, GPtrArray *findings);

G_END_DECLS
