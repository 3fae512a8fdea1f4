/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog itself: INVITE, refresh, what the phone sends, BYE. */

#include "csta-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "csta-session-private.h"
#include "error.h"

#define BIT(state) (1u << (state))
/* The shortest and the longest session that a phone can talk us into, RFC 4028 4. */
#define EXPIRES_MIN_S 90u
#define EXPIRES_MAX_S 86400u
#define PRODUCT_MAX 256u

static const guint8 may_follow[OH_N_CSTA_SESSION_STATES] = {
  [OH_CSTA_SESSION_IDLE] = BIT (OH_CSTA_SESSION_INVITING) | BIT (OH_CSTA_SESSION_CLOSED),
  [OH_CSTA_SESSION_INVITING] = BIT (OH_CSTA_SESSION_OPEN) | BIT (OH_CSTA_SESSION_CLOSED),
  [OH_CSTA_SESSION_OPEN] = BIT (OH_CSTA_SESSION_CLOSED),
  [OH_CSTA_SESSION_CLOSED] = 0,
};

enum
{
  SIGNAL_EVENT,
  SIGNAL_LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhCstaSession, oh_csta_session, G_TYPE_OBJECT)

static void invite (OhCstaSession *self);

static void
set_state (OhCstaSession *self, OhCstaSessionState to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("[%s] session %d -> %d", self->peer, self->state, to);
  self->state = to;
}

void
oh_csta_session_set_body (OhSipMessage *message, const char *xml)
{
  oh_sip_message_set (message, "Content-Disposition", "signal;handling=required");
  oh_sip_message_set_body_text (message, OH_CSTA_CONTENT_TYPE, xml);
}

/* --- the end --- */

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_sip_transport_flush_finish (OH_SIP_TRANSPORT (source), result, &error))
    g_debug ("a farewell was not heard: %s", error->message);
  oh_sip_transport_close (OH_SIP_TRANSPORT (source), NULL);
}

/* Nothing of ours is heard of any more; what was written before is still sent. */
static void
let_go (OhCstaSession *self)
{
  oh_clock_clear_alarm (self->clock, &self->refresh_alarm);
  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  oh_clock_clear_alarm (self->clock, &self->heartbeat_alarm);
  if (self->dialog != NULL)
    g_signal_handlers_disconnect_by_data (self->dialog, self);
  g_signal_handlers_disconnect_by_data (self->stack, self);
  oh_sip_stack_set_transport (self->stack, NULL);
  if (self->transport != NULL)
    oh_sip_transport_flush_async (self->transport, NULL, on_flushed, NULL);
  g_clear_object (&self->transport);
}

/* @error: copied */
static void
end (OhCstaSession *self, const GError *error)
{
  g_autoptr (GTask) opening = g_steal_pointer (&self->opening);

  set_state (self, OH_CSTA_SESSION_CLOSED);
  let_go (self);
  if (opening != NULL)
    g_task_return_error (opening, g_error_copy (error));
  oh_csta_session_fail_requests (self, error);
}

void
oh_csta_session_lose (OhCstaSession *self, const GError *why)
{
  G_GNUC_UNUSED g_autoptr (OhCstaSession) alive = g_object_ref (self);
  gboolean was_open = self->state == OH_CSTA_SESSION_OPEN;
  g_autoptr (GError) own = NULL;

  if (self->state == OH_CSTA_SESSION_CLOSED)
    return;
  own = g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("The phone at %s is gone: %s"), self->peer,
                     why->message);
  end (self, own);
  if (was_open)
    g_signal_emit (self, signals[SIGNAL_LOST], 0, own);
}

void
oh_csta_session_close (OhCstaSession *self)
{
  G_GNUC_UNUSED g_autoptr (OhCstaSession) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (self->state == OH_CSTA_SESSION_CLOSED)
    return;
  error =
    g_error_new (OH_ERROR, OH_ERROR_CANCELLED, _ ("The connection to %s was closed."), self->peer);
  if (self->state == OH_CSTA_SESSION_OPEN &&
      oh_sip_dialog_state (self->dialog) == OH_SIP_DIALOG_CONFIRMED)
    {
      g_autoptr (OhSipMessage) bye = oh_sip_dialog_create_request (self->dialog, "BYE");

      oh_sip_stack_send_async (self->stack, bye, NULL, NULL, NULL);
    }
  end (self, error);
}

static void
on_disconnected (OhSipStack *stack, GError *error, OhCstaSession *self)
{
  oh_csta_session_lose (self, error);
}

