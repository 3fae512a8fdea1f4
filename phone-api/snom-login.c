/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-login.h"
#include "http-login.h"
#include "secret-text.h"

#include <glib/gi18n-lib.h>
#include <openssl/rand.h>
#include <string.h>

#define CNONCE_OCTETS 16

struct _OhSnomLogin
{
  char *user;
  char *password;
  OhHttpChallenge *challenge;
  guint nc;            /* answers given with this nonce */
  gboolean nonce_good; /* one of them was accepted */
  gboolean nonce_once; /* this phone takes a nonce one time only */
  gboolean good;       /* this password was accepted */
  gboolean refused;    /* this password was refused, or none is there and one is wanted */
  gboolean unprotected;
  gint64 accepted_us; /* 0 for never */
  gint64 refused_us;
};

OhSnomLogin *
oh_snom_login_new (void)
{
  return g_new0 (OhSnomLogin, 1);
}

static void
wipe (OhSnomLogin *self)
{
  g_clear_pointer (&self->password, oh_secret_free);
  g_clear_pointer (&self->user, g_free);
}

void
oh_snom_login_free (OhSnomLogin *self)
{
  if (self == NULL)
    return;
  wipe (self);
  oh_http_challenge_free (self->challenge);
  g_free (self);
}

gboolean
oh_snom_login_set (OhSnomLogin *self, const char *user, const char *password, gint64 now_us)
{
  gboolean complete = user != NULL && password != NULL;

  if (g_strcmp0 (self->user, complete ? user : NULL) == 0 &&
      g_strcmp0 (self->password, complete ? password : NULL) == 0)
    {
      if (!self->refused || now_us - self->refused_us < OH_SNOM_REFUSED_US)
        return FALSE;
      self->refused = FALSE;
      return TRUE;
    }
  wipe (self);
  if (complete)
    {
      self->user = g_strdup (user);
      self->password = oh_secret_dup (password);
    }
  self->good = FALSE;
  self->refused = FALSE;
  self->accepted_us = 0;
  return TRUE;
}

gboolean
oh_snom_login_may_try (const OhSnomLogin *self, const char *host, GError **error)
{
  if (!self->refused)
    return TRUE;
  if (self->password == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN,
                 _ ("The phone at %s wants a user name and a password, and none is stored."), host);
  else
    g_set_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN,
                 _ ("The phone at %s has refused the stored password. It is not sent again, so "
                    "that the phone does not lock everybody out."),
                 host);
  return FALSE;
}

static char *
new_cnonce (void)
{
  guchar octets[CNONCE_OCTETS];
  g_autoptr (GString) hex = g_string_new (NULL);

  if (RAND_bytes (octets, sizeof (octets)) != 1)
    g_return_val_if_reached (g_uuid_string_random ());
  for (gsize i = 0; i < sizeof (octets); i++)
    g_string_append_printf (hex, "%02x", octets[i]);
  return g_string_free (g_steal_pointer (&hex), FALSE);
}

char *
oh_snom_login_answer (OhSnomLogin *self, const char *target)
{
  g_autofree char *cnonce = NULL;

  if (self->challenge == NULL || self->password == NULL)
    return NULL;
  cnonce = new_cnonce ();
  self->nc++;
  return oh_http_answer (self->challenge, self->user, self->password, "GET", target, cnonce,
                         self->nc);
}

static void
take_challenge (OhSnomLogin *self, OhHttpChallenge *challenge)
{
  oh_http_challenge_free (self->challenge);
  self->challenge = challenge;
  self->nc = 0;
  self->nonce_good = FALSE;
  self->unprotected = FALSE;
}

static OhSnomLoginStep
refuse (OhSnomLogin *self, const OhSnomChallenged *challenged, GError **error)
{
  if (challenged->optional && self->good)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PHONE_REFUSED,
                   _ ("The login of the phone at %s is too small to read its settings; "
                      "“admin_mode” or a service login would allow it."),
                   challenged->host);
      return OH_SNOM_LOGIN_FAILED;
    }
  self->refused = TRUE;
  self->refused_us = challenged->now_us;
  self->good = FALSE;
  oh_snom_login_may_try (self, challenged->host, error);
  return OH_SNOM_LOGIN_FAILED;
}

static OhSnomLoginStep
answer_stale (OhSnomLogin *self, const OhSnomChallenged *challenged, gboolean was_good)
{
  /* Accepted a moment ago and too old now: the phone takes each nonce once. */
  if (was_good && challenged->now_us - self->accepted_us < OH_SNOM_SETTLED_US)
    self->nonce_once = TRUE;
  return OH_SNOM_LOGIN_FRESH;
}

OhSnomLoginStep
oh_snom_login_challenged (OhSnomLogin *self, const OhSnomChallenged *challenged, GError **error)
{
  OhHttpChallenge *challenge = oh_http_challenge_parse (challenged->header);
  gboolean was_good = self->nonce_good;

  if (challenge == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                   _ ("The phone at %s asks for a kind of login that is not known."),
                   challenged->host);
      return OH_SNOM_LOGIN_FAILED;
    }
  take_challenge (self, challenge);
  if (challenge->scheme == OH_HTTP_BASIC && !challenged->secure)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PHONE_REFUSED,
                   _ ("The phone at %s asks for the password in the open. Switch its setting "
                      "“http_scheme” on, or use https."),
                   challenged->host);
      return OH_SNOM_LOGIN_FAILED;
    }
  if (self->password == NULL)
    return refuse (self, challenged, error);
  if (!challenged->answered)
    return OH_SNOM_LOGIN_ANSWER;
  if (challenge->stale)
    return answer_stale (self, challenged, was_good);
  return refuse (self, challenged, error);
}

void
oh_snom_login_accepted (OhSnomLogin *self, gboolean answered, const char *info, gint64 now_us)
{
  g_autofree char *next = answered ? oh_http_next_nonce (info) : NULL;

  self->accepted_us = now_us;
  self->unprotected = !answered;
  if (!answered)
    return;
  self->good = TRUE;
  self->nonce_good = TRUE;
  if (next == NULL)
    return;
  g_free (self->challenge->nonce);
  self->challenge->nonce = g_steal_pointer (&next);
  self->nc = 0;
  self->nonce_good = FALSE;
}

gboolean
oh_snom_login_is_settled (const OhSnomLogin *self, gint64 now_us)
{
  if (self->accepted_us == 0 || now_us - self->accepted_us > OH_SNOM_SETTLED_US)
    return FALSE;
  return self->unprotected || self->nc == 0 || !self->nonce_once;
}

gboolean
oh_snom_login_get_unprotected (const OhSnomLogin *self)
{
  return self->unprotected;
}
