/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number.h"

#include <string.h>

#include "error.h"

typedef struct
{
  const char *text, *dialled, *display, *rule;
  OhNumberKind kind;
} Case;

static OhDialPlan *
berlin (const char *outside)
{
  return oh_dial_plan_new ("49", "30", "00", "0", outside, 4);
}

static void
check_cases (const OhDialPlan *plan, OhNumberSource source, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OhNumber) number = oh_number_parse (cases[i].text, source, plan, &error);

      g_autofree char *shown = g_strescape (cases[i].text, NULL);

      g_test_message ("%.40s", shown);
      if (cases[i].dialled == NULL)
        {
          g_assert_null (number);
          g_assert_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (number->dialled, ==, cases[i].dialled);
      g_assert_cmpstr (number->display, ==, cases[i].display);
      g_assert_cmpstr (number->rule, ==, cases[i].rule);
      g_assert_cmpstr (oh_number_kind_word (number->kind), ==, oh_number_kind_word (cases[i].kind));
    }
}

/* clang-format off */
static void
test_typed (void)
{
  static const Case cases[] = {
    { "+49 30 39833-0", "+4930398330", "+49 30 398330", "E.164 as typed", OH_NUMBER_E164 },
    { "030 / 39 83 30", "+4930398330", "+49 30 398330", "settings: national prefix", OH_NUMBER_E164 },
    { "+49 (0)30 398330", "+4930398330", "+49 30 398330", "E.164 as typed", OH_NUMBER_E164 },
    { "0049 30 398330", "+4930398330", "+49 30 398330", "settings: international prefix", OH_NUMBER_E164 },
    { "398330", "+4930398330", "+49 30 398330", "settings: area code", OH_NUMBER_E164 },
    { "12", "12", "12", "settings: extension digits", OH_NUMBER_EXTENSION },
    { "4711", "4711", "4711", "settings: extension digits", OH_NUMBER_EXTENSION },
    { "47110", "+493047110", "+49 30 47110", "settings: area code", OH_NUMBER_E164 },
    { "+44 20 7946 0123", "+442079460123", "+44 2079460123", "E.164 as typed", OH_NUMBER_E164 },
    { "+1 (212) 555-0100", "+12125550100", "+1 2125550100", "E.164 as typed", OH_NUMBER_E164 },
    { "+358 9 123456", "+3589123456", "+358 9123456", "E.164 as typed", OH_NUMBER_E164 },
    { "+49 30 398330 ext. 12", "+4930398330", "+49 30 398330 ext. 12", "E.164 as typed", OH_NUMBER_E164 },
    { "+49 30 398330x12", "+4930398330", "+49 30 398330 ext. 12", "E.164 as typed", OH_NUMBER_E164 },
    { "\u0660\u0663\u0660 123456", "+4930123456", "+49 30 123456", "settings: national prefix", OH_NUMBER_E164 },
    { "\u200e+49\u00a030\u2013398330\u200f", "+4930398330", "+49 30 398330", "E.164 as typed", OH_NUMBER_E164 },
    { "112", "112", "112", "emergency number", OH_NUMBER_EMERGENCY },
    { "110", "110", "110", "emergency number", OH_NUMBER_EMERGENCY },
    { "0900 1234567", "+499001234567", "+49 9001234567", "settings: national prefix", OH_NUMBER_PREMIUM },
    { "*21*0301234#", "*21*0301234#", "*21*0301234#", "feature code as typed", OH_NUMBER_SERVICE },
    { "*#06#", "*#06#", "*#06#", "feature code as typed", OH_NUMBER_SERVICE },
    { "call me", NULL, NULL, NULL, 0 }, /* refused, never guessed */
    { "0800 FLOWERS", NULL, NULL, NULL, 0 },
    { "030 123,,456", "+4930123", "+49 30 123", "settings: national prefix", OH_NUMBER_E164 },
    { "030 123p456", "+4930123", "+49 30 123", "settings: national prefix", OH_NUMBER_E164 },
    { "030 123 p", NULL, NULL, NULL, 0 },
    { "030\n123", NULL, NULL, NULL, 0 },
    { "030 123 + 4", NULL, NULL, NULL, 0 },
    { "+0 30 123", NULL, NULL, NULL, 0 },
    { "+49*30", NULL, NULL, NULL, 0 },
    { "+", NULL, NULL, NULL, 0 },
    { "", NULL, NULL, NULL, 0 },
    { "()", NULL, NULL, NULL, 0 },
    { "\xff\xfe", NULL, NULL, NULL, 0 },
    { "030 1234 x", NULL, NULL, NULL, 0 },
  };
  g_autoptr (OhDialPlan) plan = berlin ("");

  check_cases (plan, OH_NUMBER_FROM_USER, cases, G_N_ELEMENTS (cases));
}

