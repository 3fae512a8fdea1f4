/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-uri.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever was understood equals itself, also after it has been written and read. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhSipUri) uri = oh_sip_uri_parse (oh_slice ((const char *) data, size), NULL);

  if (uri != NULL)
    {
      g_autofree char *text = oh_sip_uri_to_string (uri);
      g_autoptr (OhSipUri) again = oh_sip_uri_parse (oh_slice_str (text), NULL);
      g_autofree char *aor = oh_sip_uri_aor (text);
      g_autofree char *twice = oh_sip_uri_aor (aor);

      g_assert_nonnull (again);
      g_assert_true (oh_sip_uri_equal (uri, again));
      g_assert_cmpstr (aor, ==, twice);
      oh_sip_uri_param (uri, "lr");
    }
  return 0;
}
