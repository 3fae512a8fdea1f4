/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "new-password.h"

#include <stdlib.h>
#include <unistd.h>

#include "secret-text.h"

/* Without i, l, o, 0 and 1. */
static const struct
{
  const char *alphabet;
  guint n;
  guint length;
  guint bits;
} kinds[] = {
  [OH_PASSWORD_TEXT] = { "abcdefghjkmnpqrstuvwxyz23456789", 31, 20, 99 },
  [OH_PASSWORD_DIGITS] = { "0123456789", 10, 12, 39 },
};

guint
oh_password_bits (OhPasswordKind kind)
{
  return kinds[kind].bits;
}

guint
oh_password_length (OhPasswordKind kind)
{
  return kinds[kind].length;
}

gboolean
oh_password_from (OhPasswordKind kind, const guint8 *octets, char *out)
{
  guint fair = 256 - 256 % kinds[kind].n; /* below this, all characters are equally likely */
  guint n = 0;

  for (guint i = 0; i < OH_PASSWORD_OCTETS && n < kinds[kind].length; i++)
    if (octets[i] < fair)
      out[n++] = kinds[kind].alphabet[octets[i] % kinds[kind].n];
  out[n] = '\0';
  return n == kinds[kind].length;
}

char *
oh_password_new (OhPasswordKind kind)
{
  char *octets = oh_secret_alloc (OH_PASSWORD_OCTETS);
  char *password = oh_secret_alloc (kinds[kind].length + 1);

  /* It fails for lengths beyond 256 only, on any kernel that the rest runs on. */
  do
    if (getentropy (octets, OH_PASSWORD_OCTETS) != 0)
      abort ();
  while (!oh_password_from (kind, (const guint8 *) octets, password));
  oh_secret_free (octets);
  return password;
}
