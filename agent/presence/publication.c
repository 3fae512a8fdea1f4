/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publication.h"

#include <glib/gi18n-lib.h>

#include "access-levels.h"
#include "choice-wait.h"
#include "error.h"
#include "own-publications.h"
#include "phone-presence.h"
#include "publication-body.h"
#include "publisher.h"
#include "roaming-self-xml.h"

/* How long signing out waits for the phone state to be deleted. */
#define WITHDRAW_LIMIT_US (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

struct _OhPublication
{
  GObject parent_instance;

  OhClock *clock;               /* (owned) */
  OhSubscription *subscription; /* (owned) */
  OhOwnPublications *own;       /* (owned) */
  OhPublishQueue *queue;        /* (owned) */
  OhPhonePresence *phones;      /* (owned) */

  OhSipStack *stack; /* (owned) (nullable): from start to stop */
  gboolean started;
  gboolean ready;         /* the server has told what it has, since the start */
  OhPublisher *publisher; /* (owned) (nullable): of the last start */

  OhMachineUse machine;
  gboolean withdrawn; /* signing out: nothing new is published */
  guint withdraw_alarm;
  GTask *withdrawal; /* (owned) (nullable): signing out waits for it */

  OhChoiceWait *choices; /* (owned) */

  OhPresence *presence; /* (owned) */
};

enum
{
  PROP_OWN_PRESENCE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (OhPublication, oh_publication, G_TYPE_OBJECT)

/* --- what the server has -------------------------------------------------------------------- */

static int
utc_offset_s (OhPublication *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now_s = oh_clock_wall_us (self->clock) / G_USEC_PER_SEC;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, now_s);

  return interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0;
}

static void
put_machine (OhPublication *self)
{
  oh_publisher_put_machine (self->publisher, self->queue, self->own, self->machine);
}

static void
set_presence (OhPublication *self, OhPresence *fresh)
{
  g_autoptr (OhPresence) old = g_steal_pointer (&self->presence);

  self->presence = fresh;
  if (!oh_presence_equal (old, fresh))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OWN_PRESENCE]);
}

/* Returns: the OhOwnNews in it */
static guint
take_self_data (OhPublication *self, const OhRoamingSelf *data)
{
  gboolean first = !self->ready;
  guint news =
    data->categories != NULL ? oh_own_publications_apply (self->own, data->categories) : 0;

  oh_publish_queue_compare (self->queue);
  self->ready = TRUE;
  if (!self->withdrawn)
    {
      oh_publisher_put_device (self->publisher, self->queue, utc_offset_s (self));
      put_machine (self);
    }
  oh_phone_presence_look (self->phones, self->publisher);
  if (first)
    oh_access_levels_mend (self->stack, oh_publisher_uri (self->publisher), data);
  set_presence (self, oh_own_publications_presence (self->own));
  return news;
}

static void
on_self_data (OhSubscription *subscription, const OhRoamingSelf *data, OhPublication *self)
{
  guint news;

  if (!self->started)
    return;
  news = take_self_data (self, data);
  oh_publish_queue_resume (self->queue);
  oh_publish_queue_flush (self->queue);
  oh_choice_wait_notified (self->choices, news);
}

/* The body of a 200 is a notification too: some servers send no other for what we did ourselves. */
static void
on_answered (OhSlice body, gpointer user_data)
{
  OhPublication *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhRoamingSelf) data = NULL;
  guint news = 0;

  if (body.len > 0)
    {
      data = oh_roaming_self_parse (body, &error);
      if (data != NULL)
        news = take_self_data (self, data);
      else
        g_message ("answer to a publication: %s", error->message);
    }
  oh_choice_wait_answered (self->choices, news);
}

static void
on_versions_lost (gpointer user_data)
{
  OhPublication *self = user_data;

  oh_own_publications_clear (self->own);
  oh_subscription_renew_self (self->subscription);
}

/* --- start and stop ------------------------------------------------------------------------- */

