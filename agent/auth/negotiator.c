/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-auth"

#include "negotiator.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "refusal.h"
#include "sip-date.h"

struct _OhNegotiator
{
  GObject parent_instance;

  OhClock *clock; /* (owned) */
  OhSchemePolicy policy;
  OhCredentialsFunc credentials_func;
  gpointer credentials_data; /* borrowed */
  OhMechanismMaker maker;

  char *host; /* (owned) (nullable): of the peer */
  gboolean is_tls;
  GStrv trusted; /* (owned) (nullable) */

  GPtrArray *offers;          /* (owned) (nullable) (element-type OhAuthChallenge) */
  OhAuthFamily family;        /* of the offers */
  guint tried;                /* a bit for each scheme */
  OhSchemeFailure failure;    /* of the scheme that came nearest */
  GError *error;              /* (owned) (nullable): for @failure */
  gboolean refused;           /* the latest handshake ended with a refused password */
  OhCredentials *credentials; /* (owned) (nullable) */
  OhPasswordMemory *memory;   /* (owned) */
  gboolean withheld;          /* @credentials had a password that was refused before */
  gint64 server_ahead_us;     /* the server's Date against our clock */
  guint64 ignored_names;
  gint64 begun_us[OH_NEGOTIATOR_PER_MINUTE]; /* latest handshakes, 0 for none */
};

G_DEFINE_FINAL_TYPE (OhNegotiator, oh_negotiator, G_TYPE_OBJECT)

/* One answer under way. */
typedef struct
{
  OhAssociation *association; /* (owned) (nullable): the one whose turn it is */
  OhAssociation *known;       /* (owned) (nullable) */
  char *opaque;               /* (owned) (nullable): of the challenge that is answered */
} Answer;

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->association, oh_association_unref);
  g_clear_pointer (&answer->known, oh_association_unref);
  g_free (answer->opaque);
  g_free (answer);
}

static void try_next (GTask *owned);

/* --- what to say when nothing worked ------------------------------------------------------- */

static void
note_failure (OhNegotiator *self, OhAuthScheme scheme, OhSchemeFailure failure, GError *taken)
{
  g_message ("%s failed at %s: %s", oh_auth_scheme_name (scheme), self->host,
             oh_scheme_failure_word (failure));
  g_debug ("%s", taken->message);
  if (self->error != NULL && oh_scheme_failure_outranks (self->failure, failure))
    {
      g_error_free (taken);
      return;
    }
  g_clear_error (&self->error);
  self->failure = failure;
  self->error = taken;
}

static GError *
no_scheme_error (OhNegotiator *self)
{
  g_autoptr (GString) offered = g_string_new (NULL);

  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    {
      const OhAuthChallenge *offer = g_ptr_array_index (self->offers, i);

      g_string_append_printf (offered, "%s%s", offered->len > 0 ? ", " : "", offer->scheme_text);
    }
  if (offered->len == 0)
    return g_error_new (OH_ERROR, OH_ERROR_PROTOCOL,
                        _ ("The server %s asks for a sign-in but offers no scheme."), self->host);
  return g_error_new (OH_ERROR, OH_ERROR_MECHANISM,
                      _ ("The server %s accepts only %s, which cannot be used or is not allowed "
                         "by the settings."),
                      self->host, offered->str);
}

/* --- what is offered ----------------------------------------------------------------------- */

/* A name that no ticket is fetched for: misconfigured, or somebody who harvests tickets. */
static void
report_ignored (OhNegotiator *self, const OhAuthChallenge *offer)
{
  const char *name = offer->target != NULL ? offer->target : "";

  self->ignored_names++;
  g_message ("security: %s challenge of %s passed over, it names “%s” (%" G_GUINT64_FORMAT
             " so far)",
             offer->scheme_text, self->host, name, self->ignored_names);
  if (self->error == NULL)
    {
      self->failure = OH_SCHEME_FAILURE_NONE;
      self->error = g_error_new (OH_ERROR, OH_ERROR_MECHANISM,
                                 _ ("The server %s asks for a ticket in the name of “%s”, which is "
                                    "refused."),
                                 self->host, name);
    }
}

