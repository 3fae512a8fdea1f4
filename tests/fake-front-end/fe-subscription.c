/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-subscription.h"

#include <string.h>

#include "fe-event.h"
#include "fe-value.h"

struct _FeSubscriptions
{
  FeWire *wire;    /* unowned */
  GPtrArray *list; /* (owned) (element-type FeSubscription) */
};

static void
subscription_free (gpointer data)
{
  FeSubscription *subscription = data;

  g_clear_handle_id (&subscription->expiry_id, g_source_remove);
  g_free (subscription->event);
  g_hash_table_unref (subscription->by_aor);
  g_ptr_array_unref (subscription->watched);
  g_ptr_array_unref (subscription->categories);
  g_free (subscription->call_id);
  g_free (subscription->from);
  g_free (subscription->to);
  g_free (subscription->target);
  g_free (subscription->route);
  g_free (subscription);
}

FeSubscriptions *
fe_subscriptions_new (FeWire *wire)
{
  FeSubscriptions *self = g_new0 (FeSubscriptions, 1);

  self->wire = wire;
  self->list = g_ptr_array_new_with_free_func (subscription_free);
  return self;
}

void
fe_subscriptions_free (FeSubscriptions *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->list);
  g_free (self);
}

const GPtrArray *
fe_subscriptions_list (FeSubscriptions *self)
{
  return self->list;
}

FeSubscription *
fe_subscriptions_find (FeSubscriptions *self, const FeMessage *request)
{
  const char *call_id = fe_message_get (request, "Call-ID");

  for (guint i = 0; i < self->list->len; i++)
    {
      FeSubscription *subscription = self->list->pdata[i];

      if (g_strcmp0 (subscription->call_id, call_id) == 0)
        return subscription;
    }
  return NULL;
}

FeSubscription *
fe_subscriptions_add (FeSubscriptions *self, const FeExchange *exchange, FeEndpoint *endpoint)
{
  FeSubscription *subscription = g_new0 (FeSubscription, 1);
  const FeMessage *request = exchange->request;
  const char *contact = fe_message_get (request, "Contact");
  const char *event = fe_message_get (request, "Event");
  g_autoptr (FeMessage) response = fe_message_new_response (request, 200, "OK");

  subscription->owner = self;
  subscription->endpoint = endpoint;
  subscription->event = g_strndup (event, strcspn (event, "; "));
  subscription->watched = g_ptr_array_new_with_free_func (g_free);
  subscription->by_aor = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  subscription->categories = g_ptr_array_new_with_free_func (g_free);
  subscription->call_id = g_strdup (fe_message_get (request, "Call-ID"));
  subscription->from = g_strdup (fe_message_get (request, "From"));
  subscription->to = g_strdup (fe_message_get (response, "To"));
  subscription->target = contact != NULL ? fe_value_uri (contact) : g_strdup (endpoint->gruu);
  subscription->benotify = fe_wire_get_config (self->wire)->benotify &&
                           fe_message_has_token (request, "Supported", "ms-benotify");
  subscription->route =
    g_strdup_printf ("sip:%s:5061;transport=tls;ms-fe=%s;ms-route-sig=%08x.%%21;lr",
                     fe_wire_get_config (self->wire)->server,
                     fe_wire_get_config (self->wire)->server, g_random_int ());
  g_ptr_array_add (self->list, subscription);
  return subscription;
}

static gboolean
on_expired (gpointer user_data)
{
  FeSubscription *subscription = user_data;
  FeSubscriptions *self = subscription->owner;

  subscription->expiry_id = 0;
  fe_event ("subscription-expired", "user:u", subscription->endpoint->aor, "package:s",
            subscription->event, NULL);
  g_ptr_array_remove (self->list, subscription);
  return G_SOURCE_REMOVE;
}

static int
granted_s (FeSubscriptions *self, const FeMessage *request)
{
  const char *text = fe_message_get (request, "Expires");
  guint64 wanted;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &wanted, NULL))
    return fe_wire_get_config (self->wire)->subscription_expires_s;
  return (int) MIN (wanted, (guint64) fe_wire_get_config (self->wire)->subscription_expires_s);
}

static FeMessage *
accept_subscription (FeSubscriptions *self, FeSubscription *subscription,
                     const FeExchange *exchange, int expires_s)
{
  const FeConfig *config = fe_wire_get_config (self->wire);
  FeMessage *response = fe_exchange_response (exchange, 200, "OK");
  fe_message_add (response, "Record-Route", "<%s>", subscription->route);
  fe_message_add (response, "Contact", "<sip:%s:5061;transport=tls>", config->server);
  fe_message_add (response, "Event", "%s", subscription->event);
  fe_message_add (response, "Expires", "%d", expires_s);
  fe_message_add (response, "Subscription-State", "%s;expires=%d",
                  expires_s > 0 ? "active" : "terminated", expires_s);
  fe_message_add (response, "Supported", "com.microsoft.autoextend");
  fe_message_add (response, "Supported", "ms-benotify, ms-piggyback-first-notify");
  if (subscription->is_batch)
    fe_message_add (response, "Require", "eventlist");
  return response;
}

