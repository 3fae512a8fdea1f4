/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-subscription.h"

#include "backoff.h"
#include "error.h"
#include "event-policy.h"
#include "log.h"
#include "sip-inquiry.h"

#define BIT(state) (1u << (state))

struct _OhEventSubscription
{
  GObject parent_instance;

  OhSipStack *stack; /* (owned) */
  OhClock *clock;    /* (owned) */
  char *event;
  char *target;
  char *accept;
  char *require;      /* (nullable) */
  char *supported;    /* (nullable) */
  char *content_type; /* (nullable) */
  const OhEventHandler *handler;
  gpointer user_data;
  char *id; /* (owned): for the log */

  OhEventState state;
  OhSipDialog *dialog;    /* (owned) (nullable) */
  OhSipInquiry *inquiry;  /* (nullable): the SUBSCRIBE under way */
  guint alarm;            /* refresh or new beginning */
  gboolean no_benotify;   /* the server does not know that extension */
  gboolean is_refresh;    /* what is under way is a refresh and nothing else */
  gboolean refresh_asked; /* while another SUBSCRIBE was under way */
  gint64 extension_us;    /* by how much each NOTIFY puts off the refresh; 0 for not at all */
  gint64 active_since_us;
  guint attempts; /* new beginnings in a row that did not last */
};

static const guint may_follow[OH_EVENT_N_STATES] = {
  [OH_EVENT_OFF] = BIT (OH_EVENT_BEGINNING),
  [OH_EVENT_BEGINNING] = BIT (OH_EVENT_BEGINNING) | BIT (OH_EVENT_ACTIVE) | BIT (OH_EVENT_WAITING) |
                         BIT (OH_EVENT_REFUSED) | BIT (OH_EVENT_OFF),
  [OH_EVENT_ACTIVE] = BIT (OH_EVENT_SENDING) | BIT (OH_EVENT_WAITING) | BIT (OH_EVENT_BEGINNING) |
                      BIT (OH_EVENT_REFUSED) | BIT (OH_EVENT_OFF),
  [OH_EVENT_SENDING] = BIT (OH_EVENT_ACTIVE) | BIT (OH_EVENT_WAITING) | BIT (OH_EVENT_BEGINNING) |
                       BIT (OH_EVENT_REFUSED) | BIT (OH_EVENT_OFF),
  [OH_EVENT_WAITING] = BIT (OH_EVENT_BEGINNING) | BIT (OH_EVENT_OFF),
  [OH_EVENT_REFUSED] = BIT (OH_EVENT_BEGINNING) | BIT (OH_EVENT_OFF),
};

static const char *const state_names[OH_EVENT_N_STATES] = { "off",     "beginning", "active",
                                                            "sending", "waiting",   "refused" };

G_DEFINE_FINAL_TYPE (OhEventSubscription, oh_event_subscription, G_TYPE_OBJECT)

static void send_subscribe (OhEventSubscription *self, const char *body);
static void begin (OhEventSubscription *self, const char *why);

static void
set_state (OhEventSubscription *self, OhEventState to, const char *why)
{
  gboolean was_beginning;

  if (self->state == to)
    return;
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("[%s %s] %s -> %s (%s)", self->id, self->event, state_names[self->state],
           state_names[to], why);
  was_beginning = self->state == OH_EVENT_BEGINNING;
  self->state = to;
  if (was_beginning && self->handler->settled != NULL)
    self->handler->settled (self->user_data);
}

/* --- the dialog ----------------------------------------------------------------------------- */

static void
drop_dialog (OhEventSubscription *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  oh_sip_inquiry_drop (&self->inquiry);
  self->refresh_asked = FALSE;
  if (self->dialog == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->dialog, self);
  oh_sip_dialog_terminate (self->dialog);
  g_clear_object (&self->dialog);
}

static gboolean
on_pause_over (gpointer user_data)
{
  OhEventSubscription *self = user_data;

  self->alarm = 0;
  begin (self, "pause is over");
  return G_SOURCE_REMOVE;
}

