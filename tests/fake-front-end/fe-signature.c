/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-signature.h"

#include <string.h>

#include "fe-value.h"

static void
add_field (GString *text, const char *value)
{
  g_string_append_printf (text, "<%s>", value != NULL ? value : "");
}

static void
add_party (GString *text, const FeMessage *message, const char *header, gboolean with_uri)
{
  const char *value = fe_message_get (message, header);
  g_autofree char *uri = value != NULL ? fe_value_uri (value) : NULL;
  g_autofree char *tag = value != NULL ? fe_value_parameter (value, "tag") : NULL;

  if (with_uri)
    add_field (text, uri);
  add_field (text, tag);
}

/* First URI of one scheme among all values of P-Asserted-Identity, else P-Preferred-Identity. */
static char *
identity (const FeMessage *message, const char *const *schemes)
{
  const char *kind = fe_message_get (message, "P-Asserted-Identity") != NULL
                       ? "P-Asserted-Identity"
                       : "P-Preferred-Identity";

  for (guint i = 0; i < message->headers->len; i++)
    {
      const FeHeader *header = g_ptr_array_index (message->headers, i);
      g_auto (GStrv) items = NULL;

      if (g_ascii_strcasecmp (header->name, kind) != 0)
        continue;
      items = fe_value_split (header->value);
      for (guint j = 0; items[j] != NULL; j++)
        {
          g_autofree char *uri = fe_value_uri (items[j]);
          g_autofree char *scheme = g_ascii_strdown (uri, strcspn (uri, ":"));

          if (g_strv_contains (schemes, scheme))
            return g_steal_pointer (&uri);
        }
    }
  return NULL;
}

static void
add_identities (GString *text, const FeMessage *message)
{
  static const char *const sip[] = { "sip", "sips", NULL };
  static const char *const tel[] = { "tel", NULL };
  g_autofree char *sip_uri = identity (message, sip);
  g_autofree char *tel_uri = identity (message, tel);

  add_field (text, sip_uri);
  add_field (text, tel_uri);
}

char *
fe_signature_text (const FeMessage *message, const FeSignatureFacts *facts, guint version)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *cseq = fe_message_get (message, "CSeq");
  const char *method = "";
  g_autofree char *number =
    g_strndup (cseq != NULL ? cseq : "", cseq != NULL ? strcspn (cseq, " \t") : 0);

  fe_message_cseq (message, &method);
  add_field (text, facts->scheme);
  add_field (text, facts->salt);
  add_field (text, facts->number);
  add_field (text, facts->realm);
  add_field (text, facts->target);
  add_field (text, fe_message_get (message, "Call-ID"));
  add_field (text, number);
  add_field (text, method);
  add_party (text, message, "From", TRUE);
  add_party (text, message, "To", version >= 3);
  if (version >= 3)
    add_identities (text, message);
  add_field (text, fe_message_get (message, "Expires"));
  if (message->status != 0) /* a request has no bracket here at all */
    g_string_append_printf (text, "<%u>", message->status);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
