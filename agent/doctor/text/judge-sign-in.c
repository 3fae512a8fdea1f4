/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-sign-in.h"

#include <glib/gi18n-lib.h>

/* --- the first answer ----------------------------------------------------------------------- */

static const char *
or_dash (const char *text)
{
  return text != NULL && text[0] != '\0' ? text : "–";
}

static gboolean
is_used (OhAuthScheme scheme)
{
  return scheme == OH_AUTH_SCHEME_NTLM || scheme == OH_AUTH_SCHEME_KERBEROS;
}

static gboolean
is_wanted (const OhSeenAnswer *seen, OhAuthScheme scheme)
{
  return scheme == OH_AUTH_SCHEME_KERBEROS ? seen->kerberos_wanted
                                           : scheme == OH_AUTH_SCHEME_NTLM && seen->ntlm_wanted;
}

static void
tell_offer (const OhSeenAnswer *seen, const OhSeenOffer *offer, GPtrArray *findings)
{
  const OhAuthChallenge *challenge = offer->challenge;

  if (!is_used (challenge->scheme))
    oh_doctor_find (
      findings, OH_FINDING_INFO, OH_DOCTOR_SCHEME_IGNORED,
      g_strdup_printf (_ ("Sign-in: %s also offers %s"), seen->server, challenge->scheme_text),
      g_strdup (challenge->scheme == OH_AUTH_SCHEME_TLS_DSK
                  ? _ ("Sign-in with a certificate is not used.")
                  : _ ("It is not used.")),
      NULL);
  else if (!offer->allowed)
    oh_doctor_find (
      findings, OH_FINDING_WARNING, OH_DOCTOR_SPN_REFUSED,
      g_strdup_printf (_ ("Sign-in: %s asks for a ticket that it does not get"), seen->server),
      g_strdup_printf (_ ("%s names “%s”. Only “sip/” and the name of a server is "
                          "accepted: anything else could be used against another "
                          "service."),
                       challenge->scheme_text, or_dash (challenge->target)),
      _ ("Tell the administrator: the server is set up wrongly, or somebody stands "
         "between it and you."));
}

static void
tell_challenge (const OhSeenAnswer *seen, GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < seen->n_offers; i++)
    {
      const OhAuthChallenge *challenge = seen->offers[i].challenge;

      g_string_append_printf (text, _ ("%s%s: realm “%s”, name “%s”, version %u."),
                              i > 0 ? " " : "", challenge->scheme_text, or_dash (challenge->realm),
                              or_dash (challenge->target), challenge->version);
    }
  oh_doctor_find (
    findings, OH_FINDING_OK, OH_DOCTOR_CHALLENGE_READ,
    g_strdup_printf (_ ("Sign-in: %s asks who we are (%u)"), seen->server, seen->status),
    g_string_free (g_steal_pointer (&text), FALSE), NULL);
}

static gboolean
judge_challenge (const OhSeenAnswer *seen, GPtrArray *findings)
{
  gboolean usable = FALSE;

  tell_challenge (seen, findings);
  for (gsize i = 0; i < seen->n_offers; i++)
    {
      const OhSeenOffer *offer = &seen->offers[i];

      tell_offer (seen, offer, findings);
      usable = usable || (offer->allowed && is_wanted (seen, offer->challenge->scheme));
    }
  if (!usable)
    oh_doctor_find (
      findings, OH_FINDING_ERROR, OH_DOCTOR_SCHEME_MISSING,
      g_strdup_printf (_ ("Sign-in: %s offers no scheme that may be used"), seen->server),
      g_strdup_printf (_ ("Allowed here: %s%s%s."), seen->kerberos_wanted ? "Kerberos" : "",
                       seen->kerberos_wanted && seen->ntlm_wanted ? ", " : "",
                       seen->ntlm_wanted ? "NTLM" : ""),
      _ ("Set “mechanism” to “auto”, or have the administrator switch Kerberos or "
         "NTLM on at the server."));
  return usable;
}

gboolean
oh_judge_answer (const OhSeenAnswer *seen, GPtrArray *findings)
{
  if (seen->status == 401 || seen->status == 407)
    return judge_challenge (seen, findings);
  if (seen->status == 0)
    oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_SERVER_SILENT,
                    g_strdup_printf (_ ("Sign-in: %s does not answer"), seen->server),
                    g_strdup (seen->error),
                    _ ("Check the port: what listens there may be no SIP server. Otherwise the "
                       "server's administrator has to look at it."));
  else if (seen->targets != NULL)
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_SERVER_REDIRECTS,
                    g_strdup_printf (_ ("Sign-in: %s sends us to another server"), seen->server),
                    g_strdup_printf (_ ("To: %s."), or_dash (seen->targets)), NULL);
  else if (seen->status / 100 == 2)
    oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_NO_CHALLENGE,
                    g_strdup_printf (_ ("Sign-in: %s lets everybody in"), seen->server),
                    g_strdup (_ ("It signed us in without asking who we are; such a server is not "
                                 "trusted.")),
                    _ ("Check the server in the settings; its administrator has to require "
                       "authentication."));
  else
    oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_SERVER_REFUSES,
                    g_strdup_printf (_ ("Sign-in: %s refuses (%u)"), seen->server, seen->status),
                    g_strdup (seen->refusal),
                    seen->remedy != NULL
                      ? seen->remedy
                      : _ ("Show this to the administrator; the numbers name the reason."));
  return seen->targets != NULL;
}

