/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-outbox.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "sip-client-transaction.h"
#include "sip-token.h"

/* One request. It is in exactly one place: waiting, or sent. */
typedef struct
{
  OhSipOutbox *outbox;                 /* (unowned) */
  OhSipMessage *request;               /* (owned) */
  OhSipDialog *dialog;                 /* (owned) (nullable) */
  GTask *task;                         /* (owned) (nullable): NULL when nobody waits any more */
  OhSipClientTransaction *transaction; /* (owned) (nullable): while sent */
  char *branch;                        /* (owned) (nullable): while sent */
  GSource *cancel_source;              /* (owned) (nullable) */
  gboolean again;                      /* it has been challenged once and is sent once more */
} Entry;

struct _OhSipOutbox
{
  guint refs;     /* callbacks may free the outbox: who goes on afterwards holds one */
  OhClock *clock; /* (owned) */
  const OhSipOutboxHandlers *handlers; /* (unowned) */
  gpointer user_data;

  GQueue waiting;    /* (element-type Entry) (owned) */
  GHashTable *sent;  /* (owned) (element-type utf8 Entry): by branch */
  gboolean renewing; /* nothing but REGISTER leaves */
  guint renew_alarm;

  gint64 left_us[OH_SIP_REQUESTS_PER_S]; /* when the last ones left, a ring; monotonic */
  guint next_left;                       /* the oldest of them */
  guint pump_alarm;
};

static void pump (OhSipOutbox *self);

static OhSipOutbox *
outbox_ref (OhSipOutbox *self)
{
  self->refs++;
  return self;
}

static void
outbox_unref (OhSipOutbox *self)
{
  if (--self->refs > 0)
    return;
  g_hash_table_unref (self->sent);
  g_object_unref (self->clock);
  g_free (self);
}

static void
entry_free (Entry *entry)
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

/* The entry must be in no place any more; it is freed before the caller's callback can run. */
static void
return_error (Entry *entry, const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&entry->task);

  entry_free (entry);
  if (task != NULL)
    g_task_return_error (task, g_error_copy (error));
}

static void
return_response (Entry *entry, OhSipMessage *response)
{
  g_autoptr (GTask) task = g_steal_pointer (&entry->task);

  entry_free (entry);
  if (task != NULL)
    g_task_return_pointer (task, oh_sip_message_ref (response),
                           (GDestroyNotify) oh_sip_message_unref);
}

/* Takes it out of sent, with its transaction gone: nothing will be called for it any more. */
static void
unsend (Entry *entry)
{
  g_hash_table_steal (entry->outbox->sent, entry->branch);
  g_clear_pointer (&entry->transaction, oh_sip_client_transaction_free);
  g_clear_pointer (&entry->branch, g_free);
}

static char *
new_branch (void)
{
  g_autofree char *token = oh_sip_token (20);

  return g_strconcat (OH_SIP_BRANCH_COOKIE, token, NULL);
}

/* --- what the transactions say --- */

static void
on_companion (OhSipMessage *message, gpointer user_data)
{
  Entry *entry = user_data;
  OhSipOutbox *self = entry->outbox;
  g_autoptr (GError) error = NULL;

  if (!self->handlers->transmit (message, NULL, self->user_data, &error))
    g_debug ("%s not sent: %s", oh_sip_message_method (message), error->message);
}

/* A 2xx to an INVITE is acknowledged in its dialog, without delay, whoever still waits; a call
 * that nobody waits for any more is ended at once (RFC 3261 13.2.2.4, 9.1). */
static void
acknowledge (Entry *entry)
{
  OhSipOutbox *self = entry->outbox;
  g_autoptr (OhSipMessage) ack = NULL;
  g_autoptr (OhSipMessage) bye = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *branch = new_branch ();

  if (entry->dialog == NULL || oh_sip_dialog_state (entry->dialog) != OH_SIP_DIALOG_CONFIRMED)
    return;
  ack = oh_sip_dialog_create_request (entry->dialog, "ACK");
  if (!self->handlers->transmit (ack, branch, self->user_data, &error))
    g_debug ("ACK not sent: %s", error->message);
  if (entry->task != NULL)
    return;
  bye = oh_sip_dialog_create_request (entry->dialog, "BYE");
  oh_sip_outbox_send (self, bye, entry->dialog, NULL);
}

