/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-proxy.h"

#include <string.h>

#include "fe-event.h"

struct _FeProxy
{
  FeConfig config; /* its strings are owned here */
  FeAuth *auth;    /* (owned) */
  char **methods;  /* (owned) (nullable): NULL for all */
  gboolean in_path;
  gboolean forked;
};

GOptionGroup *
fe_proxy_options_group (FeProxyOptions *options)
{
  const GOptionEntry entries[] = {
    { "proxy", 0, 0, G_OPTION_ARG_STRING, &options->server,
      "A proxy in the path, with an association of its own", "FQDN" },
    { "proxy-schemes", 0, 0, G_OPTION_ARG_STRING, &options->schemes, "Offered by it (ntlm)",
      "LIST" },
    { "proxy-realm", 0, 0, G_OPTION_ARG_STRING, &options->realm, "(that of the registrar)",
      "TEXT" },
    { "proxy-version", 0, 0, G_OPTION_ARG_INT, &options->version, "2, 3 or 4 (4)", "N" },
    { "proxy-methods", 0, 0, G_OPTION_ARG_STRING, &options->methods, "Requests that pass it (all)",
      "LIST" },
    { "forked", 0, 0, G_OPTION_ARG_NONE, &options->forked,
      "The proxy stands beside the registrar: both ask in one response", NULL },
    { NULL },
  };
  GOptionGroup *group =
    g_option_group_new ("proxy", "A second server that asks:", "Options of the proxy", NULL, NULL);

  g_option_group_add_entries (group, entries);
  return group;
}

void
fe_proxy_options_clear (FeProxyOptions *options)
{
  g_clear_pointer (&options->server, g_free);
  g_clear_pointer (&options->schemes, g_free);
  g_clear_pointer (&options->realm, g_free);
  g_clear_pointer (&options->methods, g_free);
}

static FeAuth *
make_auth (const FeConfig *config, const char *keytab, const char *ntlm_users,
           const char *replay_cache, GError **error)
{
  g_autoptr (FeAcceptor) kerberos = NULL;
  g_autoptr (FeAcceptor) ntlm = NULL;

  if (config->offer_kerberos)
    {
      kerberos = fe_acceptor_new_kerberos (keytab, replay_cache, error);
      if (kerberos == NULL)
        return NULL;
    }
  if (config->offer_ntlm)
    {
      ntlm = fe_acceptor_new_ntlm (ntlm_users, config->server, 0, error);
      if (ntlm == NULL)
        return NULL;
    }
  return fe_auth_new (config, g_steal_pointer (&kerberos), g_steal_pointer (&ntlm));
}

FeProxy *
fe_proxy_new (const FeProxyOptions *options, const FeConfig *base, const char *keytab,
              const char *ntlm_users, const char *replay_cache, GError **error)
{
  g_autoptr (FeProxy) self = g_new0 (FeProxy, 1);
  const char *schemes = options->schemes != NULL ? options->schemes : "ntlm";

  self->config = *base;
  self->config.server = g_strdup (options->server);
  self->config.ntlm_target = g_strdup (options->server);
  self->config.kerberos_target = g_strconcat ("sip/", options->server, NULL);
  self->config.realm = g_strdup (options->realm != NULL ? options->realm : base->realm);
  self->config.version = options->version != 0 ? (guint) options->version : 4;
  self->config.proxy_family = TRUE;
  self->config.offer_kerberos = strstr (schemes, "kerberos") != NULL;
  self->config.offer_ntlm = strstr (schemes, "ntlm") != NULL;
  self->config.offer_tls_dsk = FALSE;
  self->methods = options->methods != NULL ? g_strsplit (options->methods, ",", 0) : NULL;
  self->in_path = TRUE;
  self->forked = options->forked;
  self->auth = make_auth (&self->config, keytab, ntlm_users, replay_cache, error);
  return self->auth != NULL ? g_steal_pointer (&self) : NULL;
}

void
fe_proxy_free (FeProxy *self)
{
  if (self == NULL)
    return;
  fe_auth_free (self->auth);
  g_free (self->config.server);
  g_free (self->config.ntlm_target);
  g_free (self->config.kerberos_target);
  g_free (self->config.realm);
  g_strfreev (self->methods);
  g_free (self);
}

void
fe_proxy_set_in_path (FeProxy *self, gboolean in_path)
{
  self->in_path = in_path;
}

