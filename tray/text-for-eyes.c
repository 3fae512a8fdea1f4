/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "text-for-eyes.h"

static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
}

char *
oh_tray_text_for_eyes (const char *text, guint max)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  guint length = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (++length > max)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (
        out, g_unichar_iscntrl (c) || turns_direction (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}
