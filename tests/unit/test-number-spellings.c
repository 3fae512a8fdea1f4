/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers as people and programs really write them, at desks of several countries. */

#include <string.h>

#include "error.h"
#include "number.h"

typedef enum
{
  BERLIN,      /* numbers go to the phone with "+" */
  BERLIN_ZERO, /* behind an exchange: "0" for an outside line */
  LEEDS,
  LEEDS_NINE,
  BOSTON,
  BOSTON_NINE,
  PARIS,
  MILAN, /* the leading zero is part of the number */
  ZURICH,
  VIENNA,
  MADRID,
  NOWHERE, /* nothing is set */
  N_DESKS,
} Desk;

/* clang-format off */
static const struct
{
  const char *country, *area, *international, *national, *outside;
  guint extension_digits;
} desks[] = {
  [BERLIN]      = { "49", "30", "00", "0", "", 4 },
  [BERLIN_ZERO] = { "49", "30", "00", "0", "0", 4 },
  [LEEDS]       = { "44", "113", "00", "0", "", 4 },
  [LEEDS_NINE]  = { "44", "113", "00", "0", "9", 4 },
  [BOSTON]      = { "1", "617", "011", "1", "", 4 },
  [BOSTON_NINE] = { "1", "617", "011", "1", "9", 4 },
  [PARIS]       = { "33", "", "00", "0", "", 4 },
  [MILAN]       = { "39", "", "00", "", "", 4 },
  [ZURICH]      = { "41", "", "00", "0", "", 3 },
  [VIENNA]      = { "43", "1", "00", "0", "", 4 },
  [MADRID]      = { "34", "", "00", "", "", 4 },
  [NOWHERE]     = { "", "", "00", "0", "", 4 },
};
/* clang-format on */

static OhDialPlan *
new_plan (Desk desk)
{
  return oh_dial_plan_new (desks[desk].country, desks[desk].area, desks[desk].international,
                           desks[desk].national, desks[desk].outside, desks[desk].extension_digits);
}

typedef struct
{
  Desk desk;
  const char *text;
  const char *dialled; /* NULL: refused */
  const char *apart;   /* extension "x12" or tones ",12", as they are kept apart */
} Spelling;

