/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-login.h"
#include "secret-text.h"

#include <glib/gi18n-lib.h>
#include <openssl/rand.h>
#include <string.h>

#define CNONCE_OCTETS 16

/* One of the logins that may be stored. */
typedef struct
{
  char *user;
  char *password;
  gboolean good;    /* it was accepted */
  gboolean refused; /* it was refused */
  gint64 refused_us;
} Pair;

struct _OhSnomLogin
{
  Pair pairs[OH_N_PHONE_LEVELS];
  OhPhoneLevel used;     /* for the latest answer */
  OhPhoneLevel settings; /* the lowest that may be enough for them */
  OhHttpChallenge *challenge;
  char *cnonce;        /* (nullable): ours, as long as the nonce is the same */
  guint nc;            /* answers given with this nonce */
  gint64 nonce_us;     /* when it was given to us */
  gint64 proven_us;    /* the greatest age at which one was taken */
  gint64 too_old_us;   /* the smallest age at which one was too old; 0: none was */
  gboolean nonce_good; /* one of the answers was accepted */
  gboolean nonce_once; /* this phone takes a nonce one time only */
  gboolean wanted;     /* it wants a login, and none is stored */
  gint64 wanted_us;
  guint failures; /* in a row, as the phone may count them */
  gboolean given; /* the user has stored something since the last of them */
  gint64 failed_us;
  gboolean unprotected;
  gint64 accepted_us; /* 0 for never */
};

OhSnomLogin *
oh_snom_login_new (void)
{
  return g_new0 (OhSnomLogin, 1);
}

static void
wipe (Pair *pair)
{
  g_clear_pointer (&pair->password, oh_secret_free);
  g_clear_pointer (&pair->user, g_free);
}

void
oh_snom_login_free (OhSnomLogin *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < OH_N_PHONE_LEVELS; i++)
    wipe (&self->pairs[i]);
  oh_http_challenge_free (self->challenge);
  g_free (self->cnonce);
  g_free (self);
}

/* -- which one is used ------------------------------------------------------------------------ */

static const Pair *
pair_at (const OhSnomLogin *self, guint level)
{
  const Pair *pair = &self->pairs[level];

  return pair->password != NULL && !pair->refused ? pair : NULL;
}

/* The lowest that is stored and was not refused, from this level up; OH_N_PHONE_LEVELS: none. */
static guint
lowest (const OhSnomLogin *self, guint from)
{
  while (from < OH_N_PHONE_LEVELS && pair_at (self, from) == NULL)
    from++;
  return from;
}

static guint
choose (const OhSnomLogin *self, gboolean settings)
{
  guint level = lowest (self, settings ? self->settings : OH_PHONE_LEVEL_USER);

  return level < OH_N_PHONE_LEVELS ? level : lowest (self, OH_PHONE_LEVEL_USER);
}

static gboolean
is_stored (const OhSnomLogin *self)
{
  for (guint i = 0; i < OH_N_PHONE_LEVELS; i++)
    if (self->pairs[i].password != NULL)
      return TRUE;
  return FALSE;
}

/* -- storing ---------------------------------------------------------------------------------- */

/* The same as before: worth another attempt only a good while after it was refused. */
static gboolean
forgive (OhSnomLogin *self, Pair *pair, gint64 now_us)
{
  if (pair->refused && now_us - pair->refused_us >= OH_SNOM_REFUSED_US)
    {
      pair->refused = FALSE;
      self->given = TRUE;
      return TRUE;
    }
  if (self->wanted && now_us - self->wanted_us >= OH_SNOM_REFUSED_US)
    {
      self->wanted = FALSE;
      return TRUE;
    }
  return FALSE;
}

gboolean
oh_snom_login_set (OhSnomLogin *self, OhPhoneLevel level, const char *user, const char *password,
                   gint64 now_us)
{
  Pair *pair = &self->pairs[level];
  gboolean complete = user != NULL && password != NULL;

  if (g_strcmp0 (pair->user, complete ? user : NULL) == 0 &&
      g_strcmp0 (pair->password, complete ? password : NULL) == 0)
    return forgive (self, pair, now_us);
  wipe (pair);
  if (complete)
    {
      pair->user = g_strdup (user);
      pair->password = oh_secret_dup (password);
    }
  pair->good = FALSE;
  pair->refused = FALSE;
  self->given = self->given || complete;
  self->wanted = !is_stored (self) && self->challenge != NULL; /* asking again would count */
  self->wanted_us = now_us;
  self->settings = OH_PHONE_LEVEL_USER;
  self->accepted_us = 0;
  return TRUE;
}

