/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-server-transaction.h"

#include "sip-token.h"

typedef enum
{
  STATE_TRYING,
  STATE_PROCEEDING, /* answered provisionally */
  STATE_COMPLETED,  /* INVITE refused, ACK due */
  STATE_TERMINATED, /* "Confirmed" lasts no time over a reliable transport */
  N_STATES,
} State;

#define BIT(state) (1u << (state))

static const guint8 may_follow[N_STATES] = {
  [STATE_TRYING] = BIT (STATE_PROCEEDING) | BIT (STATE_COMPLETED) | BIT (STATE_TERMINATED),
  [STATE_PROCEEDING] = BIT (STATE_PROCEEDING) | BIT (STATE_COMPLETED) | BIT (STATE_TERMINATED),
  [STATE_COMPLETED] = BIT (STATE_TERMINATED),
  [STATE_TERMINATED] = 0,
};

struct _OhSipServerTransaction
{
  OhClock *clock;        /* (owned) */
  OhSipMessage *request; /* (owned) */
  char *tag;             /* (owned) */
  OhSipServerExpired expired;
  gpointer user_data;
  State state;
  guint alarm; /* our answer is overdue, or timer H */
};

static void
set_state (OhSipServerTransaction *self, State to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  self->state = to;
}

char *
oh_sip_server_transaction_key (const OhSipMessage *request)
{
  OhSlice via = oh_sip_message_get_slice (request, "Via");
  OhSlice tag = oh_sip_header_tag (oh_sip_message_get_slice (request, "From"));
  gboolean of_invite =
    oh_sip_message_is_method (request, "ACK") || oh_sip_message_is_method (request, "CANCEL");
  g_autofree char *method =
    g_ascii_strup (of_invite ? "INVITE" : oh_sip_message_method (request), -1);
  OhSlice top, branch = { 0 };
  OhSipCSeq cseq = { 0 };
  OhSipVia parts;

  if (oh_sip_list_next (&via, &top) && oh_sip_via_parse (top, &parts))
    oh_sip_params_get (parts.params, "branch", &branch);
  oh_sip_message_cseq (request, &cseq);
  return g_strdup_printf ("%s\n%u\n%s\n%.*s\n%.*s", method, cseq.number,
                          oh_sip_message_get (request, "Call-ID"), (int) tag.len, tag.data,
                          (int) branch.len, branch.data);
}

static gboolean
on_alarm (gpointer user_data)
{
  OhSipServerTransaction *self = user_data;

  self->alarm = 0;
  if (self->state == STATE_COMPLETED)
    set_state (self, STATE_TERMINATED); /* timer H: the ACK is lost, nobody needs it */
  self->expired (self, self->user_data);
  return G_SOURCE_REMOVE;
}

OhSipServerTransaction *
oh_sip_server_transaction_new (OhClock *clock, OhSipMessage *request, OhSipServerExpired expired,
                               gpointer user_data)
{
  OhSipServerTransaction *self = g_new0 (OhSipServerTransaction, 1);
  gint64 limit_us = oh_sip_message_is_method (request, "INVITE") ? OH_SIP_INVITE_ANSWER_LIMIT_US
                                                                 : OH_SIP_ANSWER_LIMIT_US;

  self->clock = g_object_ref (clock);
  self->request = oh_sip_message_ref (request);
  self->tag = oh_sip_token (16);
  self->expired = expired;
  self->user_data = user_data;
  self->alarm = oh_clock_add_alarm_in (clock, limit_us, on_alarm, self);
  return self;
}

void
oh_sip_server_transaction_free (OhSipServerTransaction *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_object_unref (self->clock);
  oh_sip_message_unref (self->request);
  g_free (self->tag);
  g_free (self);
}

OhSipMessage *
oh_sip_server_transaction_request (OhSipServerTransaction *self)
{
  return self->request;
}

const char *
oh_sip_server_transaction_tag (OhSipServerTransaction *self)
{
  return self->tag;
}

void
oh_sip_server_transaction_set_tag (OhSipServerTransaction *self, const char *tag)
{
  g_return_if_fail (!oh_sip_server_transaction_is_answered (self));
  g_free (self->tag);
  self->tag = g_strdup (tag);
}

gboolean
oh_sip_server_transaction_is_answered (OhSipServerTransaction *self)
{
  return self->state == STATE_COMPLETED || self->state == STATE_TERMINATED;
}

gboolean
oh_sip_server_transaction_is_terminated (OhSipServerTransaction *self)
{
  return self->state == STATE_TERMINATED;
}

/* What is left to do needs no body: whoever never acknowledges must not keep it here. */
static void
shed_body (OhSipServerTransaction *self)
{
  OhSipMessage *light = oh_sip_message_copy (self->request);

  oh_sip_message_set_body (light, NULL, NULL);
  oh_sip_message_unref (self->request);
  self->request = light;
}

gboolean
oh_sip_server_transaction_take_response (OhSipServerTransaction *self, guint status)
{
  if (oh_sip_server_transaction_is_answered (self))
    return FALSE;
  if (status < 200)
    {
      set_state (self, STATE_PROCEEDING);
      return TRUE;
    }
  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (status >= 300 && oh_sip_message_is_method (self->request, "INVITE"))
    {
      set_state (self, STATE_COMPLETED);
      shed_body (self);
      self->alarm = oh_clock_add_alarm_in (self->clock, OH_SIP_ACK_LIMIT_US, on_alarm, self);
    }
  else
    set_state (self, STATE_TERMINATED);
  return TRUE;
}

gboolean
oh_sip_server_transaction_take_ack (OhSipServerTransaction *self)
{
  if (self->state != STATE_COMPLETED)
    return FALSE;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  set_state (self, STATE_TERMINATED);
  return TRUE;
}
