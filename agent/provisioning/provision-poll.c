/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "provision-poll.h"

#include "backoff.h"
#include "event-policy.h"
#include "sip-inquiry.h"
#include "sip-message.h"

#define BIT(state) (1u << (state))

struct _OhProvisionPoll
{
  OhClock *clock; /* (owned) */
  const OhProvisionPackage *package;
  OhProvisionFunc said;
  gpointer user_data;

  OhProvisionPollState state;
  OhSipStack *stack;     /* (owned) (nullable): while signed in */
  char *uri;             /* (owned) (nullable) */
  OhSipDialog *dialog;   /* (owned) (nullable): of the latest SUBSCRIBE */
  OhSipInquiry *inquiry; /* (nullable): the SUBSCRIBE under way */
  guint alarm;           /* until it is asked again */
  guint attempts;        /* in a row that could not be answered */
  gboolean no_benotify;  /* the server does not know that extension */
  gboolean answered;     /* the document of the latest SUBSCRIBE has come */
};

static const guint may_follow[OH_PROVISION_POLL_N_STATES] = {
  [OH_PROVISION_POLL_OFF] = BIT (OH_PROVISION_POLL_ASKING),
  [OH_PROVISION_POLL_ASKING] = BIT (OH_PROVISION_POLL_ASKING) | BIT (OH_PROVISION_POLL_WAITING) |
                               BIT (OH_PROVISION_POLL_REFUSED) | BIT (OH_PROVISION_POLL_OFF),
  [OH_PROVISION_POLL_WAITING] = BIT (OH_PROVISION_POLL_ASKING) | BIT (OH_PROVISION_POLL_OFF),
  [OH_PROVISION_POLL_REFUSED] = BIT (OH_PROVISION_POLL_ASKING) | BIT (OH_PROVISION_POLL_OFF),
};

static const char *const state_names[OH_PROVISION_POLL_N_STATES] = { "off", "asking", "waiting",
                                                                     "refused" };

static void ask (OhProvisionPoll *self, const char *why);

static void
set_state (OhProvisionPoll *self, OhProvisionPollState to, const char *why)
{
  if (self->state == to)
    return;
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("[%s] %s -> %s (%s)", self->package->event, state_names[self->state], state_names[to],
           why);
  self->state = to;
}

static void
drop_dialog (OhProvisionPoll *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  oh_sip_inquiry_drop (&self->inquiry);
  if (self->dialog == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->dialog, self);
  oh_sip_dialog_terminate (self->dialog);
  g_clear_object (&self->dialog);
}

static gboolean
on_pause_over (gpointer user_data)
{
  OhProvisionPoll *self = user_data;

  self->alarm = 0;
  ask (self, "again");
  return G_SOURCE_REMOVE;
}

static void
wait_us (OhProvisionPoll *self, gint64 delay_us, const char *why)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  set_state (self, OH_PROVISION_POLL_WAITING, why);
  self->alarm = oh_clock_add_alarm_in (self->clock, delay_us, on_pause_over, self);
}

/* --- what the server says ------------------------------------------------------------------- */

static void
tell (OhProvisionPoll *self, const OhSipMessage *message)
{
  GBytes *body = oh_sip_message_body (message);
  gboolean pushed = self->answered;
  gsize len;
  const char *data = g_bytes_get_data (body, &len);

  if (len == 0)
    return;
  self->answered = TRUE;
  self->said (oh_slice (data, len), pushed, self->user_data);
}

static gboolean
on_request (OhSipDialog *dialog, OhSipMessage *request, OhProvisionPoll *self)
{
  gboolean silent = oh_sip_message_is_method (request, "BENOTIFY");

  if (!silent && !oh_sip_message_is_method (request, "NOTIFY"))
    return FALSE;
  if (!silent)
    oh_sip_stack_reply (self->stack, request, 200);
  tell (self, request);
  return TRUE;
}

/* --- asking --------------------------------------------------------------------------------- */

static gboolean
refuses_benotify (const OhProvisionPoll *self, const OhSipMessage *response)
{
  return !self->no_benotify && oh_sip_message_status (response) == 420 &&
         (oh_sip_message_get (response, "Unsupported") == NULL ||
          oh_sip_message_has_token (response, "Unsupported", "ms-benotify"));
}

