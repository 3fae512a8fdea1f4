/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-code.h"
#include "sip-diagnostics.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice text = oh_slice ((const char *) data, size);
  const OhDiagnosticCode *row = oh_diagnostic_code_in_text (text);
  OhSipDiagnostics out;

  if (row != NULL && oh_diagnostic_code_find (row->code) != row)
    g_abort ();
  if (oh_sip_diagnostics_parse (text, &out))
    {
      OhDiagnosticSeen seen = { OH_DIAGNOSTIC_SIGN_IN, 401, out.id, out.hresult };

      if (oh_diagnostic_code_for (&seen) == NULL)
        g_abort ();
    }
  return 0;
}