static void
wait_us (OhEventSubscription *self, gint64 delay_us, const char *why)
{
  drop_dialog (self);
  set_state (self, OH_EVENT_WAITING, why);
  self->alarm = oh_clock_add_alarm_in (self->clock, delay_us, on_pause_over, self);
}

/* Begins anew: at once after one that has lasted, with growing pauses when it does not last. */
static void
begin_again (OhEventSubscription *self, gint64 at_least_us, const char *why)
{
  gboolean lasted = (self->state == OH_EVENT_ACTIVE || self->state == OH_EVENT_SENDING) &&
                    oh_clock_now_us (self->clock) - self->active_since_us >= OH_EVENT_STEADY_US;

  if (lasted)
    self->attempts = 0;
  if (lasted && at_least_us == 0)
    begin (self, why);
  else
    {
      gint64 delay_us = oh_backoff_delay_us (++self->attempts, g_random_double ());

      wait_us (self, MAX (delay_us, at_least_us), why);
    }
}

/* --- refreshing ----------------------------------------------------------------------------- */

static gboolean
on_refresh_due (gpointer user_data)
{
  OhEventSubscription *self = user_data;

  self->alarm = 0;
  if (self->state == OH_EVENT_ACTIVE)
    send_subscribe (self, NULL);
  else
    self->refresh_asked = TRUE;
  return G_SOURCE_REMOVE;
}

static void
schedule_refresh (OhEventSubscription *self, gint64 delay_us)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->alarm = oh_clock_add_alarm_in (self->clock, delay_us, on_refresh_due, self);
}

/* --- notifications -------------------------------------------------------------------------- */

static void
tell (OhEventSubscription *self, OhSipMessage *message)
{
  if (self->handler->notification != NULL && g_bytes_get_size (oh_sip_message_body (message)) > 0)
    self->handler->notification (message, self->user_data);
}

static void
tell_refused (OhEventSubscription *self, guint status)
{
  if (self->handler->refused != NULL)
    self->handler->refused (status, self->user_data);
}

static void
take_end (OhEventSubscription *self, const OhSipMessage *notify)
{
  gint64 retry_us;

  switch (oh_event_end (notify, &retry_us))
    {
    case OH_EVENT_ENDED_FOR_GOOD:
      drop_dialog (self);
      set_state (self, OH_EVENT_REFUSED, "terminated for good");
      tell_refused (self, 403);
      break;
    case OH_EVENT_ENDED: begin_again (self, retry_us, "terminated by the server"); break;
    case OH_EVENT_GOES_ON:
    default: break;
    }
}

static gboolean
is_ours (OhEventSubscription *self, const OhSipMessage *notify)
{
  OhSlice event = oh_sip_message_get_slice (notify, "Event");

  if (event.len == 0) /* gateways to other networks leave it out */
    return TRUE;
  return oh_slice_equal_case (oh_slice_trim (oh_slice_eat_until (&event, ";")), self->event);
}

static gboolean
on_request (OhSipDialog *dialog, OhSipMessage *request, OhEventSubscription *self)
{
  gboolean silent = oh_sip_message_is_method (request, "BENOTIFY");

  if (!silent && !oh_sip_message_is_method (request, "NOTIFY"))
    return FALSE;
  if (!is_ours (self, request))
    {
      if (!silent)
        oh_sip_stack_reply (self->stack, request, 489);
      return TRUE;
    }
  if (!silent)
    oh_sip_stack_reply (self->stack, request, 200);
  if (!silent && self->extension_us > 0 && self->state == OH_EVENT_ACTIVE)
    schedule_refresh (self, self->extension_us);
  tell (self, request);
  if (self->dialog == dialog) /* else the owner has begun anew or stopped */
    take_end (self, request);
  return TRUE;
}

static void
on_dialog_terminated (OhSipDialog *dialog, GError *why, OhEventSubscription *self)
{
  /* while something is under way its answer says more */
  if (self->state == OH_EVENT_ACTIVE)
    begin_again (self, 0, "dialog lost");
}

