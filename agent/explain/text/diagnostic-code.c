/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-code.h"

#include <string.h>

#include "diagnostic-table.h"

/* Octets of a log entry that phrases are looked for in; the text stands in front. */
#define LOOKED_AT 8192

static const OhDiagnosticCode *const tables[] = {
  oh_diagnostic_connect_rows,  oh_diagnostic_sign_in_rows, oh_diagnostic_routing_rows,
  oh_diagnostic_presence_rows, oh_diagnostic_call_rows,
};

/* --- what a message says ------------------------------------------------------------------- */

enum
{
  ANY = 0, /* every status, every result code */
};

/* Any number, and none. */
#define WHATEVER OH_DIAGNOSTIC_NO_ID

#define SIGN_IN OH_DIAGNOSTIC_SIGN_IN
#define WATCH OH_DIAGNOSTIC_WATCH
#define LISTS OH_DIAGNOSTIC_LISTS
#define PUBLISH OH_DIAGNOSTIC_PUBLISH
#define CALL OH_DIAGNOSTIC_CALL
#define CSTA OH_DIAGNOSTIC_CSTA
#define WEB OH_DIAGNOSTIC_WEB
#define ALL OH_DIAGNOSTIC_ANY

/* The first line that fits counts: a number says more than a status, except within remote call
 * control, where the gateway is what failed. The last member is where the range of numbers ends. */
