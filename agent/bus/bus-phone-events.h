/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhBusEventsFunc:
 * @id: a phone
 * @take: whether it is to tell us of its calls; FALSE: whom it told before
 * @task: (transfer full): returns TRUE, or why not
 * @user_data: what was given with the function
 */
typedef void (*OhBusEventsFunc) (const char *id, gboolean take, GTask *task, gpointer user_data);

/**
 * OhBusPhoneEvents:
 *
 * org.offhook.PhoneEvents1 of one phone.
 */
typedef struct _OhBusPhoneEvents OhBusPhoneEvents;

/**
 * oh_bus_phone_events_new:
 * @id: the phone
 * @phone: (nullable): it; NULL where the settings make none
 * @func: changes whom it tells
 * @user_data: for @func
 *
 * Returns: (transfer full): it
 */
OhBusPhoneEvents *oh_bus_phone_events_new (const char *id, OhPhone *phone, OhBusEventsFunc func,
                                           gpointer user_data);

/**
 * oh_bus_phone_events_free:
 * @self: (nullable) (transfer full): it
 */
void oh_bus_phone_events_free (OhBusPhoneEvents *self);

/**
 * oh_bus_phone_events_set_wanted:
 * @self: it
 * @wanted: whether the settings want events
 */
void oh_bus_phone_events_set_wanted (OhBusPhoneEvents *self, gboolean wanted);

/**
 * oh_bus_phone_events_skeleton:
 * @self: it
 *
 * Returns: (transfer none): the interface, for the phone's object
 */
GDBusInterfaceSkeleton *oh_bus_phone_events_skeleton (OhBusPhoneEvents *self);

/**
 * oh_bus_phone_events_word:
 * @phone: a phone
 *
 * Returns: (transfer none): "yes", "partly", "no" or "unknown"
 */
const char *oh_bus_phone_events_word (OhPhone *phone);

G_END_DECLS
