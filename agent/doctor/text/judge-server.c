/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-server.h"

#include <glib/gi18n-lib.h>

#define DAY_S (G_GINT64_CONSTANT (24) * 3600)

/* --- settings ------------------------------------------------------------------------------- */

static const char *
or_text (const char *text, const char *otherwise)
{
  return text != NULL && text[0] != '\0' ? text : otherwise;
}

static void
tell_settings (const OhSeenSettings *seen, GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_SETTINGS_READ,
                  g_strdup_printf (_ ("Settings: %s signs in"), seen->uri),
                  g_strdup_printf (_ ("Login: %s. Server: %s. Scheme: %s. Authorities: %s. %s"),
                                   or_text (seen->login, _ ("from the ticket or the address")),
                                   or_text (seen->server, _ ("looked for in DNS")), seen->mechanism,
                                   or_text (seen->ca_file, _ ("those of this computer")),
                                   seen->has_password ? _ ("A password is stored.")
                                                      : _ ("No password is stored.")),
                  NULL);
}

static void
tell_locked (const OhSeenSettings *seen, GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_SETTING_LOCKED,
                  g_strdup (_ ("Settings: some are locked by the administrator")),
                  g_strdup_printf (_ ("Locked: %s."), seen->locked),
                  _ ("Only the administrator can change these."));
}

gboolean
oh_judge_settings (const OhSeenSettings *seen, GPtrArray *findings)
{
  if (seen->problem != NULL)
    oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_SETTING_UNUSABLE,
                    g_strdup (_ ("Settings: a value cannot be used")), g_strdup (seen->problem),
                    _ ("Correct the value; where it is locked, ask the administrator."));
  if (seen->uri[0] == '\0' && seen->problem == NULL)
    oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_NO_ACCOUNT,
                    g_strdup (_ ("Settings: nobody to sign in")),
                    g_strdup (_ ("No address to sign in as is set. The phones work without it.")),
                    _ ("Choose “Set Up Account…” in the menu, or: gsettings set org.offhook.Agent "
                       "uri sip:you@example.org"));
  if (seen->uri[0] != '\0')
    tell_settings (seen, findings);
  if (seen->locked != NULL)
    tell_locked (seen, findings);
  if (seen->keyring != NULL)
    oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_KEYRING_CLOSED,
                    g_strdup (_ ("Settings: the keyring cannot be read")), g_strdup (seen->keyring),
                    oh_error_advice (OH_ERROR_SECRETS));
  if (seen->trouble != NULL && seen->trouble[0] != '\0')
    oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_NTLM_UNAVAILABLE,
                    g_strdup (_ ("Settings: this computer cannot do NTLM")),
                    g_strdup (seen->trouble),
                    _ ("Kerberos works without it; for NTLM the administrator has to install "
                       "OpenSSL's legacy provider."));
  return seen->uri[0] != '\0';
}

/* --- DNS ------------------------------------------------------------------------------------ */

void
oh_judge_lookup (const OhSeenLookup *seen, GPtrArray *findings)
{
  if (seen->answers != NULL)
    oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_DNS_FOUND,
                    g_strdup_printf (_ ("DNS: %s"), seen->question), g_strdup (seen->answers),
                    NULL);
  else if (seen->named)
    oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_DNS_RECORD_NONE,
                    g_strdup_printf (_ ("DNS: %s: no answer"), seen->question),
                    g_strdup (seen->error),
                    _ ("Check the name in the settings or in DNS, and whether this network knows "
                       "it: a company's names often exist inside only."));
  else
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_DNS_RECORD_NONE,
                    g_strdup_printf (_ ("DNS: %s: no answer"), seen->question),
                    g_strdup (seen->error), NULL);
  if (seen->outside != NULL)
    oh_doctor_find (
      findings, OH_FINDING_WARNING, OH_DOCTOR_DNS_NAME_OUTSIDE,
      g_strdup_printf (_ ("DNS: %s: a server outside %s"), seen->question, seen->domain),
      g_strdup_printf (_ ("%s is passed over: DNS is not signed, and a forged answer "
                          "could lead anywhere."),
                       seen->outside),
      _ ("When it is right, write the server into the settings, or have the "
         "administrator name it below the domain of the address."));
}

void
oh_judge_no_address (const char *domain, const char *server, GPtrArray *findings)
{
  if (server[0] != '\0')
    oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_DNS_FAILED,
                    g_strdup_printf (_ ("DNS: %s has no address"), server),
                    g_strdup (_ ("The server of the settings is not known to DNS from here.")),
                    _ ("Check the name in the setting “server” and the network; inside a company "
                       "a VPN may be needed."));
  else
    oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_DNS_FAILED,
                    g_strdup_printf (_ ("DNS: no server for %s"), domain),
                    g_strdup (_ ("None of the names that servers have there exists in DNS.")),
                    _ ("Check the part after “@” of your address. The administrator can publish "
                       "_sip._tls or _sipinternaltls._tcp, or tell you the server to write into "
                       "the settings."));
}

