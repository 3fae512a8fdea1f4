/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link-text.h"

#include "error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
has_control_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

gboolean
oh_link_text_check (const char *raw, GError **error)
{
  gsize len = strlen (raw);

  if (len == 0)
    g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER, _ ("The link is empty."));
  else if (len > OH_LINK_TEXT_MAX)
    g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
                 _ ("The link has %" G_GSIZE_FORMAT " characters; no telephone number is that "
                    "long."),
                 len);
  else if (!g_utf8_validate (raw, (gssize) len, NULL))
    g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER, _ ("The link is not valid text."));
  else if (has_control_character (raw))
    g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
                 _ ("The link has control characters in it."));
  else
    return TRUE;
  return FALSE;
}
