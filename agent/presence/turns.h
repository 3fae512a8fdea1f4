/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhTurns:
 *
 * Many want to do the same at once and only so many may: the others wait in the order in which
 * they came.
 */
typedef struct _OhTurns OhTurns;

/**
 * OhTurnFunc:
 * @who: whose turn it is
 */
typedef void (*OhTurnFunc) (gpointer who);

/**
 * oh_turns_new:
 * @at_once: how many may at the same time, at least one
 * @func: told whose turn it is; must not end it within the call
 *
 * Returns: (transfer full): nobody is there
 */
OhTurns *oh_turns_new (guint at_once, OhTurnFunc func);

/**
 * oh_turns_free:
 * @self: (transfer full) (nullable): turns; nobody is told any more
 */
void oh_turns_free (OhTurns *self);

/**
 * oh_turns_close:
 * @self: turns
 *
 * Nobody is told any more; those who are there may still end.
 */
void oh_turns_close (OhTurns *self);

/**
 * oh_turns_ask:
 * @self: turns
 * @who: borrowed until oh_turns_end(); asking twice is once
 *
 * May call the function at once.
 */
void oh_turns_ask (OhTurns *self, gpointer who);

/**
 * oh_turns_end:
 * @self: turns
 * @who: whose turn is over, or who does not want one any more, or who never asked
 *
 * May call the function for the next.
 */
void oh_turns_end (OhTurns *self, gpointer who);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTurns, oh_turns_free)

G_END_DECLS