/* clang-format off */
static const Spelling typed[] = {
  /* Germany: DIN 5008 and what people make of it */
  { BERLIN, "+49 30 39833-0", "+4930398330" },
  { BERLIN, "+49 (30) 39833-0", "+4930398330" },
  { BERLIN, "+49 (0)30 39833-0", "+4930398330" },
  { BERLIN, "+49 (0) 30 / 39833-0", "+4930398330" },
  { BERLIN, "+49-30-39833-0", "+4930398330" },
  { BERLIN, "+49.30.398330", "+4930398330" },
  { BERLIN, "+49(0)3039833-0", "+4930398330" },
  { BERLIN, "+49 030 398330", "+4930398330" },
  { BERLIN, "0049 30 398330", "+4930398330" },
  { BERLIN, "0049 (0)30 398330", "+4930398330" },
  { BERLIN, "0049-(0)30-398330", "+4930398330" },
  { BERLIN, "00 49 30 398330", "+4930398330" },
  { BERLIN, "030 / 39 83 30", "+4930398330" },
  { BERLIN, "030/398330", "+4930398330" },
  { BERLIN, "(030) 398330", "+4930398330" },
  { BERLIN, "(030) 39 833 - 0", "+4930398330" },
  { BERLIN, "030-39833-12", "+493039833" "12" },
  { BERLIN, "030 39833 DW 12", "+493039833" "12" },
  { BERLIN, "030 39833, Durchwahl 12", NULL }, /* a comma is a pause */
  { BERLIN, "030 39833 Durchwahl: 12", "+493039833" "12" },
  { BERLIN, "49 30 833# DW 12", NULL },
  { BERLIN, "030 39833012#", NULL },
  { BERLIN, "+4930398330,1;postd=2", NULL },
  { BERLIN, "030 39833-0 DW 12", NULL }, /* is the 0 the switchboard? */
  { BERLIN, "0171/1234567", "+491711234567" },
  { BERLIN, "0171 - 123 45 67", "+491711234567" },
  { BERLIN, "398330", "+4930398330" },
  { BERLIN, "39 83 30", "+4930398330" },
  { BERLIN, "4711", "4711" },
  { BERLIN, "-4711", "4711" },
  { BERLIN, "0", "0" },
  { BERLIN, "110", "110" },
  { BERLIN, "112", "112" },
  { BERLIN, "1 1 2", "112" },
  { BERLIN, "+112", "+112" },
  { BERLIN, "115", "115" },
  { BERLIN, "116 117", "116117" },
  { BERLIN, "11833", "11833" },
  { BERLIN, "0800 330 1000", "+498003301000" },
  { BERLIN, "0900-5-123456", "+499005123456" },
  { BERLIN, "0137 1234567", "+491371234567" },
  { BERLIN, "*21*030123456#", "*21*030123456#" },
  { BERLIN, "**61*123#", "**61*123#" },
  { BERLIN, "#31#030123456", "#31#030123456" },
  { BERLIN, "##002#", "##002#" },
  { BERLIN, "+49 30 398330,,12345#", "+4930398330", ",,12345#" },
  { BERLIN, "+49 30 398330 p 123 w 4", "+4930398330", ",123w4" },
  { BERLIN, "+4930398330;postd=p22", "+4930398330", ",22" },
  { BERLIN, "+4930398330;ext=12", "+4930398330", "x12" },
  { BERLIN, "030 398330 App. 12", "+4930398330", "x12" },
  { BERLIN, "030 398330 Nebenstelle 12", "+4930398330", "x12" },
  { BERLIN, "Tel.: +49 30 398330", "+4930398330" },
  { BERLIN, "Tel. 030 398330", "+4930398330" },
  { BERLIN, "Telefon 030 398330", "+4930398330" },
  { BERLIN, "Büro Berlin: 030 398330", "+4930398330" },
  { BERLIN, "030 398330 (Büro)", "+4930398330" },
  { BERLIN, "030 398330.", "+4930398330" },
  { BERLIN, "„030 398330“", "+4930398330" },
  { BERLIN, "<tel:+4930398330>", "+4930398330" },
  { BERLIN, "\n030 398330\r\n", "+4930398330" },
  { BERLIN, "030 398330, 030 398331", NULL },
  { BERLIN, "030 398330; 030 398331", NULL },
  { BERLIN, "030 398330 / 030 398331", NULL },
  { BERLIN, "030 398330 oder 0171 1234567", NULL },
  { BERLIN, "+49 30 398330 +49 30 398331", NULL },
  { BERLIN, "030 398330\n030 398331", NULL },
  { BERLIN, "030 398330 Fax 030 398331", NULL },
  { BERLIN, "0800 FLOWERS", NULL },
  { BERLIN, "call me", NULL },
  { BERLIN, "030 12a4", NULL },
  { BERLIN, "+49", NULL },
  { BERLIN, "+ 49 30 398330", "+4930398330" },
  { BERLIN, "++49 30 398330", NULL },
  { BERLIN, "49 30 398330", "+49304930398330" }, /* a local number by the rules, however long */
  /* scripts and word processors */
  { BERLIN, "\uff0b\uff14\uff19 \uff13\uff10 \uff13\uff19\uff18\uff13\uff13\uff10", "+4930398330" },
  { BERLIN, "\u0660\u0663\u0660 \u0663\u0669\u0668\u0663\u0663\u0660", "+4930398330" },
  { BERLIN, "\u06f0\u06f3\u06f0\u06f3\u06f9\u06f8\u06f3\u06f3\u06f0", "+4930398330" },
  { BERLIN, "\u0966\u0969\u0966\u0969\u096f\u096e\u0969\u0969\u0966", "+4930398330" },
  { BERLIN, "+49\u00a030\u00a039833\u20110", "+4930398330" },
  { BERLIN, "+49\u202f30\u2009398\u2009330", "+4930398330" },
  { BERLIN, "+49\u201330\u2014398330", "+4930398330" },
  { BERLIN, "+49\u00b730\u2022398330", "+4930398330" },
  { BERLIN, "+49 30\u2215398330", "+4930398330" },
  { BERLIN, "\u202a+49 30 398330\u202c", "+4930398330" },
  { BERLIN, "\u200e+49 30 398330\u200f", "+4930398330" },
  { BERLIN, "\ufeff+49 30 398330", "+4930398330" },
  { BERLIN, "+49 30 398\u00ad330", "+4930398330" },
  { BERLIN, "+49 30\u200b398330", "+4930398330" },
  { BERLIN, "3\ufe0f\u20e39\ufe0f\u20e38330", "+493039" "8330" },
  { BERLIN, "\uff08030\uff09\uff0f398330", "+4930398330" },
  { BERLIN, "030 \u00b2398", NULL },
  { BERLIN, "030\t398330", NULL },
  /* behind an exchange */
  { BERLIN_ZERO, "+49 30 398330", "0030398330" },
  { BERLIN_ZERO, "030 398330", "0030398330" },
  { BERLIN_ZERO, "+44 113 496 0123", "000441134960123" },
  { BERLIN_ZERO, "0044 113 496 0123", "000441134960123" },
  { BERLIN_ZERO, "000 44 113 496 0123", "000441134960123" },
  { BERLIN_ZERO, "0 112", "0112" },
  { BERLIN_ZERO, "112", "112" },
  { BERLIN_ZERO, "4711", "4711" },
  { BERLIN_ZERO, "398330", "0030398330" },
  { BERLIN_ZERO, "116117", "0116117" },
  { BERLIN_ZERO, "0116117", "0116117" },
  { BERLIN_ZERO, "*21#", "*21#" },
  /* United Kingdom */
  { LEEDS, "(0113) 496 0123", "+441134960123" },
  { LEEDS, "0113 496 0123", "+441134960123" },
  { LEEDS, "+44 (0)113 496 0123", "+441134960123" },
  { LEEDS, "+44 (0) 113 4960123", "+441134960123" },
  { LEEDS, "496 0123", "+441134960123" },
  { LEEDS, "020 7946 0123 x123", "+442079460123", "x123" },
  { LEEDS, "020 7946 0123 ext 123", "+442079460123", "x123" },
  { LEEDS, "(020) 7946 0123 extn. 123", "+442079460123", "x123" },
  { LEEDS, "020 7946 0123 #123", "+442079460123", "x123" },
  { LEEDS, "07700 900456", "+447700900456" },
  { LEEDS, "999", "999" },
  { LEEDS, "0906 123 4567", "+449061234567" },
  { LEEDS, "118500", "118500" },
  { LEEDS_NINE, "9 0113 496 0123", "901134960123" },
  { LEEDS_NINE, "0113 496 0123", "901134960123" },
  { LEEDS_NINE, "9 00 49 30 398330", "9004930398330" },
  { LEEDS_NINE, "9999", "9999" }, /* emergency behind the outside line */
  { LEEDS_NINE, "999", "999" },
  /* North America */
  { BOSTON, "(617) 555-0100", "+16175550100" },
  { BOSTON, "617-555-0100", "+16175550100" },
  { BOSTON, "617.555.0100", "+16175550100" },
  { BOSTON, "1 (617) 555-0100", "+16175550100" },
  { BOSTON, "1-617-555-0100", "+16175550100" },
  { BOSTON, "+1 617 555 0100", "+16175550100" },
  { BOSTON, "+1.617.555.0100 x42", "+16175550100", "x42" },
  { BOSTON, "555-0100", "+16175550100" },
  { BOSTON, "555-01000", NULL }, /* eight digits are nothing there */
  { BOSTON, "011 49 30 398330", "+4930398330" },
  { BOSTON, "911", "911" },
  { BOSTON, "1-800-FLOWERS", NULL },
  { BOSTON, "1-900-555-0100", "+19005550100" },
  { BOSTON_NINE, "9 1 617 555 0100", "916175550100" },
  { BOSTON_NINE, "917 555 0100", "919175550100" }, /* New York, not an outside line */
  { BOSTON_NINE, "9 011 49 30 398330", "90114930398330" },
  { BOSTON_NINE, "9911", "9911" },
  { BOSTON_NINE, "911", "911" },
  /* France: ten digits, always with the zero */
  { PARIS, "01 42 68 53 00", "+33142685300" },
  { PARIS, "01.42.68.53.00", "+33142685300" },
  { PARIS, "+33 (0)1 42 68 53 00", "+33142685300" },
  { PARIS, "+33 1 42 68 53 00", "+33142685300" },
  { PARIS, "0033142685300", "+33142685300" },
  { PARIS, "Tél. : 01 42 68 53 00", "+33142685300" },
  { PARIS, "01 42 68 53 00 poste 12", "+33142685300", "x12" },
  { PARIS, "15", "15" },
  { PARIS, "118 218", "118218" },
  /* Italy: the zero stays, from abroad, too */
  { MILAN, "02 1234 5678", "+390212345678" },
  { MILAN, "+39 02 1234 5678", "+390212345678" },
  { MILAN, "+39 (0)2 1234 5678", "+390212345678" },
  { MILAN, "347 123 4567", "+393471234567" },
  { MILAN, "0039 02 1234 5678", "+390212345678" },
  { MILAN, "02 1234 5678 interno 12", "+390212345678", "x12" },
  { BERLIN, "+39 (0)2 1234 5678", "+390212345678" },
  { BERLIN, "0039 02 12345678", "+390212345678" },
  { MILAN, "113", "113" },
  /* Switzerland, Austria, Spain */
  { ZURICH, "044 123 45 67", "+41441234567" },
  { ZURICH, "+41 (0)44 123 45 67", "+41441234567" },
  { ZURICH, "0041 44 123 45 67", "+41441234567" },
  { ZURICH, "144", "144" },
  { ZURICH, "1811", "1811" },
  { ZURICH, "0900 123 456", "+41900123456" },
  { VIENNA, "01/515 15-0", "+431515150" },
  { VIENNA, "+43 (0)1 515 15 DW 12", "+4315151512" },
  { VIENNA, "+43 1 515 15 - 12", "+4315151512" },
  { VIENNA, "0664/123 45 67", "+436641234567" },
  { VIENNA, "133", "133" },
  { MADRID, "91 123 45 67", "+34911234567" },
  { MADRID, "+34 911 234 567", "+34911234567" },
  { MADRID, "612 345 678", "+34612345678" },
  /* nothing is set: what is typed is dialled */
  { NOWHERE, "030 398330", "030398330" },
  { NOWHERE, "+49 (0)30 398330", "+4930398330" },
  { NOWHERE, "00 49 30 398330", "+4930398330" },
  { NOWHERE, "112", "112" },
};

