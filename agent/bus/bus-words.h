/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number.h"
#include "phone.h"

G_BEGIN_DECLS

/* The words that stand for values on the bus, where more than one interface has them. */

/**
 * oh_bus_source_from_word:
 * @word: what a client sent
 * @out: (out): who wrote a number
 *
 * Returns: FALSE for anything but "user", "link" and "contact"; @out is left alone then
 */
gboolean oh_bus_source_from_word (const char *word, OhNumberSource *out);

/**
 * oh_bus_device_from_word:
 * @word: what a client sent
 * @out: (out): on what to talk
 *
 * Returns: FALSE for anything but "", "handset", "speaker" and "headset"; @out is left alone then
 */
gboolean oh_bus_device_from_word (const char *word, OhPhoneDevice *out);

/**
 * oh_bus_dup_abilities:
 * @capabilities: what a phone can do
 *
 * Returns: (transfer full): the words of org.offhook.Phone1.Can
 */
GStrv oh_bus_dup_abilities (OhPhoneCapabilities capabilities);

G_END_DECLS
