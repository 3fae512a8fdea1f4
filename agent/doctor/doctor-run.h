/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "doctor.h"
#include "scheme-policy.h"
#include "server-finder.h"
#include "sip-transport.h"

G_BEGIN_DECLS

/**
 * OhDoctorServer:
 * @server: (owned): name and port
 * @addresses: (owned) (element-type GInetAddress): of the name; empty when it has none
 *
 * A server that may be ours, looked up.
 */
typedef struct
{
  OhServer *server;
  GPtrArray *addresses;
} OhDoctorServer;

/**
 * OhDoctorMemory:
 * @key: (owned) (nullable): random, of this process
 * @password: (owned) (nullable): HMAC-SHA256 of the password that a server refused to the doctor
 * @refusal: (owned) (nullable): why
 *
 * What a doctor remembers from one run to the next: a refused password is not sent twice.
 */
typedef struct
{
  GBytes *key;
  char *password;
  GError *refusal;
} OhDoctorMemory;

/**
 * OhDoctorRun:
 * @parts: (unowned): of the doctor
 * @memory: (unowned): of the doctor
 * @account: (owned): the settings, as they stood when it began
 * @domain: (owned): of the address; "" without one
 * @server: (owned): "host[:port]" of the settings; "" to discover it
 * @outside: (owned): the same for those outside; ""
 * @trust: where a server may live that was found; borrows from @account and @domain
 * @schemes: which schemes the settings allow, and how
 * @epid: (owned): of the doctor's own endpoint
 * @has_password: one is stored
 * @servers: (owned) (element-type OhDoctorServer): the candidates, in their order
 * @next: the candidate that is tried next
 * @current: (nullable): the candidate that took the connection; of @servers
 * @connection: (owned) (nullable): the TCP connection to it, until TLS takes it over
 * @secure: (owned) (nullable): the same under TLS, until the transport takes it over
 * @local_host: (owned) (nullable): our address on it, IPv6 in brackets
 * @local_port: our port on it
 * @kerberos_wanted: the settings allow it
 * @ntlm_wanted: the settings allow it, and this computer can
 * @target: (owned) (nullable): host that Kerberos was offered for; NULL when it was not
 * @ntlm_offered: NTLM was offered
 * @redirected: the server sends us to another one, so that no challenge was seen
 * @has_ticket: there is one for @target
 * @findings: (owned) (element-type OhFinding): so far
 *
 * What the steps of one run hand on. A step reads what those before it wrote.
 */
typedef struct
{
  const OhDoctorParts *parts;
  OhDoctorMemory *memory;
  OhConfigAccount *account;
  char *domain;
  char *server;
  char *outside;
  OhServerTrust trust;
  OhSchemePolicy schemes;
  char *epid;
  gboolean has_password;
  GPtrArray *servers;
  guint next;
  OhDoctorServer *current;
  GSocketConnection *connection;
  GIOStream *secure;
  char *local_host;
  guint16 local_port;
  gboolean kerberos_wanted;
  gboolean ntlm_wanted;
  char *target;
  gboolean ntlm_offered;
  gboolean redirected;
  gboolean has_ticket;
  GPtrArray *findings;
} OhDoctorRun;

/**
 * OhDoctorStepFunc:
 * @run: the run; lives as long as the task
 * @task: (transfer full): returns TRUE to go on, FALSE when signing in ends here and a finding says
 *   why; an error only when it was cancelled. Its cancellable ends it.
 *
 * Does one step: looks, then has what was seen judged.
 */
typedef void (*OhDoctorStepFunc) (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_settings:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 */
void oh_doctor_step_settings (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_dns:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 */
void oh_doctor_step_dns (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_tcp:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 *
 * Goes on from run->next.
 */
void oh_doctor_step_tcp (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_tls:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 *
 * Where FALSE is returned and run->next is a candidate, that one is worth a try.
 */
void oh_doctor_step_tls (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_challenge:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 */
void oh_doctor_step_challenge (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_ticket:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 */
void oh_doctor_step_ticket (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_sign_in:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 *
 * Ends only when nothing is signed in any more.
 */
void oh_doctor_step_sign_in (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_phones:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 */
void oh_doctor_step_phones (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_numbers:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 */
void oh_doctor_step_numbers (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_step_directory:
 * @run: the run
 * @task: as #OhDoctorStepFunc
 */
void oh_doctor_step_directory (OhDoctorRun *run, GTask *task);

/**
 * oh_doctor_memory_clear:
 * @memory: what is to be forgotten
 */
void oh_doctor_memory_clear (OhDoctorMemory *memory);

/**
 * oh_doctor_run_has_next:
 * @run: a run
 *
 * Returns: whether a candidate is left that has an address
 */
gboolean oh_doctor_run_has_next (const OhDoctorRun *run);

G_END_DECLS