static const Spelling linked[] = {
  { BERLIN, "tel:+4930398330", "+4930398330" },
  { BERLIN, "tel:+49-30-398330", "+4930398330" },
  { BERLIN, "TEL:+49%2030%20398330", "+4930398330" },
  { BERLIN, "tel:%2B4930398330", "+4930398330" },
  { BERLIN, "tel:+49(0)30398330", "+4930398330" },
  { BERLIN, "tel://+4930398330", "+4930398330" },
  { BERLIN, "tel: +49 30 398330", "+4930398330" },
  { BERLIN, "tel:\u202a+49 30 398330\u202c", "+4930398330" },
  { BERLIN, "tel:%E2%80%AA+4930398330%E2%80%AC", "+4930398330" },
  { BERLIN, "tel:+4930398330;ext=12", "+4930398330", "x12" },
  { BERLIN, "tel:+4930398330;ext=1-2", "+4930398330", "x12" },
  { BERLIN, "tel:+4930398330;isub=12345", "+4930398330" },
  { BERLIN, "tel:+4930398330%3Bext%3D12", "+4930398330", "x12" },
  { BERLIN, "tel:4711;phone-context=+4930", "4711" },
  { BERLIN, "tel:4711;phone-context=+49-30", "4711" },
  { BERLIN, "tel:030398330;phone-context=+49", "+4930398330" },
  { BERLIN, "tel:398330;phone-context=+49", NULL }, /* of which town? */
  { BERLIN, "tel:398330;phone-context=+49221", NULL },
  { BERLIN, "tel:4711;phone-context=+1", NULL },
  { BERLIN, "tel:4711;phone-context=fabrikam.test", "4711" },
  { BERLIN, "tel:4711;phone-context=Leeds.fabrikam.test", "4711" },
  { BERLIN, "tel:4711;phone-context=dialstring;partition=P1", "4711" },
  { BERLIN, "tel:4711;phone-context=example.org", NULL },
  { BERLIN, "tel:4711;phone-context=evilfabrikam.test", NULL },
  { BERLIN, "tel:+4930398330;phone-context=example.org", "+4930398330" },
  { BERLIN, "tel:+4930398330;m-thing=1", NULL },
  { BERLIN, "tel:+4930398330;ext=1;ext=2", NULL },
  { BERLIN, "tel:+4930398330;ext=a", NULL },
  { BERLIN, "tel:+4930398330;ext=", NULL },
  { BERLIN, "tel:+4930398330,,12", NULL },
  { BERLIN, "tel:+4930398330;postd=12", NULL },
  { BERLIN, "tel:+4930398330p12", NULL },
  { BERLIN, "tel:*21*030123456#", NULL },
  { BERLIN, "tel:%2A21%23", NULL },
  { BERLIN, "tel:112", "112" },
  { BERLIN, "tel:+49301234%E2%80%AE5", NULL },
  { BERLIN, "tel:+49301234%0A5", NULL },
  { BERLIN, "tel:%00", NULL },
  { BERLIN, "tel:%ZZ", NULL },
  { BERLIN, "tel:", NULL },
  { BERLIN, "sip:+4930398330@fabrikam.test;user=phone", "+4930398330" },
  { BERLIN, "sip:+4930398330;ext=12@fabrikam.test;user=phone", "+4930398330", "x12" },
  { BERLIN, "sips:+4930398330@example.org", "+4930398330" },
  { BERLIN, "sip:4711@fabrikam.test;user=phone", "4711" },
  { BERLIN, "sip:4711@FABRIKAM.test:5061;transport=tls", "4711" },
  { BERLIN, "sip:4711@example.org;user=phone", NULL },
  { BERLIN, "sip:123;phone-context=Leeds.fabrikam.test@fabrikam.test;user=phone", "123" },
  { BERLIN, "sip:bob@fabrikam.test", NULL },
  { BERLIN, "sip:b\u00f6b@fabrikam.test", NULL },
  { BERLIN, "sip:fabrikam.test", NULL },
  { BERLIN, "callto:+4930398330", "+4930398330" },
  { BERLIN, "callto://+4930398330", "+4930398330" },
  { BERLIN, "callto:+4930398330?call", "+4930398330" },
  { BERLIN, "callto:030%2F398330", "+4930398330" },
  { BERLIN, "callto:bob.baker", NULL },
  { BERLIN, "sms:+4930398330", NULL },
  { BERLIN, "mailto:bob@fabrikam.test", NULL },
};
/* clang-format on */

