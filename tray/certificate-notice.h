/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhCertificateNotice:
 *
 * Tells by a notification that the certificate of a phone expires: once for each phone while the
 * tray runs. Takes it back when it was renewed.
 */
typedef struct _OhCertificateNotice OhCertificateNotice;

/**
 * oh_certificate_notice_new:
 * @application: whose notifications they are; borrowed, outlives this
 *
 * Returns: (transfer full): one that has told nothing
 */
OhCertificateNotice *oh_certificate_notice_new (GApplication *application);

/**
 * oh_certificate_notice_free:
 * @self: (nullable) (transfer full): nothing is told any more
 */
void oh_certificate_notice_free (OhCertificateNotice *self);

/**
 * oh_certificate_notice_update:
 * @self: one
 * @model: what is known now
 */
void oh_certificate_notice_update (OhCertificateNotice *self, OhTrayModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCertificateNotice, oh_certificate_notice_free)

G_END_DECLS
