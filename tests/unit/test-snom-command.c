/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-command.h"
#include "snom-family.h"

#include <string.h>

static void
test_targets (void)
{
  static const struct
  {
    OhPhoneVerb verb;
    const char *argument, *identity, *target;
  } cases[] = {
    { OH_PHONE_DIAL, "+493012345678", NULL, "/command.htm?number=%2B493012345678" },
    { OH_PHONE_DIAL, "+4930123456", "440@pbx.example",
      "/command.htm?number=%2B4930123456&outgoing_uri=440@pbx.example" },
    { OH_PHONE_DIAL, "12", "", "/command.htm?number=12" },
    { OH_PHONE_DIAL, "*21*5#", NULL, "/command.htm?number=%2A21%2A5%23" },
    { OH_PHONE_DIAL, "12", "a&key=CANCEL", "/command.htm?number=12&outgoing_uri=a%26key%3DCANCEL" },
    { OH_PHONE_ANSWER, NULL, NULL, "/command.htm?key=ENTER" },
    { OH_PHONE_ANSWER, "ignored", "ignored", "/command.htm?key=ENTER" },
    { OH_PHONE_REJECT, NULL, NULL, "/command.htm?key=CANCEL" },
    { OH_PHONE_HANG_UP, NULL, NULL, "/command.htm?key=CANCEL" },
    { OH_PHONE_HANG_UP_ALL, NULL, NULL, "/command.htm?RELEASE_ALL_CALLS" },
    { OH_PHONE_HOLD, NULL, NULL, "/command.htm?key=F_HOLD" },
    { OH_PHONE_RESUME, NULL, NULL, "/command.htm?key=F_HOLD" },
    { OH_PHONE_DTMF, "12#*", NULL, "/command.htm?key_dtmf=12%23%2A" },
    { OH_PHONE_SWAP, NULL, NULL, "/command.htm?key=F_HOLD" },
    { OH_PHONE_TRANSFER, "12#", NULL, "/command.htm?key=TRANSFER;1;2;%23;ENTER" },
    { OH_PHONE_TRANSFER_COMPLETE, NULL, NULL, "/command.htm?key=TRANSFER" },
    { OH_PHONE_MUTE_ON, NULL, NULL, "/command.htm?key=MUTE" },
    { OH_PHONE_MUTE_OFF, NULL, NULL, "/command.htm?key=MUTE" },
    { OH_PHONE_VOLUME_UP, NULL, NULL, "/command.htm?key=VOLUME_UP" },
    { OH_PHONE_VOLUME_DOWN, NULL, NULL, "/command.htm?key=VOLUME_DOWN" },
    { OH_PHONE_REBOOT, NULL, NULL, "/advanced_update.htm?reboot=Reboot" },
    /* refused */
    { OH_PHONE_DIAL, NULL, NULL, NULL },
    { OH_PHONE_DIAL, "", NULL, NULL },
    { OH_PHONE_DIAL, "+", NULL, NULL },
    { OH_PHONE_DIAL, "12+3", NULL, NULL },
    { OH_PHONE_DIAL, "12 3", NULL, NULL },
    { OH_PHONE_DIAL, "12&key=CANCEL", NULL, NULL },
    { OH_PHONE_DIAL, "12;13", NULL, NULL },
    { OH_PHONE_DIAL, "alice", NULL, NULL },
    { OH_PHONE_DIAL, "12\r\nHost: x", NULL, NULL },
    { OH_PHONE_DTMF, NULL, NULL, NULL },
    { OH_PHONE_DTMF, "+1", NULL, NULL },
    { OH_PHONE_DTMF, "A", NULL, NULL },
    { OH_PHONE_TRANSFER, NULL, NULL, NULL },
    { OH_PHONE_TRANSFER, "+4930", NULL, NULL }, /* there is no such key */
    { OH_PHONE_TRANSFER, "12;CANCEL", NULL, NULL },
    { OH_PHONE_JOIN, NULL, NULL, NULL }, /* no key that starts it */
    /* settings, see snom-change */
    { OH_PHONE_DND_ON, NULL, NULL, NULL },
    { OH_PHONE_FORWARD_ALL, "12", NULL, NULL },
    { OH_PHONE_LOCK, NULL, NULL, NULL },
    { OH_PHONE_SELECT_IDENTITY, "440@pbx.example", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhPhoneCommand command = { .verb = cases[i].verb,
                                       .argument = cases[i].argument,
                                       .identity = cases[i].identity };
      g_autofree char *target = oh_snom_command_target (&command, NULL);

      g_assert_cmpstr (target, ==, cases[i].target);
    }
}

/* Every verb at every family: what the oldest phones name differently, or do not have. */
static void
test_families (void)
{
  static const struct
  {
    const char *model;
    OhPhoneVerb verb;
    const char *argument, *target;
  } cases[] = {
    { "snom190", OH_PHONE_DIAL, "12", "/command.htm?number=12" },
    { "snom190", OH_PHONE_ANSWER, NULL, "/command.htm?key=ENTER" },
    { "snom190", OH_PHONE_REJECT, NULL, "/command.htm?key=CLEAR" },
    { "snom200", OH_PHONE_HANG_UP, NULL, "/command.htm?key=CLEAR" },
    { "snom220", OH_PHONE_HANG_UP_ALL, NULL, "/command.htm?RELEASE_ALL_CALLS" },
    { "snom190", OH_PHONE_HOLD, NULL, "/command.htm?key=RECALL" },
    { "snom190", OH_PHONE_RESUME, NULL, "/command.htm?key=RECALL" },
    { "snom190", OH_PHONE_SWAP, NULL, "/command.htm?key=RECALL" },
    { "snom190", OH_PHONE_DTMF, "1", "/command.htm?key_dtmf=1" },
    { "snom190", OH_PHONE_TRANSFER, "12", NULL },
    { "snom190", OH_PHONE_TRANSFER_COMPLETE, NULL, NULL },
    { "snom190", OH_PHONE_MUTE_ON, NULL, NULL },
    { "snom190", OH_PHONE_VOLUME_UP, NULL, "/command.htm?key=VOLUME_UP" },
    { "snom190", OH_PHONE_REBOOT, NULL, "/confirm.htm?REBOOT=yes" },
    { "snom190", OH_PHONE_JOIN, NULL, "/command.htm?key=P4" },
    { "snom360", OH_PHONE_HOLD, NULL, "/command.htm?key=F_HOLD" },
    { "snom360", OH_PHONE_REJECT, NULL, "/command.htm?key=CANCEL" },
    { "snomD785", OH_PHONE_JOIN, NULL, "/command.htm?key=P4" },
    { NULL, OH_PHONE_HOLD, NULL, "/command.htm?key=F_HOLD" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhSnomManner manner = { oh_snom_family_of (cases[i].model) == OH_SNOM_FAMILY_1XX, 4 };
      const OhPhoneCommand command = { .verb = cases[i].verb, .argument = cases[i].argument };
      g_autofree char *target = oh_snom_command_target (&command, &manner);

      g_assert_cmpstr (target, ==, cases[i].target);
    }
}

/* On what to talk; only where the user does not care there is a second way. */
static void
test_answer (void)
{
  static const struct
  {
    OhPhoneDevice device;
    const char *target, *fallback;
  } cases[] = {
    { OH_PHONE_DEVICE_ANY, "/command.htm?key=ENTER", "/command.htm?key=OFFHOOK" },
    { OH_PHONE_DEVICE_HANDSET, "/command.htm?key=OFFHOOK", NULL },
    { OH_PHONE_DEVICE_SPEAKER, "/command.htm?key=SPEAKER", NULL },
    { OH_PHONE_DEVICE_HEADSET, "/command.htm?key=HEADSET", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhPhoneCommand command = { .verb = OH_PHONE_ANSWER, .device = cases[i].device };
      g_autofree char *target = oh_snom_command_target (&command, NULL);
      g_autofree char *fallback = oh_snom_command_fallback (&command);

      g_assert_cmpstr (target, ==, cases[i].target);
      g_assert_cmpstr (fallback, ==, cases[i].fallback);
    }
}

/* What can do harm the second time, and every toggle, has no second choice. */
static void
test_fallbacks (void)
{
  for (guint verb = 0; verb < OH_N_PHONE_VERBS; verb++)
    {
      const OhPhoneCommand command = { .verb = (OhPhoneVerb) verb, .argument = "12" };
      g_autofree char *fallback = oh_snom_command_fallback (&command);

      g_assert_cmpint (fallback != NULL, ==, verb == OH_PHONE_ANSWER || verb == OH_PHONE_HANG_UP);
    }
}

static void
test_limits (void)
{
  g_autofree char *digits = g_strnfill (OH_SNOM_ARGUMENT_MAX, '1');
  g_autofree char *digits_over = g_strnfill (OH_SNOM_ARGUMENT_MAX + 1, '1');
  g_autofree char *name = g_strnfill (OH_SNOM_IDENTITY_MAX, 'a');
  g_autofree char *name_over = g_strnfill (OH_SNOM_IDENTITY_MAX + 1, 'a');
  const struct
  {
    const char *argument, *identity;
    gboolean fits;
  } cases[] = {
    { digits, NULL, TRUE },
    { digits_over, NULL, FALSE },
    { "1", name, TRUE },
    { "1", name_over, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhPhoneCommand command = { .argument = cases[i].argument,
                                       .identity = cases[i].identity };
      g_autofree char *target = oh_snom_command_target (&command, NULL);

      g_assert_cmpint (target != NULL, ==, cases[i].fits);
    }
}

static void
test_settings (void)
{
  static const char *const names[] = { "action_incoming_url", "phone_name", NULL };
  static const char *const values[] = { "http://192.0.2.10:8137/s/T/incoming?c=$call-id&r=$remote",
                                        "a b+c#d%e" };
  g_autofree char *stored = oh_snom_settings_target (names, values, TRUE);
  g_autofree char *kept = oh_snom_settings_target (names + 1, values + 1, FALSE);

  g_assert_cmpstr (stored, ==,
                   "/dummy.htm?settings=save"
                   "&action_incoming_url=http://192.0.2.10:8137/s/T/incoming?c=$call-id%26r=$remote"
                   "&phone_name=a%20b%2Bc%23d%25e&store_settings=save");
  g_assert_cmpstr (kept, ==, "/dummy.htm?settings=save&phone_name=a%20b%2Bc%23d%25e");
}

/* Each kind of event has one name, free text is last, nothing needs more than a phone takes. */
static void
test_actions (void)
{
  gsize n;
  const OhSnomAction *actions = oh_snom_actions (&n);

  g_assert_cmpuint (n, >, 10);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *value =
        oh_snom_action_value ("http://192.0.2.10:8137/s/T/", actions[i].kind);
      const char *display = strstr (value, "$display_remote");

      g_assert_true (g_str_has_prefix (actions[i].setting, "action_"));
      g_assert_true (g_str_has_prefix (value, "http://192.0.2.10:8137/s/T/"));
      g_assert_cmpuint (strlen (value), <, 200);
      if (display != NULL)
        g_assert_cmpstr (display, ==, "$display_remote");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-command/targets", test_targets);
  g_test_add_func ("/snom-command/families", test_families);
  g_test_add_func ("/snom-command/answer", test_answer);
  g_test_add_func ("/snom-command/fallbacks", test_fallbacks);
  g_test_add_func ("/snom-command/limits", test_limits);
  g_test_add_func ("/snom-command/settings", test_settings);
  g_test_add_func ("/snom-command/actions", test_actions);
  return g_test_run ();
}
