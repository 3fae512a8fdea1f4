/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "scheme-failure.h"

G_BEGIN_DECLS

/**
 * oh_kerberos_reason:
 * @major: of GSSAPI
 * @minor: of the Kerberos mechanism, which is an error code of the Kerberos library
 *
 * Returns: why Kerberos failed
 */
OhSchemeFailure oh_kerberos_reason (guint32 major, guint32 minor);

/**
 * oh_kerberos_error:
 * @failure: of oh_kerberos_reason()
 * @target: the server that was to be signed in to
 * @principal: (nullable): as whom; its realm is named
 * @words: the library's own
 *
 * Returns: (transfer full): the remedy
 */
GError *oh_kerberos_error (OhSchemeFailure failure, const char *target, const char *principal,
                           const char *words);

G_END_DECLS
