/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "credentials.h"

#include "secret-text.h"

OhCredentials *
oh_credentials_new (const char *login, const char *password)
{
  OhCredentials *self = g_new0 (OhCredentials, 1);

  self->login = g_strdup (login);
  self->password = password != NULL && password[0] != '\0' ? oh_secret_dup (password) : NULL;
  return self;
}

OhCredentials *
oh_credentials_copy (const OhCredentials *self)
{
  return oh_credentials_new (self->login, self->password);
}

void
oh_credentials_free (OhCredentials *self)
{
  if (self == NULL)
    return;
  oh_secret_free (self->password);
  g_free (self->login);
  g_free (self);
}
