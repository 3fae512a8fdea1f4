/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"
#include "finding.h"

G_BEGIN_DECLS

/**
 * OhDoctorCode:
 *
 * Everything that the doctor can find, one stable word each; oh_doctor_code_info() has the word,
 * the remedy and a line for the manual, which lists them all. In the order of the steps.
 */
typedef enum
{
  OH_DOCTOR_SETTINGS_READ,
  OH_DOCTOR_NO_ACCOUNT,
  OH_DOCTOR_SETTING_UNUSABLE,
  OH_DOCTOR_SETTING_LOCKED,
  OH_DOCTOR_KEYRING_CLOSED,
  OH_DOCTOR_NTLM_UNAVAILABLE,
  OH_DOCTOR_SERVER_FIXED,
  OH_DOCTOR_DNS_FOUND,
  OH_DOCTOR_DNS_RECORD_NONE,
  OH_DOCTOR_DNS_NAME_OUTSIDE,
  OH_DOCTOR_DNS_FAILED,
  OH_DOCTOR_TCP_CONNECTED,
  OH_DOCTOR_TCP_FAILED,
  OH_DOCTOR_SERVER_UNREACHABLE,
  OH_DOCTOR_TLS_ESTABLISHED,
  OH_DOCTOR_TLS_FAILED,
  OH_DOCTOR_TLS_OLD,
  OH_DOCTOR_CERTIFICATE_GOOD,
  OH_DOCTOR_CERTIFICATE_UNTRUSTED,
  OH_DOCTOR_CERTIFICATE_NAME,
  OH_DOCTOR_CERTIFICATE_EXPIRED,
  OH_DOCTOR_CERTIFICATE_NOT_YET,
  OH_DOCTOR_CERTIFICATE_ENDS_SOON,
  OH_DOCTOR_CERTIFICATE_REVOKED,
  OH_DOCTOR_CERTIFICATE_WEAK,
  OH_DOCTOR_CA_FILE_UNUSABLE,
  OH_DOCTOR_CHALLENGE_READ,
  OH_DOCTOR_SERVER_SILENT,
  OH_DOCTOR_SERVER_REDIRECTS,
  OH_DOCTOR_SERVER_REFUSES,
  OH_DOCTOR_NO_CHALLENGE,
  OH_DOCTOR_SCHEME_IGNORED,
  OH_DOCTOR_SPN_REFUSED,
  OH_DOCTOR_SCHEME_MISSING,
  OH_DOCTOR_CLOCK_RIGHT,
  OH_DOCTOR_CLOCK_SKEW,
  OH_DOCTOR_CLOCK_UNKNOWN,
  OH_DOCTOR_TICKET_GOOD,
  OH_DOCTOR_TICKET_MISSING,
  OH_DOCTOR_TICKET_EXPIRED,
  OH_DOCTOR_TICKET_NO_SERVICE,
  OH_DOCTOR_TICKET_NO_KDC,
  OH_DOCTOR_TICKET_FAILED,
  OH_DOCTOR_TICKET_NOT_NEEDED,
  OH_DOCTOR_PASSWORD_WITHHELD,
  OH_DOCTOR_PASSWORD_MISSING,
  OH_DOCTOR_CREDENTIALS_REJECTED,
  OH_DOCTOR_PASSWORD_EXPIRED,
  OH_DOCTOR_ACCOUNT_BLOCKED,
  OH_DOCTOR_SIGN_IN_FAILED,
  OH_DOCTOR_SIGN_IN_GOOD,
  OH_DOCTOR_SIGN_OUT_GOOD,
  OH_DOCTOR_PHONE_NONE,
  OH_DOCTOR_PHONE_SETTINGS,
  OH_DOCTOR_PHONE_REACHED,
  OH_DOCTOR_PHONE_UNREACHABLE,
  OH_DOCTOR_PHONE_CERTIFICATE_GOOD,
  OH_DOCTOR_PHONE_CERTIFICATE_REFUSED,
  OH_DOCTOR_PHONE_CERTIFICATE_CHANGED,
  OH_DOCTOR_PHONE_CERTIFICATE_UNCHECKED,
  OH_DOCTOR_PHONE_CERTIFICATE_ENDS_SOON,
  OH_DOCTOR_PHONE_LOGIN_GOOD,
  OH_DOCTOR_PHONE_LOGIN_REFUSED,
  OH_DOCTOR_PHONE_UNPROTECTED,
  OH_DOCTOR_PHONE_LOCKED_OUT,
  OH_DOCTOR_PHONE_MODEL,
  OH_DOCTOR_PHONE_TAKES_COMMANDS,
  OH_DOCTOR_PHONE_DRIVEN,
  OH_DOCTOR_PHONE_HIDDEN_TAGS,
  OH_DOCTOR_PHONE_REFUSES,
  OH_DOCTOR_PHONE_UNSUPPORTED,
  OH_DOCTOR_PHONE_EVENTS_ARRIVE,
  OH_DOCTOR_PHONE_EVENTS_SET,
  OH_DOCTOR_PHONE_EVENTS_OFF,
  OH_DOCTOR_PHONE_EVENTS_MISSING,
  OH_DOCTOR_PHONE_LISTENER_CLOSED,
  OH_DOCTOR_PROVISIONED,
  OH_DOCTOR_PROVISIONED_STALE,
  OH_DOCTOR_PROVISIONED_NOTHING,
  OH_DOCTOR_RULE_UNUSED,
  OH_DOCTOR_DIRECTORY_ANSWERS,
  OH_DOCTOR_DIRECTORY_SETTINGS,
  OH_DOCTOR_DIRECTORY_UNREACHABLE,
  OH_DOCTOR_DIRECTORY_UNTRUSTED,
  OH_DOCTOR_DIRECTORY_TICKET,
  OH_DOCTOR_DIRECTORY_REFUSES,
  OH_DOCTOR_STEP_TIMED_OUT,
  OH_DOCTOR_AGENT_UNREACHABLE,
  OH_N_DOCTOR_CODES,
} OhDoctorCode;

/**
 * OhDoctorCodeInfo:
 * @word: the stable word
 * @remedy: who can mend it; the exit status of the command line is that of this code
 * @doc: what it means, for the manual; not translated
 */
typedef struct
{
  const char *word;
  OhError remedy;
  const char *doc;
} OhDoctorCodeInfo;

/**
 * oh_doctor_code_info:
 * @code: a code
 *
 * Returns: (transfer none): what is known of it
 */
const OhDoctorCodeInfo *oh_doctor_code_info (OhDoctorCode code);

/**
 * oh_doctor_finding_status:
 * @finding: a finding of the doctor
 *
 * Returns: the exit status of the command line that it stands for: 0 unless it is an error
 */
int oh_doctor_finding_status (const OhFinding *finding);

/**
 * oh_doctor_find:
 * @findings: (element-type OhFinding): where it is added
 * @severity: how bad it is
 * @code: what it is
 * @title: (transfer full): what was tried or seen, one line
 * @cause: (transfer full) (nullable): what came of it and why
 * @remedy: (nullable): what to do, translated
 *
 * Adds a finding.
 */
void oh_doctor_find (GPtrArray *findings, OhFindingSeverity severity, OhDoctorCode code,
                     char *title, char *cause, const char *remedy);

G_END_DECLS
