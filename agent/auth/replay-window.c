/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "replay-window.h"

#include <string.h>

static guint64
bit (guint32 number)
{
  return G_GUINT64_CONSTANT (1) << number % 64;
}

static guint64 *
word (OhReplayWindow *self, guint32 number)
{
  return &self->seen[number % OH_REPLAY_WINDOW / 64];
}

void
oh_replay_window_init (OhReplayWindow *self)
{
  memset (self, 0, sizeof *self);
  self->last = OH_REPLAY_WINDOW;
}

/* Everything that the window moves on to is new. */
static void
move_to (OhReplayWindow *self, guint32 number)
{
  if (number - self->last >= OH_REPLAY_WINDOW)
    memset (self->seen, 0, sizeof self->seen);
  else
    for (guint32 n = self->last + 1; n <= number && n != 0; n++)
      *word (self, n) &= ~bit (n);
  self->last = number;
}

gboolean
oh_replay_window_accept (OhReplayWindow *self, guint32 number)
{
  if (number <= self->last - OH_REPLAY_WINDOW)
    return FALSE;
  if (number > self->last)
    move_to (self, number);
  if (*word (self, number) & bit (number))
    return FALSE;
  *word (self, number) |= bit (number);
  return TRUE;
}
