/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the getters of config.h hand out, compared and freed. */
#include "config.h"

gboolean
oh_config_account_equal (const OhConfigAccount *a, const OhConfigAccount *b)
{
  return g_str_equal (a->uri, b->uri) && g_str_equal (a->login, b->login) &&
         g_str_equal (a->server_host, b->server_host) && a->server_port == b->server_port &&
         g_str_equal (a->external_host, b->external_host) && a->external_port == b->external_port &&
         a->names == b->names &&
         g_strv_equal ((const char *const *) a->trusted_domains,
                       (const char *const *) b->trusted_domains) &&
         a->mechanism == b->mechanism && a->allow_56_bit == b->allow_56_bit &&
         a->extended_protection == b->extended_protection && g_str_equal (a->ca_file, b->ca_file);
}

void
oh_config_account_free (OhConfigAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->login);
  g_free (self->server_host);
  g_free (self->external_host);
  g_strfreev (self->trusted_domains);
  g_free (self->ca_file);
  g_clear_error (&self->problem);
  g_free (self);
}

gboolean
oh_config_phone_equal (const OhConfigPhone *a, const OhConfigPhone *b)
{
  return g_str_equal (a->id, b->id) && g_str_equal (a->host, b->host) &&
         g_str_equal (a->scheme, b->scheme) && g_str_equal (a->user, b->user) &&
         g_str_equal (a->body, b->body) && g_str_equal (a->trust, b->trust) &&
         g_str_equal (a->fingerprint, b->fingerprint) && g_str_equal (a->ca_file, b->ca_file) &&
         g_str_equal (a->identity, b->identity) &&
         g_str_equal (a->expected_name, b->expected_name) && a->ignore_date == b->ignore_date &&
         a->events == b->events && a->take_events == b->take_events &&
         a->legacy_tls == b->legacy_tls && g_str_equal (a->drive, b->drive) &&
         g_str_equal (a->sip_transport, b->sip_transport) && a->sip_port == b->sip_port &&
         a->sign_in_login == b->sign_in_login;
}

void
oh_config_phone_free (OhConfigPhone *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->host);
  g_free (self->scheme);
  g_free (self->user);
  g_free (self->body);
  g_free (self->trust);
  g_free (self->expected_name);
  g_free (self->drive);
  g_free (self->sip_transport);
  g_free (self->fingerprint);
  g_free (self->ca_file);
  g_free (self->identity);
  g_clear_error (&self->problem);
  g_free (self);
}

void
oh_config_numbers_free (OhConfigNumbers *self)
{
  if (self == NULL)
    return;
  g_free (self->country_code);
  g_free (self->area_code);
  g_free (self->international_prefix);
  g_free (self->national_prefix);
  g_free (self->outside_line_prefix);
  g_free (self->company_rules);
  g_clear_error (&self->problem);
  g_free (self);
}
