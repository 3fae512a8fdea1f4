/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "phone.h"
#include "snom-listener.h"

G_BEGIN_DECLS

/**
 * oh_phone_body_new:
 * @settings: what the settings say of the phone
 * @kind: what answers there, as far as it is known; counts only where the setting “body” is "auto"
 * @listener: where events go
 * @clock: the time
 *
 * The one place that knows which body drives what.
 *
 * Returns: (transfer full): a phone that has sent nothing yet
 */
OhPhone *oh_phone_body_new (const OhConfigPhone *settings, OhPhoneKind kind,
                            OhSnomListener *listener, OhClock *clock);

/**
 * oh_phone_body_is_wrong:
 * @phone: a phone that has said what it is
 * @settings: what the settings say of it
 *
 * Returns: whether another body than @phone's would drive it, and the settings leave the choice to
 *   the phone
 */
gboolean oh_phone_body_is_wrong (OhPhone *phone, const OhConfigPhone *settings);

/**
 * oh_phone_body_set_identity:
 * @phone: a phone
 * @identity: account to call from; "" for the phone's own choice
 */
void oh_phone_body_set_identity (OhPhone *phone, const char *identity);

G_END_DECLS