/* --- clocks --------------------------------------------------------------------------------- */

static char *
time_text (gint64 time_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_s);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC") : g_strdup ("?");
}

/* Dates of before 1970 and after 9999 were not accepted: no overflow. */
static char *
skew_text (gint64 ahead_s)
{
  gint64 apart_s = ahead_s < 0 ? -ahead_s : ahead_s;

  if (apart_s < 120)
    return g_strdup_printf (_ ("%d seconds"), (int) apart_s);
  if (apart_s < G_GINT64_CONSTANT (2) * 3600)
    return g_strdup_printf (_ ("%d minutes"), (int) (apart_s / 60));
  return g_strdup_printf (_ ("%" G_GINT64_FORMAT " hours"), apart_s / 3600);
}

void
oh_judge_clock (const OhSeenClock *seen, GPtrArray *findings)
{
  gint64 ahead_s = seen->known ? seen->server_s - seen->our_s : 0;
  gint64 apart_s = ahead_s < 0 ? -ahead_s : ahead_s;
  g_autofree char *apart = skew_text (ahead_s);
  g_autofree char *theirs = time_text (seen->server_s);
  g_autofree char *ours = time_text (seen->our_s);
  g_autofree char *both =
    g_strdup_printf (_ ("%s says %s, this computer %s."), seen->server, theirs, ours);

  if (!seen->known)
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_CLOCK_UNKNOWN,
                    g_strdup_printf (_ ("Clock: %s does not say the time"), seen->server), NULL,
                    NULL);
  else if (apart_s <= OH_DOCTOR_SKEW_WARN_S)
    oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_CLOCK_RIGHT,
                    g_strdup_printf (_ ("Clock: differs by %s"), apart), g_steal_pointer (&both),
                    NULL);
  else
    oh_doctor_find (findings,
                    apart_s > OH_DOCTOR_SKEW_ERROR_S ? OH_FINDING_ERROR : OH_FINDING_WARNING,
                    OH_DOCTOR_CLOCK_SKEW,
                    ahead_s > 0 ? g_strdup_printf (_ ("Clock: this computer is %s slow"), apart)
                                : g_strdup_printf (_ ("Clock: this computer is %s fast"), apart),
                    g_steal_pointer (&both),
                    _ ("Set the clock, or switch time synchronisation on (timedatectl set-ntp "
                       "true). Kerberos allows five minutes. When this computer is right, tell the "
                       "server's administrator."));
}

/* --- tickets -------------------------------------------------------------------------------- */

static const struct
{
  OhDoctorCode code;
  const char *title;
  const char *remedy;
} tickets[OH_N_SEEN_TICKETS] = {
  [OH_SEEN_TICKET_MISSING] = { OH_DOCTOR_TICKET_MISSING, N_ ("Ticket: none"),
                               N_ ("Sign in to the desktop with your domain account, or run "
                                   "“kinit”; or store your password with “offhook password "
                                   "sign-in”.") },
  [OH_SEEN_TICKET_EXPIRED] = { OH_DOCTOR_TICKET_EXPIRED, N_ ("Ticket: expired"),
                               N_ ("Lock and unlock the screen, or run “kinit”.") },
  [OH_SEEN_TICKET_NO_SERVICE] = { OH_DOCTOR_TICKET_NO_SERVICE,
                                  N_ ("Ticket: the KDC gives none for this server"),
                                  N_ ("The administrator has to register the service name on the "
                                      "server's account (setspn -S sip/HOST), with a kind of key "
                                      "that both ends allow.") },
  [OH_SEEN_TICKET_NO_KDC] = { OH_DOCTOR_TICKET_NO_KDC, N_ ("Ticket: no Kerberos server answers"),
                              N_ ("Check the network; from outside a company a VPN may be needed. "
                                  "NTLM with a stored password works without.") },
  [OH_SEEN_TICKET_SKEW] = { OH_DOCTOR_CLOCK_SKEW, N_ ("Ticket: the clocks differ too much"),
                            N_ ("Set the clock of this computer; Kerberos allows five minutes.") },
  [OH_SEEN_TICKET_FAILED] = { OH_DOCTOR_TICKET_FAILED, N_ ("Ticket: cannot be had"),
                              N_ ("Show this to the administrator.") },
};

static void
tell_ticket (const OhSeenTicket *seen, GPtrArray *findings)
{
  g_autofree char *until = time_text (seen->until_s);

  oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_TICKET_GOOD,
                  g_strdup_printf (_ ("Ticket: %s"), or_dash (seen->service)),
                  g_strdup_printf (_ ("For %s, until %s, key %s, in %s."),
                                   or_dash (seen->principal), until, or_dash (seen->enctype),
                                   or_dash (seen->cache)),
                  NULL);
}

