/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call.h"

G_BEGIN_DECLS

/* Characters of a name; what is longer was written by somebody who plays with the phone. */
#define OH_HISTORY_TEXT_MAX 200

/**
 * OhHistoryOutcome:
 * @OH_HISTORY_ONGOING: the call is not over
 * @OH_HISTORY_ANSWERED: people have talked
 * @OH_HISTORY_MISSED: it rang here and nobody answered
 * @OH_HISTORY_ELSEWHERE: it rang here and somebody else, or another device, has taken it
 * @OH_HISTORY_BUSY: the line was busy
 * @OH_HISTORY_REFUSED: outgoing: the other end did not want it; incoming: we did not
 * @OH_HISTORY_CANCELLED: outgoing: placed, and nobody answered before it was given up
 * @OH_HISTORY_FAILED: outgoing: it could not be placed
 * @OH_HISTORY_UNKNOWN: nobody saw how it ended
 *
 * What became of a call.
 */
typedef enum
{
  OH_HISTORY_ONGOING,
  OH_HISTORY_ANSWERED,
  OH_HISTORY_MISSED,
  OH_HISTORY_ELSEWHERE,
  OH_HISTORY_BUSY,
  OH_HISTORY_REFUSED,
  OH_HISTORY_CANCELLED,
  OH_HISTORY_FAILED,
  OH_HISTORY_UNKNOWN,
  OH_N_HISTORY_OUTCOMES,
} OhHistoryOutcome;

/**
 * OhHistoryEntry:
 * @id: grows with every call; 0 until it is stored
 * @uid: tells it apart from the beginning on, for who writes it
 * @direction: who called
 * @number: canonical; "" when it was withheld
 * @name: of the other end at that time; "" when nobody knew
 * @uri: of the contact at that time; ""
 * @phone: the phone's id
 * @begun_us: microseconds since 1970 UTC
 * @answered_us: likewise; 0 for not
 * @ended_us: likewise; 0 for not yet, or nobody knows when
 * @outcome: what became of it
 * @seen: the user was shown that it was missed
 * @settled: id of the call that settled it when it was missed; 0 for none
 *
 * One call. Strings are never NULL.
 */
typedef struct
{
  gint64 id;
  char *uid;
  OhCallDirection direction;
  char *number;
  char *name;
  char *uri;
  char *phone;
  gint64 begun_us;
  gint64 answered_us;
  gint64 ended_us;
  OhHistoryOutcome outcome;
  gboolean seen;
  gint64 settled;
} OhHistoryEntry;

/**
 * oh_history_entry_new:
 * @direction: who called
 * @phone: the phone's id
 * @begun_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): a call that has just begun, with a uid of its own
 */
OhHistoryEntry *oh_history_entry_new (OhCallDirection direction, const char *phone,
                                      gint64 begun_us);

/**
 * oh_history_entry_copy:
 * @self: an entry
 *
 * Returns: (transfer full): a copy, for another thread
 */
OhHistoryEntry *oh_history_entry_copy (const OhHistoryEntry *self);

/**
 * oh_history_entry_free:
 * @self: (nullable) (transfer full): an entry
 */
void oh_history_entry_free (OhHistoryEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhHistoryEntry, oh_history_entry_free)

/**
 * oh_history_entry_equal:
 * @a: an entry
 * @b: another
 *
 * Returns: whether nothing differs but id, seen and settled, which are the store's
 */
gboolean oh_history_entry_equal (const OhHistoryEntry *a, const OhHistoryEntry *b);

/**
 * oh_history_text:
 * @text: (nullable): a name or a number that somebody else wrote
 *
 * Returns: (transfer full): valid UTF-8 of at most OH_HISTORY_TEXT_MAX characters; "" for NULL
 */
char *oh_history_text (const char *text);

/**
 * oh_history_outcome_word:
 * @outcome: an outcome
 *
 * Returns: (transfer none): its promised word: "ongoing", "answered", "missed", "elsewhere",
 * "busy", "refused", "cancelled", "failed", "unknown"
 */
const char *oh_history_outcome_word (OhHistoryOutcome outcome);

/**
 * oh_history_outcome_from_word:
 * @word: (nullable): a word
 *
 * Returns: the outcome; UNKNOWN for a word that is none
 */
OhHistoryOutcome oh_history_outcome_from_word (const char *word);

G_END_DECLS
