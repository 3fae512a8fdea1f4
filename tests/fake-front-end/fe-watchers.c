/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-watchers.h"

#include <string.h>

#include "fe-bodies.h"
#include "fe-event.h"
#include "fe-value.h"

/* [MS-PRES] 3.7.5: the server takes no more at once. */
#define BATCH_MAX 100

struct _FeWatchers
{
  FeWire *wire;                   /* unowned */
  FePeople *people;               /* unowned */
  FeStore *store;                 /* unowned */
  FeSubscriptions *subscriptions; /* unowned */
  FePresence *presence;           /* unowned */
  GHashTable *manners;            /* (owned) FePerson (unowned) → FeWatchManner (owned) */
};

GOptionGroup *
fe_watch_options_group (FeWatchOptions *options)
{
  const GOptionEntry entries[] = {
    { "no-adhoclist", 0, 0, G_OPTION_ARG_NONE, &options->no_adhoclist,
      "No lists: a subscription for each person", NULL },
    { "lcs", 0, 0, G_OPTION_ARG_NONE, &options->lcs,
      "As LCS 2005: no categories, lists and documents of its own", NULL },
    { "refuse-benotify", 0, 0, G_OPTION_ARG_NONE, &options->refuse_benotify,
      "420 to who wants BENOTIFY", NULL },
    { NULL },
  };
  GOptionGroup *group =
    g_option_group_new ("watch", "Watching others:", "Options of watching others", NULL, NULL);

  g_option_group_add_entries (group, entries);
  return group;
}

static void
manner_free (gpointer data)
{
  FeWatchManner *manner = data;

  g_free (manner->pool);
  g_free (manner->state);
  g_free (manner->reason);
  g_free (manner);
}

FeWatchers *
fe_watchers_new (FeWire *wire, FePeople *people, FeStore *store, FeSubscriptions *subscriptions,
                 FePresence *presence)
{
  FeWatchers *self = g_new0 (FeWatchers, 1);

  self->wire = wire;
  self->people = people;
  self->store = store;
  self->subscriptions = subscriptions;
  self->presence = presence;
  self->manners = g_hash_table_new_full (NULL, NULL, NULL, manner_free);
  return self;
}

void
fe_watchers_free (FeWatchers *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->manners);
  g_free (self);
}

FeWatchManner *
fe_watchers_manner (FeWatchers *self, const FePerson *person)
{
  FeWatchManner *manner = g_hash_table_lookup (self->manners, person);

  if (manner == NULL)
    {
      manner = g_new0 (FeWatchManner, 1);
      if (fe_wire_get_config (self->wire)->watch.lcs)
        manner->form = FE_FORM_PRESENTITY;
      g_hash_table_insert (self->manners, (gpointer) person, manner);
    }
  return manner;
}

/* --- documents --- */

