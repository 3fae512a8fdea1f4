/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-table.h"

#include <glib/gi18n-lib.h>

/* Handshake and REGISTER. */
const OhDiagnosticCode oh_diagnostic_sign_in_rows[] = {
  { "signed-in", OH_FINDING_OK, N_ ("Sign-in succeeded"),
    N_ ("The server accepted the registration."), "" },
  { "no-trouble", OH_FINDING_OK, N_ ("Nothing wrong found"),
    N_ ("Every message of the trace is as expected."), "" },
  { "trace-cut", OH_FINDING_WARNING, N_ ("Only the beginning of the trace was read"),
    N_ ("It has more messages than are looked at."),
    N_ ("Cut out the part around the trouble and read that.") },
  { "credentials-rejected", OH_FINDING_ERROR, N_ ("User name or password not accepted"),
    N_ ("The server checked the credentials with the domain and refused them "
        "(0xC3E93EC3, SIP_E_AUTH_UNAUTHORIZED): wrong user name, domain or password, an account "
        "that is disabled, locked or expired, logon hours or workstations, or client and server "
        "with different NTLM levels (“Network security: LAN Manager authentication level”: the "
        "domain demands NTLMv2, the client sends NTLMv1)."),
    N_ ("Try the login as DOMAIN\\user and as UPN. Administrator: test the account with another "
        "client, compare the LAN Manager authentication level of client and server, and look in "
        "the server's SIPStack log: 0x80090302 there means key strength, not the password.") },
  { "ntlm-session-security-mismatch", OH_FINDING_ERROR,
    N_ ("Client and server demand different NTLM key strengths"),
    N_ ("The final handshake failed with 0xC3E93EE4 (SIP_E_AUTH_NTLMMISMATCH): the client offers "
        "40 or 56 bit keys and the server demands 128 bit, or the other way round. The password "
        "plays no part."),
    N_ ("Bring both sides to 128 bit: update the client or device. The demand is set in "
        "secpol.msc (or group policy), Local Policies, Security Options: “Network security: "
        "Minimum session security for NTLM SSP based (including secure RPC) servers” on the "
        "front end and “… clients” on the client. Windows 7 and Server 2008 R2 and later demand "
        "128 bit by default. Restart the front-end service after a change; the client's policy "
        "has no influence on what the server demands.") },
  { "ntlm-unsupported-function", OH_FINDING_ERROR,
    N_ ("The server's security library refuses the NTLM session"),
    N_ ("The log has 0x80090302 (SEC_E_UNSUPPORTED_FUNCTION): the SSP was asked for a session "
        "with a property that was not negotiated, in practice 128 bit keys that the server's "
        "policy demands and the client did not offer. The client sees only 0xC3E93EC3, as if the "
        "password were wrong. Typical of Windows XP through an Edge to 2008 R2; inside, Kerberos "
        "hides it."),
    N_ ("Use a client with 128 bit. Or on the server: secpol.msc, Local Policies, Security "
        "Options, both “Network security: Minimum session security for NTLM SSP based (including "
        "secure RPC)” entries (clients and servers) without “Require 128-bit encryption”.") },
  { "ntlm-v1-refused", OH_FINDING_ERROR, N_ ("The client answers with NTLMv1"),
    N_ ("The response in the NTLM token has 24 octets, which is NTLMv1, and the server refused "
        "it: its LAN Manager authentication level demands NTLMv2."),
    N_ ("Update the client or the phone's firmware to one that does NTLMv2. Lowering “Network "
        "security: LAN Manager authentication level” in the domain is not advisable.") },
  { "ntlm-weak-keys", OH_FINDING_WARNING, N_ ("The client offers only short NTLM keys"),
    N_ ("The NTLM answer lacks the 128 bit flag. Servers from 2008 R2 on refuse such a session by "
        "default, and the client sees it as a wrong password."),
    N_ ("Update the client or device to one with 128 bit session security.") },
  { "spn-missing", OH_FINDING_WARNING, N_ ("Kerberos does not know the server"),
    N_ ("The KDC has no service principal sip/FQDN for this server: it was never registered, is "
        "registered on the wrong account, or twice. NTLM still works."),
    N_ ("Administrator: register it on the service account (setspn -S sip/FQDN ACCOUNT) and "
        "remove duplicates (setspn -X).") },
  { "spn-refused", OH_FINDING_ERROR, N_ ("The challenge names a service other than sip"),
    N_ ("A Kerberos challenge asks for a ticket of another service, which the peer could use "
        "elsewhere in the user's name. It is ignored."),
    N_ ("Administrator: find out which server sent it. A front end names itself sip/FQDN; "
        "anything else is a misconfiguration or an attack.") },
  { "clock-skew", OH_FINDING_ERROR, N_ ("The clocks differ too much"),
    N_ ("Kerberos allows 5 minutes between client and server, NTLM about 15."),
    N_ ("Set the clock of this computer by the domain's time; check that of the server "
        "(w32tm /query /status).") },
  { "kerberos-no-ticket", OH_FINDING_INFO, N_ ("No Kerberos ticket to be had"),
    N_ ("There is no ticket-granting ticket or no KDC can be reached: the computer is not in the "
        "domain, or it is outside or behind a home router. NTLM takes over."),
    N_ ("Nothing, where NTLM is allowed. Where only Kerberos is: lock and unlock the screen, or "
        "connect to the company's network.") },
  { "association-lost", OH_FINDING_INFO, N_ ("The security association ended"),
    N_ ("The server challenged a signed request: its side of the association has expired (8 "
        "hours), or it was restarted or failed over."),
    N_ ("Nothing: the client authenticates again by itself.") },
  { "authentication-loop", OH_FINDING_ERROR, N_ ("The server challenges without end"),
    N_ ("More than three challenges in a row after a complete answer: counters or version of the "
        "signatures do not match, or a clock is wrong."),
    N_ ("Check the clocks of both sides. Sign out and in again; if it comes back, restart the "
        "front-end service and report it with this trace.") },
  { "server-signature-invalid", OH_FINDING_ERROR,
    N_ ("A message carries no valid signature of the server"),
    N_ ("The signature does not fit the message: another association or version, or something in "
        "between changes signed headers."),
    N_ ("Take proxies and inspection devices out of the way that change SIP headers. The client "
        "drops such messages and connects anew.") },
  { "message-dropped", OH_FINDING_WARNING, N_ ("A message from the server was dropped"),
    N_ ("It was not signed, had been seen before, came out of order or could not be read, so it "
        "reached nothing."),
    N_ ("Now and then it does no harm. If it comes often, look for devices that change or repeat "
        "SIP, and report it with this trace.") },
  { "redirect-without-contact", OH_FINDING_ERROR, N_ ("A redirect that leads nowhere"),
    N_ ("The server answers 301 or 302 without an address that can be used: no Contact, or none "
        "over TLS."),
    N_ ("Administrator: check which pool the user is homed on (Get-CsUser) and that it has a "
        "host name and TLS.") },
  { "redirect-loop", OH_FINDING_ERROR, N_ ("Servers redirect to each other"),
    N_ ("More than five redirects in one sign-in: two servers each believe the user is homed at "
        "the other."),
    N_ ("Administrator: check the user's pool and the replication between the servers "
        "(Get-CsManagementStoreReplicationStatus).") },
  { "remote-access-denied", OH_FINDING_ERROR, N_ ("The account may not sign in from outside"),
    N_ ("Diagnostics 4003: the From address is not enabled for remote access."),
    N_ ("Administrator: grant an external access policy with outside user access "
        "(Grant-CsExternalAccessPolicy), or enable remote access for the user.") },
  { "address-not-allowed", OH_FINDING_ERROR, N_ ("This login may not use this sign-in address"),
    N_ ("Diagnostics 4004: the credentials are right, but they belong to an account with another "
        "SIP address."),
    N_ ("Correct the sign-in address or the login; the administrator sees with Get-CsUser which "
        "belong together.") },
  { "sign-in-forbidden", OH_FINDING_ERROR, N_ ("The server forbids the sign-in"),
    N_ ("403 without a known number: a version filter or a policy. Warning and reason phrase, if "
        "there are any, are the server's words."),
    N_ ("Administrator: look at the client version policy (Get-CsClientVersionPolicy) and at the "
        "front end's log for this Call-ID.") },
  { "server-overloaded", OH_FINDING_WARNING, N_ ("The server is overloaded"),
    N_ ("Diagnostics 17000: the version filter has too much to do."),
    N_ ("Wait five minutes; the client tries again by itself.") },
  { "client-version-unreadable", OH_FINDING_ERROR,
    N_ ("The server cannot read the client's version"),
    N_ ("Diagnostics 17001 or 17002: the version filter could not parse the User-Agent."),
    N_ ("Administrator: add a rule for this client to the client version policy, or set its "
        "default action to allow.") },
  { "client-version-refused", OH_FINDING_ERROR, N_ ("The server wants another client version"),
    N_ ("Diagnostics 17003: the version filter declines this client and names an address for an "
        "upgrade."),
    N_ ("Administrator: allow the client in the client version policy. The address in the "
        "message is the server's; do not open it unless you expect it.") },
  { "client-upgrade-offered", OH_FINDING_INFO, N_ ("The server offers another client version"),
    N_ ("Diagnostics 17004: the client is admitted, an upgrade is recommended."), "" },
  { "user-unknown", OH_FINDING_ERROR, N_ ("The address does not exist on this server"),
    N_ ("Diagnostics 1003 or 4005: there is no such user, the user is not enabled for SIP, or a "
        "new user has not been replicated yet."),
    N_ ("Check the sign-in address. Administrator: Enable-CsUser, then wait for the user "
        "replicator (event 30061).") },
  { "user-not-in-pool", OH_FINDING_ERROR, N_ ("The user is not in this pool"),
    N_ ("Diagnostics 4006: the user is being moved, or replication lags behind."),
    N_ ("Wait ten minutes. If it stays: administrator, compare the user's pool on both servers.") },
  { "user-not-enabled", OH_FINDING_ERROR, N_ ("The server does not know the address"),
    N_ ("404 without a number: the address is wrong or not enabled for SIP."),
    N_ ("Check the sign-in address. Administrator: Get-CsUser, Enable-CsUser.") },
  { "endpoint-identifier", OH_FINDING_ERROR, N_ ("The client's endpoint identifier is refused"),
    N_ ("Diagnostics 4010, 4011 or 4012: the epid is missing, not present or too long. A fault "
        "of the client."),
    N_ ("Report it with this trace.") },
  { "request-unreadable", OH_FINDING_ERROR, N_ ("The server cannot read a request's body"),
    N_ ("Diagnostics 4001, 4008 or 4013: XML that cannot be parsed, too large, or of a type that "
        "is not known. A fault of the client, or a list beyond the server's limits."),
    N_ ("Report it with this trace.") },
  { "register-no-answer", OH_FINDING_ERROR, N_ ("The server does not answer the sign-in"),
    N_ ("REGISTER was answered with 408 or not at all within a minute: the server hangs, or the "
        "connection is dead."),
    N_ ("The client tries again. If it stays: administrator, look at the load and the database "
        "connection of the front end.") },
  { "pool-unavailable", OH_FINDING_WARNING, N_ ("The pool is not available now"),
    N_ ("480 to REGISTER: the pool is in maintenance, or failing over to its backup."),
    N_ ("Wait some minutes; the client tries again by itself.") },
  { "user-services-error", OH_FINDING_WARNING, N_ ("The server has an internal error"),
    N_ ("500, or diagnostics 4000: user services failed."),
    N_ ("The client tries again. If it stays: administrator, event log of the server named as "
        "source.") },
  { "service-unavailable", OH_FINDING_WARNING, N_ ("The server is out of service"),
    N_ ("503: overload, or a service that was stopped. Retry-After says when to come back."),
    N_ ("Wait; the client comes back by itself. If it stays: administrator, check the services "
        "of the server.") },
  { "server-starting", OH_FINDING_WARNING, N_ ("The server is still starting"),
    N_ ("Diagnostics 5000: critical applications of the front end do not run yet."),
    N_ ("Wait some minutes. If it stays: administrator, check that all applications of the front "
        "end start.") },
  { "account-disabled", OH_FINDING_ERROR, N_ ("The account was disabled"),
    N_ ("Diagnostics 4141, or a registration-notify “rejected”: the administrator disabled or "
        "removed the user, who was signed out."),
    N_ ("Ask the administrator (Get-CsUser, Enable-CsUser).") },
  { "signed-in-elsewhere", OH_FINDING_WARNING, N_ ("Signed out by a sign-in elsewhere"),
    N_ ("A registration-notify “unregistered”: the same endpoint signed in another time, or too "
        "many endpoints are signed in."),
    N_ ("Sign in again, and sign out where it is not needed.") },
  { "moved-to-other-server", OH_FINDING_INFO, N_ ("The server sends its users elsewhere"),
    N_ ("A registration-notify “deactivated”: the user is moved to another pool, or the server "
        "goes into maintenance."),
    N_ ("Nothing: the client looks for its server anew within a minute.") },
  { "not-a-registrar", OH_FINDING_ERROR, N_ ("Not a server that people sign in to"),
    N_ ("405 or 501 to REGISTER: the host is a gateway, a proxy or a server of another kind."),
    N_ ("Correct the server's name, or the SRV record that leads there.") },
  { "extension-unknown", OH_FINDING_WARNING, N_ ("The server does not know an extension"),
    N_ ("420: a gateway or a server of another kind; Unsupported names the option."),
    N_ ("The client repeats the request without it. If it stays: correct the server's name.") },
  { "security-negotiation", OH_FINDING_ERROR, N_ ("The server demands another protocol"),
    N_ ("421 or 494: an extension or a security agreement that this family of servers does not "
        "use."),
    N_ ("Check that the server is a front end and no other SIP server.") },
  { "routing-loop", OH_FINDING_ERROR, N_ ("A message runs in circles"),
    N_ ("482 or 483: loop, or too many hops."),
    N_ ("Administrator: check static routes, federation routes and next hops for a circle.") },
  { "message-too-large", OH_FINDING_ERROR, N_ ("A message is too large for the server"),
    N_ ("413 or 513: usually too many contacts in one batch."),
    N_ ("The client splits its list. If it stays: report it with this trace.") },
  { NULL },
};