static void
test_links (void)
{
  static const Case cases[] = {
    { "tel:+493012345678", "+493012345678", "+49 30 12345678", "E.164 as typed", OH_NUMBER_E164 },
    { "TEL:+49-30-1234567;ext=12", "+49301234567", "+49 30 1234567 ext. 12", "E.164 as typed", OH_NUMBER_E164 },
    { "tel:030%20123456", "+4930123456", "+49 30 123456", "settings: national prefix", OH_NUMBER_E164 },
    { "tel://+4930123456", "+4930123456", "+49 30 123456", "E.164 as typed", OH_NUMBER_E164 },
    { "callto:+4930123456", "+4930123456", "+49 30 123456", "E.164 as typed", OH_NUMBER_E164 },
    { "callto:+4930123456?call", "+4930123456", "+49 30 123456", "E.164 as typed", OH_NUMBER_E164 },
    { "sip:+4930123456@example.org;user=phone", "+4930123456", "+49 30 123456", "E.164 as typed", OH_NUMBER_E164 },
    { "sips:12@example.org", "12", "12", "settings: extension digits", OH_NUMBER_EXTENSION },
    { "tel:12;phone-context=+4930", "12", "12", "settings: extension digits", OH_NUMBER_EXTENSION },
    { "tel:12;phone-context=example.org", "12", "12", "settings: extension digits", OH_NUMBER_EXTENSION },
    { "tel:112", "112", "112", "emergency number", OH_NUMBER_EMERGENCY },
    { "tel:12;phone-context=+44207946", NULL, NULL, NULL, 0 },
    { "sip:bob@example.org", NULL, NULL, NULL, 0 },
    { "tel:*21*0301234%23", NULL, NULL, NULL, 0 },
    { "tel:*%2306%23", NULL, NULL, NULL, 0 },
    { "tel:*#06#", NULL, NULL, NULL, 0 },
    { "tel:+49301234,,5", NULL, NULL, NULL, 0 },
    { "tel:+49301234%0A5", NULL, NULL, NULL, 0 },
    { "tel:+49301234%E2%80%AE5", NULL, NULL, NULL, 0 },
    { "tel:%00", NULL, NULL, NULL, 0 },
    { "tel:%ZZ", NULL, NULL, NULL, 0 },
    { "tel:", NULL, NULL, NULL, 0 },
    { "tel:+49301234;ext=a", NULL, NULL, NULL, 0 },
    { "mailto:bob@example.org", NULL, NULL, NULL, 0 },
  };
  g_autoptr (OhDialPlan) plan = berlin ("");

  check_cases (plan, OH_NUMBER_FROM_LINK, cases, G_N_ELEMENTS (cases));
}

static void
test_outside_line (void)
{
  static const Case cases[] = {
    { "+49 30 398330", "0030398330", "+49 30 398330", "E.164 as typed", OH_NUMBER_E164 },
    { "030 398330", "0030398330", "+49 30 398330", "settings: national prefix", OH_NUMBER_E164 },
    { "+44 20 7946 0123", "000442079460123", "+44 2079460123", "E.164 as typed", OH_NUMBER_E164 },
    { "0044 20 7946 0123", "000442079460123", "+44 2079460123", "settings: international prefix", OH_NUMBER_E164 },
    { "000 44 20 7946 0123", "000442079460123", "+44 2079460123", "settings: international prefix", OH_NUMBER_E164 },
    { "12", "12", "12", "settings: extension digits", OH_NUMBER_EXTENSION },
    { "112", "112", "112", "emergency number", OH_NUMBER_EMERGENCY },
    { "0112", "0112", "112", "emergency number", OH_NUMBER_EMERGENCY },
  };
  static const Case nine[] = {
    { "9 030 398330", "9030398330", "+49 30 398330", "settings: national prefix", OH_NUMBER_E164 },
    { "90398", "903090398", "+49 30 90398", "settings: area code", OH_NUMBER_E164 }, /* no outside line */
  };
  g_autoptr (OhDialPlan) zero_plan = berlin ("0");
  g_autoptr (OhDialPlan) nine_plan = berlin ("9");

  check_cases (zero_plan, OH_NUMBER_FROM_USER, cases, G_N_ELEMENTS (cases));
  check_cases (nine_plan, OH_NUMBER_FROM_USER, nine, G_N_ELEMENTS (nine));
}

static void
test_other_plans (void)
{
  static const Case boston[] = {
    { "(617) 555-0100", "+16175550100", "+1 617 5550100", "settings: North American numbers", OH_NUMBER_E164 },
    { "1 617 555 0100", "+16175550100", "+1 617 5550100", "settings: national prefix", OH_NUMBER_E164 },
    { "555-0100", "+16175550100", "+1 617 5550100", "settings: area code", OH_NUMBER_E164 },
    { "011 49 30 398330", "+4930398330", "+49 30398330", "settings: international prefix", OH_NUMBER_E164 },
    { "1-900-555-0100", "+19005550100", "+1 9005550100", "settings: national prefix", OH_NUMBER_PREMIUM },
    { "911", "911", "911", "emergency number", OH_NUMBER_EMERGENCY },
    { "110", "110", "110", "settings: extension digits", OH_NUMBER_EXTENSION },
  };
  static const Case nowhere[] = {
    { "030 398330", "030398330", "030398330", "as typed", OH_NUMBER_NATIONAL },
    { "398330", "398330", "398330", "as typed", OH_NUMBER_NATIONAL },
    { "+49 30 398330", "+4930398330", "+49 30398330", "E.164 as typed", OH_NUMBER_E164 },
    { "12", "12", "12", "as typed", OH_NUMBER_NATIONAL },
  };
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("1", "617", "011", "1", NULL, 3);
  g_autoptr (OhDialPlan) none = oh_dial_plan_new (NULL, "x", NULL, NULL, NULL, 0);

  check_cases (plan, OH_NUMBER_FROM_USER, boston, G_N_ELEMENTS (boston));
  check_cases (none, OH_NUMBER_FROM_USER, nowhere, G_N_ELEMENTS (nowhere));
}
/* clang-format on */

