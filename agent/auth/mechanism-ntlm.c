/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NTLMv2 without a connection: an empty token first, then CHALLENGE in and AUTHENTICATE out. */

#include "mechanism.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "login-name.h"
#include "ntlm-crypto.h"
#include "ntlm.h"

#define OH_TYPE_MECHANISM_NTLM (oh_mechanism_ntlm_get_type ())
G_DECLARE_FINAL_TYPE (OhMechanismNtlm, oh_mechanism_ntlm, OH, MECHANISM_NTLM, GObject)

/* 100 ns from 1601-01-01 to 1970-01-01. */
#define FILETIME_OF_1970 G_GINT64_CONSTANT (116444736000000000)
/* Below this the local clock is good enough; our correction is only as exact as the way is short.
 */
#define CORRECT_FROM_US (G_GINT64_CONSTANT (120) * G_USEC_PER_SEC)
/* A NetBIOS name has no more letters. */
#define WORKSTATION_MAX 15

typedef enum
{
  NTLM_NEW,         /* nothing sent                           */
  NTLM_WAITING,     /* empty token sent, CHALLENGE to come     */
  NTLM_ESTABLISHED, /* AUTHENTICATE made, keys are there       */
  NTLM_FAILED,      /* not used again: the failure says why    */
} NtlmState;

struct _OhMechanismNtlm
{
  GObject parent_instance;

  NtlmState state;
  OhClock *clock;             /* (owned) */
  OhNtlmCrypto *crypto;       /* (owned) */
  OhCredentials *credentials; /* (owned) (nullable): gone once established */
  OhLoginName *name;          /* (owned) (nullable): NULL for one that cannot be used */
  char *target;               /* (owned) */
  OhNtlmOptions options;
  gint64 server_ahead_us;
  OhNtlmKeys keys; /* in state ESTABLISHED */
  OhSchemeFailure failure;
};

static const char *
ntlm_scheme (OhMechanism *mechanism)
{
  return "NTLM";
}

/* Short, upper case: how a Windows server lists computers. */
static char *
workstation (void)
{
  g_auto (GStrv) labels = g_strsplit (g_get_host_name (), ".", 2);
  g_autofree char *upper = g_ascii_strup (labels[0] != NULL ? labels[0] : "", -1);

  return g_strndup (upper, WORKSTATION_MAX);
}

static guint64
filetime_now (OhMechanismNtlm *self)
{
  gint64 now_us = oh_clock_wall_us (self->clock);

  if (ABS (self->server_ahead_us) > CORRECT_FROM_US)
    now_us += self->server_ahead_us;
  return (guint64) (MAX (now_us, 0) * 10 + FILETIME_OF_1970);
}

static gboolean
make_fresh (OhMechanismNtlm *self, OhNtlmFresh *fresh, GError **error)
{
  fresh->filetime = filetime_now (self);
  if (RAND_bytes (fresh->client_challenge, sizeof fresh->client_challenge) == 1 &&
      RAND_priv_bytes (fresh->session_key, sizeof fresh->session_key) == 1)
    return TRUE;
  g_set_error_literal (error, OH_ERROR, OH_ERROR_MECHANISM,
                       _ ("NTLM unavailable: this computer has no random numbers."));
  return FALSE;
}

/* The codes of oh_ntlm_authenticate(): nothing of it has left. */
static OhSchemeFailure
failure_of (const GError *error)
{
  if (g_error_matches (error, OH_ERROR, OH_ERROR_MECHANISM))
    return OH_SCHEME_FAILURE_OFFER;
  if (g_error_matches (error, OH_ERROR, OH_ERROR_SIGN_IN))
    return OH_SCHEME_FAILURE_NO_PASSWORD;
  return OH_SCHEME_FAILURE_BROKEN;
}

static GBytes *
answer (OhMechanismNtlm *self, GBytes *challenge, GError **error)
{
  g_autofree char *host = workstation ();
  g_autofree char *spn = g_strconcat ("sip/", self->target, NULL);
  const OhNtlmIdentity who = { self->name->user, self->name->domain, self->credentials->password,
                               host };
  OhNtlmFresh fresh;
  GBytes *message;

  self->failure = OH_SCHEME_FAILURE_UNAVAILABLE;
  if (!make_fresh (self, &fresh, error))
    return NULL;
  message = oh_ntlm_authenticate (self->crypto, challenge, &who, &fresh, self->options, spn,
                                  &self->keys, error);
  OPENSSL_cleanse (&fresh, sizeof fresh);
  self->failure = message != NULL ? OH_SCHEME_FAILURE_NONE : failure_of (*error);
  if (message == NULL)
    g_prefix_error (error, "%s: ", self->target);
  g_clear_pointer (&self->credentials, oh_credentials_free);
  return message;
}

/* What has to be there before the first token leaves: a server is not asked for a challenge that
 * nobody can answer. */
static GBytes *
begin (OhMechanismNtlm *self, GError **error)
{
  if (self->name == NULL || self->credentials->password == NULL)
    {
      self->failure = OH_SCHEME_FAILURE_NO_PASSWORD;
      g_set_error (error, OH_ERROR, OH_ERROR_SIGN_IN,
                   _ ("Signing in to %s with NTLM needs a user name and a password."),
                   self->target);
      return NULL;
    }
  self->crypto = oh_ntlm_crypto_new (error);
  if (self->crypto == NULL)
    {
      self->failure = OH_SCHEME_FAILURE_UNAVAILABLE;
      return NULL;
    }
  return g_bytes_new_static ("", 0);
}