/* clang-format off */
static const struct
{
  const char *code;
  guint flows;
  guint status;
  guint32 hresult;
  guint first;
  guint last;
} meanings[] = {
  { "ntlm-session-security-mismatch", ALL, ANY, OH_DIAGNOSTIC_NTLM_MISMATCH, 0, WHATEVER },
  { "ntlm-unsupported-function", ALL, ANY, OH_DIAGNOSTIC_UNSUPPORTED_FUNCTION, 0, WHATEVER },
  { "credentials-rejected", ALL, ANY, OH_DIAGNOSTIC_UNAUTHORIZED, 0, WHATEVER },
  { "credentials-rejected", ALL, ANY, ANY, 1000, 1000 },
  { "clock-skew", ALL, ANY, ANY, 1013, 1013 },

  { "csta-not-a-gateway", CSTA, 415, ANY, 0, WHATEVER },
  { "csta-not-a-gateway", CSTA, 488, ANY, 0, WHATEVER },
  { "csta-unavailable", CSTA, 403, ANY, 0, WHATEVER },
  { "csta-unavailable", CSTA, 404, ANY, 0, WHATEVER },
  { "csta-unavailable", CSTA, 408, ANY, 0, WHATEVER },
  { "csta-unavailable", CSTA, 480, ANY, 0, WHATEVER },
  { "csta-unavailable", CSTA, 503, ANY, 0, WHATEVER },
  { "csta-unavailable", CSTA, 504, ANY, 0, WHATEVER },

  { "server-internal-error", ALL, ANY, ANY, 0, 1 },
  { "bandwidth-refused", ALL, ANY, ANY, 4, 4 },
  { "media-failed", ALL, ANY, ANY, 22, 23 },
  { "public-im-not-allowed", ALL, ANY, ANY, 1001, 1001 },
  { "federation-not-allowed", ALL, ANY, ANY, 1002, 1002 },
  { "contact-gone", WATCH, ANY, ANY, 1003, 1003 },
  { "user-unknown", ALL, ANY, ANY, 1003, 1003 },
  { "route-set-invalid", ALL, ANY, ANY, 1004, 1004 },
  { "destination-unroutable", ALL, ANY, ANY, 1005, 1005 },
  { "client-connection-broke", ALL, ANY, ANY, 1006, 1006 },
  { "next-hop-unreachable", ALL, ANY, ANY, 1007, 1007 },
  { "domain-unresolved", ALL, ANY, ANY, 1008, 1008 },
  { "srv-domain-conflict", ALL, ANY, ANY, 1009, 1009 },
  { "next-hop-certificate", ALL, ANY, ANY, 1010, 1010 },
  { "diagnostics-missing", ALL, ANY, ANY, 1011, 1011 },
  { "federation-not-allowed", ALL, ANY, ANY, 1012, 1012 },
  { "next-hop-unresolved", ALL, ANY, ANY, 1014, 1014 },
  { "source-domain-unknown", ALL, ANY, ANY, 1015, 1015 },
  { "federation-type-mismatch", ALL, ANY, ANY, 1016, 1016 },
  { "split-domain-route", ALL, ANY, ANY, 1017, 1017 },
  { "message-malformed", ALL, ANY, ANY, 1018, 1018 },
  { "referrer-refused", ALL, ANY, ANY, 1019, 1021 },
  { "message-malformed", ALL, ANY, ANY, 1022, 1022 },
  { "federated-request-type", ALL, ANY, ANY, 1027, 1027 },
  { "partner-certificate", ALL, ANY, ANY, 1028, 1028 },
  { "diagnostics-missing", ALL, ANY, ANY, 1033, 1034 },
  { "diagnostics-missing", ALL, ANY, ANY, 1036, 1037 },
  { "next-hop-unreachable", ALL, ANY, ANY, 1038, 1038 },
  { "next-hop-unreachable", ALL, ANY, ANY, 1046, 1047 },

  { "list-stale", ALL, ANY, ANY, 2000, 2002 },
  { "publication-read-only", ALL, ANY, ANY, 2003, 2003 },
  { "watcher-not-authorised", ALL, ANY, ANY, 2004, 2004 },
  { "own-address-unknown", ALL, ANY, ANY, 2005, 2005 },
  { "presence-limit", ALL, ANY, ANY, 2006, 2008 },
  { "publication-too-large", ALL, ANY, ANY, 2009, 2010 },
  { "subscription-limit", ALL, ANY, ANY, 2011, 2011 },
  { "presence-limit", ALL, ANY, ANY, 2012, 2012 },
  { "categories-extension-missing", ALL, ANY, ANY, 2013, 2013 },
  { "subscription-gone", ALL, ANY, ANY, 2014, 2014 },
  { "group-name-taken", ALL, ANY, ANY, 2015, 2015 },
  { "subscription-renewal", ALL, ANY, ANY, 2016, 2016 },
  { "subscription-replaced", ALL, ANY, ANY, 2139, 2139 },

  { "pool-unavailable", SIGN_IN, 480, ANY, 4000, 4999 },
  { "user-services-error", ALL, ANY, ANY, 4000, 4000 },
  { "request-unreadable", ALL, ANY, ANY, 4001, 4001 },
  { "line-not-unique", ALL, ANY, ANY, 4002, 4002 },
  { "remote-access-denied", ALL, ANY, ANY, 4003, 4003 },
  { "address-not-allowed", ALL, ANY, ANY, 4004, 4004 },
  { "contact-gone", WATCH, ANY, ANY, 4005, 4005 },
  { "user-unknown", ALL, ANY, ANY, 4005, 4005 },
  { "user-not-in-pool", ALL, ANY, ANY, 4006, 4006 },
  { "service-address-wrong", ALL, ANY, ANY, 4007, 4007 },
  { "request-unreadable", ALL, ANY, ANY, 4008, 4008 },
  { "line-not-unique", ALL, ANY, ANY, 4009, 4009 },
  { "endpoint-identifier", ALL, ANY, ANY, 4010, 4012 },
  { "request-unreadable", ALL, ANY, ANY, 4013, 4013 },
  { "account-disabled", ALL, ANY, ANY, 4141, 4141 },
  { "delegate-other-deployment", ALL, ANY, ANY, 4268, 4268 },

  { "server-starting", ALL, ANY, ANY, 5000, 5000 },
  { "application-timeout", ALL, ANY, ANY, 5001, 5002 },
  { "server-internal-error", ALL, ANY, ANY, 5003, 5003 },
  { "message-malformed", ALL, ANY, ANY, 5004, 5008 },

  { "gateway-refused", ALL, ANY, ANY, 10000, 10999 },
  { "gateway-unavailable", ALL, ANY, ANY, 12000, 12000 },
  { "number-not-permitted", ALL, ANY, ANY, 12001, 12001 },
  { "number-invalid", ALL, ANY, ANY, 12002, 12002 },
  { "outbound-routing-error", ALL, ANY, ANY, 12003, 12003 },
  { "number-no-route", ALL, ANY, ANY, 12004, 12004 },
  { "outbound-routing-error", ALL, ANY, ANY, 12005, 12005 },
  { "next-hop-tried", ALL, ANY, ANY, 12006, 12006 },
  { "outbound-routing-error", ALL, ANY, ANY, 12007, 12007 },
  { "toll-bypass-disallowed", ALL, ANY, ANY, 12008, 12009 },
  { "caller-mismatch", ALL, ANY, ANY, 12010, 12012 },
  { "called-oneself", ALL, ANY, ANY, 13000, 13000 },
  { "nobody-answered", ALL, ANY, ANY, 13001, 13002 },
  { "routing-header-format", ALL, ANY, ANY, 13003, 13003 },
  { "call-forwarded", ALL, ANY, ANY, 13004, 13008 },
  { "inbound-routing-busy", ALL, ANY, ANY, 13009, 13011 },
  { "number-no-route", ALL, ANY, ANY, 14000, 14999 },
  { "voice-mail-error", ALL, ANY, ANY, 15000, 15999 },
  { "server-overloaded", ALL, ANY, ANY, 17000, 17000 },
  { "client-version-unreadable", ALL, ANY, ANY, 17001, 17002 },
  { "client-version-refused", ALL, ANY, ANY, 17003, 17003 },
  { "client-upgrade-offered", ALL, ANY, ANY, 17004, 17004 },
  { "web-ticket-refused", ALL, ANY, ANY, 28000, 28999 },
  { "media-failed", ALL, ANY, ANY, 51007, 51007 },
  { "media-encryption-mismatch", ALL, ANY, ANY, 52017, 52017 },
  { "conversation-exists", ALL, ANY, ANY, 52035, 52035 },

  /* a status; a number that is not known does not hide it */
  { "list-entry-bad", WATCH, 400, ANY, 0, WHATEVER },
  { "sign-in-forbidden", SIGN_IN, 403, ANY, 0, WHATEVER },
  { "user-not-enabled", SIGN_IN, 404, ANY, 0, WHATEVER },
  { "contact-gone", WATCH, 404, ANY, 0, WHATEVER },
  { "not-a-registrar", SIGN_IN, 405, ANY, 0, WHATEVER },
  { "not-a-registrar", SIGN_IN, 501, ANY, 0, WHATEVER },
  { "register-no-answer", SIGN_IN, 408, ANY, 0, WHATEVER },
  { "partner-unreachable", WATCH, 408, ANY, 0, WHATEVER },
  { "partner-unreachable", WATCH, 504, ANY, 0, WHATEVER },
  { "nobody-answered", CALL, 408, ANY, 0, WHATEVER },
  { "contact-list-conflict", LISTS, 409, ANY, 0, WHATEVER },
  { "contact-list-conflict", LISTS, 500, ANY, 0, WHATEVER },
  { "publication-conflict", PUBLISH | WATCH, 409, ANY, 0, WHATEVER },
  { "message-too-large", ALL, 413, ANY, 0, WHATEVER },
  { "message-too-large", ALL, 513, ANY, 0, WHATEVER },
  { "package-unknown", WATCH | LISTS, 415, ANY, 0, WHATEVER },
  { "package-unknown", WATCH | LISTS, 489, ANY, 0, WHATEVER },
  { "extension-unknown", ALL, 420, ANY, 0, WHATEVER },
  { "security-negotiation", ALL, 421, ANY, 0, WHATEVER },
  { "security-negotiation", ALL, 494, ANY, 0, WHATEVER },
  { "referrer-refused", ALL, 429, ANY, 0, WHATEVER },
  { "pool-unavailable", SIGN_IN, 480, ANY, 0, WHATEVER },
  { "contact-offline", WATCH, 480, ANY, 0, WHATEVER },
  { "called-unavailable", CALL, 480, ANY, 0, WHATEVER },
  { "subscription-gone", WATCH | LISTS, 481, ANY, 0, WHATEVER },
  { "called-oneself", CALL, 482, ANY, 0, WHATEVER },
  { "routing-loop", ALL, 482, ANY, 0, WHATEVER },
  { "routing-loop", ALL, 483, ANY, 0, WHATEVER },
  { "number-invalid", CALL, 484, ANY, 0, WHATEVER },
  { "called-busy", CALL, 486, ANY, 0, WHATEVER },
  { "called-busy", CALL, 600, ANY, 0, WHATEVER },
  { "call-cancelled", CALL, 487, ANY, 0, WHATEVER },
  { "contacts-in-exchange", LISTS, 488, ANY, 0, WHATEVER },
  { "called-declined", CALL, 603, ANY, 0, WHATEVER },
  { "user-services-error", ALL, 500, ANY, 0, WHATEVER },
  { "service-unavailable", ALL, 503, ANY, 0, WHATEVER },
  { "next-hop-unreachable", ALL, 504, ANY, 0, WHATEVER },
};
/* clang-format on */

