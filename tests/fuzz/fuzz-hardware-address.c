/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hardware-address.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever somebody typed: twelve digits, or nothing. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *mac = oh_hardware_address_parse (oh_slice ((const char *) data, size));

  if (mac != NULL)
    g_assert_cmpuint (strspn (mac, "0123456789ABCDEF"), ==, OH_MAC_DIGITS);
  return 0;
}
