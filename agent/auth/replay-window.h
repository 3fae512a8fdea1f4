/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far behind the highest number a message may come, [MS-SIPAE] 3.1.1: messages overtake each
 * other on their way through proxies. */
#define OH_REPLAY_WINDOW 256

/**
 * OhReplayWindow:
 * @last: the highest number of the window; starts at OH_REPLAY_WINDOW
 * @seen: a bit for each number from @last down, at number modulo OH_REPLAY_WINDOW
 *
 * Which sequence numbers of the peer have been used.
 */
typedef struct
{
  guint32 last;
  guint64 seen[OH_REPLAY_WINDOW / 64];
} OhReplayWindow;

/**
 * oh_replay_window_init:
 * @self: (out): a window of the numbers 1 to OH_REPLAY_WINDOW, none of them used
 */
void oh_replay_window_init (OhReplayWindow *self);

/**
 * oh_replay_window_accept:
 * @self: a window
 * @number: the number of a message whose signature is valid: a forger must not move the window
 *
 * Returns: whether @number is new; it is used from now on. FALSE when it was used before or lies
 *   before the window.
 */
gboolean oh_replay_window_accept (OhReplayWindow *self, guint32 number);

G_END_DECLS
