/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "presence.h"

static void
test_ranges (void)
{
  static const struct
  {
    guint number;
    const char *token;
    OhAvailability availability;
  } cases[] = {
    { 0, NULL, OH_AVAILABILITY_OFFLINE },
    { 2999, NULL, OH_AVAILABILITY_OFFLINE },
    { 3000, NULL, OH_AVAILABILITY_AVAILABLE },
    { 3500, NULL, OH_AVAILABILITY_AVAILABLE },
    { 4499, NULL, OH_AVAILABILITY_AVAILABLE },
    { 4500, NULL, OH_AVAILABILITY_IDLE },
    { 5999, NULL, OH_AVAILABILITY_IDLE },
    { 6000, NULL, OH_AVAILABILITY_BUSY },
    { 6500, "on-the-phone", OH_AVAILABILITY_BUSY },
    { 6900, "urgent-interruptions-only", OH_AVAILABILITY_BUSY },
    { 7499, NULL, OH_AVAILABILITY_BUSY },
    { 7500, NULL, OH_AVAILABILITY_BUSY },
    { 8999, NULL, OH_AVAILABILITY_BUSY },
    { 9000, "in-presentation", OH_AVAILABILITY_DND },
    { 11999, NULL, OH_AVAILABILITY_DND },
    { 12000, NULL, OH_AVAILABILITY_BRB },
    { 14999, NULL, OH_AVAILABILITY_BRB },
    { 15000, NULL, OH_AVAILABILITY_AWAY },
    { 15500, "off-work", OH_AVAILABILITY_OFF_WORK },
    { 15500, "out-of-office", OH_AVAILABILITY_AWAY },
    { 3500, "off-work", OH_AVAILABILITY_AVAILABLE }, /* a token that does not fit is passed over */
    { 17999, "never-heard-of-it", OH_AVAILABILITY_AWAY },
    { 18000, NULL, OH_AVAILABILITY_OFFLINE },
    { 18500, "off-work", OH_AVAILABILITY_OFFLINE },
    { G_MAXUINT, NULL, OH_AVAILABILITY_OFFLINE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u %s", cases[i].number, cases[i].token);
      g_assert_cmpint (oh_availability_from_number (cases[i].number, cases[i].token), ==,
                       cases[i].availability);
    }
}

/* The words are a promise of the command line. */
static void
test_words (void)
{
  static const char *const words[] = { "unknown", "available", "busy", "dnd",    "brb",
                                       "away",    "off-work",  "idle", "offline" };
  g_autoptr (GEnumClass) class = g_type_class_ref (OH_TYPE_AVAILABILITY);
  OhAvailability value = OH_AVAILABILITY_BRB;

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == OH_N_AVAILABILITIES);
  for (guint i = 0; i < OH_N_AVAILABILITIES; i++)
    {
      g_assert_cmpstr (oh_availability_word (i), ==, words[i]);
      g_assert_cmpstr (g_enum_get_value (class, i)->value_nick, ==, words[i]);
      g_assert_true (oh_availability_from_word (words[i], &value));
      g_assert_cmpint (value, ==, i);
    }
  g_assert_false (oh_availability_from_word ("Busy", &value));
  g_assert_false (oh_availability_from_word ("", &value));
  g_assert_false (oh_availability_from_word (NULL, &value));
  g_assert_cmpint (value, ==, OH_AVAILABILITY_OFFLINE);
}

static void
test_value (void)
{
  g_autoptr (OhPresence) a = oh_presence_new (OH_AVAILABILITY_BUSY, "on-the-phone", "hi", 5);
  g_autoptr (OhPresence) same = oh_presence_new (OH_AVAILABILITY_BUSY, "on-the-phone", "hi", 5);
  g_autoptr (OhPresence) later = oh_presence_new (OH_AVAILABILITY_BUSY, "on-the-phone", "hi", 6);
  g_autoptr (OhPresence) other = oh_presence_new (OH_AVAILABILITY_BUSY, "on-the-phone", "ho", 5);
  g_autoptr (OhPresence) unknown = oh_presence_unknown ();
  g_autoptr (OhPresence) again = oh_presence_ref (a);

  g_assert_true (again == a);
  g_assert_true (oh_presence_equal (a, same));
  g_assert_false (oh_presence_equal (a, later));
  g_assert_false (oh_presence_equal (a, other));
  g_assert_true (oh_presence_on_phone (a));
  g_assert_false (oh_presence_on_phone (unknown));
  g_assert_cmpint (oh_presence_availability (unknown), ==, OH_AVAILABILITY_UNKNOWN);
  g_assert_cmpstr (oh_presence_activity (unknown), ==, "");
  g_assert_cmpstr (oh_presence_note (unknown), ==, "");
  g_assert_cmpint (oh_presence_since_us (unknown), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presence/ranges", test_ranges);
  g_test_add_func ("/presence/words", test_words);
  g_test_add_func ("/presence/value", test_value);
  return g_test_run ();
}
