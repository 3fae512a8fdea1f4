/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-outbox.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"
#include "sip-outbox-private.h"

OhSipOutbox *
oh_sip_outbox_ref (OhSipOutbox *self)
{
  self->refs++;
  return self;
}

void
oh_sip_outbox_unref (OhSipOutbox *self)
{
  if (--self->refs > 0)
    return;
  g_hash_table_unref (self->sent);
  g_object_unref (self->clock);
  g_object_unref (self->guard);
  g_free (self);
}

void
oh_sip_entry_free (OhSipEntry *entry)
{
  if (entry->cancel_source != NULL)
    g_source_destroy (entry->cancel_source);
  g_clear_pointer (&entry->cancel_source, g_source_unref);
  g_clear_pointer (&entry->transaction, oh_sip_client_transaction_free);
  g_clear_object (&entry->dialog);
  g_clear_object (&entry->task);
  oh_sip_message_unref (entry->request);
  g_free (entry->branch);
  g_free (entry);
}

void
oh_sip_entry_return_error (OhSipEntry *entry, const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&entry->task);

  oh_sip_entry_free (entry);
  if (task != NULL)
    g_task_return_error (task, g_error_copy (error));
}

/* --- challenges --- */

static void set_limit (OhSipOutbox *self);

static void
answered (OhSipOutbox *self, guint answer, const GError *error)
{
  OhSipEntry *entry = self->carrier;

  if (!self->answering || answer != self->answer)
    return; /* too late, nobody waits for it any more */
  oh_sip_outbox_ref (self);
  self->answering = FALSE;
  set_limit (self);
  if (error == NULL && entry->task != NULL)
    g_queue_push_head (&self->waiting, entry);
  else
    {
      self->carrier = NULL;
      if (error != NULL)
        oh_sip_entry_return_error (entry, error);
      else
        oh_sip_entry_free (entry); /* given up meanwhile */
    }
  oh_sip_outbox_pump (self);
  oh_sip_outbox_unref (self);
}

static gboolean
on_limit (gpointer user_data)
{
  OhSipOutbox *self = user_data;
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("The server took too long to sign in again."));

  self->limit_alarm = 0;
  oh_sip_outbox_ref (self);
  answered (self, self->answer, error);
  oh_sip_outbox_renewed (self, error);
  oh_sip_outbox_unref (self);
  return G_SOURCE_REMOVE;
}

static void
set_limit (OhSipOutbox *self)
{
  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  if (self->renewing || self->answering)
    self->limit_alarm = oh_clock_add_alarm_in (self->clock, OH_SIP_RENEW_LIMIT_US, on_limit, self);
}

/* See OH_SIP_HANDSHAKES_PER_MINUTE. */
static gboolean
may_begin_handshake (OhSipOutbox *self)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  return now_us - self->handshakes_us[0] >= (gint64) 60 * G_USEC_PER_SEC;
}

static void
count_handshake (OhSipOutbox *self)
{
  memmove (self->handshakes_us, self->handshakes_us + 1,
           sizeof self->handshakes_us - sizeof self->handshakes_us[0]);
  self->handshakes_us[OH_SIP_HANDSHAKES_PER_MINUTE - 1] = oh_clock_now_us (self->clock);
}

/* Parks the request in front of the queue until there is a new association. FALSE when nobody is
 * going to renew anything. */
static gboolean
wait_for_renewal (OhSipEntry *entry, OhSipMessage *response)
{
  OhSipOutbox *self = entry->outbox;
  g_autoptr (OhSipMessage) request = oh_sip_message_ref (entry->request);
  gboolean first = !self->renewing;

  if (entry->renewed || (first && !may_begin_handshake (self)))
    return FALSE;
  self->renewing = TRUE;
  entry->renewed = TRUE;
  g_queue_push_head (&self->waiting, entry);
  if (!first)
    return TRUE;
  set_limit (self);
  if (self->handlers->challenged (response, request, self->user_data))
    {
      count_handshake (self);
      return TRUE;
    }
  self->renewing = FALSE;
  set_limit (self);
  g_queue_remove (&self->waiting, entry);
  return FALSE;
}

