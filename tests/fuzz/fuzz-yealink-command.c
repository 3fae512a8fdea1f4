/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-command.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever is asked, in three lines (call, argument, identity): one request, no blanks, one key. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  guint n = g_strv_length (lines);

  for (guint verb = 0; verb < OH_N_PHONE_VERBS; verb++)
    {
      const OhPhoneCommand command = { .verb = (OhPhoneVerb) verb,
                                       .call = n > 0 && *lines[0] != '\0' ? lines[0] : NULL,
                                       .argument = n > 1 ? lines[1] : NULL,
                                       .identity = n > 2 ? lines[2] : NULL };
      g_autofree char *target = oh_yealink_command_target (&command);

      if (target == NULL)
        continue;
      g_assert_true (g_str_has_prefix (target, "/servlet?key="));
      g_assert_null (strpbrk (target, " \t\r\n"));
      if (verb != OH_PHONE_REBOOT)
        g_assert_null (strstr (target, "key=Reboot"));
    }
  return 0;
}
