/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-auth"

#include "association.h"

#include <openssl/rand.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "replay-window.h"
#include "signature-text.h"

#define BIT(state) (1u << (state))

/* From this version on the message with the last token is signed, [MS-SIPAE] 3.2.5.1. */
#define VERSION_SIGNED_TOKEN 4

struct _OhAssociation
{
  OhAssociationState state;
  OhMechanism *mechanism; /* (owned) */
  OhAuthScheme scheme;
  OhAuthFamily family;
  char *realm;  /* (owned) */
  char *target; /* (owned): as the challenge had it, "sip/" kept */
  char *opaque; /* (owned) (nullable) */
  guint version;
  GBytes *token; /* (owned) (nullable): waits to be sent */
  gboolean has_keys;
  guint32 count; /* the last cnum used */
  OhReplayWindow window;
  gint64 born_us;
  gint64 life_us;
  gint64 used_us; /* when it signed last */
};

static const guint may_follow[OH_ASSOCIATION_N_STATES] = {
  [OH_ASSOCIATION_NONE] = BIT (OH_ASSOCIATION_NEGOTIATING) | BIT (OH_ASSOCIATION_EXPIRED),
  [OH_ASSOCIATION_NEGOTIATING] = BIT (OH_ASSOCIATION_READY) | BIT (OH_ASSOCIATION_EXPIRED),
  [OH_ASSOCIATION_READY] = BIT (OH_ASSOCIATION_EXPIRED),
  [OH_ASSOCIATION_EXPIRED] = 0,
};

const char *
oh_association_state_name (OhAssociationState state)
{
  static const char *const names[OH_ASSOCIATION_N_STATES] = { "none", "negotiating", "ready",
                                                              "expired" };

  g_return_val_if_fail (state < OH_ASSOCIATION_N_STATES, "?");
  return names[state];
}

static void
set_state (OhAssociation *self, OhAssociationState to, const char *why)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("%s with %s: %s -> %s (%s)", oh_auth_scheme_name (self->scheme), self->target,
           oh_association_state_name (self->state), oh_association_state_name (to), why);
  self->state = to;
}

OhAssociation *
oh_association_new (OhMechanism *mechanism, const OhAuthChallenge *challenge, OhAuthFamily family)
{
  OhAssociation *self = g_rc_box_new0 (OhAssociation);

  self->mechanism = g_object_ref (mechanism);
  self->scheme = challenge->scheme;
  self->family = family;
  self->realm = g_strdup (challenge->realm != NULL ? challenge->realm : "");
  self->target = g_strdup (challenge->target);
  self->opaque = g_strdup (challenge->opaque);
  self->version = challenge->version;
  oh_replay_window_init (&self->window);
  return self;
}

OhAssociation *
oh_association_ref (OhAssociation *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  OhAssociation *self = data;

  g_clear_object (&self->mechanism);
  g_free (self->realm);
  g_free (self->target);
  g_free (self->opaque);
  g_clear_pointer (&self->token, g_bytes_unref);
}

void
oh_association_unref (OhAssociation *self)
{
  g_rc_box_release_full (self, clear);
}

OhAssociationState
oh_association_state (const OhAssociation *self)
{
  return self->state;
}

OhMechanism *
oh_association_mechanism (const OhAssociation *self)
{
  return self->mechanism;
}

OhAuthScheme
oh_association_scheme (const OhAssociation *self)
{
  return self->scheme;
}

OhAuthFamily
oh_association_family (const OhAssociation *self)
{
  return self->family;
}

const char *
oh_association_host (const OhAssociation *self)
{
  return oh_auth_target_host (self->target);
}

gboolean
oh_association_has_keys (const OhAssociation *self)
{
  return self->has_keys;
}

gboolean
oh_association_matches (const OhAssociation *self, const OhAuthChallenge *other)
{
  return other->scheme == self->scheme && other->target != NULL &&
         g_strcmp0 (other->realm != NULL ? other->realm : "", self->realm) == 0 &&
         g_ascii_strcasecmp (oh_auth_target_host (other->target),
                             oh_auth_target_host (self->target)) == 0;
}

static void
keep_opaque (OhAssociation *self, const char *opaque)
{
  if (opaque == NULL || g_strcmp0 (opaque, self->opaque) == 0)
    return;
  g_free (self->opaque);
  self->opaque = g_strdup (opaque);
}

void
oh_association_take_token (OhAssociation *self, GBytes *token, const char *opaque,
                           gboolean established, gint64 now_us)
{
  gint64 life_s = established ? oh_mechanism_life_s (self->mechanism) : 0;

  g_clear_pointer (&self->token, g_bytes_unref);
  self->token = token;
  keep_opaque (self, opaque);
  self->has_keys = established;
  self->born_us = self->used_us = now_us;
  self->life_us = CLAMP (life_s, 0, (gint64) OH_ASSOCIATION_LIFE_S) * G_USEC_PER_SEC;
  if (self->state == OH_ASSOCIATION_NONE)
    set_state (self, OH_ASSOCIATION_NEGOTIATING, "first token");
}

