/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"
#include "trace-reader.h"

G_BEGIN_DECLS

/**
 * oh_trace_mend:
 * @record: a message of a trace
 * @is_http: (out): whether it is HTTP; it is then read as SIP all the same
 *
 * Undoes what logs, mails and web pages do to a message: names in front ("Start-Line:"), marks of
 * quotation, typographic quotes and blanks, HTML entities, wrapped lines, empty lines in between,
 * all headers in one line, a Content-Length that does not fit any more. What is left is as it was.
 *
 * Returns: (transfer full) (nullable): the message; NULL when it is none
 */
OhSipMessage *oh_trace_mend (const OhTraceRecord *record, gboolean *is_http);

G_END_DECLS
