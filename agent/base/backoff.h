/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* First retry after 0-5 s so that a thousand desktops do not come back in the same second. */
#define OH_BACKOFF_FIRST_MAX_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* From the second on: doubling from here ... */
#define OH_BACKOFF_BASE_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
/* ... to here; longer would keep a user signed out after a short fault. */
#define OH_BACKOFF_CAP_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)

/**
 * oh_backoff_delay_us:
 * @attempt: how many attempts have failed so far, 1 for the first
 * @random: evenly spread in [0, 1)
 *
 * The first retry comes after a random part of five seconds, later ones after a delay that
 * doubles from ten seconds to five minutes, each moved by up to a fifth either way.
 *
 * Returns: microseconds to wait, never more than the cap plus a fifth
 */
gint64 oh_backoff_delay_us (guint attempt, double random);

G_END_DECLS
