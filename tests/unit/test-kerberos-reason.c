/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kerberos-reason.h"

#include <gssapi/gssapi.h>
#include <krb5.h>
#include <string.h>

static void
test_codes (void)
{
  static const struct
  {
    guint32 major;
    gint64 minor;
    OhSchemeFailure failure;
  } cases[] = {
    { GSS_S_FAILURE, KRB5KDC_ERR_PREAUTH_FAILED, OH_SCHEME_FAILURE_PASSWORD },
    { GSS_S_FAILURE, KRB5KRB_AP_ERR_BAD_INTEGRITY, OH_SCHEME_FAILURE_PASSWORD },
    { GSS_S_FAILURE, KRB5KDC_ERR_KEY_EXP, OH_SCHEME_FAILURE_PASSWORD_EXPIRED },
    { GSS_S_FAILURE, KRB5KDC_ERR_CLIENT_REVOKED, OH_SCHEME_FAILURE_ACCOUNT },
    { GSS_S_FAILURE, KRB5KDC_ERR_NAME_EXP, OH_SCHEME_FAILURE_ACCOUNT },
    { GSS_S_FAILURE, KRB5KDC_ERR_CLIENT_NOTYET, OH_SCHEME_FAILURE_ACCOUNT },
    { GSS_S_FAILURE, KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, OH_SCHEME_FAILURE_NAME_UNKNOWN },
    { GSS_S_FAILURE, KRB5KDC_ERR_WRONG_REALM, OH_SCHEME_FAILURE_NAME_UNKNOWN },
    { GSS_S_FAILURE, KRB5_REALM_UNKNOWN, OH_SCHEME_FAILURE_NO_KDC },
    { GSS_S_FAILURE, KRB5_REALM_CANT_RESOLVE, OH_SCHEME_FAILURE_NO_KDC },
    { GSS_S_FAILURE, KRB5_KDC_UNREACH, OH_SCHEME_FAILURE_NO_KDC },
    { GSS_S_FAILURE, KRB5KDC_ERR_SVC_UNAVAILABLE, OH_SCHEME_FAILURE_NO_KDC },
    { GSS_S_FAILURE, KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, OH_SCHEME_FAILURE_SERVICE_UNKNOWN },
    { GSS_S_FAILURE, KRB5KDC_ERR_SERVICE_REVOKED, OH_SCHEME_FAILURE_SERVICE_UNKNOWN },
    { GSS_S_FAILURE, KRB5KDC_ERR_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
    { GSS_S_FAILURE, KRB5_CONFIG_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
    { GSS_S_FAILURE, KRB5_PROG_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
    { GSS_S_FAILURE, KRB5KRB_AP_ERR_SKEW, OH_SCHEME_FAILURE_CLOCK },
    { GSS_S_FAILURE, KRB5_KDCREP_SKEW, OH_SCHEME_FAILURE_CLOCK },
    { GSS_S_FAILURE, KRB5KRB_AP_ERR_TKT_NYV, OH_SCHEME_FAILURE_CLOCK },
    { GSS_S_FAILURE, KRB5KDC_ERR_NEVER_VALID, OH_SCHEME_FAILURE_CLOCK },
    { GSS_S_FAILURE, KRB5KRB_AP_ERR_TKT_EXPIRED, OH_SCHEME_FAILURE_TICKET_EXPIRED },
    { GSS_S_FAILURE, KRB5_CC_NOTFOUND, OH_SCHEME_FAILURE_NO_TICKET },
    { GSS_S_FAILURE, KRB5_FCC_NOFILE, OH_SCHEME_FAILURE_NO_TICKET },
    /* where the library gives no code of its own */
    { GSS_S_NO_CRED, 0, OH_SCHEME_FAILURE_NO_TICKET },
    { GSS_S_CREDENTIALS_EXPIRED, 0, OH_SCHEME_FAILURE_TICKET_EXPIRED },
    { GSS_S_CONTEXT_EXPIRED, 0, OH_SCHEME_FAILURE_TICKET_EXPIRED },
    { GSS_S_FAILURE, 0, OH_SCHEME_FAILURE_UNAVAILABLE },
    { GSS_S_FAILURE, KRB5KDC_ERR_POLICY, OH_SCHEME_FAILURE_UNAVAILABLE },
    { GSS_S_CONTINUE_NEEDED, 0, OH_SCHEME_FAILURE_UNAVAILABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%" G_GINT64_FORMAT, cases[i].minor);
      g_assert_cmpint (oh_kerberos_reason (cases[i].major, (guint32) cases[i].minor), ==,
                       cases[i].failure);
    }
}

static void
test_messages (void)
{
  for (OhSchemeFailure failure = 1; failure < OH_N_SCHEME_FAILURES; failure++)
    {
      g_autoptr (GError) named =
        oh_kerberos_error (failure, "fe1.fabrikam.test", "alice@FABRIKAM.TEST", "its words");
      g_autoptr (GError) bare = oh_kerberos_error (failure, "fe1.fabrikam.test", NULL, "its words");

      g_assert_error (named, OH_ERROR, (int) oh_scheme_failure_code (failure));
      g_assert_nonnull (strstr (named->message, "fe1.fabrikam.test"));
      g_assert_nonnull (strstr (named->message, "realm FABRIKAM.TEST"));
      g_assert_null (strstr (named->message, "alice")); /* no people in the log */
      g_assert_nonnull (strstr (bare->message, "its words"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kerberos-reason/codes", test_codes);
  g_test_add_func ("/kerberos-reason/messages", test_messages);
  return g_test_run ();
}
