/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "phone.h"

G_BEGIN_DECLS

/* How often a date is looked at; the days that are left are told in days. */
#define OH_DESK_CERTIFICATE_LOOK_US (G_GINT64_CONSTANT (6) * 3600 * G_USEC_PER_SEC)

/**
 * OhDeskCertificate:
 *
 * The certificate of one desk phone, as org.offhook.PhoneCertificate1: looks at what the phone
 * shows, warns before it expires, and trusts its authority in the place of its key when told so and
 * what it shows holds.
 */
#define OH_TYPE_DESK_CERTIFICATE (oh_desk_certificate_get_type ())
G_DECLARE_FINAL_TYPE (OhDeskCertificate, oh_desk_certificate, OH, DESK_CERTIFICATE, GObject)

/**
 * oh_desk_certificate_new:
 * @phone: the phone
 * @object: its object on the bus; gets the interface
 * @config: its settings
 *
 * Returns: (transfer full): one that looks after the date
 */
OhDeskCertificate *oh_desk_certificate_new (OhPhone *phone, GDBusObjectSkeleton *object,
                                            OhConfig *config);

/**
 * oh_desk_certificate_stop:
 * @self: one
 *
 * The phone goes: who waits is still answered, nothing is begun any more.
 */
void oh_desk_certificate_stop (OhDeskCertificate *self);

/**
 * oh_desk_certificate_apply:
 * @self: one
 * @settings: what they say now; borrowed
 */
void oh_desk_certificate_apply (OhDeskCertificate *self, const OhConfigPhone *settings);

G_END_DECLS
