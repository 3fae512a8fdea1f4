/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-framer.h"
#include "sip-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is cut lies inside what was given, and the parser agrees on where a message ends. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize skip = 0, frame = 0;
  OhSipFrame found = oh_sip_frame ((const char *) data, size, &skip, &frame);

  g_assert_cmpuint (skip, <=, size);
  if (found == OH_SIP_FRAME_MORE && frame > 0)
    g_assert_cmpuint (frame, >, size - skip);
  if (found == OH_SIP_FRAME_READY)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (data + skip, frame);
      g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);

      g_assert_cmpuint (frame, >, 0);
      g_assert_cmpuint (skip + frame, <=, size);
      if (message != NULL)
        g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (message)), <, frame);
    }
  return 0;
}
