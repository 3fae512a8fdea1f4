/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "snom-exchange.h"

G_BEGIN_DECLS

/* What can be in the way of a request to a phone, told with its remedy. @host is the phone as the
 * user named it; every function returns (transfer full) an error of OH_ERROR. */

/**
 * oh_snom_trouble_locked:
 * @host: the phone
 * @until_us: when it listens again, microseconds since 1970 UTC
 *
 * Returns: (transfer full): OH_ERROR_PHONE_LOCKED_OUT: too many wrong passwords were sent to it
 */
GError *oh_snom_trouble_locked (const char *host, gint64 until_us);

/**
 * oh_snom_trouble_refused:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_PHONE_REFUSED: its settings forbid remote control
 */
GError *oh_snom_trouble_refused (const char *host);

/**
 * oh_snom_trouble_foreign:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_UNSUPPORTED: it has no commands by http at all
 */
GError *oh_snom_trouble_foreign (const char *host);

/**
 * oh_snom_trouble_login_again:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_FAILED: it wants a login anew for a request that is sent once
 */
GError *oh_snom_trouble_login_again (const char *host);

/**
 * oh_snom_trouble_open:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_PHONE_REFUSED: a password would have gone to it in the open
 */
GError *oh_snom_trouble_open (const char *host);

/**
 * oh_snom_trouble_moved:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_PHONE_REFUSED: it leads elsewhere, where nobody follows
 */
GError *oh_snom_trouble_moved (const char *host);

/**
 * oh_snom_trouble_plain:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_UNTRUSTED: http, and its trust does not allow that
 */
GError *oh_snom_trouble_plain (const char *host);

/**
 * oh_snom_trouble_old_tls:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_UNTRUSTED: it knows nothing newer than TLS 1.1, and its
 *   settings do not allow that
 */
GError *oh_snom_trouble_old_tls (const char *host);

/**
 * oh_snom_trouble_status:
 * @host: the phone
 * @status: of its answer
 *
 * Returns: (transfer full): OH_ERROR_PROTOCOL: an answer that nothing is known about
 */
GError *oh_snom_trouble_status (const char *host, guint status);

/**
 * oh_snom_trouble_cancelled:
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_CANCELLED: given up before anything was sent
 */
GError *oh_snom_trouble_cancelled (const char *host);

/**
 * oh_snom_trouble_no_answer:
 * @host: the phone
 * @once: the request was one that is never sent again
 * @exchange: how it went: without a whole answer, with its error set unless it timed out
 *
 * Returns: (transfer full): OH_ERROR_OUTCOME_UNKNOWN where the phone may have done it, else why it
 *   was not reached
 */
GError *oh_snom_trouble_no_answer (const char *host, gboolean once, const OhSnomExchange *exchange);

G_END_DECLS