/* @offer: (nullable): of the latest answer; where it is silent, what the one before offered still
 * stands. */
static void
take_offer (OhNegotiator *self, const OhAuthOffer *offer, const OhAssociation *known)
{
  const OhAuthPeer peer = { self->host, self->is_tls, (const char *const *) self->trusted };
  g_autoptr (GPtrArray) refused = NULL;

  if (offer == NULL)
    return;
  refused = oh_auth_offers_refuse (offer->challenges, &peer,
                                   known != NULL ? oh_association_host (known) : NULL);
  for (guint i = 0; i < refused->len; i++)
    report_ignored (self, g_ptr_array_index (refused, i));
  if (self->offers != NULL && offer->challenges->len == 0)
    return;
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  self->offers = g_ptr_array_ref (offer->challenges);
  self->family = offer->family;
}

/* --- one scheme after the other ------------------------------------------------------------ */

static void
mark_refused (OhNegotiator *self)
{
  self->refused = TRUE;
  if (self->credentials != NULL)
    oh_password_memory_note (self->memory, self->credentials);
}

static void
give_up (GTask *task)
{
  OhNegotiator *self = g_task_get_source_object (task);

  if (self->withheld)
    {
      self->refused = TRUE;
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_SIGN_IN,
                               _ ("%s asks for the password, and the stored one was refused "
                                  "before; it is not sent again."),
                               self->host);
      return;
    }
  g_task_return_error (task, self->error != NULL ? g_steal_pointer (&self->error)
                                                 : no_scheme_error (self));
}

/* @error: (transfer full). A password that one domain controller refused is not shown to the next:
 * that is how accounts get locked. */
static void
scheme_failed (GTask *owned, OhAuthScheme scheme, OhSchemeFailure failure, GError *error)
{
  g_autoptr (GTask) task = owned;
  OhNegotiator *self = g_task_get_source_object (task);

  note_failure (self, scheme, failure, error);
  if (oh_scheme_failure_other_may_mend (failure))
    {
      try_next (g_steal_pointer (&task));
      return;
    }
  mark_refused (self);
  give_up (task);
}

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhNegotiator *self = g_task_get_source_object (task);
  Answer *answer = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean established = FALSE;
  GBytes *token = oh_mechanism_step_finish (OH_MECHANISM (source), result, &established, &error);

  if (token != NULL)
    {
      oh_association_take_token (answer->association, token, answer->opaque, established,
                                 oh_clock_now_us (self->clock));
      g_task_return_pointer (task, g_steal_pointer (&answer->association),
                             (GDestroyNotify) oh_association_unref);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  scheme_failed (g_steal_pointer (&task), oh_association_scheme (answer->association),
                 oh_mechanism_failure (OH_MECHANISM (source)), error);
}

static void
step (GTask *owned, OhAssociation *association, const OhAuthChallenge *challenge, GBytes *token)
{
  g_autoptr (GTask) task = owned;
  Answer *answer = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  oh_association_ref (association);
  g_clear_pointer (&answer->association, oh_association_unref);
  answer->association = association;
  g_free (answer->opaque);
  answer->opaque = g_strdup (challenge->opaque);
  oh_mechanism_step_async (oh_association_mechanism (association), token, cancellable, on_stepped,
                           g_steal_pointer (&task));
}

static void
begin (GTask *owned, const OhAuthChallenge *offer)
{
  g_autoptr (GTask) task = owned;
  OhNegotiator *self = g_task_get_source_object (task);
  const OhMechanismOrder order = {
    .scheme = offer->scheme,
    .policy = &self->policy,
    .clock = self->clock,
    .credentials = self->credentials,
    .host =
      offer->scheme == OH_AUTH_SCHEME_KERBEROS ? offer->target + strlen ("sip/") : offer->target,
    .server_ahead_us = self->server_ahead_us,
  };
  g_autoptr (OhMechanism) mechanism = self->maker (&order);
  g_autoptr (OhAssociation) association = oh_association_new (mechanism, offer, self->family);

  self->tried |= 1u << offer->scheme;
  step (g_steal_pointer (&task), association, offer, NULL);
}

