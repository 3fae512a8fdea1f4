/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor-code.h"

/* clang-format off */
static const OhDoctorCodeInfo codes[] = {
  [OH_DOCTOR_SETTINGS_READ] = { "settings-read", OH_ERROR_FAILED,
    "Who signs in where, as the settings say." },
  [OH_DOCTOR_NO_ACCOUNT] = { "no-account", OH_ERROR_SETTINGS,
    "No address to sign in as is set; the phones work without." },
  [OH_DOCTOR_SETTING_UNUSABLE] = { "setting-unusable", OH_ERROR_SETTINGS,
    "A setting has a value that cannot be used." },
  [OH_DOCTOR_SETTING_LOCKED] = { "setting-locked", OH_ERROR_SETTINGS,
    "Settings that the administrator has locked." },
  [OH_DOCTOR_KEYRING_CLOSED] = { "keyring-closed", OH_ERROR_SECRETS,
    "The keyring with the stored password cannot be read." },
  [OH_DOCTOR_NTLM_UNAVAILABLE] = { "ntlm-unavailable", OH_ERROR_MECHANISM,
    "This computer cannot do NTLM." },
  [OH_DOCTOR_SERVER_FIXED] = { "server-fixed", OH_ERROR_FAILED,
    "The server stands in the settings; DNS is not asked for one." },
  [OH_DOCTOR_DNS_FOUND] = { "dns-found", OH_ERROR_FAILED,
    "DNS has an answer: servers, or addresses of one." },
  [OH_DOCTOR_DNS_RECORD_NONE] = { "dns-record-none", OH_ERROR_UNREACHABLE,
    "DNS has no such record; others may do." },
  [OH_DOCTOR_DNS_NAME_OUTSIDE] = { "dns-name-outside", OH_ERROR_UNREACHABLE,
    "DNS names a server outside the domain of the address, which is passed over." },
  [OH_DOCTOR_DNS_FAILED] = { "dns-failed", OH_ERROR_UNREACHABLE,
    "No name of a server can be turned into an address." },
  [OH_DOCTOR_TCP_CONNECTED] = { "tcp-connected", OH_ERROR_FAILED,
    "An address of the server takes connections." },
  [OH_DOCTOR_TCP_FAILED] = { "tcp-failed", OH_ERROR_UNREACHABLE,
    "An address of the server takes no connection." },
  [OH_DOCTOR_SERVER_UNREACHABLE] = { "server-unreachable", OH_ERROR_UNREACHABLE,
    "No address of any server takes connections." },
  [OH_DOCTOR_TLS_ESTABLISHED] = { "tls-established", OH_ERROR_FAILED,
    "The connection is encrypted; version and cipher." },
  [OH_DOCTOR_TLS_FAILED] = { "tls-failed", OH_ERROR_UNREACHABLE,
    "The server does not complete the TLS handshake." },
  [OH_DOCTOR_TLS_OLD] = { "tls-old", OH_ERROR_UNREACHABLE,
    "The server only has a version of TLS that is not safe any more." },
  [OH_DOCTOR_CERTIFICATE_GOOD] = { "certificate-good", OH_ERROR_FAILED,
    "The server's certificate is accepted; its chain, dates, names and fingerprint." },
  [OH_DOCTOR_CERTIFICATE_UNTRUSTED] = { "certificate-untrusted", OH_ERROR_UNTRUSTED,
    "No authority that this computer trusts has issued the server's certificate." },
  [OH_DOCTOR_CERTIFICATE_NAME] = { "certificate-name", OH_ERROR_UNTRUSTED,
    "The server's certificate is made out to another name." },
  [OH_DOCTOR_CERTIFICATE_EXPIRED] = { "certificate-expired", OH_ERROR_UNTRUSTED,
    "The server's certificate has expired." },
  [OH_DOCTOR_CERTIFICATE_NOT_YET] = { "certificate-not-yet-valid", OH_ERROR_UNTRUSTED,
    "The server's certificate is not valid yet, or the clock of this computer is slow." },
  [OH_DOCTOR_CERTIFICATE_ENDS_SOON] = { "certificate-ends-soon", OH_ERROR_UNTRUSTED,
    "The server's certificate expires within 30 days." },
  [OH_DOCTOR_CERTIFICATE_REVOKED] = { "certificate-revoked", OH_ERROR_UNTRUSTED,
    "The server's certificate has been revoked." },
  [OH_DOCTOR_CERTIFICATE_WEAK] = { "certificate-weak", OH_ERROR_UNTRUSTED,
    "The server's certificate uses an algorithm that is not safe, or cannot be checked." },
  [OH_DOCTOR_CA_FILE_UNUSABLE] = { "ca-file-unusable", OH_ERROR_SETTINGS,
    "The file of authorities in the setting ca-file cannot be used." },
  [OH_DOCTOR_CHALLENGE_READ] = { "challenge-read", OH_ERROR_FAILED,
    "The server asks who we are: realm, server name, versions and schemes that it offers." },
  [OH_DOCTOR_SERVER_SILENT] = { "server-silent", OH_ERROR_UNREACHABLE,
    "The server takes the connection and does not answer, or is no SIP server." },
  [OH_DOCTOR_SERVER_REDIRECTS] = { "server-redirects", OH_ERROR_FAILED,
    "The server sends its users to another one." },
  [OH_DOCTOR_SERVER_REFUSES] = { "server-refuses", OH_ERROR_FAILED,
    "The server refuses before it asks who we are." },
  [OH_DOCTOR_NO_CHALLENGE] = { "no-challenge", OH_ERROR_MECHANISM,
    "The server signs everybody in without asking; it is not trusted." },
  [OH_DOCTOR_SCHEME_IGNORED] = { "scheme-ignored", OH_ERROR_MECHANISM,
    "The server offers a scheme that Offhook does not use." },
  [OH_DOCTOR_SPN_REFUSED] = { "spn-refused", OH_ERROR_MECHANISM,
    "The server asks for a ticket of another service or another host; none is made." },
  [OH_DOCTOR_SCHEME_MISSING] = { "scheme-missing", OH_ERROR_MECHANISM,
    "The server offers no scheme that may be used." },
  [OH_DOCTOR_CLOCK_RIGHT] = { "clock-right", OH_ERROR_FAILED,
    "The clocks of this computer and of the server agree." },
  [OH_DOCTOR_CLOCK_SKEW] = { "clock-skew", OH_ERROR_CLOCK,
    "The clocks differ: a warning from one minute on, an error from five, which Kerberos refuses." },
  [OH_DOCTOR_CLOCK_UNKNOWN] = { "clock-unknown", OH_ERROR_FAILED,
    "The server does not say what time it is." },
  [OH_DOCTOR_TICKET_GOOD] = { "ticket-good", OH_ERROR_FAILED,
    "There is a Kerberos ticket for the server: for whom, until when, which kind of key." },
  [OH_DOCTOR_TICKET_MISSING] = { "ticket-missing", OH_ERROR_TICKET,
    "There is no Kerberos ticket of the user." },
  [OH_DOCTOR_TICKET_EXPIRED] = { "ticket-expired", OH_ERROR_TICKET,
    "The user's Kerberos ticket has expired." },
  [OH_DOCTOR_TICKET_NO_SERVICE] = { "ticket-no-service", OH_ERROR_MECHANISM,
    "The KDC does not know the server's service name sip/HOST, or shares no kind of key with it." },
  [OH_DOCTOR_TICKET_NO_KDC] = { "ticket-no-kdc", OH_ERROR_UNREACHABLE,
    "No Kerberos server (KDC) answers." },
  [OH_DOCTOR_TICKET_FAILED] = { "ticket-failed", OH_ERROR_TICKET,
    "A ticket for the server cannot be had for another reason, which is named." },
  [OH_DOCTOR_TICKET_NOT_NEEDED] = { "ticket-not-needed", OH_ERROR_FAILED,
    "Kerberos is not offered by the server, or not wanted by the settings." },
  [OH_DOCTOR_PASSWORD_WITHHELD] = { "password-withheld", OH_ERROR_SIGN_IN,
    "The stored password was refused before and is not sent again; each time counts towards a "
    "lock-out." },
  [OH_DOCTOR_PASSWORD_MISSING] = { "password-missing", OH_ERROR_SIGN_IN,
    "There is neither a ticket nor a stored password." },
  [OH_DOCTOR_CREDENTIALS_REJECTED] = { "credentials-rejected", OH_ERROR_SIGN_IN,
    "User name or password are not accepted, or the account is disabled or locked." },
  [OH_DOCTOR_PASSWORD_EXPIRED] = { "password-expired", OH_ERROR_PASSWORD_EXPIRED,
    "The password has to be changed where it is kept." },
  [OH_DOCTOR_ACCOUNT_BLOCKED] = { "account-blocked", OH_ERROR_ACCOUNT,
    "The account is locked, disabled or expired, and the server says so." },
  [OH_DOCTOR_SIGN_IN_FAILED] = { "sign-in-failed", OH_ERROR_SIGN_IN,
    "Signing in failed for another reason, which is named." },
  [OH_DOCTOR_SIGN_IN_GOOD] = { "sign-in-good", OH_ERROR_FAILED,
    "An endpoint of the doctor's own was signed in." },
  [OH_DOCTOR_SIGN_OUT_GOOD] = { "sign-out-good", OH_ERROR_FAILED,
    "That endpoint was signed out again." },
  [OH_DOCTOR_PHONE_NONE] = { "phone-none", OH_ERROR_NO_PHONE, "No phone is set up." },
  [OH_DOCTOR_PHONE_SETTINGS] = { "phone-settings", OH_ERROR_SETTINGS,
    "A setting of the phone has a value that cannot be used." },
  [OH_DOCTOR_PHONE_REACHED] = { "phone-reached", OH_ERROR_FAILED, "The phone answers." },
  [OH_DOCTOR_PHONE_UNREACHABLE] = { "phone-unreachable", OH_ERROR_UNREACHABLE,
    "The phone does not answer." },
  [OH_DOCTOR_PHONE_CERTIFICATE_GOOD] = { "phone-certificate-good", OH_ERROR_FAILED,
    "The phone's certificate is accepted; how, its dates and its fingerprint." },
  [OH_DOCTOR_PHONE_CERTIFICATE_REFUSED] = { "phone-certificate-refused", OH_ERROR_UNTRUSTED,
    "The phone's certificate is not accepted." },
  [OH_DOCTOR_PHONE_CERTIFICATE_CHANGED] = { "phone-certificate-changed", OH_ERROR_UNTRUSTED,
    "The phone shows another key than the one that is trusted." },
  [OH_DOCTOR_PHONE_CERTIFICATE_UNCHECKED] = { "phone-certificate-unchecked", OH_ERROR_UNTRUSTED,
    "The phone's certificate is not checked, or the connection is not encrypted." },
  [OH_DOCTOR_PHONE_CERTIFICATE_ENDS_SOON] = { "phone-certificate-ends-soon", OH_ERROR_UNTRUSTED,
    "The phone's certificate has expired or does within 30 days." },
  [OH_DOCTOR_PHONE_LOGIN_GOOD] = { "phone-login-good", OH_ERROR_FAILED,
    "The phone accepts the stored user name and password." },
  [OH_DOCTOR_PHONE_LOGIN_REFUSED] = { "phone-login-refused", OH_ERROR_PHONE_LOGIN,
    "The phone refuses the stored user name and password, or wants some and none are stored." },
  [OH_DOCTOR_PHONE_UNPROTECTED] = { "phone-unprotected", OH_ERROR_PHONE_LOGIN,
    "The phone lets everybody in without a password." },
  [OH_DOCTOR_PHONE_LOCKED_OUT] = { "phone-locked-out", OH_ERROR_PHONE_LOCKED_OUT,
    "The phone refuses everybody for a while after too many wrong passwords." },
  [OH_DOCTOR_PHONE_MODEL] = { "phone-model", OH_ERROR_FAILED, "Model, firmware and MAC." },
  [OH_DOCTOR_PHONE_TAKES_COMMANDS] = { "phone-takes-commands", OH_ERROR_FAILED,
    "Hidden tags are off, so that the phone can be driven." },
  [OH_DOCTOR_PHONE_HIDDEN_TAGS] = { "phone-hidden-tags", OH_ERROR_PHONE_REFUSED,
    "A setting of the phone, use_hidden_tags for example, keeps it from taking commands." },
  [OH_DOCTOR_PHONE_REFUSES] = { "phone-refuses", OH_ERROR_PHONE_REFUSED,
    "The phone refuses remote control for another reason, which is named." },
  [OH_DOCTOR_PHONE_UNSUPPORTED] = { "phone-unsupported", OH_ERROR_UNSUPPORTED,
    "What answers cannot be driven: another make, or a generation without remote control." },
  [OH_DOCTOR_PHONE_EVENTS_ARRIVE] = { "phone-events-arrive", OH_ERROR_FAILED,
    "The phone reports its calls; when it did last." },
  [OH_DOCTOR_PHONE_EVENTS_SET] = { "phone-events-set", OH_ERROR_FAILED,
    "The phone was told where to report its calls and has reported none yet." },
  [OH_DOCTOR_PHONE_EVENTS_OFF] = { "phone-events-off", OH_ERROR_FAILED,
    "The settings do not want the phone to report its calls." },
  [OH_DOCTOR_PHONE_EVENTS_MISSING] = { "phone-events-missing", OH_ERROR_PHONE_REFUSED,
    "The phone does not report its calls; what becomes of a dialled call stays unknown." },
  [OH_DOCTOR_PHONE_LISTENER_CLOSED] = { "phone-listener-closed", OH_ERROR_UNREACHABLE,
    "The address at which this computer waits for the phone's reports takes no connection." },
  [OH_DOCTOR_PROVISIONED] = { "provisioned", OH_ERROR_FAILED,
    "What the server provisions this user with: company, location profile, rules for numbers." },
  [OH_DOCTOR_PROVISIONED_STALE] = { "provisioned-stale", OH_ERROR_NOT_SIGNED_IN,
    "What the server provisioned in an earlier run, and has not confirmed." },
  [OH_DOCTOR_PROVISIONED_NOTHING] = { "provisioned-nothing", OH_ERROR_FAILED,
    "The server has not said anything; numbers are read by the settings alone." },
  [OH_DOCTOR_RULE_UNUSED] = { "rule-unused", OH_ERROR_FAILED,
    "A rule for numbers, of the server or of the company's file, cannot be used." },
  [OH_DOCTOR_STEP_TIMED_OUT] = { "step-timed-out", OH_ERROR_UNREACHABLE,
    "A step took longer than its limit and was given up." },
  [OH_DOCTOR_AGENT_UNREACHABLE] = { "agent-unreachable", OH_ERROR_FAILED,
    "The agent, which does the work, cannot be started or does not answer." },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (codes) == OH_N_DOCTOR_CODES);

const OhDoctorCodeInfo *
oh_doctor_code_info (OhDoctorCode code)
{
  g_return_val_if_fail (code < OH_N_DOCTOR_CODES, &codes[OH_DOCTOR_SIGN_IN_FAILED]);
  return &codes[code];
}

int
oh_doctor_finding_status (const OhFinding *finding)
{
  if (finding->severity != OH_FINDING_ERROR)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].word, finding->code))
      {
        const GError stand_in = { OH_ERROR, (int) codes[i].remedy, NULL };

        return oh_error_exit_status (&stand_in);
      }
  return 1;
}

void
oh_doctor_find (GPtrArray *findings, OhFindingSeverity severity, OhDoctorCode code, char *title,
                char *cause, const char *remedy)
{
  g_autofree char *own_title = title;
  g_autofree char *own_cause = cause;

  g_ptr_array_add (findings, oh_finding_new (severity, oh_doctor_code_info (code)->word, own_title,
                                             own_cause, remedy, 0));
}