static gboolean
is_challenge (Entry *entry, OhSipMessage *response)
{
  guint status = oh_sip_message_status (response);

  return (status == 401 || status == 407) && !entry->again && entry->task != NULL &&
         !oh_sip_message_is_method (entry->request, "REGISTER");
}

static gboolean
on_renew_limit (gpointer user_data)
{
  OhSipOutbox *self = user_data;
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("The server took too long to sign in again."));

  self->renew_alarm = 0;
  oh_sip_outbox_renewed (self, error);
  return G_SOURCE_REMOVE;
}

/* Parks the request in front of the queue. FALSE when nobody is going to renew anything. */
static gboolean
park (Entry *entry, OhSipMessage *response)
{
  OhSipOutbox *self = entry->outbox;
  g_autoptr (OhSipMessage) request = oh_sip_message_ref (entry->request);
  gboolean first = !self->renewing;

  self->renewing = TRUE;
  entry->again = TRUE;
  g_queue_push_head (&self->waiting, entry);
  if (!first)
    return TRUE;
  self->renew_alarm =
    oh_clock_add_alarm_in (self->clock, OH_SIP_RENEW_LIMIT_US, on_renew_limit, self);
  if (self->handlers->challenged (response, request, self->user_data))
    return TRUE;
  self->renewing = FALSE;
  oh_clock_clear_alarm (self->clock, &self->renew_alarm);
  g_queue_remove (&self->waiting, entry);
  return FALSE;
}

static void
on_final (Entry *entry, OhSipMessage *response)
{
  gboolean invite = oh_sip_message_is_method (entry->request, "INVITE");

  if (is_challenge (entry, response) && park (entry, response))
    return;
  if (entry->dialog != NULL)
    oh_sip_dialog_take_response (entry->dialog, entry->request, response);
  if (invite && oh_sip_message_status (response) < 300)
    acknowledge (entry);
  return_response (entry, response);
}

static void
on_done (OhSipMessage *response, const GError *error, gpointer user_data)
{
  Entry *entry = user_data;
  gboolean timed_out = oh_sip_client_transaction_timed_out (entry->transaction);

  unsend (entry);
  if (response != NULL)
    {
      on_final (entry, response);
      return;
    }
  if (timed_out && entry->dialog != NULL)
    oh_sip_dialog_take_timeout (entry->dialog);
  return_error (entry, error);
}

static const OhSipClientHandlers transaction_handlers = { on_companion, on_done };

/* --- sending --- */

/* The same request with the next number: a number is used once (RFC 3261 22.2). */
static void
renumber (Entry *entry)
{
  OhSipCSeq cseq;

  if (!oh_sip_message_cseq (entry->request, &cseq))
    return;
  oh_sip_message_set_printf (entry->request, "CSeq", "%u %s",
                             entry->dialog != NULL ? oh_sip_dialog_next_cseq (entry->dialog)
                                                   : cseq.number + 1,
                             oh_sip_message_method (entry->request));
}

static void
send_now (OhSipOutbox *self, Entry *entry)
{
  g_autoptr (GError) error = NULL;

  if (entry->again)
    renumber (entry);
  entry->branch = new_branch ();
  if (!self->handlers->transmit (entry->request, entry->branch, self->user_data, &error))
    {
      return_error (entry, error);
      return;
    }
  self->left_us[self->next_left] = oh_clock_now_us (self->clock);
  self->next_left = (self->next_left + 1) % OH_SIP_REQUESTS_PER_S;
  entry->transaction =
    oh_sip_client_transaction_new (self->clock, entry->request, &transaction_handlers, entry);
  g_hash_table_insert (self->sent, entry->branch, entry);
}

static Entry *
next_waiting (OhSipOutbox *self)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (!self->renewing || oh_sip_message_is_method (entry->request, "REGISTER"))
        return entry;
    }
  return NULL;
}

static gboolean
on_pump (gpointer user_data)
{
  OhSipOutbox *self = user_data;

  self->pump_alarm = 0;
  pump (self);
  return G_SOURCE_REMOVE;
}

/* Sends what may leave now; the oldest of the last 25 must have left a second ago. */
static void
pump (OhSipOutbox *self)
{
  Entry *entry;

  outbox_ref (self);
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
      send_now (self, entry);
    }
  outbox_unref (self);
}

