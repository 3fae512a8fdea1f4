/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-presence.h"

#include "publication-body.h"
#include "publish-xml.h"

struct _OhPhonePresence
{
  OhClock *clock;               /* (owned) */
  OhPublishQueue *queue;        /* (unowned) */
  const OhOwnPublications *own; /* (unowned) */
  const OhPublisher *publisher; /* (unowned) (nullable): NULL until the server has told */

  guint32 place;   /* instance number where it was put last; 0 for nowhere yet */
  OhPhoneUse use;  /* what the phones do */
  OhPhoneUse said; /* what is to be seen of it: later than @use on the way to idle */
  guint idle_alarm;
  gboolean withdrawn; /* signing out: the phones are not to be seen any more */
  gboolean shared;    /* another client has published the state of our line in our place */
  gboolean elsewhere; /* another client says that the user is in a call, in a place of its own */
};

static guint32
instance_of (OhPhonePresence *self)
{
  return oh_publisher_phone_instance (self->publisher, self->own);
}

static char *
body_of (OhPhoneUse use)
{
  if (use == OH_PHONE_CONFERENCE)
    return oh_publish_state (OH_STATE_PHONE, 7000, OH_ACTIVITY_IN_A_CONFERENCE, 7000, 8999);
  return oh_publish_state (OH_STATE_PHONE, 6500, OH_ACTIVITY_ON_THE_PHONE, 6500, 8999);
}

static void
put (OhPhonePresence *self, OhPublishTicket *ticket)
{
  guint32 place = instance_of (self);
  gboolean seen = oh_publication_body_has_state (self->queue, place);
  g_autofree char *body = NULL;

  if (self->place != 0 && self->place != place) /* the server has told another line */
    oh_publication_body_put_state (self->queue, self->place, OH_EXPIRE_ENDPOINT, NULL, NULL);
  self->place = place;
  if (self->shared)
    return; /* it is the other one's to take back */
  /* in the moment of idleness what is seen stays; what was not is not to be seen any more */
  if (self->said != OH_PHONE_IDLE && !self->withdrawn && !self->elsewhere &&
      (seen || self->use != OH_PHONE_IDLE))
    body = body_of (self->said);
  /* never longer than this endpoint lives: the user would be busy for ever */
  oh_publication_body_put_state (self->queue, place, OH_EXPIRE_ENDPOINT, body, ticket);
}

/* --- what the phones do --------------------------------------------------------------------- */

static void
say (OhPhonePresence *self)
{
  self->said = self->use;
  if (self->publisher == NULL || self->withdrawn)
    return;
  put (self, NULL);
  oh_publish_queue_flush (self->queue);
}

static gboolean
on_still_idle (gpointer user_data)
{
  OhPhonePresence *self = user_data;

  self->idle_alarm = 0;
  say (self);
  return G_SOURCE_REMOVE;
}

void
oh_phone_presence_set_use (OhPhonePresence *self, OhPhoneUse use)
{
  if (self->use == use)
    return;
  self->use = use;
  oh_clock_clear_alarm (self->clock, &self->idle_alarm);
  if (use == OH_PHONE_IDLE)
    self->idle_alarm =
      oh_clock_add_alarm_in (self->clock, OH_PHONE_PRESENCE_IDLE_US, on_still_idle, self);
  else
    say (self);
}

/* --- what the server has -------------------------------------------------------------------- */

static gboolean
is_phone_state (const OhOwnPublication *one)
{
  return one->state_type == OH_STATE_PHONE ||
         (one->state_type == OH_STATE_OTHER &&
          (one->instance & OH_INSTANCE_KIND_MASK) == OH_INSTANCE_PHONE);
}

static gboolean
is_our_place (OhPhonePresence *self, const OhOwnPublication *one)
{
  return one->instance == instance_of (self);
}

/*
 * Our place counts as another's when the server says so, or when it was published there after we
 * did: two programs that take it from each other in turn would make the user flap.
 */
static void
look_at (const OhOwnPublication *one, gpointer user_data)
{
  OhPhonePresence *self = user_data;

  if (!is_phone_state (one))
    return;
  if (is_our_place (self, one))
    self->shared =
      self->shared || oh_publisher_is_another (self->publisher, one->endpoint_id) ||
      (one->endpoint_id == NULL &&
       oh_publish_queue_is_overwritten (self->queue, "state", one->instance, one->container));
  else if (one->endpoint_id == NULL || oh_publisher_is_another (self->publisher, one->endpoint_id))
    self->elsewhere = self->elsewhere || one->expire != OH_EXPIRE_STATIC;
}

static void
look_for_our_place (const OhOwnPublication *one, gpointer user_data)
{
  gpointer *search = user_data;

  if (is_phone_state (one) && is_our_place (search[0], one))
    search[1] = search[0];
}

static gboolean
has_our_place (OhPhonePresence *self)
{
  gpointer search[] = { self, NULL };

  oh_own_publications_foreach (self->own, look_for_our_place, search);
  return search[1] != NULL;
}

/* A phone state of ours that we do not want: an earlier run was killed while a call was up. */
static void
delete_left_over (const OhOwnPublication *one, gpointer user_data)
{
  OhPhonePresence *self = user_data;
  gboolean ours = one->endpoint_id != NULL
                    ? !oh_publisher_is_another (self->publisher, one->endpoint_id)
                    : is_our_place (self, one);

  if (!is_phone_state (one) || !ours ||
      oh_publish_queue_has (self->queue, "state", one->instance, one->container))
    return;
  g_debug ("publication: phone state %08x left in container %u", one->instance, one->container);
  oh_publish_queue_put (self->queue, "state", one->instance, one->container, one->expire, NULL,
                        NULL);
}

void
oh_phone_presence_look (OhPhonePresence *self, const OhPublisher *publisher)
{
  gboolean first = self->publisher == NULL;
  gboolean was_shared = self->shared;

  self->publisher = publisher;
  if (self->withdrawn)
    return;
  self->elsewhere = FALSE;
  self->shared = was_shared && has_our_place (self);
  oh_own_publications_foreach (self->own, look_at, self);
  if (self->shared && !was_shared)
    oh_publication_body_forget_state (self->queue, instance_of (self));
  put (self, NULL);
  if (first)
    oh_own_publications_foreach (self->own, delete_left_over, self);
}

void
oh_phone_presence_withdraw (OhPhonePresence *self, OhPublishTicket *ticket)
{
  self->withdrawn = TRUE;
  put (self, ticket);
}

void
oh_phone_presence_stop (OhPhonePresence *self)
{
  self->publisher = NULL;
  self->place = 0;
  self->withdrawn = FALSE;
  self->shared = FALSE;
  self->elsewhere = FALSE;
}

OhPhonePresence *
oh_phone_presence_new (OhClock *clock, OhPublishQueue *queue, const OhOwnPublications *own)
{
  OhPhonePresence *self = g_new0 (OhPhonePresence, 1);

  self->clock = g_object_ref (clock);
  self->queue = queue;
  self->own = own;
  return self;
}

void
oh_phone_presence_free (OhPhonePresence *self)
{
  if (self == NULL)
    return;
  oh_clock_clear_alarm (self->clock, &self->idle_alarm);
  g_object_unref (self->clock);
  g_free (self);
}