/* An answer of the guard that is waited for. */
typedef struct
{
  OhSipOutbox *outbox; /* (owned) */
  guint number;
} Answer;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Answer *answer = user_data;
  g_autoptr (GError) error = NULL;
  gboolean again = oh_sip_guard_answer_finish (OH_SIP_GUARD (source), result, &error);

  answered (answer->outbox, answer->number, again ? NULL : error);
  oh_sip_outbox_unref (answer->outbox);
}

/* The request carries the handshake itself, one request at a time: others that the same server has
 * asked are sent again when it is through. */
static gboolean
wait_for_answer (OhSipEntry *entry, OhSipMessage *response)
{
  OhSipOutbox *self = entry->outbox;
  gboolean costs = !oh_sip_guard_is_routine (self->guard, response);
  Answer *answer;

  if (entry->answers >= OH_SIP_ANSWERS_MAX ||
      (costs && self->carrier == NULL && !may_begin_handshake (self)))
    return FALSE;
  entry->answers++;
  if (self->carrier != NULL && self->carrier != entry)
    {
      g_queue_push_head (&self->waiting, entry);
      return TRUE;
    }
  if (costs && self->carrier == NULL)
    count_handshake (self);
  answer = g_new (Answer, 1);
  self->carrier = entry;
  self->answering = TRUE;
  set_limit (self);
  *answer = (Answer){ oh_sip_outbox_ref (self), ++self->answer };
  oh_sip_guard_answer_async (self->guard, response, entry->request, NULL, on_answered, answer);
  return TRUE;
}

gboolean
oh_sip_outbox_take_challenge (OhSipEntry *entry, OhSipMessage *response)
{
  OhSipOutbox *self = entry->outbox;
  guint status = oh_sip_message_status (response);

  if ((status != 401 && status != 407) || entry->task == NULL ||
      oh_sip_message_is_method (entry->request, "REGISTER"))
    return FALSE;
  if (self->renewing || oh_sip_guard_is_of_register (self->guard, response, entry->request))
    return wait_for_renewal (entry, response);
  return wait_for_answer (entry, response);
}

gboolean
oh_sip_outbox_end_handshake (OhSipEntry *entry)
{
  OhSipOutbox *self = entry->outbox;

  if (entry != self->carrier)
    return FALSE;
  self->carrier = NULL;
  return TRUE;
}

/* --- sending --- */

static gboolean
may_leave (OhSipOutbox *self, const OhSipEntry *entry)
{
  if (oh_sip_message_is_method (entry->request, "REGISTER"))
    return TRUE;
  return !self->renewing && (self->carrier == NULL || self->carrier == entry);
}

static OhSipEntry *
next_waiting (OhSipOutbox *self)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      OhSipEntry *entry = link->data;

      if (may_leave (self, entry))
        return entry;
    }
  return NULL;
}

static gboolean
on_pump (gpointer user_data)
{
  OhSipOutbox *self = user_data;

  self->pump_alarm = 0;
  oh_sip_outbox_pump (self);
  return G_SOURCE_REMOVE;
}

/* Sends what may leave now; the oldest of the last 25 must have left a second ago. */
void
oh_sip_outbox_pump (OhSipOutbox *self)
{
  OhSipEntry *entry;

  oh_sip_outbox_ref (self);
  while ((entry = next_waiting (self)) != NULL)
    {
      gint64 free_us = self->left_us[self->next_left] + G_USEC_PER_SEC;

      if (oh_clock_now_us (self->clock) < free_us)
        {
          if (self->pump_alarm == 0)
            self->pump_alarm = oh_clock_add_alarm (self->clock, free_us, on_pump, self);
          break;
        }
      g_queue_remove (&self->waiting, entry);
      oh_sip_entry_send (entry);
    }
  oh_sip_outbox_unref (self);
}

