/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/**
 * OhSipDiagnostics:
 * @id: the number, [MS-OCER] 2.2.1
 * @hresult: the result code; 0 for none
 * @reason: the server's words, empty for none
 * @source: the server, empty for none
 * @hresult_text: the result code as it stands there, with its name
 *
 * A diagnostics header. Slices are borrowed and as long as the server made them.
 */
typedef struct
{
  guint id;
  guint32 hresult;
  OhSlice reason;
  OhSlice source;
  OhSlice hresult_text;
} OhSipDiagnostics;

/**
 * oh_sip_diagnostics_parse:
 * @value: of ms-diagnostics, ms-diagnostics-public, ms-client-diagnostics, X-MS-diagnostics
 * @out: (out): what it says, borrowed from @value; untouched on failure
 *
 * [MS-OCER] 2.1: `1000;source="fe1";reason="text";HRESULT="0xC3E93EE4(NAME)"`, in any order, with
 * blanks, the number perhaps with a second one ("4004.1").
 *
 * Returns: whether it begins with a number
 */
gboolean oh_sip_diagnostics_parse (OhSlice value, OhSipDiagnostics *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_diagnostics_of:
 * @message: a message of a server's
 * @out: (out): what it says, borrowed from @message; untouched on failure
 *
 * ms-diagnostics, and where that cannot be read ms-diagnostics-public, which is what servers give
 * to those outside.
 *
 * Returns: whether it has one that can be read
 */
gboolean oh_sip_diagnostics_of (const OhSipMessage *message, OhSipDiagnostics *out);

G_END_DECLS
