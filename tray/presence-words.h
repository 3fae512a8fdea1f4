/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Own words of other people, and their notes, are cut here for a line of a list. */
#define OH_WORDS_OWN_MAX 120u

/**
 * OhWordsPresence:
 * @availability: a word of the bus, "busy"
 * @activity: (nullable): a token such as "on-the-phone", somebody's own words, or ""
 * @inactive: the machine has not been touched for a while
 * @out_of_office: out of the office
 * @since_us: since when, microseconds since 1970 UTC; 0 when not known
 *
 * How somebody is, as the bus says it.
 */
typedef struct
{
  const char *availability;
  const char *activity;
  gboolean inactive;
  gboolean out_of_office;
  gint64 since_us;
} OhWordsPresence;

/**
 * oh_words_availability:
 * @word: (nullable): a word of the bus
 *
 * Returns: (transfer none): for people, "Do Not Disturb"; "Presence unknown" for any other
 */
const char *oh_words_availability (const char *word);

/**
 * oh_words_presence:
 * @availability: (nullable): a word of the bus
 * @activity: (nullable): the activity beside it
 *
 * The activity where it says more than the availability, [MS-PRES] 2.2.2.4.2: "In a call",
 * somebody's own words on one line, else the availability.
 *
 * Returns: (transfer full): both in one phrase
 */
char *oh_words_presence (const char *availability, const char *activity);

/**
 * oh_words_is_call:
 * @activity: (nullable): an activity
 *
 * Returns: whether it says that somebody is in a call
 */
gboolean oh_words_is_call (const char *activity);

/**
 * oh_words_presence_line:
 * @presence: how somebody is
 * @now_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): with since when: "Away since 14:05", "Busy, inactive for 20 min",
 *   "Available, out of office"
 */
char *oh_words_presence_line (const OhWordsPresence *presence, gint64 now_us);

G_END_DECLS
