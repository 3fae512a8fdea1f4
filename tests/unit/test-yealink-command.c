/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-command.h"

#include <string.h>

static void
test_targets (void)
{
  static const struct
  {
    OhPhoneVerb verb;
    const char *call, *argument, *identity, *target;
  } cases[] = {
    { OH_PHONE_DIAL, NULL, "030123", NULL, "/servlet?key=number=030123" },
    { OH_PHONE_DIAL, NULL, "+4930123", NULL, "/servlet?key=number=%2B4930123" },
    { OH_PHONE_DIAL, NULL, "*21#", NULL, "/servlet?key=number=*21%23" },
    { OH_PHONE_DIAL, NULL, "12", "440@pbx.example",
      "/servlet?key=number=12&outgoing_uri=440@pbx.example" },
    { OH_PHONE_DIAL, NULL, "12", "a&key=Reboot@x",
      "/servlet?key=number=12&outgoing_uri=a%26key%3DReboot@x" },
    { OH_PHONE_DIAL, NULL, "12", "", "/servlet?key=number=12" },
    { OH_PHONE_DIAL, NULL, "", NULL, NULL },
    { OH_PHONE_DIAL, NULL, "+", NULL, NULL },
    { OH_PHONE_DIAL, NULL, "1+2", NULL, NULL },
    { OH_PHONE_DIAL, NULL, "12;Reboot", NULL, NULL },
    { OH_PHONE_DIAL, NULL, NULL, NULL, NULL },
    { OH_PHONE_ANSWER, NULL, NULL, NULL, "/servlet?key=OK" },
    { OH_PHONE_ANSWER, "33093", NULL, NULL, "/servlet?key=ASW:33093" },
    { OH_PHONE_REJECT, "33093", NULL, NULL, "/servlet?key=CANCEL:33093" },
    { OH_PHONE_HANG_UP, NULL, NULL, NULL, "/servlet?key=CALLEND" },
    { OH_PHONE_HANG_UP, "7", NULL, NULL, "/servlet?key=CANCEL:7" },
    { OH_PHONE_HOLD, "7", NULL, NULL, "/servlet?key=HOLD:7" },
    { OH_PHONE_HOLD, NULL, NULL, NULL, "/servlet?key=F_HOLD" },
    { OH_PHONE_RESUME, "7", NULL, NULL, "/servlet?key=UNHOLD:7" },
    /* an event is from anybody who knows the token: what it names goes into no query unread */
    { OH_PHONE_HANG_UP, "7;Reboot", NULL, NULL, NULL },
    { OH_PHONE_HANG_UP, "", NULL, NULL, NULL },
    { OH_PHONE_HANG_UP, "3c2670@pbx", NULL, NULL, NULL },
    { OH_PHONE_HANG_UP, "12345678901234567890", NULL, NULL,
      "/servlet?key=CANCEL:12345678901234567890" },
    { OH_PHONE_HANG_UP, "123456789012345678901", NULL, NULL, NULL },
    { OH_PHONE_DTMF, NULL, "1*#", NULL, "/servlet?key=1;*;POUND" },
    { OH_PHONE_DTMF, "7", "5", NULL, "/servlet?key=5" },
    { OH_PHONE_DTMF, NULL, "+1", NULL, NULL },
    { OH_PHONE_TRANSFER, "7", "44", NULL, "/servlet?key=BTrans=44" },
    { OH_PHONE_TRANSFER_COMPLETE, NULL, NULL, NULL, "/servlet?key=F_TRANSFER" },
    { OH_PHONE_JOIN, NULL, NULL, NULL, "/servlet?key=F_CONFERENCE" },
    { OH_PHONE_MUTE_ON, NULL, NULL, NULL, "/servlet?key=MUTE" },
    { OH_PHONE_MUTE_OFF, NULL, NULL, NULL, "/servlet?key=MUTE" },
    { OH_PHONE_DND_ON, NULL, NULL, NULL, "/servlet?key=DNDOn" },
    { OH_PHONE_DND_OFF, NULL, NULL, NULL, "/servlet?key=DNDOff" },
    { OH_PHONE_VOLUME_UP, NULL, NULL, NULL, "/servlet?key=VOLUME_UP" },
    { OH_PHONE_REBOOT, NULL, NULL, NULL, "/servlet?key=Reboot" },
    { OH_PHONE_HANG_UP_ALL, NULL, NULL, NULL, NULL },
    { OH_PHONE_SWAP, NULL, NULL, NULL, NULL },
    { OH_PHONE_LOCK, NULL, NULL, NULL, NULL },
    { OH_PHONE_FORWARD_ALL, NULL, "12", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhPhoneCommand command = { .verb = cases[i].verb,
                                       .call = cases[i].call,
                                       .argument = cases[i].argument,
                                       .identity = cases[i].identity };
      g_autofree char *target = oh_yealink_command_target (&command);

      g_test_message ("%s", oh_phone_verb_word (cases[i].verb));
      g_assert_cmpstr (target, ==, cases[i].target);
    }
}

/* At the limits and one beyond. */
static void
test_limits (void)
{
  g_autofree char *number = g_strnfill (OH_YEALINK_ARGUMENT_MAX, '1');
  g_autofree char *longer = g_strnfill (OH_YEALINK_ARGUMENT_MAX + 1, '1');
  g_autofree char *name = g_strnfill (OH_YEALINK_IDENTITY_MAX, 'a');
  g_autofree char *long_name = g_strnfill (OH_YEALINK_IDENTITY_MAX + 1, 'a');
  const struct
  {
    const char *argument, *identity;
    gboolean fits;
  } cases[] = {
    { number, NULL, TRUE }, { longer, NULL, FALSE }, { "1", name, TRUE }, { "1", long_name, FALSE }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhPhoneCommand command = { .verb = OH_PHONE_DIAL,
                                       .argument = cases[i].argument,
                                       .identity = cases[i].identity };
      g_autofree char *target = oh_yealink_command_target (&command);

      g_assert_cmpint (target != NULL, ==, cases[i].fits);
    }
}

/* Each URL is one that the listener reads: our own event words, free text last. */
static void
test_actions (void)
{
  gsize n;
  const OhYealinkAction *actions = oh_yealink_actions (&n);
  g_autofree char *incoming =
    oh_yealink_action_value ("http://192.0.2.10:81/s/T/", OH_PHONE_EVENT_INCOMING);
  g_autofree char *started =
    oh_yealink_action_value ("http://192.0.2.10:81/s/T/", OH_PHONE_EVENT_STARTED);

  g_assert_cmpuint (n, >=, 10);
  for (gsize i = 0; i < n; i++)
    g_assert_true (g_str_has_prefix (actions[i].setting, "action_url."));
  g_assert_cmpstr (
    incoming, ==,
    "http://192.0.2.10:81/s/T/incoming?c=$call_id&r=$remote&l=$local&d=$display_remote");
  g_assert_cmpstr (started, ==, "http://192.0.2.10:81/s/T/started");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yealink-command/targets", test_targets);
  g_test_add_func ("/yealink-command/limits", test_limits);
  g_test_add_func ("/yealink-command/actions", test_actions);
  return g_test_run ();
}
