/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-presence.h"

#include <string.h>

#include "fe-documents.h"
#include "fe-event.h"
#include "fe-store.h"
#include "fe-subscription.h"
#include "fe-value.h"

#define TYPE_CATEGORIES "application/msrtc-event-categories+xml"
#define TYPE_SELF "application/vnd-microsoft-roaming-self+xml"
#define TYPE_CONTACTS "application/vnd-microsoft-roaming-contacts+xml"
#define TYPE_PROVISIONING "application/vnd-microsoft-roaming-provisioning-v2+xml"

/* [MS-PRES] 3.7.5: the server takes no more at once. */
#define BATCH_MAX 100

struct _FePresence
{
  FeWire *wire;                   /* unowned */
  FePeople *people;               /* unowned */
  FeRegistrar *registrar;         /* unowned */
  FeStore *store;                 /* (owned) */
  FeSubscriptions *subscriptions; /* (owned) */
  FeProvisioning *provisioning;   /* (owned) */
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
  return self;
}

void
fe_presence_free (FePresence *self)
{
  if (self == NULL)
    return;
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

/* <categories> with what a colleague sees of @person; the aggregate is made when first needed. */
static char *
watcher_document (FePresence *self, FePerson *person, const char *uri, const GPtrArray *categories)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  g_autofree char *escaped = g_markup_escape_text (uri, -1);

  fe_presence_aggregate (self, person);
  g_string_append_printf (
    xml, "<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\" uri=\"%s\">",
    escaped);
  for (guint i = 0; i < categories->len; i++)
    fe_store_write_for_watcher (self->store, person, categories->pdata[i], xml);
  g_string_append (xml, "</categories>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

char *
fe_presence_self_document (FePresence *self, FePerson *person, const char *category)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  g_autofree char *containers = fe_containers_write ();

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

static gboolean
wants (const GPtrArray *categories, const char *category)
{
  for (guint i = 0; i < categories->len; i++)
    if (strcmp (categories->pdata[i], category) == 0)
      return TRUE;
  return FALSE;
}

/* Servers send the change as it is, or as a list of one ([MS-PRES] 3.5.5). */
static void
tell_watcher (FePresence *self, FeSubscription *subscription, FePerson *person, const char *uri,
              const GPtrArray *names)
{
  const FeConfig *config = fe_wire_get_config (self->wire);
  g_autofree char *owner = g_strconcat ("sip:", subscription->endpoint->aor, NULL);
  char *document = watcher_document (self, person, uri, names);
  FeResource resource = { .uri = (char *) uri, .state = "active", .document = document };
  g_autoptr (GPtrArray) resources = g_ptr_array_new ();
  g_autofree char *type = g_strdup (TYPE_CATEGORIES);

  if (config->notify_multipart && subscription->is_batch)
    {
      g_free (type);
      g_ptr_array_add (resources, &resource);
      resource.document = document;
      document = fe_batch_write (owner, subscription->list_version++, FALSE, resources,
                                 config->lenient_mime, &type);
      g_free (resource.document);
    }
  fe_subscriptions_notify (self->subscriptions, subscription, "active", type, document);
}

void
fe_presence_tell (FePresence *self, FePerson *person, const char *category, gboolean to_watchers,
                  const FeEndpoint *skip)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) category);
  for (guint i = 0; i < list->len; i++)
    {
      FeSubscription *subscription = list->pdata[i];
      const char *uri = g_hash_table_lookup (subscription->by_aor, person->aor);

      if (strcmp (subscription->event, "vnd-microsoft-roaming-self") == 0 &&
          subscription->endpoint->person == person && subscription->endpoint != skip)
        fe_subscriptions_notify (self->subscriptions, subscription, "active", TYPE_SELF,
                                 fe_presence_self_document (self, person, category));
      if (uri != NULL && to_watchers && wants (subscription->categories, category))
        tell_watcher (self, subscription, person, uri, names);
    }
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

