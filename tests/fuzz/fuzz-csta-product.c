/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-product.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (OhCstaProduct) product = { NULL, NULL, NULL };

  oh_csta_product_parse (oh_slice ((const char *) data, size), &product);
  g_assert_true (product.model == NULL || strlen (product.model) <= OH_CSTA_PRODUCT_MAX);
  g_assert_true (product.mac == NULL || strlen (product.mac) == 12);
  return 0;
}
