/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-call.h"

#include "bus-error.h"
#include "bus-generated.h"
#include "fake-clock.h"
#include "fake-phone.h"

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *calls;
  OhDialler *dialler;
} Fixture;

static void
set_up (Fixture *f, gconstpointer user_data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);

  f->clock = oh_fake_clock_new ();
  f->phone = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), TRUE);
  f->calls = oh_call_list_new (OH_CLOCK (f->clock));
  f->dialler = oh_dialler_new (f->calls, OH_CLOCK (f->clock));
  oh_dialler_set_plan (f->dialler, plan);
  oh_dialler_add_phone (f->dialler, OH_PHONE (f->phone));
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_clear_object (&f->dialler);
  g_clear_object (&f->calls);
  g_clear_object (&f->phone);
  g_clear_object (&f->clock);
}

static void
test_follows (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (OhBusCall) shown = NULL;
  g_autoptr (OhBusCall1) bus = NULL;
  gint64 started;

  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "abc", "+493012345678@pbx");
  calls = oh_call_list_dup_calls (f->calls);
  g_assert_cmpuint (calls->len, ==, 1);
  shown = oh_bus_call_new (g_ptr_array_index (calls, 0), f->dialler);
  bus = OH_BUS_CALL1 (
    g_dbus_object_get_interface (G_DBUS_OBJECT (oh_bus_call_object (shown)), "org.offhook.Call1"));
  g_assert_cmpstr (oh_bus_call1_get_phone (bus), ==, "desk");
  g_assert_cmpstr (oh_bus_call1_get_direction (bus), ==, "incoming");
  g_assert_cmpstr (oh_bus_call1_get_state (bus), ==, "incoming");
  g_assert_cmpstr (oh_bus_call1_get_number (bus), ==, "+493012345678");
  g_assert_cmpstr (oh_bus_call1_get_display (bus), ==, "+49 30 12345678");
  g_assert_cmpstr (oh_bus_call1_get_name (bus), ==, "");
  g_assert_cmpstr (oh_bus_call1_get_cause (bus), ==, "");
  started = oh_bus_call1_get_started (bus);
  g_assert_cmpint (started, ==, oh_clock_wall_us (OH_CLOCK (f->clock)));

  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "abc", "+493012345678@pbx");
  g_assert_cmpstr (oh_bus_call1_get_state (bus), ==, "connected");
  g_assert_cmpint (oh_bus_call1_get_since (bus), ==, started + 2 * G_USEC_PER_SEC);
  g_assert_cmpint (oh_bus_call1_get_started (bus), ==, started);
}

static void
test_cause (void)
{
  static const struct
  {
    const char *cause;
    gboolean missed;
    const char *word;
  } cases[] = {
    { NULL, FALSE, "" },
    { NULL, TRUE, "missed" },
    { "SIP;cause=200;text=\"Call completed\"", FALSE, "" },
    { "SIP ;cause=486 ;text=\"Busy Here\"", FALSE, "rejected" },
    { "SIP;cause=603;text=\"Decline\"", FALSE, "rejected" },
    { "SIP;cause=404", FALSE, "failed" },
    { "SIP;cause=503;text=x", FALSE, "failed" },
    { "SIP;cause=487", FALSE, "" },
    { "SIP;cause=", FALSE, "" },
    { "SIP;cause=99999999999", FALSE, "" },
    { "Q.850;cause=16;text=\"Terminated\"", FALSE, "" }, /* normal clearing */
    { "nonsense", FALSE, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (oh_bus_call_cause (cases[i].cause, cases[i].missed), ==, cases[i].word);
}

static void
test_path (void)
{
  g_autofree char *plain = oh_bus_path ("/x", "c17");
  g_autofree char *escaped = oh_bus_path ("/x", "a-b_2d");

  g_assert_cmpstr (plain, ==, "/x/c17");
  g_assert_cmpstr (escaped, ==, "/x/a_2db_5f2d");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bus-call/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add_func ("/bus-call/cause", test_cause);
  g_test_add_func ("/bus-error/path", test_path);
  return g_test_run ();
}
