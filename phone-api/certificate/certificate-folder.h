/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate-names.h"
#include "finding.h"

G_BEGIN_DECLS

/* The certificate of one phone, as files in a folder of its own (mode 0700):
 *
 *   key.pem          the private key, PKCS #8, mode 0600; never replaced
 *   request.pem      the request for the authority
 *   certificate.pem  what the authority signed, and its issuers, without the root
 *   certificate.der  the phone's own alone
 *   ca.pem           the root, and the other issuers: the phone's setting “ca-file”
 *   ca.der           the root alone
 *   settings.xml     the authorities for the phones' own list (element “certificates” of snom's
 *                    provisioning)
 *
 * Needs neither agent nor bus nor network: who administers phones need not use one. Everything
 * here blocks and may be called in any thread. Never are two at work in one folder. */

/* A renewal takes an administrator that long. */
#define OH_CERTIFICATE_WARN_S (G_GINT64_CONSTANT (30) * 24 * 3600)

/**
 * OhCertificateRequested:
 * @OH_CERTIFICATE_REQUESTED: key and request are new
 * @OH_CERTIFICATE_REQUEST_CHANGED: the request is new: other names; the key is the old one
 * @OH_CERTIFICATE_REQUEST_KEPT: both were there and are right
 *
 * What was done.
 */
typedef enum
{
  OH_CERTIFICATE_REQUESTED,
  OH_CERTIFICATE_REQUEST_CHANGED,
  OH_CERTIFICATE_REQUEST_KEPT,
  OH_CERTIFICATE_N_REQUESTED,
} OhCertificateRequested;

/**
 * oh_certificate_default_folder:
 * @id: a phone of the settings
 *
 * Returns: (transfer full): "$XDG_DATA_HOME/offhook/certificates/ID"
 */
char *oh_certificate_default_folder (const char *id);

/**
 * oh_certificate_request:
 * @folder: made where it does not exist
 * @names: the phone's; checked
 * @kind: of the key, where there is none yet
 * @out: (out): what was done
 * @error: OH_ERROR_USAGE: a name is none; OH_ERROR_FAILED
 *
 * Makes key and request; doing it twice changes nothing.
 *
 * Returns: whether both are there
 */
gboolean oh_certificate_request (const char *folder, const OhPhoneNames *names, OhPhoneKeyKind kind,
                                 OhCertificateRequested *out, GError **error);

/**
 * oh_certificate_import:
 * @folder: with key and request
 * @path: what the authority sent: PEM, DER or PKCS #7
 * @ca_path: (nullable): its root, where @path has none; NULL for the one of an earlier time, or of
 *   the system
 * @now_s: the time, seconds since 1970 UTC
 * @findings: (element-type OhFinding): gets what was found: "certificate-key", "certificate-chain",
 *   "certificate-names", "certificate-strength" and "certificate-dates"
 * @error: OH_ERROR_FAILED: a file; OH_ERROR_UNTRUSTED: @findings tell why
 *
 * Checks that the certificate was made for the key, that a chain leads to the root, that all names
 * of the request are in it, that nothing is weak, and its dates; then writes the files for the
 * provisioning server. Where a check fails nothing is written.
 *
 * Returns: whether it was taken
 */
gboolean oh_certificate_import (const char *folder, const char *path, const char *ca_path,
                                gint64 now_s, GPtrArray *findings, GError **error);

/**
 * oh_certificate_check:
 * @folder: with a certificate
 * @presented: (nullable): what the phone shows now, in PEM; NULL: only the files are looked at
 * @host: (nullable): how the phone is called in the settings
 * @now_s: the time, seconds since 1970 UTC
 * @findings: (element-type OhFinding): gets what was found: "certificate-presented",
 *   "certificate-chain", "certificate-dates"
 * @error: OH_ERROR_FAILED: there is no certificate in @folder
 *
 * Returns: whether the phone shows the certificate of @folder, or one that is as good, and it can
 *   be trusted by its authority
 */
gboolean oh_certificate_check (const char *folder, const char *presented, const char *host,
                               gint64 now_s, GPtrArray *findings, GError **error);

/**
 * oh_certificate_expected_name:
 * @folder: with a certificate
 * @host: how the phone is called in the settings, without port
 *
 * Returns: (transfer full) (nullable): the name by which the certificate is to be judged: "" when
 *   it holds for @host, else the phone's MAC; NULL when there is no certificate
 */
char *oh_certificate_expected_name (const char *folder, const char *host);

/**
 * oh_certificate_file:
 * @folder: of a phone
 * @name: "ca.pem" …
 *
 * Returns: (transfer full): its absolute path
 */
char *oh_certificate_file (const char *folder, const char *name);

G_END_DECLS
