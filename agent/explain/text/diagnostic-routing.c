/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-table.h"

#include <glib/gi18n-lib.h>

/* Between servers, and numbers that any request may meet. */
const OhDiagnosticCode oh_diagnostic_routing_rows[] = {
  { "domain-unresolved", OH_FINDING_ERROR, N_ ("The server cannot find the other domain"),
    N_ ("Diagnostics 1008: no SRV record of the destination domain could be resolved, by the "
        "server, not by the client. A wrong conference host gives the same."),
    N_ ("Check the address. Administrator: DNS of the Edge, record _sipfederationtls._tcp of the "
        "destination domain.") },
  { "srv-domain-conflict", OH_FINDING_ERROR, N_ ("SRV record and host are of different domains"),
    N_ ("Diagnostics 1009: the destination's SRV record points to a host in another domain, which "
        "the server refuses."),
    N_ ("Administrator: point the SRV record to a host in its own domain, or allow the partner "
        "with its proxy's name.") },
  { "next-hop-certificate", OH_FINDING_ERROR, N_ ("A server does not trust the next server"),
    N_ ("Diagnostics 1010: the certificate of the next hop is not trusted or names another host "
        "(0x80090322); tls-target and PeerServer in the message name it."),
    N_ ("Administrator: check names, chain and dates of the certificate of the server that "
        "tls-target names, and root certificates on the one named as source.") },
  { "next-hop-unresolved", OH_FINDING_ERROR, N_ ("A server cannot resolve the next server"),
    N_ ("Diagnostics 1014: the next hop has no DNS address record."),
    N_ ("Administrator: DNS of the server named as source.") },
  { "next-hop-unreachable", OH_FINDING_WARNING, N_ ("A server cannot reach the next server"),
    N_ ("Diagnostics 1007, 1038, 1046 or 1047: the next hop or the federated partner cannot be "
        "connected to, or TLS with it failed."),
    N_ ("Try again later. Administrator: firewall and services of the server named in the "
        "message.") },
  { "public-im-not-allowed", OH_FINDING_ERROR, N_ ("Not allowed to reach public networks"),
    N_ ("Diagnostics 1001: the From address is not authorised to communicate with public IM "
        "providers."),
    N_ ("Administrator: external access policy of the user.") },
  { "federation-not-allowed", OH_FINDING_ERROR, N_ ("Not allowed to reach other companies"),
    N_ ("Diagnostics 1002 or 1012: the From address is not authorised to communicate with "
        "federated partners or outside the enterprise."),
    N_ ("Administrator: external access policy of the user (federated user access).") },
  { "route-set-invalid", OH_FINDING_INFO, N_ ("The route of a dialog is no longer valid"),
    N_ ("Diagnostics 1004: a server of the route was taken out or restarted."),
    N_ ("Nothing: the client builds the dialog anew.") },
  { "destination-unroutable", OH_FINDING_ERROR, N_ ("The contact's domain is not known"),
    N_ ("Diagnostics 1005: the server has no route to the destination domain."),
    N_ ("Check the address. Administrator: federation with that domain, or SIP domain missing in "
        "the topology.") },
  { "client-connection-broke", OH_FINDING_WARNING, N_ ("The contact's connection broke"),
    N_ ("Diagnostics 1006: the message could not be delivered on the connection of the other "
        "client."),
    N_ ("Try again.") },
  { "diagnostics-missing", OH_FINDING_WARNING, N_ ("The next server did not say why"),
    N_ ("Diagnostics 1011, 1033, 1034, 1036 or 1037: the previous hop, a federated partner, a "
        "public network or the other client gave a status without a diagnostic."),
    N_ ("The SIP status is all there is; the log of the partner's server has more.") },
  { "source-domain-unknown", OH_FINDING_ERROR, N_ ("The own domain is not known at the Edge"),
    N_ ("Diagnostics 1015: messages of this From domain are not routed."),
    N_ ("Administrator: add the domain to the internal SIP domains of the Edge.") },
  { "federation-type-mismatch", OH_FINDING_ERROR, N_ ("Federation is configured differently"),
    N_ ("Diagnostics 1016: traffic of this domain came in over a route of another kind."),
    N_ ("Administrator: allowed domains and hosting providers of both partners.") },
  { "split-domain-route", OH_FINDING_ERROR, N_ ("No route between the halves of a split domain"),
    N_ ("Diagnostics 1017: From and To domain cannot be routed in this combination."),
    N_ ("Administrator: add the domain to the shared address space (hybrid) on the Edge and in "
        "the hosting provider.") },
  { "message-malformed", OH_FINDING_ERROR, N_ ("The server cannot parse a message"),
    N_ ("Diagnostics 1018 or 1022, or a server application's 5004 to 5008: the message or an "
        "address in it is malformed."),
    N_ ("Check the address or number. If it is right, report it with this trace.") },
  { "referrer-refused", OH_FINDING_ERROR, N_ ("The transfer is not allowed"),
    N_ ("429, or diagnostics 1019 to 1021: the identity of the one who transfers is missing, "
        "cannot be verified or was changed; with 0xC3E93EE0 (SIP_E_CRYPT_REFERRER_DATE_SKEWED) "
        "the clocks differ."),
    N_ ("Transfer once more; with 0xC3E93EE0 set the clocks of clients and servers.") },
  { "federated-request-type", OH_FINDING_ERROR, N_ ("Not possible with a federated partner"),
    N_ ("Diagnostics 1027: requests of this type (a call, a subscription) are not routed to or "
        "from federated partners."),
    N_ ("Administrator: what the federation with this partner allows.") },
  { "partner-certificate", OH_FINDING_ERROR, N_ ("The partner's certificate does not fit"),
    N_ ("Diagnostics 1028: no name in the partner's certificate matches the domain of its SRV "
        "record."),
    N_ ("The partner's administrator has to add sip.DOMAIN to the Edge certificate.") },
  { "server-internal-error", OH_FINDING_WARNING, N_ ("The server has an internal error"),
    N_ ("Diagnostics 0, 1 or 5003: the request failed inside the server or a service of it is "
        "unavailable."),
    N_ ("Try again later; event log of the server named as source.") },
  { "bandwidth-refused", OH_FINDING_WARNING, N_ ("The network is busy"),
    N_ ("Diagnostics 4: call admission control has no bandwidth left, and the call must not be "
        "routed another way."),
    N_ ("Try again later. Administrator: bandwidth policy of the site link.") },
  { "application-timeout", OH_FINDING_WARNING, N_ ("A server application did not finish"),
    N_ ("Diagnostics 5001 or 5002: the request timed out or was cancelled in an application of "
        "the server."),
    N_ ("Try again later.") },
  { "request-failed", OH_FINDING_WARNING, N_ ("A request was refused"),
    N_ ("The status has no special meaning here; reason phrase and Warning are the server's "
        "words."),
    N_ ("Administrator: look for this Call-ID in the log of the server.") },
  { "diagnostics-unknown", OH_FINDING_WARNING, N_ ("The server gives a number without entry here"),
    N_ ("Its own words stand in quotes."),
    N_ ("Look the number up with the server's vendor, or ask the administrator of the server "
        "named as source.") },
  { NULL },
};
