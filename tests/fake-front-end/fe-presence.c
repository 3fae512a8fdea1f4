/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-presence.h"

#include <string.h>

#include "fe-documents.h"
#include "fe-event.h"
#include "fe-store.h"
#include "fe-subscription.h"
#include "fe-value.h"
#include "fe-watchers.h"

#define TYPE_SELF "application/vnd-microsoft-roaming-self+xml"
#define TYPE_CONTACTS "application/vnd-microsoft-roaming-contacts+xml"
#define TYPE_PROVISIONING "application/vnd-microsoft-roaming-provisioning-v2+xml"

struct _FePresence
{
  FeWire *wire;                   /* unowned */
  FePeople *people;               /* unowned */
  FeRegistrar *registrar;         /* unowned */
  FeStore *store;                 /* (owned) */
  FeSubscriptions *subscriptions; /* (owned) */
  FeProvisioning *provisioning;   /* (owned) */
  FeWatchers *watchers;           /* (owned) */
};

static void on_store_changed (FePerson *person, const char *category, gpointer user_data);

FePresence *
fe_presence_new (FeWire *wire, FePeople *people, FeRegistrar *registrar)
{
  FePresence *self = g_new0 (FePresence, 1);

  self->wire = wire;
  self->people = people;
  self->registrar = registrar;
  self->store = fe_store_new (on_store_changed, self);
  self->subscriptions = fe_subscriptions_new (wire);
  self->provisioning = fe_provisioning_new ();
  self->watchers = fe_watchers_new (wire, people, self->store, self->subscriptions, self);
  return self;
}

void
fe_presence_free (FePresence *self)
{
  if (self == NULL)
    return;
  fe_watchers_free (self->watchers);
  fe_subscriptions_free (self->subscriptions);
  fe_provisioning_free (self->provisioning);
  fe_store_free (self->store);
  g_free (self);
}

FeProvisioning *
fe_presence_get_provisioning (FePresence *self)
{
  return self->provisioning;
}

FeStore *
fe_presence_get_store (FePresence *self)
{
  return self->store;
}

FeWatchers *
fe_presence_get_watchers (FePresence *self)
{
  return self->watchers;
}

void
fe_presence_tell_left (FePresence *self, FePerson *person)
{
  const GPtrArray *endpoints = fe_registrar_list (self->registrar);
  const GPtrArray *subscriptions = fe_subscriptions_list (self->subscriptions);
  int n_endpoints = 0;
  int n_subscriptions = 0;

  for (guint i = 0; i < endpoints->len; i++)
    n_endpoints += ((const FeEndpoint *) endpoints->pdata[i])->person == person;
  for (guint i = 0; i < subscriptions->len; i++)
    n_subscriptions +=
      ((const FeSubscription *) subscriptions->pdata[i])->endpoint->person == person;
  fe_event ("left", "user:u", person->aor, "endpoints:i", n_endpoints, "subscriptions:i",
            n_subscriptions, "endpoint-bound:i",
            (int) fe_store_count (self->store, person, "endpoint"), "user-bound:i",
            (int) fe_store_count (self->store, person, "user"), "lasting:i",
            (int) (fe_store_count (self->store, person, "static") +
                   fe_store_count (self->store, person, "time")),
            NULL);
}

static gboolean
is_registered (FePresence *self, const FePerson *person)
{
  return fe_registrar_find (self->registrar, person->aor, NULL) != NULL;
}

gboolean
fe_presence_aggregate (FePresence *self, FePerson *person)
{
  return fe_store_aggregate (self->store, person, is_registered (self, person));
}

char *
fe_presence_self_document (FePresence *self, FePerson *person, const char *category)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  g_autofree char *containers =
    fe_wire_get_config (self->wire)->no_levels ? g_strdup ("") : fe_containers_write ();

  fe_presence_aggregate (self, person);
  g_string_append_printf (
    xml,
    "<roamingData xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-self\">"
    "<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\" uri=\"sip:%s\">",
    person->aor);
  fe_store_write_own (self->store, person, category, xml);
  g_string_append (xml, "</categories>");
  if (category == NULL)
    g_string_append_printf (
      xml,
      "<containers xmlns=\"http://schemas.microsoft.com/2006/09/sip/container-management\">%s"
      "</containers><subscribers "
      "xmlns=\"http://schemas.microsoft.com/2006/09/sip/presence-subscribers\"/>",
      containers);
  g_string_append (xml, "</roamingData>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

void
fe_presence_tell (FePresence *self, FePerson *person, const char *category, gboolean to_watchers,
                  const FeEndpoint *skip)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);

  for (guint i = 0; i < list->len; i++)
    {
      FeSubscription *subscription = list->pdata[i];

      if (strcmp (subscription->event, "vnd-microsoft-roaming-self") == 0 &&
          subscription->endpoint->person == person && subscription->endpoint != skip)
        fe_subscriptions_notify (self->subscriptions, subscription, "active", TYPE_SELF,
                                 fe_presence_self_document (self, person, category));
    }
  if (to_watchers)
    fe_watchers_tell (self->watchers, person, category);
}