static void
on_terminated (OhSipDialog *dialog, GError *why, OhCstaSession *self)
{
  oh_csta_session_lose (self, why);
}

/* --- refresh, RFC 4028 --- */

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhCstaSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  if (response == NULL)
    g_debug ("[%s] refresh: %s", self->peer, error->message);
}

static OhSipMessage *
new_invite (OhCstaSession *self)
{
  OhSipMessage *request = oh_sip_dialog_create_request (self->dialog, "INVITE");
  OhCstaRequest status = { .service = OH_CSTA_SYSTEM_STATUS };
  g_autofree char *xml = oh_csta_request_build (&status, self->edition);

  oh_sip_message_set (request, "Accept", OH_CSTA_CONTENT_TYPE);
  oh_sip_message_set (request, "Allow", "INVITE, ACK, BYE, CANCEL, INFO, UPDATE, OPTIONS");
  oh_sip_message_set (request, "Supported", "timer");
  oh_sip_message_set_printf (request, "Session-Expires", "%u", self->expires_s);
  oh_csta_session_set_body (request, xml);
  return request;
}

static gboolean
on_refresh_due (gpointer user_data)
{
  OhCstaSession *self = user_data;
  g_autoptr (OhSipMessage) request = new_invite (self);

  self->refresh_alarm = oh_clock_add_alarm_in (
    self->clock, (gint64) self->expires_s * G_USEC_PER_SEC / 2, on_refresh_due, self);
  oh_sip_message_set_printf (request, "Session-Expires", "%u;refresher=uac", self->expires_s);
  oh_sip_stack_send_async (self->stack, request, NULL, on_refreshed, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static gboolean
on_not_refreshed (gpointer user_data)
{
  OhCstaSession *self = user_data;
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("it has not refreshed the session"));

  self->refresh_alarm = 0;
  oh_csta_session_lose (self, error);
  return G_SOURCE_REMOVE;
}

/* Whoever refreshes does so at half the time; the other waits until all of it has passed. */
static void
set_refresh (OhCstaSession *self, const OhSipMessage *message, const char *ours)
{
  const char *value = oh_sip_message_get (message, "Session-Expires");
  guint64 expires_s = 0;
  gboolean by_us;

  oh_clock_clear_alarm (self->clock, &self->refresh_alarm);
  if (value == NULL ||
      !oh_sip_message_get_uint (message, "Session-Expires", EXPIRES_MAX_S, &expires_s))
    return; /* it lives as long as the line */
  self->expires_s = MAX ((guint) expires_s, EXPIRES_MIN_S);
  by_us = strstr (value, "refresher=") == NULL || strstr (value, ours) != NULL;
  self->refresh_alarm =
    oh_clock_add_alarm_in (self->clock, (gint64) self->expires_s * G_USEC_PER_SEC / (by_us ? 2 : 1),
                           by_us ? on_refresh_due : on_not_refreshed, self);
}

static void
accept_refresh (OhCstaSession *self, OhSipMessage *request)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, 200, NULL);
  const char *expires = oh_sip_message_get (request, "Session-Expires");

  if (expires != NULL)
    {
      oh_sip_message_add (response, "Require", "timer");
      if (strstr (expires, "refresher=") != NULL)
        oh_sip_message_add (response, "Session-Expires", expires);
      else
        oh_sip_message_set_printf (response, "Session-Expires", "%s;refresher=uac", expires);
    }
  set_refresh (self, response, "refresher=uas");
  oh_sip_stack_respond (self->stack, request, response);
}

/* --- what the phone sends --- */

