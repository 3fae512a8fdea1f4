/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "account-wish.h"

#include <string.h>

static OhMechanismChoice
choice_of (OhConfigMechanism mechanism)
{
  switch (mechanism)
    {
    case OH_CONFIG_MECHANISM_KERBEROS: return OH_MECHANISM_CHOICE_KERBEROS;
    case OH_CONFIG_MECHANISM_NTLM: return OH_MECHANISM_CHOICE_NTLM;
    case OH_CONFIG_MECHANISM_AUTO:
    default: return OH_MECHANISM_CHOICE_AUTO;
    }
}

/* Returns: (transfer full) (nullable): "host:port" as the registration takes it */
static char *
server_of (const char *host, guint16 port)
{
  if (host[0] == '\0')
    return NULL;
  if (port == 0)
    return strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);
}

OhAccountWish *
oh_account_wish_new (const OhConfigAccount *settings, const char *epid)
{
  OhAccountWish *self = g_new0 (OhAccountWish, 1);

  self->server = server_of (settings->server_host, settings->server_port);
  self->outside = server_of (settings->external_host, settings->external_port);
  self->state_dir = g_build_filename (g_get_user_state_dir (), "offhook", NULL);
  self->registration = (OhRegistrationSettings){
    .uri = settings->uri,
    .server = self->server,
    .server_outside = self->outside,
    .trusted_domains = (const char *const *) settings->trusted_domains,
    .names =
      settings->names == OH_CONFIG_NAMES_STRICT ? OH_SERVER_NAMES_STRICT : OH_SERVER_NAMES_RELAXED,
    .state_dir = self->state_dir,
    .schemes = { .choice = choice_of (settings->mechanism),
                 .allow_56_bit = settings->allow_56_bit,
                 .extended_protection = settings->extended_protection },
    .ca_file = settings->ca_file[0] != '\0' ? settings->ca_file : NULL,
    .epid = epid,
  };
  return self;
}

void
oh_account_wish_free (OhAccountWish *self)
{
  if (self == NULL)
    return;
  g_free (self->server);
  g_free (self->outside);
  g_free (self->state_dir);
  g_free (self);
}
