/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-queue.h"

#include <glib/gi18n-lib.h>

#include "backoff.h"
#include "publish-wishes.h"
#include "sip-inquiry.h"

#define BIT(state) (1u << (state))
#define TYPE_PUBLISH "application/msrtc-category-publish+xml"

struct _OhPublishQueue
{
  GObject parent_instance;

  OhClock *clock; /* (owned) */
  const OhPublishHandler *handler;
  gpointer user_data;

  OhSipStack *stack; /* (owned) (nullable): NULL while stopped */
  char *uri;         /* (owned) (nullable) */
  OhPublishState state;
  OhPublishWishes *wishes; /* (owned) */
  OhSipInquiry *inquiry;   /* (nullable): the request under way */
  guint alarm;
  guint conflicts; /* in a row */
  guint failures;  /* in a row */
  gboolean alone;  /* one instance at a time: the server refused several together */
};

static const guint may_follow[OH_PUBLISH_N_STATES] = {
  [OH_PUBLISH_HELD] = BIT (OH_PUBLISH_IDLE),
  [OH_PUBLISH_IDLE] = BIT (OH_PUBLISH_SENDING) | BIT (OH_PUBLISH_HELD),
  [OH_PUBLISH_SENDING] = BIT (OH_PUBLISH_IDLE) | BIT (OH_PUBLISH_VERSIONS) |
                         BIT (OH_PUBLISH_PAUSED) | BIT (OH_PUBLISH_HELD),
  [OH_PUBLISH_VERSIONS] = BIT (OH_PUBLISH_IDLE) | BIT (OH_PUBLISH_HELD),
  [OH_PUBLISH_PAUSED] = BIT (OH_PUBLISH_IDLE) | BIT (OH_PUBLISH_HELD),
};

static const char *const state_names[OH_PUBLISH_N_STATES] = { "held", "idle", "sending",
                                                              "waiting for versions", "paused" };

G_DEFINE_FINAL_TYPE (OhPublishQueue, oh_publish_queue, G_TYPE_OBJECT)

static void
set_state (OhPublishQueue *self, OhPublishState to, const char *why)
{
  if (self->state == to)
    return;
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("publication: %s -> %s (%s)", state_names[self->state], state_names[to], why);
  self->state = to;
}

/* --- what is wanted -------------------------------------------------------------------------- */

void
oh_publish_queue_put (OhPublishQueue *self, const char *category, guint32 instance,
                      guint32 container, OhExpire expire, const char *body, OhPublishTicket *ticket)
{
  const OhPublishItem item = {
    .category = category,
    .instance = instance,
    .container = container,
    .expire = expire,
    .body = body,
  };

  oh_publish_wishes_put (self->wishes, &item, ticket);
}

gboolean
oh_publish_queue_has (OhPublishQueue *self, const char *category, guint32 instance,
                      guint32 container)
{
  return oh_publish_wishes_has (self->wishes, category, instance, container);
}

gboolean
oh_publish_queue_is_overwritten (OhPublishQueue *self, const char *category, guint32 instance,
                                 guint32 container)
{
  return oh_publish_wishes_is_overwritten (self->wishes, category, instance, container);
}

void
oh_publish_queue_forget (OhPublishQueue *self, const char *category, guint32 instance,
                         guint32 container)
{
  oh_publish_wishes_forget (self->wishes, category, instance, container);
}

void
oh_publish_queue_compare (OhPublishQueue *self)
{
  oh_publish_wishes_compare (self->wishes);
}

/* --- the answer ----------------------------------------------------------------------------- */

static gboolean
on_pause_over (gpointer user_data)
{
  OhPublishQueue *self = user_data;

  self->alarm = 0;
  set_state (self, OH_PUBLISH_IDLE, "pause is over");
  oh_publish_queue_flush (self);
  return G_SOURCE_REMOVE;
}

static void
pause_for (OhPublishQueue *self, OhPublishState state, gint64 delay_us, const char *why)
{
  set_state (self, state, why);
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->alarm = oh_clock_add_alarm_in (self->clock, delay_us, on_pause_over, self);
}

/* Tickets go last: whoever waits may call us from there. */
static void
land (OhPublishQueue *self, gboolean told, const GError *error)
{
  g_autoptr (GPtrArray) done = oh_publish_tickets_new ();

  oh_publish_wishes_arrive (self->wishes, error == NULL, told, done);
  if (error != NULL)
    oh_publish_tickets_fail (done, error);
}

