/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "judge-server.h"

G_BEGIN_DECLS

/* Certificates of a chain that are shown; more than four means that somebody plays. */
#define OH_DOCTOR_CHAIN_MAX 8
/* Names of one certificate that are shown; a shared one has hundreds. */
#define OH_DOCTOR_NAMES_MAX 20

/**
 * oh_doctor_certificate_read:
 * @certificate: (nullable): what a server or a phone showed
 *
 * Returns: (transfer full) (nullable): it as values, whose strings are owned; NULL for none
 */
OhSeenCertificate *oh_doctor_certificate_read (GTlsCertificate *certificate);

/**
 * oh_doctor_certificate_free:
 * @self: (nullable) (transfer full): of oh_doctor_certificate_read()
 */
void oh_doctor_certificate_free (OhSeenCertificate *self);

/**
 * oh_doctor_certificate_faults:
 * @flags: what GIO finds wrong
 *
 * Returns: #OhSeenCertificateFault flags
 */
guint oh_doctor_certificate_faults (GTlsCertificateFlags flags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSeenCertificate, oh_doctor_certificate_free)

G_END_DECLS
