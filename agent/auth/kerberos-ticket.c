/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kerberos-ticket.h"

#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>
#include <string.h>

#include "kerberos-reason.h"

struct _OhKerberosTicket
{
  gss_cred_id_t credential; /* (owned) */
  krb5_context context;     /* (owned) (nullable): NULL for one of the user's cache */
  krb5_ccache cache;        /* (owned) (nullable): in memory, belongs to @credential alone */
};

gss_cred_id_t
oh_kerberos_ticket_credential (const OhKerberosTicket *self)
{
  return self->credential;
}

void
oh_kerberos_ticket_free (OhKerberosTicket *self)
{
  OM_uint32 minor;

  if (self == NULL)
    return;
  if (self->credential != GSS_C_NO_CREDENTIAL)
    gss_release_cred (&minor, &self->credential);
  if (self->cache != NULL)
    (void) krb5_cc_destroy (self->context, self->cache);
  if (self->context != NULL)
    krb5_free_context (self->context);
  g_free (self);
}

/* --- the user's own ------------------------------------------------------------------------ */

static gboolean
take_cached (OhKerberosTicket *self, const char *name_text, gss_OID type)
{
  gss_OID_set_desc krb5_only = { 1, (gss_OID) gss_mech_krb5 };
  gss_buffer_desc buffer = { strlen (name_text), (void *) name_text };
  gss_name_t name = GSS_C_NO_NAME;
  OM_uint32 minor, ignored;
  OM_uint32 life_s = 0;
  OM_uint32 major = gss_import_name (&minor, &buffer, type, &name);

  if (GSS_ERROR (major))
    return FALSE;
  major = gss_acquire_cred (&minor, name, GSS_C_INDEFINITE, &krb5_only, GSS_C_INITIATE,
                            &self->credential, NULL, &life_s);
  gss_release_name (&ignored, &name);
  if (!GSS_ERROR (major) && life_s >= OH_KERBEROS_TICKET_LIFE_MIN_S)
    return TRUE;
  gss_release_cred (&ignored, &self->credential);
  return FALSE;
}

/* --- one for a password -------------------------------------------------------------------- */

/* One exchange with one KDC. The calls that do it all, also those of GSSAPI, show a password that
 * one KDC refused to the primary one as well: it would count twice. */
static krb5_error_code
exchange (OhKerberosTicket *self, krb5_principal client, krb5_get_init_creds_opt *options,
          const char *password)
{
  krb5_init_creds_context steps = NULL;
  krb5_error_code code =
    krb5_get_init_creds_opt_set_out_ccache (self->context, options, self->cache);

  if (code == 0)
    code = krb5_init_creds_init (self->context, client, NULL, NULL, 0, options, &steps);
  if (code == 0)
    code = krb5_init_creds_set_password (self->context, steps, password);
  if (code == 0)
    code = krb5_init_creds_get (self->context, steps);
  if (steps != NULL)
    krb5_init_creds_free (self->context, steps);
  return code;
}

static krb5_error_code
fetch (OhKerberosTicket *self, const char *name, gboolean enterprise, const char *password)
{
  krb5_get_init_creds_opt *options = NULL;
  krb5_principal client = NULL;
  krb5_error_code code = 0;

  if (self->context == NULL)
    code = krb5_init_context (&self->context);
  if (code == 0 && self->cache == NULL)
    code = krb5_cc_new_unique (self->context, "MEMORY", NULL, &self->cache);
  if (code == 0)
    code = krb5_parse_name_flags (self->context, name,
                                  enterprise ? KRB5_PRINCIPAL_PARSE_ENTERPRISE : 0, &client);
  if (code == 0)
    code = krb5_get_init_creds_opt_alloc (self->context, &options);
  if (code == 0)
    {
      krb5_get_init_creds_opt_set_canonicalize (options, enterprise);
      code = exchange (self, client, options, password);
    }
  if (options != NULL)
    krb5_get_init_creds_opt_free (self->context, options);
  if (client != NULL)
    krb5_free_principal (self->context, client);
  return code;
}

static OhSchemeFailure
reason_of (krb5_error_code code)
{
  return code == 0 ? OH_SCHEME_FAILURE_NONE : oh_kerberos_reason (GSS_S_FAILURE, (guint32) code);
}

static char *
words_of (const OhKerberosTicket *self, krb5_error_code code)
{
  const char *text = krb5_get_error_message (self->context, code);
  char *copy = g_strdup (text);

  krb5_free_error_message (self->context, text);
  return copy;
}

/* A UPN's suffix is a realm in most forests, and its user part a name in that realm. Where either
 * is not so, the default realm finds the account by the whole UPN ("enterprise name", RFC 6806 5):
 * a KDC says that it does not know a name before it looks at a password. */
static OhSchemeFailure
fetch_somehow (OhKerberosTicket *self, const char *principal, const char *enterprise,
               const char *password, char **words)
{
  krb5_error_code code = fetch (self, principal, FALSE, password);
  OhSchemeFailure failure = reason_of (code);
  g_autofree char *first = code != 0 ? words_of (self, code) : NULL;

  if (enterprise != NULL &&
      (failure == OH_SCHEME_FAILURE_NAME_UNKNOWN || failure == OH_SCHEME_FAILURE_NO_KDC))
    {
      code = fetch (self, enterprise, TRUE, password);
      if (reason_of (code) != OH_SCHEME_FAILURE_NO_KDC) /* else the first reason is the better */
        {
          failure = reason_of (code);
          g_free (first);
          first = code != 0 ? words_of (self, code) : NULL;
        }
    }
  if (failure != OH_SCHEME_FAILURE_NONE)
    *words = g_steal_pointer (&first);
  return failure;
}

OhKerberosTicket *
oh_kerberos_ticket_get (const char *principal, const char *enterprise, const char *password,
                        OhSchemeFailure *failure, char **words)
{
  g_autoptr (OhKerberosTicket) self = g_new0 (OhKerberosTicket, 1);
  OM_uint32 major, minor;

  *failure = OH_SCHEME_FAILURE_NONE;
  /* A ticket that the user has anyway is better than the stored password: that may be an old one,
   * and every wrong one counts. Not when it is about to end. */
  if (take_cached (self, principal, (gss_OID) GSS_KRB5_NT_PRINCIPAL_NAME) ||
      (enterprise != NULL && take_cached (self, enterprise, GSS_KRB5_NT_ENTERPRISE_NAME)))
    return g_steal_pointer (&self);
  *failure = fetch_somehow (self, principal, enterprise, password, words);
  if (*failure != OH_SCHEME_FAILURE_NONE)
    return NULL;
  major = gss_krb5_import_cred (&minor, self->cache, NULL, NULL, &self->credential);
  if (!GSS_ERROR (major))
    return g_steal_pointer (&self);
  *failure = OH_SCHEME_FAILURE_UNAVAILABLE;
  *words = words_of (self, (krb5_error_code) minor);
  return NULL;
}
