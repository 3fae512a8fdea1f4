/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rules that are named one by one; a list of nothing but mistakes has one cause. */
#define OH_JUDGE_RULES_MAX 20u

/**
 * OhSeenProblem:
 * @rule: the name of a rule: "location profile Leeds: rule 2"
 * @reason: why it is not used, one translated phrase
 */
typedef struct
{
  const char *rule;
  const char *reason;
} OhSeenProblem;

/**
 * OhSeenNumbers:
 * @provisioned: the server has said something, now or in an earlier run
 * @stale: in an earlier run only
 * @organization: ""
 * @profile: name of the location profile; ""
 * @server_rules: rules of the server that are used
 * @company_rules: rules of the company's file that are used
 * @problems: (array length=n_problems): rules that are not used
 * @n_problems: how many
 *
 * What decides how numbers are read. Strings are borrowed for the call.
 */
typedef struct _OhSeenNumbers
{
  gboolean provisioned;
  gboolean stale;
  const char *organization;
  const char *profile;
  guint server_rules;
  guint company_rules;
  const OhSeenProblem *problems;
  guint n_problems;
} OhSeenNumbers;

/**
 * oh_judge_numbers:
 * @seen: what decides
 * @findings: (element-type OhFinding): what is found is appended
 */
void oh_judge_numbers (const OhSeenNumbers *seen, GPtrArray *findings);

G_END_DECLS
