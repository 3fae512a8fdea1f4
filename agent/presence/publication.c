/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publication.h"

#include <glib/gi18n-lib.h>

#include "contact-private.h"
#include "error.h"
#include "own-publications.h"
#include "publication-body.h"
#include "publish-xml.h"
#include "roaming-self-xml.h"

/* Call waiting and transfers pass through idle for a moment. */
#define IDLE_DELAY_US (G_GINT64_CONSTANT (1500) * G_TIME_SPAN_MILLISECOND)
/* How long signing out waits for the phone state to be deleted. */
#define WITHDRAW_LIMIT_US (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

struct _OhPublication
{
  GObject parent_instance;

  OhClock *clock;               /* (owned) */
  OhSubscription *subscription; /* (owned) */
  OhOwnPublications *own;       /* (owned) */
  OhPublishQueue *queue;        /* (owned) */

  gboolean started;
  gboolean ready;     /* the server has told what it has, since the start */
  char *uri;          /* (owned) (nullable): of the last start, as the next four */
  char *device_key;   /* (owned): what device and machine numbers are made of */
  char *endpoint_id;  /* (owned) */
  char *machine_name; /* (owned) (nullable) */
  char *line;         /* (owned) (nullable): from the settings */

  OhPhoneUse use;       /* what the phones do */
  OhPhoneUse published; /* what is to be seen of it: later than @use on the way to idle */
  gboolean idle;
  gboolean withdrawn;      /* signing out: the phones are not to be seen any more */
  gboolean phone_is_taken; /* another program of the user publishes this line */
  guint idle_alarm;
  guint withdraw_alarm;
  GTask *withdrawal; /* (owned) (nullable): signing out waits for it */

  OhPresence *presence; /* (owned) */
};

enum
{
  PROP_OWN_PRESENCE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (OhPublication, oh_publication, G_TYPE_OBJECT)

/* --- what we publish ------------------------------------------------------------------------ */

static guint32
machine_instance (OhPublication *self)
{
  return oh_publication_body_instance (OH_INSTANCE_MACHINE, self->device_key);
}

/* By the line, so that nobody who publishes the same line makes a second state of it. */
static guint32
phone_instance (OhPublication *self)
{
  const char *line = self->line;

  if (line == NULL)
    line = oh_own_publications_line (self->own);
  return oh_publication_body_instance (OH_INSTANCE_PHONE, line != NULL ? line : self->uri);
}

static int
utc_offset_s (OhPublication *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now_s = oh_clock_wall_us (self->clock) / G_USEC_PER_SEC;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, now_s);

  return interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0;
}

static void
put_device (OhPublication *self)
{
  g_autofree char *body =
    oh_publish_device (self->uri, self->endpoint_id, self->machine_name, utc_offset_s (self));

  oh_publish_queue_put (self->queue, "device", oh_publication_body_instance (0, self->device_key),
                        2, OH_EXPIRE_ENDPOINT, body, NULL);
}

/*
 * The server shows the most available machine: beside another client of the user we say "away", so
 * that the other one decides, alone we say what we know.
 */
static void
put_machine (OhPublication *self)
{
  guint availability = self->idle ? 5000 : 3500;
  g_autofree char *body = NULL;

  if (oh_own_publications_signed_in_elsewhere (self->own, self->endpoint_id))
    availability = 15500;
  body = oh_publish_state (OH_STATE_MACHINE, availability, NULL, 0, 0);
  oh_publication_body_put_state (self->queue, machine_instance (self), OH_EXPIRE_ENDPOINT, body,
                                 NULL);
}

static char *
phone_body (OhPublication *self)
{
  if (self->published == OH_PHONE_CONFERENCE)
    return oh_publish_state (OH_STATE_PHONE, 7000, OH_ACTIVITY_IN_A_CONFERENCE, 7000, 8999);
  return oh_publish_state (OH_STATE_PHONE, 6500, OH_ACTIVITY_ON_THE_PHONE, 6500, 8999);
}

static void
put_phone (OhPublication *self, OhPublishTicket *ticket)
{
  g_autofree char *body = NULL;

  if (self->phone_is_taken)
    return;
  if (self->published != OH_PHONE_IDLE && !self->withdrawn)
    body = phone_body (self);
  /* never longer than this endpoint lives: the user would be busy for ever */
  oh_publication_body_put_state (self->queue, phone_instance (self), OH_EXPIRE_ENDPOINT, body,
                                 ticket);
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
is_by_another (OhPublication *self, const OhOwnPublication *one)
{
  return one->endpoint_id != NULL && g_ascii_strcasecmp (one->endpoint_id, self->endpoint_id) != 0;
}

/* Communicator with its own control of the same line publishes the same instance: leave it to it.
 */
static void
look_for_owner (const OhOwnPublication *one, gpointer user_data)
{
  OhPublication *self = user_data;

  if (is_phone_state (one) && one->instance == phone_instance (self) && is_by_another (self, one))
    self->phone_is_taken = TRUE;
}

/* A phone state of ours that we do not want: an earlier run was killed while a call was up. */
static void
delete_left_over (const OhOwnPublication *one, gpointer user_data)
{
  OhPublication *self = user_data;
  gboolean ours =
    one->endpoint_id != NULL ? !is_by_another (self, one) : one->instance == phone_instance (self);

  if (!is_phone_state (one) || !ours ||
      oh_publish_queue_has (self->queue, "state", one->instance, one->container))
    return;
  g_debug ("publication: phone state %08x left in container %u", one->instance, one->container);
  oh_publish_queue_put (self->queue, "state", one->instance, one->container, one->expire, NULL,
                        NULL);
}

static void
set_presence (OhPublication *self, OhPresence *fresh)
{
  g_autoptr (OhPresence) old = g_steal_pointer (&self->presence);

  self->presence = fresh;
  if (!oh_presence_equal (old, fresh))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OWN_PRESENCE]);
}