gboolean
fe_proxy_is_forked (const FeProxy *self)
{
  return self != NULL && self->forked;
}

FeAuth *
fe_proxy_get_auth (FeProxy *self)
{
  return self->auth;
}

static gboolean
is_on_the_way (const FeProxy *self, const char *method)
{
  return self != NULL && self->in_path &&
         (self->methods == NULL || g_strv_contains ((const char *const *) self->methods, method));
}

static void
ask (FeProxy *self, const FeAuthResult *result, FeMessage *response)
{
  if (result->verdict == FE_AUTH_CONTINUE)
    fe_message_add (response, "Proxy-Authenticate", "%s", result->continuation);
  else
    fe_auth_offer (self->auth, response);
}

static void
tell (const FeExchange *exchange, const FeAuthResult *result)
{
  const char *method = exchange->request->method;

  switch (result->verdict)
    {
    case FE_AUTH_UNKNOWN:
      fe_event ("unknown-association", "user:u", exchange->aor, "method:s", method, "by:s", "proxy",
                NULL);
      break;
    case FE_AUTH_REFUSED:
      fe_event ("refused", "user:u", exchange->aor, "method:s", method, "status:i", 407,
                "mechanism:s", result->association->scheme, "reason:s", result->reason, "by:s",
                "proxy", NULL);
      break;
    case FE_AUTH_BAD_SIGNATURE:
      fe_event_violation (exchange->aor, "bad-signature", "at the proxy: %s", result->reason);
      break;
    case FE_AUTH_UNSIGNED:
    case FE_AUTH_CONTINUE:
    case FE_AUTH_SIGNED:
    default: break;
    }
  fe_event ("challenge", "user:u", exchange->aor, "method:s", method, "continuation:b",
            result->verdict == FE_AUTH_CONTINUE, "status:i", 407, "by:s", "proxy", NULL);
}

/* The request's credentials for the proxy; looked at once, because numbers are used up by it. */
static gboolean
check (FeProxy *self, FeExchange *exchange, FeAuthResult *result)
{
  fe_auth_check (self->auth, exchange->request, result);
  if (result->verdict != FE_AUTH_SIGNED)
    return FALSE;
  exchange->via = fe_association_ref (result->association);
  if (result->established)
    fe_event ("authenticated", "user:u", exchange->aor, "mechanism:s", result->association->scheme,
              "account:s", fe_association_peer (result->association), "epid:s", exchange->epid,
              "by:s", "proxy", NULL);
  return TRUE;
}

gboolean
fe_proxy_pass (FeProxy *self, FeExchange *exchange)
{
  g_auto (FeAuthResult) result = { 0 };
  g_autoptr (FeMessage) response = NULL;

  if (!is_on_the_way (self, exchange->request->method) || check (self, exchange, &result))
    return TRUE;
  if (strcmp (exchange->request->method, "ACK") == 0)
    return FALSE;
  response = fe_exchange_response (exchange, 407, fe_reason_phrase (407));
  ask (self, &result, response);
  if (result.verdict == FE_AUTH_REFUSED)
    fe_message_add (response, "ms-diagnostics",
                    "1000;source=\"%s\";reason=\"Final handshake failed\";"
                    "HRESULT=\"0xC3E93EC3(SIP_E_AUTH_UNAUTHORIZED)\"",
                    self->config.server);
  tell (exchange, &result);
  /* Beside the registrar: who is content with the request signs the answer. */
  fe_wire_send (exchange->wire, exchange->connection, exchange->association, response);
  return FALSE;
}

void
fe_proxy_join (FeProxy *self, FeExchange *exchange, FeMessage *response)
{
  g_auto (FeAuthResult) result = { 0 };

  if (!fe_proxy_is_forked (self) || !is_on_the_way (self, exchange->request->method) ||
      check (self, exchange, &result))
    return;
  ask (self, &result, response);
  tell (exchange, &result);
}

void
fe_proxy_check_response (FeProxy *self, const FeMessage *message, const char *aor)
{
  g_auto (FeAuthResult) result = { 0 };

  if (self == NULL || !self->in_path || self->methods != NULL)
    return;
  fe_auth_check (self->auth, message, &result);
  if (result.verdict != FE_AUTH_SIGNED)
    fe_event_violation (aor, "unsigned", "response %u, for the proxy", message->status);
}
