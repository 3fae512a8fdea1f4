/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of diagnostic-code.c, a file for each part of the conversation. Each table ends with a
 * row without a code. */

#include "diagnostic-code.h"

G_BEGIN_DECLS

extern const OhDiagnosticCode oh_diagnostic_connect_rows[];
extern const OhDiagnosticCode oh_diagnostic_sign_in_rows[];
extern const OhDiagnosticCode oh_diagnostic_routing_rows[];
extern const OhDiagnosticCode oh_diagnostic_presence_rows[];
extern const OhDiagnosticCode oh_diagnostic_call_rows[];

G_END_DECLS
