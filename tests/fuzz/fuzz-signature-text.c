/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole message; the text to sign must say the same before and after the message was written. */

#include "signature-text.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const OhSignatureFields fields = { "NTLM", "00ab12cd", "7", "R", "fe", 4 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);
  g_autofree char *text = NULL;

  if (message == NULL)
    return 0;
  text = oh_signature_text (message, &fields, NULL);
  if (text != NULL)
    {
      g_autoptr (GBytes) written = oh_sip_message_serialise (message);
      g_autoptr (OhSipMessage) again = oh_sip_message_parse (written, NULL);
      g_autofree char *same = again != NULL ? oh_signature_text (again, &fields, NULL) : NULL;

      if (again != NULL && g_strcmp0 (text, same) != 0)
        g_abort ();
    }
  return 0;
}
