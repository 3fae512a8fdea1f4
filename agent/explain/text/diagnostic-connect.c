/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-table.h"

#include <glib/gi18n-lib.h>

/* From the name of the domain to the first challenge. */
const OhDiagnosticCode oh_diagnostic_connect_rows[] = {
  { "dns-no-server", OH_FINDING_ERROR, N_ ("No server found for the domain"),
    N_ ("None of the names that lead to a front end has an address: the domain is misspelt, or "
        "its records are only known inside the company."),
    N_ ("Check the domain of the sign-in address. Outside, the administrator publishes "
        "_sip._tls.DOMAIN and sip.DOMAIN in the public DNS; or enter the server by hand.") },
  { "server-name-untrusted", OH_FINDING_ERROR, N_ ("The server found is in another domain"),
    N_ ("The SRV record points to a host outside the domain of the sign-in address, which anybody "
        "who can answer DNS queries could do."),
    N_ ("Confirm the server's domain once if it is the company's. The administrator can list it "
        "as a trusted domain, or give the server a name in the sign-in domain.") },
  { "server-unreachable", OH_FINDING_ERROR, N_ ("The server cannot be reached"),
    N_ ("The connection was refused or timed out: a firewall stands in between, the server is "
        "down, or it does not listen on this port."),
    N_ ("Check that port 5061 (inside) or 443 (outside) of the server is open from here, and that "
        "its front-end service runs.") },
  { "certificate-untrusted", OH_FINDING_ERROR, N_ ("The server's certificate is not trusted"),
    N_ ("The certificate was issued by an authority that this computer does not know, usually "
        "the company's own, or its chain is incomplete."),
    N_ ("Install the company's root certificate on this computer, and see that the server sends "
        "its intermediate certificates.") },
  { "certificate-name-mismatch", OH_FINDING_ERROR,
    N_ ("The server's certificate names another host"),
    N_ ("The name that was connected to is not among the certificate's names: the SRV record "
        "points to a name that it lacks, or sip.DOMAIN was used as a fall-back and is not an "
        "alternative name of it (0x80090322, wrong principal)."),
    N_ ("Administrator: add the missing name to the certificate's subject alternative names, or "
        "let the SRV record point to a name that it has.") },
  { "certificate-dates", OH_FINDING_ERROR, N_ ("The server's certificate is not valid now"),
    N_ ("The certificate has expired or is not valid yet, or the clock of one side is wrong."),
    N_ ("Compare the certificate's dates with this computer's clock; set the clock, or have the "
        "certificate renewed.") },
  { "tls-version", OH_FINDING_ERROR, N_ ("No TLS version or cipher in common"),
    N_ ("The handshake failed before certificates were compared: one side has only TLS 1.0, RC4 "
        "or 3DES, the other only newer versions."),
    N_ ("Administrator: enable TLS 1.2 on the server. Where that cannot be done, allow the old "
        "version for this one account, never for the whole computer.") },
  { "no-sip-service", OH_FINDING_ERROR, N_ ("The server closes the connection without a word"),
    N_ ("TLS came about, then the connection was closed: an Edge without the remote access "
        "service, a load balancer without servers behind it, or a port of another service."),
    N_ ("Check the port. Administrator: see that the Access Edge service runs and remote user "
        "access is enabled, or that the load balancer's pool has members.") },
  { "remote-access-disabled", OH_FINDING_ERROR,
    N_ ("The server refuses connections of remote users"),
    N_ ("The Edge server's log says that remote user access is disabled, so every connection "
        "from outside is refused before sign-in begins."),
    N_ ("Administrator: enable remote user access in the access edge configuration and in the "
        "external access policy of the user.") },
  { "schemes-unsupported", OH_FINDING_ERROR,
    N_ ("The server offers no sign-in scheme that can be used"),
    N_ ("The challenge has neither Kerberos nor NTLM, only certificate sign-in (TLS-DSK) or "
        "Digest."),
    N_ ("Administrator: enable Kerberos or NTLM in the proxy configuration "
        "(Get-CsProxyConfiguration: UseKerberosForClientToProxyAuth, "
        "UseNtlmForClientToProxyAuth).") },
  { "certificate-sign-in-refused", OH_FINDING_ERROR,
    N_ ("The client's sign-in certificate is refused"),
    N_ ("The server did not accept the certificate of a TLS-DSK handshake: it was revoked or has "
        "expired, or this pool does not know it yet."),
    N_ ("Delete the stored certificate and sign in again, so that a new one is fetched.") },
  { "web-ticket-refused", OH_FINDING_ERROR, N_ ("The web service refuses the sign-in"),
    N_ ("The web ticket service answered with a diagnostic of its own (28xxx): wrong password, a "
        "login without UPN, or a refused certificate."),
    N_ ("Sign in with the UPN and check the password; the reason in quotes is the server's.") },
  { "autodiscover-refused", OH_FINDING_WARNING, N_ ("Autodiscover does not name a server"),
    N_ ("The User link of autodiscover was refused, usually because no web ticket could be had."),
    N_ ("Nothing, as long as DNS names the server: the client goes on with it. Otherwise enter "
        "the server by hand.") },
  { NULL },
};
