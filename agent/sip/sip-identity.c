/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-identity.h"

#include "sip-token.h"

OhSipIdentity *
oh_sip_identity_copy (const OhSipIdentity *self)
{
  OhSipIdentity *copy = g_new0 (OhSipIdentity, 1);

  copy->aor = g_strdup (self->aor);
  copy->epid = g_strdup (self->epid);
  copy->contact = g_strdup (self->contact);
  copy->user_agent = g_strdup (self->user_agent);
  return copy;
}

void
oh_sip_identity_free (OhSipIdentity *self)
{
  g_free ((char *) self->aor);
  g_free ((char *) self->epid);
  g_free ((char *) self->contact);
  g_free ((char *) self->user_agent);
  g_free (self);
}

char *
oh_sip_identity_from (const OhSipIdentity *self, const char *tag)
{
  GString *from = g_string_new (NULL);

  g_string_append_printf (from, "<%s>", self->aor);
  if (tag != NULL)
    g_string_append_printf (from, ";tag=%s", tag);
  if (self->epid != NULL)
    g_string_append_printf (from, ";epid=%s", self->epid);
  return g_string_free (from, FALSE);
}

OhSipMessage *
oh_sip_identity_new_request (const OhSipIdentity *self, const char *method, const char *uri)
{
  OhSipMessage *request = oh_sip_message_new_request (method, uri);
  g_autofree char *tag = oh_sip_token (16);
  g_autofree char *call_id = oh_sip_token (32);
  g_autofree char *from = oh_sip_identity_from (self, tag);

  oh_sip_message_set (request, "From", from);
  oh_sip_message_set_printf (request, "To", "<%s>", uri);
  oh_sip_message_set (request, "Call-ID", call_id);
  oh_sip_message_set_printf (request, "CSeq", "1 %s", method);
  if (self->contact != NULL)
    oh_sip_message_set (request, "Contact", self->contact);
  return request;
}
