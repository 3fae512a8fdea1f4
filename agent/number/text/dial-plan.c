/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dial-plan.h"

#include <string.h>

static char *
dup_digits (const char *text, const char *allowed)
{
  if (text == NULL || text[strspn (text, allowed)] != '\0')
    return g_strdup ("");
  return g_strdup (text);
}

OhDialPlan *
oh_dial_plan_new (const char *country_code, const char *area_code, const char *international_prefix,
                  const char *national_prefix, const char *outside_line_prefix,
                  guint extension_digits)
{
  OhDialPlan *plan = g_new (OhDialPlan, 1);

  plan->country_code = dup_digits (country_code, "0123456789");
  plan->area_code = dup_digits (area_code, "0123456789");
  plan->international_prefix = dup_digits (international_prefix, "0123456789");
  plan->national_prefix = dup_digits (national_prefix, "0123456789");
  plan->outside_line_prefix = dup_digits (outside_line_prefix, "0123456789*#");
  plan->extension_digits = MIN (extension_digits, OH_DIAL_PLAN_EXTENSION_DIGITS_MAX);
  return plan;
}

OhDialPlan *
oh_dial_plan_copy (const OhDialPlan *plan)
{
  return oh_dial_plan_new (plan->country_code, plan->area_code, plan->international_prefix,
                           plan->national_prefix, plan->outside_line_prefix,
                           plan->extension_digits);
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

gboolean
oh_dial_plan_is_emergency (const OhDialPlan *plan, const char *digits)
{
  /* 3GPP TS 22.101 10.1.1: 112 and 911 work from any mobile network, and exchanges follow. */
  static const char *const anywhere[] = { "112", "911", NULL };
  static const struct
  {
    const char *country;
    const char *numbers[7];
  } countries[] = {
    { "1", { "911" } },
    { "27", { "10111", "10177" } },
    { "31", { "112" } },
    { "32", { "100", "101" } },
    { "33", { "15", "17", "18", "114", "115", "119", "196" } },
    { "34", { "061", "062", "080", "091", "092" } },
    { "39", { "113", "115", "118" } },
    { "41", { "117", "118", "143", "144", "1414" } },
    { "42", { "150", "155", "158" } },
    { "43", { "122", "133", "140", "144" } },
    { "44", { "999" } },
    { "47", { "110", "113" } },
    { "48", { "997", "998", "999" } },
    { "49", { "110" } },
    { "55", { "190", "192", "193" } },
    { "61", { "000", "106" } },
    { "64", { "111" } },
    { "81", { "110", "118", "119" } },
    { "86", { "110", "119", "120" } },
    { "91", { "100", "101", "102", "108" } },
    { "420", { "150", "155", "158" } },
  };

  if (g_strv_contains (anywhere, digits))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (countries[i].numbers); j++)
      if (countries[i].numbers[j] != NULL &&
          g_str_equal (countries[i].country, plan->country_code) &&
          g_str_equal (countries[i].numbers[j], digits))
        return TRUE;
  return FALSE;
}

gboolean
oh_dial_plan_is_premium (const char *e164)
{
  static const char *const ranges[] = {
    "+1900",  "+1976",                                /* North America */
    "+3190",  "+3389",  "+34803", "+34806", "+34807", /* NL, FR, ES */
    "+39144", "+39166", "+39178", "+39199", "+3989",  /* IT */
    "+41900", "+41901", "+41906",                     /* CH */
    "+43900", "+43901", "+43930", "+43931", "+43939", /* AT */
    "+4487",  "+4490",  "+4491",  "+4498",            /* GB */
    "+48701", "+48703", "+48704", "+48708",           /* PL */
    "+49118", "+49137", "+4919",  "+49900",           /* DE */
    "+61190",                                         /* AU */
    "+878",   "+881",   "+882",   "+883",   "+979",   /* global services, satellites, premium */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (g_str_has_prefix (e164, ranges[i]))
      return TRUE;
  return FALSE;
}
