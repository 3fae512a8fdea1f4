/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "boot-listener.h"
#include "config.h"
#include "phone-macs.h"
#include "phone.h"

G_BEGIN_DECLS

/* How often a phone that is missing is looked for, microseconds: the table of neighbours costs
 * nothing to read. */
#define OH_PHONE_MOVES_LOOK_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)
/* An address at which somebody else was met is not tried again for so long, microseconds. */
#define OH_PHONE_MOVES_REFUSED_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)

/**
 * OhPhoneMoves:
 *
 * Phones are known by their MAC and survive a new address: one that cannot be reached, or at whose
 * address somebody else answers, is looked for among the neighbours, and one that starts is heard.
 * A new address is tried by the phone's own rule of trust, so that nothing secret is sent before
 * the certificate has proved that it is the same phone; where the rule proves nothing ("none",
 * plain http, no key yet) the address is only told in the log.
 */
typedef struct _OhPhoneMoves OhPhoneMoves;

/**
 * OhPhoneMovedFunc:
 * @address: where the phone has proved to be; NULL: back where it was
 * @user_data: what was given with the function
 */
typedef void (*OhPhoneMovedFunc) (const char *address, gpointer user_data);

/**
 * oh_phone_moves_new:
 * @config: the phones' rules of trust; referenced
 * @macs: who remembers which phone has which MAC; referenced
 * @boots: who hears phones that start; referenced
 * @clock: the time
 *
 * Returns: (transfer full): it, with no phone
 */
OhPhoneMoves *oh_phone_moves_new (OhConfig *config, OhPhoneMacs *macs, OhBootListener *boots,
                                  OhClock *clock);

/**
 * oh_phone_moves_free:
 * @self: (nullable) (transfer full): it; the phones were removed
 */
void oh_phone_moves_free (OhPhoneMoves *self);

/**
 * oh_phone_moves_add:
 * @self: it
 * @phone: a phone of the settings
 * @func: called after it has moved
 * @user_data: for @func
 */
void oh_phone_moves_add (OhPhoneMoves *self, OhPhone *phone, OhPhoneMovedFunc func,
                         gpointer user_data);

/**
 * oh_phone_moves_remove:
 * @self: it
 * @phone: a phone; nothing happens when it is not known
 */
void oh_phone_moves_remove (OhPhoneMoves *self, OhPhone *phone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneMoves, oh_phone_moves_free)

G_END_DECLS
