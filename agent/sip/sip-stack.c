/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-stack.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "sip-answers.h"
#include "sip-dialog-table.h"
#include "sip-note.h"
#include "sip-tap.h"

/* What we call ourselves before there is an identity. */
#define PRODUCT "Offhook/" OH_VERSION

struct _OhSipStack
{
  GObject parent;

  OhClock *clock;            /* (owned) */
  OhSipGuard *guard;         /* (owned) */
  OhSipTransport *transport; /* (owned) (nullable) */
  gulong received_id;        /* its handlers */
  gulong closed_id;

  OhSipIdentity *identity; /* (owned) (nullable): who we are */

  OhSipOutbox *outbox;       /* (owned): what we asked */
  OhSipInbox *inbox;         /* (owned): what we are asked */
  OhSipDialogTable *dialogs; /* (owned) */

  guint n_forged; /* in a row */
  OhSipDrops drops;
};

enum
{
  SIGNAL_REQUEST,
  SIGNAL_CHALLENGED,
  SIGNAL_DISCONNECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhSipStack, oh_sip_stack, G_TYPE_OBJECT)

static const char *
conversation (OhSipStack *self)
{
  return self->transport != NULL ? oh_sip_transport_id (self->transport) : "-";
}

/* @message: (nullable) */
static void
drop (OhSipStack *self, OhSipDrop why, const OhSipMessage *message, const char *text)
{
  oh_sip_drops_add (&self->drops, why, conversation (self), message, text,
                    oh_clock_now_us (self->clock));
}

/* --- out --- */

static gboolean
no_connection (GError **error)
{
  g_set_error (error, OH_ERROR, OH_ERROR_UNREACHABLE, _ ("There is no connection to the server."));
  return FALSE;
}

/* The one way to the wire: nothing leaves that the guard has not protected. */
static gboolean
write_out (OhSipStack *self, OhSipMessage *message, GError **error)
{
  g_autoptr (GBytes) octets = NULL;

  if (self->transport == NULL || !oh_sip_transport_is_connected (self->transport))
    return no_connection (error);
  oh_sip_message_set (message, "User-Agent",
                      self->identity != NULL ? self->identity->user_agent : PRODUCT);
  if (!oh_sip_guard_protect (self->guard, message, error))
    return FALSE;
  octets = oh_sip_message_serialise (message);
  oh_sip_note (conversation (self), message, "sent");
  oh_sip_tap (self->transport, OH_WIRE_OUT, octets, message, NULL);
  oh_sip_transport_send (self->transport, octets);
  return TRUE;
}

static gboolean
transmit (OhSipMessage *request, const char *branch, gpointer user_data, GError **error)
{
  OhSipStack *self = user_data;
  g_autofree char *via = NULL;

  if (self->transport == NULL)
    return no_connection (error);
  if (branch != NULL)
    {
      via =
        g_strdup_printf ("SIP/2.0/%s %s:%u;branch=%s", oh_sip_transport_protocol (self->transport),
                         oh_sip_transport_local_host (self->transport),
                         oh_sip_transport_local_port (self->transport), branch);
      oh_sip_message_remove (request, "Via");
      oh_sip_message_prepend (request, "Via", via);
      oh_sip_message_set (request, "Max-Forwards", "70");
    }
  return write_out (self, request, error);
}

static gboolean
on_challenged (OhSipMessage *response, OhSipMessage *request, gpointer user_data)
{
  OhSipStack *self = user_data;

  if (!g_signal_has_handler_pending (self, signals[SIGNAL_CHALLENGED], 0, FALSE))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_CHALLENGED], 0, response, request);
  return TRUE;
}

static const OhSipOutboxHandlers outbox_handlers = { transmit, on_challenged };

/* --- answers --- */

static void
transmit_response (OhSipMessage *response, gpointer user_data)
{
  OhSipStack *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->identity != NULL && self->identity->contact != NULL &&
      oh_sip_answer_names_target (response) && oh_sip_message_get (response, "Contact") == NULL)
    oh_sip_message_add (response, "Contact", self->identity->contact);
  if (!write_out (self, response, &error))
    oh_sip_note (conversation (self), response, error->message);
}

