/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "subscription.h"

#include "contact-private.h"
#include "event-subscription.h"
#include "log.h"
#include "people-places.h"
#include "roaming-contacts-xml.h"
#include "roaming-self-xml.h"

#define EVENT_CONTACTS "vnd-microsoft-roaming-contacts"
#define EVENT_SELF "vnd-microsoft-roaming-self"
#define TYPE_CONTACTS "application/vnd-microsoft-roaming-contacts+xml"
#define TYPE_SELF "application/vnd-microsoft-roaming-self+xml"

/* Complete contact lists asked for within the time below: a server whose changes never fit the list
 * that it sends must not keep us asking. */
#define ASK_AGAIN_MAX 3u
#define ASK_AGAIN_WINDOW_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

struct _OhSubscription
{
  GObject parent_instance;

  OhClock *clock;       /* (owned) */
  OhContacts *contacts; /* (owned) */
  OhSipStack *stack;    /* (owned) (nullable): NULL while stopped */
  char *uri;            /* (owned) (nullable): of the last start */
  gboolean elsewhere;
  guint asked_again;     /* for the complete contact list, in this window */
  gint64 asked_since_us; /* when the window began; 0 for never */
  guint ask_alarm;       /* at which the next window begins */

  OhEventSubscription *list; /* (owned) (nullable): contact list */
  OhEventSubscription *self; /* (owned) (nullable): our own publications */
  OhPeoplePlaces *people;    /* (owned) (nullable): everybody's presence */
};

enum
{
  PROP_CONTACTS_ELSEWHERE = 1,
  N_PROPS,
};

enum
{
  SIGNAL_SELF_DATA,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhSubscription, oh_subscription, G_TYPE_OBJECT)

/* --- contact list --------------------------------------------------------------------------- */

static void
set_elsewhere (OhSubscription *self, gboolean elsewhere)
{
  if (self->elsewhere == elsewhere)
    return;
  self->elsewhere = elsewhere;
  if (elsewhere)
    g_message ("the contact list of this account is kept in Exchange; the server has none");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONTACTS_ELSEWHERE]);
}

static OhSlice
body_of (OhSipMessage *message)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (message), &len);

  return oh_slice (data, len);
}

static void ask_again (OhSubscription *self);

static gboolean
on_ask_alarm (gpointer user_data)
{
  OhSubscription *self = user_data;

  self->ask_alarm = 0;
  ask_again (self);
  return G_SOURCE_REMOVE;
}

/* For the complete list: at once, but not for ever. */
static void
ask_again (OhSubscription *self)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  if (self->asked_since_us == 0 || now_us - self->asked_since_us >= ASK_AGAIN_WINDOW_US)
    {
      self->asked_since_us = now_us;
      self->asked_again = 0;
    }
  if (self->asked_again < ASK_AGAIN_MAX)
    {
      self->asked_again++;
      oh_event_subscription_start (self->list);
    }
  else if (self->ask_alarm == 0)
    {
      g_message ("contact list: its changes do not fit what the server sends; waiting a minute");
      self->ask_alarm = oh_clock_add_alarm (self->clock, self->asked_since_us + ASK_AGAIN_WINDOW_US,
                                            on_ask_alarm, self);
    }
}

void
oh_subscription_renew_contacts (OhSubscription *self)
{
  if (self->list != NULL)
    ask_again (self);
}

static void
on_list (OhSipMessage *message, gpointer user_data)
{
  OhSubscription *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhContactList) list = NULL;

  if (!oh_sip_message_content_is (message, TYPE_CONTACTS))
    return;
  list = oh_contact_list_parse (body_of (message), &error);
  if (list == NULL)
    {
      g_message ("contact list: %s", error->message);
      return;
    }
  if (list->truncated)
    g_message ("contact list: longer than we take; the rest is left out");
  set_elsewhere (self, list->elsewhere);
  if (oh_contacts_apply_list (self->contacts, list))
    oh_people_places_update (self->people);
  else
    ask_again (self); /* a change to a list that we do not have */
}

static void
on_list_refused (guint status, gpointer user_data)
{
  OhSubscription *self = user_data;

  if (status == 488)
    set_elsewhere (self, TRUE);
  else
    g_message ("contact list: the server answered %u", status);
}

/* --- our own publications ------------------------------------------------------------------- */

static char *
on_self_body (gpointer user_data)
{
  return g_strdup (oh_roaming_self_request ());
}

static void
on_self (OhSipMessage *message, gpointer user_data)
{
  OhSubscription *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhRoamingSelf) data = NULL;

  if (!oh_sip_message_content_is (message, TYPE_SELF))
    return;
  data = oh_roaming_self_parse (body_of (message), &error);
  if (data == NULL)
    g_message ("own publications: %s", error->message);
  else
    g_signal_emit (self, signals[SIGNAL_SELF_DATA], 0, data);
}

static void
on_self_refused (guint status, gpointer user_data)
{
  g_message ("own publications: the server answered %u; own presence cannot be shown", status);
}