/* The caller does not wait any more. What is on the wire stays ours to finish. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Entry *entry = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&entry->task);

  g_clear_pointer (&entry->cancel_source, g_source_unref);
  if (entry->transaction != NULL)
    oh_sip_client_transaction_cancel (entry->transaction);
  else
    {
      g_queue_remove (&entry->outbox->waiting, entry);
      entry_free (entry);
    }
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED, _ ("The request was given up."));
  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (Entry *entry)
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
  Entry *entry = g_new0 (Entry, 1);

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
  pump (self);
}

/* --- what comes back --- */

static gboolean
is_answer_to (const OhSipMessage *response, const OhSipMessage *request)
{
  OhSipCSeq ours, theirs;

  return oh_sip_message_cseq (request, &ours) && oh_sip_message_cseq (response, &theirs) &&
         ours.number == theirs.number &&
         oh_sip_message_is_method (response, oh_sip_message_method (request)) &&
         g_strcmp0 (oh_sip_message_get (request, "Call-ID"),
                    oh_sip_message_get (response, "Call-ID")) == 0;
}

static Entry *
find_sent (OhSipOutbox *self, const OhSipMessage *response)
{
  OhSlice via = oh_sip_message_get_slice (response, "Via");
  g_autofree char *branch = NULL;
  GHashTableIter iter;
  OhSlice top;
  OhSipVia parts;
  Entry *entry;

  if (oh_sip_list_next (&via, &top) && oh_sip_via_parse (top, &parts) &&
      (branch = oh_sip_params_dup (parts.params, "branch")) != NULL &&
      (entry = g_hash_table_lookup (self->sent, branch)) != NULL)
    return oh_sip_message_is_method (response, oh_sip_message_method (entry->request)) ? entry
                                                                                       : NULL;
  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    if (is_answer_to (response, entry->request))
      return entry;
  return NULL;
}

gboolean
oh_sip_outbox_take_response (OhSipOutbox *self, OhSipMessage *response)
{
  Entry *entry = find_sent (self, response);

  if (entry == NULL) /* the answer to a CANCEL says nothing that that to its INVITE does not */
    return oh_sip_message_is_method (response, "CANCEL");
  oh_sip_client_transaction_take_response (entry->transaction, response);
  return TRUE;
}

void
oh_sip_outbox_refuse_response (OhSipOutbox *self, const OhSipMessage *response, const GError *error)
{
  Entry *entry = find_sent (self, response);
  g_autoptr (GError) own = NULL;

  if (entry == NULL || oh_sip_message_status (response) < 200)
    return;
  own = g_error_new (OH_ERROR, OH_ERROR_PROTOCOL,
                     _ ("The server's answer to %s cannot be believed: %s"),
                     oh_sip_message_method (entry->request), error->message);
  oh_sip_client_transaction_fail (entry->transaction, own);
}

/* --- all at once --- */

static void
fail_queue (GQueue *queue, const GError *error)
{
  Entry *entry;

  while ((entry = g_queue_pop_head (queue)) != NULL)
    return_error (entry, error);
}

void
oh_sip_outbox_renewed (OhSipOutbox *self, const GError *error)
{
  GQueue waiting = G_QUEUE_INIT; /* callbacks may send anew */

  if (!self->renewing)
    return;
  self->renewing = FALSE;
  oh_clock_clear_alarm (self->clock, &self->renew_alarm);
  if (error == NULL)
    {
      pump (self);
      return;
    }
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

  self->renewing = FALSE;
  oh_clock_clear_alarm (self->clock, &self->renew_alarm);
  oh_clock_clear_alarm (self->clock, &self->pump_alarm);
  g_queue_init (&self->waiting);
  for (;;)
    {
      g_hash_table_iter_init (&iter, self->sent);
      if (!g_hash_table_iter_next (&iter, NULL, &entry))
        break;
      unsend (entry);
      g_queue_push_tail (&all, entry);
    }
  fail_queue (&all, error);
}

OhSipOutbox *
oh_sip_outbox_new (OhClock *clock, const OhSipOutboxHandlers *handlers, gpointer user_data)
{
  OhSipOutbox *self = g_new0 (OhSipOutbox, 1);

  self->refs = 1;
  self->clock = g_object_ref (clock);
  self->handlers = handlers;
  self->user_data = user_data;
  self->sent = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->waiting);
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
  outbox_unref (self);
}