void
oh_sip_stack_respond (OhSipStack *self, const OhSipMessage *request, OhSipMessage *response)
{
  g_return_if_fail (OH_IS_SIP_STACK (self));

  if (!oh_sip_inbox_respond (self->inbox, request, response))
    oh_sip_note (conversation (self), response, "answered before, or too late: not sent");
}

void
oh_sip_stack_reply (OhSipStack *self, const OhSipMessage *request, guint status)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);

  oh_sip_stack_respond (self, request, response);
}

static void
answer_by_table (OhSipStack *self, const OhSipMessage *request, gboolean in_dialog)
{
  g_autoptr (OhSipMessage) response = oh_sip_default_answer (request, in_dialog);

  if (response != NULL)
    oh_sip_stack_respond (self, request, response);
}

/* --- requests that come in --- */

/* Methods are the peer's words: only one that somebody has named before becomes a detail. */
static gboolean
offer (OhSipStack *self, OhSipMessage *request)
{
  g_autofree char *method = g_ascii_strup (oh_sip_message_method (request), -1);
  gboolean handled = FALSE;

  g_signal_emit (self, signals[SIGNAL_REQUEST], g_quark_try_string (method), request, &handled);
  return handled;
}

/* To its dialog, else to whoever listens, else what the table says. */
static gboolean
dispatch (OhSipMessage *request, gpointer user_data)
{
  OhSipStack *self = user_data;
  OhSipDialog *found = oh_sip_dialog_table_find (self->dialogs, request, "To");
  gboolean in_dialog = found != NULL && oh_sip_dialog_matches (found, request);
  g_autoptr (OhSipDialog) dialog = in_dialog ? g_object_ref (found) : NULL;
  guint status = 0;

  if (!in_dialog && oh_sip_message_is_method (request, "ACK"))
    return FALSE;
  if (in_dialog ? oh_sip_dialog_take_request (dialog, request, &status) : offer (self, request))
    return TRUE;
  if (status != 0)
    oh_sip_stack_reply (self, request, status);
  else
    answer_by_table (self, request, in_dialog);
  return TRUE;
}

static const OhSipInboxHandlers inbox_handlers = { dispatch, transmit_response };

static void
take_request (OhSipStack *self, OhSipMessage *request)
{
  switch (oh_sip_inbox_take (self->inbox, request))
    {
    case OH_SIP_INBOX_STRAY:
      drop (self, OH_SIP_DROP_STRAY, request, "an ACK to nothing, or the same request again");
      break;
    case OH_SIP_INBOX_OVERLOAD:
      drop (self, OH_SIP_DROP_OVERLOAD, request, "too many wait for an answer of ours");
      break;
    case OH_SIP_INBOX_TAKEN:
    default: break;
    }
}

/* --- everything that comes in --- */

static void
refuse (OhSipStack *self, const OhSipMessage *message, OhSipVerdict verdict, const GError *error)
{
  gboolean forged = verdict == OH_SIP_VERDICT_FORGED;

  oh_sip_note (conversation (self), message, "refused by the guard");
  drop (self, forged ? OH_SIP_DROP_FORGED : OH_SIP_DROP_UNVERIFIED, message, error->message);
  if (!oh_sip_message_is_request (message))
    oh_sip_outbox_refuse_response (self->outbox, message, error);
  if (!forged || ++self->n_forged < OH_SIP_FORGED_MAX || self->transport == NULL)
    return;
  {
    g_autoptr (GError) why = g_error_new (
      OH_ERROR, OH_ERROR_PROTOCOL, _ ("The server's signatures are not valid: %s"), error->message);
    g_autoptr (OhSipTransport) transport = g_object_ref (self->transport);

    oh_sip_transport_close (transport, why);
  }
}

/* What passes the guard only with a signature: an unsigned 100 between two forged messages does not
 * make them less forged. */
static gboolean
is_proof (const OhSipMessage *message)
{
  return oh_sip_message_is_request (message) || oh_sip_message_status (message) / 100 == 2;
}

