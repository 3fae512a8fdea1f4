/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-token.h"

char *
oh_sip_token (guint digits)
{
  g_autoptr (GString) out = g_string_sized_new (digits);

  g_return_val_if_fail (digits > 0 && digits <= 32, NULL);
  while (out->len < digits)
    g_string_append_printf (out, "%08x", g_random_int ());
  g_string_truncate (out, digits);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