static void
take_info (OhCstaSession *self, OhSipMessage *request)
{
  GBytes *body = oh_sip_message_body (request);
  g_autoptr (OhCstaDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;
  const char *data = g_bytes_get_data (body, &len);

  if (!oh_sip_message_content_is (request, OH_CSTA_CONTENT_TYPE))
    {
      oh_sip_stack_reply (self->stack, request, 415);
      return;
    }
  document = oh_csta_document_parse (oh_slice (data, len), &error);
  if (document == NULL)
    g_info ("[%s] what it tells cannot be read: %s", self->peer, error->message);
  oh_sip_stack_reply (self->stack, request, document != NULL ? 200 : 400);
  if (document != NULL && document->kind == OH_CSTA_KIND_EVENT)
    g_signal_emit (self, signals[SIGNAL_EVENT], 0, document);
  else if (document != NULL && document->kind != OH_CSTA_KIND_OTHER)
    oh_csta_session_take_answer (self, g_steal_pointer (&document));
}

static gboolean
on_request (OhSipDialog *dialog, OhSipMessage *request, OhCstaSession *self)
{
  G_GNUC_UNUSED g_autoptr (OhCstaSession) alive = g_object_ref (self);

  if (self->state != OH_CSTA_SESSION_OPEN)
    return FALSE;
  if (oh_sip_message_is_method (request, "INFO"))
    take_info (self, request);
  else if (oh_sip_message_is_method (request, "INVITE") ||
           oh_sip_message_is_method (request, "UPDATE"))
    accept_refresh (self, request);
  else
    return FALSE;
  return TRUE;
}

/* --- the beginning --- */

GError *
oh_csta_session_status_error (OhCstaSession *self, const OhSipMessage *response)
{
  guint status = oh_sip_message_status (response);

  switch (status)
    {
    case 401:
    case 407:
      return g_error_new (OH_ERROR, OH_ERROR_PHONE_LOGIN,
                          _ ("The phone at %s refuses the SIP password of its account. Store the "
                             "right one: offhook password phone."),
                          self->peer);
    case 408:
    case 481:
      return g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                          _ ("The phone at %s has forgotten the conversation (%u)."), self->peer,
                          status);
    case 404:
    case 405:
    case 415:
    case 488:
    case 501:
    case 606:
      return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                          _ ("The phone at %s takes no CSTA (%u %s). Switch its setting "
                             "“csta_control” on."),
                          self->peer, status, oh_sip_message_reason (response));
    default:
      return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                          _ ("The phone at %s refused it (%u %s). Look at its settings "
                             "“csta_control” and “filter_registrar”."),
                          self->peer, status, oh_sip_message_reason (response));
    }
}

static void
fail_open (OhCstaSession *self, GError *error)
{
  g_autoptr (GError) own = error;

  end (self, own);
}

static gboolean
ask_longer (OhCstaSession *self, const OhSipMessage *response)
{
  guint64 least_s;

  if (oh_sip_message_status (response) != 422 || self->asked_longer ||
      !oh_sip_message_get_uint (response, "Min-SE", EXPIRES_MAX_S, &least_s))
    return FALSE;
  self->asked_longer = TRUE;
  self->expires_s = MAX ((guint) least_s, self->expires_s);
  g_signal_handlers_disconnect_by_data (self->dialog, self);
  g_clear_object (&self->dialog);
  invite (self);
  return TRUE;
}

/* What the phone says of its system; a phone that says nothing at all is taken at its 200. */
static gboolean
read_status (OhCstaSession *self, const OhSipMessage *response, GError **error)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (response), &len);
  g_autoptr (OhCstaDocument) document = NULL;

  if (len == 0)
    return TRUE;
  document = oh_csta_document_parse (oh_slice (data, len), error);
  if (document == NULL || document->kind != OH_CSTA_KIND_RESPONSE)
    {
      g_clear_error (error);
      g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                   _ ("What the phone at %s says is no CSTA that is known here."), self->peer);
      return FALSE;
    }
  self->edition = document->edition;
  if (document->status == NULL || strcmp (document->status, "normal") == 0)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
               _ ("The phone at %s says of its CSTA: %s. Start it anew."), self->peer,
               document->status);
  return FALSE;
}

static void
learn_product (OhCstaSession *self, const OhSipMessage *response)
{
  const char *agent = oh_sip_message_get (response, "User-Agent");

  if (agent == NULL)
    agent = oh_sip_message_get (response, "Server");
  g_free (self->product);
  self->product = agent != NULL ? g_strndup (agent, PRODUCT_MAX) : NULL;
}

static void
opened (OhCstaSession *self, const OhSipMessage *response)
{
  g_autoptr (GTask) opening = NULL;

  set_state (self, OH_CSTA_SESSION_OPEN);
  learn_product (self, response);
  set_refresh (self, response, "refresher=uac");
  opening = g_steal_pointer (&self->opening);
  oh_csta_session_begin_requests (self);
  g_task_return_boolean (opening, TRUE);
}

static void
on_invited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhCstaSession) self = user_data;
  GError *error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  if (self->state != OH_CSTA_SESSION_INVITING)
    {
      g_clear_error (&error);
      return;
    }
  if (response == NULL)
    fail_open (self, error);
  else if (ask_longer (self, response))
    return;
  else if (oh_sip_message_status (response) / 100 != 2)
    fail_open (self, oh_csta_session_status_error (self, response));
  else if (!read_status (self, response, &error))
    fail_open (self, error);
  else
    opened (self, response);
}

