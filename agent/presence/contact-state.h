/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"
#include "presence.h"

G_BEGIN_DECLS

/* Notes of one person; a server has two, a personal one and that of an absence. */
#define OH_CONTACT_NOTES_MAX 32u

/**
 * OhContactState:
 *
 * What the server has said about the state and the notes of one person, document after document,
 * and what that adds up to.
 */
typedef struct _OhContactState OhContactState;

/**
 * oh_contact_state_new:
 *
 * Returns: (transfer full): nothing is known
 */
OhContactState *oh_contact_state_new (void);

/**
 * oh_contact_state_free:
 * @self: (transfer full) (nullable): a state
 */
void oh_contact_state_free (OhContactState *self);

/**
 * oh_contact_state_apply:
 * @self: a state
 * @categories: what the server said now
 *
 * Takes over states and notes; what is not named stays. Notifications may overtake each other:
 * what is older than what is known is passed over, by its time, else by its version.
 */
void oh_contact_state_apply (OhContactState *self, const OhCategories *categories);

/**
 * oh_contact_state_reset:
 * @self: a state
 * @availability: what to show; everything else is forgotten
 */
void oh_contact_state_reset (OhContactState *self, OhAvailability availability);

/**
 * oh_contact_state_presence:
 * @self: a state
 *
 * The aggregate of the server with the note that was published last. Since when: for somebody who
 * is away or inactive the last time that the machine was touched, else the beginning of the state.
 *
 * Returns: (transfer full): what it adds up to
 */
OhPresence *oh_contact_state_presence (const OhContactState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhContactState, oh_contact_state_free)

G_END_DECLS
