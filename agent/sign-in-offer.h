/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "phone.h"
#include "secrets.h"

G_BEGIN_DECLS

/**
 * oh_sign_in_offer:
 * @config: the account, and where the consent stands
 * @secrets: where the account's password is
 * @settings: the phone's; nothing is done without "sign-in-login", which is the user's consent
 * @phone: to be offered the account's login
 * @cancellable: when it is cancelled nothing more comes
 *
 * The UC edition of a phone takes the login of the first account that signs in on it for its web
 * page. It is offered once, where the phone has no password of its own stored: a phone that refuses
 * it is not asked again, and the consent is taken back, as far as the administrator lets us. Where
 * the settings name no user of the phone, it is the account's, without its domain.
 */
void oh_sign_in_offer (OhConfig *config, OhSecrets *secrets, const OhConfigPhone *settings,
                       OhPhone *phone, GCancellable *cancellable);

G_END_DECLS
