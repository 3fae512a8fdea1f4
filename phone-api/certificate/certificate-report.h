/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "finding.h"
#include "certificate-request.h"

G_BEGIN_DECLS

/* What is looked at before a phone's certificate is taken, each told as a finding. Every function
 * returns whether nothing stands in the way; @findings is (element-type OhFinding). */

/**
 * oh_report_key:
 * @fits: there is a certificate for the key
 * @findings: gets "certificate-key"
 *
 * Returns: @fits
 */
gboolean oh_report_key (gboolean fits, GPtrArray *findings);

/**
 * oh_report_dates:
 * @leaf: the certificate
 * @now_s: the time, seconds since 1970 UTC
 * @findings: gets "certificate-dates"; a warning OH_CERTIFICATE_WARN_S before the end
 *
 * Returns: whether it is valid now
 */
gboolean oh_report_dates (X509 *leaf, gint64 now_s, GPtrArray *findings);

/**
 * oh_report_chain:
 * @leaf: the certificate
 * @others: (element-type X509): where its issuers may be
 * @roots: (nullable) (element-type X509): whom to believe; NULL for the system's authorities
 * @now_s: the time, seconds since 1970 UTC
 * @findings: gets "certificate-chain"
 *
 * Returns: (transfer full) (nullable) (element-type X509): the way from @leaf to a root
 */
GPtrArray *oh_report_chain (X509 *leaf, GPtrArray *others, GPtrArray *roots, gint64 now_s,
                            GPtrArray *findings);

/**
 * oh_report_strength:
 * @leaf: the certificate
 * @findings: gets "certificate-strength"
 *
 * Returns: whether key and signature are strong enough
 */
gboolean oh_report_strength (X509 *leaf, GPtrArray *findings);

/**
 * oh_report_names:
 * @request: (nullable): what was asked for
 * @leaf: what came back
 * @findings: gets "certificate-names"
 *
 * Returns: whether all names are in it
 */
gboolean oh_report_names (X509_REQ *request, X509 *leaf, GPtrArray *findings);

/**
 * oh_report_presented:
 * @own: the certificate of the files
 * @shown: (element-type X509): what the phone shows, its own first
 * @findings: gets "certificate-presented"
 *
 * Returns: whether it is that one, or another for the same key
 */
gboolean oh_report_presented (X509 *own, GPtrArray *shown, GPtrArray *findings);

G_END_DECLS
