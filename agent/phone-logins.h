/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"
#include "secrets.h"

G_BEGIN_DECLS

/**
 * oh_phone_logins_load:
 * @secrets: where they are kept
 * @id: the phone's
 * @phone: gets the logins of its administrator and its service account, as far as they are stored,
 *   and is looked at again when there is one
 * @cancellable: when it is cancelled nothing more comes
 *
 * The login of the web page itself has its user name in the settings, and is the caller's.
 */
void oh_phone_logins_load (OhSecrets *secrets, const char *id, OhPhone *phone,
                           GCancellable *cancellable);

/**
 * oh_phone_logins_kind:
 * @word: of org.offhook.Agent1.StoreSecret: "phone", "phone-admin" or "phone-service"
 * @out: (out): the kind of secret; untouched on failure
 *
 * Returns: FALSE for any other word
 */
gboolean oh_phone_logins_kind (const char *word, OhSecretKind *out);

G_END_DECLS