static void
refresh_if_asked (OhEventSubscription *self)
{
  if (self->refresh_asked && self->state == OH_EVENT_ACTIVE)
    send_subscribe (self, NULL);
}

/* --- SUBSCRIBE ------------------------------------------------------------------------------ */

static void
take_success (OhEventSubscription *self, OhSipMessage *response)
{
  OhSipDialog *dialog = self->dialog;
  guint64 expires_s = oh_event_granted_s (response);

  if (self->state == OH_EVENT_BEGINNING)
    self->active_since_us = oh_clock_now_us (self->clock);
  set_state (self, OH_EVENT_ACTIVE, "accepted");
  if (expires_s == 0)
    {
      begin_again (self, 0, "granted for no time at all");
      return;
    }
  self->extension_us = 0;
  if (oh_sip_message_has_token (response, "Supported", "com.microsoft.autoextend"))
    self->extension_us = oh_event_refresh_delay_us (expires_s);
  schedule_refresh (self, oh_event_refresh_delay_us (expires_s));
  if (oh_sip_message_get (response, "ms-piggyback-cseq") != NULL)
    tell (self, response);
  if (self->dialog != dialog)
    return; /* the owner began anew */
  if (self->handler->accepted != NULL)
    self->handler->accepted (self->user_data);
  refresh_if_asked (self);
}

static gboolean
refuses_benotify (OhEventSubscription *self, const OhSipMessage *response)
{
  return !self->no_benotify && oh_sip_message_status (response) == 420 &&
         (oh_sip_message_get (response, "Unsupported") == NULL ||
          oh_sip_message_has_token (response, "Unsupported", "ms-benotify"));
}

static void
take_failure (OhEventSubscription *self, OhSipMessage *response)
{
  guint status = oh_sip_message_status (response);
  gboolean beginning = self->state == OH_EVENT_BEGINNING;

  g_debug ("[%s %s] SUBSCRIBE: %u %s", self->id, self->event, status,
           oh_sip_message_reason (response));
  if (refuses_benotify (self, response))
    {
      self->no_benotify = TRUE;
      begin (self, "without BENOTIFY");
    }
  else if (oh_event_is_passing (status) || self->is_refresh)
    begin_again (self, oh_event_retry_after_us (response), "SUBSCRIBE failed");
  else if (beginning)
    {
      drop_dialog (self);
      set_state (self, OH_EVENT_REFUSED, "refused");
      tell_refused (self, status);
    }
  else
    {
      set_state (self, OH_EVENT_ACTIVE, "refused, the rest stands");
      tell_refused (self, status);
      refresh_if_asked (self);
    }
}

static void
on_answered (OhSipMessage *response, const GError *error, gpointer user_data)
{
  OhEventSubscription *self = user_data;

  if (response == NULL)
    begin_again (self, 0, error->message);
  else if (oh_sip_message_status (response) < 300)
    take_success (self, response);
  else
    take_failure (self, response);
}

static void
add_headers (OhEventSubscription *self, OhSipMessage *request)
{
  oh_sip_message_add (request, "Event", self->event);
  oh_sip_message_add (request, "Accept", self->accept);
  if (self->require != NULL)
    oh_sip_message_add (request, "Require", self->require);
  if (self->supported != NULL)
    oh_sip_message_add (request, "Supported", self->supported);
  oh_sip_message_add (request, "Supported", "com.microsoft.autoextend");
  oh_sip_message_add (request, "Supported", "ms-piggyback-first-notify");
  if (self->no_benotify)
    return;
  oh_sip_message_add (request, "Supported", "ms-benotify");
  oh_sip_message_add (request, "Proxy-Require", "ms-benotify");
}

static void
send_subscribe (OhEventSubscription *self, const char *body)
{
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (self->dialog, "SUBSCRIBE");

  add_headers (self, request);
  if (body != NULL)
    oh_sip_message_set_body_text (request, self->content_type, body);
  self->is_refresh = self->state == OH_EVENT_ACTIVE && body == NULL;
  if (self->is_refresh)
    self->refresh_asked = FALSE;
  if (self->state == OH_EVENT_ACTIVE)
    set_state (self, OH_EVENT_SENDING, body != NULL ? "more" : "refresh");
  oh_sip_inquiry_send (&self->inquiry, self->stack, request, G_OBJECT (self), on_answered, self);
}

