/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-document.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check (const char *text)
{
  g_autofree char *party = oh_csta_party (text);

  g_assert_true (text == NULL ||
                 (g_utf8_validate (text, -1, NULL) && strlen (text) <= OH_CSTA_VALUE_MAX));
  g_assert_true (party == NULL || strlen (party) <= strlen (text));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhCstaDocument) doc =
    oh_csta_document_parse (oh_slice ((const char *) data, size), NULL);

  if (doc == NULL)
    return 0;
  check (doc->end.call);
  check (doc->end.device);
  check (doc->calling);
  check (doc->called);
  check (doc->acting);
  check (doc->target);
  check (doc->cause);
  g_assert_cmpuint (doc->ends->len, <=, OH_CSTA_CALLS_MAX);
  return 0;
}
