/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-change.h"
#include "snom-command.h"
#include "snom-settings.h"

#include <string.h>

/* As of firmware 8.7.3 and before: one kind of forwarding, of the phone. */
#define PHONE                                                                                      \
  "active_line!: 2\ndnd_mode!: off\nkeyboard_lock!: on\n"                                          \
  "redirect_event!: none\nredirect_number!: \nredirect_busy_number!: \n"                           \
  "redirect_time_number!: \nredirect_time!: 20\n"                                                  \
  "user_name1$: 440\nuser_host1$: pbx.example\nuser_name2$: 441\nuser_host2$: pbx.example\n"       \
  "user_name3$: half\nuser_host3$: \n"
/* Since 8.7.4: by account. */
#define ACCOUNT                                                                                    \
  PHONE                                                                                            \
  "fwd_all_enabled2!: off\nfwd_all_target2!: \nfwd_busy_enabled2!: on\n"                           \
  "fwd_busy_target2!: 99\nfwd_time_enabled2!: off\nfwd_time_target2!: \nfwd_time_secs2!: 15\n"

#define SAVE "/dummy.htm?settings=save&"

static GHashTable *
settings_of (const char *text)
{
  return oh_snom_settings_parse (oh_slice_str (text));
}

static void
test_changes (void)
{
  static const struct
  {
    const char *settings;
    OhPhoneVerb verb;
    const char *argument;
    guint after_s;
    const char *target;
  } cases[] = {
    { PHONE, OH_PHONE_DND_ON, NULL, 0, SAVE "dnd_mode=on" },
    { PHONE, OH_PHONE_DND_OFF, NULL, 0, SAVE "dnd_mode=off" },
    { PHONE, OH_PHONE_LOCK, NULL, 0, SAVE "keyboard_lock=on" },
    { PHONE, OH_PHONE_UNLOCK, NULL, 0, SAVE "keyboard_lock=off" },
    { PHONE, OH_PHONE_SELECT_IDENTITY, "440@pbx.example", 0, SAVE "active_line=1" },
    { PHONE, OH_PHONE_SELECT_IDENTITY, "441@PBX.example", 0, SAVE "active_line=2" },
    { PHONE, OH_PHONE_FORWARD_ALL, "+4930123", 0,
      SAVE "redirect_number=%2B4930123&redirect_event=all" },
    { PHONE, OH_PHONE_FORWARD_BUSY, "12", 0, SAVE "redirect_busy_number=12&redirect_event=busy" },
    { PHONE, OH_PHONE_FORWARD_NO_ANSWER, "12", 0,
      SAVE "redirect_time_number=12&redirect_event=time" },
    { PHONE, OH_PHONE_FORWARD_NO_ANSWER, "12", OH_SNOM_FORWARD_AFTER_MAX,
      SAVE "redirect_time_number=12&redirect_time=120&redirect_event=time" },
    { PHONE, OH_PHONE_FORWARD_OFF, NULL, 0, SAVE "redirect_event=none" },
    { ACCOUNT, OH_PHONE_FORWARD_ALL, "*12", 0, SAVE "fwd_all_target2=%2A12&fwd_all_enabled2=on" },
    { ACCOUNT, OH_PHONE_FORWARD_BUSY, "12", 0, SAVE "fwd_busy_target2=12&fwd_busy_enabled2=on" },
    { ACCOUNT, OH_PHONE_FORWARD_NO_ANSWER, "12", 30,
      SAVE "fwd_time_target2=12&fwd_time_secs2=30&fwd_time_enabled2=on" },
    { ACCOUNT, OH_PHONE_FORWARD_OFF, NULL, 0,
      SAVE "fwd_all_enabled2=off&fwd_busy_enabled2=off&fwd_time_enabled2=off" },
    /* refused */
    { PHONE, OH_PHONE_FORWARD_NO_ANSWER, "12", OH_SNOM_FORWARD_AFTER_MAX + 1, NULL },
    { PHONE, OH_PHONE_FORWARD_ALL, NULL, 0, NULL },
    { PHONE, OH_PHONE_FORWARD_ALL, "12&dnd_mode=on", 0, NULL },
    { PHONE, OH_PHONE_SELECT_IDENTITY, "442@pbx.example", 0, NULL },
    { PHONE, OH_PHONE_SELECT_IDENTITY, "half@", 0, NULL },
    { PHONE, OH_PHONE_SELECT_IDENTITY, NULL, 0, NULL },
    { PHONE, OH_PHONE_MUTE_ON, NULL, 0, NULL }, /* no setting */
    { "mac&: 1\n", OH_PHONE_DND_ON, NULL, 0, NULL },
    { "mac&: 1\n", OH_PHONE_FORWARD_OFF, NULL, 0, NULL },
    { "mac&: 1\n", OH_PHONE_LOCK, NULL, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = settings_of (cases[i].settings);
      const OhPhoneCommand command = {
        .verb = cases[i].verb,
        .argument = cases[i].argument,
        .after_s = cases[i].after_s,
      };
      g_autoptr (OhSnomChange) change = oh_snom_change_new (&command, settings);
      g_autofree char *target = change != NULL ? oh_snom_change_target (change) : NULL;

      g_assert_cmpstr (target, ==, cases[i].target);
    }
}

/* Read back: the value counts, not the word for it; the first that is missing is named. */
static void
test_refused (void)
{
  static const struct
  {
    const char *after, *refused;
  } cases[] = {
    { "redirect_number!: 12\nredirect_event!: all\n", NULL },
    { "redirect_number!: 12\nredirect_event!: none\n", "redirect_event" },
    { "redirect_number!: 13\nredirect_event!: none\n", "redirect_number" },
    { "mac&: 1\n", "redirect_number" },
  };
  static const char *const words[] = { "dnd_mode!: on\n", "dnd_mode!: true\n", "dnd_mode!: 1\n" };
  g_autoptr (GHashTable) before = settings_of (PHONE);
  const OhPhoneCommand forward = { .verb = OH_PHONE_FORWARD_ALL, .argument = "12" };
  const OhPhoneCommand dnd = { .verb = OH_PHONE_DND_ON };
  g_autoptr (OhSnomChange) change = oh_snom_change_new (&forward, before);
  g_autoptr (OhSnomChange) silence = oh_snom_change_new (&dnd, before);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) after = settings_of (cases[i].after);

      g_assert_cmpstr (oh_snom_change_refused (change, after), ==, cases[i].refused);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GHashTable) after = settings_of (words[i]);

      g_assert_null (oh_snom_change_refused (silence, after));
    }
  g_assert_cmpstr (oh_snom_change_refused (silence, before), ==, OH_SNOM_DND_SETTING);
  g_assert_nonnull (oh_snom_change_refused (silence, NULL));
}