static void
check (const Spelling *row, OhNumberSource source)
{
  g_autoptr (OhDialPlan) plan = new_plan (row->desk);
  g_autofree char *shown = g_strescape (row->text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhNumber) number = NULL;

  oh_dial_plan_set_home (plan, "fabrikam.test");
  number = oh_number_parse (row->text, source, plan, &error);
  g_test_message ("desk %d: %s: %s", row->desk, shown,
                  number != NULL ? number->rule : error->message);
  if (row->dialled == NULL)
    {
      g_assert_null (number);
      g_assert_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (number->dialled, ==, row->dialled);
  if (row->apart == NULL || row->apart[0] != 'x')
    g_assert_cmpstr (number->extension, ==, NULL);
  else
    g_assert_cmpstr (number->extension, ==, row->apart + 1);
  if (row->apart == NULL || row->apart[0] == 'x')
    g_assert_cmpstr (number->tones, ==, NULL);
  else
    g_assert_cmpstr (number->tones, ==, row->apart);
}

static void
test_typed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    check (&typed[i], OH_NUMBER_FROM_USER);
}

static void
test_linked (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (linked); i++)
    check (&linked[i], OH_NUMBER_FROM_LINK);
}

/* What is missing or wrong is in the message. */
static void
test_reasons (void)
{
  /* clang-format off */
  static const struct
  {
    Desk desk;
    const char *text, *reason;
  } cases[] = {
    { BERLIN, "0800 FLOWERS", "type 3569377 instead" },
    { BERLIN, "030 398330 oder 0171 1234567", "choose the one" },
    { BERLIN, "030 398330\n030 398331", "several lines" },
    { BERLIN, "+49", "missing or too short" },
    { BERLIN, "030 39833-0 DW 12", "switchboard" },
    { BERLIN, "tel:398330;phone-context=+49", "area code is missing" },
    { BERLIN, "tel:4711;phone-context=example.org", "network of example.org" },
    { BERLIN, "sip:bob@fabrikam.test", "address of a person" },
    { BOSTON, "555-01000", "ten digits" },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhDialPlan) plan = new_plan (cases[i].desk);
      g_autoptr (GError) error = NULL;
      g_autoptr (OhNumber) number = NULL;

      oh_dial_plan_set_home (plan, "fabrikam.test");
      number = oh_number_parse (cases[i].text, OH_NUMBER_FROM_USER, plan, &error);
      g_assert_null (number);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
    }
}