gint64
oh_snom_login_hold_us (const OhSnomLogin *self, gint64 now_us)
{
  if (self->failures < OH_SNOM_FAILURES_HOLD)
    return 0;
  return MAX (0, self->failed_us + OH_SNOM_REFUSED_US - now_us);
}

/* One that is stored and was not refused, unless the phone has refused too much already to try it
   without the user. */
static gboolean
has_something (const OhSnomLogin *self)
{
  return choose (self, FALSE) < OH_N_PHONE_LEVELS &&
         (self->failures < OH_SNOM_FAILURES_MAX || self->given);
}

gboolean
oh_snom_login_may_try (const OhSnomLogin *self, const char *host, GError **error)
{
  if (has_something (self) || (!is_stored (self) && !self->wanted))
    return TRUE;
  if (!is_stored (self))
    g_set_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN,
                 _ ("The phone at %s wants a user name and a password, and none is stored."), host);
  else
    g_set_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN,
                 _ ("The phone at %s has refused the stored password. It is not sent again, so "
                    "that the phone does not lock everybody out."),
                 host);
  return FALSE;
}

/* -- answering -------------------------------------------------------------------------------- */

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
oh_snom_login_answer (OhSnomLogin *self, const OhHttpAsked *asked, gboolean settings)
{
  guint level = choose (self, settings);
  const Pair *pair;

  if (self->challenge == NULL || level == OH_N_PHONE_LEVELS)
    return NULL;
  pair = &self->pairs[level];
  self->used = (OhPhoneLevel) level;
  if (self->cnonce == NULL || !self->challenge->session)
    {
      g_free (self->cnonce);
      self->cnonce = new_cnonce ();
    }
  self->nc++;
  return oh_http_answer (self->challenge, pair->user, pair->password, asked, self->cnonce,
                         self->nc);
}

OhPhoneLevel
oh_snom_login_level (const OhSnomLogin *self)
{
  return self->used;
}

gboolean
oh_snom_login_raise (OhSnomLogin *self)
{
  guint level = lowest (self, self->used + 1);

  if (level == OH_N_PHONE_LEVELS)
    return FALSE;
  self->settings = (OhPhoneLevel) level;
  return TRUE;
}

/* -- what comes of it ------------------------------------------------------------------------- */

static void
renew_nonce (OhSnomLogin *self, gint64 now_us)
{
  g_clear_pointer (&self->cnonce, g_free);
  self->nc = 0;
  self->nonce_us = now_us;
  self->nonce_good = FALSE;
}

static void
take_challenge (OhSnomLogin *self, OhHttpChallenge *challenge, gint64 now_us)
{
  oh_http_challenge_free (self->challenge);
  self->challenge = challenge;
  self->unprotected = FALSE;
  renew_nonce (self, now_us);
}

static void
count_failure (OhSnomLogin *self, gint64 now_us)
{
  self->failures++;
  self->failed_us = now_us;
  self->given = FALSE;
}

static OhSnomLoginStep
want (OhSnomLogin *self, const OhSnomChallenged *challenged, GError **error)
{
  self->wanted = !is_stored (self);
  self->wanted_us = challenged->now_us;
  oh_snom_login_may_try (self, challenged->host, error);
  return OH_SNOM_LOGIN_FAILED;
}

/* It is good elsewhere, so it is too small for this page: the next level, if the phone has not
   refused too much already. */
static OhSnomLoginStep
refuse_settings (OhSnomLogin *self, const OhSnomChallenged *challenged, GError **error)
{
  if (self->failures < OH_SNOM_FAILURES_MAX && oh_snom_login_raise (self))
    return OH_SNOM_LOGIN_ANSWER;
  g_set_error (error, OH_ERROR, OH_ERROR_PHONE_REFUSED,
               _ ("The login of the phone at %s is too small to read its settings; "
                  "“admin_mode” or a service login would allow it."),
               challenged->host);
  return OH_SNOM_LOGIN_FAILED;
}

