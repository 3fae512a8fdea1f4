/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dial-remedy.h"

#include <glib/gi18n-lib.h>

#include "error.h"

gboolean
oh_dial_remedy_applies (const GError *error)
{
  static const OhError refused[] = {
    OH_ERROR_UNREACHABLE,      OH_ERROR_UNTRUSTED,     OH_ERROR_PHONE_LOGIN,
    OH_ERROR_PHONE_LOCKED_OUT, OH_ERROR_PHONE_REFUSED, OH_ERROR_UNSUPPORTED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_error_matches (error, OH_ERROR, (int) refused[i]))
      return TRUE;
  return FALSE;
}

GError *
oh_dial_remedy_add (GError *error, const char *dialled)
{
  g_autoptr (GError) own = error;

  if (dialled == NULL || !oh_dial_remedy_applies (own))
    return g_steal_pointer (&own);
  return g_error_new (own->domain, own->code, _ ("%s You can dial %s on the phone itself."),
                      own->message, dialled);
}
