/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a trace takes, as a multiple of reading each octet of it once, and whether twice the
 * trace takes twice as long.
 *
 *   bench-explain [MEBIBYTES]
 */

#include "explain.h"

#include <string.h>
#include <time.h>

#define MIB ((gsize) 1024 * 1024)

static void
append_sign_in (GString *out, guint n)
{
  static const char *const parts[] = {
    "-- 2026-11-21T15:04:05.123456Z c1 out fe1.fabrikam.test:5061 [pass]\nREGISTER "
    "sip:fabrikam.test SIP/2.0\n",
    "--\n-- 2026-11-21T15:04:05.223456Z c1 in fe1.fabrikam.test:5061 [pass]\nSIP/2.0 401 "
    "Unauthorized\nWWW-Authenticate: NTLM realm=\"SIP Communications Service\", "
    "targetname=\"fe1.fabrikam.test\", version=4\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (out,
                            "%sVia: SIP/2.0/TLS 192.0.2.7:50123;branch=z9hG4bK%u\n"
                            "From: <sip:alice@fabrikam.test>;tag=a;epid=1\n"
                            "To: <sip:alice@fabrikam.test>\nCall-ID: %u\nCSeq: 1 REGISTER\n"
                            "Content-Length: 0\n\n",
                            parts[i], n, n / 8);
  g_string_append (out, "--\n");
}

static GBytes *
make_trace (gsize size)
{
  GString *out = g_string_sized_new (size + 4096);

  for (guint n = 0; out->len < size; n++)
    append_sign_in (out, n);
  return g_string_free_to_bytes (out);
}

/* Of the processor: others may be at work. */
static double
seconds_since (clock_t start)
{
  return (double) (clock () - start) / CLOCKS_PER_SEC;
}

/* What wc does. */
static double
count_lines (GBytes *trace)
{
  clock_t start = clock ();
  gsize len, lines = 0;
  const char *data = g_bytes_get_data (trace, &len);

  for (gsize i = 0; i < len; i++)
    lines += data[i] == '\n';
  g_print ("%8.1f ms for %" G_GSIZE_FORMAT " lines counted\n", seconds_since (start) * 1e3, lines);
  return seconds_since (start);
}

static double
explain (GBytes *trace)
{
  clock_t start = clock ();
  g_autoptr (GError) error = NULL;
  g_autoptr (OhExplanation) explanation = oh_explain (trace, NULL, NULL, &error);
  double seconds = seconds_since (start);

  g_assert_no_error (error);
  g_print ("%8.1f ms for %" G_GSIZE_FORMAT " MiB explained, %u messages\n", seconds * 1e3,
           g_bytes_get_size (trace) / MIB, oh_explanation_n_messages (explanation));
  return seconds;
}

int
main (int argc, char **argv)
{
  guint64 mib = 24;
  g_autoptr (GBytes) half = NULL;
  g_autoptr (GBytes) whole = NULL;
  double counted, first, second;

  if (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, 1, 30, &mib, NULL))
    return 2;
  half = make_trace ((gsize) mib * MIB);
  whole = make_trace ((gsize) mib * 2 * MIB);
  counted = count_lines (whole);
  first = explain (half);
  second = explain (whole);
  g_print ("%8.1f times counting lines; twice the trace takes %.2f times as long\n",
           second / counted, second / first);
  return 0;
}
