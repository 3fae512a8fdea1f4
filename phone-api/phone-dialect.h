/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-kind.h"

G_BEGIN_DECLS

/**
 * OhPhoneDialect:
 * @speaks: whether phones of that kind speak it
 * @refused: (transfer full): why this phone takes no commands from us, with the setting to change
 * @locks_out: it refuses everybody after some wrong passwords, by 403 or by a page that says so;
 *   FALSE: 403 is a refusal of us, and no page is looked at
 *
 * What differs between the makers of phones in one exchange. The rest of a channel (one request at
 * a time, certificate first, one answer to a challenge, commands sent once) is the same for
 * everybody.
 */
typedef struct
{
  gboolean (*speaks) (OhPhoneKind kind);
  GError *(*refused) (const char *host);
  gboolean locks_out;
} OhPhoneDialect;

/**
 * oh_phone_dialect_snom:
 *
 * Returns: (transfer none): that of snom's classic web server
 */
const OhPhoneDialect *oh_phone_dialect_snom (void);

/**
 * oh_phone_dialect_mismatch:
 * @kind: what answers there, which does not speak the dialect that was tried
 * @host: the phone
 *
 * Returns: (transfer full): OH_ERROR_UNSUPPORTED: what it is, and what to do with such a phone
 */
GError *oh_phone_dialect_mismatch (OhPhoneKind kind, const char *host);

G_END_DECLS
