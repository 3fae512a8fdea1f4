/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call-list.h"

G_BEGIN_DECLS

/* What was up when the agent ended is over after that: nobody talks half a day. */
#define OH_CALL_JOURNAL_US (G_GINT64_CONSTANT (12) * 3600 * G_USEC_PER_SEC)
/* As many as are followed, with every text as long as it may be: a longer file is not ours. */
#define OH_CALL_JOURNAL_MAX ((gsize) 256 * 1024)

/**
 * OhCallJournal:
 *
 * The calls that are up, in a file that only the user can read, so that an agent that comes after
 * one that was killed knows of them. No phone can be asked for its calls: they are unknown until
 * the phone tells something of them. Of a private call the file only has the phone's name of it.
 */
typedef struct _OhCallJournal OhCallJournal;

/**
 * oh_call_journal_new:
 * @calls: whose calls; referenced
 * @clock: the time; referenced
 * @dir: (nullable): folder to keep it in; NULL for "offhook" in XDG_STATE_HOME
 *
 * Reads a small file: call it before the main loop runs.
 *
 * Returns: (transfer full): a journal that follows @calls
 */
OhCallJournal *oh_call_journal_new (OhCallList *calls, OhClock *clock, const char *dir);

/**
 * oh_call_journal_join:
 * @self: a journal
 * @phone: a phone that the list follows from now on
 *
 * Puts the calls that it had when the last agent ended back into the list, as unknown.
 */
void oh_call_journal_join (OhCallJournal *self, OhPhone *phone);

/**
 * oh_call_journal_stop:
 * @self: a journal
 *
 * The agent ends: the calls that its phones take along are not over. Nothing is written any more.
 */
void oh_call_journal_stop (OhCallJournal *self);

/**
 * oh_call_journal_free:
 * @self: (nullable) (transfer full): a journal
 */
void oh_call_journal_free (OhCallJournal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCallJournal, oh_call_journal_free)

G_END_DECLS
