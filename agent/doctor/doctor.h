/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "config.h"
#include "directory.h"
#include "finding.h"
#include "phone.h"
#include "secrets.h"

G_BEGIN_DECLS

/* Seconds that each step may take; what takes longer is a finding. A look-up that DNS does not
 * answer is repeated by the resolver for about ten seconds. */
#define OH_DOCTOR_SETTINGS_LIMIT_S 65
#define OH_DOCTOR_DNS_LIMIT_S 30
#define OH_DOCTOR_TCP_LIMIT_S 45
#define OH_DOCTOR_TLS_LIMIT_S 20
#define OH_DOCTOR_CHALLENGE_LIMIT_S 20
#define OH_DOCTOR_TICKET_LIMIT_S 30
#define OH_DOCTOR_SIGN_IN_LIMIT_S 60
#define OH_DOCTOR_PHONE_LIMIT_S 45
#define OH_DOCTOR_NUMBERS_LIMIT_S 5
#define OH_DOCTOR_DIRECTORY_LIMIT_S 15
/* One address; several are tried one after the other. */
#define OH_DOCTOR_ADDRESS_LIMIT_S 5
/* Servers whose names are looked up, and addresses that are tried of each: what helps a person to
 * see the fault; signing in itself tries more. */
#define OH_DOCTOR_SERVERS_MAX 8
#define OH_DOCTOR_ADDRESSES_MAX 4

/**
 * OhDoctorStep:
 * @OH_DOCTOR_STEP_SETTINGS: who signs in where, is a password stored
 * @OH_DOCTOR_STEP_DNS: each look-up
 * @OH_DOCTOR_STEP_TCP: each address
 * @OH_DOCTOR_STEP_TLS: version and certificate
 * @OH_DOCTOR_STEP_CHALLENGE: a REGISTER without credentials, what is asked, the server's clock
 * @OH_DOCTOR_STEP_TICKET: Kerberos tickets
 * @OH_DOCTOR_STEP_SIGN_IN: handshake, registration, de-registration
 * @OH_DOCTOR_STEP_PHONES: each phone
 * @OH_DOCTOR_STEP_NUMBERS: what the server provisions with, and rules for numbers
 * @OH_DOCTOR_STEP_DIRECTORY: the company's directory, where one is set up
 *
 * In the order in which they are done. A step that fails ends those for signing in; phones, numbers
 * and the directory are looked at in any case.
 */
typedef enum
{
  OH_DOCTOR_STEP_SETTINGS,
  OH_DOCTOR_STEP_DNS,
  OH_DOCTOR_STEP_TCP,
  OH_DOCTOR_STEP_TLS,
  OH_DOCTOR_STEP_CHALLENGE,
  OH_DOCTOR_STEP_TICKET,
  OH_DOCTOR_STEP_SIGN_IN,
  OH_DOCTOR_STEP_PHONES,
  OH_DOCTOR_STEP_NUMBERS,
  OH_DOCTOR_STEP_DIRECTORY,
  OH_DOCTOR_N_STEPS,
} OhDoctorStep;

typedef struct _OhSeenNumbers OhSeenNumbers;

/**
 * OhDoctorNumbersFunc:
 * @seen: what decides how numbers are read; borrowed
 * @findings: as it was given to @see_numbers
 */
typedef void (*OhDoctorNumbersFunc) (const OhSeenNumbers *seen, GPtrArray *findings);

/**
 * OhDoctorHost:
 * @dup_refusal: returns why the server refused the stored password (transfer full), or NULL when
 *   it is not known to be refused
 * @password_refused: a server refused the stored password to the doctor, in the words of @error:
 * the account must not send it again
 * @find_phone: returns a phone of the settings (transfer none), or NULL when they make none
 * @see_numbers: (nullable): calls @judge with what decides how numbers are read
 *
 * What only the composition root knows.
 */
typedef struct
{
  GError *(*dup_refusal) (gpointer host);
  void (*password_refused) (gpointer host, const GError *error);
  OhPhone *(*find_phone) (gpointer host, const char *id);
  void (*see_numbers) (gpointer host, OhDoctorNumbersFunc judge, GPtrArray *findings);
} OhDoctorHost;

/**
 * OhDoctorParts:
 * @clock: the time
 * @config: who signs in where, and the phones
 * @secrets: with which password
 * @directory: (nullable): the directory beyond the contact list
 * @installation: of oh_installation_load_id(); the doctor's own endpoint id comes from it
 * @trouble: (nullable): why NTLM cannot be done on this computer
 * @host: the rest; must outlive the doctor
 * @host_data: for @host
 *
 * What the doctor looks at. Referenced or copied.
 */
typedef struct
{
  OhClock *clock;
  OhConfig *config;
  OhSecrets *secrets;
  OhDirectory *directory;
  const char *installation;
  const char *trouble;
  const OhDoctorHost *host;
  gpointer host_data;
} OhDoctorParts;

/**
 * OhDoctor:
 *
 * Walks sign-in and the way to each phone step by step and says for each what was tried, what came
 * back and what to do. Signs in on a connection and as an endpoint of its own, so that what stands
 * is not disturbed; a password is sent once at most, and never one that is known to be refused.
 *
 * Signals:
 *  - "progress" (OhDoctorStep step, const char *what, guint limit_s): a step begins; @what is for
 *    people, translated
 *  - "finding" (OhFinding *finding): borrowed
 */
#define OH_TYPE_DOCTOR (oh_doctor_get_type ())
G_DECLARE_FINAL_TYPE (OhDoctor, oh_doctor, OH, DOCTOR, GObject)

/**
 * oh_doctor_new:
 * @parts: what it looks at
 *
 * Returns: (transfer full): a doctor that has nothing to do
 */
OhDoctor *oh_doctor_new (const OhDoctorParts *parts);

/**
 * oh_doctor_run_async:
 * @self: a doctor without a run under way
 * @cancellable: (nullable): to give up; what was signed in is signed out all the same
 * @callback: called when all steps are done
 * @user_data: for @callback
 */
void oh_doctor_run_async (OhDoctor *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);

/**
 * oh_doctor_run_finish:
 * @self: a doctor
 * @result: of oh_doctor_run_async()
 * @error: OH_ERROR_CANCELLED; OH_ERROR_BUSY when a run was under way
 *
 * Returns: (transfer full) (element-type OhFinding): everything that was found, in order; NULL on
 *   error
 */
GPtrArray *oh_doctor_run_finish (OhDoctor *self, GAsyncResult *result, GError **error);

/**
 * oh_doctor_findings:
 * @self: a doctor
 *
 * Returns: (transfer none) (nullable) (element-type OhFinding): what the run under way has found so
 *   far; NULL when there is none
 */
GPtrArray *oh_doctor_findings (OhDoctor *self);

/**
 * oh_doctor_status:
 * @finding: a finding of the doctor
 *
 * Returns: the exit status of the command line that it stands for; 0 unless it is an error
 */
int oh_doctor_status (const OhFinding *finding);

G_END_DECLS