/* <categories> with what a colleague sees of @person; the aggregate is made when first needed. */
static char *
categories_document (FeWatchers *self, FePerson *person, const char *uri,
                     const GPtrArray *categories)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  g_autofree char *escaped = g_markup_escape_text (uri, -1);

  g_string_append_printf (
    xml, "<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\" uri=\"%s\">",
    escaped);
  for (guint i = 0; i < categories->len; i++)
    fe_store_write_for_watcher (self->store, person, categories->pdata[i], xml);
  g_string_append (xml, "</categories>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

static char *
document_of (FeWatchers *self, FePerson *person, const char *uri, const GPtrArray *categories)
{
  FeForm form = fe_watchers_manner (self, person)->form;
  g_autofree char *note = NULL;
  FeState state;

  fe_presence_aggregate (self->presence, person);
  if (form == FE_FORM_CATEGORIES)
    return categories_document (self, person, uri, categories);
  fe_store_seen (self->store, person, &state, &note);
  return fe_legacy_write (form, person, uri, &state, note);
}

/* --- lists --- */

/* Which pool a batch is sent to; NULL for this one. */
static char *
pool_of (FeWatchers *self, const char *target)
{
  const char *host = g_str_has_prefix (target, "sip:") ? target + strlen ("sip:") : target;
  GHashTableIter iter;
  gpointer manner;

  g_hash_table_iter_init (&iter, self->manners);
  while (g_hash_table_iter_next (&iter, NULL, &manner))
    if (g_strcmp0 (((FeWatchManner *) manner)->pool, host) == 0)
      return g_strdup (host);
  return NULL;
}

/* One line of the answer to a list at @pool. */
static FeResource *
resource_of (FeWatchers *self, const char *uri, const char *pool, const GPtrArray *categories)
{
  FeResource *resource = g_new0 (FeResource, 1);
  FePerson *person = fe_people_find (self->people, uri);
  const FeWatchManner *manner = person != NULL ? fe_watchers_manner (self, person) : NULL;

  resource->uri = g_strdup (uri);
  resource->state = "active";
  if (manner == NULL)
    {
      resource->state = "terminated";
      resource->reason = "noresource";
    }
  else if (manner->state != NULL)
    {
      resource->state = manner->state;
      resource->reason = manner->reason;
    }
  else if (manner->alone || g_strcmp0 (manner->pool, pool) != 0)
    {
      resource->state = "resubscribe";
      resource->pool = manner->alone ? NULL : manner->pool;
    }
  else
    {
      resource->document = document_of (self, person, uri, categories);
      resource->type = fe_form_type (manner->form);
    }
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
take_batch (FeWatchers *self, FeSubscription *subscription, const FeBatch *batch, const char *pool,
            GPtrArray *resources)
{
  g_ptr_array_set_size (subscription->categories, 0);
  for (guint i = 0; i < batch->categories->len; i++)
    g_ptr_array_add (subscription->categories, g_strdup (batch->categories->pdata[i]));
  for (guint i = 0; i < batch->resources->len; i++)
    {
      const char *uri = batch->resources->pdata[i];
      FeResource *resource;

      forget_watched (subscription, uri);
      if (batch->is_unsubscribe)
        continue;
      resource = resource_of (self, uri, pool, batch->categories);
      if (resource->document != NULL || !subscription->is_batch)
        watch_uri (subscription, uri);
      g_ptr_array_add (resources, resource);
    }
}

/* Everybody who is watched, in full: a refresh has no body. */
static void
list_all (FeWatchers *self, const FeSubscription *subscription, const char *pool,
          GPtrArray *resources)
{
  for (guint i = 0; i < subscription->watched->len; i++)
    g_ptr_array_add (resources, resource_of (self, subscription->watched->pdata[i], pool,
                                             subscription->categories));
}

/* --- SUBSCRIBE --- */

static void
answer_single (FeWatchers *self, const FeExchange *exchange, FeSubscription *subscription,
               FePerson *person)
{
  const FeWatchManner *manner = fe_watchers_manner (self, person);
  g_autofree char *uri = fe_value_uri (fe_message_get (exchange->request, "To"));

  fe_subscriptions_answer (self->subscriptions, subscription, exchange, fe_form_type (manner->form),
                           document_of (self, person, uri, subscription->categories));
}

static void
answer_list (FeWatchers *self, const FeExchange *exchange, FeSubscription *subscription,
             GPtrArray *resources)
{
  const FeConfig *config = fe_wire_get_config (self->wire);
  g_autofree char *owner = g_strconcat ("sip:", exchange->aor, NULL);
  g_autofree char *type = NULL;
  char *body;

  body = fe_batch_write (owner, subscription->list_version, subscription->list_version == 0,
                         resources, config->lenient_mime, &type);
  subscription->list_version++;
  fe_subscriptions_answer (self->subscriptions, subscription, exchange, type, body);
}

static gboolean
has_batch_headers (const FeWatchers *self, const FeMessage *request)
{
  gboolean categories = fe_message_has_token (request, "Require", "categoryList");

  return fe_message_has_token (request, "Require", "adhoclist") &&
         fe_message_has_token (request, "Supported", "eventlist") &&
         categories == !fe_wire_get_config (self->wire)->watch.lcs;
}

/* RFC 3261 8.2.2.3 */
static void
refuse_extension (const FeExchange *exchange, const char *extension)
{
  g_autoptr (FeMessage) response = fe_exchange_response (exchange, 420, "Bad Extension");

  fe_message_add (response, "Unsupported", "%s", extension);
  fe_event ("refused", "user:u", exchange->aor, "method:s", exchange->request->method, "status:i",
            420, "reason:s", extension, NULL);
  fe_exchange_send (exchange, response);
}

/* Whether the request asks for what this server does not have; it is answered then. */
static gboolean
refuses (FeWatchers *self, const FeExchange *exchange)
{
  const FeWatchOptions *options = &fe_wire_get_config (self->wire)->watch;
  const FeMessage *request = exchange->request;
  const char *extension = NULL;

  if (options->refuse_benotify && fe_message_has_token (request, "Proxy-Require", "ms-benotify"))
    extension = "ms-benotify";
  else if (options->no_adhoclist && fe_message_has_token (request, "Require", "adhoclist"))
    extension = "adhoclist";
  else if (options->lcs && fe_message_has_token (request, "Require", "categoryList"))
    extension = "categoryList";
  if (extension != NULL)
    refuse_extension (exchange, extension);
  return extension != NULL;
}

static gboolean
has_bad (FeWatchers *self, const FeBatch *batch)
{
  for (guint i = 0; i < batch->resources->len; i++)
    {
      const FePerson *person = fe_people_find (self->people, batch->resources->pdata[i]);

      if (person != NULL && fe_watchers_manner (self, person)->bad)
        return TRUE;
    }
  return FALSE;
}

/* FALSE when the body is refused, and that is answered. */
static gboolean
read_batch (FeWatchers *self, const FeExchange *exchange, FeBatch **out)
{
  *out = NULL;
  if (exchange->request->body == NULL || g_bytes_get_size (exchange->request->body) == 0)
    return TRUE;
  *out = fe_body_batch (exchange->request, NULL);
  if (*out != NULL && (*out)->resources->len <= BATCH_MAX && !has_bad (self, *out))
    return TRUE;
  fe_exchange_refuse (exchange, *out != NULL && (*out)->resources->len > BATCH_MAX ? 513 : 400,
                      "4008;reason=\"Bad batch\"");
  return FALSE;
}

void
fe_watchers_subscribe (FeWatchers *self, const FeExchange *exchange, FeEndpoint *endpoint,
                       FeSubscription *subscription)
{
  g_autoptr (GPtrArray) resources =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fe_resource_free);
  g_autoptr (FeBatch) batch = NULL;
  g_autofree char *target = fe_value_uri (fe_message_get (exchange->request, "To"));
  g_autofree char *aor = fe_value_aor (target);
  g_autofree char *pool = pool_of (self, target);
  gboolean is_batch = strcmp (aor, exchange->aor) == 0 || pool != NULL;
  FePerson *person = is_batch ? NULL : fe_people_find (self->people, aor);

  if (refuses (self, exchange) || !read_batch (self, exchange, &batch))
    return;
  if (is_batch && batch != NULL && !has_batch_headers (self, exchange->request))
    fe_event_violation (exchange->aor, "batch-headers", "adhoclist, categoryList, eventlist");
  if (!is_batch && person == NULL)
    {
      fe_exchange_refuse (exchange, 404, "1003;reason=\"User does not exist\"");
      return;
    }
  if (subscription != NULL)
    fe_subscriptions_check_route (self->subscriptions, subscription, exchange);
  else
    subscription = fe_subscriptions_add (self->subscriptions, exchange, endpoint);
  subscription->is_batch = is_batch;
  if (batch != NULL)
    take_batch (self, subscription, batch, pool, resources);
  else if (is_batch)
    list_all (self, subscription, pool, resources);
  else if (g_hash_table_size (subscription->by_aor) == 0)
    watch_uri (subscription, target);
  if (is_batch)
    answer_list (self, exchange, subscription, resources);
  else
    answer_single (self, exchange, subscription, person);
}

/* --- NOTIFY --- */

/* Who said nothing of categories wants to hear everything. */
static gboolean
wants (const GPtrArray *categories, const char *category)
{
  for (guint i = 0; i < categories->len; i++)
    if (strcmp (categories->pdata[i], category) == 0)
      return TRUE;
  return categories->len == 0;
}

/* Servers send the change as it is, or as a list of one ([MS-PRES] 3.5.5). */
static void
tell_watcher (FeWatchers *self, FeSubscription *subscription, FePerson *person, const char *uri,
              const GPtrArray *names)
{
  const FeConfig *config = fe_wire_get_config (self->wire);
  g_autofree char *owner = g_strconcat ("sip:", subscription->endpoint->aor, NULL);
  char *document = document_of (self, person, uri, names);
  FeResource resource = { .uri = (char *) uri, .state = "active", .document = document };
  g_autoptr (GPtrArray) resources = g_ptr_array_new ();
  g_autofree char *type = g_strdup (fe_form_type (fe_watchers_manner (self, person)->form));

  if (config->notify_multipart && subscription->is_batch)
    {
      g_autofree char *part_type = g_steal_pointer (&type);

      g_ptr_array_add (resources, &resource);
      resource.type = part_type;
      document = fe_batch_write (owner, subscription->list_version++, FALSE, resources,
                                 config->lenient_mime, &type);
      g_free (resource.document);
    }
  fe_subscriptions_notify (self->subscriptions, subscription, "active", type, document);
}

void
fe_watchers_tell (FeWatchers *self, FePerson *person, const char *category)
{
  const GPtrArray *list = fe_subscriptions_list (self->subscriptions);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) category);
  for (guint i = 0; i < list->len; i++)
    {
      FeSubscription *subscription = list->pdata[i];
      const char *uri = g_hash_table_lookup (subscription->by_aor, person->aor);

      if (uri != NULL && wants (subscription->categories, category))
        tell_watcher (self, subscription, person, uri, names);
    }
}
