/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-server.h"

#include <string.h>

#include "fe-delay.h"
#include "fe-event.h"
#include "fe-exchange.h"
#include "fe-manners.h"
#include "fe-service.h"
#include "fe-value.h"

struct _FeServer
{
  const FeConfig *config;       /* unowned */
  GTlsCertificate *certificate; /* (owned) */
  FeAuth *auth;                 /* (owned) */
  FeProxy *proxy;               /* (owned) (nullable) */
  FePeople *people;             /* (owned) */
  FeScript *script;             /* (owned) (nullable) */
  FeFaults *faults;             /* (owned) */
  FeWire *wire;                 /* (owned) */
  FeRegistrar *registrar;       /* (owned) */
  FePresence *presence;         /* (owned) */
  FeManners *manners;           /* (owned) */
  GSocketService *service;      /* (owned) (nullable): NULL while it refuses connections */
  guint16 port;
  GPtrArray *connections; /* (owned) (element-type FeConnection) */
  FeDelays *delays;       /* (owned) */
};

static void on_delay_over (const FeExchange *exchange, gpointer user_data);

static void
on_endpoint_changed (FeEndpoint *endpoint, gboolean is_registered, gpointer user_data)
{
  FeServer *self = user_data;

  fe_presence_endpoint_changed (self->presence, endpoint, is_registered);
}

FeServer *
fe_server_new (const FeConfig *config, GTlsCertificate *certificate, FeAuth *auth, FeProxy *proxy,
               FePeople *people, FeScript *script)
{
  FeServer *self = g_new0 (FeServer, 1);

  self->config = config;
  self->certificate = g_object_ref (certificate);
  self->auth = auth;
  self->proxy = proxy;
  self->people = people;
  self->script = script;
  self->faults = fe_faults_new ();
  self->wire = fe_wire_new (config, self->faults);
  self->registrar = fe_registrar_new (self->wire, on_endpoint_changed, self);
  self->presence = fe_presence_new (self->wire, people, self->registrar);
  self->manners = fe_manners_new (config->domain);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->delays = fe_delays_new (on_delay_over, self);
  return self;
}

void
fe_server_free (FeServer *self)
{
  if (self == NULL)
    return;
  if (self->service != NULL)
    g_socket_service_stop (self->service);
  g_clear_object (&self->service);
  fe_delays_free (self->delays);
  fe_presence_free (self->presence);
  fe_registrar_free (self->registrar);
  fe_wire_free (self->wire);
  g_ptr_array_unref (self->connections);
  fe_manners_free (self->manners);
  fe_faults_free (self->faults);
  fe_script_free (self->script);
  fe_people_free (self->people);
  fe_auth_free (self->auth);
  fe_proxy_free (self->proxy);
  g_object_unref (self->certificate);
  g_free (self);
}

/* 401 with all offers, or with the next token. */
static void
challenge (FeServer *self, FeExchange *exchange, const char *continuation, const char *diagnostics)
{
  guint status = self->config->proxy_family ? 407 : 401;
  g_autoptr (FeMessage) response =
    fe_exchange_response (exchange, status, fe_reason_phrase (status));

  if (continuation != NULL)
    fe_message_add (response,
                    self->config->proxy_family ? "Proxy-Authenticate" : "WWW-Authenticate", "%s",
                    continuation);
  else
    fe_auth_offer (self->auth, response);
  if (diagnostics != NULL)
    fe_message_add (response, "ms-diagnostics", "1000;source=\"%s\";%s", self->config->server,
                    diagnostics);
  fe_event ("challenge", "user:u", exchange->aor, "method:s", exchange->request->method,
            "continuation:b", continuation != NULL, "status:i", (int) status, NULL);
  fe_proxy_join (self->proxy, exchange, response);
  /* Never signed by us: the client has no association, or none that we know. The proxy signs. */
  fe_wire_send (exchange->wire, exchange->connection, exchange->via, response);
}

static void
handle_options (const FeExchange *exchange)
{
  g_autoptr (FeMessage) response = fe_exchange_response (exchange, 200, "OK");

  fe_message_add (response, "Allow", "REGISTER, SUBSCRIBE, SERVICE, OPTIONS");
  fe_exchange_send (exchange, response);
}

