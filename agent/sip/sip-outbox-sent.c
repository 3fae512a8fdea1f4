/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The outbox's requests on the wire: from the moment they leave until their final response. */

#include "sip-outbox-private.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "sip-token.h"

static void
return_response (OhSipEntry *entry, OhSipMessage *response)
{
  g_autoptr (GTask) task = g_steal_pointer (&entry->task);

  oh_sip_entry_free (entry);
  if (task != NULL)
    g_task_return_pointer (task, oh_sip_message_ref (response),
                           (GDestroyNotify) oh_sip_message_unref);
}

void
oh_sip_entry_unsend (OhSipEntry *entry)
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
  OhSipEntry *entry = user_data;
  OhSipOutbox *self = entry->outbox;
  g_autoptr (GError) error = NULL;

  if (!self->handlers->transmit (message, NULL, self->user_data, &error))
    g_debug ("%s not sent: %s", oh_sip_message_method (message), error->message);
}

/* A 2xx to an INVITE is acknowledged in its dialog, without delay, whoever still waits; a call
 * that nobody waits for any more is ended at once (RFC 3261 13.2.2.4, 9.1). */
static void
acknowledge (OhSipEntry *entry)
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

/* The final response, for the dialog and for who asked. */
static void
deliver (OhSipEntry *entry, OhSipMessage *response)
{
  gboolean invite = oh_sip_message_is_method (entry->request, "INVITE");

  if (entry->dialog != NULL)
    oh_sip_dialog_take_response (entry->dialog, entry->request, response);
  if (invite && oh_sip_message_status (response) < 300)
    acknowledge (entry);
  return_response (entry, response);
}

static void
on_done (OhSipMessage *response, const GError *error, gpointer user_data)
{
  OhSipEntry *entry = user_data;
  OhSipOutbox *self = entry->outbox;
  gboolean timed_out = oh_sip_client_transaction_timed_out (entry->transaction);
  gboolean released;

  oh_sip_entry_unsend (entry);
  if (response != NULL && oh_sip_outbox_take_challenge (entry, response))
    return;
  released = oh_sip_outbox_end_handshake (entry);
  if (timed_out && entry->dialog != NULL)
    oh_sip_dialog_take_timeout (entry->dialog);
  oh_sip_outbox_ref (self); /* the caller may have no more use for us */
  if (response != NULL)
    deliver (entry, response);
  else
    oh_sip_entry_return_error (entry, error);
  if (released)
    oh_sip_outbox_pump (self);
  oh_sip_outbox_unref (self);
}

static const OhSipClientHandlers transaction_handlers = { on_companion, on_done };

/* --- sending --- */

/* The same request with the next number: a number is used once (RFC 3261 22.2). */
static void
renumber (OhSipEntry *entry)
{
  OhSipCSeq cseq;

  if (!oh_sip_message_cseq (entry->request, &cseq))
    return;
  oh_sip_message_set_printf (entry->request, "CSeq", "%u %s",
                             entry->dialog != NULL ? oh_sip_dialog_next_cseq (entry->dialog)
                                                   : cseq.number + 1,
                             oh_sip_message_method (entry->request));
}

void
oh_sip_entry_send (OhSipEntry *entry)
{
  OhSipOutbox *self = entry->outbox;
  g_autoptr (GError) error = NULL;

  if (entry->again)
    renumber (entry);
  entry->again = TRUE;
  entry->branch = new_branch ();
  if (!self->handlers->transmit (entry->request, entry->branch, self->user_data, &error))
    {
      (void) oh_sip_outbox_end_handshake (entry); /* whoever sends goes on with the next one */
      oh_sip_entry_return_error (entry, error);
      return;
    }
  self->left_us[self->next_left] = oh_clock_now_us (self->clock);
  self->next_left = (self->next_left + 1) % OH_SIP_REQUESTS_PER_S;
  entry->transaction =
    oh_sip_client_transaction_new (self->clock, entry->request, &transaction_handlers, entry);
  g_hash_table_insert (self->sent, entry->branch, entry);
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

static OhSipEntry *
find_sent (OhSipOutbox *self, const OhSipMessage *response)
{
  OhSlice via = oh_sip_message_get_slice (response, "Via");
  g_autofree char *branch = NULL;
  GHashTableIter iter;
  OhSlice top;
  OhSipVia parts;
  OhSipEntry *entry;

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
  OhSipEntry *entry = find_sent (self, response);

  if (entry == NULL) /* the answer to a CANCEL says nothing that that to its INVITE does not */
    return oh_sip_message_is_method (response, "CANCEL");
  oh_sip_client_transaction_take_response (entry->transaction, response);
  return TRUE;
}

void
oh_sip_outbox_refuse_response (OhSipOutbox *self, const OhSipMessage *response, const GError *error)
{
  OhSipEntry *entry = find_sent (self, response);
  g_autoptr (GError) own = NULL;

  if (entry == NULL || oh_sip_message_status (response) < 200)
    return;
  own = g_error_new (OH_ERROR, OH_ERROR_PROTOCOL,
                     _ ("The server's answer to %s cannot be believed: %s"),
                     oh_sip_message_method (entry->request), error->message);
  oh_sip_client_transaction_fail (entry->transaction, own);
}
