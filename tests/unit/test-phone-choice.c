/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-choice.h"

#include <string.h>

#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

/* Each letter a phone "a", "b" …: upper case where it is in reach. */
static GPtrArray *
make_phones (const char *letters, OhClock *clock)
{
  GPtrArray *phones = g_ptr_array_new_with_free_func (g_object_unref);

  for (const char *p = letters; *p != '\0'; p++)
    {
      const char id[] = { g_ascii_tolower (*p), '\0' };
      OhFakePhone *phone = oh_fake_phone_new (id, clock, TRUE);

      if (g_ascii_islower (*p))
        oh_phone_move (OH_PHONE (phone), OH_PHONE_STATE_UNREACHABLE,
                       g_error_new_literal (OH_ERROR, OH_ERROR_UNREACHABLE, "off"));
      g_ptr_array_add (phones, phone);
    }
  return phones;
}

static void
test_rules (void)
{
  static const struct
  {
    const char *phones;
    OhPhoneRule rule;
    const char *preferred, *named;
    const char *chosen; /* NULL: @code */
    OhError code;
  } cases[] = {
    /* the default if in reach, else the one in reach, else ask */
    { "AB", OH_PHONE_RULE_IN_REACH, "b", NULL, "b", 0 },
    { "Ab", OH_PHONE_RULE_IN_REACH, "b", NULL, "a", 0 },
    { "ABc", OH_PHONE_RULE_IN_REACH, "c", NULL, NULL, OH_ERROR_CHOOSE_PHONE },
    { "ab", OH_PHONE_RULE_IN_REACH, "b", NULL, "b", 0 }, /* says why it is not */
    { "AB", OH_PHONE_RULE_IN_REACH, NULL, NULL, "a", 0 },
    { "aB", OH_PHONE_RULE_IN_REACH, NULL, NULL, "b", 0 },
    { "aB", OH_PHONE_RULE_IN_REACH, "gone", NULL, "b", 0 },
    /* always the default */
    { "Ab", OH_PHONE_RULE_DEFAULT, "b", NULL, "b", 0 },
    { "Ab", OH_PHONE_RULE_DEFAULT, NULL, NULL, "a", 0 },
    /* always ask, but where there is nothing to ask */
    { "Ab", OH_PHONE_RULE_ASK, "b", NULL, NULL, OH_ERROR_CHOOSE_PHONE },
    { "A", OH_PHONE_RULE_ASK, NULL, NULL, "a", 0 },
    { "a", OH_PHONE_RULE_IN_REACH, NULL, NULL, "a", 0 },
    /* the user's word */
    { "Ab", OH_PHONE_RULE_ASK, "a", "b", "b", 0 },
    { "Ab", OH_PHONE_RULE_DEFAULT, "a", "b", "b", 0 },
    { "Ab", OH_PHONE_RULE_IN_REACH, "a", "x", NULL, OH_ERROR_NO_PHONE },
    { "", OH_PHONE_RULE_IN_REACH, NULL, NULL, NULL, OH_ERROR_NO_PHONE },
    { "", OH_PHONE_RULE_ASK, "a", NULL, NULL, OH_ERROR_NO_PHONE },
    { "", OH_PHONE_RULE_ASK, NULL, "a", NULL, OH_ERROR_NO_PHONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
      g_autoptr (GPtrArray) phones = make_phones (cases[i].phones, OH_CLOCK (clock));
      g_autoptr (GError) error = NULL;
      OhPhone *phone =
        oh_phone_choice (phones, cases[i].rule, cases[i].preferred, cases[i].named, &error);

      g_assert_cmpstr (phone != NULL ? oh_phone_get_id (phone) : NULL, ==, cases[i].chosen);
      if (cases[i].chosen == NULL)
        g_assert_error (error, OH_ERROR, (int) cases[i].code);
      else
        g_assert_no_error (error);
    }
}

static void
test_question (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (GPtrArray) phones = make_phones ("AB", OH_CLOCK (clock));
  g_autoptr (GError) error = NULL;

  g_assert_null (oh_phone_choice (phones, OH_PHONE_RULE_ASK, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "a, b"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-choice/rules", test_rules);
  g_test_add_func ("/phone-choice/question", test_question);
  return g_test_run ();
}
