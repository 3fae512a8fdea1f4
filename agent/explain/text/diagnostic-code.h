/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "finding.h"
#include "slice.h"

G_BEGIN_DECLS

/* What servers of this family say when something fails, and what to do about it: [MS-OCER], the
 * status codes of RFC 3261 and the result codes of Windows that their logs have. A table, used
 * wherever a server's refusal is told to people. */

/* OhDiagnosticSeen.id of a message without a diagnostics header; 0 is a number of its own. */
#define OH_DIAGNOSTIC_NO_ID G_MAXUINT

/* Result codes that decide. */
#define OH_DIAGNOSTIC_NTLM_MISMATCH 0xC3E93EE4U
#define OH_DIAGNOSTIC_UNAUTHORIZED 0xC3E93EC3U
#define OH_DIAGNOSTIC_UNSUPPORTED_FUNCTION 0x80090302U

/**
 * OhDiagnosticFlow:
 * @OH_DIAGNOSTIC_SIGN_IN: REGISTER, and registration-notify
 * @OH_DIAGNOSTIC_WATCH: subscriptions to people and lists
 * @OH_DIAGNOSTIC_LISTS: the subscription to the contact list
 * @OH_DIAGNOSTIC_PUBLISH: SERVICE
 * @OH_DIAGNOSTIC_CALL: INVITE and all within its dialog
 * @OH_DIAGNOSTIC_CSTA: the remote call control dialog (TR/87)
 * @OH_DIAGNOSTIC_WEB: HTTP: web tickets, autodiscover
 * @OH_DIAGNOSTIC_OTHER: anything else
 * @OH_DIAGNOSTIC_ANY: all of them
 *
 * What a message belongs to. The same status means different things in different flows.
 */
typedef enum
{
  OH_DIAGNOSTIC_SIGN_IN = 1 << 0,
  OH_DIAGNOSTIC_WATCH = 1 << 1,
  OH_DIAGNOSTIC_LISTS = 1 << 2,
  OH_DIAGNOSTIC_PUBLISH = 1 << 3,
  OH_DIAGNOSTIC_CALL = 1 << 4,
  OH_DIAGNOSTIC_CSTA = 1 << 5,
  OH_DIAGNOSTIC_WEB = 1 << 6,
  OH_DIAGNOSTIC_OTHER = 1 << 7,
  OH_DIAGNOSTIC_ANY = 0xff,
} OhDiagnosticFlow;

/**
 * OhDiagnosticCode:
 * @code: stable word for programs and for the manual page
 * @severity: how bad it is
 * @title: one line, untranslated: pass it through gettext
 * @cause: sentences, untranslated
 * @remedy: sentences, untranslated; "" when nothing is to be done
 */
typedef struct
{
  const char *code;
  OhFindingSeverity severity;
  const char *title;
  const char *cause;
  const char *remedy;
} OhDiagnosticCode;

/**
 * OhDiagnosticSeen:
 * @flow: what the message belongs to, one bit
 * @status: status code; 0 for a request
 * @id: number of its diagnostics header, or %OH_DIAGNOSTIC_NO_ID
 * @hresult: result code of its diagnostics header; 0 for none
 *
 * What a message says.
 */
typedef struct
{
  OhDiagnosticFlow flow;
  guint status;
  guint id;
  guint32 hresult;
} OhDiagnosticSeen;

/**
 * oh_diagnostic_code_for:
 * @seen: what a message says
 *
 * Returns: (transfer none) (nullable): what it means; NULL when it is not known, or no failure
 */
const OhDiagnosticCode *oh_diagnostic_code_for (const OhDiagnosticSeen *seen);

/**
 * oh_diagnostic_code_in_text:
 * @text: an entry of a server's log, a note of our trace, or the words of a Reason or Warning
 *
 * A note begins with a word of the table; else result codes and phrases are looked for.
 *
 * Returns: (transfer none) (nullable): what it means; NULL when nothing known is in it
 */
const OhDiagnosticCode *oh_diagnostic_code_in_text (OhSlice text);

/**
 * oh_diagnostic_code_find:
 * @word: (nullable): a code
 *
 * Returns: (transfer none) (nullable): what it means; NULL when there is none of that name
 */
const OhDiagnosticCode *oh_diagnostic_code_find (const char *word);

/**
 * oh_diagnostic_code_nth:
 * @n: which, 0 for the first
 *
 * Returns: (transfer none) (nullable): that row of the table, in its order; NULL after the last
 */
const OhDiagnosticCode *oh_diagnostic_code_nth (guint n);

G_END_DECLS