static gboolean
pass_guard (OhSipStack *self, const OhSipMessage *message, GBytes *octets)
{
  g_autoptr (GError) error = NULL;
  OhSipVerdict verdict = oh_sip_guard_check (self->guard, message, &error);

  if (verdict == OH_SIP_VERDICT_PASS)
    {
      if (is_proof (message))
        self->n_forged = 0;
      oh_sip_tap (self->transport, OH_WIRE_IN, octets, message, NULL);
      return TRUE;
    }
  if (error == NULL)
    error = g_error_new (OH_ERROR, OH_ERROR_PROTOCOL, "no reason given");
  oh_sip_tap (self->transport, OH_WIRE_IN, octets, message, error->message);
  refuse (self, message, verdict, error);
  return FALSE;
}

static void
on_received (OhSipTransport *transport, GBytes *octets, gpointer user_data)
{
  g_autoptr (OhSipStack) self = g_object_ref (OH_SIP_STACK (user_data));
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (octets, &error);

  if (message == NULL || !oh_sip_message_validate (message, &error))
    {
      drop (self, OH_SIP_DROP_BROKEN, NULL, error->message);
      oh_sip_tap (self->transport, OH_WIRE_IN, octets, message, error->message);
      return;
    }
  oh_sip_note (conversation (self), message, "received");
  if (!pass_guard (self, message, octets))
    return;
  if (oh_sip_message_is_request (message))
    take_request (self, message);
  else if (!oh_sip_outbox_take_response (self->outbox, message))
    drop (self, OH_SIP_DROP_STRAY, message, "response to nothing");
}

/* --- the transport --- */

static void
forget_transport (OhSipStack *self, const GError *error)
{
  if (self->transport == NULL)
    return;
  oh_sip_drops_settle (&self->drops, conversation (self));
  g_clear_signal_handler (&self->received_id, self->transport);
  g_clear_signal_handler (&self->closed_id, self->transport);
  g_clear_object (&self->transport);
  oh_sip_inbox_clear (self->inbox);
  self->n_forged = 0;
  oh_sip_outbox_fail_all (self->outbox, error);
}

static void
on_closed (OhSipTransport *transport, GError *error, gpointer user_data)
{
  g_autoptr (OhSipStack) self = g_object_ref (OH_SIP_STACK (user_data));
  g_autoptr (GError) lost = g_error_new_literal (OH_ERROR, OH_ERROR_UNREACHABLE, error->message);

  oh_wire_tap_note (oh_sip_transport_id (transport), oh_sip_transport_peer (transport),
                    "connection-closed: %s", error->message);
  forget_transport (self, lost);
  g_signal_emit (self, signals[SIGNAL_DISCONNECTED], 0, error);
}

void
oh_sip_stack_set_transport (OhSipStack *self, OhSipTransport *transport)
{
  G_GNUC_UNUSED g_autoptr (OhSipStack) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OH_IS_SIP_STACK (self));

  no_connection (&error);
  forget_transport (self, error);
  if (transport == NULL)
    return;
  self->transport = g_object_ref (transport);
  self->received_id = g_signal_connect (transport, "received", G_CALLBACK (on_received), self);
  self->closed_id = g_signal_connect (transport, "closed", G_CALLBACK (on_closed), self);
}

OhSipTransport *
oh_sip_stack_transport (OhSipStack *self)
{
  return self->transport;
}

/* --- who we are --- */

void
oh_sip_stack_set_identity (OhSipStack *self, const OhSipIdentity *identity)
{
  OhSipIdentity *copy;

  g_return_if_fail (OH_IS_SIP_STACK (self));

  copy = oh_sip_identity_copy (identity);
  g_clear_pointer (&self->identity, oh_sip_identity_free);
  self->identity = copy;
  oh_sip_dialog_table_set_contact (self->dialogs, copy->contact);
}

OhSipMessage *
oh_sip_stack_new_request (OhSipStack *self, const char *method, const char *uri)
{
  g_return_val_if_fail (OH_IS_SIP_STACK (self), NULL);
  g_return_val_if_fail (self->identity != NULL, NULL);

  return oh_sip_identity_new_request (self->identity, method, uri);
}

/* --- dialogs --- */

OhSipDialog *
oh_sip_stack_new_dialog (OhSipStack *self, const char *remote_uri)
{
  g_autofree char *local = NULL;
  OhSipDialog *dialog;

  g_return_val_if_fail (OH_IS_SIP_STACK (self), NULL);
  g_return_val_if_fail (self->identity != NULL, NULL);

  local = oh_sip_identity_from (self->identity, NULL);
  dialog = oh_sip_dialog_new_uac (local, self->identity->contact, remote_uri);
  oh_sip_dialog_table_add (self->dialogs, dialog);
  return dialog;
}

