/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "refusal.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "sip-diagnostics.h"

/* Octets of a diagnostics header that are looked at; those of servers have some hundred. */
#define DIAGNOSTICS_MAX 2048

/* What servers write into ms-diagnostics of a challenge that follows a token, [MS-OCER] and the
 * HRESULTs of the SIP stack. The first that is found counts. */
static const struct
{
  const char *mark;
  OhSchemeFailure failure;
} marks[] = {
  { "NTLMMISMATCH", OH_SCHEME_FAILURE_KEY_STRENGTH },
  { "0xC3E93EE4", OH_SCHEME_FAILURE_KEY_STRENGTH },
  { "0x80090302", OH_SCHEME_FAILURE_KEY_STRENGTH }, /* SEC_E_UNSUPPORTED_FUNCTION */
  { "0xC0000418", OH_SCHEME_FAILURE_FORBIDDEN },    /* STATUS_NTLM_BLOCKED */
  { "0x80090324", OH_SCHEME_FAILURE_CLOCK },        /* SEC_E_TIME_SKEW */
  { "0xC0000133", OH_SCHEME_FAILURE_CLOCK },        /* STATUS_TIME_DIFFERENCE_AT_DC */
  { "0xC0000071", OH_SCHEME_FAILURE_PASSWORD_EXPIRED },
  { "0xC0000224", OH_SCHEME_FAILURE_PASSWORD_EXPIRED }, /* STATUS_PASSWORD_MUST_CHANGE */
  { "0xC0000234", OH_SCHEME_FAILURE_ACCOUNT },          /* STATUS_ACCOUNT_LOCKED_OUT */
  { "0xC0000072", OH_SCHEME_FAILURE_ACCOUNT },          /* STATUS_ACCOUNT_DISABLED */
  { "0xC0000193", OH_SCHEME_FAILURE_ACCOUNT },          /* STATUS_ACCOUNT_EXPIRED */
  { "0xC000006F", OH_SCHEME_FAILURE_ACCOUNT },          /* STATUS_INVALID_LOGON_HOURS */
  { "0xC0000070", OH_SCHEME_FAILURE_ACCOUNT },          /* STATUS_INVALID_WORKSTATION */
};
/* "1013;reason=...": significant time skew */
#define ID_TIME_SKEW 1013

static gboolean
has_text (OhSlice value, const char *text)
{
  gsize len = strlen (text);

  for (gsize i = 0; i + len <= value.len; i++)
    if (g_ascii_strncasecmp (value.data + i, text, len) == 0)
      return TRUE;
  return FALSE;
}

static OhSchemeFailure
read_diagnostics (OhSlice value)
{
  OhSipDiagnostics said;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (has_text (value, marks[i].mark))
      return marks[i].failure;
  if (oh_sip_diagnostics_parse (value, &said) && said.id == ID_TIME_SKEW)
    return OH_SCHEME_FAILURE_CLOCK;
  return OH_SCHEME_FAILURE_NONE;
}

OhSchemeFailure
oh_refusal_of (const OhSipMessage *response, OhAuthScheme scheme, gint64 ahead_s)
{
  static const char *const headers[] = { "ms-diagnostics", "ms-diagnostics-public" };
  gboolean kerberos = scheme == OH_AUTH_SCHEME_KERBEROS;
  gint64 limit_s = kerberos ? OH_REFUSAL_SKEW_KERBEROS_S : OH_REFUSAL_SKEW_NTLM_S;

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      OhSlice value = oh_sip_message_get_slice (response, headers[i]);
      OhSchemeFailure said =
        read_diagnostics (oh_slice (value.data, MIN (value.len, DIAGNOSTICS_MAX)));

      if (said != OH_SCHEME_FAILURE_NONE)
        return said;
    }
  if (ahead_s > limit_s || ahead_s < -limit_s)
    return OH_SCHEME_FAILURE_CLOCK;
  return kerberos ? OH_SCHEME_FAILURE_TICKET_REFUSED : OH_SCHEME_FAILURE_PASSWORD;
}

static char *
sentence (OhSchemeFailure failure, const char *host, gint64 ahead_s)
{
  switch ((int) failure)
    {
    case OH_SCHEME_FAILURE_CLOCK:
      if (ahead_s == 0)
        return g_strdup_printf (_ ("%s refused the sign-in because its clock and that of this "
                                   "computer differ."),
                                host);
      return g_strdup_printf (
        _ ("%s refused the sign-in; its clock and that of this computer differ "
           "by %" G_GINT64_FORMAT " seconds."),
        host, ABS (ahead_s));
    case OH_SCHEME_FAILURE_KEY_STRENGTH:
      return g_strdup_printf (
        _ ("%s refused NTLM for its key length: its “Minimum session security "
           "for NTLM SSP” policy does not match."),
        host);
    case OH_SCHEME_FAILURE_FORBIDDEN:
      return g_strdup_printf (
        _ ("%s refused NTLM: the domain's “Restrict NTLM” policy forbids it."), host);
    case OH_SCHEME_FAILURE_TICKET_REFUSED:
      return g_strdup_printf (_ ("%s refused the Kerberos ticket."), host);
    case OH_SCHEME_FAILURE_PASSWORD_EXPIRED:
      return g_strdup_printf (_ ("%s refused the sign-in: the password has expired."), host);
    case OH_SCHEME_FAILURE_ACCOUNT:
      return g_strdup_printf (_ ("%s refused the sign-in: the account is locked, disabled or "
                                 "expired, or may not be used now or here."),
                              host);
    default:
      return g_strdup_printf (
        _ ("%s did not accept user name and password. Other ways to write the "
           "user name are user@domain and DOMAIN\\user."),
        host);
    }
}

GError *
oh_refusal_error (OhSchemeFailure failure, const char *host, gint64 ahead_s)
{
  g_autofree char *message = sentence (failure, host, ahead_s);

  return g_error_new_literal (OH_ERROR, oh_scheme_failure_code (failure), message);
}