void
fe_subscriptions_check_route (FeSubscriptions *self, const FeSubscription *subscription,
                              const FeExchange *exchange)
{
  const char *route = fe_message_get (exchange->request, "Route");
  g_autofree char *uri = route != NULL ? fe_value_uri (route) : NULL;
  g_autofree char *target =
    g_strdup_printf ("sip:%s:5061;transport=tls", fe_wire_get_config (self->wire)->server);

  if (g_strcmp0 (uri, subscription->route) != 0)
    fe_event_violation (exchange->aor, "route-missing", "%s instead of <%s>", route,
                        subscription->route);
  if (strcmp (exchange->request->uri, target) != 0)
    fe_event_violation (exchange->aor, "remote-target", "%s instead of %s", exchange->request->uri,
                        target);
}

void
fe_subscriptions_answer (FeSubscriptions *self, FeSubscription *subscription,
                         const FeExchange *exchange, const char *content_type, char *body)
{
  int expires_s = granted_s (self, exchange->request);
  gboolean piggyback =
    fe_wire_get_config (self->wire)->piggyback &&
    fe_message_has_token (exchange->request, "Supported", "ms-piggyback-first-notify");
  g_autoptr (FeMessage) response = accept_subscription (self, subscription, exchange, expires_s);
  g_autofree char *to_notify = NULL;
  g_autofree char *target = fe_value_uri (fe_message_get (exchange->request, "To"));

  if (body != NULL && piggyback)
    {
      fe_message_add (response, "ms-piggyback-cseq", "%u", ++subscription->cseq);
      fe_message_set_body (response, content_type, body, -1);
    }
  else
    to_notify = body;
  fe_event ("subscribed", "user:u", exchange->aor, "package:s", subscription->event, "expires:i",
            expires_s, "batch:b", subscription->is_batch, "watched:i",
            (int) subscription->watched->len, "piggyback:b", piggyback, "target:s", target, NULL);
  fe_exchange_send (exchange, response);
  if (to_notify != NULL)
    fe_subscriptions_notify (self, subscription, expires_s > 0 ? "active" : "terminated",
                             content_type, g_steal_pointer (&to_notify));
  g_clear_handle_id (&subscription->expiry_id, g_source_remove);
  if (expires_s == 0 && !subscription->polls)
    g_ptr_array_remove (self->list, subscription);
  else if (expires_s > 0)
    subscription->expiry_id = g_timeout_add ((guint) expires_s * 1000, on_expired, subscription);
}

void
fe_subscriptions_notify (FeSubscriptions *self, FeSubscription *subscription, const char *state,
                         const char *content_type, char *body)
{
  const char *method = subscription->benotify ? "BENOTIFY" : "NOTIFY";
  g_autoptr (FeMessage) notify = fe_message_new_request (method, subscription->target);

  fe_message_add (notify, "From", "%s", subscription->to);
  fe_message_add (notify, "To", "%s", subscription->from);
  fe_message_add (notify, "Call-ID", "%s", subscription->call_id);
  fe_message_add (notify, "CSeq", "%u %s", ++subscription->cseq, method);
  fe_message_add (notify, "Contact", "<sip:%s:5061;transport=tls>",
                  fe_wire_get_config (self->wire)->server);
  fe_message_add (notify, "Event", "%s", subscription->event);
  fe_message_add (notify, "Subscription-State", "%s", state);
  if (subscription->is_batch)
    fe_message_add (notify, "Require", "eventlist");
  if (body != NULL)
    fe_message_set_body (notify, content_type, body, -1);
  fe_event ("notified", "user:u", subscription->endpoint->aor, "package:s", subscription->event,
            "method:s", method, "state:s", state, NULL);
  fe_wire_request (self->wire, subscription->endpoint->connection,
                   subscription->endpoint->association, notify);
}

void
fe_subscriptions_drop (FeSubscriptions *self, FeSubscription *subscription)
{
  g_ptr_array_remove (self->list, subscription);
}

void
fe_subscriptions_drop_endpoint (FeSubscriptions *self, FeEndpoint *endpoint)
{
  for (guint i = self->list->len; i > 0; i--)
    {
      const FeSubscription *subscription = self->list->pdata[i - 1];

      if (subscription->endpoint == endpoint)
        g_ptr_array_remove_index (self->list, i - 1);
    }
}