static GBytes *
out_of_turn (OhMechanismNtlm *self, GError **error)
{
  self->failure = OH_SCHEME_FAILURE_BROKEN;
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL,
               _ ("The server %s answered out of turn during the NTLM sign-in."), self->target);
  return NULL;
}

static void
ntlm_step_async (OhMechanism *mechanism, GBytes *token, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  OhMechanismNtlm *self = OH_MECHANISM_NTLM (mechanism);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean first = self->state == NTLM_NEW && token == NULL;
  GError *error = NULL;
  GBytes *reply;

  g_task_set_source_tag (task, ntlm_step_async);
  if (first)
    reply = begin (self, &error);
  else if (self->state == NTLM_WAITING && token != NULL)
    reply = answer (self, token, &error);
  else
    reply = out_of_turn (self, &error);
  self->state = reply == NULL ? NTLM_FAILED : first ? NTLM_WAITING : NTLM_ESTABLISHED;
  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static GBytes *
ntlm_step_finish (OhMechanism *mechanism, GAsyncResult *result, gboolean *established,
                  GError **error)
{
  GBytes *token = g_task_propagate_pointer (G_TASK (result), error);

  *established = token != NULL && OH_MECHANISM_NTLM (mechanism)->state == NTLM_ESTABLISHED;
  return token;
}

static GBytes *
ntlm_sign (OhMechanism *mechanism, const char *text, GError **error)
{
  OhMechanismNtlm *self = OH_MECHANISM_NTLM (mechanism);
  guint8 signature[OH_NTLM_SIGNATURE_LENGTH];

  g_return_val_if_fail (self->state == NTLM_ESTABLISHED, NULL);
  if (oh_ntlm_sign (self->crypto, &self->keys, OH_NTLM_TO_SERVER, text, strlen (text), signature))
    return g_bytes_new (signature, sizeof signature);
  g_set_error (error, OH_ERROR, OH_ERROR_MECHANISM, _ ("A message to %s could not be signed."),
               self->target);
  return NULL;
}

static gboolean
ntlm_verify (OhMechanism *mechanism, const char *text, GBytes *signature, GError **error)
{
  OhMechanismNtlm *self = OH_MECHANISM_NTLM (mechanism);
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);

  g_return_val_if_fail (self->state == NTLM_ESTABLISHED, FALSE);
  if (oh_ntlm_verify (self->crypto, &self->keys, OH_NTLM_TO_CLIENT, text, strlen (text), data, len))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, _ ("Invalid signature from %s."), self->target);
  return FALSE;
}

static gint64
ntlm_life_s (OhMechanism *mechanism)
{
  return OH_MECHANISM_UNLIMITED;
}

/* The password is judged by the server, and its judgement is an answer to the message. */
static OhSchemeFailure
ntlm_failure (OhMechanism *mechanism)
{
  return OH_MECHANISM_NTLM (mechanism)->failure;
}

static void
mechanism_iface_init (OhMechanismInterface *iface)
{
  iface->scheme = ntlm_scheme;
  iface->step_async = ntlm_step_async;
  iface->step_finish = ntlm_step_finish;
  iface->sign = ntlm_sign;
  iface->verify = ntlm_verify;
  iface->life_s = ntlm_life_s;
  iface->failure = ntlm_failure;
}

G_DEFINE_TYPE_WITH_CODE (OhMechanismNtlm, oh_mechanism_ntlm, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (OH_TYPE_MECHANISM, mechanism_iface_init))

static void
oh_mechanism_ntlm_finalize (GObject *object)
{
  OhMechanismNtlm *self = OH_MECHANISM_NTLM (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->crypto, oh_ntlm_crypto_free);
  g_clear_pointer (&self->credentials, oh_credentials_free);
  g_clear_pointer (&self->name, oh_login_name_free);
  g_free (self->target);
  oh_ntlm_keys_clear (&self->keys);
  G_OBJECT_CLASS (oh_mechanism_ntlm_parent_class)->finalize (object);
}

static void
oh_mechanism_ntlm_class_init (OhMechanismNtlmClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_mechanism_ntlm_finalize;
}

static void
oh_mechanism_ntlm_init (OhMechanismNtlm *self)
{
}

OhMechanism *
oh_mechanism_ntlm_new (const OhMechanismOrder *order)
{
  OhMechanismNtlm *self = g_object_new (OH_TYPE_MECHANISM_NTLM, NULL);

  self->clock = g_object_ref (order->clock);
  self->target = g_strdup (order->host);
  self->server_ahead_us = order->server_ahead_us;
  self->credentials = oh_credentials_copy (order->credentials);
  self->name = oh_login_name_parse (order->credentials->login);
  if (order->policy != NULL && order->policy->allow_56_bit)
    self->options |= OH_NTLM_ALLOW_56;
  if (order->policy != NULL && order->policy->extended_protection)
    self->options |= OH_NTLM_WITH_MIC;
  return OH_MECHANISM (self);
}
