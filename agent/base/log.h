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
 * ("oh-sip", "oh-auth" ...).
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

/**
 * oh_log_next_id:
 * @letter: kind of conversation, for example 'c' for a connection
 *
 * Returns: (transfer full): a conversation id, unique in this process, for example "c17"
 */
char *oh_log_next_id (char letter);

G_END_DECLS
