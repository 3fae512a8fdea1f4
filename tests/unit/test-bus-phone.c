/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-phone.h"

#include "bus-generated.h"
#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

#define PIN "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const OhBusPhoneSettings settings = {
  .host = "192.0.2.10:443",
  .trust = "first-use",
  .fingerprint = "",
};

static char *
pin (const char *id, const char *fingerprint, gpointer user_data, GError **error)
{
  g_assert_not_reached ();
}

static OhBusPhone1 *
interface_of (OhBusPhone *phone)
{
  GDBusObject *object = G_DBUS_OBJECT (oh_bus_phone_object (phone));

  return OH_BUS_PHONE1 (g_dbus_object_get_interface (object, "org.offhook.Phone1"));
}

/* Where each kind of trouble stops the way to a phone; the steps behind it are not told. */
static void
test_steps (void)
{
  static const struct
  {
    OhPhoneState state;
    OhError code;
    guint n_steps;
    const char *last;
  } cases[] = {
    { OH_PHONE_STATE_UNREACHABLE, OH_ERROR_UNREACHABLE, 1, "reach" },
    { OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, 2, "certificate" },
    { OH_PHONE_STATE_UNAUTHORIZED, OH_ERROR_PHONE_LOGIN, 3, "login" },
    { OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_PHONE_REFUSED, 5, "settings" },
    { OH_PHONE_STATE_LOCKED_OUT, OH_ERROR_PHONE_LOCKED_OUT, 3, "login" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
      g_autoptr (OhFakePhone) phone = oh_fake_phone_new ("desk", OH_CLOCK (clock), FALSE);
      g_autoptr (GVariant) steps = NULL;
      const char *word, *verdict, *found, *advice;

      oh_phone_move (OH_PHONE (phone), cases[i].state,
                     g_error_new (OH_ERROR, (int) cases[i].code, "what happened"));
      steps = g_variant_ref_sink (oh_bus_phone_steps (OH_PHONE (phone)));
      g_assert_cmpuint (g_variant_n_children (steps), ==, cases[i].n_steps);
      g_variant_get_child (steps, cases[i].n_steps - 1, "(&s&s&s&s)", &word, &verdict, &found,
                           &advice);
      g_assert_cmpstr (word, ==, cases[i].last);
      g_assert_cmpstr (verdict, ==, "error");
      g_assert_cmpstr (found, ==, "what happened");
      g_assert_cmpstr (advice, ==, oh_error_advice (cases[i].code));
      for (guint j = 0; j + 1 < cases[i].n_steps; j++)
        {
          g_variant_get_child (steps, j, "(&s&s&s&s)", &word, &verdict, &found, &advice);
          g_assert_cmpstr (verdict, ==, "ok");
        }
    }
}

static void
test_steps_ready (void)
{
  static const struct
  {
    gboolean watched;
    const char *verdict;
  } cases[] = { { TRUE, "ok" }, { FALSE, "warning" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
      g_autoptr (OhFakePhone) phone =
        oh_fake_phone_new ("desk", OH_CLOCK (clock), cases[i].watched);
      g_autoptr (GVariant) steps = g_variant_ref_sink (oh_bus_phone_steps (OH_PHONE (phone)));
      const char *word, *verdict, *found, *advice;

      g_assert_cmpuint (g_variant_n_children (steps), ==, 6);
      g_variant_get_child (steps, 5, "(&s&s&s&s)", &word, &verdict, &found, &advice);
      g_assert_cmpstr (word, ==, "events");
      g_assert_cmpstr (verdict, ==, cases[i].verdict);
    }
}

/* Open to everybody on the network: it works, and the user hears of it. */
static void
test_steps_unprotected (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhFakePhone) phone = oh_fake_phone_new ("desk", OH_CLOCK (clock), TRUE);
  g_autoptr (GVariant) steps = NULL;
  const char *word, *verdict, *found, *advice;

  oh_phone_set_capabilities (OH_PHONE (phone), OH_PHONE_CAN_DIAL | OH_PHONE_IS_UNPROTECTED);
  steps = g_variant_ref_sink (oh_bus_phone_steps (OH_PHONE (phone)));
  g_assert_cmpuint (g_variant_n_children (steps), ==, 6);
  g_variant_get_child (steps, 2, "(&s&s&s&s)", &word, &verdict, &found, &advice);
  g_assert_cmpstr (word, ==, "login");
  g_assert_cmpstr (verdict, ==, "warning");
  g_assert_nonnull (strstr (advice, "password"));
}

static void
test_follows (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhFakePhone) phone = oh_fake_phone_new ("desk-1", OH_CLOCK (clock), TRUE);
  g_autoptr (OhBusPhone) shown =
    oh_bus_phone_new ("desk-1", OH_PHONE (phone), &settings, pin, NULL);
  g_autoptr (OhBusPhone1) bus = interface_of (shown);
  const OhBusPhoneSettings pinned = { .host = "h", .trust = "pin", .fingerprint = PIN };

  g_assert_cmpstr (g_dbus_object_get_object_path (G_DBUS_OBJECT (oh_bus_phone_object (shown))), ==,
                   "/org/offhook/Agent/phones/desk_2d1");
  g_assert_cmpstr (oh_bus_phone1_get_id (bus), ==, "desk-1");
  g_assert_cmpstr (oh_bus_phone1_get_host (bus), ==, "192.0.2.10:443");
  g_assert_cmpstr (oh_bus_phone1_get_state (bus), ==, "ready");
  g_assert_cmpstr (oh_bus_phone1_get_events (bus), ==, "yes");
  g_assert_cmpstr (oh_bus_phone1_get_reason (bus), ==, "");

  oh_phone_set_description (OH_PHONE (phone), "snomD785", "10.1.54.13", "000413AABBCC");
  oh_phone_set_dnd (OH_PHONE (phone), TRUE);
  oh_phone_show_certificate (OH_PHONE (phone), NULL, PIN);
  oh_phone_move (OH_PHONE (phone), OH_PHONE_STATE_UNAUTHORIZED,
                 g_error_new (OH_ERROR, OH_ERROR_PHONE_LOGIN, "no"));
  oh_bus_phone_set_settings (shown, &pinned);
  g_assert_cmpstr (oh_bus_phone1_get_model (bus), ==, "snomD785");
  g_assert_cmpstr (oh_bus_phone1_get_firmware (bus), ==, "10.1.54.13");
  g_assert_cmpstr (oh_bus_phone1_get_mac (bus), ==, "000413AABBCC");
  g_assert_true (oh_bus_phone1_get_dnd (bus));
  g_assert_cmpstr (oh_bus_phone1_get_presented_fingerprint (bus), ==, PIN);
  g_assert_cmpstr (oh_bus_phone1_get_state (bus), ==, "unauthorized");
  g_assert_cmpstr (oh_bus_phone1_get_reason (bus), ==, "no");
  g_assert_cmpstr (oh_bus_phone1_get_reason_code (bus), ==, "phone-login-refused");
  g_assert_cmpstr (oh_bus_phone1_get_advice (bus), ==, oh_error_advice (OH_ERROR_PHONE_LOGIN));
  g_assert_cmpstr (oh_bus_phone1_get_trust (bus), ==, "pin");
  g_assert_cmpstr (oh_bus_phone1_get_fingerprint (bus), ==, PIN);
}

/* Settings too broken for a phone: it is shown all the same, with what to mend. */
static void
test_without_phone (void)
{
  g_autoptr (GError) problem = g_error_new (OH_ERROR, OH_ERROR_SETTINGS, "The setting “host” …");
  const OhBusPhoneSettings broken = {
    .host = "", .trust = "pin", .fingerprint = "", .problem = problem
  };
  g_autoptr (OhBusPhone) shown = oh_bus_phone_new ("hall", NULL, &broken, pin, NULL);
  g_autoptr (OhBusPhone1) bus = interface_of (shown);

  g_assert_cmpstr (oh_bus_phone1_get_state (bus), ==, "unknown");
  g_assert_cmpstr (oh_bus_phone1_get_reason (bus), ==, problem->message);
  g_assert_cmpstr (oh_bus_phone1_get_reason_code (bus), ==, "settings");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus-phone/steps", test_steps);
  g_test_add_func ("/bus-phone/steps/ready", test_steps_ready);
  g_test_add_func ("/bus-phone/steps/unprotected", test_steps_unprotected);
  g_test_add_func ("/bus-phone/follows", test_follows);
  g_test_add_func ("/bus-phone/without-phone", test_without_phone);
  return g_test_run ();
}
