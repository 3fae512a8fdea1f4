/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-ring.h"

#include <string.h>

static OhTraceEntry *
entry_new (gint64 time_us, gsize octets)
{
  OhTraceEntry *entry = g_new0 (OhTraceEntry, 1);

  entry->time_us = time_us;
  entry->peer = g_strdup ("");
  entry->verdict = g_strdup ("pass");
  entry->text = g_string_sized_new (octets + 1);
  g_string_set_size (entry->text, octets);
  memset (entry->text->str, 'x', octets);
  return entry;
}

static gint64
oldest (OhTraceRing *ring)
{
  const GList *first = oh_trace_ring_first (ring);

  return first != NULL ? ((OhTraceEntry *) first->data)->time_us : -1;
}

/* As many as may be, and one beyond: the oldest goes and is counted. */
static void
test_records (void)
{
  g_autoptr (OhTraceRing) ring = oh_trace_ring_new ();

  g_assert_cmpint (oldest (ring), ==, -1);
  for (guint i = 0; i < OH_TRACE_RECORDS_MAX; i++)
    oh_trace_ring_push (ring, entry_new (i, 1));
  g_assert_cmpuint (oh_trace_ring_length (ring), ==, OH_TRACE_RECORDS_MAX);
  g_assert_cmpuint (oh_trace_ring_lost (ring), ==, 0);
  g_assert_cmpint (oldest (ring), ==, 0);
  oh_trace_ring_push (ring, entry_new (OH_TRACE_RECORDS_MAX, 1));
  g_assert_cmpuint (oh_trace_ring_length (ring), ==, OH_TRACE_RECORDS_MAX);
  g_assert_cmpuint (oh_trace_ring_lost (ring), ==, 1);
  g_assert_cmpint (oldest (ring), ==, 1);
  oh_trace_ring_clear (ring);
  g_assert_cmpuint (oh_trace_ring_length (ring), ==, 0);
  g_assert_cmpuint (oh_trace_ring_lost (ring), ==, 0);
}

static void
test_octets (void)
{
  g_autoptr (OhTraceRing) ring = oh_trace_ring_new ();

  oh_trace_ring_push (ring, entry_new (0, 1));
  oh_trace_ring_push (ring, entry_new (1, 10));
  oh_trace_ring_push (ring, entry_new (2, OH_TRACE_OCTETS_MAX - 11));
  g_assert_cmpuint (oh_trace_ring_length (ring), ==, 3);
  oh_trace_ring_push (ring, entry_new (3, 1)); /* makes room by one octet */
  g_assert_cmpuint (oh_trace_ring_length (ring), ==, 3);
  g_assert_cmpint (oldest (ring), ==, 1);
  oh_trace_ring_push (ring, entry_new (4, 11)); /* by eleven: the next of ten does not do */
  g_assert_cmpint (oldest (ring), ==, 3);
  g_assert_cmpuint (oh_trace_ring_lost (ring), ==, 3);
}

/* One that is larger than the ring does not stay, and does no harm. */
static void
test_too_large (void)
{
  g_autoptr (OhTraceRing) ring = oh_trace_ring_new ();

  oh_trace_ring_push (ring, entry_new (0, OH_TRACE_OCTETS_MAX + 1));
  g_assert_cmpuint (oh_trace_ring_length (ring), ==, 0);
  g_assert_cmpuint (oh_trace_ring_lost (ring), ==, 1);
  oh_trace_ring_push (ring, entry_new (1, OH_TRACE_OCTETS_MAX));
  g_assert_cmpint (oldest (ring), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-ring/records", test_records);
  g_test_add_func ("/trace-ring/octets", test_octets);
  g_test_add_func ("/trace-ring/too-large", test_too_large);
  return g_test_run ();
}
