/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* The format of our own traces, for those who write them and those who read them. UTF-8 where the
 * conversation is; a record is one head line, the lines of the message, and a line "--":
 *
 *   -- 2026-11-21T15:04:05.123456Z c17 out fe1.fabrikam.test:5061 [pass]
 *   REGISTER sip:fabrikam.test SIP/2.0
 *   Via: SIP/2.0/TLS 192.0.2.7:50123;branch=z9hG4bK1
 *   …
 *   --
 *
 * The head has the time in UTC, the connection, the way ("in", "out", "note"), the peer as host and
 * port ("-" where there is none) and in brackets what became of it: "pass", "unsigned" or
 * "dropped: reason". The reason of a dropped message begins with a word of the findings where one
 * fits: "dropped: server-signature-invalid". A note is no message: its text begins with such a
 * word, too, then a colon and the details: "certificate-untrusted: CN=fe1, issuer unknown".
 *
 * CRLF of the message is written as a line end, the empty line between head and body as an empty
 * line. A line of the message that could be taken for a head or an end ("--" followed by a blank
 * or nothing, with any number of backslashes before) gets one backslash in front. */

/* Octets of a head line. Host names end at 255, a reason is a sentence. */
#define OH_TRACE_LINE_MAX 1024

/**
 * OhTraceWay:
 * @OH_TRACE_UNKNOWN_WAY: the trace does not say
 * @OH_TRACE_IN: came to the one who wrote the trace
 * @OH_TRACE_OUT: was sent by the one who wrote the trace
 * @OH_TRACE_NOTE: no message, something that happened
 */
typedef enum
{
  OH_TRACE_UNKNOWN_WAY,
  OH_TRACE_IN,
  OH_TRACE_OUT,
  OH_TRACE_NOTE,
  OH_TRACE_N_WAYS,
} OhTraceWay;

/**
 * OhTraceLine:
 * @time_us: microseconds since 1970-01-01 UTC
 * @connection: number of the connection, 0 for none
 * @way: which way; never %OH_TRACE_UNKNOWN_WAY
 * @peer: host and port of the other end; empty for none
 * @verdict: what stands in the brackets
 *
 * A head line. Slices are borrowed.
 */
typedef struct
{
  gint64 time_us;
  guint connection;
  OhTraceWay way;
  OhSlice peer;
  OhSlice verdict;
} OhTraceLine;

/**
 * oh_trace_line_append:
 * @line: a head
 * @out: where to write it, its line end included; control characters and blanks of the peer and
 *   brackets and control characters of the verdict are left out
 */
void oh_trace_line_append (const OhTraceLine *line, GString *out);

/**
 * oh_trace_line_parse:
 * @text: one line without its end
 * @out: (out): what it says, borrowed from @text; untouched on failure
 *
 * Returns: whether it is a head
 */
gboolean oh_trace_line_parse (OhSlice text, OhTraceLine *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_trace_body_append:
 * @octets: a message or the text of a note
 * @out: where to write its lines and the line that ends the record
 *
 * Line ends become LF; what would break the framing gets its backslash.
 */
void oh_trace_body_append (OhSlice octets, GString *out);

/**
 * oh_trace_body_line:
 * @line: a line of a record, without its end
 *
 * Returns: @line as it was in the message: without the backslash that oh_trace_body_append() added
 */
OhSlice oh_trace_body_line (OhSlice line);

/**
 * oh_trace_is_end:
 * @line: a line without its end
 *
 * Returns: whether it ends a record
 */
gboolean oh_trace_is_end (OhSlice line);

G_END_DECLS