static void
on_credentials (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhNegotiator *self = OH_NEGOTIATOR (source);
  GError *error = NULL;
  OhCredentials *credentials = g_task_propagate_pointer (G_TASK (result), &error);

  if (credentials == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->credentials, oh_credentials_free);
  self->withheld = oh_password_memory_has (self->memory, credentials);
  self->credentials = credentials;
  if (self->withheld)
    {
      g_message ("%s: the password was refused before and is withheld", self->host);
      self->credentials = oh_credentials_new (credentials->login, NULL);
      oh_credentials_free (credentials);
    }
  try_next (g_steal_pointer (&task));
}

static void
try_next (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhNegotiator *self = g_task_get_source_object (task);
  const OhAuthChallenge *offer;

  if (g_task_return_error_if_cancelled (task))
    return;
  offer = self->offers != NULL ? oh_scheme_policy_choose (&self->policy, self->offers, self->tried)
                               : NULL;
  if (offer == NULL)
    give_up (task);
  else if (self->credentials == NULL)
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      self->credentials_func (
        g_task_new (self, cancellable, on_credentials, g_steal_pointer (&task)),
        self->credentials_data);
    }
  else
    begin (g_steal_pointer (&task), offer);
}

/* --- the answer ---------------------------------------------------------------------------- */

static void
note_date (OhNegotiator *self, const OhSipMessage *response)
{
  gint64 date_s;

  if (!oh_sip_date_parse (oh_sip_message_get_slice (response, "Date"), &date_s))
    return;
  self->server_ahead_us = date_s * G_USEC_PER_SEC - oh_clock_wall_us (self->clock);
  if (ABS (self->server_ahead_us) > (gint64) OH_REFUSAL_SKEW_KERBEROS_S * G_USEC_PER_SEC)
    g_message ("the clock of %s is %" G_GINT64_FORMAT " s ahead of ours; Kerberos allows 300",
               self->host, self->server_ahead_us / G_USEC_PER_SEC);
}

/* FALSE when the two ends go round in circles. */
static gboolean
count_handshake (OhNegotiator *self)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  if (self->begun_us[0] != 0 && now_us - self->begun_us[0] < (gint64) 60 * G_USEC_PER_SEC)
    return FALSE;
  memmove (self->begun_us, self->begun_us + 1, sizeof self->begun_us - sizeof self->begun_us[0]);
  self->begun_us[OH_NEGOTIATOR_PER_MINUTE - 1] = now_us;
  return TRUE;
}

static const OhAuthChallenge *
find_continuation (const OhAssociation *pending, GPtrArray *challenges)
{
  if (oh_association_has_keys (pending))
    return NULL;
  for (guint i = 0; i < challenges->len; i++)
    {
      const OhAuthChallenge *challenge = g_ptr_array_index (challenges, i);

      if (oh_association_matches (pending, challenge) && challenge->token != NULL &&
          g_bytes_get_size (challenge->token) > 0)
        return challenge;
    }
  return NULL;
}

/* Our token was answered: by the next one, or by a refusal. */
static void
go_on (GTask *owned, const OhSipMessage *response, const OhAuthOffer *offer, OhAssociation *pending)
{
  g_autoptr (GTask) task = owned;
  OhNegotiator *self = g_task_get_source_object (task);
  Answer *answer = g_task_get_task_data (task);
  const OhAuthChallenge *next =
    offer != NULL ? find_continuation (pending, offer->challenges) : NULL;
  OhAuthScheme scheme = oh_association_scheme (pending);
  gint64 ahead_s = self->server_ahead_us / G_USEC_PER_SEC;
  OhSchemeFailure failure;

  if (next != NULL)
    {
      step (g_steal_pointer (&task), pending, next, next->token);
      return;
    }
  failure = oh_refusal_of (response, scheme, ahead_s);
  /* whatever the reason, an answer made with the password was shown and not taken */
  if (scheme == OH_AUTH_SCHEME_NTLM)
    mark_refused (self);
  take_offer (self, offer, answer->known);
  scheme_failed (g_steal_pointer (&task), scheme, failure,
                 oh_refusal_error (failure, oh_association_host (pending), ahead_s));
}

