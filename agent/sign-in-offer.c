/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sign-in-offer.h"

#include <string.h>

#include "secret-text.h"

/* On the phone, once it has been offered something: to the end of its object. */
#define OFFERED "oh-sign-in-offered"

/* One offer under way. */
typedef struct
{
  OhConfig *config;
  OhSecrets *secrets;
  OhPhone *phone;
  GCancellable *cancellable;
  char *user;
} Offer;

static void
offer_free (Offer *offer)
{
  g_object_unref (offer->config);
  g_object_unref (offer->secrets);
  g_object_unref (offer->phone);
  g_object_unref (offer->cancellable);
  g_free (offer->user);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offer, offer_free)

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Offer) offer = user_data;
  const char *id = oh_phone_get_id (offer->phone);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) kept = NULL;

  if (oh_phone_probe_finish (OH_PHONE (source), result, &error))
    g_message ("[%s] takes the account's login", id);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_LOGIN) &&
           !oh_config_withdraw_sign_in_login (offer->config, id, &kept))
    g_message ("[%s] refused the account's login: %s", id, kept->message);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Offer) offer = user_data;
  OhPhone *phone = offer->phone;
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, NULL);

  if (password != NULL && !g_cancellable_is_cancelled (offer->cancellable) &&
      g_object_get_data (G_OBJECT (phone), OFFERED) == NULL)
    {
      g_object_set_data (G_OBJECT (phone), OFFERED, phone);
      oh_phone_set_login (phone, offer->user, password);
      oh_phone_probe_async (phone, NULL, on_probed, g_steal_pointer (&offer));
    }
  oh_secret_free (password);
}

/* The phone's own password goes before. */
static void
on_own_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Offer) offer = user_data;
  g_autoptr (GError) error = NULL;
  char *own = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);
  GCancellable *cancellable = offer->cancellable;

  if (own == NULL && error == NULL)
    oh_secrets_lookup_async (OH_SECRETS (source), OH_SECRET_SIGN_IN, "", cancellable, on_password,
                             g_steal_pointer (&offer));
  oh_secret_free (own);
}

/* "DOMAIN\alice", "alice@domain" and "sip:alice@domain" are alice to a phone. */
static char *
user_of (const OhConfigPhone *settings, const OhConfigAccount *account)
{
  const char *login = account->login[0] != '\0' ? account->login : account->uri;
  const char *start = strpbrk (login, "\\:");

  if (settings->user[0] != '\0')
    return g_strdup (settings->user);
  start = start != NULL ? start + 1 : login;
  return g_strndup (start, strcspn (start, "@"));
}

void
oh_sign_in_offer (OhConfig *config, OhSecrets *secrets, const OhConfigPhone *settings,
                  OhPhone *phone, GCancellable *cancellable)
{
  g_autoptr (OhConfigAccount) account = NULL;
  Offer *offer;

  if (!settings->sign_in_login)
    return;
  account = oh_config_dup_account (config);
  offer = g_new0 (Offer, 1);
  offer->config = g_object_ref (config);
  offer->secrets = g_object_ref (secrets);
  offer->phone = g_object_ref (phone);
  offer->cancellable = g_object_ref (cancellable);
  offer->user = user_of (settings, account);
  oh_secrets_lookup_async (secrets, OH_SECRET_PHONE, settings->id, cancellable, on_own_password,
                           offer);
}