void
oh_publication_start (OhPublication *self, OhSipStack *stack, const OhPublicationIdentity *identity)
{
  oh_publication_stop (self);
  oh_publisher_free (self->publisher);
  self->publisher = oh_publisher_new (identity);
  self->started = TRUE;
  self->stack = g_object_ref (stack);
  oh_publish_queue_start (self->queue, stack, oh_publisher_uri (self->publisher));
}

void
oh_publication_stop (OhPublication *self)
{
  g_autoptr (GTask) withdrawal = g_steal_pointer (&self->withdrawal);

  oh_clock_clear_alarm (self->clock, &self->withdraw_alarm);
  oh_phone_presence_stop (self->phones);
  self->started = FALSE;
  g_clear_object (&self->stack);
  self->ready = FALSE;
  self->withdrawn = FALSE;
  oh_own_publications_clear (self->own);
  oh_publish_queue_stop (self->queue);
  set_presence (self, oh_presence_unknown ());
  oh_choice_wait_give_up (self->choices);
  if (withdrawal != NULL)
    g_task_return_new_error (withdrawal, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                             _ ("The server did not confirm that you are no longer on the phone."));
}

/* --- signing out ---------------------------------------------------------------------------- */

static gboolean
on_withdraw_limit (gpointer user_data)
{
  OhPublication *self = user_data;

  self->withdraw_alarm = 0;
  oh_publication_stop (self);
  return G_SOURCE_REMOVE;
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhPublication *self = OH_PUBLICATION (source);
  g_autoptr (GTask) withdrawal = NULL;
  g_autoptr (GError) error = NULL;

  if (self->withdrawal == NULL || g_task_get_task_data (G_TASK (result)) != self->withdrawal)
    return; /* the limit was shorter */
  withdrawal = g_steal_pointer (&self->withdrawal);
  oh_publication_stop (self);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (withdrawal, TRUE);
  else
    g_task_return_error (withdrawal, g_steal_pointer (&error));
}