static OhSnomLoginStep
refuse (OhSnomLogin *self, const OhSnomChallenged *challenged, GError **error)
{
  Pair *pair = &self->pairs[self->used];

  count_failure (self, challenged->now_us);
  if (challenged->settings && pair->good)
    return refuse_settings (self, challenged, error);
  pair->refused = TRUE;
  pair->refused_us = challenged->now_us;
  pair->good = FALSE;
  if (self->failures < OH_SNOM_FAILURES_MAX &&
      choose (self, challenged->settings) < OH_N_PHONE_LEVELS)
    return OH_SNOM_LOGIN_ANSWER;
  g_set_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN,
               _ ("The phone at %s has refused the stored password. It is not sent again, so that "
                  "the phone does not lock everybody out."),
               challenged->host);
  return OH_SNOM_LOGIN_FAILED;
}

static OhSnomLoginStep
answer_stale (OhSnomLogin *self, gint64 age_us, gint64 since_us, gboolean was_good)
{
  /* Accepted a moment ago and too old now: the phone takes each nonce once. */
  if (was_good && since_us < OH_SNOM_SETTLED_US)
    self->nonce_once = TRUE;
  else if (self->too_old_us == 0 || age_us < self->too_old_us)
    self->too_old_us = MAX (age_us, 1);
  self->proven_us = MIN (self->proven_us, age_us);
  if (self->pairs[self->used].good)
    self->accepted_us = self->nonce_us; /* it says that the password was right */
  return OH_SNOM_LOGIN_FRESH;
}

OhSnomLoginStep
oh_snom_login_challenged (OhSnomLogin *self, const OhSnomChallenged *challenged, GError **error)
{
  OhHttpChallenge *challenge = oh_http_challenge_parse (challenged->header);
  gint64 now_us = challenged->now_us;
  gint64 age_us = now_us - self->nonce_us;
  gboolean was_good = self->nonce_good;

  if (challenge == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                   _ ("The phone at %s asks for a kind of login that is not known."),
                   challenged->host);
      return OH_SNOM_LOGIN_FAILED;
    }
  if (challenge->scheme == OH_HTTP_BASIC && !challenged->secure)
    {
      oh_http_challenge_free (challenge); /* not kept: the next request would answer it */
      self->unprotected = FALSE;
      g_set_error (error, OH_ERROR, OH_ERROR_PHONE_REFUSED,
                   _ ("The phone at %s asks for the password in the open. Switch its setting "
                      "“http_scheme” on, or use https."),
                   challenged->host);
      return OH_SNOM_LOGIN_FAILED;
    }
  take_challenge (self, challenge, now_us);
  if (challenged->answered && challenge->stale)
    return answer_stale (self, age_us, now_us - self->accepted_us, was_good);
  if (challenged->answered)
    return refuse (self, challenged, error);
  count_failure (self, now_us);
  if (choose (self, challenged->settings) == OH_N_PHONE_LEVELS)
    return want (self, challenged, error);
  return OH_SNOM_LOGIN_ANSWER;
}

void
oh_snom_login_accepted (OhSnomLogin *self, gboolean answered, const char *info, gint64 now_us)
{
  g_autofree char *next = answered ? oh_http_next_nonce (info) : NULL;

  self->accepted_us = now_us;
  self->unprotected = !answered;
  self->failures = 0;
  if (!answered)
    return;
  self->pairs[self->used].good = TRUE;
  self->proven_us = MAX (self->proven_us, now_us - self->nonce_us);
  self->nonce_good = TRUE;
  if (next == NULL)
    return;
  g_free (self->challenge->nonce);
  self->challenge->nonce = g_steal_pointer (&next);
  renew_nonce (self, now_us);
}

gint64
oh_snom_login_settled_us (const OhSnomLogin *self)
{
  return CLAMP (self->proven_us, OH_SNOM_SETTLED_US, OH_SNOM_NONCE_TRUST_MAX_US);
}

gint64
oh_snom_login_settled_until_us (const OhSnomLogin *self)
{
  gint64 until_us = self->accepted_us + oh_snom_login_settled_us (self);

  if (self->too_old_us == 0 || self->unprotected)
    return until_us;
  return CLAMP (self->nonce_us + self->too_old_us, self->accepted_us + OH_SNOM_SETTLED_US,
                until_us);
}

gboolean
oh_snom_login_is_settled (const OhSnomLogin *self, gint64 now_us)
{
  if (self->accepted_us == 0 || now_us > oh_snom_login_settled_until_us (self))
    return FALSE;
  return self->unprotected || self->nc == 0 || !self->nonce_once;
}

gboolean
oh_snom_login_get_unprotected (const OhSnomLogin *self)
{
  return self->unprotected;
}
