/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-diagnostics.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is borrowed lies within what was given. */
static void
check_within (OhSlice part, OhSlice whole)
{
  if (part.len > 0 && (part.data < whole.data || part.data + part.len > whole.data + whole.len))
    g_abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice text = oh_slice ((const char *) data, size);
  OhSipDiagnostics out;

  if (!oh_sip_diagnostics_parse (text, &out))
    return 0;
  check_within (out.reason, text);
  check_within (out.source, text);
  check_within (out.hresult_text, text);
  if (out.hresult != 0 && out.hresult_text.len < 3)
    g_abort ();
  return 0;
}