static void
take_failure (OhProvisionPoll *self, const OhSipMessage *response)
{
  guint status = oh_sip_message_status (response);

  if (refuses_benotify (self, response))
    {
      self->no_benotify = TRUE;
      ask (self, "without BENOTIFY");
    }
  else if (oh_event_is_passing (status))
    {
      gint64 delay_us = oh_backoff_delay_us (++self->attempts, g_random_double ());

      wait_us (self, MAX (delay_us, oh_event_retry_after_us (response)), "failed");
    }
  else
    {
      g_message ("%s: the server answered %u; what it provisions with stays unknown",
                 self->package->event, status);
      drop_dialog (self);
      set_state (self, OH_PROVISION_POLL_REFUSED, "refused");
    }
}

static void
on_answered (OhSipMessage *response, const GError *error, gpointer user_data)
{
  OhProvisionPoll *self = user_data;

  if (response == NULL)
    wait_us (self, oh_backoff_delay_us (++self->attempts, g_random_double ()), error->message);
  else if (oh_sip_message_status (response) >= 300)
    take_failure (self, response);
  else
    {
      self->attempts = 0;
      wait_us (self, OH_PROVISION_POLL_US, "answered");
      if (oh_sip_message_get (response, "ms-piggyback-cseq") != NULL)
        tell (self, response);
    }
}

static OhSipMessage *
make_request (OhProvisionPoll *self)
{
  OhSipMessage *request = oh_sip_dialog_create_request (self->dialog, "SUBSCRIBE");

  oh_sip_message_add (request, "Event", self->package->event);
  oh_sip_message_add (request, "Accept", self->package->type);
  oh_sip_message_add (request, "Expires", "0");
  oh_sip_message_add (request, "Supported", "com.microsoft.autoextend");
  oh_sip_message_add (request, "Supported", "ms-piggyback-first-notify");
  if (!self->no_benotify)
    {
      oh_sip_message_add (request, "Supported", "ms-benotify");
      oh_sip_message_add (request, "Proxy-Require", "ms-benotify");
    }
  if (self->package->body != NULL)
    oh_sip_message_set_body_text (request, self->package->type, self->package->body);
  return request;
}

static void
ask (OhProvisionPoll *self, const char *why)
{
  g_autoptr (OhSipMessage) request = NULL;

  drop_dialog (self);
  set_state (self, OH_PROVISION_POLL_ASKING, why);
  self->answered = FALSE;
  self->dialog = oh_sip_stack_new_dialog (self->stack, self->uri);
  g_signal_connect (self->dialog, "request", G_CALLBACK (on_request), self);
  request = make_request (self);
  oh_sip_inquiry_send (&self->inquiry, self->stack, request, NULL, on_answered, self);
}

/* --- the outside ---------------------------------------------------------------------------- */

OhProvisionPollState
oh_provision_poll_state (const OhProvisionPoll *self)
{
  return self->state;
}

void
oh_provision_poll_start (OhProvisionPoll *self, OhSipStack *stack, const char *uri)
{
  oh_provision_poll_stop (self);
  self->stack = g_object_ref (stack);
  self->uri = g_strdup (uri);
  self->attempts = 0;
  self->no_benotify = FALSE; /* it may be another server */
  ask (self, "signed in");
}

void
oh_provision_poll_stop (OhProvisionPoll *self)
{
  drop_dialog (self);
  g_clear_object (&self->stack);
  g_clear_pointer (&self->uri, g_free);
  set_state (self, OH_PROVISION_POLL_OFF, "stop");
}

OhProvisionPoll *
oh_provision_poll_new (OhClock *clock, const OhProvisionPackage *package, OhProvisionFunc said,
                       gpointer user_data)
{
  OhProvisionPoll *self = g_new0 (OhProvisionPoll, 1);

  self->clock = g_object_ref (clock);
  self->package = package;
  self->said = said;
  self->user_data = user_data;
  return self;
}

void
oh_provision_poll_free (OhProvisionPoll *self)
{
  if (self == NULL)
    return;
  oh_provision_poll_stop (self);
  g_clear_object (&self->clock);
  g_free (self);
}
