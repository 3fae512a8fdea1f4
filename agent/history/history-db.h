/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-entry.h"
#include "private-numbers.h"

G_BEGIN_DECLS

/* The file of the call list. Everything here blocks: it is called from the store's worker alone.
 *
 * Kept over a kill at any moment: each change is one transaction, with a rollback journal. Not a
 * write-ahead log: that needs memory shared by all who open the file, which network file systems do
 * not have, and home folders lie on those; and it keeps what was deleted until its next checkpoint.
 * synchronous=FULL, so that what was reported as written survives a loss of power, too: a call
 * costs three or four transactions in its whole life, so nobody waits for the disk.
 * secure_delete, so that what was deleted is not in the file any more. */

/* Ten a day for five years, twice over; beyond that the oldest go, however long calls are kept. */
#define OH_HISTORY_ROWS_MAX 40000
/* Entries of one answer: a window's page is some dozens; a program may want more at once. */
#define OH_HISTORY_PAGE_MAX 500
/* Entries of one change told one by one; with more, whoever shows the list reads it anew. */
#define OH_HISTORY_DELTA_MAX 100
/* How long to wait for another agent of this user that writes at the same time. Milliseconds; its
 * transactions take some. */
#define OH_HISTORY_BUSY_MS 5000

/**
 * OhHistoryDelta:
 * @changed: (owned) (element-type OhHistoryEntry): new or changed, as they are now
 * @removed: (owned) (element-type gint64): ids
 * @all: more than can be told one by one; @changed and @removed do not tell
 *
 * What a change has changed.
 */
typedef struct
{
  GPtrArray *changed;
  GArray *removed;
  gboolean all;
} OhHistoryDelta;

/**
 * OhHistoryQuery:
 * @before: only entries with smaller ids; 0 for the newest
 * @limit: how many at most; more than OH_HISTORY_PAGE_MAX counts as that, and so does 0
 * @missed: only missed calls
 * @unsettled: of those only the ones that are neither seen nor settled
 * @direction: only these; OH_CALL_DIRECTION_UNKNOWN for all
 * @text: (nullable): each word begins one of the name, without case and accents, or the digits are
 *   in the number
 *
 * Which entries, newest first.
 */
typedef struct
{
  gint64 before;
  guint limit;
  gboolean missed;
  gboolean unsettled;
  OhCallDirection direction;
  const char *text;
} OhHistoryQuery;

typedef struct _OhHistoryDb OhHistoryDb;

/**
 * oh_history_delta_new:
 *
 * Returns: (transfer full): nothing
 */
OhHistoryDelta *oh_history_delta_new (void);

/**
 * oh_history_delta_free:
 * @self: (nullable) (transfer full): a delta
 */
void oh_history_delta_free (OhHistoryDelta *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhHistoryDelta, oh_history_delta_free)

/**
 * oh_history_db_open:
 * @path: the file; it and its folder are made, for the user alone
 * @keeper: who writes, for example the computer's name
 * @out_aside: (out) (optional) (transfer full) (nullable): where a file that was damaged, or is
 *   none of ours, was put
 * @error: (nullable): why there is none; OH_ERROR_UNSUPPORTED as oh_history_schema_bring_up()
 *
 * Opens the call list; checks it, and begins a new one where it is damaged.
 *
 * Returns: (transfer full) (nullable): the call list
 */
OhHistoryDb *oh_history_db_open (const char *path, const char *keeper, char **out_aside,
                                 GError **error);

/**
 * oh_history_db_close:
 * @self: (nullable) (transfer full): a call list
 */
void oh_history_db_close (OhHistoryDb *self);

/**
 * oh_history_db_unlink_damaged:
 * @path: the file of the call list
 *
 * Removes the damaged ones that were put aside.
 */
void oh_history_db_unlink_damaged (const char *path);

/**
 * oh_history_db_is_damaged:
 * @error: (nullable): of any call of this header
 *
 * Returns: whether the file is damaged: close it, and open it again
 */
gboolean oh_history_db_is_damaged (const GError *error);