static void
begin (OhEventSubscription *self, const char *why)
{
  g_autofree char *body = NULL;

  drop_dialog (self);
  set_state (self, OH_EVENT_BEGINNING, why);
  self->dialog = oh_sip_stack_new_dialog (self->stack, self->target);
  g_signal_connect (self->dialog, "request", G_CALLBACK (on_request), self);
  g_signal_connect (self->dialog, "terminated", G_CALLBACK (on_dialog_terminated), self);
  if (self->handler->first_body != NULL)
    body = self->handler->first_body (self->user_data);
  send_subscribe (self, body);
}

/* --- the outside ---------------------------------------------------------------------------- */

void
oh_event_subscription_start (OhEventSubscription *self)
{
  self->attempts = 0;
  begin (self, "start");
}

void
oh_event_subscription_stop (OhEventSubscription *self)
{
  drop_dialog (self);
  set_state (self, OH_EVENT_OFF, "stop");
}

void
oh_event_subscription_end (OhEventSubscription *self)
{
  if (self->state == OH_EVENT_ACTIVE || self->state == OH_EVENT_SENDING)
    {
      g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (self->dialog, "SUBSCRIBE");

      add_headers (self, request);
      oh_sip_message_add (request, "Expires", "0");
      oh_sip_stack_send_async (self->stack, request, NULL, NULL, NULL);
    }
  oh_event_subscription_stop (self);
}

void
oh_event_subscription_refresh (OhEventSubscription *self)
{
  if (self->state == OH_EVENT_ACTIVE)
    send_subscribe (self, NULL);
  else if (self->state == OH_EVENT_SENDING)
    self->refresh_asked = TRUE;
}

void
oh_event_subscription_send (OhEventSubscription *self, const char *body)
{
  g_return_if_fail (self->state == OH_EVENT_ACTIVE);
  send_subscribe (self, body);
}

OhEventState
oh_event_subscription_state (OhEventSubscription *self)
{
  return self->state;
}

OhEventSubscription *
oh_event_subscription_new (OhSipStack *stack, OhClock *clock, const OhEventSetup *setup,
                           const OhEventHandler *handler, gpointer user_data)
{
  OhEventSubscription *self = g_object_new (OH_TYPE_EVENT_SUBSCRIPTION, NULL);

  self->stack = g_object_ref (stack);
  self->clock = g_object_ref (clock);
  self->event = g_strdup (setup->event);
  self->target = g_strdup (setup->target);
  self->accept = g_strdup (setup->accept);
  self->require = g_strdup (setup->require);
  self->supported = g_strdup (setup->supported);
  self->content_type = g_strdup (setup->content_type);
  self->handler = handler;
  self->user_data = user_data;
  return self;
}

static void
oh_event_subscription_dispose (GObject *object)
{
  OhEventSubscription *self = OH_EVENT_SUBSCRIPTION (object);

  if (self->clock != NULL)
    drop_dialog (self);
  g_clear_object (&self->stack);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_event_subscription_parent_class)->dispose (object);
}

static void
oh_event_subscription_finalize (GObject *object)
{
  OhEventSubscription *self = OH_EVENT_SUBSCRIPTION (object);

  g_free (self->event);
  g_free (self->target);
  g_free (self->accept);
  g_free (self->require);
  g_free (self->supported);
  g_free (self->content_type);
  g_free (self->id);
  G_OBJECT_CLASS (oh_event_subscription_parent_class)->finalize (object);
}

static void
oh_event_subscription_class_init (OhEventSubscriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_event_subscription_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_event_subscription_finalize;
}

static void
oh_event_subscription_init (OhEventSubscription *self)
{
  self->id = oh_log_next_id ('e');
}
