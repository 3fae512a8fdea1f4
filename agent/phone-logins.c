/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-logins.h"

#include "secret-text.h"

#include <string.h>

/* One of them, on its way from the keyring. */
typedef struct
{
  OhPhone *phone; /* (owned) */
  OhPhoneLevel level;
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->phone);
  g_free (errand);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

/* "user\npassword": one secret, so that a name never goes with another's password. */
static void
take (OhPhone *phone, OhPhoneLevel level, char *login)
{
  char *end = login != NULL ? strchr (login, '\n') : NULL;

  if (end == NULL)
    {
      oh_phone_set_login_at (phone, level, NULL, NULL);
      return;
    }
  *end = '\0';
  oh_phone_set_login_at (phone, level, login, end + 1);
  oh_phone_probe_async (phone, NULL, on_probed, NULL);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  char *login = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);

  if (error == NULL)
    take (errand->phone, errand->level, login);
  else if (!g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    g_debug ("[%s] %s", oh_phone_get_id (errand->phone), error->message);
  oh_secret_free (login);
  errand_free (errand);
}

void
oh_phone_logins_load (OhSecrets *secrets, const char *id, OhPhone *phone, GCancellable *cancellable)
{
  static const struct
  {
    OhPhoneLevel level;
    OhSecretKind kind;
  } higher[] = {
    { OH_PHONE_LEVEL_ADMIN, OH_SECRET_PHONE_ADMIN },
    { OH_PHONE_LEVEL_SERVICE, OH_SECRET_PHONE_SERVICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (higher); i++)
    {
      Errand *errand = g_new0 (Errand, 1);

      errand->phone = g_object_ref (phone);
      errand->level = higher[i].level;
      oh_secrets_lookup_async (secrets, higher[i].kind, id, cancellable, on_found, errand);
    }
}

gboolean
oh_phone_logins_kind (const char *word, OhSecretKind *out)
{
  static const struct
  {
    const char *word;
    OhSecretKind kind;
  } known[] = {
    { "phone", OH_SECRET_PHONE },
    { "phone-admin", OH_SECRET_PHONE_ADMIN },
    { "phone-service", OH_SECRET_PHONE_SERVICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].word, word))
      {
        *out = known[i].kind;
        return TRUE;
      }
  return FALSE;
}