OhSipDialog *
oh_sip_stack_accept_dialog (OhSipStack *self, const OhSipMessage *request, GError **error)
{
  g_autoptr (OhSipDialog) dialog = NULL;

  g_return_val_if_fail (OH_IS_SIP_STACK (self), NULL);

  dialog =
    oh_sip_dialog_new_uas (request, self->identity != NULL ? self->identity->contact : NULL, error);
  if (dialog == NULL)
    return NULL;
  if (!oh_sip_inbox_set_tag (self->inbox, request, oh_sip_dialog_local_tag (dialog)))
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "%s was answered before",
                   oh_sip_message_method (request));
      return NULL;
    }
  oh_sip_dialog_table_add (self->dialogs, dialog);
  return g_steal_pointer (&dialog);
}

/* --- sending --- */

void
oh_sip_stack_send_async (OhSipStack *self, OhSipMessage *request, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OH_IS_SIP_STACK (self));
  g_return_if_fail (!oh_sip_message_is_method (request, "ACK"));
  g_return_if_fail (!oh_sip_message_is_method (request, "CANCEL"));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, oh_sip_stack_send_async);
  if (self->transport == NULL)
    {
      no_connection (&error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  oh_sip_outbox_send (self->outbox, request,
                      oh_sip_dialog_table_find (self->dialogs, request, "From"),
                      g_steal_pointer (&task));
}

OhSipMessage *
oh_sip_stack_send_finish (OhSipStack *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
oh_sip_stack_association_renewed (OhSipStack *self, const GError *error)
{
  g_return_if_fail (OH_IS_SIP_STACK (self));
  oh_sip_outbox_renewed (self->outbox, error);
}

guint64
oh_sip_stack_dropped (OhSipStack *self, OhSipDrop why)
{
  g_return_val_if_fail (why < OH_SIP_N_DROPS, 0);
  return self->drops.count[why];
}

OhSipStack *
oh_sip_stack_new (OhClock *clock, OhSipGuard *guard)
{
  OhSipStack *self = g_object_new (OH_TYPE_SIP_STACK, NULL);

  self->clock = g_object_ref (clock);
  self->guard = g_object_ref (guard);
  self->outbox = oh_sip_outbox_new (clock, guard, &outbox_handlers, self);
  self->inbox = oh_sip_inbox_new (clock, &inbox_handlers, self);
  return self;
}

static void
oh_sip_stack_dispose (GObject *object)
{
  OhSipStack *self = OH_SIP_STACK (object);
  g_autoptr (GError) error = NULL;

  no_connection (&error);
  forget_transport (self, error);
  g_clear_pointer (&self->inbox, oh_sip_inbox_free);
  g_clear_pointer (&self->outbox, oh_sip_outbox_free);
  g_clear_object (&self->guard);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_sip_stack_parent_class)->dispose (object);
}

static void
oh_sip_stack_finalize (GObject *object)
{
  OhSipStack *self = OH_SIP_STACK (object);

  oh_sip_dialog_table_free (self->dialogs);
  g_clear_pointer (&self->identity, oh_sip_identity_free);
  G_OBJECT_CLASS (oh_sip_stack_parent_class)->finalize (object);
}

static void
oh_sip_stack_class_init (OhSipStackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = oh_sip_stack_dispose;
  object_class->finalize = oh_sip_stack_finalize;
  signals[SIGNAL_REQUEST] = g_signal_new (
    "request", OH_TYPE_SIP_STACK, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0,
    g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, OH_TYPE_SIP_MESSAGE);
  signals[SIGNAL_CHALLENGED] =
    g_signal_new ("challenged", OH_TYPE_SIP_STACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, OH_TYPE_SIP_MESSAGE, OH_TYPE_SIP_MESSAGE);
  signals[SIGNAL_DISCONNECTED] = g_signal_new ("disconnected", OH_TYPE_SIP_STACK, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
oh_sip_stack_init (OhSipStack *self)
{
  self->dialogs = oh_sip_dialog_table_new ();
}
