/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-document.h"
#include "csta-request.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever is put in, what comes out is one document of the namespace, and no answer or event. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, MIN (size, 256));
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  OhCstaRequest request = { .service = (OhCstaService) (size % OH_N_CSTA_SERVICES),
                            .device = valid,
                            .place = { valid, valid },
                            .held = { valid, NULL },
                            .argument = valid,
                            .forwarding = valid,
                            .after_s = (guint) size };
  g_autofree char *built = oh_csta_request_build (&request, OH_CSTA_ED5);
  g_autoptr (OhCstaDocument) doc = oh_csta_document_parse (oh_slice_str (built), NULL);

  g_assert_nonnull (doc);
  g_assert_true (doc->kind == OH_CSTA_KIND_OTHER || request.service == OH_CSTA_MONITOR_STOP);
  return 0;
}
