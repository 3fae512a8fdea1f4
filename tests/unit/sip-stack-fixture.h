/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A stack on a scripted stream, with a fake clock and a fake guard, for the tests of the stack. */

#include "sip-stack.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"
#include "fake-guard.h"
#include "scripted-stream.h"
#include "sip-client-transaction.h"
#include "sip-server-transaction.h"

#define GOOD "X-Signed: good\r\n"

typedef struct
{
  OhFakeClock *clock;
  OhFakeGuard *guard;
  OhScriptedStream *peer;
  OhSipTransport *transport;
  OhSipStack *stack;
  GString *seen; /* what the stack told: signals and results */
} Fixture;

static inline gboolean
on_request (OhSipStack *stack, OhSipMessage *request, gpointer user_data)
{
  g_string_append_printf (user_data, "request %s;", oh_sip_message_method (request));
  return FALSE;
}

static inline void
on_disconnected (OhSipStack *stack, GError *error, gpointer user_data)
{
  g_string_append_printf (user_data, "disconnected %s;", oh_error_code_word (error->code));
}

static inline void
set_identity (Fixture *f, const char *contact)
{
  OhSipIdentity identity = { .aor = "sip:anna@fabrikam.test",
                             .epid = "9f27",
                             .contact = contact,
                             .user_agent = "Offhook/test" };

  oh_sip_stack_set_identity (f->stack, &identity);
}

static inline void
connect_stack (Fixture *f)
{
  f->peer = oh_scripted_stream_new ();
  f->transport = oh_sip_transport_new_for_stream (
    OH_CLOCK (f->clock), oh_scripted_stream_near (f->peer), "192.0.2.1", 50611);
  oh_sip_stack_set_transport (f->stack, f->transport);
}

static inline void
disconnect_stack (Fixture *f)
{
  oh_sip_stack_set_transport (f->stack, NULL);
  oh_sip_transport_close (f->transport, NULL);
  oh_scripted_stream_settle ();
  g_assert_finalize_object (f->transport);
  g_clear_pointer (&f->peer, oh_scripted_stream_free);
}

static inline void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  f->guard = oh_fake_guard_new ();
  f->seen = g_string_new (NULL);
  f->stack = oh_sip_stack_new (OH_CLOCK (f->clock), OH_SIP_GUARD (f->guard));
  g_signal_connect (f->stack, "request", G_CALLBACK (on_request), f->seen);
  g_signal_connect (f->stack, "disconnected", G_CALLBACK (on_disconnected), f->seen);
  set_identity (f, "<sip:anna@fabrikam.test;gruu>");
  connect_stack (f);
}

static inline void
tear_down (Fixture *f, gconstpointer data)
{
  disconnect_stack (f);
  g_assert_finalize_object (f->stack);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->guard);
  g_assert_finalize_object (f->clock);
  g_string_free (f->seen, TRUE);
}

static inline void
assert_seen (Fixture *f, const char *expected)
{
  oh_scripted_stream_settle ();
  g_assert_cmpstr (f->seen->str, ==, expected);
  g_string_truncate (f->seen, 0);
}

/* --- the peer's side --- */

static inline OhSipMessage *
take (Fixture *f)
{
  g_autofree char *text = oh_scripted_stream_take (f->peer);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  OhSipMessage *message = oh_sip_message_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (oh_sip_message_get (message, "X-Protected")); /* nothing leaves without */
  return message;
}

static inline void
say_message (Fixture *f, OhSipMessage *message)
{
  g_autoptr (GBytes) octets = oh_sip_message_serialise (message);

  oh_scripted_stream_say (f->peer, g_bytes_get_data (octets, NULL),
                          (gssize) g_bytes_get_size (octets));
  oh_scripted_stream_settle ();
}

static inline void
answer_signed (Fixture *f, const OhSipMessage *request, guint status, const char *signature)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);

  if (oh_sip_header_tag (oh_sip_message_get_slice (response, "To")).len == 0)
    oh_sip_message_set_printf (response, "To", "%s;tag=peer", oh_sip_message_get (response, "To"));
  oh_sip_message_add (response, "Contact", "<sip:peer@fe1.fabrikam.test>");
  if (signature != NULL)
    oh_sip_message_add (response, "X-Signed", signature);
  say_message (f, response);
}

static inline void
answer (Fixture *f, const OhSipMessage *request, guint status)
{
  answer_signed (f, request, status, "good");
}

static inline void
ask (Fixture *f, const char *method, guint cseq, const char *to_params, const char *call_id,
     const char *more)
{
  g_autofree char *text = g_strdup_printf (
    "%s sip:anna@fabrikam.test;gruu SIP/2.0\r\nVia: SIP/2.0/TLS fe1;branch=z9hG4bK%u\r\n"
    "From: <sip:bob@fabrikam.test>;tag=peer\r\nTo: <sip:anna@fabrikam.test>%s\r\nCall-ID: %s\r\n"
    "CSeq: %u %s\r\nContact: <sip:bob@h>\r\n%s\r\n",
    method, cseq, to_params, call_id, cseq, method, more);

  oh_scripted_stream_say (f->peer, text, -1);
  oh_scripted_stream_settle ();
}

/* --- our side --- */

static inline void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GString *seen = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  g_assert_true ((response == NULL) != (error == NULL));
  if (response != NULL)
    g_string_append_printf (seen, "%s %u;", oh_sip_message_method (response),
                            oh_sip_message_status (response));
  else
    g_string_append_printf (seen, "error %s;", oh_error_code_word (error->code));
}

static inline void
send_message (Fixture *f, OhSipMessage *request, GCancellable *cancellable)
{
  oh_sip_stack_send_async (f->stack, request, cancellable, on_sent, f->seen);
}

static inline void
send_method (Fixture *f, const char *method)
{
  g_autoptr (OhSipMessage) request =
    oh_sip_stack_new_request (f->stack, method, "sip:bob@fabrikam.test");

  send_message (f, request, NULL);
}

static inline void
on_challenged (OhSipStack *stack, OhSipMessage *response, OhSipMessage *request, gpointer user_data)
{
  g_string_append_printf (user_data, "challenged %u;", oh_sip_message_status (response));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
