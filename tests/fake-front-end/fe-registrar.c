/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-registrar.h"

#include <string.h>

#include "fe-event.h"
#include "fe-manners.h"
#include "fe-value.h"

struct _FeRegistrar
{
  FeWire *wire;         /* unowned */
  GPtrArray *endpoints; /* (owned) (element-type FeEndpoint) */
  FeRegistrarFunc changed;
  gpointer user_data;
};

static void
endpoint_free (gpointer data)
{
  FeEndpoint *endpoint = data;

  g_clear_handle_id (&endpoint->expiry_id, g_source_remove);
  g_free (endpoint->aor);
  g_free (endpoint->epid);
  g_free (endpoint->gruu);
  g_free (endpoint->contact);
  g_free (endpoint->from);
  g_free (endpoint->call_id);
  g_clear_object (&endpoint->connection);
  g_clear_pointer (&endpoint->association, fe_association_unref);
  g_free (endpoint);
}

FeRegistrar *
fe_registrar_new (FeWire *wire, FeRegistrarFunc changed, gpointer user_data)
{
  FeRegistrar *self = g_new0 (FeRegistrar, 1);

  self->wire = wire;
  self->endpoints = g_ptr_array_new_with_free_func (endpoint_free);
  self->changed = changed;
  self->user_data = user_data;
  return self;
}

void
fe_registrar_free (FeRegistrar *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->endpoints);
  g_free (self);
}

FeEndpoint *
fe_registrar_find (FeRegistrar *self, const char *aor, const char *epid)
{
  for (guint i = 0; i < self->endpoints->len; i++)
    {
      FeEndpoint *endpoint = self->endpoints->pdata[i];

      if (strcmp (endpoint->aor, aor) == 0 && (epid == NULL || strcmp (endpoint->epid, epid) == 0))
        return endpoint;
    }
  return NULL;
}

GPtrArray *
fe_registrar_list (FeRegistrar *self)
{
  return self->endpoints;
}

void
fe_registrar_drop (FeRegistrar *self, FeEndpoint *endpoint, const char *reason)
{
  fe_event ("deregistered", "user:u", endpoint->aor, "epid:s", endpoint->epid, "reason:s", reason,
            NULL);
  /* Off the list first: what the change leads to must not find it there. */
  g_ptr_array_set_free_func (self->endpoints, NULL);
  g_ptr_array_remove (self->endpoints, endpoint);
  g_ptr_array_set_free_func (self->endpoints, endpoint_free);
  self->changed (endpoint, FALSE, self->user_data);
  endpoint_free (endpoint);
}

void
fe_registrar_drop_connection (FeRegistrar *self, FeConnection *connection)
{
  for (guint i = self->endpoints->len; i > 0; i--)
    {
      FeEndpoint *endpoint = self->endpoints->pdata[i - 1];

      if (endpoint->connection == connection)
        fe_registrar_drop (self, endpoint, "connection-lost");
    }
}

static gboolean
on_expired (gpointer user_data)
{
  FeEndpoint *endpoint = user_data;

  endpoint->expiry_id = 0;
  fe_registrar_drop (endpoint->registrar, endpoint, "expired");
  return G_SOURCE_REMOVE;
}