void
oh_judge_ticket (const OhSeenTicket *seen, GPtrArray *findings)
{
  if (seen->state == OH_SEEN_TICKET_GOOD)
    tell_ticket (seen, findings);
  else if (seen->state == OH_SEEN_TICKET_NOT_NEEDED)
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_TICKET_NOT_NEEDED,
                    g_strdup (_ ("Ticket: not needed")),
                    g_strdup (_ ("Kerberos is not offered by the server, or not wanted by the "
                                 "settings.")),
                    NULL);
  else
    oh_doctor_find (findings, seen->replaceable ? OH_FINDING_WARNING : OH_FINDING_ERROR,
                    tickets[seen->state].code, g_strdup (_ (tickets[seen->state].title)),
                    g_strdup_printf (_ ("Service %s, tickets of %s in %s: %s."),
                                     or_dash (seen->service), or_dash (seen->principal),
                                     or_dash (seen->cache), or_dash (seen->error)),
                    _ (tickets[seen->state].remedy));
}

/* --- signing in ----------------------------------------------------------------------------- */

static OhDoctorCode
code_of (const OhSeenSignIn *seen)
{
  switch (seen->error->code)
    {
    case OH_ERROR_SIGN_IN:
      return seen->had_proof ? OH_DOCTOR_CREDENTIALS_REJECTED : OH_DOCTOR_PASSWORD_MISSING;
    case OH_ERROR_PASSWORD_EXPIRED: return OH_DOCTOR_PASSWORD_EXPIRED;
    case OH_ERROR_ACCOUNT: return OH_DOCTOR_ACCOUNT_BLOCKED;
    case OH_ERROR_TICKET: return OH_DOCTOR_PASSWORD_MISSING;
    case OH_ERROR_CLOCK: return OH_DOCTOR_CLOCK_SKEW;
    case OH_ERROR_MECHANISM: return OH_DOCTOR_SCHEME_MISSING;
    case OH_ERROR_UNREACHABLE: return OH_DOCTOR_SERVER_SILENT;
    case OH_ERROR_UNTRUSTED: return OH_DOCTOR_CERTIFICATE_UNTRUSTED;
    default: return OH_DOCTOR_SIGN_IN_FAILED;
    }
}

static void
tell_withheld (const OhSeenSignIn *seen, GPtrArray *findings)
{
  oh_doctor_find (
    findings, OH_FINDING_ERROR, OH_DOCTOR_PASSWORD_WITHHELD,
    g_strdup (_ ("Sign-in: the stored password was refused before")),
    g_strdup_printf (_ ("It was not sent again: every further time brings the account "
                        "closer to being locked. At that time: %s"),
                     seen->error != NULL ? seen->error->message : "–"),
    _ ("Store the right password (“offhook password sign-in”, or “Enter Password…” "
       "in the menu). If it is right, the account may be locked, disabled or expired: "
       "ask the administrator."));
}

static void
tell_failed (const OhSeenSignIn *seen, GPtrArray *findings)
{
  OhDoctorCode code = code_of (seen);
  const char *remedy = oh_error_advice ((OhError) seen->error->code);

  if (code == OH_DOCTOR_CREDENTIALS_REJECTED)
    remedy = _ ("Store the right password, and check the login name: DOMAIN\\user or "
                "user@example.org. If both are right, the account may be locked, disabled or "
                "expired, or not enabled for SIP: ask the administrator.");
  else if (code == OH_DOCTOR_PASSWORD_MISSING)
    remedy = _ ("Store your password with “offhook password sign-in”, or sign in to the desktop "
                "with your domain account so that there is a ticket.");
  oh_doctor_find (
    findings, OH_FINDING_ERROR, code,
    g_strdup_printf (_ ("Sign-in: %s cannot sign in to %s"), seen->uri, or_dash (seen->server)),
    g_strdup (seen->error->message), remedy);
}

gboolean
oh_judge_sign_in (const OhSeenSignIn *seen, GPtrArray *findings)
{
  if (seen->withheld)
    tell_withheld (seen, findings);
  else if (seen->error != NULL)
    tell_failed (seen, findings);
  else
    oh_doctor_find (
      findings, OH_FINDING_OK, OH_DOCTOR_SIGN_IN_GOOD,
      g_strdup_printf (_ ("Sign-in: %s is signed in to %s"), seen->uri, or_dash (seen->server)),
      g_strdup_printf (_ ("With %s; every message is signed. This was an endpoint of "
                          "the check's own; yours is as it was."),
                       or_dash (seen->mechanism)),
      NULL);
  return !seen->withheld && seen->error == NULL;
}

void
oh_judge_sign_out (const char *server, GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_SIGN_OUT_GOOD,
                  g_strdup_printf (_ ("Sign-in: signed out of %s again"), or_dash (server)),
                  g_strdup (_ ("The check leaves no endpoint behind.")), NULL);
}

void
oh_judge_limit (const char *step, guint limit_s, GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_STEP_TIMED_OUT,
                  g_strdup_printf (_ ("%s: took too long"), step),
                  g_strdup_printf (_ ("It was given up after %u seconds."), limit_s),
                  _ ("Check the network; a server or a phone that is only slow can be tried "
                     "again."));
}