static void
take_success (OhPublishQueue *self, OhSipMessage *response)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (response), &len);

  self->conflicts = 0;
  self->failures = 0;
  if (len == 0)
    {
      /* until the notification comes */
      oh_publish_wishes_count_on (self->wishes);
      pause_for (self, OH_PUBLISH_VERSIONS, OH_PUBLISH_VERSIONS_LIMIT_US, "empty answer");
      self->handler->answered (oh_slice (NULL, 0), self->user_data);
      land (self, FALSE, NULL);
      return;
    }
  self->handler->answered (oh_slice (data, len), self->user_data);
  if (self->state != OH_PUBLISH_SENDING)
    return; /* whoever looked at the new presence has stopped us */
  set_state (self, OH_PUBLISH_IDLE, "published");
  land (self, TRUE, NULL);
  oh_publish_queue_flush (self);
}

static void
refused (OhPublishQueue *self, OhError code, const char *why)
{
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, code, _ ("The server refused to publish your presence: %s"), why);

  g_message ("publication refused: %s", why);
  set_state (self, OH_PUBLISH_IDLE, "refused");
  land (self, TRUE, error);
  oh_publish_queue_flush (self);
}

static void
take_conflict (OhPublishQueue *self, const OhPublishFault *fault)
{
  guint corrected = oh_publish_wishes_correct (self->wishes, fault);

  self->conflicts++;
  g_debug ("publication: conflict %u in a row, %u versions corrected", self->conflicts, corrected);
  if (self->conflicts > OH_PUBLISH_CONFLICTS_MAX)
    {
      self->conflicts = 0;
      refused (self, OH_ERROR_CONFLICT, fault->code);
      return;
    }
  oh_publish_wishes_turn_back (self->wishes);
  if (corrected == 0 || self->conflicts % OH_PUBLISH_CONFLICTS_RENEW == 0)
    {
      /* held, but not for ever: what we have missed may be as lost as the rest */
      pause_for (self, OH_PUBLISH_PAUSED, OH_PUBLISH_RENEW_LIMIT_US, "versions are lost");
      self->handler->versions_lost (self->user_data);
    }
  else
    pause_for (self, OH_PUBLISH_PAUSED, self->conflicts == 1 ? 0 : OH_PUBLISH_CONFLICT_PAUSE_US,
               "conflict");
}

/* It stays wanted; who waits for it is told that it takes longer. */
static void
try_later (OhPublishQueue *self, gint64 at_least_us, const char *why)
{
  gint64 delay_us = oh_backoff_delay_us (++self->failures, g_random_double ());
  g_autoptr (GPtrArray) told = oh_publish_tickets_new ();
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                 _ ("Your presence could not be published (%s); it will be tried again."), why);

  oh_publish_wishes_turn_back (self->wishes);
  oh_publish_wishes_take_waiting (self->wishes, told);
  oh_publish_tickets_fail (told, error);
  pause_for (self, OH_PUBLISH_PAUSED, MAX (delay_us, at_least_us), why);
}

static void
take_failure (OhPublishQueue *self, OhSipMessage *response)
{
  guint status = oh_sip_message_status (response);
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (response), &len);
  g_autoptr (OhPublishFault) fault = oh_publish_fault_parse (oh_slice (data, len), NULL);
  guint64 retry_s = 0;

  oh_sip_message_get_uint (response, "Retry-After", 3600, &retry_s);
  if (status == 409 && fault != NULL && fault->wrong_version)
    take_conflict (self, fault);
  else if (status == 401 || status == 407 || status == 408 || status >= 500)
    try_later (self, (gint64) retry_s * G_USEC_PER_SEC, "the server cannot at the moment");
  else if (oh_publish_wishes_are_several (self->wishes))
    {
      self->alone = TRUE; /* one of them is at fault; the others are not to suffer for it */
      oh_publish_wishes_turn_back (self->wishes);
      set_state (self, OH_PUBLISH_IDLE, "refused together");
      oh_publish_queue_flush (self);
    }
  else
    {
      g_autofree char *why =
        g_strdup_printf ("%u %s%s%s", status, oh_sip_message_reason (response),
                         fault != NULL ? ", " : "", fault != NULL ? fault->code : "");

      refused (self, status == 409 ? OH_ERROR_CONFLICT : OH_ERROR_FAILED, why);
    }
}

/* --- the request ---------------------------------------------------------------------------- */

