/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhSrvRandom:
 * @max: greatest number wanted
 * @user_data: of oh_srv_order()
 *
 * Returns: a number from 0 to @max, both included, each as likely as the other
 */
typedef guint32 (*OhSrvRandom) (guint32 max, gpointer user_data);

/**
 * oh_srv_order:
 * @targets: (transfer full) (element-type GSrvTarget): an answer
 * @chance: where chance comes from
 * @user_data: for @chance
 *
 * The order of RFC 2782: lowest priority first; within a priority by chance, a target of twice the
 * weight twice as often in front, one without weight nearly never.
 *
 * GResolver sorts too, but puts every target without weight before all others of its priority,
 * where the RFC wants it chosen last but for a small chance: a spare server with weight 0 would
 * get everybody.
 *
 * Returns: (transfer full) (element-type GSrvTarget): the same targets in their order
 */
GList *oh_srv_order (GList *targets, OhSrvRandom chance, gpointer user_data);

/**
 * oh_srv_random:
 * @max: as #OhSrvRandom
 * @user_data: nothing
 *
 * Returns: what GLib's generator gives
 */
guint32 oh_srv_random (guint32 max, gpointer user_data);

G_END_DECLS