/* The caller does not wait any more. What is on the wire stays ours to finish. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  OhSipEntry *entry = user_data;
  OhSipOutbox *self = oh_sip_outbox_ref (entry->outbox);
  g_autoptr (GTask) task = g_steal_pointer (&entry->task);
  gboolean released = FALSE;

  g_clear_pointer (&entry->cancel_source, g_source_unref);
  if (entry->transaction != NULL)
    oh_sip_client_transaction_cancel (entry->transaction);
  else if (entry != self->carrier || !self->answering) /* the guard's answer finds nobody */
    {
      g_queue_remove (&self->waiting, entry);
      released = oh_sip_outbox_end_handshake (entry);
      oh_sip_entry_free (entry);
    }
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED, _ ("The request was given up."));
  if (released)
    oh_sip_outbox_pump (self);
  oh_sip_outbox_unref (self);
  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (OhSipEntry *entry)
{
  GCancellable *cancellable = g_task_get_cancellable (entry->task);

  if (cancellable == NULL)
    return;
  entry->cancel_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (entry->cancel_source, G_SOURCE_FUNC (on_cancelled), entry, NULL);
  g_source_attach (entry->cancel_source, g_main_context_get_thread_default ());
}

void
oh_sip_outbox_send (OhSipOutbox *self, OhSipMessage *request, OhSipDialog *dialog, GTask *task)
{
  OhSipEntry *entry = g_new0 (OhSipEntry, 1);

  entry->outbox = self;
  entry->request = oh_sip_message_ref (request);
  entry->dialog = dialog != NULL ? g_object_ref (dialog) : NULL;
  entry->task = task;
  if (task != NULL)
    {
      g_task_set_check_cancellable (task, FALSE); /* what we return is what has happened */
      watch_cancellable (entry);
    }
  /* the registration keeps all others alive: it does not wait behind them */
  if (oh_sip_message_is_method (request, "REGISTER"))
    g_queue_push_head (&self->waiting, entry);
  else
    g_queue_push_tail (&self->waiting, entry);
  oh_sip_outbox_pump (self);
}

/* --- all at once --- */

static void
fail_queue (GQueue *queue, const GError *error)
{
  OhSipEntry *entry;

  while ((entry = g_queue_pop_head (queue)) != NULL)
    oh_sip_entry_return_error (entry, error);
}

void
oh_sip_outbox_renewed (OhSipOutbox *self, const GError *error)
{
  GQueue waiting = G_QUEUE_INIT; /* callbacks may send anew */

  if (!self->renewing)
    return;
  self->renewing = FALSE;
  set_limit (self);
  if (error == NULL)
    {
      oh_sip_outbox_pump (self);
      return;
    }
  if (self->carrier != NULL && !self->answering && self->carrier->transaction == NULL)
    self->carrier = NULL; /* it waits with the others */
  waiting = self->waiting;
  g_queue_init (&self->waiting);
  fail_queue (&waiting, error);
}

void
oh_sip_outbox_fail_all (OhSipOutbox *self, const GError *error)
{
  GQueue all = self->waiting;
  GHashTableIter iter;
  gpointer entry;

  g_queue_init (&self->waiting);
  if (self->answering)
    g_queue_push_tail (&all, self->carrier);
  self->carrier = NULL;
  self->answering = FALSE;
  self->renewing = FALSE;
  set_limit (self);
  oh_clock_clear_alarm (self->clock, &self->pump_alarm);
  for (;;)
    {
      g_hash_table_iter_init (&iter, self->sent);
      if (!g_hash_table_iter_next (&iter, NULL, &entry))
        break;
      oh_sip_entry_unsend (entry);
      g_queue_push_tail (&all, entry);
    }
  fail_queue (&all, error);
}

OhSipOutbox *
oh_sip_outbox_new (OhClock *clock, OhSipGuard *guard, const OhSipOutboxHandlers *handlers,
                   gpointer user_data)
{
  OhSipOutbox *self = g_new0 (OhSipOutbox, 1);

  self->refs = 1;
  self->clock = g_object_ref (clock);
  self->guard = g_object_ref (guard);
  self->handlers = handlers;
  self->user_data = user_data;
  self->sent = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->waiting);
  for (guint i = 0; i < OH_SIP_HANDSHAKES_PER_MINUTE; i++)
    self->handshakes_us[i] = oh_clock_now_us (clock) - (gint64) 60 * G_USEC_PER_SEC;
  for (guint i = 0; i < OH_SIP_REQUESTS_PER_S; i++)
    self->left_us[i] = oh_clock_now_us (clock) - G_USEC_PER_SEC;
  return self;
}

void
oh_sip_outbox_free (OhSipOutbox *self)
{
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_CANCELLED, _ ("The request was given up."));

  oh_sip_outbox_fail_all (self, error);
  oh_sip_outbox_unref (self);
}
