/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhBusPhone:
 *
 * One phone of the settings on the bus: an object with org.offhook.Phone1. A skin: what it shows
 * comes from an OhPhone, or, where the settings are too broken to make one, from the settings.
 */
typedef struct _OhBusPhone OhBusPhone;

/**
 * OhBusPinFunc:
 * @id: the phone
 * @fingerprint: 64 hexadecimal digits, or whatever the client sent
 * @user_data: what was given with the function
 * @error: OH_ERROR_USAGE, OH_ERROR_SETTINGS
 *
 * Stores the key that a phone has to show from now on.
 *
 * Returns: (transfer full) (nullable): as it is stored
 */
typedef char *(*OhBusPinFunc) (const char *id, const char *fingerprint, gpointer user_data,
                               GError **error);

/**
 * OhBusPhoneSettings:
 * @host: "host[:port]"
 * @trust: "ca", "factory", "pin", "first-use" or "none"
 * @fingerprint: the key that is trusted, "" when none is stored
 * @problem: (nullable): a setting that cannot be used
 * @events_off: it is not to report its calls
 *
 * What the settings say of a phone and the phone itself does not know. Only borrowed for the call.
 */
typedef struct
{
  const char *host;
  const char *trust;
  const char *fingerprint;
  const GError *problem;
  gboolean events_off;
} OhBusPhoneSettings;

/**
 * oh_bus_phone_new:
 * @id: the phone's id
 * @phone: (nullable): the phone; NULL when its settings cannot be used
 * @settings: what the settings say
 * @pin: stores a fingerprint
 * @user_data: for @pin
 *
 * Returns: (transfer full): the object, not exported yet
 */
OhBusPhone *oh_bus_phone_new (const char *id, OhPhone *phone, const OhBusPhoneSettings *settings,
                              OhBusPinFunc pin, gpointer user_data);

/**
 * oh_bus_phone_free:
 * @self: (nullable) (transfer full): a phone; it no longer follows its OhPhone
 */
void oh_bus_phone_free (OhBusPhone *self);

/**
 * oh_bus_phone_set_settings:
 * @self: a phone
 * @settings: what they say now
 */
void oh_bus_phone_set_settings (OhBusPhone *self, const OhBusPhoneSettings *settings);

/**
 * oh_bus_phone_object:
 * @self: a phone
 *
 * Returns: (transfer none): what is to be exported
 */
GDBusObjectSkeleton *oh_bus_phone_object (OhBusPhone *self);

/**
 * oh_bus_phone_steps:
 * @phone: a phone that was probed
 *
 * What a probe found, step by step, up to the first that fails; see Test in the interface.
 *
 * Returns: (transfer floating): a(ssss)
 */
GVariant *oh_bus_phone_steps (OhPhone *phone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusPhone, oh_bus_phone_free)

G_END_DECLS
