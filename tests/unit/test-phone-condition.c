/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-condition.h"
#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

/* Every field tells two conditions apart, and a copy has every field. */
static void
test_equal (void)
{
  static char *const list[] = { (char *) "440@pbx.example", NULL };
  const OhPhoneCondition nothing = { 0 };
  const OhPhoneCondition cases[] = {
    { .muted = OH_PHONE_TRUTH_YES },
    { .muted = OH_PHONE_TRUTH_NO },
    { .locked = OH_PHONE_TRUTH_YES },
    { .waiting = OH_PHONE_TRUTH_YES },
    { .messages = 1 },
    { .forward = OH_PHONE_TRUTH_NO },
    { .forward_all = (char *) "1" },
    { .forward_busy = (char *) "1" },
    { .forward_no_answer = (char *) "1" },
    { .forward_after_s = 20 },
    { .identities = (GStrv) list },
    { .identity = (char *) "440@pbx.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhPhoneCondition) copy = oh_phone_condition_copy (&cases[i]);

      g_assert_true (oh_phone_condition_equal (copy, &cases[i]));
      g_assert_false (oh_phone_condition_equal (copy, &nothing));
    }
}

static void
test_words (void)
{
  g_assert_cmpstr (oh_phone_truth_word (OH_PHONE_TRUTH_UNKNOWN), ==, "unknown");
  g_assert_cmpstr (oh_phone_truth_word (oh_phone_truth (TRUE)), ==, "yes");
  g_assert_cmpstr (oh_phone_truth_word (oh_phone_truth (FALSE)), ==, "no");
}

static void
test_text (void)
{
  char *field = NULL;

  oh_phone_condition_set_text (&field, "12");
  g_assert_cmpstr (field, ==, "12");
  oh_phone_condition_set_text (&field, field);
  g_assert_cmpstr (field, ==, "12");
  oh_phone_condition_set_text (&field, "");
  g_assert_null (field);
}

static void
on_condition (GObject *phone, GParamSpec *pspec, guint *n)
{
  ++*n;
}

/* A phone starts knowing nothing, and tells only what is new. */
static void
test_phone (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhFakePhone) phone = oh_fake_phone_new ("desk", OH_CLOCK (clock), TRUE);
  g_autoptr (OhPhoneCondition) now =
    oh_phone_condition_copy (oh_phone_get_condition (OH_PHONE (phone)));
  guint n = 0;

  g_signal_connect (phone, "notify::condition", G_CALLBACK (on_condition), &n);
  g_assert_cmpint (now->locked, ==, OH_PHONE_TRUTH_UNKNOWN);
  now->locked = OH_PHONE_TRUTH_YES;
  oh_phone_set_condition (OH_PHONE (phone), now);
  oh_phone_set_condition (OH_PHONE (phone), now);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (oh_phone_get_condition (OH_PHONE (phone))->locked, ==, OH_PHONE_TRUTH_YES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-condition/equal", test_equal);
  g_test_add_func ("/phone-condition/words", test_words);
  g_test_add_func ("/phone-condition/text", test_text);
  g_test_add_func ("/phone-condition/phone", test_phone);
  return g_test_run ();
}
