/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "host-answer.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever a web server of the network answers. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (OhHostAnswer) page =
    oh_host_answer_read (oh_slice ((const char *) data, size), NULL, NULL);
  g_autoptr (OhHostAnswer) challenge = oh_host_answer_read (oh_slice (NULL, 0), text, text);

  if (page->mac != NULL)
    g_assert_cmpuint (strlen (page->mac), ==, OH_MAC_DIGITS);
  g_assert_null (challenge->mac);
  return 0;
}
