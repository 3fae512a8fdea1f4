/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-inbox.h"

#include "sip-server-transaction.h"
#include "sip-token.h"

struct _OhSipInbox
{
  OhClock *clock;                     /* (owned) */
  const OhSipInboxHandlers *handlers; /* (unowned) */
  gpointer user_data;
  GHashTable *open; /* (owned) (element-type utf8 OhSipServerTransaction): by key */
};

static OhSipServerTransaction *
find (OhSipInbox *self, const OhSipMessage *request)
{
  g_autofree char *key = oh_sip_server_transaction_key (request);

  return g_hash_table_lookup (self->open, key);
}

static void
forget (OhSipInbox *self, OhSipServerTransaction *transaction)
{
  g_autofree char *key =
    oh_sip_server_transaction_key (oh_sip_server_transaction_request (transaction));

  g_hash_table_remove (self->open, key);
}

/* Every answer but 100 carries our tag (RFC 3261 8.2.6.2). */
static void
add_tag (OhSipMessage *response, const char *tag)
{
  const char *to = oh_sip_message_get (response, "To");

  if (oh_sip_message_status (response) > 100 && oh_sip_header_tag (oh_slice_str (to)).len == 0)
    oh_sip_message_set_printf (response, "To", "%s;tag=%s", to, tag);
}

static void
answer (OhSipInbox *self, const OhSipMessage *request, guint status)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);

  oh_sip_inbox_respond (self, request, response);
}

/* For what has no transaction of its own here. */
static void
answer_at_once (OhSipInbox *self, const OhSipMessage *request, guint status, const char *tag)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);

  add_tag (response, tag);
  self->handlers->transmit (response, self->user_data);
}

gboolean
oh_sip_inbox_respond (OhSipInbox *self, const OhSipMessage *request, OhSipMessage *response)
{
  OhSipServerTransaction *transaction = find (self, request);

  if (transaction == NULL || oh_sip_message_is_method (request, "ACK") ||
      !oh_sip_server_transaction_take_response (transaction, oh_sip_message_status (response)))
    return FALSE;
  add_tag (response, oh_sip_server_transaction_tag (transaction));
  if (oh_sip_server_transaction_is_terminated (transaction))
    forget (self, transaction);
  self->handlers->transmit (response, self->user_data);
  return TRUE;
}

gboolean
oh_sip_inbox_set_tag (OhSipInbox *self, const OhSipMessage *request, const char *tag)
{
  OhSipServerTransaction *transaction = find (self, request);

  if (transaction == NULL || oh_sip_server_transaction_is_answered (transaction))
    return FALSE;
  oh_sip_server_transaction_set_tag (transaction, tag);
  return TRUE;
}

static void
on_expired (OhSipServerTransaction *transaction, gpointer user_data)
{
  OhSipInbox *self = user_data;
  g_autoptr (OhSipMessage) request =
    oh_sip_message_ref (oh_sip_server_transaction_request (transaction));

  if (!oh_sip_server_transaction_is_answered (transaction) &&
      oh_sip_message_is_method (request, "INVITE"))
    answer (self, request, 480);
  else
    forget (self, transaction); /* over there nobody waits any more */
}

static OhSipInboxResult
take_ack (OhSipInbox *self, OhSipMessage *request)
{
  OhSipServerTransaction *transaction = find (self, request);

  if (transaction != NULL && oh_sip_server_transaction_take_ack (transaction))
    {
      forget (self, transaction);
      return OH_SIP_INBOX_TAKEN;
    }
  /* the ACK to a 2xx is a request of its own, without an answer */
  return self->handlers->dispatch (request, self->user_data) ? OH_SIP_INBOX_TAKEN
                                                             : OH_SIP_INBOX_STRAY;
}

static void
take_cancel (OhSipInbox *self, const OhSipMessage *cancel)
{
  OhSipServerTransaction *invite = find (self, cancel);
  g_autofree char *tag = oh_sip_token (16);
  g_autoptr (OhSipMessage) request = NULL;

  if (invite == NULL)
    {
      answer_at_once (self, cancel, 481, tag);
      return;
    }
  request = oh_sip_message_ref (oh_sip_server_transaction_request (invite));
  answer_at_once (self, cancel, 200, oh_sip_server_transaction_tag (invite));
  answer (self, request, 487); /* nothing happens where it was answered before */
}

OhSipInboxResult
oh_sip_inbox_take (OhSipInbox *self, OhSipMessage *request)
{
  g_autofree char *key = oh_sip_server_transaction_key (request);

  if (oh_sip_message_is_method (request, "ACK"))
    return take_ack (self, request);
  if (oh_sip_message_is_method (request, "BENOTIFY")) /* never answered: no transaction */
    {
      self->handlers->dispatch (request, self->user_data);
      return OH_SIP_INBOX_TAKEN;
    }
  if (oh_sip_message_is_method (request, "CANCEL"))
    {
      take_cancel (self, request);
      return OH_SIP_INBOX_TAKEN;
    }
  if (g_hash_table_contains (self->open, key))
    return OH_SIP_INBOX_STRAY;
  if (g_hash_table_size (self->open) >= OH_SIP_SERVER_TRANSACTIONS_MAX)
    {
      g_autofree char *tag = oh_sip_token (16);

      answer_at_once (self, request, 503, tag);
      return OH_SIP_INBOX_OVERLOAD;
    }
  g_hash_table_insert (self->open, g_steal_pointer (&key),
                       oh_sip_server_transaction_new (self->clock, request, on_expired, self));
  self->handlers->dispatch (request, self->user_data);
  return OH_SIP_INBOX_TAKEN;
}

void
oh_sip_inbox_clear (OhSipInbox *self)
{
  g_hash_table_remove_all (self->open);
}

OhSipInbox *
oh_sip_inbox_new (OhClock *clock, const OhSipInboxHandlers *handlers, gpointer user_data)
{
  OhSipInbox *self = g_new0 (OhSipInbox, 1);

  self->clock = g_object_ref (clock);
  self->handlers = handlers;
  self->user_data = user_data;
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) oh_sip_server_transaction_free);
  return self;
}

void
oh_sip_inbox_free (OhSipInbox *self)
{
  g_hash_table_unref (self->open);
  g_object_unref (self->clock);
  g_free (self);
}
