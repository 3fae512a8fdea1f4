/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-queue.h"

#include <glib/gi18n-lib.h>

#include "backoff.h"
#include "publish-wish.h"
#include "publish-xml.h"

#define BIT(state) (1u << (state))
#define TYPE_PUBLISH "application/msrtc-category-publish+xml"

struct _OhPublishQueue
{
  GObject parent_instance;

  OhClock *clock;         /* (owned) */
  OhOwnPublications *own; /* (unowned) */
  const OhPublishHandler *handler;
  gpointer user_data;

  OhSipStack *stack; /* (owned) (nullable): NULL while stopped */
  char *uri;         /* (owned) (nullable) */
  OhPublishState state;
  GPtrArray *wishes; /* (owned) (element-type OhPublishWish), in the order in which they came */
  GPtrArray
    *flight; /* (owned) (element-type OhPublishWish), unowned: in the order of the request */
  GCancellable *cancellable; /* (owned) (nullable): of the request under way */
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

/* --- what is wanted
 * --------------------------------------------------------------------------------- */

static guint32
version_of (OhPublishQueue *self, const OhPublishWish *wish)
{
  return oh_own_publications_version (self->own, wish->category, wish->instance, wish->container);
}

static OhPublishWish *
find_wish (OhPublishQueue *self, const char *category, guint32 instance, guint32 container)
{
  for (guint i = 0; i < self->wishes->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->wishes, i);

      if (wish->instance == instance && wish->container == container &&
          g_str_equal (wish->category, category))
        return wish;
    }
  return NULL;
}

void
oh_publish_queue_put (OhPublishQueue *self, const char *category, guint32 instance,
                      guint32 container, OhExpire expire, const char *body, OhPublishTicket *ticket)
{
  OhPublishWish *wish = find_wish (self, category, instance, container);

  if (wish == NULL)
    {
      wish = oh_publish_wish_new (category, instance, container);
      g_ptr_array_add (self->wishes, wish);
    }
  oh_publish_wish_put (wish, expire, body, ticket);
}

gboolean
oh_publish_queue_has (OhPublishQueue *self, const char *category, guint32 instance,
                      guint32 container)
{
  const OhPublishWish *wish = find_wish (self, category, instance, container);

  return wish != NULL && wish->body != NULL;
}

static GPtrArray *
wishes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_publish_wish_free);
}

static void
sweep (OhPublishQueue *self)
{
  for (guint i = self->wishes->len; i > 0; i--)
    if (oh_publish_wish_is_over (g_ptr_array_index (self->wishes, i - 1)))
      g_ptr_array_remove_index (self->wishes, i - 1);
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

static void
want_again (OhPublishQueue *self)
{
  for (guint i = 0; i < self->flight->len; i++)
    oh_publish_wish_turn_back (g_ptr_array_index (self->flight, i));
  g_ptr_array_set_size (self->flight, 0);
}

/* Tickets go last: whoever waits may call us from there. */
static void
land (OhPublishQueue *self, const GError *error)
{
  g_autoptr (GPtrArray) done = oh_publish_tickets_new ();

  for (guint i = 0; i < self->flight->len; i++)
    oh_publish_wish_arrive (g_ptr_array_index (self->flight, i), error == NULL, done);
  g_ptr_array_set_size (self->flight, 0);
  sweep (self);
  if (error != NULL)
    oh_publish_tickets_fail (done, error);
}

/* An empty answer: until the notification comes, the server has counted on by one. */
static void
count_on (OhPublishQueue *self)
{
  for (guint i = 0; i < self->flight->len; i++)
    {
      const OhPublishWish *wish = g_ptr_array_index (self->flight, i);

      oh_own_publications_set_version (self->own, wish->category, wish->instance, wish->container,
                                       wish->sent != NULL ? version_of (self, wish) + 1 : 0);
    }
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
      count_on (self);
      pause_for (self, OH_PUBLISH_VERSIONS, OH_PUBLISH_VERSIONS_LIMIT_US, "empty answer");
      land (self, NULL);
      return;
    }
  self->handler->answered (oh_slice (data, len), self->user_data);
  if (self->state != OH_PUBLISH_SENDING)
    return; /* whoever looked at the new presence has stopped us */
  set_state (self, OH_PUBLISH_IDLE, "published");
  land (self, NULL);
  oh_publish_queue_flush (self);
}

/* Returns how many versions the server has corrected. */
static guint
correct_versions (OhPublishQueue *self, const OhPublishFault *fault)
{
  guint n = 0;

  for (guint i = 0; i < fault->ops->len; i++)
    {
      const OhPublishFaultOp *op = &g_array_index (fault->ops, OhPublishFaultOp, i);
      const OhPublishWish *wish;

      if (op->index < 1 || op->index > self->flight->len)
        continue;
      wish = g_ptr_array_index (self->flight, op->index - 1);
      oh_own_publications_set_version (self->own, wish->category, wish->instance, wish->container,
                                       op->version);
      n++;
    }
  return n;
}

