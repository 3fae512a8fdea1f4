/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-diagnostics.h"

#include "sip-header.h"

/* Numbers have up to five digits; one more is read, so that a new one is told and not lost. */
#define ID_MAX 999999

/* "0xC3E93EE4(SIP_E_AUTH_NTLMMISMATCH)"; 0 when there is none, or one of more than 32 bits. */
static guint32
hresult_of (OhSlice text)
{
  guint32 value = 0;
  gsize n = 0;

  if (!oh_slice_has_prefix_case (text, "0x"))
    return 0;
  for (gsize i = 2; i < text.len && g_ascii_isxdigit (text.data[i]); i++, n++)
    value = value << 4 | (guint32) g_ascii_xdigit_value (text.data[i]);
  return n > 0 && n <= 8 ? value : 0;
}

gboolean
oh_sip_diagnostics_parse (OhSlice value, OhSipDiagnostics *out)
{
  OhSlice cursor = oh_slice_trim (value);
  OhSlice digits = oh_slice_eat_until (&cursor, ".; \t,");
  OhSipDiagnostics self = { 0 };
  OhSlice name, text;
  guint64 id;

  if (!oh_slice_to_uint (digits, ID_MAX, &id))
    return FALSE;
  self.id = (guint) id;
  (void) oh_slice_eat_until (&cursor, ";");
  while (oh_sip_params_next (&cursor, &name, &text))
    if (oh_slice_equal_case (name, "reason"))
      self.reason = text;
    else if (oh_slice_equal_case (name, "source"))
      self.source = text;
    else if (oh_slice_equal_case (name, "HRESULT"))
      {
        self.hresult_text = text;
        self.hresult = hresult_of (text);
      }
  *out = self;
  return TRUE;
}

gboolean
oh_sip_diagnostics_of (const OhSipMessage *message, OhSipDiagnostics *out)
{
  return oh_sip_diagnostics_parse (oh_sip_message_get_slice (message, "ms-diagnostics"), out) ||
         oh_sip_diagnostics_parse (oh_sip_message_get_slice (message, "ms-diagnostics-public"),
                                   out);
}