static void
on_answered (OhSipMessage *response, const GError *error, gpointer user_data)
{
  OhPublishQueue *self = user_data;

  if (response == NULL)
    try_later (self, 0, error->message);
  else if (oh_sip_message_status (response) < 300)
    take_success (self, response);
  else
    take_failure (self, response);
}

/* Nothing to delete: done without a request. */
static void
settle_deletions (OhPublishQueue *self)
{
  g_autoptr (GPtrArray) done = oh_publish_tickets_new ();

  oh_publish_wishes_settle (self->wishes, done);
}

static void
send_items (OhPublishQueue *self, GArray *items)
{
  g_autoptr (OhSipMessage) request = oh_sip_stack_new_request (self->stack, "SERVICE", self->uri);
  g_autofree char *body = oh_publish_request (self->uri, (gconstpointer) items->data, items->len);

  oh_sip_message_set_body_text (request, TYPE_PUBLISH, body);
  set_state (self, OH_PUBLISH_SENDING, "publish");
  oh_sip_inquiry_send (&self->inquiry, self->stack, request, G_OBJECT (self), on_answered, self);
}

void
oh_publish_queue_flush (OhPublishQueue *self)
{
  g_autoptr (GArray) items = NULL;

  if (self->state != OH_PUBLISH_IDLE)
    return;
  settle_deletions (self);
  if (self->state != OH_PUBLISH_IDLE)
    return; /* whoever waited for a deletion has begun something */
  items = oh_publish_wishes_depart (self->wishes, self->alone);
  if (items->len > 0)
    send_items (self, items);
  else
    self->alone = FALSE;
}

/* --- start and stop ------------------------------------------------------------------------- */

static void
fail_all (OhPublishQueue *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (OH_ERROR, OH_ERROR_NOT_SIGNED_IN, _ ("You are not signed in."));

  oh_publish_wishes_fail (self->wishes, error);
}

void
oh_publish_queue_stop (OhPublishQueue *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  oh_sip_inquiry_drop (&self->inquiry);
  g_clear_object (&self->stack);
  g_clear_pointer (&self->uri, g_free);
  self->conflicts = 0;
  self->failures = 0;
  self->alone = FALSE;
  set_state (self, OH_PUBLISH_HELD, "stop");
  fail_all (self);
}

void
oh_publish_queue_start (OhPublishQueue *self, OhSipStack *stack, const char *uri)
{
  oh_publish_queue_stop (self);
  self->stack = g_object_ref (stack);
  self->uri = g_strdup (uri);
}

void
oh_publish_queue_resume (OhPublishQueue *self)
{
  if (self->stack == NULL || self->state == OH_PUBLISH_IDLE || self->state == OH_PUBLISH_SENDING)
    return;
  if (self->state == OH_PUBLISH_PAUSED && self->failures > 0)
    return; /* the server's pause is not over because something else arrives */
  oh_clock_clear_alarm (self->clock, &self->alarm);
  set_state (self, OH_PUBLISH_IDLE, "the server told what it has");
  oh_publish_queue_flush (self);
}

OhPublishState
oh_publish_queue_state (OhPublishQueue *self)
{
  return self->state;
}

OhPublishQueue *
oh_publish_queue_new (OhClock *clock, OhOwnPublications *own, const OhPublishHandler *handler,
                      gpointer user_data)
{
  OhPublishQueue *self = g_object_new (OH_TYPE_PUBLISH_QUEUE, NULL);

  self->clock = g_object_ref (clock);
  self->wishes = oh_publish_wishes_new (own);
  self->handler = handler;
  self->user_data = user_data;
  return self;
}

static void
oh_publish_queue_dispose (GObject *object)
{
  OhPublishQueue *self = OH_PUBLISH_QUEUE (object);

  if (self->clock != NULL)
    oh_publish_queue_stop (self);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_publish_queue_parent_class)->dispose (object);
}

static void
oh_publish_queue_finalize (GObject *object)
{
  OhPublishQueue *self = OH_PUBLISH_QUEUE (object);

  g_clear_pointer (&self->wishes, oh_publish_wishes_free);
  G_OBJECT_CLASS (oh_publish_queue_parent_class)->finalize (object);
}

static void
oh_publish_queue_class_init (OhPublishQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_publish_queue_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_publish_queue_finalize;
}

static void
oh_publish_queue_init (OhPublishQueue *self)
{
}