const OhDiagnosticCode *
oh_diagnostic_code_for (const OhDiagnosticSeen *seen)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (!(meanings[i].flows & seen->flow) ||
          (meanings[i].status != ANY && meanings[i].status != seen->status) ||
          (meanings[i].hresult != ANY && meanings[i].hresult != seen->hresult))
        continue;
      if (seen->id >= meanings[i].first && seen->id <= meanings[i].last)
        return oh_diagnostic_code_find (meanings[i].code);
    }
  return seen->id != OH_DIAGNOSTIC_NO_ID ? oh_diagnostic_code_find ("diagnostics-unknown") : NULL;
}

/* --- what a log says ----------------------------------------------------------------------- */

/* Result codes first, because the phrases around them are the same for several; lower case. Texts
 * of [MS-ERREF], of the front end's log, and of CSTA (ECMA-323). */
/* clang-format off */
static const struct
{
  const char *phrase;
  const char *code;
} phrases[] = {
  { "0xc3e93ee4", "ntlm-session-security-mismatch" },
  { "sip_e_auth_ntlmmismatch", "ntlm-session-security-mismatch" },
  { "0x80090302", "ntlm-unsupported-function" },
  { "sec_e_unsupported_function", "ntlm-unsupported-function" },
  { "0x80090322", "certificate-name-mismatch" },
  { "sec_e_wrong_principal", "certificate-name-mismatch" },
  { "0x800b010f", "certificate-name-mismatch" }, /* CERT_E_CN_NO_MATCH */
  { "0x80090325", "certificate-untrusted" }, /* SEC_E_UNTRUSTED_ROOT */
  { "0x800b0109", "certificate-untrusted" }, /* CERT_E_UNTRUSTEDROOT */
  { "0x800b010a", "certificate-untrusted" }, /* CERT_E_CHAINING */
  { "0x80090328", "certificate-dates" }, /* SEC_E_CERT_EXPIRED */
  { "0x800b0101", "certificate-dates" }, /* CERT_E_EXPIRED */
  { "0x80090331", "tls-version" }, /* SEC_E_ALGORITHM_MISMATCH */
  { "0x80090326", "tls-version" }, /* SEC_E_ILLEGAL_MESSAGE */
  { "0x80090324", "clock-skew" }, /* SEC_E_TIME_SKEW */
  { "0xc3e93ee0", "referrer-refused" }, /* SIP_E_CRYPT_REFERRER_DATE_SKEWED */
  { "0x80090303", "spn-missing" }, /* SEC_E_TARGET_UNKNOWN */
  { "0x8009030c", "credentials-rejected" }, /* SEC_E_LOGON_DENIED */
  { "0xc000006d", "credentials-rejected" }, /* STATUS_LOGON_FAILURE */
  { "0xc000006a", "credentials-rejected" }, /* STATUS_WRONG_PASSWORD */
  { "0xc0000234", "credentials-rejected" }, /* STATUS_ACCOUNT_LOCKED_OUT */
  { "0xc0000072", "credentials-rejected" }, /* STATUS_ACCOUNT_DISABLED */
  { "0xc0000071", "credentials-rejected" }, /* STATUS_PASSWORD_EXPIRED */
  { "0x80090311", "kerberos-no-ticket" }, /* SEC_E_NO_AUTHENTICATING_AUTHORITY */
  { "0x8007274c", "server-unreachable" }, /* WSAETIMEDOUT */
  { "0x8007274d", "server-unreachable" }, /* WSAECONNREFUSED */
  { "0xc3e93ec3", "credentials-rejected" },
  { "sip_e_auth_unauthorized", "credentials-rejected" },
  { "remote user access is disabled", "remote-access-disabled" },
  { "connection from a remote user client is refused", "remote-access-disabled" },
  { "no match for domain in dns srv results", "srv-domain-conflict" },
  { "unable to resolve dns srv", "domain-unresolved" },
  { "failed to validate user credentials", "credentials-rejected" },
  { "server not found in kerberos database", "spn-missing" },
  { "signature is wrong", "server-signature-invalid" }, /* of our own traces */
  { "clock skew", "clock-skew" },
  { "time skew", "clock-skew" },
  { "invalidcallid", "csta-stale-call" },
  { "invalidconnectionid", "csta-stale-call" },
  { "invaliddeviceid", "csta-stale-call" },
  { "invaliddestination", "csta-refused" },
  { "privilegeviolation", "csta-refused" },
  { "requestincompatible", "csta-refused" },
};
/* clang-format on */

