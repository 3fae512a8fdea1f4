/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "trace-ring.h"

G_BEGIN_DECLS

/* Left on by mistake it ends by itself: time to bring a fault about and write down how. */
#define OH_RECORDER_LIMIT_US (G_GINT64_CONSTANT (30) * 60 * G_USEC_PER_SEC)

/**
 * OhRecorder:
 *
 * The trace of the agent's own conversation. Off until somebody asks; then it listens at the tap,
 * takes the secrets out and keeps the last messages in memory. It is on while it was started or
 * while somebody holds it, and never longer than OH_RECORDER_LIMIT_US after the last of them asked.
 *
 * Signals:
 *  - "changed": oh_recorder_until() has
 *  - "recorded" (OhTraceEntry *entry): one more; the entry is valid during the emission
 *  - "expired": the limit has ended it; who held it does no more
 */
#define OH_TYPE_RECORDER (oh_recorder_get_type ())
G_DECLARE_FINAL_TYPE (OhRecorder, oh_recorder, OH, RECORDER, GObject)

/**
 * oh_recorder_new:
 * @clock: for the time stamps and the limit
 *
 * There is one tap, so there is one recorder that is on.
 *
 * Returns: (transfer full): a recorder, off
 */
OhRecorder *oh_recorder_new (OhClock *clock);

/**
 * oh_recorder_start:
 * @self: a recorder
 *
 * Turns it on; when it is on, the limit begins anew.
 */
void oh_recorder_start (OhRecorder *self);

/**
 * oh_recorder_stop:
 * @self: a recorder
 *
 * Takes oh_recorder_start() back. What was recorded stays; who holds it keeps it on.
 */
void oh_recorder_stop (OhRecorder *self);

/**
 * oh_recorder_hold:
 * @self: a recorder
 *
 * Turns it on for somebody who follows; to be taken back by oh_recorder_release().
 */
void oh_recorder_hold (OhRecorder *self);

/**
 * oh_recorder_release:
 * @self: a recorder; nothing happens where "expired" took the hold before
 */
void oh_recorder_release (OhRecorder *self);

/**
 * oh_recorder_clear:
 * @self: a recorder
 *
 * Forgets what was recorded, and what people were called in it.
 */
void oh_recorder_clear (OhRecorder *self);

/**
 * oh_recorder_until:
 * @self: a recorder
 *
 * Returns: when it ends by itself, microseconds since 1970-01-01 UTC; 0 while it is off
 */
gint64 oh_recorder_until (OhRecorder *self);

/**
 * oh_recorder_lost:
 * @self: a recorder
 *
 * Returns: how many messages had to go to make room for others
 */
guint64 oh_recorder_lost (OhRecorder *self);

/**
 * oh_recorder_format:
 * @self: a recorder
 * @entry: of it
 * @with_names: also people, numbers and notes
 *
 * Returns: (transfer full): the record as trace-line.h has it, UTF-8
 */
char *oh_recorder_format (OhRecorder *self, const OhTraceEntry *entry, gboolean with_names);

/**
 * oh_recorder_read:
 * @self: a recorder
 * @with_names: also people, numbers and notes
 *
 * Returns: (transfer full): all records, oldest first; "" when there is none
 */
char *oh_recorder_read (OhRecorder *self, gboolean with_names);

G_END_DECLS