static void
test_limits (void)
{
  g_autoptr (OhDialPlan) plan = berlin ("");
  g_autofree char *blanks = g_strnfill (OH_NUMBER_TEXT_MAX - 2, ' ');
  g_autofree char *fits = g_strconcat (blanks, "12", NULL);
  g_autofree char *too_long = g_strconcat (" ", fits, NULL);
  g_autofree char *digits = g_strnfill (OH_NUMBER_DIGITS_MAX, '1');
  g_autofree char *too_many = g_strconcat (digits, "1", NULL);
  g_autofree char *huge = g_strnfill (100 * 1024, '1');
  const Case cases[] = {
    { fits, "12", "12", "settings: extension digits", OH_NUMBER_EXTENSION },
    { too_long, NULL, NULL, NULL, 0 },
    { too_many, NULL, NULL, NULL, 0 },
    { huge, NULL, NULL, NULL, 0 },
  };
  g_autoptr (OhDialPlan) none = oh_dial_plan_new (NULL, NULL, NULL, NULL, NULL, 0);
  g_autoptr (OhNumber) longest = oh_number_parse (digits, OH_NUMBER_FROM_USER, none, NULL);

  check_cases (plan, OH_NUMBER_FROM_USER, cases, G_N_ELEMENTS (cases));
  g_assert_cmpstr (longest->dialled, ==, digits);
}

static void
test_message_is_short_and_printable (void)
{
  g_autoptr (OhDialPlan) plan = berlin ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (OhNumber) number =
    oh_number_parse ("\x1b[31mevil text that goes on and on and on and on and on", 0, plan, &error);

  g_assert_null (number);
  g_assert_null (strchr (error->message, '\x1b'));
  g_assert_nonnull (strstr (error->message, "…”"));
}

/* What a number was read as is read as the same again: nothing drifts from call list to phone. */
static void
test_idempotent (void)
{
  static const char *const texts[] = { "+49 (0)30 398330", "030 398330",       "12", "112", "*21#",
                                       "0900 1234567",     "0044 20 7946 0123" };
  g_autoptr (OhDialPlan) plan = berlin ("0");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (OhNumber) once = oh_number_parse (texts[i], OH_NUMBER_FROM_USER, plan, NULL);
      g_autoptr (OhNumber) twice =
        oh_number_parse (once->canonical, OH_NUMBER_FROM_USER, plan, NULL);
      g_autoptr (OhNumber) shown = oh_number_parse (once->display, OH_NUMBER_FROM_USER, plan, NULL);

      g_assert_cmpstr (twice->canonical, ==, once->canonical);
      g_assert_cmpstr (twice->dialled, ==, once->dialled);
      g_assert_cmpstr (shown->canonical, ==, once->canonical);
    }
}

static void
test_same (void)
{
  g_assert_true (oh_number_same ("+4930398330", "+4930398330"));
  g_assert_true (oh_number_same ("+493039833012", "03039833012"));
  g_assert_false (oh_number_same ("+493039833012", "+443039833012"));
  g_assert_false (oh_number_same ("12", "112"));
  g_assert_false (oh_number_same ("+4930398330", "398330"));
}

static void
test_asks (void)
{
  static const struct
  {
    const char *text;
    gboolean asks;
  } cases[] = {
    { "112", TRUE }, { "*21#", TRUE }, { "+49900123456", TRUE }, { "+4930123456", FALSE }
  };
  g_autoptr (OhDialPlan) plan = berlin ("");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhNumber) number =
        oh_number_parse (cases[i].text, OH_NUMBER_FROM_USER, plan, NULL);

      g_assert_cmpint (oh_number_always_asks (number), ==, cases[i].asks);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/typed", test_typed);
  g_test_add_func ("/number/links", test_links);
  g_test_add_func ("/number/outside-line", test_outside_line);
  g_test_add_func ("/number/other-plans", test_other_plans);
  g_test_add_func ("/number/limits", test_limits);
  g_test_add_func ("/number/message", test_message_is_short_and_printable);
  g_test_add_func ("/number/idempotent", test_idempotent);
  g_test_add_func ("/number/same", test_same);
  g_test_add_func ("/number/asks", test_asks);
  return g_test_run ();
}
