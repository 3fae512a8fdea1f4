/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-secrets.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever comes: what is kept can be printed, and is no more than escapes make of it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice octets = oh_slice ((const char *) data, size);
  g_autoptr (GString) kept = oh_redact_secrets (octets);
  g_autoptr (GString) note = oh_redact_note (octets);

  g_assert_true (g_utf8_validate (kept->str, (gssize) kept->len, NULL));
  g_assert_true (g_utf8_validate (note->str, (gssize) note->len, NULL));
  for (gsize i = 0; i < kept->len; i++)
    g_assert_true (!g_ascii_iscntrl (kept->str[i]) || kept->str[i] == '\n' || kept->str[i] == '\t');
  g_assert_cmpuint (kept->len, <=, 16 * size + 64);
  return 0;
}
