/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "name-guess.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever the directory has as a line, or a phone as its model: only names are asked for. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = oh_name_guesses (NULL, NULL, text);
  g_auto (GStrv) models = oh_name_guesses ("000413AABBCC", text, text);

  for (char **name = lines; *name != NULL; name++)
    g_assert_true (oh_name_is_plain (*name));
  g_assert_cmpuint (g_strv_length (models), <=, OH_NAME_GUESSES_MAX);
  return 0;
}