static void
on_store_changed (FePerson *person, const char *category, gpointer user_data)
{
  FePresence *self = user_data;
  gboolean is_visible = fe_presence_aggregate (self, person) || strcmp (category, "state") != 0;

  fe_presence_tell (self, person, category, is_visible, NULL);
}

void
fe_presence_endpoint_changed (FePresence *self, FeEndpoint *endpoint, gboolean registered)
{
  FePerson *person = endpoint->person;
  gboolean remains = is_registered (self, person);
  gboolean changed;
  if (!registered)
    {
      fe_subscriptions_drop_endpoint (self->subscriptions, endpoint);
      fe_store_drop_endpoint (self->store, person, endpoint->epid, !remains);
    }
  /* A new endpoint is told nothing: it has not subscribed to anything yet. */ changed =
    fe_store_aggregate (self->store, person, remains);
  if (changed || !registered)
    fe_presence_tell (self, person, "state", changed, NULL);
}

void
fe_presence_force (FePresence *self, FePerson *person, guint availability, const char *activity)
{
  person->forced_availability = availability;
  g_free (person->forced_activity);
  person->forced_activity = g_strdup (activity);
  if (fe_presence_aggregate (self, person))
    fe_presence_tell (self, person, "state", TRUE, NULL);
}

void
fe_presence_set_note (FePresence *self, FePerson *person, const char *text)
{
  fe_store_set_note (self->store, person, text);
  fe_presence_tell (self, person, "note", TRUE, NULL);
}

/* A client hears nothing of it: it learns by a 481. */
guint
fe_presence_lose (FePresence *self, FePerson *person, const char *package)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);
  guint lost = 0;

  for (guint i = list->len; i > 0; i--)
    {
      FeSubscription *subscription = list->pdata[i - 1];

      if (subscription->endpoint->person != person ||
          (package != NULL && strcmp (subscription->event, package) != 0))
        continue;
      fe_subscriptions_drop (self->subscriptions, subscription);
      lost++;
    }
  return lost;
}

guint
fe_presence_terminate (FePresence *self, FePerson *person, const char *package, const char *why)
{
  g_autofree char *state =
    g_strconcat ("terminated;", why != NULL ? why : "reason=deactivated;expires=0", NULL);
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);
  guint ended = 0;

  for (guint i = list->len; i > 0; i--)
    {
      FeSubscription *subscription = list->pdata[i - 1];

      if (subscription->endpoint->person != person ||
          (package != NULL && strcmp (subscription->event, package) != 0))
        continue;
      fe_subscriptions_notify (self->subscriptions, subscription, state, NULL, NULL);
      fe_subscriptions_drop (self->subscriptions, subscription);
      ended++;
    }
  return ended;
}

void
fe_presence_tell_contacts (FePresence *self, const FePerson *owner, const char *delta)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);

  for (guint i = 0; i < list->len; i++)
    {
      FeSubscription *subscription = list->pdata[i];

      if (subscription->endpoint->person == owner &&
          strcmp (subscription->event, "vnd-microsoft-roaming-contacts") == 0)
        fe_subscriptions_notify (self->subscriptions, subscription, "active", TYPE_CONTACTS,
                                 g_strdup (delta));
    }
}

gboolean
fe_presence_change_contact (FePresence *self, FePerson *owner, const char *aor, const char *group)
{
  FeContact *contact = fe_person_contact (owner, aor);
  gboolean is_new = contact == NULL;
  g_autofree char *delta = NULL;
  guint id;

  if (group == NULL && contact == NULL)
    return FALSE;
  owner->delta++;
  if (group == NULL)
    {
      g_ptr_array_remove (owner->contacts, contact);
      delta = fe_contact_delta_write (owner, "deletedContact", NULL, aor);
      fe_presence_tell_contacts (self, owner, delta);
      return TRUE;
    }
  id = owner->groups->len;
  if (fe_person_group (owner, group) > id) /* the group is new and has a delta of its own */
    {
      g_autofree char *group_delta = fe_contact_delta_write (owner, "addedGroup", NULL, group);

      fe_presence_tell_contacts (self, owner, group_delta);
      owner->delta++;
    }
  id = fe_person_group (owner, group);
  contact = fe_person_add_contact (owner, aor);
  g_array_append_val (contact->groups, id);
  delta = fe_contact_delta_write (owner, is_new ? "addedContact" : "modifiedContact", contact, aor);
  fe_presence_tell_contacts (self, owner, delta);
  return TRUE;
}