static void
dispatch (FeServer *self, const FeExchange *exchange)
{
  const char *method = exchange->request->method;
  FeEndpoint *endpoint = fe_registrar_find (self->registrar, exchange->aor, exchange->epid);

  if (strcmp (method, "REGISTER") == 0)
    fe_registrar_handle (self->registrar, exchange);
  else if (strcmp (method, "OPTIONS") == 0)
    handle_options (exchange);
  else if (endpoint == NULL)
    {
      fe_event_violation (exchange->aor, "not-registered", "%s", method);
      fe_exchange_refuse (exchange, 403, "4010;reason=\"No registration for this endpoint\"");
    }
  else if (strcmp (method, "SUBSCRIBE") == 0)
    fe_presence_subscribe (self->presence, exchange, endpoint);
  else if (strcmp (method, "SERVICE") == 0)
    fe_service_handle (self->presence, exchange, endpoint);
  else if (strcmp (method, "INVITE") == 0 || strcmp (method, "MESSAGE") == 0)
    fe_exchange_refuse (exchange, 480, "1003;reason=\"Nobody answers here\"");
  else if (strcmp (method, "ACK") != 0)
    fe_exchange_refuse (exchange, 405, NULL);
}

static void
on_delay_over (const FeExchange *exchange, gpointer user_data)
{
  dispatch (user_data, exchange);
}

/* @where: "host:port,host:port": primary and backup registrar, the first with the highest q */
static void
redirect (const FeExchange *exchange, const char *where)
{
  g_autoptr (FeMessage) response = fe_exchange_response (exchange, 301, fe_reason_phrase (301));
  g_auto (GStrv) targets = g_strsplit (where, ",", 9);

  /* the worst first: a client that does not look at q goes there */
  for (guint i = g_strv_length (targets); i > 0; i--)
    fe_message_add (response, "Contact", "<sip:%s;transport=tls>;q=0.%u", targets[i - 1], 10 - i);
  fe_event ("redirected", "user:u", exchange->aor, "to:s", where, NULL);
  fe_exchange_send (exchange, response);
}

/* Does what the test ordered for this request; takes the exchange then. */
static gboolean
obey (FeServer *self, FeExchange *exchange, gboolean early)
{
  static const char *const kinds[] = { "refuse", "delay", "drop", "cut", "redirect", "challenge" };
  g_autoptr (FeFault) fault = fe_faults_take (self->faults, exchange->request, early);
  g_autoptr (FeExchange) owned = NULL;

  if (fault == NULL)
    return FALSE;
  fe_event ("fault", "user:u", exchange->aor, "method:s", exchange->request->method, "kind:s",
            kinds[fault->kind], NULL);
  owned = exchange;
  switch (fault->kind)
    {
    case FE_FAULT_REFUSE: fe_exchange_refuse (exchange, fault->status, fault->text); break;
    case FE_FAULT_REDIRECT: redirect (exchange, fault->text); break;
    case FE_FAULT_CHALLENGE: challenge (self, exchange, NULL, NULL); break;
    case FE_FAULT_CUT: fe_connection_close (exchange->connection, FALSE); break;
    case FE_FAULT_DROP: break;
    case FE_FAULT_DELAY:
      fe_delays_add (self->delays, g_steal_pointer (&owned), fault->delay_ms);
      break;
    default: g_assert_not_reached ();
    }
  return TRUE;
}

/* [MS-SIPAE] 3.2.5: an account that may not use the address in From. */
static gboolean
may_act (const FeExchange *exchange, const FeAssociation *association)
{
  const char *peer = fe_association_peer (association);

  if (exchange->person == NULL)
    {
      fe_exchange_refuse (exchange, 404,
                          "4005;reason=\"Destination URI either not enabled for SIP or does not "
                          "exist\"");
      return FALSE;
    }
  if (!fe_person_is_login (exchange->person, peer))
    {
      fe_exchange_refuse (exchange, 403,
                          "4004;reason=\"Credentials provided are not authorized to act as "
                          "specified from URI\"");
      return FALSE;
    }
  return TRUE;
}

