/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dial-plan.h"

#include <string.h>

static char *
dup_digits (const char *text, const char *allowed)
{
  if (text == NULL || text[strspn (text, allowed)] != '\0' ||
      strlen (text) > OH_DIAL_PLAN_DIGITS_MAX)
    return g_strdup ("");
  return g_strdup (text);
}

OhDialPlan *
oh_dial_plan_new (const char *country_code, const char *area_code, const char *international_prefix,
                  const char *national_prefix, const char *outside_line_prefix,
                  guint extension_digits)
{
  OhDialPlan *plan = g_new0 (OhDialPlan, 1);

  plan->country_code = dup_digits (country_code, "0123456789");
  plan->area_code = dup_digits (area_code, "0123456789");
  plan->international_prefix = dup_digits (international_prefix, "0123456789");
  plan->national_prefix = dup_digits (national_prefix, "0123456789");
  plan->outside_line_prefix = dup_digits (outside_line_prefix, "0123456789*#");
  plan->extension_digits = MIN (extension_digits, OH_DIAL_PLAN_EXTENSION_DIGITS_MAX);
  plan->home = g_strdup ("");
  plan->server_outside_line = g_strdup ("");
  return plan;
}

void
oh_dial_plan_set_home (OhDialPlan *plan, const char *domain)
{
  g_free (plan->home);
  plan->home = g_strdup (domain != NULL ? domain : "");
}

void
oh_dial_plan_set_server_outside_line (OhDialPlan *plan, const char *prefix)
{
  g_free (plan->server_outside_line);
  plan->server_outside_line = dup_digits (prefix, "0123456789*#");
}

void
oh_dial_plan_set_rules (OhDialPlan *plan, OhNumberRules *company, OhNumberRules *server)
{
  OhNumberRules *old_company = plan->company_rules;
  OhNumberRules *old_server = plan->server_rules;

  plan->company_rules = company != NULL ? oh_number_rules_ref (company) : NULL;
  plan->server_rules = server != NULL ? oh_number_rules_ref (server) : NULL;
  oh_number_rules_unref (old_company);
  oh_number_rules_unref (old_server);
}

OhDialPlan *
oh_dial_plan_copy (const OhDialPlan *plan)
{
  OhDialPlan *copy =
    oh_dial_plan_new (plan->country_code, plan->area_code, plan->international_prefix,
                      plan->national_prefix, plan->outside_line_prefix, plan->extension_digits);

  oh_dial_plan_set_home (copy, plan->home);
  oh_dial_plan_set_server_outside_line (copy, plan->server_outside_line);
  oh_dial_plan_set_rules (copy, plan->company_rules, plan->server_rules);
  copy->facts = plan->facts;
  return copy;
}

void
oh_dial_plan_free (OhDialPlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->country_code);
  g_free (plan->area_code);
  g_free (plan->international_prefix);
  g_free (plan->national_prefix);
  g_free (plan->outside_line_prefix);
  g_free (plan->home);
  g_free (plan->server_outside_line);
  oh_dial_plan_set_rules (plan, NULL, NULL);
  g_free (plan);
}

char *
oh_dial_plan_dialled (const OhDialPlan *plan, const char *e164)
{
  const char *digits = e164 + 1;
  gsize country = strlen (plan->country_code);

  if (plan->outside_line_prefix[0] == '\0')
    return g_strdup (e164);
  if (country > 0 && g_str_has_prefix (digits, plan->country_code))
    return g_strconcat (plan->outside_line_prefix, plan->national_prefix, digits + country, NULL);
  return g_strconcat (plan->outside_line_prefix, plan->international_prefix, digits, NULL);
}
