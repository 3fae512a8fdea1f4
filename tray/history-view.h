/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A call of the list in words and pictures. Pure: no bus, no GTK. */

/**
 * OhHistoryCall:
 * @id: tells it apart; grows with every call
 * @direction: (owned): "outgoing", "incoming" or "unknown"
 * @number: (owned): what is given to Dial; "" when it was withheld
 * @display: (owned): the same for people
 * @name: (owned): "" when nobody knows
 * @outcome: (owned): a word of org.offhook.History1
 * @begun_us: microseconds since 1970-01-01 UTC
 * @answered_us: likewise; 0 for not
 * @ended_us: likewise; 0 for not yet, or nobody knows
 * @seen: the user was shown that it was missed
 * @settled: it was missed, and people talked later, or it was called back
 */
typedef struct
{
  gint64 id;
  char *direction;
  char *number;
  char *display;
  char *name;
  char *outcome;
  gint64 begun_us;
  gint64 answered_us;
  gint64 ended_us;
  gboolean seen;
  gboolean settled;
} OhHistoryCall;

/**
 * oh_history_call_new:
 * @variant: of type (xssssssxxxsbx), as org.offhook.History1 tells it
 *
 * Names and numbers were written by others: they are made one line of a bounded length.
 *
 * Returns: (transfer full): the call
 */
OhHistoryCall *oh_history_call_new (GVariant *variant);

/**
 * oh_history_call_free:
 * @self: (nullable) (transfer full): a call
 */
void oh_history_call_free (OhHistoryCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhHistoryCall, oh_history_call_free)

/**
 * oh_history_call_is_open:
 * @self: a call
 *
 * Returns: whether it was missed, and nobody has seen or settled it
 */
gboolean oh_history_call_is_open (const OhHistoryCall *self);

/**
 * oh_history_call_partner:
 * @self: a call
 *
 * Returns: (transfer full): name, else number, else "Number withheld"
 */
char *oh_history_call_partner (const OhHistoryCall *self);

/**
 * oh_history_call_course:
 * @self: a call
 *
 * Returns: (transfer full): what became of it, in words: "Incoming, 3:05"
 */
char *oh_history_call_course (const OhHistoryCall *self);

/**
 * oh_history_call_line:
 * @self: a call
 *
 * Returns: (transfer full): the second line: its course, and the number where the first has the
 * name
 */
char *oh_history_call_line (const OhHistoryCall *self);

/**
 * oh_history_call_when:
 * @self: a call
 * @now_us: microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): local time: the time of today, the weekday of this week, else the date
 */
char *oh_history_call_when (const OhHistoryCall *self, gint64 now_us);

/**
 * oh_history_call_icon:
 * @self: a call
 *
 * Returns: (transfer none): name in the icon theme; missed, incoming and outgoing have shapes of
 *   their own
 */
const char *oh_history_call_icon (const OhHistoryCall *self);

/**
 * oh_history_missed_text:
 * @n: how many calls
 *
 * Returns: (transfer full): "2 missed calls"
 */
char *oh_history_missed_text (guint n);

G_END_DECLS
