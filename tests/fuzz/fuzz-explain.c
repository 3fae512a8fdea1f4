/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Not a text/ folder, but all of it is fed with what others wrote. */

#include "explain.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (OhExplanation) explanation = oh_explain (bytes, NULL, NULL, NULL);

  if (explanation == NULL)
    return 0;
  for (guint i = 0; i < oh_explanation_n_messages (explanation); i++)
    {
      const OhExplainMessage *message = oh_explanation_message (explanation, i);
      g_autofree char *text = oh_explanation_message_text (explanation, i);

      if (message->from >= oh_explanation_n_participants (explanation) ||
          message->to >= oh_explanation_n_participants (explanation) ||
          !g_utf8_validate (message->label, -1, NULL) ||
          !g_utf8_validate (message->judged, -1, NULL) || !g_utf8_validate (text, -1, NULL))
        g_abort ();
    }
  if (oh_explanation_findings (explanation)->len == 0)
    g_abort ();
  return 0;
}
