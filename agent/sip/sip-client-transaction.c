/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-client-transaction.h"

#include <glib/gi18n-lib.h>

#include "error.h"

typedef enum
{
  STATE_CALLING, /* "Trying" where it is no INVITE */
  STATE_PROCEEDING,
  STATE_TERMINATED, /* "Completed" lasts no time over a reliable transport */
  N_STATES,
} State;

#define BIT(state) (1u << (state))

static const guint8 may_follow[N_STATES] = {
  [STATE_CALLING] = BIT (STATE_PROCEEDING) | BIT (STATE_TERMINATED),
  [STATE_PROCEEDING] = BIT (STATE_TERMINATED),
  [STATE_TERMINATED] = 0,
};

struct _OhSipClientTransaction
{
  OhClock *clock;                      /* (owned) */
  OhSipMessage *request;               /* (owned) */
  const OhSipClientHandlers *handlers; /* (unowned) */
  gpointer user_data;
  State state;
  gboolean is_invite;
  gboolean cancel_wanted; /* valid for INVITE */
  gboolean cancel_sent;   /* valid for INVITE */
  gboolean timed_out;     /* valid in TERMINATED */
  guint limit_alarm;      /* timer B or F */
};

static void
set_state (OhSipClientTransaction *self, State to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  self->state = to;
}

/* The last thing that happens: the handler may free the transaction. */
static void
finish (OhSipClientTransaction *self, OhSipMessage *response, const GError *error)
{
  set_state (self, STATE_TERMINATED);
  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  self->handlers->done (response, error, self->user_data);
}

static gboolean
on_limit (gpointer user_data)
{
  OhSipClientTransaction *self = user_data;
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("The server did not answer %s in time."),
                 oh_sip_message_method (self->request));

  self->limit_alarm = 0;
  self->timed_out = TRUE;
  finish (self, NULL, error);
  return G_SOURCE_REMOVE;
}

OhSipClientTransaction *
oh_sip_client_transaction_new (OhClock *clock, OhSipMessage *request,
                               const OhSipClientHandlers *handlers, gpointer user_data)
{
  OhSipClientTransaction *self = g_new0 (OhSipClientTransaction, 1);
  gint64 limit_us = oh_sip_message_is_method (request, "REGISTER") ? OH_SIP_REGISTER_LIMIT_US
                                                                   : OH_SIP_FINAL_LIMIT_US;

  self->clock = g_object_ref (clock);
  self->request = oh_sip_message_ref (request);
  self->handlers = handlers;
  self->user_data = user_data;
  self->is_invite = oh_sip_message_is_method (request, "INVITE");
  self->limit_alarm = oh_clock_add_alarm_in (clock, limit_us, on_limit, self);
  return self;
}

void
oh_sip_client_transaction_free (OhSipClientTransaction *self)
{
  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  g_object_unref (self->clock);
  oh_sip_message_unref (self->request);
  g_free (self);
}

static void
copy_all (OhSipMessage *to, const OhSipMessage *from, const char *name)
{
  const char *value;

  for (guint i = 0; (value = oh_sip_message_get_nth (from, name, i)) != NULL; i++)
    oh_sip_message_add (to, name, value);
}

/* ACK and CANCEL of the transaction itself: everything that routes and identifies is that of the
 * INVITE, its Via included (RFC 3261 9.1 and 17.1.1.3). */
static void
send_companion (OhSipClientTransaction *self, const char *method, const char *to)
{
  g_autoptr (OhSipMessage) message =
    oh_sip_message_new_request (method, oh_sip_message_request_uri (self->request));
  OhSipCSeq cseq;

  if (!oh_sip_message_cseq (self->request, &cseq))
    return;
  oh_sip_message_add (message, "Via", oh_sip_message_get (self->request, "Via"));
  oh_sip_message_add (message, "Max-Forwards", "70");
  copy_all (message, self->request, "Route");
  copy_all (message, self->request, "From");
  oh_sip_message_add (message, "To", to);
  copy_all (message, self->request, "Call-ID");
  oh_sip_message_set_printf (message, "CSeq", "%u %s", cseq.number, method);
  copy_all (message, self->request, "User-Agent");
  self->handlers->send (message, self->user_data);
}

static void
send_cancel (OhSipClientTransaction *self)
{
  self->cancel_sent = TRUE;
  /* RFC 3261 9.1: a server that does not answer the INVITE 487 after this has lost it */
  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  self->limit_alarm = oh_clock_add_alarm_in (self->clock, OH_SIP_FINAL_LIMIT_US, on_limit, self);
  send_companion (self, "CANCEL", oh_sip_message_get (self->request, "To"));
}

static void
take_provisional (OhSipClientTransaction *self)
{
  if (self->state == STATE_CALLING)
    set_state (self, STATE_PROCEEDING);
  if (!self->is_invite)
    return; /* timer F goes on */
  if (!self->cancel_sent)
    oh_clock_clear_alarm (self->clock, &self->limit_alarm); /* people take their time */
  if (self->cancel_wanted && !self->cancel_sent)
    send_cancel (self);
}

void
oh_sip_client_transaction_take_response (OhSipClientTransaction *self, OhSipMessage *response)
{
  guint status = oh_sip_message_status (response);

  if (self->state == STATE_TERMINATED)
    return;
  if (status < 200)
    {
      take_provisional (self);
      return;
    }
  if (self->is_invite && status >= 300)
    send_companion (self, "ACK", oh_sip_message_get (response, "To"));
  finish (self, response, NULL);
}

void
oh_sip_client_transaction_cancel (OhSipClientTransaction *self)
{
  if (!self->is_invite || self->cancel_wanted)
    return;
  self->cancel_wanted = TRUE;
  if (self->state == STATE_PROCEEDING)
    send_cancel (self);
}

void
oh_sip_client_transaction_fail (OhSipClientTransaction *self, const GError *error)
{
  if (self->state != STATE_TERMINATED)
    finish (self, NULL, error);
}

gboolean
oh_sip_client_transaction_timed_out (OhSipClientTransaction *self)
{
  return self->timed_out;
}
