/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-command.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_one_line (const char *target)
{
  for (const char *p = target; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p));
}

/* One request target without a blank, and no parameter but an identity behind the command. */
static void
assert_target (const char *target)
{
  const char *second = strchr (target, '&');

  assert_one_line (target);
  g_assert_true (second == NULL ||
                 (g_str_has_prefix (second, "&outgoing_uri=") && strchr (second + 1, '&') == NULL));
}

/* First octet: the verb; then the argument, a line feed, the identity. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL;
  char *identity = text != NULL ? strchr (text, '\n') : NULL;
  OhPhoneCommand command = { 0 };
  g_autofree char *target = NULL;
  g_autofree char *settings = NULL;
  const char *names[] = { "phone_name", NULL };
  const char *values[] = { NULL };

  if (text == NULL)
    return 0;
  if (identity != NULL)
    *identity++ = '\0';
  command.verb = data[0] % OH_N_PHONE_VERBS;
  command.argument = text;
  command.identity = identity;
  target = oh_snom_command_target (&command, NULL);
  if (target != NULL)
    assert_target (target);
  values[0] = text;
  settings = oh_snom_settings_target (names, values, FALSE);
  assert_one_line (settings);
  g_assert_null (strchr (strstr (settings, "&phone_name=") + 1, '&'));
  return 0;
}
