/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "finding.h"

G_BEGIN_DECLS

/* Octets of one text that are looked at when it is masked; findings have some hundred. */
#define OH_DOCTOR_TEXT_MAX 16384

/**
 * OhDoctorReport:
 * @version: of the program
 * @system: name and version of the operating system
 * @date: when it was made, for people
 * @user: (nullable): user part of the own address: masked wherever it stands as a word
 * @with_names: leave names and numbers as they are
 *
 * What a report is made of beside the findings. Only borrowed for the call.
 */
typedef struct
{
  const char *version;
  const char *system;
  const char *date;
  const char *user;
  gboolean with_names;
} OhDoctorReport;

/**
 * oh_doctor_report:
 * @about: the rest of what it says
 * @findings: (element-type OhFinding): in order
 *
 * Plain text for a mail to the help desk. Secrets and tokens are taken out in any case, should one
 * have come in with somebody else's words; names and telephone numbers unless @about says so.
 *
 * Returns: (transfer full): the text, lines ended by "\n"
 */
char *oh_doctor_report (const OhDoctorReport *about, const GPtrArray *findings);

/**
 * oh_doctor_mask:
 * @text: what somebody said
 * @user: (nullable): as in #OhDoctorReport
 * @with_names: as in #OhDoctorReport
 *
 * Returns: (transfer full): @text without secrets, and without names and numbers
 */
char *oh_doctor_mask (const char *text, const char *user, gboolean with_names);

/**
 * oh_doctor_summary:
 * @findings: (element-type OhFinding): so far
 *
 * Returns: (transfer full): "2 errors, 1 warning", or that nothing stands in the way
 */
char *oh_doctor_summary (const GPtrArray *findings);

G_END_DECLS
