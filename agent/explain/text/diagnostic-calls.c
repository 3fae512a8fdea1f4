/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-table.h"

#include <glib/gi18n-lib.h>

/* Calls, numbers, remote call control. */
const OhDiagnosticCode oh_diagnostic_call_rows[] = {
  { "number-no-route", OH_FINDING_ERROR, N_ ("The number cannot be routed"),
    N_ ("Diagnostics 12004 or 14xxx: no route and no translation rule matches the number."),
    N_ ("Check the form of the number (+country code). Administrator: dial plan and voice routes "
        "(Test-CsVoiceRoute).") },
  { "gateway-unavailable", OH_FINDING_WARNING, N_ ("No line is available at the moment"),
    N_ ("Diagnostics 12000: routes exist, but no gateway of them can be used."),
    N_ ("Try again later. Administrator: state of the gateways and Mediation Servers.") },
  { "number-not-permitted", OH_FINDING_ERROR, N_ ("This number may not be dialled"),
    N_ ("Diagnostics 12001: the user's voice policy has no PSTN usage for this class of numbers."),
    N_ ("Administrator: voice policy of the user.") },
  { "number-invalid", OH_FINDING_ERROR, N_ ("The number is not valid"),
    N_ ("Diagnostics 12002 or 484: incomplete, too long, or not a number."),
    N_ ("Correct the number.") },
  { "outbound-routing-error", OH_FINDING_ERROR, N_ ("The server's call routing failed"),
    N_ ("Diagnostics 12003, 12005 or 12007: internal error, or a policy that cannot be read."),
    N_ ("Administrator: voice policies and the event log of the server named as source.") },
  { "next-hop-tried", OH_FINDING_INFO, N_ ("Another gateway is tried"),
    N_ ("Diagnostics 12006: the server goes on to the next hop by itself."), "" },
  { "toll-bypass-disallowed", OH_FINDING_ERROR, N_ ("A location rule forbids this call"),
    N_ ("Diagnostics 12008 or 12009: call or transfer would bypass the public network where that "
        "is not allowed."),
    N_ ("Administrator: location-based routing of the site and the gateway.") },
  { "caller-mismatch", OH_FINDING_ERROR, N_ ("The server refuses the caller's address"),
    N_ ("Diagnostics 12010, 12011 or 12012: From does not match the caller, wrong scheme, or too "
        "many callees. A fault of the client."),
    N_ ("Report it with this trace.") },
  { "called-oneself", OH_FINDING_ERROR, N_ ("The call leads back to the caller"),
    N_ ("Diagnostics 13000, or 482: the number dialled is the caller's own, or forwarding leads "
        "there."),
    N_ ("Check the number and the call forwarding.") },
  { "nobody-answered", OH_FINDING_INFO, N_ ("Nobody answered"),
    N_ ("Diagnostics 13001 or 13002, or 408: the routing rules of the called party gave no final "
        "answer."),
    "" },
  { "routing-header-format", OH_FINDING_ERROR, N_ ("The server cannot read a routing header"),
    N_ ("Diagnostics 13003. A fault of the client."), N_ ("Report it with this trace.") },
  { "call-forwarded", OH_FINDING_INFO, N_ ("The server passes the call on"),
    N_ ("Diagnostics 13004 to 13008: to endpoints, to a forwarding target, to an application, or "
        "with details removed for privacy."),
    "" },
  { "inbound-routing-busy", OH_FINDING_WARNING, N_ ("The call cannot be delivered at the moment"),
    N_ ("Diagnostics 13009, 13010 or 13011: no endpoint in the backup registrar, no bandwidth, or "
        "overload."),
    N_ ("Try again later.") },
  { "line-not-unique", OH_FINDING_ERROR, N_ ("Several users have the same number"),
    N_ ("Diagnostics 4002 or 4009: the line URI of the caller or of the called party is assigned "
        "twice."),
    N_ ("Administrator: find and remove the duplicate line URI (Get-CsUser -Filter LineURI).") },
  { "service-address-wrong", OH_FINDING_ERROR, N_ ("The service's address does not exist"),
    N_ ("Diagnostics 4007: the resource of a service is unknown."),
    N_ ("Administrator: the address of the service in the provisioning data.") },
  { "gateway-refused", OH_FINDING_ERROR, N_ ("The gateway refused the call"),
    N_ ("Diagnostics 10000 to 10999: the Mediation Server passes on what the gateway or exchange "
        "said; SipResponseCode and SipResponseText have it."),
    N_ ("Look up the inner code; ask who runs the gateway or the exchange.") },
  { "voice-mail-error", OH_FINDING_WARNING, N_ ("Voice mail has a problem"),
    N_ ("Diagnostics 15000 to 15010: Exchange unified messaging could not be used."),
    N_ ("Administrator: dial plan and certificates of Exchange UM.") },
  { "called-busy", OH_FINDING_INFO, N_ ("The called party is busy"), N_ ("486 or 600."), "" },
  { "called-declined", OH_FINDING_INFO, N_ ("The called party declined"), N_ ("603."), "" },
  { "called-unavailable", OH_FINDING_INFO, N_ ("The called party is not available"),
    N_ ("480: not signed in, do not disturb, or the phone is off."), "" },
  { "call-cancelled", OH_FINDING_INFO, N_ ("The call was cancelled"),
    N_ ("487: the caller hung up, or another device answered."), "" },
  { "media-encryption-mismatch", OH_FINDING_ERROR, N_ ("Media encryption does not match"),
    N_ ("Diagnostics 52017: one side requires encryption, the other does not support it."),
    N_ ("Administrator: media policy of both (Get-CsMediaConfiguration, EncryptionLevel).") },
  { "conversation-exists", OH_FINDING_WARNING, N_ ("The partner still has this conversation"),
    N_ ("Diagnostics 52035: a session with the same conversation id exists."),
    N_ ("The partner closes the old window.") },
  { "media-failed", OH_FINDING_ERROR, N_ ("No connection for the media"),
    N_ ("Diagnostics 22, 23 or 51007: the call was set up, but no path for sound or picture was "
        "found."),
    N_ ("Administrator: firewall for the media ports, A/V Edge reachable from both sides.") },
  { "csta-not-a-gateway", OH_FINDING_ERROR, N_ ("The address is no phone control gateway"),
    N_ ("415 or 488 to the remote call control dialog: the target does not speak CSTA."),
    N_ ("Administrator: line server URI of the user.") },
  { "csta-unavailable", OH_FINDING_ERROR, N_ ("Phone control is not available"),
    N_ ("403, 404, 408, 480, 503 or 504 to the remote call control dialog: the gateway is not "
        "trusted, not known or not reachable."),
    N_ ("Administrator: static route and trusted application entry of the gateway, line server "
        "URI of the user.") },
  { "csta-stale-call", OH_FINDING_WARNING, N_ ("Phone control names a call that is gone"),
    N_ ("CSTA error invalidCallID, invalidConnectionID or invalidDeviceID: the call has ended or "
        "moved."),
    N_ ("Nothing: the client takes a new snapshot. If it stays: line URI and device id "
        "differ.") },
  { "csta-refused", OH_FINDING_WARNING, N_ ("The exchange refuses the action"),
    N_ ("CSTA error invalidDestination, privilegeViolation or a request that is incompatible with "
        "the state."),
    N_ ("Check the number and what the line may do; administrator: class of service in the "
        "exchange.") },
  { "csta-link-down", OH_FINDING_ERROR, N_ ("The link to the phone system is down"),
    N_ ("The gateway reports a systemStatus other than normal."),
    N_ ("Administrator: link between gateway and exchange.") },
  { NULL },
};
