/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire-tap.h"

G_BEGIN_DECLS

/* Messages that are kept: a day of a quiet account, half an hour of a busy one. */
#define OH_TRACE_RECORDS_MAX 4096u
/* Octets of their text that are kept: what a mail to the help desk can carry, packed. */
#define OH_TRACE_OCTETS_MAX ((gsize) 8 * 1024 * 1024)

/**
 * OhTraceEntry:
 * @time_us: when, microseconds since 1970-01-01 UTC
 * @connection: number of the connection, 0 for none
 * @way: which way
 * @peer: (owned): host and port, "" for none
 * @verdict: (owned): what became of it
 * @text: (owned): the message without secrets, with names
 *
 * One message that was recorded.
 */
typedef struct
{
  gint64 time_us;
  guint connection;
  OhWireWay way;
  char *peer;
  char *verdict;
  GString *text;
} OhTraceEntry;

/**
 * oh_trace_entry_free:
 * @entry: (nullable) (transfer full): an entry
 */
void oh_trace_entry_free (OhTraceEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTraceEntry, oh_trace_entry_free)

/**
 * OhTraceRing:
 *
 * The last messages; the oldest go first, and are counted.
 */
typedef struct _OhTraceRing OhTraceRing;

/**
 * oh_trace_ring_new:
 *
 * Returns: (transfer full): an empty ring
 */
OhTraceRing *oh_trace_ring_new (void);

/**
 * oh_trace_ring_free:
 * @self: (nullable) (transfer full): a ring
 */
void oh_trace_ring_free (OhTraceRing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTraceRing, oh_trace_ring_free)

/**
 * oh_trace_ring_push:
 * @self: a ring
 * @entry: (transfer full): the newest
 *
 * Lets the oldest go until there are at most OH_TRACE_RECORDS_MAX with together at most
 * OH_TRACE_OCTETS_MAX octets of text.
 */
void oh_trace_ring_push (OhTraceRing *self, OhTraceEntry *entry);

/**
 * oh_trace_ring_length:
 * @self: a ring
 *
 * Returns: how many are in it
 */
guint oh_trace_ring_length (const OhTraceRing *self);

/**
 * oh_trace_ring_lost:
 * @self: a ring
 *
 * Returns: how many had to go since it was made or cleared
 */
guint64 oh_trace_ring_lost (const OhTraceRing *self);

/**
 * oh_trace_ring_first:
 * @self: a ring
 *
 * Returns: (transfer none) (nullable) (element-type OhTraceEntry): the oldest as a list to walk to
 *   the newest; valid until the next push or clear
 */
const GList *oh_trace_ring_first (const OhTraceRing *self);

/**
 * oh_trace_ring_clear:
 * @self: a ring
 *
 * Forgets all of them.
 */
void oh_trace_ring_clear (OhTraceRing *self);

G_END_DECLS