/* Where the agent's word for an error (error.h) is a remedy and the table has the cause. */
static const struct
{
  const char *word;
  const char *code;
} own_words[] = {
  { "unreachable", "server-unreachable" },
  { "ticket-missing", "kerberos-no-ticket" },
  { "account-refused", "credentials-rejected" },
  { "password-expired", "credentials-rejected" },
  { "mechanism-unavailable", "schemes-unsupported" },
};

/* "certificate-untrusted: CN=fe1" */
static const OhDiagnosticCode *
leading_word (OhSlice text)
{
  OhSlice cursor = oh_slice_trim (text);
  OhSlice word = oh_slice_eat_until (&cursor, ": \t\n");
  g_autofree char *copy = oh_slice_dup (oh_slice (word.data, MIN (word.len, 64)));

  for (gsize i = 0; i < G_N_ELEMENTS (own_words); i++)
    if (strcmp (copy, own_words[i].word) == 0)
      return oh_diagnostic_code_find (own_words[i].code);
  return oh_diagnostic_code_find (copy);
}

const OhDiagnosticCode *
oh_diagnostic_code_in_text (OhSlice text)
{
  const OhDiagnosticCode *found = leading_word (text);
  g_autofree char *lower = NULL;

  if (found != NULL || text.len == 0)
    return found;
  lower = g_ascii_strdown (text.data, (gssize) MIN (text.len, LOOKED_AT));
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (strstr (lower, phrases[i].phrase) != NULL)
      return oh_diagnostic_code_find (phrases[i].code);
  return NULL;
}

/* --- the table ----------------------------------------------------------------------------- */

const OhDiagnosticCode *
oh_diagnostic_code_find (const char *word)
{
  if (word == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const OhDiagnosticCode *row = tables[i]; row->code != NULL; row++)
      if (strcmp (row->code, word) == 0)
        return row;
  return NULL;
}

const OhDiagnosticCode *
oh_diagnostic_code_nth (guint n)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const OhDiagnosticCode *row = tables[i]; row->code != NULL; row++)
      if (n-- == 0)
        return row;
  return NULL;
}
