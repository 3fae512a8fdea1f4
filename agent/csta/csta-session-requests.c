/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked in the dialog: one request at a time, each with a limit. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "csta-session-private.h"
#include "error.h"

/* The task's data. */
typedef struct
{
  char *xml;
  OhCstaService service;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->xml);
  g_free (asked);
}

static void send_next (OhCstaSession *self);

/* --- the answer --- */

/* @document: (transfer full) (nullable) */
static void
finish (OhCstaSession *self, OhCstaDocument *document, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->current);

  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  self->left = FALSE;
  if (document != NULL)
    g_task_return_pointer (task, document, (GDestroyNotify) oh_csta_document_free);
  else
    g_task_return_error (task, error);
  send_next (self);
}

static GError *
unknown_outcome (OhCstaSession *self, const char *why)
{
  return g_error_new (OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                      _ ("The phone at %s was asked and has not answered: %s"), self->peer, why);
}

/* The words of ECMA-269 10.1: those that say that it never will do that, and all others. */
static GError *
refusal_error (OhCstaSession *self, const OhCstaDocument *document)
{
  const char *word = document->cause != NULL ? document->cause : "?";
  gboolean never = strstr (word, "upported") != NULL || strstr (word, "serviceNot") != NULL ||
                   strstr (word, "Unavailable") != NULL;

  return g_error_new (OH_ERROR, never ? OH_ERROR_UNSUPPORTED : OH_ERROR_PHONE_REFUSED,
                      _ ("The phone at %s refused it: %s."), self->peer, word);
}

/* @document: (transfer full): RESPONSE or REFUSAL */
static void
take_document (OhCstaSession *self, OhCstaDocument *document)
{
  Asked *asked = g_task_get_task_data (self->current);

  if (document->kind == OH_CSTA_KIND_REFUSAL)
    {
      finish (self, NULL, refusal_error (self, document));
      oh_csta_document_free (document);
    }
  else if (document->service == asked->service)
    finish (self, document, NULL);
  else
    oh_csta_document_free (document); /* late, to another request */
}

/* Some put the answer into an INFO of their own instead of the 200 (TR/87 7.2 allows both). */
void
oh_csta_session_take_answer (OhCstaSession *self, OhCstaDocument *document)
{
  if (self->current != NULL && self->left)
    take_document (self, document);
  else
    oh_csta_document_free (document);
}

static void
take_body (OhCstaSession *self, const OhSipMessage *response)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (response), &len);
  g_autoptr (GError) error = NULL;
  OhCstaDocument *document;

  if (len == 0)
    return; /* an INFO will follow, or the limit */
  document = oh_csta_document_parse (oh_slice (data, len), &error);
  if (document != NULL &&
      (document->kind == OH_CSTA_KIND_RESPONSE || document->kind == OH_CSTA_KIND_REFUSAL))
    {
      take_document (self, document);
      return;
    }
  oh_csta_document_free (document);
  finish (self, NULL, unknown_outcome (self, error != NULL ? error->message : "?"));
}

/* A request under way, known to its callback by the task. */
typedef struct
{
  OhCstaSession *session; /* (owned) */
  GTask *task;            /* (owned) */
} Sent;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sent *sent = user_data;
  g_autoptr (OhCstaSession) self = sent->session;
  g_autoptr (GTask) task = sent->task;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  if (task != self->current)
    return; /* answered otherwise, or given up */
  if (response == NULL)
    finish (self, NULL,
            error->code == OH_ERROR_PHONE_LOGIN || error->code == OH_ERROR_UNSUPPORTED
              ? g_error_copy (error)
              : unknown_outcome (self, error->message));
  else if (oh_sip_message_status (response) / 100 == 2)
    take_body (self, response);
  else
    finish (self, NULL, oh_csta_session_status_error (self, response));
}

/* --- sending --- */

static gboolean
on_limit (gpointer user_data)
{
  OhCstaSession *self = user_data;
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("it does not answer any more"));

  self->limit_alarm = 0;
  oh_csta_session_lose (self, error);
  return G_SOURCE_REMOVE;
}

static void
send_current (OhCstaSession *self)
{
  Asked *asked = g_task_get_task_data (self->current);
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (self->dialog, "INFO");
  Sent *sent = g_new (Sent, 1);

  *sent = (Sent){ g_object_ref (self), g_object_ref (self->current) };
  oh_csta_session_set_body (request, asked->xml);
  self->left = TRUE;
  self->limit_alarm = oh_clock_add_alarm_in (self->clock, OH_CSTA_REQUEST_LIMIT_US, on_limit, self);
  oh_sip_stack_send_async (self->stack, request, NULL, on_answered, sent);
}

static void
send_next (OhCstaSession *self)
{
  while (self->current == NULL && self->state == OH_CSTA_SESSION_OPEN)
    {
      self->current = g_queue_pop_head (&self->waiting);
      if (self->current == NULL)
        return;
      if (g_task_return_error_if_cancelled (self->current))
        g_clear_object (&self->current); /* the user has changed their mind in time */
    }
  if (self->current != NULL && !self->left && self->state == OH_CSTA_SESSION_OPEN)
    send_current (self);
}

void
oh_csta_session_request_async (OhCstaSession *self, const OhCstaRequest *request,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Asked *asked = g_new (Asked, 1);

  *asked = (Asked){ oh_csta_request_build (request, self->edition), request->service };
  g_task_set_source_tag (task, oh_csta_session_request_async);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  g_task_set_task_data (task, asked, asked_free);
  if (self->state != OH_CSTA_SESSION_OPEN)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNREACHABLE,
                               _ ("There is no connection to the phone at %s."), self->peer);
      return;
    }
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  send_next (self);
}

OhCstaDocument *
oh_csta_session_request_finish (OhCstaSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- is it still there? --- */

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhCstaDocument) document =
    oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);

  if (document == NULL) /* a dialog that is lost says so itself */
    g_debug ("status: %s", error->message);
}

static gboolean
on_heartbeat (gpointer user_data)
{
  OhCstaSession *self = user_data;
  OhCstaRequest status = { .service = OH_CSTA_SYSTEM_STATUS };

  self->heartbeat_alarm =
    oh_clock_add_alarm_in (self->clock, OH_CSTA_HEARTBEAT_US, on_heartbeat, self);
  oh_csta_session_request_async (self, &status, NULL, on_status, NULL);
  return G_SOURCE_REMOVE;
}

void
oh_csta_session_begin_requests (OhCstaSession *self)
{
  oh_clock_clear_alarm (self->clock, &self->limit_alarm); /* that of opening */
  self->heartbeat_alarm =
    oh_clock_add_alarm_in (self->clock, OH_CSTA_HEARTBEAT_US, on_heartbeat, self);
}

void
oh_csta_session_fail_requests (OhCstaSession *self, const GError *why)
{
  g_autoptr (GTask) current = g_steal_pointer (&self->current);
  GTask *task;

  if (current != NULL)
    g_task_return_error (current, unknown_outcome (self, why->message));
  self->left = FALSE;
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_task_return_error (task, g_error_copy (why));
      g_object_unref (task);
    }
}