/* Where a text could mean two numbers, the user is asked, and told the other one. */
static void
test_doubt (void)
{
  g_autoptr (OhDialPlan) zero = new_plan (BERLIN_ZERO);
  g_autoptr (OhDialPlan) nine = new_plan (LEEDS_NINE);
  g_autoptr (OhNumber) greece = oh_number_parse ("0030 398330", OH_NUMBER_FROM_USER, zero, NULL);
  g_autoptr (OhNumber) clear = oh_number_parse ("030 398330", OH_NUMBER_FROM_USER, zero, NULL);
  g_autoptr (OhNumber) local = oh_number_parse ("9012 3456", OH_NUMBER_FROM_USER, nine, NULL);

  g_assert_cmpstr (greece->canonical, ==, "+30398330");
  g_assert_nonnull (strstr (greece->doubt, " +49 30 398330 "));
  g_assert_true (oh_number_always_asks (greece));
  g_assert_null (clear->doubt);
  g_assert_false (oh_number_always_asks (clear));
  g_assert_cmpstr (local->canonical, ==, "+44123456");
  g_assert_nonnull (strstr (local->doubt, " +44 113 90123456 "));
}

static void
test_steps (void)
{
  g_autoptr (OhDialPlan) plan = new_plan (BERLIN_ZERO);
  g_autoptr (OhNumber) number =
    oh_number_parse ("+49 (0)30 398330", OH_NUMBER_FROM_USER, plan, NULL);
  static const char *const way[][2] = {
    { "text", "+49030398330" },
    { "(0) behind the country code left out", "+4930398330" },
    { "E.164 as typed", "+4930398330" },
    { "settings: outside line", "0030398330" },
  };

  g_assert_cmpuint (number->steps->len, ==, G_N_ELEMENTS (way));
  for (guint i = 0; i < number->steps->len; i++)
    {
      const OhNumberStep *step = g_ptr_array_index (number->steps, i);

      g_assert_cmpstr (step->rule, ==, way[i][0]);
      g_assert_cmpstr (step->result, ==, way[i][1]);
    }
}