/**
 * oh_history_db_set_progress:
 * @self: a call list
 * @steps: steps of SQLite's machine between two calls of @func; 0 to stop
 * @func: (nullable): called while a statement runs; other than 0 stops it
 * @user_data: for @func
 *
 * For measuring what a question costs.
 */
void oh_history_db_set_progress (OhHistoryDb *self, int steps, int (*func) (gpointer user_data),
                                 gpointer user_data);

/**
 * oh_history_db_write:
 * @self: a call list
 * @entry: a call; with a uid that is there it takes that one's place
 * @delta: gets it, and the missed calls that it settles
 * @error: (nullable): why it could not be written
 *
 * Returns: whether all of it is on the disk
 */
gboolean oh_history_db_write (OhHistoryDb *self, const OhHistoryEntry *entry, OhHistoryDelta *delta,
                              GError **error);

/**
 * oh_history_db_withdraw:
 * @self: a call list
 * @uid: of a call
 * @delta: gets what is gone
 * @error: (nullable): why it could not be written
 *
 * Returns: whether it is gone, or was not there
 */
gboolean oh_history_db_withdraw (OhHistoryDb *self, const char *uid, OhHistoryDelta *delta,
                                 GError **error);

/**
 * oh_history_db_list:
 * @self: a call list
 * @query: which
 * @error: (nullable): why it could not be read
 *
 * Returns: (transfer full) (nullable) (element-type OhHistoryEntry): newest first
 */
GPtrArray *oh_history_db_list (OhHistoryDb *self, const OhHistoryQuery *query, GError **error);

/**
 * oh_history_db_count_missed:
 * @self: a call list
 * @out: (out): missed calls that are neither seen nor settled; untouched on failure
 * @error: (nullable): why it could not be read
 *
 * Returns: whether they were counted
 */
gboolean oh_history_db_count_missed (OhHistoryDb *self, guint *out, GError **error);

/**
 * oh_history_db_see:
 * @self: a call list
 * @ids: (nullable) (element-type gint64): calls; NULL for all
 * @delta: gets what has changed
 * @error: (nullable): why it could not be written
 *
 * The user was shown that they were missed.
 *
 * Returns: whether it is written; unknown ids are passed over
 */
gboolean oh_history_db_see (OhHistoryDb *self, const GArray *ids, OhHistoryDelta *delta,
                            GError **error);

/**
 * oh_history_db_remove:
 * @self: a call list
 * @ids: (nullable) (element-type gint64): calls; NULL for all
 * @delta: gets what is gone
 * @error: (nullable): why it could not be written
 *
 * A call that this keeper has going on stays: it is no history yet, and its next change would bring
 * it back.
 *
 * Returns: whether they are gone; unknown ids are passed over
 */
gboolean oh_history_db_remove (OhHistoryDb *self, const GArray *ids, OhHistoryDelta *delta,
                               GError **error);

/**
 * oh_history_db_trim:
 * @self: a call list
 * @before_us: calls that began before go; microseconds since 1970 UTC
 * @max: of the others, so many stay
 * @delta: gets what is gone
 * @error: (nullable): why it could not be written
 *
 * Returns: whether it is done
 */
gboolean oh_history_db_trim (OhHistoryDb *self, gint64 before_us, guint max, OhHistoryDelta *delta,
                             GError **error);

/**
 * oh_history_db_close_ongoing:
 * @self: a call list
 * @delta: gets what has changed
 * @error: (nullable): why it could not be written
 *
 * What this keeper has begun and not ended, because it was killed, ended unseen.
 *
 * Returns: whether it is written
 */
gboolean oh_history_db_close_ongoing (OhHistoryDb *self, OhHistoryDelta *delta, GError **error);

/**
 * oh_history_db_remove_numbers:
 * @self: a call list
 * @numbers: whose calls go
 * @delta: gets what is gone
 * @error: (nullable): why it could not be written
 *
 * Returns: whether it is done
 */
gboolean oh_history_db_remove_numbers (OhHistoryDb *self, const OhPrivateNumbers *numbers,
                                       OhHistoryDelta *delta, GError **error);

G_END_DECLS