/* --- start and stop ------------------------------------------------------------------------- */

static const OhEventHandler list_handler = { NULL, on_list, NULL, on_list_refused };
static const OhEventHandler self_handler = { on_self_body, on_self, NULL, on_self_refused };

static gboolean
offers (const OhPresenceFeatures *features, const char *event)
{
  OhSlice rest = oh_slice_str (features->allow_events);

  if (features->allow_events == NULL)
    return TRUE;
  while (rest.len > 0)
    {
      OhSlice item = oh_slice_trim (oh_slice_eat_until (&rest, ","));

      oh_slice_eat (&rest, ',');
      if (oh_slice_equal_case (item, event))
        return TRUE;
    }
  return FALSE;
}

static OhEventSubscription *
subscribe (OhSubscription *self, const char *event, const char *type, const char *supported,
           const OhEventHandler *handler)
{
  const OhEventSetup setup = {
    .event = event,
    .target = self->uri,
    .accept = type,
    .supported = supported,
    .content_type = type,
  };
  OhEventSubscription *subscription =
    oh_event_subscription_new (self->stack, self->clock, &setup, handler, self);

  oh_event_subscription_start (subscription);
  return subscription;
}

static void
drop (OhEventSubscription **subscription)
{
  if (*subscription != NULL)
    oh_event_subscription_stop (*subscription);
  g_clear_object (subscription);
}

static void
drop_all (OhSubscription *self)
{
  if (self->clock != NULL)
    oh_clock_clear_alarm (self->clock, &self->ask_alarm);
  drop (&self->list);
  drop (&self->self);
  g_clear_pointer (&self->people, oh_people_places_free);
  g_clear_object (&self->stack);
}

void
oh_subscription_start (OhSubscription *self, OhSipStack *stack, const char *uri,
                       const OhPresenceFeatures *features)
{
  g_autofree char *old = g_steal_pointer (&self->uri);
  g_autofree char *old_key = oh_contact_key_for (old);
  g_autofree char *key = oh_contact_key_for (uri);

  drop_all (self);
  if (old_key != NULL && g_strcmp0 (old_key, key) != 0)
    oh_contacts_clear (self->contacts);
  self->stack = g_object_ref (stack);
  self->uri = oh_contact_full_uri (uri);
  self->asked_since_us = 0;
  self->people = oh_people_places_new (stack, self->clock, self->contacts, self->uri,
                                       features->batched, features->enhanced);
  set_elsewhere (self, FALSE);
  if (offers (features, EVENT_CONTACTS))
    self->list = subscribe (self, EVENT_CONTACTS, TYPE_CONTACTS,
                            features->enhanced ? "ms-ucs" : NULL, &list_handler);
  if (features->enhanced && offers (features, EVENT_SELF))
    self->self = subscribe (self, EVENT_SELF, TYPE_SELF, NULL, &self_handler);
}

void
oh_subscription_stop (OhSubscription *self)
{
  drop_all (self);
  oh_contacts_forget_presence (self->contacts);
}

void
oh_subscription_refresh (OhSubscription *self)
{
  if (self->list != NULL)
    oh_event_subscription_refresh (self->list);
  if (self->self != NULL)
    oh_event_subscription_refresh (self->self);
  if (self->people != NULL)
    oh_people_places_refresh (self->people);
}

void
oh_subscription_renew_self (OhSubscription *self)
{
  if (self->self != NULL)
    oh_event_subscription_start (self->self);
}

gboolean
oh_subscription_contacts_elsewhere (OhSubscription *self)
{
  return self->elsewhere;
}

OhSubscription *
oh_subscription_new (OhClock *clock, OhContacts *contacts)
{
  OhSubscription *self = g_object_new (OH_TYPE_SUBSCRIPTION, NULL);

  self->clock = g_object_ref (clock);
  self->contacts = g_object_ref (contacts);
  return self;
}

static void
oh_subscription_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhSubscription *self = OH_SUBSCRIPTION (object);

  switch (id)
    {
    case PROP_CONTACTS_ELSEWHERE: g_value_set_boolean (value, self->elsewhere); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_subscription_dispose (GObject *object)
{
  OhSubscription *self = OH_SUBSCRIPTION (object);

  drop_all (self);
  g_clear_object (&self->contacts);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_subscription_parent_class)->dispose (object);
}

static void
oh_subscription_finalize (GObject *object)
{
  OhSubscription *self = OH_SUBSCRIPTION (object);

  g_free (self->uri);
  G_OBJECT_CLASS (oh_subscription_parent_class)->finalize (object);
}

static void
oh_subscription_class_init (OhSubscriptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = oh_subscription_get_property;
  object_class->dispose = oh_subscription_dispose;
  object_class->finalize = oh_subscription_finalize;
  props[PROP_CONTACTS_ELSEWHERE] =
    g_param_spec_boolean ("contacts-elsewhere", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_SELF_DATA] = g_signal_new ("self-data", OH_TYPE_SUBSCRIPTION, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
oh_subscription_init (OhSubscription *self)
{
}
