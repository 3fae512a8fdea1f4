/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "signature-text.h"

#include <glib/gi18n-lib.h>

#include "error.h"

static void
put (GString *out, OhSlice value)
{
  g_string_append_c (out, '<');
  g_string_append_len (out, value.data != NULL ? value.data : "", (gssize) value.len);
  g_string_append_c (out, '>');
}

static void
put_text (GString *out, const char *value)
{
  put (out, oh_slice_str (value));
}

static gboolean
cannot_read (GError **error, const char *header)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL,
               _ ("A message cannot be signed or checked: its %s is missing or broken."), header);
  return FALSE;
}

/* From or To: the address, which version 2 leaves out for To, and the tag. */
static gboolean
put_party (GString *out, const OhSipMessage *message, const char *header, gboolean with_uri,
           GError **error)
{
  OhSlice value = oh_sip_message_get_slice (message, header);
  OhSipNameAddr party;

  if (!oh_sip_name_addr_parse (value, &party))
    return cannot_read (error, header);
  if (with_uri)
    put (out, party.uri);
  put (out, oh_sip_header_tag (value));
  return TRUE;
}

/* The first sip: and the first tel: address; what the proxy asserts beats what a phone prefers. */
static void
put_identities (GString *out, const OhSipMessage *message)
{
  gboolean asserted = oh_sip_message_get (message, "P-Asserted-Identity") != NULL;
  g_auto (GStrv) list =
    oh_sip_message_get_list (message, asserted ? "P-Asserted-Identity" : "P-Preferred-Identity");
  OhSlice sip = { NULL, 0 };
  OhSlice tel = { NULL, 0 };

  for (char **item = list; *item != NULL; item++)
    {
      OhSipNameAddr identity;

      if (!oh_sip_name_addr_parse (oh_slice_str (*item), &identity))
        continue;
      if (sip.len == 0 && (oh_slice_has_prefix_case (identity.uri, "sip:") ||
                           oh_slice_has_prefix_case (identity.uri, "sips:")))
        sip = identity.uri;
      if (tel.len == 0 && oh_slice_has_prefix_case (identity.uri, "tel:"))
        tel = identity.uri;
    }
  put (out, sip);
  put (out, tel);
}

char *
oh_signature_text (const OhSipMessage *message, const OhSignatureFields *fields, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean full = fields->version >= OH_SIGNATURE_VERSION_FULL;
  OhSipCSeq cseq;

  if (oh_sip_message_get (message, "Call-ID") == NULL)
    return (void) cannot_read (error, "Call-ID"), NULL;
  if (!oh_sip_message_cseq (message, &cseq))
    return (void) cannot_read (error, "CSeq"), NULL;
  put_text (out, fields->scheme);
  put_text (out, fields->salt);
  put_text (out, fields->number);
  put_text (out, fields->realm);
  put_text (out, fields->target);
  put_text (out, oh_sip_message_get (message, "Call-ID"));
  put (out, cseq.digits);
  put (out, cseq.method);
  if (!put_party (out, message, "From", TRUE, error) ||
      !put_party (out, message, "To", full, error))
    return NULL;
  if (full)
    put_identities (out, message);
  put_text (out, oh_sip_message_get (message, "Expires"));
  if (!oh_sip_message_is_request (message))
    g_string_append_printf (out, "<%u>", oh_sip_message_status (message));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