/* --- rules of the company and of the server --- */

static OhNumberRules *
leeds_profile (void)
{
  static const char *const rules[][2] = {
    { "^([1-9]\\d{2})$", "+442079460$1" },
    { "^9?0([1-9]\\d{8,9})$", "+44$1" },
    { "^9?00(\\d{7,15})$", "+$1" },
    { "^(112|999)$", "+$1" },
    { "^(\\+?\\d+)(?:x|X|EXT)(\\d+)$", "$1;ext=$2" },
    { "^7(\\d{3})$", "5$1" },
  };
  OhNumberRules *profile = oh_number_rules_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *name =
        g_strdup_printf ("location profile Leeds: rule %" G_GSIZE_FORMAT, i + 1);

      oh_number_rules_add (profile, name, rules[i][0], OH_PATTERN_ANYWHERE, rules[i][1]);
    }
  return profile;
}

static void
test_rules_first (void)
{
  /* clang-format off */
  static const struct
  {
    const char *text, *dialled, *rule, *extension;
    OhNumberKind kind;
  } cases[] = {
    { "123", "+442079460123", "location profile Leeds: rule 1", NULL, OH_NUMBER_E164 },
    { "(020) 7946-0123", "+442079460123", "location profile Leeds: rule 2", NULL, OH_NUMBER_E164 },
    { "9 07700 900456", "+447700900456", "location profile Leeds: rule 2", NULL, OH_NUMBER_E164 },
    { "0049 30 5550100", "+49305550100", "location profile Leeds: rule 3", NULL, OH_NUMBER_E164 },
    { "0906 1234567", "+449061234567", "location profile Leeds: rule 2", NULL, OH_NUMBER_PREMIUM },
    { "+442079460123x77", "+442079460123", "location profile Leeds: rule 5", "77", OH_NUMBER_E164 },
    { "+44 20 7946 0123", "+442079460123", "E.164 as typed", NULL, OH_NUMBER_E164 },
    { "7123", "5123", "location profile Leeds: rule 6", NULL, OH_NUMBER_EXTENSION },
    { "4711", "4711", "settings: extension digits", NULL, OH_NUMBER_EXTENSION },
    { "496 0123", "+441134960123", "settings: area code", NULL, OH_NUMBER_E164 },
    { "*21#", "*21#", "feature code as typed", NULL, OH_NUMBER_SERVICE },
    { "42", "+4930555142", "company rule 1", NULL, OH_NUMBER_E164 },
  };
  /* clang-format on */
  g_autoptr (OhDialPlan) made = new_plan (LEEDS);
  g_autoptr (OhDialPlan) plan = NULL;
  g_autoptr (OhNumberRules) company = oh_number_rules_new ();
  g_autoptr (OhNumberRules) server = leeds_profile ();

  oh_number_rules_add (company, "company rule 1", "^42$", OH_PATTERN_ANYWHERE, "+4930555142");
  oh_dial_plan_set_rules (made, company, server);
  plan = oh_dial_plan_copy (made);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OhNumber) number =
        oh_number_parse (cases[i].text, OH_NUMBER_FROM_USER, plan, &error);
      g_autoptr (OhNumber) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (number->dialled, ==, cases[i].dialled);
      g_assert_cmpstr (number->rule, ==, cases[i].rule);
      g_assert_cmpstr (number->extension, ==, cases[i].extension);
      g_assert_cmpstr (oh_number_kind_word (number->kind), ==, oh_number_kind_word (cases[i].kind));
      again = oh_number_parse (number->dialled, OH_NUMBER_FROM_USER, plan, NULL);
      g_assert_cmpstr (again->dialled, ==, number->dialled);
    }
}

