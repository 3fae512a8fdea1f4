/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-family.h"

#include <string.h>

/* Every model that snom has made, and the look of those to come. */
static void
test_models (void)
{
  static const struct
  {
    const char *models;
    OhSnomFamily family;
  } rows[] = {
    { "snom100 snom105 snom190 snom200 snom220", OH_SNOM_FAMILY_1XX },
    { "snom300 snom320 snom360 snom370", OH_SNOM_FAMILY_3XX },
    { "snom710 snom715 snom720 snom725 snom760", OH_SNOM_FAMILY_7XX },
    { "snom820 snom821 snom870 snomMeetingPoint snomMP snomPA1", OH_SNOM_FAMILY_8XX },
    { "snomD120 snomD140 snomD150 snomD305 snomD315 snomD335 snomD345 snomD375 snomD385",
      OH_SNOM_FAMILY_DXXX },
    { "snomD710 snomD712 snomD713 snomD715 snomD717 snomD725 snomD735 snomD745 snomD765 snomD785",
      OH_SNOM_FAMILY_DXXX },
    { "snomD810 snomD812 snomD815 snomD862 snomD865 snomD892 snomD895", OH_SNOM_FAMILY_D8XX },
    { "snomM300 snomM400 snomM700 snomM900 snomm9 snomM3 m9R", OH_SNOM_FAMILY_DECT },
    { "snomM100KLE M100-KLE snomM100SC M18 snomC620", OH_SNOM_FAMILY_OTHER },
    { "ET605 ET635 ET685 P810 P850 GigasetP810", OH_SNOM_FAMILY_REBADGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) models = g_strsplit (rows[i].models, " ", -1);

      for (char **model = models; *model != NULL; model++)
        {
          g_test_message ("%s", *model);
          g_assert_cmpstr (oh_snom_family_word (oh_snom_family_of (*model)), ==,
                           oh_snom_family_word (rows[i].family));
        }
    }
  g_assert_cmpint (oh_snom_family_of (NULL), ==, OH_SNOM_FAMILY_UNKNOWN);
}

static void
test_spellings (void)
{
  static const struct
  {
    const char *model;
    OhSnomFamily family;
  } cases[] = {
    { "D785", OH_SNOM_FAMILY_DXXX },
    { "d785", OH_SNOM_FAMILY_DXXX },
    { "SNOMD785", OH_SNOM_FAMILY_DXXX },
    { "snom D785", OH_SNOM_FAMILY_DXXX },
    { "360", OH_SNOM_FAMILY_3XX },
    { "snom-360", OH_SNOM_FAMILY_3XX },
    { "snomD735W", OH_SNOM_FAMILY_DXXX }, /* the white one */
    { "snomD869", OH_SNOM_FAMILY_D8XX },  /* not made yet */
    { "snomD8999", OH_SNOM_FAMILY_UNKNOWN },
    { "snomX1", OH_SNOM_FAMILY_UNKNOWN },
    { "snom", OH_SNOM_FAMILY_UNKNOWN },
    { "", OH_SNOM_FAMILY_UNKNOWN },
    { "snom42", OH_SNOM_FAMILY_UNKNOWN },
    { "Polycom", OH_SNOM_FAMILY_UNKNOWN },
    { "../../etc", OH_SNOM_FAMILY_UNKNOWN },
    { "snom300 320", OH_SNOM_FAMILY_UNKNOWN },
    { "snomMeetingPointMeetingPointMeetingPoint", OH_SNOM_FAMILY_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].model);
      g_assert_cmpint (oh_snom_family_of (cases[i].model), ==, cases[i].family);
    }
}

