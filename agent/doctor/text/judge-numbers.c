/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-numbers.h"

#include <glib/gi18n-lib.h>

#include "doctor-code.h"

static char *
rules_text (const OhSeenNumbers *seen)
{
  return g_strdup_printf (_ ("Rules for numbers in use: %u of the server, %u of the company. "
                             "“offhook number TEXT” shows which decides."),
                          seen->server_rules, seen->company_rules);
}

static void
find_provisioned (const OhSeenNumbers *seen, GPtrArray *findings)
{
  const char *profile = seen->profile[0] != '\0' ? seen->profile : _ ("without a location profile");

  if (!seen->provisioned)
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_PROVISIONED_NOTHING,
                    g_strdup (_ ("Server: provisions nothing")), rules_text (seen), NULL);
  else if (seen->stale)
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_PROVISIONED_STALE,
                    g_strdup_printf (_ ("Server: provisioned %s, %s, before this run"),
                                     seen->organization, profile),
                    rules_text (seen), _ ("Sign in: then the server says it again."));
  else
    oh_doctor_find (findings, OH_FINDING_OK, OH_DOCTOR_PROVISIONED,
                    g_strdup_printf (_ ("Server: provisions %s, %s"), seen->organization, profile),
                    rules_text (seen), NULL);
}

static void
find_problem (const OhSeenProblem *problem, GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_RULE_UNUSED,
                  g_strdup_printf (_ ("Numbers: %s is not used"), problem->rule),
                  g_strdup_printf (_ ("It was passed over: %s."), problem->reason),
                  _ ("Ask the administrator to mend the rule in the dial plan, or in the company's "
                     "file."));
}

void
oh_judge_numbers (const OhSeenNumbers *seen, GPtrArray *findings)
{
  find_provisioned (seen, findings);
  for (guint i = 0; i < MIN (seen->n_problems, OH_JUDGE_RULES_MAX); i++)
    find_problem (&seen->problems[i], findings);
  if (seen->n_problems > OH_JUDGE_RULES_MAX)
    oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_RULE_UNUSED,
                    g_strdup_printf (_ ("Numbers: %u more rules are not used"),
                                     seen->n_problems - OH_JUDGE_RULES_MAX),
                    NULL, _ ("“offhook status --json” lists all of them."));
}
