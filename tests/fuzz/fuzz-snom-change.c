/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-settings.h"
#include "snom-change.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* One line; as many parameters as there are changes, and the word that saves them. */
static void
assert_change (const OhSnomChange *change)
{
  g_autofree char *target = oh_snom_change_target (change);
  guint n = 0;

  for (const char *p = target; *p != '\0'; p++)
    {
      g_assert_true (g_ascii_isgraph (*p));
      n += *p == '&';
    }
  g_assert_cmpuint (n, ==, change->n);
}

/* First octet: the verb; then the argument, a line feed, the settings of the phone. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL;
  char *rest = text != NULL ? strchr (text, '\n') : NULL;
  g_autoptr (GHashTable) settings = NULL;
  g_autoptr (OhSnomChange) change = NULL;
  g_auto (GStrv) accounts = NULL;
  g_auto (GStrv) habits = NULL;
  g_autofree char *account = NULL;
  OhPhoneCommand command = { 0 };
  OhSnomForward forward;

  if (rest == NULL)
    return 0;
  *rest++ = '\0';
  settings = oh_snom_settings_parse (oh_slice_str (rest));
  command.verb = data[0] % OH_N_PHONE_VERBS;
  command.argument = text;
  command.after_s = data[0];
  change = oh_snom_change_new (&command, settings);
  if (change != NULL)
    assert_change (change);
  accounts = oh_snom_setting_accounts (settings);
  g_assert_cmpuint (g_strv_length (accounts), <=, OH_SNOM_ACCOUNTS);
  account = oh_snom_setting_account (settings);
  habits = oh_snom_setting_habits (settings);
  oh_snom_setting_forward (settings, &forward);
  g_assert_cmpuint (forward.after_s, <=, OH_SNOM_FORWARD_AFTER_MAX);
  oh_snom_setting_conference_key (settings);
  return 0;
}