static void
set_text (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

static void
renew (FeRegistrar *self, FeEndpoint *endpoint, const FeExchange *exchange)
{
  const FeConfig *config = fe_wire_get_config (self->wire);

  set_text (&endpoint->contact, fe_message_get (exchange->request, "Contact"));
  set_text (&endpoint->from, fe_message_get (exchange->request, "From"));
  set_text (&endpoint->call_id, fe_message_get (exchange->request, "Call-ID"));
  g_set_object (&endpoint->connection, exchange->connection);
  g_clear_pointer (&endpoint->association, fe_association_unref);
  if (exchange->association != NULL)
    endpoint->association = fe_association_ref (exchange->association);
  g_clear_handle_id (&endpoint->expiry_id, g_source_remove);
  endpoint->expiry_id = g_timeout_add ((guint) config->expires_s * 1000, on_expired, endpoint);
}

static FeEndpoint *
endpoint_new (FeRegistrar *self, const FeExchange *exchange)
{
  FeEndpoint *endpoint = g_new0 (FeEndpoint, 1);
  g_autofree char *instance = fe_instance_from_epid (exchange->epid);

  endpoint->registrar = self;
  endpoint->aor = g_strdup (exchange->aor);
  endpoint->epid = g_strdup (exchange->epid);
  endpoint->gruu = fe_gruu_new (exchange->aor, instance);
  endpoint->person = exchange->person;
  g_ptr_array_add (self->endpoints, endpoint);
  return endpoint;
}

static void
answer (FeRegistrar *self, const FeExchange *exchange, const FeEndpoint *endpoint,
        const char *action)
{
  const FeConfig *config = fe_wire_get_config (self->wire);
  g_autoptr (FeMessage) response = fe_exchange_response (exchange, 200, "OK");

  fe_message_add (response, "Supported", "gruu-10");
  if (!config->watch.no_adhoclist)
    fe_message_add (response, "Supported", "adhoclist");
  if (!config->watch.lcs)
    fe_message_add (response, "Supported", "msrtc-event-categories");
  fe_message_add (response, "Allow-Events", "%s",
                  config->watch.lcs
                    ? "vnd-microsoft-provisioning,vnd-microsoft-roaming-contacts,"
                      "vnd-microsoft-roaming-ACL,presence,presence.wpending"
                    : "vnd-microsoft-provisioning-v2,vnd-microsoft-roaming-contacts,"
                      "vnd-microsoft-roaming-self,presence,presence.wpending");
  if (config->keep_alive_s > 0)
    fe_message_add (response, "ms-keep-alive", "UAS; tcp=no; hop-hop=yes; end-end=no; timeout=%d",
                    config->keep_alive_s);
  fe_message_add (response, "presence-state", "register-action=\"%s\"", action);
  if (endpoint != NULL)
    {
      fe_connection_set_idle_limit (exchange->connection, config->keep_alive_s);
      fe_message_add (response, "Expires", "%d", config->expires_s);
      fe_message_add (response, "Contact", "%s;expires=%d;gruu=\"%s\"", endpoint->contact,
                      config->expires_s, endpoint->gruu);
    }
  fe_exchange_send (exchange, response);
}

static gboolean
wants_out (const FeMessage *request)
{
  const char *expires = fe_message_get (request, "Expires");
  const char *contact = fe_message_get (request, "Contact");
  g_autofree char *in_contact = contact != NULL ? fe_value_parameter (contact, "expires") : NULL;

  return g_strcmp0 (expires, "0") == 0 || g_strcmp0 (in_contact, "0") == 0;
}

void
fe_registrar_handle (FeRegistrar *self, const FeExchange *exchange)
{
  FeEndpoint *endpoint = fe_registrar_find (self, exchange->aor, exchange->epid);
  gboolean is_new;

  if (wants_out (exchange->request))
    {
      answer (self, exchange, NULL, "deleted");
      if (endpoint != NULL)
        fe_registrar_drop (self, endpoint, "client");
      return;
    }
  if (fe_message_get (exchange->request, "Contact") == NULL)
    {
      fe_exchange_refuse (exchange, 400, "1018;reason=\"Contact is missing\"");
      return;
    }
  if (endpoint != NULL && endpoint->connection != exchange->connection)
    {
      fe_registrar_drop (self, endpoint, "replaced");
      endpoint = NULL;
    }
  is_new = endpoint == NULL;
  if (is_new)
    endpoint = endpoint_new (self, exchange);
  renew (self, endpoint, exchange);
  fe_event ("registered", "user:u", endpoint->aor, "epid:s", endpoint->epid, "mechanism:s",
            endpoint->association != NULL ? endpoint->association->scheme : NULL, "signed:b",
            endpoint->association != NULL, "refresh:b", !is_new, "expires:i",
            fe_wire_get_config (self->wire)->expires_s, "peer:s",
            fe_connection_get_peer (endpoint->connection), "user-agent:s",
            fe_message_get (exchange->request, "User-Agent"), NULL);
  answer (self, exchange, endpoint, is_new ? "added" : "refreshed");
  if (is_new)
    self->changed (endpoint, TRUE, self->user_data);
}

void
fe_registrar_notify (FeRegistrar *self, FeEndpoint *endpoint, const char *word,
                     const char *diagnostics)
{
  g_autoptr (FeMessage) notify = fe_message_new_request ("BENOTIFY", endpoint->gruu);
  g_autofree char *tag = fe_message_local_tag (endpoint->call_id);

  fe_message_add (notify, "From", "<sip:%s>;tag=%s", endpoint->aor, tag);
  fe_message_add (notify, "To", "%s", endpoint->from);
  fe_message_add (notify, "Call-ID", "%s", endpoint->call_id);
  fe_message_add (notify, "CSeq", "%u BENOTIFY", ++endpoint->cseq);
  fe_message_add (notify, "Event", "registration-notify");
  fe_message_add (notify, "Subscription-State", "terminated;expires=0");
  if (diagnostics != NULL)
    fe_message_add (notify, "ms-diagnostics-public", "%s", diagnostics);
  fe_message_set_body (notify, "text/registration-event",
                       g_strdup_printf ("deregistered;event=%s", word), -1);
  fe_wire_request (self->wire, endpoint->connection, endpoint->association, notify);
  fe_registrar_drop (self, endpoint, word);
}
