/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kerberos-reason.h"

#include <gssapi/gssapi.h>
#include <krb5.h>
#include <string.h>

#include <glib/gi18n-lib.h>

static const struct
{
  gint64 minor;
  OhSchemeFailure failure;
} reasons[] = {
  { KRB5KDC_ERR_PREAUTH_FAILED, OH_SCHEME_FAILURE_PASSWORD },
  { KRB5KRB_AP_ERR_BAD_INTEGRITY, OH_SCHEME_FAILURE_PASSWORD },
  { KRB5KDC_ERR_KEY_EXP, OH_SCHEME_FAILURE_PASSWORD_EXPIRED },
  { KRB5KDC_ERR_CLIENT_REVOKED, OH_SCHEME_FAILURE_ACCOUNT }, /* disabled, locked, logon hours */
  { KRB5KDC_ERR_NAME_EXP, OH_SCHEME_FAILURE_ACCOUNT },
  { KRB5KDC_ERR_CLIENT_NOTYET, OH_SCHEME_FAILURE_ACCOUNT },
  { KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, OH_SCHEME_FAILURE_NAME_UNKNOWN },
  { KRB5KDC_ERR_WRONG_REALM, OH_SCHEME_FAILURE_NAME_UNKNOWN },
  { KRB5_REALM_UNKNOWN, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5_REALM_CANT_RESOLVE, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5_KDC_UNREACH, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5KDC_ERR_SVC_UNAVAILABLE, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, OH_SCHEME_FAILURE_SERVICE_UNKNOWN },
  { KRB5KDC_ERR_SERVICE_REVOKED, OH_SCHEME_FAILURE_SERVICE_UNKNOWN },
  { KRB5KDC_ERR_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
  { KRB5_CONFIG_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
  { KRB5_PROG_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
  { KRB5KRB_AP_ERR_SKEW, OH_SCHEME_FAILURE_CLOCK },
  { KRB5_KDCREP_SKEW, OH_SCHEME_FAILURE_CLOCK },
  { KRB5KRB_AP_ERR_TKT_NYV, OH_SCHEME_FAILURE_CLOCK },
  { KRB5KDC_ERR_NEVER_VALID, OH_SCHEME_FAILURE_CLOCK },
  { KRB5KRB_AP_ERR_TKT_EXPIRED, OH_SCHEME_FAILURE_TICKET_EXPIRED },
  { KRB5_CC_NOTFOUND, OH_SCHEME_FAILURE_NO_TICKET },
  { KRB5_FCC_NOFILE, OH_SCHEME_FAILURE_NO_TICKET },
};

OhSchemeFailure
oh_kerberos_reason (guint32 major, guint32 minor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if ((guint32) reasons[i].minor == minor)
      return reasons[i].failure;
  switch (GSS_ROUTINE_ERROR (major))
    {
    case GSS_S_NO_CRED: return OH_SCHEME_FAILURE_NO_TICKET;
    case GSS_S_CREDENTIALS_EXPIRED:
    case GSS_S_CONTEXT_EXPIRED: return OH_SCHEME_FAILURE_TICKET_EXPIRED;
    default: return OH_SCHEME_FAILURE_UNAVAILABLE;
    }
}

static char *
sentence (OhSchemeFailure failure, const char *target)
{
  switch ((int) failure)
    {
    case OH_SCHEME_FAILURE_PASSWORD:
      return g_strdup_printf (_ ("Kerberos did not accept user name and password for %s"), target);
    case OH_SCHEME_FAILURE_NAME_UNKNOWN:
      return g_strdup_printf (_ ("Kerberos does not know the user name for %s"), target);
    case OH_SCHEME_FAILURE_PASSWORD_EXPIRED:
      return g_strdup_printf (_ ("Kerberos cannot sign in to %s because the password has expired"),
                              target);
    case OH_SCHEME_FAILURE_ACCOUNT:
      return g_strdup_printf (_ ("Kerberos cannot sign in to %s because the account is locked, "
                                 "disabled or expired"),
                              target);
    case OH_SCHEME_FAILURE_NO_TICKET:
    case OH_SCHEME_FAILURE_TICKET_EXPIRED:
      return g_strdup_printf (_ ("There is no valid Kerberos ticket for signing in to %s"), target);
    case OH_SCHEME_FAILURE_CLOCK:
      return g_strdup_printf (_ ("Kerberos cannot sign in to %s because the clocks differ"),
                              target);
    case OH_SCHEME_FAILURE_NO_KDC:
      return g_strdup_printf (_ ("No Kerberos server answers for signing in to %s"), target);
    default: return g_strdup_printf (_ ("Kerberos cannot be used with the server %s"), target);
    }
}

GError *
oh_kerberos_error (OhSchemeFailure failure, const char *target, const char *principal,
                   const char *words)
{
  int code = (int) oh_scheme_failure_code (failure);
  g_autofree char *what = sentence (failure, target);
  const char *realm = principal != NULL ? strrchr (principal, '@') : NULL;

  if (realm != NULL)
    return g_error_new (OH_ERROR, code, _ ("%s (realm %s: %s)."), what, realm + 1, words);
  return g_error_new (OH_ERROR, code, "%s (%s).", what, words);
}
