/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A login name: what comes out is text, and a realm comes only from what was typed as one. */

#include "login-name.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (OhLoginName) name = oh_login_name_parse (text);

  if (name == NULL)
    return 0;
  if (name->user[0] == '\0' || !g_utf8_validate (name->principal, -1, NULL))
    g_abort ();
  if (strpbrk (text, "@.") == NULL && strchr (name->principal, '@') != NULL)
    g_abort ();
  return 0;
}