/* 999 falls to a rule that stands before the one for emergencies: it is never dialled silently. */
static void
test_emergency_rules (void)
{
  g_autoptr (OhDialPlan) plan = new_plan (LEEDS);
  g_autoptr (OhDialPlan) behind = new_plan (LEEDS_NINE);
  g_autoptr (OhNumberRules) bad = leeds_profile ();
  g_autoptr (OhNumberRules) good = oh_number_rules_new ();
  g_autoptr (OhNumber) lost = NULL, kept = NULL, outside = NULL;

  oh_dial_plan_set_rules (plan, NULL, bad);
  lost = oh_number_parse ("999", OH_NUMBER_FROM_USER, plan, NULL);
  g_assert_cmpstr (lost->dialled, ==, "+442079460999");
  g_assert_nonnull (strstr (lost->doubt, "999"));
  g_assert_true (oh_number_always_asks (lost));

  oh_number_rules_add (good, "emergency", "^(112|999)$", OH_PATTERN_ANYWHERE, "+$1");
  oh_dial_plan_set_rules (plan, NULL, good);
  kept = oh_number_parse ("999", OH_NUMBER_FROM_USER, plan, NULL);
  g_assert_cmpstr (kept->dialled, ==, "+999");
  g_assert_cmpint (kept->kind, ==, OH_NUMBER_EMERGENCY);
  g_assert_cmpstr (kept->rule, ==, "emergency");

  /* an exchange behind which an outside line is dialled does not know "+999" */
  oh_dial_plan_set_rules (behind, NULL, good);
  outside = oh_number_parse ("9 999", OH_NUMBER_FROM_USER, behind, NULL);
  g_assert_cmpint (outside->kind, ==, OH_NUMBER_EMERGENCY);
  g_assert_cmpstr (outside->dialled, ==, "9999");
}