guint
fe_presence_terminate (FePresence *self, FePerson *person, const char *package)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);
  guint ended = 0;

  for (guint i = list->len; i > 0; i--)
    {
      FeSubscription *subscription = list->pdata[i - 1];

      if (subscription->endpoint->person != person ||
          (package != NULL && strcmp (subscription->event, package) != 0))
        continue;
      fe_subscriptions_notify (self->subscriptions, subscription,
                               "terminated;reason=deactivated;expires=0", NULL, NULL);
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

/* One line of the answer to a batch. */
static FeResource *
resource_of (FePresence *self, const char *uri, const GPtrArray *categories)
{
  FeResource *resource = g_new0 (FeResource, 1);
  FePerson *person = fe_people_find (self->people, uri);

  resource->uri = g_strdup (uri);
  resource->state = person != NULL ? "active" : "terminated";
  resource->reason = person != NULL ? NULL : "noresource";
  if (person != NULL)
    resource->document = watcher_document (self, person, uri, categories);
  return resource;
}

/* A batch may name ten thousand people a hundred at a time: nobody is looked for one by one. */
static void
forget_watched (FeSubscription *subscription, const char *uri)
{
  g_autofree char *aor = fe_value_aor (uri);
  const char *known = g_hash_table_lookup (subscription->by_aor, aor);

  if (known == NULL)
    return;
  g_hash_table_remove (subscription->by_aor, aor);
  g_ptr_array_remove (subscription->watched, (gpointer) known);
}

static void
watch_uri (FeSubscription *subscription, const char *uri)
{
  char *kept = g_strdup (uri);

  g_ptr_array_add (subscription->watched, kept);
  g_hash_table_replace (subscription->by_aor, fe_value_aor (uri), kept);
}

static void
take_batch (FePresence *self, FeSubscription *subscription, const FeBatch *batch,
            GPtrArray *resources)
{
  g_ptr_array_set_size (subscription->categories, 0);
  for (guint i = 0; i < batch->categories->len; i++)
    g_ptr_array_add (subscription->categories, g_strdup (batch->categories->pdata[i]));
  for (guint i = 0; i < batch->resources->len; i++)
    {
      const char *uri = batch->resources->pdata[i];

      forget_watched (subscription, uri);
      if (batch->is_unsubscribe)
        continue;
      watch_uri (subscription, uri);
      g_ptr_array_add (resources, resource_of (self, uri, batch->categories));
    }
}

/* Everybody who is watched, in full: a refresh has no body. */
static void
list_all (FePresence *self, const FeSubscription *subscription, GPtrArray *resources)
{
  for (guint i = 0; i < subscription->watched->len; i++)
    g_ptr_array_add (resources,
                     resource_of (self, subscription->watched->pdata[i], subscription->categories));
}

static void
answer_presence (FePresence *self, const FeExchange *exchange, FeSubscription *subscription,
                 GPtrArray *resources)
{
  const FeConfig *config = fe_wire_get_config (self->wire);
  g_autofree char *owner = g_strconcat ("sip:", exchange->aor, NULL);
  g_autofree char *type = NULL;
  char *body;

  if (!subscription->is_batch)
    {
      const FeResource *only = resources->len > 0 ? resources->pdata[0] : NULL;

      fe_subscriptions_answer (self->subscriptions, subscription, exchange, TYPE_CATEGORIES,
                               only != NULL ? g_strdup (only->document) : NULL);
      return;
    }
  body = fe_batch_write (owner, subscription->list_version, subscription->list_version == 0,
                         resources, config->lenient_mime, &type);
  subscription->list_version++;
  fe_subscriptions_answer (self->subscriptions, subscription, exchange, type, body);
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

static gboolean
has_batch_headers (const FeMessage *request)
{
  return fe_message_has_token (request, "Require", "adhoclist") &&
         fe_message_has_token (request, "Require", "categoryList") &&
         fe_message_has_token (request, "Supported", "eventlist");
}

static void
subscribe_presence (FePresence *self, const FeExchange *exchange, FeEndpoint *endpoint,
                    FeSubscription *subscription)
{
  g_autoptr (GPtrArray) resources =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fe_resource_free);
  g_autoptr (FeBatch) batch = NULL;
  g_autofree char *target = fe_value_uri (fe_message_get (exchange->request, "To"));
  g_autofree char *target_aor = fe_value_aor (target);
  gboolean to_self = strcmp (target_aor, exchange->aor) == 0;

  if (exchange->request->body != NULL && g_bytes_get_size (exchange->request->body) > 0)
    {
      batch = fe_body_batch (exchange->request, NULL);
      if (batch == NULL || batch->resources->len > BATCH_MAX)
        {
          fe_exchange_refuse (exchange, batch == NULL ? 400 : 513, "4008;reason=\"Bad batch\"");
          return;
        }
    }
  if (to_self && batch != NULL && !has_batch_headers (exchange->request))
    fe_event_violation (exchange->aor, "batch-headers", "adhoclist, categoryList, eventlist");
  if (!to_self && fe_people_find (self->people, target_aor) == NULL)
    {
      fe_exchange_refuse (exchange, 404, "1003;reason=\"User does not exist\"");
      return;
    }
  if (subscription != NULL)
    fe_subscriptions_check_route (self->subscriptions, subscription, exchange);
  else
    subscription = fe_subscriptions_add (self->subscriptions, exchange, endpoint);
  subscription->is_batch = to_self;
  if (batch != NULL)
    take_batch (self, subscription, batch, resources);
  else
    list_all (self, subscription, resources);
  answer_presence (self, exchange, subscription, resources);
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
  const char *event = fe_message_get (exchange->request, "Event");
  const char *to = fe_message_get (exchange->request, "To");
  FeSubscription *subscription = fe_subscriptions_find (self->subscriptions, exchange->request);
  g_autofree char *tag = to != NULL ? fe_value_parameter (to, "tag") : NULL;
  g_autofree char *package = event != NULL ? g_strndup (event, strcspn (event, "; ")) : NULL;

  if (to == NULL || package == NULL || !g_strv_contains (packages, package))
    fe_exchange_refuse (exchange, 489, NULL);
  else if (tag != NULL && subscription == NULL)
    fe_exchange_refuse (exchange, 481, "2014;reason=\"The subscription does not exist\"");
  else if (subscription != NULL && tag == NULL)
    fe_exchange_refuse (exchange, 482, NULL); /* the same Call-ID outside its dialog */
  else if (strcmp (package, "presence") == 0)
    subscribe_presence (self, exchange, endpoint, subscription);
  else
    subscribe_self (self, exchange, endpoint, subscription, package);
}
