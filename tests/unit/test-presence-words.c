/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "presence-words.h"

#include <string.h>

#define S G_USEC_PER_SEC
#define NOW (G_GINT64_CONSTANT (1299506700) * S) /* Monday 2011-03-07 14:05 UTC */
#define AGO(seconds) (NOW - G_GINT64_CONSTANT (seconds) * S)

static void
test_availability (void)
{
  static const char *const cases[][2] = {
    { "available", "Available" },
    { "busy", "Busy" },
    { "dnd", "Do Not Disturb" },
    { "brb", "Be Right Back" },
    { "away", "Away" },
    { "off-work", "Off Work" },
    { "idle", "Inactive" },
    { "offline", "Offline" },
    { "unknown", "Presence unknown" },
    { "dancing", "Presence unknown" },
    { "", "Presence unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (oh_words_availability (cases[i][0]), ==, cases[i][1]);
  g_assert_cmpstr (oh_words_availability (NULL), ==, "Presence unknown");
}

static void
test_activity (void)
{
  static const struct
  {
    const char *availability, *activity, *text;
    gboolean call;
  } cases[] = {
    { "busy", "on-the-phone", "In a call", TRUE },
    { "busy", "On-The-Phone", "In a call", TRUE },
    { "busy", "in-a-call", "In a call", TRUE },
    { "busy", "in-a-conference", "In a conference call", TRUE },
    { "busy", "in-a-meeting", "In a meeting", FALSE },
    { "dnd", "in-presentation", "Presenting", FALSE },
    { "away", "out-of-office", "Out of office", FALSE },
    { "busy", "urgent-interruptions-only", "Urgent interruptions only", FALSE },
    { "off-work", "off-work", "Off Work", FALSE },
    { "away", "out-to-lunch", "Out to lunch", FALSE },
    /* tokens that only repeat the availability */
    { "idle", "inactive", "Inactive", FALSE },
    { "busy", "busy-idle", "Busy", FALSE },
    { "away", "", "Away", FALSE },
    { "away", NULL, "Away", FALSE },
    /* somebody's own words */
    { "away", "Im Garten", "Im Garten", FALSE },
    { "away", " Two\nlines\x1b[2J ", "Two lines [2J", FALSE },
    { "away", "\x01 \t", "Away", FALSE },
    { "away", "in-a-spaceship", "in-a-spaceship", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = oh_words_presence (cases[i].availability, cases[i].activity);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (oh_words_is_call (cases[i].activity), ==, cases[i].call);
    }
}

static void
test_own_words_are_bounded (void)
{
  g_autofree char *at = g_strnfill (OH_WORDS_OWN_MAX, 'x');
  g_autofree char *beyond = g_strnfill (OH_WORDS_OWN_MAX + 1, 'x');
  g_autofree char *one = oh_words_presence ("busy", at);
  g_autofree char *other = oh_words_presence ("busy", beyond);

  g_assert_cmpstr (one, ==, at);
  g_assert_true (g_str_has_suffix (other, "…"));
  g_assert_cmpint (g_utf8_strlen (other, -1), ==, OH_WORDS_OWN_MAX + 1);
}

static void
test_line (void)
{
  static const struct
  {
    OhWordsPresence presence;
    const char *text;
  } cases[] = {
    { { "away", "", FALSE, FALSE, AGO (0) }, "Away since 14:05" },
    { { "away", "", FALSE, FALSE, AGO (3600) }, "Away since 13:05" },
    { { "away", "", FALSE, FALSE, AGO (86400) }, "Away since Sun 14:05" },
    { { "away", "", FALSE, FALSE, AGO (10 * 86400) }, "Away since 02/25/11" },
    { { "away", "", FALSE, FALSE, 0 }, "Away" },
    { { "away", "", FALSE, FALSE, -5 }, "Away" },
    { { "away", "", FALSE, FALSE, NOW + 60 * S }, "Away" }, /* a clock ahead of ours */
    { { "away", "", FALSE, FALSE, G_MAXINT64 }, "Away" },
    { { "busy", "on-the-phone", FALSE, FALSE, AGO (300) }, "In a call since 14:00" },
    { { "offline", "", FALSE, FALSE, AGO (300) }, "Offline since 14:00" },
    { { "available", "", FALSE, FALSE, AGO (300) }, "Available" },
    { { "unknown", "", FALSE, FALSE, AGO (300) }, "Presence unknown" },
    { { "idle", "", TRUE, FALSE, AGO (1200) }, "Inactive for 20 min" },
    { { "idle", "inactive", TRUE, FALSE, AGO (59) }, "Inactive" },
    { { "idle", "", TRUE, FALSE, AGO (60) }, "Inactive for 1 min" },
    { { "idle", "", TRUE, FALSE, AGO (3599) }, "Inactive for 59 min" },
    { { "idle", "", TRUE, FALSE, AGO (3600) }, "Inactive for 1 h" },
    { { "idle", "", TRUE, FALSE, AGO (86399) }, "Inactive for 23 h" },
    { { "idle", "", TRUE, FALSE, AGO (86400) }, "Inactive" },
    { { "idle", "", TRUE, FALSE, 0 }, "Inactive" },
    { { "busy", "", TRUE, FALSE, AGO (1200) }, "Busy, inactive for 20 min" },
    { { "busy", "", TRUE, FALSE, 0 }, "Busy, inactive" },
    { { "busy", "in-a-meeting", TRUE, FALSE, AGO (7200) }, "In a meeting, inactive for 2 h" },
    { { "available", "", FALSE, TRUE, 0 }, "Available, out of office" },
    { { "away", "out-of-office", FALSE, TRUE, AGO (300) }, "Out of office since 14:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = oh_words_presence_line (&cases[i].presence, NOW);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presence-words/availability", test_availability);
  g_test_add_func ("/presence-words/activity", test_activity);
  g_test_add_func ("/presence-words/own-words-are-bounded", test_own_words_are_bounded);
  g_test_add_func ("/presence-words/line", test_line);
  return g_test_run ();
}
