/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-names.h"

#include "redact-secrets.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Both passes. A display name in From is never shown, whatever stands around it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
  g_autoptr (GString) text =
    g_string_new ("SIP/2.0 200 OK\r\nFrom: \"Geheimrat\" <sip:geheimrat@x>;");
  g_autoptr (GString) kept = NULL;
  g_autoptr (GString) shown = NULL;
  g_autoptr (GString) note = NULL;

  for (gsize i = 0; i < size && data[i] != '\n' && data[i] != '\r'; i++)
    g_string_append_c (text, (char) data[i]);
  g_string_append (text, "\r\n\r\n<note>Geheimrat</note>");
  g_string_append_len (text, (const char *) data, (gssize) size);
  kept = oh_redact_secrets (oh_slice (text->str, text->len));
  shown = oh_redact_names (oh_slice (kept->str, kept->len), names);
  note = oh_redact_note_names (oh_slice (kept->str, kept->len), names);
  g_assert_true (g_utf8_validate (shown->str, (gssize) shown->len, NULL));
  if (g_strstr_len ((const char *) data, (gssize) size, "eheimrat") == NULL)
    {
      g_assert_null (g_strstr_len (shown->str, (gssize) shown->len, "Geheimrat"));
      g_assert_null (g_strstr_len (shown->str, (gssize) shown->len, "geheimrat"));
    }
  return 0;
}
