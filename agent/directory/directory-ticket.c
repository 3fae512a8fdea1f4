/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library that signs in tells why it could not only in words, in any language. So the ticket is
 * got first, from the one that has codes. */

#include "directory-link-private.h"

#include <glib/gi18n-lib.h>
#include <krb5.h>

#include "error.h"

static OhError
remedy_of (krb5_error_code code)
{
  static const struct
  {
    krb5_error_code code;
    OhError remedy;
  } known[] = {
    { KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, OH_ERROR_MECHANISM },
    { KRB5KDC_ERR_ETYPE_NOSUPP, OH_ERROR_MECHANISM },
    { KRB5_KDC_UNREACH, OH_ERROR_UNREACHABLE },
    { KRB5_REALM_UNKNOWN, OH_ERROR_UNREACHABLE },
    { KRB5_REALM_CANT_RESOLVE, OH_ERROR_UNREACHABLE },
    { KRB5KRB_AP_ERR_SKEW, OH_ERROR_CLOCK },
    { KRB5KRB_AP_ERR_TKT_NYV, OH_ERROR_CLOCK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].code == code)
      return known[i].remedy;
  return OH_ERROR_TICKET; /* none, an ended one, or a cache that cannot be read */
}

static krb5_error_code
fetch (krb5_context context, krb5_ccache cache, krb5_creds *wish, const char *host)
{
  krb5_creds *ticket = NULL;
  krb5_error_code code = krb5_cc_get_principal (context, cache, &wish->client);

  if (code == 0)
    code = krb5_sname_to_principal (context, host, "ldap", KRB5_NT_SRV_HST, &wish->server);
  if (code == 0)
    code = krb5_get_credentials (context, 0, cache, wish, &ticket);
  krb5_free_creds (context, ticket);
  return code;
}

static void
explain (krb5_context context, krb5_error_code code, const char *host, GError **error)
{
  const char *text = krb5_get_error_message (context, code);
  g_autofree char *words = g_utf8_make_valid (text, -1);

  krb5_free_error_message (context, text);
  g_set_error (error, OH_ERROR, (int) remedy_of (code),
               _ ("There is no Kerberos ticket for the directory %s: %s"), host, words);
}

gboolean
oh_directory_ticket_get (const char *host, GError **error)
{
  krb5_context context = NULL;
  krb5_ccache cache = NULL;
  krb5_creds wish = { 0 };
  krb5_error_code code = krb5_init_context (&context);

  if (code != 0)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_TICKET, _ ("The Kerberos settings cannot be read."));
      return FALSE;
    }
  code = krb5_cc_default (context, &cache);
  if (code == 0)
    code = fetch (context, cache, &wish, host);
  if (code != 0)
    explain (context, code, host, error);
  krb5_free_cred_contents (context, &wish);
  if (cache != NULL)
    krb5_cc_close (context, cache);
  krb5_free_context (context);
  return code == 0;
}
