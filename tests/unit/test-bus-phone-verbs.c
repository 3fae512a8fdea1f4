/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-phone-verbs.h"

#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

/* Nothing known is "unknown", never "no". */
static void
test_nothing (void)
{
  g_autoptr (OhBusPhone1) bus = oh_bus_phone1_skeleton_new ();

  oh_bus_phone_show_condition (bus, NULL);
  g_assert_cmpuint (g_strv_length ((GStrv) oh_bus_phone1_get_can (bus)), ==, 0);
  g_assert_cmpstr (oh_bus_phone1_get_muted (bus), ==, "unknown");
  g_assert_cmpstr (oh_bus_phone1_get_locked (bus), ==, "unknown");
  g_assert_cmpstr (oh_bus_phone1_get_messages_waiting (bus), ==, "unknown");
  g_assert_cmpstr (oh_bus_phone1_get_forwarding (bus), ==, "unknown");
  g_assert_cmpstr (oh_bus_phone1_get_identity (bus), ==, "");
}

static void
test_condition (void)
{
  static char *const identities[] = { (char *) "440@pbx.example", (char *) "441@pbx.example",
                                      NULL };
  static const char *const habits[] = { "quick_transfer=attended", NULL };
  const OhPhoneCondition condition = {
    .muted = OH_PHONE_TRUTH_YES,
    .locked = OH_PHONE_TRUTH_NO,
    .waiting = OH_PHONE_TRUTH_YES,
    .messages = 3,
    .forward = OH_PHONE_TRUTH_YES,
    .forward_busy = (char *) "+4930123",
    .forward_after_s = 20,
    .identities = (GStrv) identities,
    .identity = (char *) "441@pbx.example",
  };
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhFakePhone) phone = oh_fake_phone_new ("desk", OH_CLOCK (clock), TRUE);
  g_autoptr (OhBusPhone1) bus = oh_bus_phone1_skeleton_new ();
  g_autofree char *can = NULL;

  oh_phone_set_capabilities (OH_PHONE (phone), OH_PHONE_CAN_MUTE | OH_PHONE_CAN_TRANSFER);
  oh_phone_set_condition (OH_PHONE (phone), &condition);
  oh_phone_note_habits (OH_PHONE (phone), habits);
  oh_bus_phone_show_condition (bus, OH_PHONE (phone));
  can = g_strjoinv (" ", (GStrv) oh_bus_phone1_get_can (bus));
  g_assert_cmpstr (can, ==, "transfer mute");
  g_assert_cmpstr (oh_bus_phone1_get_muted (bus), ==, "yes");
  g_assert_cmpstr (oh_bus_phone1_get_locked (bus), ==, "no");
  g_assert_cmpstr (oh_bus_phone1_get_messages_waiting (bus), ==, "yes");
  g_assert_cmpuint (oh_bus_phone1_get_messages (bus), ==, 3);
  g_assert_cmpstr (oh_bus_phone1_get_forwarding (bus), ==, "yes");
  g_assert_cmpstr (oh_bus_phone1_get_forward_all (bus), ==, "");
  g_assert_cmpstr (oh_bus_phone1_get_forward_busy (bus), ==, "+4930123");
  g_assert_cmpuint (oh_bus_phone1_get_forward_after (bus), ==, 20);
  g_assert_cmpstr (oh_bus_phone1_get_identities (bus)[1], ==, "441@pbx.example");
  g_assert_cmpstr (oh_bus_phone1_get_identity (bus), ==, "441@pbx.example");
  g_assert_cmpstr (oh_bus_phone1_get_habits (bus)[0], ==, "quick_transfer=attended");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus-phone-verbs/nothing", test_nothing);
  g_test_add_func ("/bus-phone-verbs/condition", test_condition);
  return g_test_run ();
}
