/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes to the help desk: text whatever came in, and nobody's name before an "@". */

#include "doctor-report.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("._%+-", c) != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *masked = oh_doctor_mask (text, "alice", FALSE);
  g_autofree char *named = oh_doctor_mask (text, "alice", TRUE);

  if (!g_utf8_validate (masked, -1, NULL) || !g_utf8_validate (named, -1, NULL))
    g_abort ();
  for (const char *at = strchr (masked, '@'); at != NULL; at = strchr (at + 1, '@'))
    if (at > masked && is_name_character (at[-1]))
      g_abort ();
  return 0;
}
