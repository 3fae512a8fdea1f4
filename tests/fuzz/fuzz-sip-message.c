/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever was understood is written so that it is understood in the same way again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);

  if (message != NULL)
    {
      g_autoptr (GBytes) out = oh_sip_message_serialise (message);
      g_autoptr (OhSipMessage) again = oh_sip_message_parse (out, NULL);
      g_autoptr (OhSipMessage) response = oh_sip_message_new_response (message, 200, NULL);
      g_auto (GStrv) via = oh_sip_message_get_list (message, "Via");

      if (again != NULL) /* Content-Length written out can pass the limits */
        {
          g_autoptr (GBytes) twice = oh_sip_message_serialise (again);

          g_assert_true (g_bytes_equal (out, twice));
        }
      /* a message that transactions may work with has a Via to answer to */
      if (oh_sip_message_validate (message, NULL))
        g_assert_nonnull (via[0]);
      g_assert_cmpuint (oh_sip_message_status (response), ==, 200);
    }
  return 0;
}
