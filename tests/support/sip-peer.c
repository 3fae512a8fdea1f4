/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-peer.h"

#include <string.h>

#include "fake-guard.h"
#include "scripted-stream.h"

struct _OhSipPeer
{
  OhScriptedStream *stream; /* (owned) */
  OhSipStack *stack;        /* (owned) */
  guint cseq;               /* of notifications, one count for all dialogs */
};

OhSipPeer *
oh_sip_peer_new (OhClock *clock)
{
  OhSipPeer *self = g_new0 (OhSipPeer, 1);
  g_autoptr (OhFakeGuard) guard = oh_fake_guard_new ();
  g_autoptr (OhSipTransport) transport = NULL;
  const OhSipIdentity identity = {
    .aor = "sip:anna@f.test",
    .epid = "9f27c46e10ab",
    .contact = "<sip:anna@f.test;opaque=user:epid:x;gruu>",
    .user_agent = "test",
  };

  oh_fake_guard_pass_everything (guard);
  self->stream = oh_scripted_stream_new ();
  self->stack = oh_sip_stack_new (clock, OH_SIP_GUARD (guard));
  transport = oh_sip_transport_new_for_stream (clock, oh_scripted_stream_near (self->stream),
                                               "192.0.2.1", 50000);
  oh_sip_stack_set_transport (self->stack, transport);
  oh_sip_stack_set_identity (self->stack, &identity);
  return self;
}

void
oh_sip_peer_free (OhSipPeer *self)
{
  oh_scripted_stream_assert_silent (self->stream);
  oh_sip_stack_set_transport (self->stack, NULL);
  oh_scripted_stream_settle ();
  g_object_unref (self->stack);
  oh_scripted_stream_free (self->stream);
  g_free (self);
}

OhSipStack *
oh_sip_peer_stack (OhSipPeer *self)
{
  return self->stack;
}

OhSipMessage *
oh_sip_peer_take (OhSipPeer *self, const char *method, const char *event)
{
  char *text = oh_scripted_stream_take (self->stream);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GError) error = NULL;
  OhSipMessage *message = oh_sip_message_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (oh_sip_message_method (message), ==, method);
  if (event != NULL)
    g_assert_cmpstr (oh_sip_message_get (message, "Event"), ==, event);
  return message;
}

static void
say (OhSipPeer *self, GString *head, const char *headers, const char *type, const char *body)
{
  if (headers != NULL)
    g_string_append (head, headers);
  if (type != NULL)
    g_string_append_printf (head, "Content-Type: %s\r\n", type);
  g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          body != NULL ? strlen (body) : 0, body != NULL ? body : "");
  oh_scripted_stream_say (self->stream, head->str, (gssize) head->len);
  g_string_free (head, TRUE);
  oh_scripted_stream_settle ();
}

void
oh_sip_peer_answer (OhSipPeer *self, const OhSipMessage *request, guint status, const char *headers,
                    const char *type, const char *body)
{
  static const char *const copied[] = { "Via", "From", "Call-ID", "CSeq" };
  const char *to = oh_sip_message_get (request, "To");
  GString *head = g_string_new (NULL);

  g_string_append_printf (head, "SIP/2.0 %u %s\r\n", status, oh_sip_reason_phrase (status));
  for (gsize i = 0; i < G_N_ELEMENTS (copied); i++)
    g_string_append_printf (head, "%s: %s\r\n", copied[i], oh_sip_message_get (request, copied[i]));
  g_string_append_printf (head, "To: %s%s\r\nContact: <sip:fe.f.test:5061;transport=tls>\r\n", to,
                          strstr (to, "tag=") == NULL ? ";tag=fe" : "");
  say (self, head, headers, type, body);
}

void
oh_sip_peer_notify (OhSipPeer *self, const OhSipMessage *subscribe, const char *method,
                    const char *state, const char *type, const char *body)
{
  const char *to = oh_sip_message_get (subscribe, "To");
  GString *head = g_string_new (NULL);

  self->cseq++;
  g_string_append_printf (head,
                          "%s sip:anna@f.test;opaque=user:epid:x;gruu SIP/2.0\r\n"
                          "Via: SIP/2.0/TLS fe.f.test:5061;branch=z9hG4bK%u\r\n"
                          "Max-Forwards: 70\r\nCSeq: %u %s\r\n",
                          method, self->cseq, self->cseq, method);
  g_string_append_printf (head, "From: %s%s\r\nTo: %s\r\nCall-ID: %s\r\n", to,
                          strstr (to, "tag=") == NULL ? ";tag=fe" : "",
                          oh_sip_message_get (subscribe, "From"),
                          oh_sip_message_get (subscribe, "Call-ID"));
  g_string_append_printf (head, "Event: %s\r\nSubscription-State: %s\r\n",
                          oh_sip_message_get (subscribe, "Event"), state);
  say (self, head, NULL, type, body);
}

void
oh_sip_peer_assert_silent (OhSipPeer *self)
{
  oh_scripted_stream_assert_silent (self->stream);
}