static void
on_signed (FeServer *self, FeExchange *exchange_owned, const FeAuthResult *result)
{
  g_autoptr (FeExchange) exchange = exchange_owned;

  /* A version below 4 signs nothing yet in the message that ends the handshake. */
  exchange->association = fe_association_ref (result->association);
  exchange->established = result->established;
  if (result->established)
    fe_event ("authenticated", "user:u", exchange->aor, "mechanism:s", result->association->scheme,
              "account:s", fe_association_peer (result->association), "epid:s", exchange->epid,
              NULL);
  if (fe_proxy_is_forked (self->proxy) && !fe_proxy_pass (self->proxy, exchange))
    return;
  fe_association_set_proxy (result->association, exchange->via);
  if (!may_act (exchange, result->association))
    return;
  fe_delays_check (self->delays, exchange);
  if (fe_script_handle (self->script, exchange))
    return;
  if (obey (self, exchange, FALSE))
    {
      exchange = NULL; /* it took it */
      return;
    }
  dispatch (self, exchange);
}

static void
on_unsigned (FeServer *self, FeExchange *exchange)
{
  if (strcmp (exchange->request->method, "ACK") == 0)
    return;
  if (strcmp (exchange->request->method, "REGISTER") != 0 &&
      fe_registrar_find (self->registrar, exchange->aor, exchange->epid) != NULL)
    fe_event_violation (exchange->aor, "unsigned", "%s", exchange->request->method);
  challenge (self, exchange, NULL, NULL);
}

static void
on_request (FeServer *self, FeConnection *connection, FeMessage *message)
{
  g_autoptr (FeExchange) exchange = fe_exchange_new (self->wire, self->people, connection, message);
  const FeEndpoint *endpoint = fe_registrar_find (self->registrar, exchange->aor, exchange->epid);
  g_auto (FeAuthResult) result = { 0 };

  fe_manners_check (self->manners, message, exchange->aor,
                    endpoint != NULL && endpoint->connection == connection ? endpoint->gruu : NULL);
  if (fe_script_handle_early (self->script, exchange))
    return;
  if (obey (self, exchange, TRUE))
    {
      exchange = NULL; /* it took it */
      return;
    }
  if (!fe_proxy_is_forked (self->proxy) && !fe_proxy_pass (self->proxy, exchange))
    return;
  fe_auth_check (self->auth, message, &result);
  switch (result.verdict)
    {
    case FE_AUTH_UNSIGNED: on_unsigned (self, exchange); break;
    case FE_AUTH_CONTINUE: challenge (self, exchange, result.continuation, NULL); break;
    case FE_AUTH_SIGNED: on_signed (self, g_steal_pointer (&exchange), &result); break;
    case FE_AUTH_UNKNOWN:
      fe_event ("unknown-association", "user:u", exchange->aor, "method:s", message->method, NULL);
      challenge (self, exchange, NULL, NULL);
      break;
    case FE_AUTH_REFUSED:
      fe_event ("refused", "user:u", exchange->aor, "method:s", message->method, "status:i", 401,
                "mechanism:s", result.association->scheme, "reason:s", result.reason, NULL);
      challenge (
        self, exchange, NULL,
        "reason=\"Final handshake failed\";HRESULT=\"0xC3E93EC3(SIP_E_AUTH_UNAUTHORIZED)\"");
      break;
    case FE_AUTH_BAD_SIGNATURE:
      fe_event ("bad-signature", "user:u", exchange->aor, "method:s", message->method, "reason:s",
                result.reason, NULL);
      fe_event_violation (exchange->aor, "bad-signature", "%s", result.reason);
      challenge (self, exchange, NULL, NULL);
      break;
    default: g_assert_not_reached ();
    }
}

static void
on_response (FeServer *self, FeMessage *message_owned)
{
  g_autoptr (FeMessage) message = message_owned;
  g_autofree char *method = NULL;
  g_auto (FeAuthResult) result = { 0 };
  const char *to = fe_message_get (message, "To");
  g_autofree char *uri = to != NULL ? fe_value_uri (to) : g_strdup ("");
  g_autofree char *aor = fe_value_aor (uri);

  fe_auth_check (self->auth, message, &result);
  method = fe_wire_take_response (self->wire, result.association, message);
  fe_event ("answered", "user:u", aor, "method:s", method, "status:i", (int) message->status,
            "signed:b", result.verdict == FE_AUTH_SIGNED, NULL);
  fe_proxy_check_response (self->proxy, message, aor);
  if (method == NULL)
    fe_event_violation (aor, "stray-response", "%u", message->status);
  if (result.verdict == FE_AUTH_BAD_SIGNATURE)
    fe_event_violation (aor, "bad-signature", "%s", result.reason);
  else if (result.verdict != FE_AUTH_SIGNED)
    fe_event_violation (aor, "unsigned", "response %u to %s", message->status, method);
}

