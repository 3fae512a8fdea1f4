/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * oh_log_init:
 * @verbose: also write debug messages of our own domains
 *
 * Installs the writer: one line per message on stderr (or the journal where stderr is one), level
 * and domain first. Call once, first thing in main(). Each folder defines its own G_LOG_DOMAIN
 * ("oh-sip", "oh-auth" ...), and no domain writes more than OH_LOG_DOMAIN_LINES a minute unless
 * @verbose.
 */
void oh_log_init (gboolean verbose);

/**
 * oh_log_uri:
 * @uri: (nullable): an address of a person
 *
 * People stay out of logs: "sip:jo@example.org" becomes "…@example.org".
 *
 * Returns: (transfer full): what may be logged
 */
char *oh_log_uri (const char *uri);

/**
 * oh_log_number:
 * @number: (nullable): a telephone number
 *
 * Numbers stay out of logs: only how many digits it has and how it begins, "+49…(13)".
 *
 * Returns: (transfer full): what may be logged
 */
char *oh_log_number (const char *number);

/* The time in which a limited number of lines is written. */
#define OH_LOG_WINDOW_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* Lines in it about one kind of bad message: enough to see what somebody does to us, too little to
 * fill a disk with (at 200 octets a line, less than 2 MiB a day for a flood that never ends). */
#define OH_LOG_KIND_LINES 5u
/* Lines in it of one domain, whatever they say: the net below all others. */
#define OH_LOG_DOMAIN_LINES 100u

/**
 * OhLogLimit:
 * @begun_us: when the present window began, monotonic; 0 before the first line
 * @lines: written in it
 * @held_back: not written since the last one that was
 *
 * Keeps what another party can cause as often as it likes from filling the log. One for each kind
 * of line; all zero at first.
 */
typedef struct
{
  gint64 begun_us;
  guint lines;
  guint64 held_back;
} OhLogLimit;

/**
 * oh_log_limit_take:
 * @self: a limit
 * @lines: how many may be written in OH_LOG_WINDOW_US
 * @now_us: monotonic time
 * @out_held_back: (out): when TRUE is returned: lines that were held back before this one
 *
 * Asks for one line.
 *
 * Returns: whether to write it; else it is counted as held back
 */
gboolean oh_log_limit_take (OhLogLimit *self, guint lines, gint64 now_us, guint64 *out_held_back);

/**
 * oh_log_next_id:
 * @letter: kind of conversation, for example 'c' for a connection
 *
 * Returns: (transfer full): a conversation id, unique in this process, for example "c17"
 */
char *oh_log_next_id (char letter);

G_END_DECLS
