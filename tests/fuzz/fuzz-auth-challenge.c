/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authentication header; what was read of it must survive being written and read again. */

#include "auth-challenge.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
write_and_read (const OhAuthChallenge *one)
{
  const OhAuthCredentials credentials = { .scheme = one->scheme_text,
                                          .realm = one->realm != NULL ? one->realm : "",
                                          .target = one->target != NULL ? one->target : "",
                                          .opaque = one->opaque,
                                          .token = one->token,
                                          .version = one->version };
  g_autofree char *text = oh_auth_credentials_format (&credentials);
  g_autoptr (GPtrArray) again = oh_auth_challenge_parse (oh_slice_str (text), NULL);
  const OhAuthChallenge *same;

  if (one->scheme == OH_AUTH_SCHEME_OTHER || one->scheme == OH_AUTH_SCHEME_DIGEST)
    return; /* of these nothing is kept */
  if (again == NULL || again->len != 1)
    g_abort ();
  same = g_ptr_array_index (again, 0);
  if (g_strcmp0 (same->realm, credentials.realm) != 0 ||
      g_strcmp0 (same->target, credentials.target) != 0 ||
      g_strcmp0 (same->opaque, one->opaque) != 0)
    g_abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) list = oh_auth_challenge_parse (oh_slice ((const char *) data, size), NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    write_and_read (g_ptr_array_index (list, i));
  return 0;
}