static void
test_forward (void)
{
  static const struct
  {
    const char *settings;
    gboolean told;
    OhSnomForward forward;
  } cases[] = {
    { "mac&: 1\n", FALSE, { 0 } },
    { PHONE, TRUE, { .after_s = 20 } },
    { "redirect_event!: all\nredirect_number!: 12\n", TRUE, { .all = "12" } },
    { "redirect_event!: busy\nredirect_number!: 12\nredirect_busy_number!: 13\n",
      TRUE,
      { .busy = "13" } },
    { "redirect_event!: time\nredirect_time_number!: 14\nredirect_time!: 5\n",
      TRUE,
      { .no_answer = "14", .after_s = 5 } },
    { "redirect_event!: all\nredirect_number!: \n", TRUE, { 0 } }, /* to nowhere */
    { "redirect_event!: none\nredirect_time!: 999999\n", TRUE, { 0 } },
    { ACCOUNT, TRUE, { .busy = "99", .after_s = 15 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = settings_of (cases[i].settings);
      OhSnomForward out;

      g_assert_cmpint (oh_snom_setting_forward (settings, &out), ==, cases[i].told);
      g_assert_cmpstr (out.all, ==, cases[i].forward.all);
      g_assert_cmpstr (out.busy, ==, cases[i].forward.busy);
      g_assert_cmpstr (out.no_answer, ==, cases[i].forward.no_answer);
      g_assert_cmpuint (out.after_s, ==, cases[i].forward.after_s);
    }
}

static void
test_accounts (void)
{
  g_autoptr (GHashTable) settings = settings_of (PHONE);
  g_auto (GStrv) accounts = oh_snom_setting_accounts (settings);
  g_autofree char *account = oh_snom_setting_account (settings);
  g_auto (GStrv) none = oh_snom_setting_accounts (NULL);

  g_assert_cmpuint (g_strv_length (accounts), ==, 2);
  g_assert_cmpstr (accounts[0], ==, "440@pbx.example");
  g_assert_cmpstr (accounts[1], ==, "441@pbx.example");
  g_assert_cmpstr (account, ==, "441@pbx.example");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_habits (void)
{
  g_autoptr (GHashTable) settings =
    settings_of ("transfer_on_hangup$: on\ncall_waiting!: visual only\nphone_name$: x\n"
                 "user_auto_connect2!: on\nuser_auto_connect3!: off\n");
  g_auto (GStrv) habits = oh_snom_setting_habits (settings);
  g_autofree char *all = g_strjoinv (";", habits);

  g_assert_cmpstr (all, ==, "transfer_on_hangup=on;call_waiting=visual only;user_auto_connect2=on");
}

/* A conference is offered where some key is set to it. */
static void
test_conference (void)
{
  static const struct
  {
    const char *settings;
    guint key;
  } cases[] = {
    { PHONE, 0 },
    { "fkey0!: line\nfkey3!: keyevent F_CONFERENCE\n", 4 },
    { "fkey3!: keyevent F_REDIAL\n", 0 },
    { "dkey_conf!: keyevent F_CONFERENCE\n", 0 }, /* a key that has no name from afar */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = settings_of (cases[i].settings);

      g_assert_cmpuint (oh_snom_setting_conference_key (settings), ==, cases[i].key);
    }
  g_assert_cmpuint (oh_snom_setting_conference_key (NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-change/changes", test_changes);
  g_test_add_func ("/snom-change/refused", test_refused);
  g_test_add_func ("/snom-change/forward", test_forward);
  g_test_add_func ("/snom-change/accounts", test_accounts);
  g_test_add_func ("/snom-change/habits", test_habits);
  g_test_add_func ("/snom-change/conference", test_conference);
  return g_test_run ();
}