/* --- TCP ------------------------------------------------------------------------------------ */

void
oh_judge_address (const OhSeenAddress *seen, GPtrArray *findings)
{
  gint64 ms = (seen->took_us + 999) / 1000;

  if (seen->error == NULL)
    oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_TCP_CONNECTED,
                    g_strdup_printf (_ ("TCP: %s at %s"), seen->server, seen->address),
                    g_strdup_printf (_ ("Connected within %" G_GINT64_FORMAT " ms."), ms), NULL);
  else
    oh_doctor_find (
      findings, seen->other_works ? OH_FINDING_INFO : OH_FINDING_WARNING, OH_DOCTOR_TCP_FAILED,
      g_strdup_printf (_ ("TCP: %s at %s takes no connection"), seen->server, seen->address),
      g_strdup_printf (_ ("%s (after %" G_GINT64_FORMAT " ms)"), seen->error, ms),
      seen->refused ? _ ("Nothing listens at this port: check the port, and whether the server "
                         "runs.")
                    : _ ("A firewall may be in the way, or the server is off."));
}

void
oh_judge_unreachable (const char *servers, GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_SERVER_UNREACHABLE,
                  g_strdup (_ ("TCP: no server can be reached")),
                  g_strdup_printf (_ ("Tried: %s."), servers),
                  _ ("Check the network connection, name and port in the settings, and with the "
                     "administrator whether a firewall lets 5061 (inside) or 443 (outside) "
                     "through."));
}

/* --- TLS ------------------------------------------------------------------------------------ */

static char *
date_text (gint64 time_s)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time_s);

  return date != NULL && time_s != 0 ? g_date_time_format (date, "%Y-%m-%d %H:%M UTC")
                                     : g_strdup ("?");
}

char *
oh_seen_certificate_text (const OhSeenCertificate *seen)
{
  g_autofree char *from = date_text (seen->from_s);
  g_autofree char *until = date_text (seen->until_s);

  return g_strdup_printf (_ ("Subject: %s. Names: %s. Issuer: %s. Valid from %s until %s. Chain: "
                             "%s. SHA-256: %s."),
                          seen->subject, or_text (seen->names, _ ("none")), seen->issuer, from,
                          until, seen->chain, seen->fingerprint);
}

/* In the order of what to mend first. */
static const struct
{
  OhSeenCertificateFault fault;
  OhDoctorCode code;
  const char *title;
  const char *remedy;
} faults[] = {
  { OH_SEEN_CERTIFICATE_UNKNOWN_CA, OH_DOCTOR_CERTIFICATE_UNTRUSTED,
    N_ ("Certificate of %s: its issuer is not trusted"),
    N_ ("Have the company's authority installed on this computer, or name its PEM file in the "
        "setting “ca-file”. Do neither for a certificate that nobody can vouch for.") },
  { OH_SEEN_CERTIFICATE_NAME, OH_DOCTOR_CERTIFICATE_NAME,
    N_ ("Certificate of %s: made out to another name"),
    N_ ("Write the name that the certificate bears into the setting “server”, or have the "
        "administrator issue it for this name (subject alternative name).") },
  { OH_SEEN_CERTIFICATE_EXPIRED, OH_DOCTOR_CERTIFICATE_EXPIRED, N_ ("Certificate of %s: expired"),
    N_ ("Check the date of this computer; when it is right, the administrator has to renew the "
        "server's certificate.") },
  { OH_SEEN_CERTIFICATE_NOT_YET, OH_DOCTOR_CERTIFICATE_NOT_YET,
    N_ ("Certificate of %s: not valid yet"),
    N_ ("Check the date of this computer; when it is right, the administrator has to look at the "
        "server's certificate.") },
  { OH_SEEN_CERTIFICATE_REVOKED, OH_DOCTOR_CERTIFICATE_REVOKED, N_ ("Certificate of %s: revoked"),
    N_ ("Do not use this server; tell the administrator.") },
  { OH_SEEN_CERTIFICATE_WEAK, OH_DOCTOR_CERTIFICATE_WEAK, N_ ("Certificate of %s: too weak"),
    N_ ("The administrator has to issue one with SHA-256 and a key of 2048 bit or more.") },
  { OH_SEEN_CERTIFICATE_OTHER, OH_DOCTOR_CERTIFICATE_WEAK,
    N_ ("Certificate of %s: cannot be checked"),
    N_ ("The administrator has to look at the server's certificate.") },
};