void
oh_negotiator_answer_async (OhNegotiator *self, OhSipMessage *response, const OhAuthOffer *offer,
                            OhAssociation *pending, OhAssociation *known, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Answer *answer = g_new0 (Answer, 1);

  g_task_set_source_tag (task, oh_negotiator_answer_async);
  answer->known = known != NULL ? oh_association_ref (known) : NULL;
  g_task_set_task_data (task, answer, (GDestroyNotify) answer_free);
  note_date (self, response);
  if (pending != NULL)
    {
      go_on (g_steal_pointer (&task), response, offer, pending);
      return;
    }
  oh_negotiator_restart (self);
  self->refused = FALSE;
  if (!count_handshake (self))
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_PROTOCOL,
                               _ ("The server %s asks for a new sign-in again and again."),
                               self->host);
      return;
    }
  take_offer (self, offer, known);
  try_next (g_steal_pointer (&task));
}

OhAssociation *
oh_negotiator_answer_finish (OhNegotiator *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the object ---------------------------------------------------------------------------- */

static void
oh_negotiator_finalize (GObject *object)
{
  OhNegotiator *self = OH_NEGOTIATOR (object);

  oh_negotiator_restart (self);
  oh_password_memory_unref (self->memory);
  g_clear_object (&self->clock);
  g_free (self->host);
  g_strfreev (self->trusted);
  G_OBJECT_CLASS (oh_negotiator_parent_class)->finalize (object);
}

static void
oh_negotiator_class_init (OhNegotiatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_negotiator_finalize;
}

static void
oh_negotiator_init (OhNegotiator *self)
{
  self->maker = oh_mechanism_new;
  self->memory = oh_password_memory_new ();
}

OhNegotiator *
oh_negotiator_new (OhClock *clock, const OhSchemePolicy *policy, OhCredentialsFunc credentials_func,
                   gpointer user_data)
{
  OhNegotiator *self = g_object_new (OH_TYPE_NEGOTIATOR, NULL);

  self->clock = g_object_ref (clock);
  self->policy = *policy;
  self->credentials_func = credentials_func;
  self->credentials_data = user_data;
  return self;
}

void
oh_negotiator_set_policy (OhNegotiator *self, const OhSchemePolicy *policy)
{
  self->policy = *policy;
}

void
oh_negotiator_set_maker (OhNegotiator *self, OhMechanismMaker maker)
{
  self->maker = maker;
}

void
oh_negotiator_set_memory (OhNegotiator *self, OhPasswordMemory *memory)
{
  oh_password_memory_ref (memory);
  oh_password_memory_unref (self->memory);
  self->memory = memory;
}

void
oh_negotiator_set_peer (OhNegotiator *self, const OhAuthPeer *peer)
{
  oh_negotiator_restart (self);
  memset (self->begun_us, 0, sizeof self->begun_us);
  self->server_ahead_us = 0;
  g_free (self->host);
  self->host = g_strdup (peer->host);
  self->is_tls = peer->is_tls;
  g_strfreev (self->trusted);
  self->trusted = g_strdupv ((GStrv) peer->trusted);
}

gboolean
oh_negotiator_was_refused (OhNegotiator *self)
{
  return self->refused;
}

guint64
oh_negotiator_ignored_names (OhNegotiator *self)
{
  return self->ignored_names;
}

void
oh_negotiator_restart (OhNegotiator *self)
{
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  self->tried = 0;
  self->withheld = FALSE;
  g_clear_error (&self->error);
  g_clear_pointer (&self->credentials, oh_credentials_free);
}