void
oh_publication_withdraw_async (OhPublication *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (OhPublishTicket) ticket = NULL;
  GTask *inner;

  g_task_set_source_tag (task, oh_publication_withdraw_async);
  if (!self->ready || self->withdrawal != NULL)
    {
      oh_publication_stop (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->withdrawal = g_steal_pointer (&task);
  self->withdrawn = TRUE;
  self->withdraw_alarm =
    oh_clock_add_alarm_in (self->clock, WITHDRAW_LIMIT_US, on_withdraw_limit, self);
  inner = g_task_new (self, NULL, on_withdrawn, NULL);
  g_task_set_task_data (inner, g_object_ref (self->withdrawal), g_object_unref);
  ticket = oh_publish_ticket_new (inner);
  oh_phone_presence_withdraw (self->phones, ticket);
  oh_publish_queue_flush (self->queue);
}

gboolean
oh_publication_withdraw_finish (OhPublication *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- phones and computer -------------------------------------------------------------------- */

void
oh_publication_set_on_phone (OhPublication *self, OhPhoneUse use)
{
  oh_phone_presence_set_use (self->phones, use);
}

void
oh_publication_set_machine (OhPublication *self, OhMachineUse use)
{
  if (self->machine == use)
    return;
  self->machine = use;
  if (!self->ready || self->withdrawn)
    return;
  put_machine (self);
  oh_publish_queue_flush (self->queue);
}

/* --- the user's choice ---------------------------------------------------------------------- */

static gboolean
is_possible (OhPublication *self, const char *note, GError **error)
{
  if (!self->ready || self->withdrawn)
    g_set_error (error, OH_ERROR, OH_ERROR_NOT_SIGNED_IN, "%s", _ ("You are not signed in."));
  else if (note != NULL && g_utf8_strlen (note, -1) > OH_PUBLICATION_NOTE_MAX)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("The note is too long: shorten it to %d characters."), OH_PUBLICATION_NOTE_MAX);
  else
    return TRUE;
  return FALSE;
}

void
oh_publication_choose_async (OhPublication *self, OhPublicationChoice what,
                             OhAvailability availability, const char *note,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (OhPublishTicket) ticket = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, oh_publication_choose_async);
  if (!is_possible (self, note, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  ticket = oh_choice_wait_add (self->choices, task,
                               (what != OH_PUBLICATION_KEEP ? OH_OWN_NEWS_STATE : 0) |
                                 (note != NULL ? OH_OWN_NEWS_NOTE : 0));
  if (what == OH_PUBLICATION_CHOOSE &&
      !oh_publication_body_put_choice (self->queue, availability, ticket))
    {
      oh_publish_ticket_fail (ticket, OH_ERROR_USAGE,
                              _ ("This presence cannot be chosen by hand."));
      return;
    }
  if (what == OH_PUBLICATION_RESET)
    oh_publication_body_put_reset (self->queue, ticket);
  if (note != NULL)
    oh_publication_body_put_note (self->queue, note, ticket);
  oh_publish_queue_flush (self->queue);
}

/* Returns: whether the server accepted it; sets *told when it has said what it made of it, too */
static gboolean
finish_choice (GAsyncResult *result, gboolean *told, GError **error)
{
  GError *failure = NULL;

  *told = g_task_propagate_boolean (G_TASK (result), &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

gboolean
oh_publication_choose_finish (OhPublication *self, GAsyncResult *result, GError **error)
{
  gboolean told;

  return finish_choice (result, &told, error);
}

void
oh_publication_set_dnd_async (OhPublication *self, gboolean dnd, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (OhPublishTicket) ticket = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, oh_publication_set_dnd_async);
  if (!is_possible (self, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  ticket = oh_choice_wait_add (self->choices, task, OH_OWN_NEWS_STATE);
  oh_publication_body_put_dnd (self->queue, self->own, dnd, ticket);
  oh_publish_queue_flush (self->queue);
}

gboolean
oh_publication_set_dnd_finish (OhPublication *self, GAsyncResult *result, gboolean *out_told,
                               GError **error)
{
  return finish_choice (result, out_told, error);
}

/* --- the object ----------------------------------------------------------------------------- */

OhPresence *
oh_publication_own_presence (OhPublication *self)
{
  return self->presence;
}

static const OhPublishHandler handler = { on_answered, on_versions_lost };

OhPublication *
oh_publication_new (OhClock *clock, OhSubscription *subscription)
{
  OhPublication *self = g_object_new (OH_TYPE_PUBLICATION, NULL);

  self->clock = g_object_ref (clock);
  self->subscription = g_object_ref (subscription);
  self->queue = oh_publish_queue_new (clock, self->own, &handler, self);
  self->choices = oh_choice_wait_new (clock, OH_PUBLICATION_WORD_LIMIT_US);
  self->phones = oh_phone_presence_new (clock, self->queue, self->own);
  g_signal_connect_object (subscription, "self-data", G_CALLBACK (on_self_data), self, 0);
  return self;
}

static void
oh_publication_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhPublication *self = OH_PUBLICATION (object);

  switch (id)
    {
    case PROP_OWN_PRESENCE: g_value_set_boxed (value, self->presence); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_publication_dispose (GObject *object)
{
  OhPublication *self = OH_PUBLICATION (object);

  if (self->clock != NULL)
    oh_publication_stop (self);
  g_clear_pointer (&self->choices, oh_choice_wait_free);
  g_clear_pointer (&self->phones, oh_phone_presence_free);
  g_clear_object (&self->queue);
  g_clear_object (&self->subscription);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_publication_parent_class)->dispose (object);
}

static void
oh_publication_finalize (GObject *object)
{
  OhPublication *self = OH_PUBLICATION (object);

  oh_own_publications_free (self->own);
  oh_publisher_free (self->publisher);
  oh_presence_unref (self->presence);
  G_OBJECT_CLASS (oh_publication_parent_class)->finalize (object);
}

static void
oh_publication_class_init (OhPublicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = oh_publication_get_property;
  object_class->dispose = oh_publication_dispose;
  object_class->finalize = oh_publication_finalize;
  props[PROP_OWN_PRESENCE] =
    g_param_spec_boxed ("own-presence", NULL, NULL, OH_TYPE_PRESENCE,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
oh_publication_init (OhPublication *self)
{
  self->own = oh_own_publications_new ();
  self->presence = oh_presence_unknown ();
}
