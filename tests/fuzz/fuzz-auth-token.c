/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "auth-token.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = oh_auth_token_describe (data, size, NULL);

  if (*text == '\0' || !g_utf8_validate (text, -1, NULL))
    g_abort ();
  return 0;
}
