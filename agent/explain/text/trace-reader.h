/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace-line.h"

G_BEGIN_DECLS

/* Octets of a line that is looked at; what is longer is cut into lines of this length. A signed
 * header with a large ticket has 64 KiB. */
#define OH_TRACE_TEXT_LINE_MAX ((gsize) 256 * 1024)
/* Octets of one record: the largest head and body that sip/text takes, and what a paste adds. */
#define OH_TRACE_RECORD_MAX ((gsize) 5 * 1024 * 1024)

/* Octets of a tag in front of a line of a web page; more is text. */
#define OH_TRACE_TAG_MAX ((gsize) 200)
/* Lines that the head of a log entry may have been wrapped into. */
#define OH_TRACE_WRAPPED_MAX 4u

/**
 * OhTraceSource:
 * @OH_TRACE_OWN: written by oh_trace_line_append()
 * @OH_TRACE_FRONT_END: between $$begin_record and $$end_record
 * @OH_TRACE_PLAIN: found by its start line: a dump, a mail, a web page
 *
 * How a record was framed; decides how it is mended.
 */
typedef enum
{
  OH_TRACE_OWN,
  OH_TRACE_FRONT_END,
  OH_TRACE_PLAIN,
} OhTraceSource;

/**
 * OhTraceRecordKind:
 * @OH_TRACE_MESSAGE: SIP, or HTTP where a web ticket is asked for
 * @OH_TRACE_REMARK: a note of ours, a log entry of a front end, or a diagnostics header alone
 */
typedef enum
{
  OH_TRACE_MESSAGE,
  OH_TRACE_REMARK,
} OhTraceRecordKind;

/**
 * OhTraceRecord:
 * @kind: message or remark
 * @source: how it was framed
 * @line: where it begins, from 1
 * @text_line: where @text begins, from 1
 * @time_us: microseconds since 1970-01-01; 0 when not known
 * @is_utc: whether @time_us is UTC; else it is the local time of some server
 * @way: which way it went
 * @connection: number of the connection in our own traces, 0 else
 * @peer: the other end, empty when not known
 * @verdict: in our own traces what became of it, else empty
 * @text: its lines
 *
 * Slices are borrowed from the text.
 */
typedef struct
{
  OhTraceRecordKind kind;
  OhTraceSource source;
  guint line;
  guint text_line;
  gint64 time_us;
  gboolean is_utc;
  OhTraceWay way;
  guint connection;
  OhSlice peer;
  OhSlice verdict;
  OhSlice text;
} OhTraceRecord;

/**
 * OhTraceReader:
 * @text: what is to be read
 * @at: octets read so far
 * @line: number of the line that begins at @at, from 1
 *
 * A cursor over a trace; on the caller's stack.
 */
typedef struct
{
  OhSlice text;
  gsize at;
  guint line;
} OhTraceReader;

/**
 * oh_trace_reader_init:
 * @self: a cursor
 * @text: as oh_trace_decode() makes it, borrowed until the cursor is done
 */
void oh_trace_reader_init (OhTraceReader *self, OhSlice text);

/**
 * oh_trace_reader_next:
 * @self: a cursor
 * @out: (out): the next record; untouched at the end
 *
 * Passes over what belongs to no record. The kinds of framing may follow each other in one text.
 * A record beyond %OH_TRACE_RECORD_MAX ends there.
 *
 * Returns: FALSE when nothing is left
 */
gboolean oh_trace_reader_next (OhTraceReader *self, OhTraceRecord *out);

/**
 * oh_trace_unquote:
 * @line: a line of a mail or of a log
 *
 * Returns: @line without marks of quotation ("> "), blanks of any kind and HTML tags in front, and
 *   without the prefix of a client's log ("11/21/2026|15:04:05.123 A2C:1B88 INFO  :: ")
 */
OhSlice oh_trace_unquote (OhSlice line);

/**
 * oh_trace_is_start:
 * @line: a line, unquoted
 * @next: the line after it, unquoted; empty for none. A mail may have wrapped a request line
 *
 * Returns: whether a SIP or HTTP message begins with it
 */
gboolean oh_trace_is_start (OhSlice line, OhSlice next);

G_END_DECLS
