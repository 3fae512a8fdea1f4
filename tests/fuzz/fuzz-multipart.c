/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "multipart.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The first line is the Content-Type, the rest the body. Every slice lies within the input. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice body = oh_slice ((const char *) data, size);
  OhSlice type = oh_slice_eat_until (&body, "\n");
  g_autoptr (GArray) parts = NULL;

  oh_slice_eat (&body, '\n');
  parts = oh_multipart_split (type, body, NULL);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const OhMultipartPart *part = &g_array_index (parts, OhMultipartPart, i);
      const OhSlice slices[] = { part->type, part->id, part->body };

      for (gsize j = 0; j < G_N_ELEMENTS (slices); j++)
        if (slices[j].len > 0)
          {
            g_assert_true (slices[j].data >= body.data);
            g_assert_true (slices[j].data + slices[j].len <= body.data + body.len);
          }
    }
  return 0;
}
