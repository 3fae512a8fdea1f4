/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-token.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The input is a header's value, and base64 of it a token. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
  OhSlice value = oh_slice ((const char *) data, size);
  g_autofree char *base64 = g_base64_encode (data, size);
  g_autoptr (GString) token = g_string_new (NULL);
  g_autoptr (GString) named = g_string_new (NULL);
  g_autoptr (GString) header = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);

  oh_redact_token (oh_slice_str (base64), token);
  oh_redact_token_names (oh_slice (token->str, token->len), names, named);
  oh_redact_credentials (value, header);
  oh_redact_credentials_names (oh_slice (header->str, header->len), names, again);
  g_assert_true (token->len > 0 || size == 0);
  return 0;
}