static void
invite (OhCstaSession *self)
{
  g_autoptr (OhSipMessage) request = NULL;

  self->dialog = oh_sip_stack_new_dialog (self->stack, self->uri);
  g_signal_connect (self->dialog, "request", G_CALLBACK (on_request), self);
  g_signal_connect (self->dialog, "terminated", G_CALLBACK (on_terminated), self);
  request = new_invite (self);
  oh_sip_stack_send_async (self->stack, request, NULL, on_invited, g_object_ref (self));
}

/* The phone sends its requests to this address, so it has to be the line that is open already
 * (RFC 3261 18.1.1). */
static void
set_identity (OhCstaSession *self)
{
  const char *host = oh_sip_transport_local_host (self->transport);
  g_autofree char *aor = g_strdup_printf ("sip:offhook@%s", host);
  g_autofree char *transport = g_ascii_strdown (oh_sip_transport_protocol (self->transport), -1);
  g_autofree char *contact =
    g_strdup_printf ("<sip:offhook@%s:%u;transport=%s>", host,
                     oh_sip_transport_local_port (self->transport), transport);
  OhSipIdentity identity = { .aor = aor, .contact = contact, .user_agent = "Offhook/" OH_VERSION };

  oh_sip_stack_set_identity (self->stack, &identity);
}

static gboolean
on_open_limit (gpointer user_data)
{
  OhCstaSession *self = user_data;

  self->limit_alarm = 0;
  if (self->state == OH_CSTA_SESSION_INVITING)
    fail_open (self, g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                                  _ ("The phone at %s takes the connection and says nothing."),
                                  self->peer));
  return G_SOURCE_REMOVE;
}

void
oh_csta_session_open_async (OhCstaSession *self, OhSipTransport *transport, const char *uri,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->state == OH_CSTA_SESSION_IDLE);

  set_state (self, OH_CSTA_SESSION_INVITING);
  self->opening = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->opening, oh_csta_session_open_async);
  self->transport = g_object_ref (transport);
  self->uri = g_strdup (uri);
  oh_sip_stack_set_transport (self->stack, transport);
  set_identity (self);
  self->limit_alarm =
    oh_clock_add_alarm_in (self->clock, OH_CSTA_REQUEST_LIMIT_US, on_open_limit, self);
  invite (self);
}

gboolean
oh_csta_session_open_finish (OhCstaSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the rest --- */

gboolean
oh_csta_session_is_open (OhCstaSession *self)
{
  return self->state == OH_CSTA_SESSION_OPEN;
}

const char *
oh_csta_session_contact (OhCstaSession *self)
{
  return self->dialog != NULL ? oh_sip_dialog_remote_target (self->dialog) : NULL;
}

const char *
oh_csta_session_product (OhCstaSession *self)
{
  return self->product;
}

OhCstaSession *
oh_csta_session_new (OhClock *clock, OhSipGuard *guard, const char *peer)
{
  OhCstaSession *self = g_object_new (OH_TYPE_CSTA_SESSION, NULL);

  self->clock = g_object_ref (clock);
  self->peer = g_strdup (peer);
  self->stack = oh_sip_stack_new (clock, guard);
  g_signal_connect (self->stack, "disconnected", G_CALLBACK (on_disconnected), self);
  return self;
}

static void
oh_csta_session_dispose (GObject *object)
{
  OhCstaSession *self = OH_CSTA_SESSION (object);

  oh_csta_session_close (self);
  g_clear_object (&self->dialog);
  g_clear_object (&self->stack);
  G_OBJECT_CLASS (oh_csta_session_parent_class)->dispose (object);
}

static void
oh_csta_session_finalize (GObject *object)
{
  OhCstaSession *self = OH_CSTA_SESSION (object);

  g_clear_object (&self->clock);
  g_free (self->peer);
  g_free (self->uri);
  g_free (self->product);
  G_OBJECT_CLASS (oh_csta_session_parent_class)->finalize (object);
}

static void
oh_csta_session_class_init (OhCstaSessionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = oh_csta_session_dispose;
  object_class->finalize = oh_csta_session_finalize;
  signals[SIGNAL_EVENT] = g_signal_new ("event", OH_TYPE_CSTA_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_LOST] = g_signal_new ("lost", OH_TYPE_CSTA_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
oh_csta_session_init (OhCstaSession *self)
{
  self->edition = OH_CSTA_ED3; /* which every phone knows; its answer names its own */
  self->expires_s = OH_CSTA_SESSION_EXPIRES_S;
  g_queue_init (&self->waiting);
}
