/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mac-address.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is read stands in its own text; what stands there is found without knowing it, too. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice slice = oh_slice ((const char *) data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *mac = oh_mac_parse (text);

  if (mac != NULL)
    {
      g_assert_cmpuint (strlen (mac), ==, OH_MAC_DIGITS);
      g_assert_true (oh_mac_stands_in (oh_slice_str (text), mac));
    }
  if (oh_mac_stands_in (slice, "000413aabbcc"))
    g_assert_true (oh_mac_stands_in (slice, NULL));
  return 0;
}