/* What the server calls the outside line is taken off where no rule takes it, and never added. */
static void
test_server_outside_line (void)
{
  static const struct
  {
    const char *text, *dialled, *rule;
    gboolean asks;
  } cases[] = {
    { "9 07700 900456", "+447700900456", "location profile Leeds: rule 2", FALSE },
    { "9 118500", "118500", "short number of the country", TRUE },
    { "9 0909 12", "+4490912", "settings: national prefix", TRUE },
    { "0113 496 0123", "+441134960123", "location profile Leeds: rule 2", FALSE },
    { "9 112", "+112", "location profile Leeds: rule 4", TRUE },
  };
  g_autoptr (OhDialPlan) made = new_plan (LEEDS);
  g_autoptr (OhDialPlan) plan = NULL;
  g_autoptr (OhNumberRules) server = oh_number_rules_new ();

  oh_number_rules_add (server, "location profile Leeds: rule 2", "^9?0([1-9]\\d{8,9})$",
                       OH_PATTERN_ANYWHERE, "+44$1");
  oh_number_rules_add (server, "location profile Leeds: rule 4", "^(112|999)$", OH_PATTERN_ANYWHERE,
                       "+$1");
  oh_dial_plan_set_rules (made, NULL, server);
  oh_dial_plan_set_server_outside_line (made, "9");
  plan = oh_dial_plan_copy (made);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhNumber) number =
        oh_number_parse (cases[i].text, OH_NUMBER_FROM_USER, plan, NULL);

      g_assert_cmpstr (number->dialled, ==, cases[i].dialled);
      g_assert_cmpstr (number->rule, ==, cases[i].rule);
      g_assert_cmpint (oh_number_always_asks (number), ==, cases[i].asks);
    }
}

/* What a rule did wrong is part of the way that is shown. */
static void
test_rule_problem (void)
{
  g_autoptr (OhDialPlan) plan = new_plan (LEEDS);
  g_autoptr (OhNumberRules) wrong = oh_number_rules_new ();
  g_autoptr (OhNumber) number = NULL;
  const OhNumberStep *step;

  oh_number_rules_add (wrong, "company rule 1", "^(\\d{8,})$", OH_PATTERN_ANYWHERE, "$1$1$1");
  oh_dial_plan_set_rules (plan, wrong, NULL);
  number = oh_number_parse ("0113 496 0123 4567 8901", OH_NUMBER_FROM_USER, plan, NULL);
  g_assert_cmpstr (number->rule, ==, "settings: national prefix");
  step = g_ptr_array_index (number->steps, 1);
  g_assert_cmpstr (step->rule, ==, "company rule 1");
  g_assert_true (g_str_has_prefix (step->result, "passed over: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-spellings/typed", test_typed);
  g_test_add_func ("/number-spellings/linked", test_linked);
  g_test_add_func ("/number-spellings/reasons", test_reasons);
  g_test_add_func ("/number-spellings/doubt", test_doubt);
  g_test_add_func ("/number-spellings/steps", test_steps);
  g_test_add_func ("/number-spellings/rules-first", test_rules_first);
  g_test_add_func ("/number-spellings/emergency-rules", test_emergency_rules);
  g_test_add_func ("/number-spellings/rule-problem", test_rule_problem);
  g_test_add_func ("/number-spellings/server-outside-line", test_server_outside_line);
  return g_test_run ();
}
