/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-digest.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "http-login.h"
#include "secret-text.h"

struct _OhCstaDigest
{
  GObject parent;

  char *peer;
  char *user;                 /* (nullable) */
  char *password;             /* (nullable): wiped */
  OhHttpChallenge *challenge; /* (owned) (nullable): what the phone asked last */
  gboolean proxy;             /* it was a 407 */
  char *cnonce;               /* (nullable): ours, as long as the phone keeps its own */
  guint used;                 /* how often its nonce was answered */
  OhSipMessage *answered;     /* (owned) (nullable): the request that its answer was made for */
  gboolean refused;           /* this login is wrong */
};

static void guard_init (OhSipGuardInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhCstaDigest, oh_csta_digest, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_SIP_GUARD, guard_init))

static void
forget_challenge (OhCstaDigest *self)
{
  g_clear_pointer (&self->challenge, oh_http_challenge_free);
  g_clear_pointer (&self->answered, oh_sip_message_unref);
  g_clear_pointer (&self->cnonce, g_free);
  self->used = 0;
}

static char *
body_text (const OhSipMessage *message)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (message), &len);

  return g_strndup (data, len);
}

/* An ACK and a CANCEL carry what their INVITE carried (RFC 3261 22.1): the same answer would do,
 * a new one does as well. */
static gboolean
protect (OhSipGuard *guard, OhSipMessage *out, GError **error)
{
  OhCstaDigest *self = OH_CSTA_DIGEST (guard);
  g_autofree char *body = NULL;
  g_autofree char *answer = NULL;
  OhHttpAsked asked;

  if (!oh_sip_message_is_request (out))
    return TRUE;
  oh_sip_message_remove (out, "Authorization");
  oh_sip_message_remove (out, "Proxy-Authorization");
  if (self->challenge == NULL || self->password == NULL || self->refused)
    return TRUE;
  body = body_text (out);
  asked = (OhHttpAsked){ oh_sip_message_method (out), oh_sip_message_request_uri (out), body };
  answer = oh_http_answer (self->challenge, self->user, self->password, &asked, self->cnonce,
                           ++self->used);
  oh_sip_message_add (out, self->proxy ? "Proxy-Authorization" : "Authorization", answer);
  return TRUE;
}

static OhSipVerdict
check (OhSipGuard *guard, const OhSipMessage *in, GError **error)
{
  return OH_SIP_VERDICT_PASS;
}

static gboolean
no_login (OhCstaDigest *self, GError **error)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN,
               _ ("The phone at %s asks for the SIP password of its account. Store it: offhook "
                  "password phone."),
               self->peer);
  return FALSE;
}

static gboolean
wrong_login (OhCstaDigest *self, GError **error)
{
  self->refused = TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN,
               _ ("The phone at %s refuses the SIP password of its account. Store the right one: "
                  "offhook password phone."),
               self->peer);
  return FALSE;
}

/* TRUE when the request can be sent once more. */
static gboolean
take_challenge (OhCstaDigest *self, OhSipMessage *response, OhSipMessage *request, GError **error)
{
  gboolean proxy = oh_sip_message_status (response) == 407;
  g_auto (GStrv) lines =
    oh_sip_message_get_list (response, proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
  g_autofree char *joined = g_strjoinv (", ", lines);
  g_autoptr (OhHttpChallenge) challenge = oh_http_challenge_parse (joined);
  gboolean again = request == self->answered;

  if (challenge == NULL || challenge->scheme < OH_HTTP_DIGEST_MD5)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                   _ ("The phone at %s asks for a login in a way that is not known here."),
                   self->peer);
      return FALSE;
    }
  if (self->password == NULL)
    return no_login (self, error);
  if (self->refused || (again && !challenge->stale))
    return wrong_login (self, error);
  forget_challenge (self);
  self->challenge = g_steal_pointer (&challenge);
  self->cnonce = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  self->proxy = proxy;
  self->answered = oh_sip_message_ref (request);
  return TRUE;
}

static void
answer_async (OhSipGuard *guard, OhSipMessage *response, OhSipMessage *request,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (guard, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, answer_async);
  if (take_challenge (OH_CSTA_DIGEST (guard), response, request, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
answer_finish (OhSipGuard *guard, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_of_register (OhSipGuard *guard, const OhSipMessage *response, const OhSipMessage *request)
{
  return FALSE; /* nobody registers at a phone */
}

static gboolean
is_routine (OhSipGuard *guard, const OhSipMessage *response)
{
  return TRUE;
}

static void
reset (OhSipGuard *guard)
{
  forget_challenge (OH_CSTA_DIGEST (guard));
}

static void
guard_init (OhSipGuardInterface *iface)
{
  iface->protect = protect;
  iface->check = check;
  iface->answer_async = answer_async;
  iface->answer_finish = answer_finish;
  iface->is_of_register = is_of_register;
  iface->reset = reset;
  iface->is_routine = is_routine;
}

gboolean
oh_csta_digest_set_login (OhCstaDigest *self, const char *user, const char *password)
{
  if (g_strcmp0 (self->user, user) == 0 && g_strcmp0 (self->password, password) == 0)
    return FALSE;
  g_free (self->user);
  g_clear_pointer (&self->password, oh_secret_free);
  self->user = g_strdup (user);
  self->password = oh_secret_dup (password);
  self->refused = FALSE;
  forget_challenge (self);
  return TRUE;
}

static void
oh_csta_digest_finalize (GObject *object)
{
  OhCstaDigest *self = OH_CSTA_DIGEST (object);

  forget_challenge (self);
  g_free (self->peer);
  g_free (self->user);
  g_clear_pointer (&self->password, oh_secret_free);
  G_OBJECT_CLASS (oh_csta_digest_parent_class)->finalize (object);
}

static void
oh_csta_digest_class_init (OhCstaDigestClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_csta_digest_finalize;
}

static void
oh_csta_digest_init (OhCstaDigest *self)
{
}

OhCstaDigest *
oh_csta_digest_new (const char *peer)
{
  OhCstaDigest *self = g_object_new (OH_TYPE_CSTA_DIGEST, NULL);

  self->peer = g_strdup (peer);
  return self;
}
