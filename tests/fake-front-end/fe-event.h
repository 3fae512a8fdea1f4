/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fe_event:
 * @name: what happened, one word; the list is in --help
 * @...: pairs of key and value, ended by NULL. The key says the type of its value: "key:s" a
 *   string (NULL becomes null), "key:u" an address of record (becomes a SIP URI), "key:i" an int,
 *   "key:b" a gboolean
 *
 * Prints one JSON object on one line of stdout and flushes it: {"event": @name, "ms": since the
 * start, …}. Tests read these lines.
 */
void fe_event (const char *name, ...) G_GNUC_NULL_TERMINATED;

/**
 * fe_event_violation:
 * @who: whose message it was: an address of record, or a peer's host:port
 * @rule: stable word for the rule that was broken
 * @format: printf style, the details
 *
 * The event "violation": the client did what a client must not do. Tests fail on it.
 */
void fe_event_violation (const char *who, const char *rule, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/**
 * fe_event_hush:
 * @is_quiet: whether fe_event() says nothing for now
 *
 * A thousand changes a second are told once, when they are over.
 */
void fe_event_hush (gboolean is_quiet);

G_END_DECLS
