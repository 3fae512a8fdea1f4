/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "password-memory.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#define KEY_LENGTH 32

struct _OhPasswordMemory
{
  guint8 key[KEY_LENGTH]; /* of this process only */
  char *refused;          /* (owned) (nullable): digest of a password */
};

OhPasswordMemory *
oh_password_memory_new (void)
{
  OhPasswordMemory *self = g_rc_box_new0 (OhPasswordMemory);

  /* Without random numbers the digest is only weaker: it never leaves this process. */
  (void) RAND_bytes (self->key, sizeof self->key);
  return self;
}

OhPasswordMemory *
oh_password_memory_ref (OhPasswordMemory *self)
{
  return g_rc_box_acquire (self);
}

static void
destroy (gpointer data)
{
  OhPasswordMemory *self = data;

  oh_password_memory_clear (self);
  OPENSSL_cleanse (self->key, sizeof self->key);
}

void
oh_password_memory_unref (OhPasswordMemory *self)
{
  g_rc_box_release_full (self, destroy);
}

static char *
digest (const OhPasswordMemory *self, const char *password)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, self->key, sizeof self->key, password, -1);
}

void
oh_password_memory_note (OhPasswordMemory *self, const OhCredentials *credentials)
{
  if (credentials->password == NULL)
    return;
  g_free (self->refused);
  self->refused = digest (self, credentials->password);
}

gboolean
oh_password_memory_has (const OhPasswordMemory *self, const OhCredentials *credentials)
{
  g_autofree char *shown = NULL;

  if (self->refused == NULL || credentials->password == NULL)
    return FALSE;
  shown = digest (self, credentials->password);
  return g_str_equal (shown, self->refused);
}

void
oh_password_memory_clear (OhPasswordMemory *self)
{
  g_clear_pointer (&self->refused, g_free);
}
