/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "registration-settings.h"

#include <glib/gi18n-lib.h>

#include "endpoint.h"
#include "error.h"
#include "sip-uri.h"

void
oh_registration_plan_free (OhRegistrationPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->user);
  g_free (self->domain);
  g_free (self->server);
  g_free (self->ca_file);
  g_free (self->epid);
  g_free (self->user_agent);
  g_free (self->server_outside);
  g_free (self->state_dir);
  g_strfreev (self->trusted);
  g_free (self);
}

static GStrv
with_own_domain (const char *domain, const char *const *more)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GStrv all;

  g_strv_builder_add (builder, domain);
  if (more != NULL)
    g_strv_builder_addv (builder, (const char **) more);
  all = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return all;
}

/* "anna@fabrikam.test" will do; what else an address may carry has no place here. */
static OhSipUri *
read_address (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *full = g_ascii_strncasecmp (stripped, "sip:", 4) == 0
                            ? g_strdup (stripped)
                            : g_strconcat ("sip:", stripped, NULL);
  g_autoptr (OhSipUri) uri = oh_sip_uri_parse (oh_slice_str (full), NULL);

  if (uri == NULL || oh_sip_uri_scheme (uri) != OH_SIP_SCHEME_SIP ||
      oh_sip_uri_user (uri) == NULL || oh_sip_uri_user (uri)[0] == '\0' ||
      oh_sip_uri_host (uri)[0] == '\0')
    return NULL;
  return g_steal_pointer (&uri);
}

static char *
text_or_null (const char *text)
{
  return text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
}

OhRegistrationPlan *
oh_registration_plan_new (const OhRegistrationSettings *settings, GError **error)
{
  g_autoptr (OhSipUri) uri = read_address (settings->uri);
  OhRegistrationPlan *self;

  if (uri == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
                   _ ("“%s” is no sign-in address; it looks like anna.berg@fabrikam.test."),
                   settings->uri != NULL ? settings->uri : "");
      return NULL;
    }
  if (!oh_endpoint_epid_is_valid (settings->epid))
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_SETTINGS,
                           _ ("The endpoint id must be 1 to 16 hexadecimal digits."));
      return NULL;
    }
  self = g_new0 (OhRegistrationPlan, 1);
  self->user = g_strdup (oh_sip_uri_user (uri));
  self->domain = g_strdup (oh_sip_uri_host (uri));
  self->uri = g_strdup_printf ("sip:%s@%s", self->user, self->domain);
  self->server = text_or_null (settings->server);
  self->schemes = settings->schemes;
  self->ca_file = text_or_null (settings->ca_file);
  self->epid = g_ascii_strdown (settings->epid, -1);
  self->user_agent = text_or_null (settings->user_agent);
  if (self->user_agent == NULL)
    self->user_agent = g_strdup ("Offhook/" OH_VERSION);
  self->server_outside = text_or_null (settings->server_outside);
  self->names = settings->names;
  self->state_dir = g_strdup (settings->state_dir);
  self->trusted = with_own_domain (self->domain, settings->trusted_domains);
  self->dead_peer_s = settings->dead_peer_s;
  self->allow_unauthenticated = settings->allow_unauthenticated;
  self->allow_tls_1_0 = settings->allow_tls_1_0;
  return self;
}