guint
fe_presence_push_provisioning (FePresence *self)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);
  guint told = 0;

  for (guint i = 0; i < list->len; i++)
    {
      FeSubscription *subscription = list->pdata[i];

      if (!subscription->polls)
        continue;
      fe_subscriptions_notify (
        self->subscriptions, subscription, "terminated", TYPE_PROVISIONING,
        fe_provisioning_write (self->provisioning, fe_wire_get_config (self->wire)));
      told++;
    }
  return told;
}

/* The dialog stays after the answer: a change is told in it. One for each endpoint. */
static void
answer_provisioning (FePresence *self, const FeExchange *exchange, FeSubscription *subscription)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);

  for (guint i = list->len; i > 0; i--)
    {
      FeSubscription *other = list->pdata[i - 1];

      if (other != subscription && other->polls && other->endpoint == subscription->endpoint)
        fe_subscriptions_drop (self->subscriptions, other);
    }
  subscription->polls = TRUE;
  fe_subscriptions_answer (
    self->subscriptions, subscription, exchange, TYPE_PROVISIONING,
    fe_provisioning_write (self->provisioning, fe_wire_get_config (self->wire)));
}

static void
subscribe_self (FePresence *self, const FeExchange *exchange, FeEndpoint *endpoint,
                FeSubscription *subscription, const char *package)
{
  FePerson *person = exchange->person;

  if (subscription != NULL)
    fe_subscriptions_check_route (self->subscriptions, subscription, exchange);
  else
    subscription = fe_subscriptions_add (self->subscriptions, exchange, endpoint);
  if (strcmp (package, "vnd-microsoft-provisioning-v2") == 0)
    answer_provisioning (self, exchange, subscription);
  else if (strcmp (package, "vnd-microsoft-roaming-contacts") == 0)
    fe_subscriptions_answer (self->subscriptions, subscription, exchange, TYPE_CONTACTS,
                             fe_contact_list_write (person));
  else if (strcmp (package, "vnd-microsoft-roaming-self") == 0)
    fe_subscriptions_answer (self->subscriptions, subscription, exchange, TYPE_SELF,
                             fe_presence_self_document (self, person, NULL));
  else
    fe_subscriptions_answer (self->subscriptions, subscription, exchange, NULL, NULL);
}

void
fe_presence_subscribe (FePresence *self, const FeExchange *exchange, FeEndpoint *endpoint)
{
  static const char *const packages[] = {
    "vnd-microsoft-provisioning-v2",
    "vnd-microsoft-roaming-contacts",
    "vnd-microsoft-roaming-self",
    "presence",
    "presence.wpending",
    NULL,
  };
  static const char *const enhanced[] = {
    "vnd-microsoft-provisioning-v2",
    "vnd-microsoft-roaming-self",
    NULL,
  };
  const FeConfig *config = fe_wire_get_config (self->wire);
  const char *event = fe_message_get (exchange->request, "Event");
  const char *to = fe_message_get (exchange->request, "To");
  FeSubscription *subscription = fe_subscriptions_find (self->subscriptions, exchange->request);
  g_autofree char *tag = to != NULL ? fe_value_parameter (to, "tag") : NULL;
  g_autofree char *package = event != NULL ? g_strndup (event, strcspn (event, "; ")) : NULL;

  if (to == NULL || package == NULL || !g_strv_contains (packages, package) ||
      (config->watch.lcs && g_strv_contains (enhanced, package)))
    fe_exchange_refuse (exchange, 489, NULL);
  else if (tag != NULL && subscription == NULL)
    fe_exchange_refuse (exchange, 481, "2014;reason=\"The subscription does not exist\"");
  else if (subscription != NULL && tag == NULL)
    fe_exchange_refuse (exchange, 482, NULL); /* the same Call-ID outside its dialog */
  else if (strcmp (package, "presence") == 0)
    fe_watchers_subscribe (self->watchers, exchange, endpoint, subscription);
  else
    subscribe_self (self, exchange, endpoint, subscription, package);
}