static void
refused (OhPublishQueue *self, OhError code, const char *why)
{
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, code, _ ("The server refused to publish your presence: %s"), why);

  g_message ("publication refused: %s", why);
  set_state (self, OH_PUBLISH_IDLE, "refused");
  land (self, error);
  oh_publish_queue_flush (self);
}

static void
take_conflict (OhPublishQueue *self, const OhPublishFault *fault)
{
  guint corrected = correct_versions (self, fault);

  self->conflicts++;
  g_debug ("publication: conflict %u in a row, %u versions corrected", self->conflicts, corrected);
  if (self->conflicts > OH_PUBLISH_CONFLICTS_MAX)
    {
      self->conflicts = 0;
      refused (self, OH_ERROR_CONFLICT, fault->code);
      return;
    }
  want_again (self);
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

  want_again (self);
  for (guint i = 0; i < self->wishes->len; i++)
    oh_publish_tickets_move (((OhPublishWish *) g_ptr_array_index (self->wishes, i))->waiting,
                             told);
  oh_publish_tickets_fail (told, error);
  pause_for (self, OH_PUBLISH_PAUSED, MAX (delay_us, at_least_us), why);
}

static gboolean
several_instances (OhPublishQueue *self)
{
  for (guint i = 1; i < self->flight->len; i++)
    if (!oh_publish_wish_same_instance (g_ptr_array_index (self->flight, 0),
                                        g_ptr_array_index (self->flight, i)))
      return TRUE;
  return FALSE;
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
  else if (several_instances (self))
    {
      self->alone = TRUE; /* one of them is at fault; the others are not to suffer for it */
      want_again (self);
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

/* A request under way: its cancellable tells it from one before a restart. */
typedef struct
{
  OhPublishQueue *self;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Sent;

static void
sent_free (Sent *sent)
{
  g_object_unref (sent->self);
  g_object_unref (sent->cancellable);
  g_free (sent);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sent, sent_free)

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sent) sent = user_data;
  OhPublishQueue *self = sent->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  if (self->cancellable != sent->cancellable)
    return;
  g_clear_object (&self->cancellable);
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

  for (guint i = 0; i < self->wishes->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->wishes, i);

      if (wish->pending && wish->body == NULL && version_of (self, wish) == 0)
        oh_publish_wish_settle (wish, done);
    }
  sweep (self);
}

static gboolean
goes_with (OhPublishQueue *self, const OhPublishWish *wish)
{
  if (self->flight->len >= OH_PUBLISH_ITEMS_MAX)
    return FALSE;
  return self->flight->len == 0 || !self->alone ||
         oh_publish_wish_same_instance (g_ptr_array_index (self->flight, 0), wish);
}

static void
embark (OhPublishQueue *self, GArray *items, OhPublishWish *wish)
{
  const OhPublishItem item = {
    .category = wish->category,
    .instance = wish->instance,
    .container = wish->container,
    .version = version_of (self, wish),
    .expire = wish->expire,
    .body = wish->body,
  };

  g_array_append_val (items, item);
  oh_publish_wish_depart (wish);
  g_ptr_array_add (self->flight, wish);
}

static void
send_items (OhPublishQueue *self, GArray *items)
{
  g_autoptr (OhSipMessage) request = oh_sip_stack_new_request (self->stack, "SERVICE", self->uri);
  g_autofree char *body = oh_publish_request (self->uri, (gconstpointer) items->data, items->len);
  Sent *sent = g_new0 (Sent, 1);

  oh_sip_message_set_body_text (request, TYPE_PUBLISH, body);
  set_state (self, OH_PUBLISH_SENDING, "publish");
  self->cancellable = g_cancellable_new ();
  sent->self = g_object_ref (self);
  sent->cancellable = g_object_ref (self->cancellable);
  oh_sip_stack_send_async (self->stack, request, self->cancellable, on_answered, sent);
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
  items = g_array_new (FALSE, FALSE, sizeof (OhPublishItem));
  for (guint i = 0; i < self->wishes->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->wishes, i);

      if (wish->pending && goes_with (self, wish))
        embark (self, items, wish);
    }
  if (items->len > 0)
    send_items (self, items);
  else
    self->alone = FALSE;
}

/* --- start and stop ------------------------------------------------------------------------- */

static void
fail_all (OhPublishQueue *self)
{
  g_autoptr (GPtrArray) wishes = g_steal_pointer (&self->wishes);
  g_autoptr (GError) error =
    g_error_new_literal (OH_ERROR, OH_ERROR_NOT_SIGNED_IN, _ ("You are not signed in."));

  self->wishes = wishes_new ();
  g_ptr_array_set_size (self->flight, 0);
  for (guint i = 0; i < wishes->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (wishes, i);

      oh_publish_tickets_fail (wish->waiting, error);
      oh_publish_tickets_fail (wish->aboard, error);
    }
}

void
oh_publish_queue_stop (OhPublishQueue *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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
  self->own = own;
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

  g_ptr_array_unref (self->wishes);
  g_ptr_array_unref (self->flight);
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
  self->wishes = wishes_new ();
  self->flight = g_ptr_array_new ();
}
