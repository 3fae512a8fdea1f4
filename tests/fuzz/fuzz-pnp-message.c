/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pnp-message.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_plain (const char *word)
{
  for (const char *p = word; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || *p == '.' || *p == '-');
}

/* Whatever is sent to the group: what comes out can be shown and logged. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhPnpRequest) request = oh_pnp_request_parse (oh_slice ((const char *) data, size));

  if (request == NULL)
    return 0;
  g_assert_cmpuint (strlen (request->mac), ==, 12);
  assert_plain (request->mac);
  assert_plain (request->model);
  assert_plain (request->firmware);
  return 0;
}
