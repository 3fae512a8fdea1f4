/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-tls.h"

#include <glib/gi18n-lib.h>

#include "error.h"

struct _OhSipTls
{
  GSocketConnectable *identity; /* (owned): the name that the certificate must carry */
  char *name;                   /* (owned): the same as text */
  char *peer;                   /* (owned): "host:port" for messages */
  GTlsDatabase *extra;          /* (owned) (nullable): authorities beside the system's */
  gboolean allow_old;
  GTlsCertificate *certificate; /* (owned) (nullable): what the server showed */
  GTlsCertificateFlags wrong;   /* what is wrong with it; 0 when nothing */
  gboolean by_file;             /* @extra was asked */
  OhSipJudge judge;             /* (nullable): who decides instead */
  gpointer judge_data;
  GError *refusal; /* (owned) (nullable): what the judge said */
};

OhSipTls *
oh_sip_tls_new (const OhSipTarget *target, GError **error)
{
  g_autoptr (GTlsDatabase) extra = NULL;
  g_autoptr (GError) own = NULL;
  OhSipTls *self;

  if (target->ca_file != NULL && *target->ca_file != '\0')
    {
      extra = g_tls_file_database_new (target->ca_file, &own);
      if (extra == NULL)
        {
          g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
                       _ ("The file of authorities %s cannot be used: %s"), target->ca_file,
                       own->message);
          return NULL;
        }
    }
  self = g_new0 (OhSipTls, 1);
  self->name = g_strdup (target->identity != NULL ? target->identity : target->host);
  self->identity = g_network_address_new (self->name, target->port);
  self->peer = oh_sip_target_text (target);
  self->extra = g_steal_pointer (&extra);
  self->allow_old = target->allow_tls_1_0;
  self->judge = target->judge;
  self->judge_data = target->judge_data;
  return self;
}

void
oh_sip_tls_free (OhSipTls *self)
{
  g_clear_object (&self->identity);
  g_clear_object (&self->extra);
  g_clear_object (&self->certificate);
  g_clear_error (&self->refusal);
  g_free (self->name);
  g_free (self->peer);
  g_free (self);
}

/* Only called when the system's authorities are not content; then those of the administrator are
 * asked, about everything: chain, dates and name. */
static gboolean
on_accept_certificate (GTlsConnection *connection, GTlsCertificate *certificate,
                       GTlsCertificateFlags errors, gpointer user_data)
{
  OhSipTls *self = user_data;

  g_set_object (&self->certificate, certificate);
  if (self->judge != NULL)
    {
      g_clear_error (&self->refusal);
      return self->judge (certificate, self->judge_data, &self->refusal);
    }
  self->wrong = errors;
  self->by_file = self->extra != NULL;
  if (self->extra != NULL)
    self->wrong = g_tls_database_verify_chain (
      self->extra, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, self->identity, NULL,
      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
  return self->wrong == 0;
}

GTlsConnection *
oh_sip_tls_wrap (OhSipTls *self, GIOStream *stream, GError **error)
{
  GIOStream *connection = g_tls_client_connection_new (stream, self->identity, error);

  if (connection == NULL)
    return NULL;
  if (self->judge != NULL) /* nobody else is to be content: the signal comes in any case then */
    g_tls_connection_set_database (G_TLS_CONNECTION (connection), NULL);
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (on_accept_certificate), self);
  return G_TLS_CONNECTION (connection);
}

gboolean
oh_sip_tls_accept (OhSipTls *self, GTlsConnection *connection, GError **error)
{
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version (connection);

  g_signal_handlers_disconnect_by_func (connection, on_accept_certificate, self);
  g_set_object (&self->certificate, g_tls_connection_get_peer_certificate (connection));
  if (version >= G_TLS_PROTOCOL_VERSION_TLS_1_2 || self->allow_old)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_UNREACHABLE,
               _ ("%s only offers %s; the administrator has to update the server."), self->peer,
               oh_sip_tls_version (connection));
  return FALSE;
}

static char *
date_text (GDateTime *date)
{
  return date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M UTC") : g_strdup ("?");
}

/* One sentence for each thing that is wrong. */
static char *
reasons (OhSipTls *self)
{
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (self->certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (self->certificate);
  g_autofree char *from_text = date_text (from);
  g_autofree char *until_text = date_text (until);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->wrong & G_TLS_CERTIFICATE_UNKNOWN_CA)
    g_string_append_printf (text, " %s", _ ("Its issuer is not trusted on this computer."));
  if (self->wrong & G_TLS_CERTIFICATE_BAD_IDENTITY)
    g_string_append_printf (text, _ (" It is not made out to “%s”."), self->name);
  if (self->wrong & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    g_string_append_printf (text, _ (" It is not valid before %s."), from_text);
  if (self->wrong & G_TLS_CERTIFICATE_EXPIRED)
    g_string_append_printf (text, _ (" It has expired on %s."), until_text);
  if (self->wrong & G_TLS_CERTIFICATE_REVOKED)
    g_string_append_printf (text, " %s", _ ("It has been revoked."));
  if (self->wrong & G_TLS_CERTIFICATE_INSECURE)
    g_string_append_printf (text, " %s", _ ("It uses an algorithm that is not safe any more."));
  if (self->wrong & G_TLS_CERTIFICATE_GENERIC_ERROR)
    g_string_append_printf (text, " %s", _ ("It cannot be checked."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
oh_sip_tls_explain (OhSipTls *self, GError **error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->refusal != NULL)
    {
      g_clear_error (error);
      *error = g_error_copy (self->refusal);
    }
  if (self->wrong == 0)
    return;
  text = reasons (self);
  g_clear_error (error);
  g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED, _ ("The certificate of %s is not accepted.%s"),
               self->peer, text);
}

GTlsCertificate *
oh_sip_tls_peer_certificate (OhSipTls *self)
{
  return self->certificate;
}

GTlsCertificateFlags
oh_sip_tls_faults (OhSipTls *self, gboolean *by_file)
{
  *by_file = self->by_file;
  return self->wrong;
}

const char *
oh_sip_tls_version (GTlsConnection *connection)
{
  switch (g_tls_connection_get_protocol_version (connection))
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_0: return "TLS 1.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1: return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2: return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_3: return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_UNKNOWN:
    case G_TLS_PROTOCOL_VERSION_SSL_3_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_2:
    default: return "SSL";
    }
}
