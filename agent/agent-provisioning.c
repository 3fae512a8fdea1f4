/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "agent-private.h"
#include "judge-numbers.h"

#include <string.h>

/* What the server provisions with, joined to those who use it: part of the root. */

void
oh_agent_build_provisioning (OhAgent *self)
{
  g_autofree char *dir = g_build_filename (g_get_user_state_dir (), "offhook", NULL);

  self->provisioner = oh_provisioner_new (oh_clock_system (), dir);
  self->server = oh_bus_server_new (self->provisioner);
}

static OhDialPolicy
denied_by (const OhProvisioning *said)
{
  OhDialPolicy denied = 0;

  if (said != NULL && said->policies[OH_PROVISION_TRANSFER] == OH_PERMISSION_DENIED)
    denied |= OH_DIAL_TRANSFER;
  if (said != NULL && said->policies[OH_PROVISION_FORWARDING] == OH_PERMISSION_DENIED)
    denied |= OH_DIAL_FORWARD;
  return denied;
}

/* The settings' plan, and before it what company and server say. */
void
oh_agent_apply_numbers (OhAgent *self)
{
  g_autoptr (OhConfigNumbers) numbers = oh_config_dup_numbers (self->config);
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new (
    numbers->country_code, numbers->area_code, numbers->international_prefix,
    numbers->national_prefix, numbers->outside_line_prefix, numbers->extension_digits);
  g_autoptr (OhConfigAccount) account = oh_config_dup_account (self->config);
  const char *at = strchr (account->uri, '@');
  const OhProvisioning *said = oh_provisioner_said (self->provisioner);
  const OhLocationProfile *profile = said != NULL ? oh_provisioning_profile (said) : NULL;

  if (numbers->problem != NULL)
    g_message ("%s", numbers->problem->message);
  oh_dial_plan_set_home (plan, at != NULL ? at + 1 : NULL);
  oh_provisioner_set_company_rules (self->provisioner, numbers->company_rules);
  oh_dial_plan_set_rules (plan, oh_provisioner_company_rules (self->provisioner),
                          oh_provisioner_server_rules (self->provisioner));
  oh_dial_plan_set_server_outside_line (plan, profile != NULL ? profile->outside_line : NULL);
  oh_dialler_set_plan (self->dialler, plan);
  oh_dialler_set_denied (self->dialler, denied_by (said));
  oh_call_history_set_plan (self->history, plan);
}

static void
add_problems (GArray *problems, const OhNumberRules *rules)
{
  const GPtrArray *list = oh_number_rules_problems (rules);

  for (guint i = 0; i < list->len; i++)
    {
      const OhRuleProblem *problem = g_ptr_array_index (list, i);
      const OhSeenProblem seen = { problem->rule, problem->reason };

      g_array_append_val (problems, seen);
    }
}

void
oh_agent_see_numbers (gpointer host, OhDoctorNumbersFunc judge, GPtrArray *findings)
{
  OhAgent *self = host;
  const OhProvisioning *said = oh_provisioner_said (self->provisioner);
  const OhLocationProfile *profile = oh_provisioning_profile (said);
  OhNumberRules *company = oh_provisioner_company_rules (self->provisioner);
  OhNumberRules *server = oh_provisioner_server_rules (self->provisioner);
  g_autoptr (GArray) problems = g_array_new (FALSE, FALSE, sizeof (OhSeenProblem));
  OhSeenNumbers seen = {
    .provisioned = said != NULL,
    .stale = oh_provisioner_is_stale (self->provisioner),
    .organization = said != NULL ? said->texts[OH_PROVISION_ORGANIZATION] : "",
    .profile = profile != NULL ? profile->name : "",
    .server_rules = oh_number_rules_count (server),
    .company_rules = oh_number_rules_count (company),
  };

  add_problems (problems, company);
  add_problems (problems, server);
  seen.problems = (gpointer) problems->data; /* aligned: it is an array of them */
  seen.n_problems = problems->len;
  judge (&seen, findings);
}