gboolean
oh_association_has_token (const OhAssociation *self)
{
  return self->token != NULL;
}

static GBytes *
sign (OhAssociation *self, const OhSipMessage *out, const char *salt, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", self->count);
  const OhSignatureFields fields = {
    oh_auth_scheme_name (self->scheme), salt, number, self->realm, self->target, self->version
  };
  g_autofree char *text = oh_signature_text (out, &fields, error);

  return text != NULL ? oh_mechanism_sign (self->mechanism, text, error) : NULL;
}

static const char *
header_of (const OhAssociation *self)
{
  return self->family == OH_AUTH_FAMILY_WWW ? "Authorization" : "Proxy-Authorization";
}

gboolean
oh_association_signed (const OhAssociation *self, const OhSipMessage *out)
{
  const char *value;

  for (guint n = 0; (value = oh_sip_message_get_nth (out, header_of (self), n)) != NULL; n++)
    {
      g_autoptr (GPtrArray) list = oh_auth_challenge_parse (oh_slice_str (value), NULL);

      for (guint i = 0; list != NULL && i < list->len; i++)
        if (oh_association_matches (self, g_ptr_array_index (list, i)))
          return TRUE;
    }
  return FALSE;
}

static void
new_salt (char salt[9])
{
  guint32 random = 0;

  if (RAND_bytes ((unsigned char *) &random, sizeof random) != 1)
    random = g_random_int (); /* a salt need not be secret, only new */
  g_snprintf (salt, 9, "%08x", random);
}

gboolean
oh_association_protect (OhAssociation *self, OhSipMessage *out, gint64 now_us, GError **error)
{
  g_autoptr (GBytes) token = g_steal_pointer (&self->token);
  g_autoptr (GBytes) signature = NULL;
  g_autofree char *value = NULL;
  char salt[9] = "";

  if (self->has_keys && (token == NULL || self->version >= VERSION_SIGNED_TOKEN))
    {
      g_return_val_if_fail (self->count < OH_ASSOCIATION_COUNT_MAX, FALSE);
      new_salt (salt);
      self->count++;
      signature = sign (self, out, salt, error);
      if (signature == NULL)
        return FALSE;
    }
  value = oh_auth_credentials_format (&(OhAuthCredentials){
    .scheme = oh_auth_scheme_name (self->scheme),
    .realm = self->realm,
    .target = self->target,
    .opaque = self->opaque,
    .token = token,
    .version = self->version,
    .salt = salt,
    .count = self->count,
    .signature = signature,
  });
  oh_sip_message_add (out, header_of (self), value);
  self->used_us = now_us;
  return TRUE;
}

gboolean
oh_association_verify (OhAssociation *self, const OhSipMessage *in, const OhAuthChallenge *info,
                       GError **error)
{
  /* Realm and target as the Info has them: that is what the server signed. */
  const OhSignatureFields fields = { info->scheme_text, info->salt,   info->number,
                                     info->realm,       info->target, self->version };
  g_autofree char *text = NULL;

  if (info->salt == NULL || info->number == NULL || info->signature == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, _ ("Incomplete signature from %s."),
                   oh_association_host (self));
      return FALSE;
    }
  text = oh_signature_text (in, &fields, error);
  return text != NULL && oh_mechanism_verify (self->mechanism, text, info->signature, error);
}

gboolean
oh_association_accept_number (OhAssociation *self, const OhAuthChallenge *info)
{
  keep_opaque (self, info->opaque);
  return oh_replay_window_accept (&self->window, info->count);
}

void
oh_association_make_ready (OhAssociation *self)
{
  g_return_if_fail (self->has_keys);
  set_state (self, OH_ASSOCIATION_READY, "the server's signature is right");
}

void
oh_association_expire (OhAssociation *self, const char *why)
{
  set_state (self, OH_ASSOCIATION_EXPIRED, why);
}

gint64
oh_association_end_us (const OhAssociation *self)
{
  return self->born_us + self->life_us;
}

const char *
oh_association_is_over (const OhAssociation *self, gint64 now_us, gint64 idle_s)
{
  if (now_us >= oh_association_end_us (self))
    return "its life is over";
  if (now_us - self->used_us >= idle_s * G_USEC_PER_SEC)
    return "it was idle for too long";
  return self->count >= OH_ASSOCIATION_COUNT_MAX ? "its numbers are used up" : NULL;
}

gint64
oh_association_renew_us (const OhAssociation *self)
{
  const gint64 early_us = (gint64) OH_ASSOCIATION_RENEW_S * G_USEC_PER_SEC;
  const gint64 least_us = (gint64) OH_ASSOCIATION_RENEW_MIN_S * G_USEC_PER_SEC;

  if (self->life_us >= 2 * early_us)
    return oh_association_end_us (self) - early_us;
  return self->born_us + MIN (MAX (self->life_us / 2, least_us), self->life_us);
}

void
oh_association_set_count (OhAssociation *self, guint32 count)
{
  self->count = count;
}