static void
test_versions (void)
{
  static const struct
  {
    const char *has, *wanted;
    gboolean enough;
  } cases[] = {
    { "8.7.3", "8.7.3", TRUE },       { "8.7.2.9", "8.7.3", FALSE },
    { "8.7.5.17", "8.7.3", TRUE },    { "10.1.54.13", "8.7.4", TRUE },
    { "9", "8.7.3", TRUE },           { "8", "8.0.0.0", TRUE },
    { "8.7.3-beta", "8.7.3", TRUE },  { "8.10", "8.9", TRUE },
    { NULL, "8.7.3", FALSE },         { "", "8.7.3", FALSE },
    { "beta", "0", FALSE },           { "99999999999999999999.1", "1", FALSE },
    { "8.99999999999.1", "8", TRUE }, { "8..7", "8.7", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s >= %s", cases[i].has, cases[i].wanted);
      g_assert_cmpint (oh_snom_firmware_at_least (cases[i].has, cases[i].wanted), ==,
                       cases[i].enough);
    }
}

/* The last firmware without a thing, and the first with it. */
static void
test_traits (void)
{
  static const struct
  {
    const char *model, *firmware;
    OhSnomEventSet events;
    const char *flags; /* one letter for each trait */
    guint gap_ms;
  } cases[] = {
    /* c classic, x expands, t transfers, m mutes, T touch, C CSTA, f forwards each, s stores at
       once, u UC, o own certificate */
    { "snom190", "3.60", OH_SNOM_EVENTS_NONE, "cs", 250 },
    { "snom190", "5.5", OH_SNOM_EVENTS_FW5, "cs", 250 },
    { "snom360", "5.2", OH_SNOM_EVENTS_FW5, "cxtms", 250 },
    { "snom360", "6.5.20", OH_SNOM_EVENTS_FW7, "cxtms", 250 },
    { "snom360", "7.3.29", OH_SNOM_EVENTS_FW7, "cxtms", 250 },
    { "snom360", "7.3.30", OH_SNOM_EVENTS_FW7, "cxtm", 250 },
    { "snom360", "8.7.5.17", OH_SNOM_EVENTS_FW7, "cxtmCf", 250 },
    { "snom360", NULL, OH_SNOM_EVENTS_FW7, "cxtm", 250 },
    { "snom870", "8.4.33", OH_SNOM_EVENTS_FW7, "cxtmo", 150 },
    { "snom870", "8.4.34", OH_SNOM_EVENTS_FW7, "cxtmTo", 150 },
    { "snom870", "8.7.1", OH_SNOM_EVENTS_FW7, "cxtmo", 150 },
    { "snom870", "8.7.2", OH_SNOM_EVENTS_FW7, "cxtmTo", 150 },
    { "snom820", "8.7.2", OH_SNOM_EVENTS_FW7, "cxtmo", 150 },
    { "snom720", "8.7.3", OH_SNOM_EVENTS_FULL, "cxtmCo", 150 },
    { "snom720", "8.7.4", OH_SNOM_EVENTS_FULL, "cxtmCfo", 150 },
    { "snom720", "8.8.3.32", OH_SNOM_EVENTS_FULL, "cxtmCfuo", 150 },
    { "snom720", "8.9.3.80", OH_SNOM_EVENTS_FULL, "cxtmCfo", 150 },
    { "snomD785", "10.1.54.13", OH_SNOM_EVENTS_FULL, "cxtmCfo", 150 },
    { "snomD785", NULL, OH_SNOM_EVENTS_FULL, "cxtmo", 150 },
    { "ET635", "8.7.5.1", OH_SNOM_EVENTS_FULL, "cxtmCfo", 150 },
    { "snomD865", "10.1.175.16", OH_SNOM_EVENTS_NONE, "Co", 150 },
    { "snomM700", "5.10", OH_SNOM_EVENTS_NONE, "o", 150 },
    { "snomM100KLE", "1.0", OH_SNOM_EVENTS_NONE, "o", 150 },
    { NULL, NULL, OH_SNOM_EVENTS_FULL, "cxtm", 150 }, /* tolerant */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSnomTraits t;
      g_autofree char *flags = NULL;

      oh_snom_traits (cases[i].model, cases[i].firmware, &t);
      flags = g_strdup_printf (
        "%s%s%s%s%s%s%s%s%s%s", t.classic ? "c" : "", t.expands ? "x" : "", t.transfers ? "t" : "",
        t.mutes ? "m" : "", t.touch ? "T" : "", t.csta ? "C" : "", t.forwards_each ? "f" : "",
        t.stores_at_once ? "s" : "", t.uc ? "u" : "", t.own_certificate ? "o" : "");
      g_test_message ("%s %s", cases[i].model, cases[i].firmware);
      g_assert_cmpstr (flags, ==, cases[i].flags);
      g_assert_cmpint (t.events, ==, cases[i].events);
      g_assert_cmpint (t.gap_us, ==, (gint64) cases[i].gap_ms * 1000);
      g_assert_cmpint (t.hold_key != NULL, ==, t.classic);
    }
}

static void
test_keys (void)
{
  OhSnomTraits traits;

  oh_snom_traits ("snom200", "3.56", &traits);
  g_assert_cmpstr (traits.hold_key, ==, "RECALL");
  g_assert_cmpstr (traits.end_key, ==, "CLEAR");
  oh_snom_traits ("snom360", "8.7.5.17", &traits);
  g_assert_cmpstr (traits.hold_key, ==, "F_HOLD");
  g_assert_cmpstr (traits.end_key, ==, "CANCEL");
}

static void
test_identities (void)
{
  static const struct
  {
    const char *text, *model, *firmware, *mac;
  } cases[] = {
    { "snom360-SIP 8.7.5.17", "snom360", "8.7.5.17", NULL },
    { "snomD785-SIP 10.1.33.33", "snomD785", "10.1.33.33", NULL },
    { "snomD785/10.1.198.12 0004130DD7C9", "snomD785", "10.1.198.12", "0004130DD7C9" },
    { "snomD345/10.1.159.12", "snomD345", "10.1.159.12", NULL },
    { "snom720-UC 8.8.3.32", "snom720", "8.8.3.32", NULL },
    { "Mozilla/4.0 (compatible; snom370-SIP 8.4.18 1.1.3-u)", "snom370", "8.4.18", NULL },
    { "Mozilla/4.0 (compatible; snomD785-SIP 10.1.33.33 2010.12-00004-g9ba52f5 000413922D24 "
      "SXM:0 UXM:0)",
      "snomD785", "10.1.33.33", "000413922D24" },
    { "00:04:13:aa:bb:cc snomD735/10.1.1.1", "snomD735", "10.1.1.1", "000413AABBCC" },
    { "8.7.5.17 snom360", "snom360", NULL, NULL }, /* a number before the name is something else */
    { "snom embedded", NULL, NULL, NULL },
    { "snom", NULL, NULL, NULL },
    { "snomD785!", NULL, NULL, NULL },
    { "snomD785 10", "snomD785", NULL, NULL },
    { "0004130DD7C 0004130DD7C90 0004-130D-D7C9-00", NULL, NULL, NULL },
    { "", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSnomIdentity) identity = oh_snom_identity_parse (oh_slice_str (cases[i].text));

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (identity->model, ==, cases[i].model);
      g_assert_cmpstr (identity->firmware, ==, cases[i].firmware);
      g_assert_cmpstr (identity->mac, ==, cases[i].mac);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-family/models", test_models);
  g_test_add_func ("/snom-family/spellings", test_spellings);
  g_test_add_func ("/snom-family/versions", test_versions);
  g_test_add_func ("/snom-family/traits", test_traits);
  g_test_add_func ("/snom-family/keys", test_keys);
  g_test_add_func ("/snom-family/identities", test_identities);
  return g_test_run ();
}