static void
put_all (OhPublication *self)
{
  put_device (self);
  put_machine (self);
  put_phone (self, NULL);
  oh_own_publications_foreach (self->own, delete_left_over, self);
}

static void
take_self_data (OhPublication *self, const OhRoamingSelf *data)
{
  if (data->categories != NULL)
    oh_own_publications_apply (self->own, data->categories);
  self->ready = TRUE;
  self->phone_is_taken = FALSE;
  oh_own_publications_foreach (self->own, look_for_owner, self);
  if (!self->withdrawn)
    put_all (self);
  set_presence (self, oh_own_publications_presence (self->own));
}

static void
on_self_data (OhSubscription *subscription, const OhRoamingSelf *data, OhPublication *self)
{
  if (!self->started)
    return;
  take_self_data (self, data);
  oh_publish_queue_resume (self->queue);
  oh_publish_queue_flush (self->queue);
}

/* The body of a 200 is a notification too: some servers send no other for what we did ourselves. */
static void
on_answered (OhSlice body, gpointer user_data)
{
  OhPublication *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhRoamingSelf) data = oh_roaming_self_parse (body, &error);

  if (data != NULL)
    take_self_data (self, data);
  else
    g_message ("answer to a publication: %s", error->message);
}

static void
on_versions_lost (gpointer user_data)
{
  OhPublication *self = user_data;

  oh_own_publications_clear (self->own);
  oh_subscription_renew_self (self->subscription);
}

/* --- start and stop ------------------------------------------------------------------------- */

static void
take_identity (OhPublication *self, const OhPublicationIdentity *identity)
{
  g_free (self->uri);
  g_free (self->device_key);
  g_free (self->endpoint_id);
  g_free (self->machine_name);
  g_free (self->line);
  self->uri = oh_contact_full_uri (identity->uri);
  self->device_key = g_strdup (identity->gruu != NULL ? identity->gruu : identity->endpoint_id);
  self->endpoint_id = g_strdup (identity->endpoint_id);
  self->machine_name = g_strdup (identity->machine_name);
  self->line = g_strdup (identity->line);
}

void
oh_publication_start (OhPublication *self, OhSipStack *stack, const OhPublicationIdentity *identity)
{
  oh_publication_stop (self);
  take_identity (self, identity);
  self->started = TRUE;
  oh_publish_queue_start (self->queue, stack, self->uri);
}

void
oh_publication_stop (OhPublication *self)
{
  g_autoptr (GTask) withdrawal = g_steal_pointer (&self->withdrawal);

  oh_clock_clear_alarm (self->clock, &self->withdraw_alarm);
  self->started = FALSE;
  self->ready = FALSE;
  self->withdrawn = FALSE;
  self->phone_is_taken = FALSE;
  oh_own_publications_clear (self->own);
  oh_publish_queue_stop (self->queue);
  set_presence (self, oh_presence_unknown ());
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
  put_phone (self, ticket);
  oh_publish_queue_flush (self->queue);
}

gboolean
oh_publication_withdraw_finish (OhPublication *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the phones ----------------------------------------------------------------------------- */

static void
publish_use (OhPublication *self)
{
  self->published = self->use;
  if (!self->ready || self->withdrawn)
    return;
  put_phone (self, NULL);
  oh_publish_queue_flush (self->queue);
}

static gboolean
on_still_idle (gpointer user_data)
{
  OhPublication *self = user_data;

  self->idle_alarm = 0;
  publish_use (self);
  return G_SOURCE_REMOVE;
}

void
oh_publication_set_on_phone (OhPublication *self, OhPhoneUse use)
{
  if (self->use == use)
    return;
  self->use = use;
  oh_clock_clear_alarm (self->clock, &self->idle_alarm);
  if (use == OH_PHONE_IDLE)
    self->idle_alarm = oh_clock_add_alarm_in (self->clock, IDLE_DELAY_US, on_still_idle, self);
  else
    publish_use (self);
}

void
oh_publication_set_idle (OhPublication *self, gboolean idle)
{
  if (self->idle == idle)
    return;
  self->idle = idle;
  if (!self->ready || self->withdrawn)
    return;
  put_machine (self);
  oh_publish_queue_flush (self->queue);
}

/* --- the user's choice ---------------------------------------------------------------------- */

void
oh_publication_choose_async (OhPublication *self, OhPublicationChoice what,
                             OhAvailability availability, const char *note,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (OhPublishTicket) ticket = NULL;

  g_task_set_source_tag (task, oh_publication_choose_async);
  if (!self->ready || self->withdrawn)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_NOT_SIGNED_IN, "%s",
                               _ ("You are not signed in."));
      return;
    }
  ticket = oh_publish_ticket_new (g_object_ref (task));
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

gboolean
oh_publication_choose_finish (OhPublication *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
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
    {
      oh_clock_clear_alarm (self->clock, &self->idle_alarm);
      oh_publication_stop (self);
    }
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
  g_free (self->uri);
  g_free (self->device_key);
  g_free (self->endpoint_id);
  g_free (self->machine_name);
  g_free (self->line);
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