/* What differs, in one sentence before all the rest. */
static char *
fault_text (const OhSeenTls *seen, OhSeenCertificateFault fault)
{
  g_autofree char *now = date_text (seen->now_s);

  switch (fault)
    {
    case OH_SEEN_CERTIFICATE_NAME:
      return g_strdup_printf (_ ("It has to bear “%s”, the name that was connected to. "),
                              seen->name);
    case OH_SEEN_CERTIFICATE_EXPIRED:
    case OH_SEEN_CERTIFICATE_NOT_YET:
      return g_strdup_printf (_ ("This computer's clock says %s. "), now);
    case OH_SEEN_CERTIFICATE_UNKNOWN_CA:
      return g_strdup_printf (_ ("Asked: %s. "), seen->authority);
    case OH_SEEN_CERTIFICATE_REVOKED:
    case OH_SEEN_CERTIFICATE_WEAK:
    case OH_SEEN_CERTIFICATE_OTHER:
    default: return g_strdup ("");
    }
}

static void
tell_faults (const OhSeenTls *seen, GPtrArray *findings)
{
  OhFindingSeverity severity = seen->others ? OH_FINDING_WARNING : OH_FINDING_ERROR;
  g_autofree char *all = oh_seen_certificate_text (seen->certificate);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (seen->faults & faults[i].fault)
      {
        g_autofree char *differs = fault_text (seen, faults[i].fault);
        g_auto (GStrv) title = g_strsplit (_ (faults[i].title), "%s", 2);

        oh_doctor_find (findings, severity, faults[i].code, g_strjoinv (seen->server, title),
                        g_strconcat (differs, all, NULL), _ (faults[i].remedy));
      }
}

static void
tell_good (const OhSeenTls *seen, GPtrArray *findings)
{
  const OhSeenCertificate *certificate = seen->certificate;
  gint64 left_s = certificate->until_s - seen->now_s;
  g_autofree char *text = oh_seen_certificate_text (certificate);

  oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_CERTIFICATE_GOOD,
                  g_strdup_printf (_ ("Certificate of %s: accepted"), seen->server),
                  g_strdup_printf (_ ("Accepted by: %s. %s"), seen->authority, text), NULL);
  if (certificate->until_s != 0 && left_s < OH_DOCTOR_CERTIFICATE_WARN_S)
    oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_CERTIFICATE_ENDS_SOON,
                    g_strdup_printf (_ ("Certificate of %s: ends in %d days"), seen->server,
                                     (int) (left_s / DAY_S)),
                    g_strdup (_ ("From then on nobody can sign in to this server.")),
                    _ ("The administrator has to renew it before."));
}

static void
tell_no_handshake (const OhSeenTls *seen, GPtrArray *findings)
{
  OhFindingSeverity severity = seen->others ? OH_FINDING_WARNING : OH_FINDING_ERROR;

  if (seen->ca_problem != NULL)
    oh_doctor_find (findings, OH_FINDING_ERROR, OH_DOCTOR_CA_FILE_UNUSABLE,
                    g_strdup (_ ("TLS: the file of authorities cannot be used")),
                    g_strdup (seen->ca_problem),
                    _ ("Correct the setting “ca-file”: a PEM file that this user may read."));
  else if (seen->too_old)
    oh_doctor_find (findings, severity, OH_DOCTOR_TLS_OLD,
                    g_strdup_printf (_ ("TLS: %s only has an old version"), seen->server),
                    g_strdup (seen->error),
                    _ ("The administrator has to switch TLS 1.2 on at the server."));
  else
    oh_doctor_find (findings, severity, OH_DOCTOR_TLS_FAILED,
                    g_strdup_printf (_ ("TLS: %s does not complete the handshake"), seen->server),
                    g_strdup (seen->error),
                    _ ("Check the port: what answers may not be a SIP server with TLS. Otherwise "
                       "the administrator compares the versions and ciphers that are allowed."));
}

gboolean
oh_judge_tls (const OhSeenTls *seen, GPtrArray *findings)
{
  if (seen->certificate != NULL && seen->faults != 0)
    {
      tell_faults (seen, findings);
      return FALSE;
    }
  if (seen->error != NULL || seen->ca_problem != NULL || seen->certificate == NULL)
    {
      tell_no_handshake (seen, findings);
      return FALSE;
    }
  oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_TLS_ESTABLISHED,
                  g_strdup_printf (_ ("TLS: %s"), seen->server),
                  g_strdup_printf ("%s, %s.", seen->version, or_text (seen->cipher, "?")), NULL);
  tell_good (seen, findings);
  return TRUE;
}