static FeMessage *
message_copy (const FeMessage *message)
{
  FeMessage *copy = fe_message_new_request (message->method, message->uri);

  copy->status = message->status;
  copy->reason = g_strdup (message->reason);
  for (guint i = 0; i < message->headers->len; i++)
    {
      const FeHeader *header = message->headers->pdata[i];

      fe_message_add (copy, header->name, "%s", header->value);
    }
  copy->body = g_bytes_ref (message->body);
  return copy;
}

static void
on_message (FeConnection *connection, gpointer message, gpointer user_data)
{
  FeServer *self = user_data;

  fe_wire_trace (self->wire, connection, ">>>", message);
  if (((FeMessage *) message)->status != 0)
    on_response (self, message_copy (message));
  else
    on_request (self, connection, message_copy (message));
}

static void
on_blank_line (FeConnection *connection, gpointer user_data)
{
  FeServer *self = user_data;
  const char *peer = fe_connection_get_peer (connection);

  fe_event ("keep-alive", "peer:s", peer, NULL);
  if (self->config->keep_alive_s == 0)
    fe_event_violation (peer, "keep-alive-unasked", "CRLF without ms-keep-alive");
}

static void
on_closed (FeConnection *connection, const char *reason, gpointer user_data)
{
  FeServer *self = user_data;

  fe_event ("connection-lost", "peer:s", fe_connection_get_peer (connection), "reason:s", reason,
            NULL);
  if (g_strcmp0 (reason, "idle") == 0)
    fe_event_violation (fe_connection_get_peer (connection), "keep-alive-missing",
                        "nothing in %d s", self->config->keep_alive_s);
  fe_wire_forget_connection (self->wire, connection);
  if (!self->config->linger)
    fe_registrar_drop_connection (self->registrar, connection);
  g_ptr_array_remove (self->connections, connection);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *base, GObject *source, gpointer user_data)
{
  FeServer *self = user_data;
  FeConnection *connection = fe_connection_new (base, self->certificate);

  fe_event ("connected", "peer:s", fe_connection_get_peer (connection), NULL);
  g_signal_connect (connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (connection, "blank-line", G_CALLBACK (on_blank_line), self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), self);
  g_ptr_array_add (self->connections, connection);
  return TRUE;
}

guint16
fe_server_listen (FeServer *self, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) wanted =
    g_inet_socket_address_new_from_string (self->config->address, port);
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GSocketService) service = g_socket_service_new ();

  if (wanted == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is no address",
                   self->config->address);
      return 0;
    }
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &found, error))
    return 0;
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), self);
  self->service = g_steal_pointer (&service);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
  return self->port;
}

gboolean
fe_server_set_listening (FeServer *self, gboolean listening, GError **error)
{
  if (listening == (self->service != NULL))
    return TRUE;
  if (listening)
    return fe_server_listen (self, self->port, error) != 0;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  return TRUE;
}

guint
fe_server_cut (FeServer *self)
{
  guint count = self->connections->len;

  for (guint i = count; i > 0; i--)
    {
      g_autoptr (FeConnection) connection = g_object_ref (self->connections->pdata[i - 1]);

      fe_connection_close (connection, FALSE);
    }
  return count;
}

FeFaults *
fe_server_get_faults (FeServer *self)
{
  return self->faults;
}

FePeople *
fe_server_get_people (FeServer *self)
{
  return self->people;
}

FePresence *
fe_server_get_presence (FeServer *self)
{
  return self->presence;
}

FeAuth *
fe_server_get_auth (FeServer *self)
{
  return self->auth;
}

FeProxy *
fe_server_get_proxy (FeServer *self)
{
  return self->proxy;
}

FeRegistrar *
fe_server_get_registrar (FeServer *self)
{
  return self->registrar;
}

FeWire *
fe_server_get_wire (FeServer *self)
{
  return self->wire;
}
