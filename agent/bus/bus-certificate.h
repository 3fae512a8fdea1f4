/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhBusCertificateHost:
 * @look: returns @task (transfer full) with the chain in PEM (transfer full)
 * @get_host: returns the phone's name or address without port (transfer none)
 * @trust: returns @task (transfer full) with TRUE; @ca_file and @expected_name are borrowed
 *
 * What is behind the methods.
 */
typedef struct
{
  void (*look) (gpointer host, GTask *task);
  const char *(*get_host) (gpointer host);
  void (*trust) (gpointer host, const char *ca_file, const char *expected_name, GTask *task);
} OhBusCertificateHost;

/**
 * OhBusCertificate:
 *
 * org.offhook.PhoneCertificate1 of one phone. A skin.
 */
typedef struct _OhBusCertificate OhBusCertificate;

/**
 * oh_bus_certificate_new:
 * @object: the phone's object on the bus; gets the interface
 * @host: what is behind it; must outlive it
 * @user_data: for @host
 *
 * Returns: (transfer full): the interface
 */
OhBusCertificate *oh_bus_certificate_new (GDBusObjectSkeleton *object,
                                          const OhBusCertificateHost *host, gpointer user_data);

/**
 * oh_bus_certificate_free:
 * @self: (nullable) (transfer full): an interface; calls under way are still answered
 */
void oh_bus_certificate_free (OhBusCertificate *self);

/**
 * oh_bus_certificate_show:
 * @self: an interface
 * @expires_s: until when the certificate is valid, seconds since 1970 UTC; 0 for unknown
 * @warning: what to tell of that, "" for nothing
 * @advice: what to do about it, "" for nothing
 */
void oh_bus_certificate_show (OhBusCertificate *self, gint64 expires_s, const char *warning,
                              const char *advice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusCertificate, oh_bus_certificate_free)

G_END_DECLS
