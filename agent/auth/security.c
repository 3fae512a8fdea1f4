/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-auth"

#include "security.h"

#include <glib/gi18n-lib.h>

#include "error.h"

struct _OhSecurity
{
  GObject parent_instance;

  OhClock *clock;           /* (owned) */
  OhNegotiator *negotiator; /* (owned) */
  OhSecurityPolicy policy;
  OhAssociation *current;    /* (owned) (nullable): READY or EXPIRED */
  OhAssociation *pending;    /* (owned) (nullable): NEGOTIATING */
  OhAssociation *retired;    /* (owned) (nullable): EXPIRED, still believed for a while */
  gint64 retired_until_us;   /* of @retired */
  gboolean bare;             /* the next REGISTER leaves without credentials */
  gboolean register_signed;  /* the last REGISTER was signed with @current */
  GCancellable *cancellable; /* (owned): of the answer under way */
  guint64 dropped[OH_SECURITY_N_DROPS];
};

static void guard_iface_init (OhSipGuardInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhSecurity, oh_security, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_SIP_GUARD, guard_iface_init))

static void
drop_association (OhAssociation **association, const char *why)
{
  OhAssociation *gone = g_steal_pointer (association);

  if (gone == NULL)
    return;
  if (oh_association_state (gone) != OH_ASSOCIATION_EXPIRED)
    oh_association_expire (gone, why);
  oh_association_unref (gone);
}

/* The current association, unless its life is over. */
static OhAssociation *
alive (OhSecurity *self)
{
  if (self->current == NULL || oh_association_state (self->current) != OH_ASSOCIATION_READY)
    return NULL;
  if (oh_clock_now_us (self->clock) < oh_association_end_us (self->current))
    return self->current;
  oh_association_expire (self->current, "its life is over");
  return NULL;
}

/* --- what leaves --------------------------------------------------------------------------- */

static gboolean
is_register (const OhSipMessage *message)
{
  return oh_sip_message_is_method (message, "REGISTER");
}

static gboolean
protect (OhSipGuard *guard, OhSipMessage *out, GError **error)
{
  OhSecurity *self = OH_SECURITY (guard);
  OhAssociation *association = alive (self);

  oh_sip_message_remove (out, "Authorization");
  oh_sip_message_remove (out, "Proxy-Authorization");
  if (oh_sip_message_is_request (out) && is_register (out))
    {
      if (self->pending != NULL && oh_association_has_token (self->pending))
        association = self->pending;
      else if (self->bare)
        association = NULL;
      self->register_signed = association != NULL && association == self->current;
    }
  return association == NULL || oh_association_protect (association, out, error);
}

/* --- what arrives -------------------------------------------------------------------------- */

/* "Proxy-Authenticate-Info" stands in some texts. */
static GPtrArray *
infos_of (const OhSipMessage *in, GError **error)
{
  static const char *const headers[] = { "Authentication-Info", "Proxy-Authentication-Info",
                                         "Proxy-Authenticate-Info" };
  g_autoptr (GPtrArray) infos =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_auth_challenge_free);
  const char *value;

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    for (guint n = 0; (value = oh_sip_message_get_nth (in, headers[i], n)) != NULL; n++)
      {
        GPtrArray *list = oh_auth_challenge_parse (oh_slice_str (value), error);

        if (list == NULL)
          return NULL;
        g_ptr_array_extend_and_steal (infos, list);
      }
  return g_steal_pointer (&infos);
}

/* The associations that may have signed what arrives, the likeliest first. */
static guint
believed (OhSecurity *self, OhAssociation *out[3])
{
  guint n = 0;

  if (self->current != NULL)
    out[n++] = self->current;
  if (self->pending != NULL && oh_association_has_keys (self->pending))
    out[n++] = self->pending;
  if (self->retired != NULL && oh_clock_now_us (self->clock) < self->retired_until_us)
    out[n++] = self->retired;
  return n;
}

typedef enum
{
  SIGNED_BY_NOBODY, /* no Info, or none that speaks of an association of ours */
  SIGNED_WRONGLY,
  SIGNED_TWICE, /* right, but the number was used before */
  SIGNED_RIGHT,
} Signed;

static Signed
check_info (OhSecurity *self, const OhSipMessage *in, const OhAuthChallenge *info,
            OhAssociation **signer, GError **error)
{
  OhAssociation *candidates[3];
  guint n = believed (self, candidates);
  gboolean matched = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (!oh_association_matches (candidates[i], info))
        continue;
      matched = TRUE;
      g_clear_error (error);
      if (!oh_association_verify (candidates[i], in, info, error))
        continue;
      *signer = candidates[i];
      return oh_association_accept_number (candidates[i], info) ? SIGNED_RIGHT : SIGNED_TWICE;
    }
  return matched ? SIGNED_WRONGLY : SIGNED_BY_NOBODY;
}

/* With several Info headers one must be right and none may be wrong. */
static Signed
check_infos (OhSecurity *self, const OhSipMessage *in, OhAssociation **signer, GError **error)
{
  g_autoptr (GPtrArray) infos = infos_of (in, error);
  Signed best = SIGNED_BY_NOBODY;

  if (infos == NULL)
    return SIGNED_WRONGLY;
  for (guint i = 0; i < infos->len; i++)
    {
      Signed one = check_info (self, in, g_ptr_array_index (infos, i), signer, error);

      if (one == SIGNED_WRONGLY)
        return one;
      if (one != SIGNED_BY_NOBODY && (best == SIGNED_BY_NOBODY || one == SIGNED_TWICE))
        best = one;
    }
  return best;
}

/* [MS-SIPAE] 3.1.5.2: provisional answers, challenges and failures of REGISTER; before the first
 * keys every answer to REGISTER, and then it is up to the registration whether a 2xx will do. */
static gboolean
may_come_unsigned (OhSecurity *self, const OhSipMessage *in)
{
  OhAssociation *candidates[3];
  gboolean has_keys = believed (self, candidates) > 0;
  guint status = oh_sip_message_status (in);

  if (!has_keys && self->policy.allow_unauthenticated)
    return TRUE;
  if (oh_sip_message_is_request (in))
    return FALSE;
  if (status < 200 || status == 401 || status == 407)
    return TRUE;
  return is_register (in) && (status >= 300 || !has_keys);
}

static void
on_proved (OhSecurity *self)
{
  if (self->current != NULL)
    {
      g_clear_pointer (&self->retired, oh_association_unref);
      self->retired = g_steal_pointer (&self->current);
      self->retired_until_us =
        oh_clock_now_us (self->clock) + (gint64) OH_SECURITY_OVERLAP_S * G_USEC_PER_SEC;
      if (oh_association_state (self->retired) != OH_ASSOCIATION_EXPIRED)
        oh_association_expire (self->retired, "replaced");
    }
  self->current = g_steal_pointer (&self->pending);
  self->bare = FALSE;
  oh_association_make_ready (self->current);
  oh_negotiator_restart (self->negotiator);
}

static OhSipVerdict
drop (OhSecurity *self, const OhSipMessage *in, OhSecurityDrop why, GError **error)
{
  static const struct
  {
    OhSipVerdict verdict;
    const char *text;
  } kinds[OH_SECURITY_N_DROPS] = {
    [OH_SECURITY_DROP_UNSIGNED] = { OH_SIP_VERDICT_DROP, N_ ("it has no valid signature") },
    [OH_SECURITY_DROP_FORGED] = { OH_SIP_VERDICT_FORGED, N_ ("its signature is wrong") },
    [OH_SECURITY_DROP_REPLAYED] = { OH_SIP_VERDICT_DROP, N_ ("it was received before") },
  };
  guint status = oh_sip_message_status (in);
  g_autofree char *kind = status > 0 ? g_strdup_printf ("%u", status) : g_strdup (_ ("request"));

  self->dropped[why]++;
  /* the stack tells the log, which a flood must not fill */
  g_debug ("dropped %s %s: %s (%s)", oh_sip_message_method (in), kind, kinds[why].text,
           error != NULL && *error != NULL ? (*error)->message : "-");
  g_clear_error (error);
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, _ ("%s %s was refused: %s."),
               oh_sip_message_method (in), kind, _ (kinds[why].text));
  return kinds[why].verdict;
}

static OhSipVerdict
check (OhSipGuard *guard, const OhSipMessage *in, GError **error)
{
  OhSecurity *self = OH_SECURITY (guard);
  g_autoptr (GError) reason = NULL;
  OhAssociation *signer = NULL;
  OhSecurityDrop why = OH_SECURITY_DROP_UNSIGNED;
  OhSipVerdict verdict;

  switch (check_infos (self, in, &signer, &reason))
    {
    case SIGNED_RIGHT:
      if (signer == self->pending && is_register (in) && oh_sip_message_status (in) / 100 == 2)
        on_proved (self);
      return OH_SIP_VERDICT_PASS;
    case SIGNED_BY_NOBODY:
      if (may_come_unsigned (self, in))
        return OH_SIP_VERDICT_PASS;
      break;
    case SIGNED_WRONGLY: why = OH_SECURITY_DROP_FORGED; break;
    case SIGNED_TWICE: why = OH_SECURITY_DROP_REPLAYED; break;
    default: g_return_val_if_reached (OH_SIP_VERDICT_DROP);
    }
  verdict = drop (self, in, why, &reason);
  g_propagate_error (error, g_steal_pointer (&reason));
  return verdict;
}

/* --- challenges ---------------------------------------------------------------------------- */

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhSecurity *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhAssociation) next =
    oh_negotiator_answer_finish (OH_NEGOTIATOR (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_task_data (task)))
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED, _ ("The sign-in was stopped."));
      return; /* reset meanwhile: what came of it is of no use */
    }
  if (next != self->pending)
    drop_association (&self->pending, "another scheme");
  if (next == NULL)
    {
      oh_negotiator_restart (self->negotiator);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->pending == NULL)
    self->pending = oh_association_ref (next);
  g_task_return_boolean (task, TRUE);
}

static void
answer_async (OhSipGuard *guard, OhSipMessage *response, OhSipMessage *request,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  OhSecurity *self = OH_SECURITY (guard);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) offers = oh_auth_offers_collect (response);
  const OhAuthOffer *offer = offers->len > 0 ? g_ptr_array_index (offers, 0) : NULL;

  g_task_set_source_tag (task, answer_async);
  g_task_set_task_data (task, g_object_ref (self->cancellable), g_object_unref);
  if (self->pending == NULL && self->register_signed)
    {
      /* The server forgot the association: everything from the beginning, unsigned. */
      drop_association (&self->current, "forgotten by the server");
      self->bare = TRUE;
      self->register_signed = FALSE;
      g_task_return_boolean (task, TRUE);
      return;
    }
  oh_negotiator_answer_async (self->negotiator, response, offer, self->pending, self->current,
                              self->cancellable, on_answered, g_steal_pointer (&task));
}

static gboolean
answer_finish (OhSipGuard *guard, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the object ---------------------------------------------------------------------------- */

static void
reset (OhSipGuard *guard)
{
  OhSecurity *self = OH_SECURITY (guard);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  drop_association (&self->pending, "reset");
  drop_association (&self->current, "reset");
  drop_association (&self->retired, "reset");
  self->bare = FALSE;
  self->register_signed = FALSE;
  oh_negotiator_restart (self->negotiator);
}

static void
guard_iface_init (OhSipGuardInterface *iface)
{
  iface->protect = protect;
  iface->check = check;
  iface->answer_async = answer_async;
  iface->answer_finish = answer_finish;
  iface->reset = reset;
}

static void
oh_security_dispose (GObject *object)
{
  OhSecurity *self = OH_SECURITY (object);

  g_cancellable_cancel (self->cancellable);
  drop_association (&self->pending, "gone");
  drop_association (&self->current, "gone");
  drop_association (&self->retired, "gone");
  g_clear_object (&self->negotiator);
  G_OBJECT_CLASS (oh_security_parent_class)->dispose (object);
}

static void
oh_security_finalize (GObject *object)
{
  OhSecurity *self = OH_SECURITY (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_security_parent_class)->finalize (object);
}

static void
oh_security_class_init (OhSecurityClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_security_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_security_finalize;
}

static void
oh_security_init (OhSecurity *self)
{
  self->cancellable = g_cancellable_new ();
}

OhSecurity *
oh_security_new (OhClock *clock, const OhSecurityPolicy *policy, OhCredentialsFunc credentials_func,
                 gpointer user_data)
{
  OhSecurity *self = g_object_new (OH_TYPE_SECURITY, NULL);

  self->clock = g_object_ref (clock);
  self->policy = *policy;
  self->negotiator = oh_negotiator_new (clock, &policy->schemes, credentials_func, user_data);
  return self;
}

void
oh_security_set_policy (OhSecurity *self, const OhSecurityPolicy *policy)
{
  self->policy = *policy;
  oh_negotiator_set_policy (self->negotiator, &policy->schemes);
}

void
oh_security_set_maker (OhSecurity *self, OhMechanismMaker maker)
{
  oh_negotiator_set_maker (self->negotiator, maker);
}

void
oh_security_set_peer (OhSecurity *self, const OhAuthPeer *peer)
{
  reset (OH_SIP_GUARD (self));
  oh_negotiator_set_peer (self->negotiator, peer);
}

void
oh_security_renew (OhSecurity *self)
{
  drop_association (&self->pending, "begun anew");
  self->bare = TRUE;
}

OhAssociationState
oh_security_state (OhSecurity *self)
{
  if (alive (self) != NULL)
    return OH_ASSOCIATION_READY;
  if (self->pending != NULL)
    return OH_ASSOCIATION_NEGOTIATING;
  return self->current != NULL ? OH_ASSOCIATION_EXPIRED : OH_ASSOCIATION_NONE;
}

OhAuthScheme
oh_security_scheme (OhSecurity *self)
{
  OhAssociation *association = alive (self);

  return association != NULL ? oh_association_scheme (association) : OH_AUTH_SCHEME_OTHER;
}

gint64
oh_security_renew_us (OhSecurity *self)
{
  OhAssociation *association = alive (self);

  return association != NULL ? oh_association_renew_us (association) : G_MAXINT64;
}

gboolean
oh_security_was_refused (OhSecurity *self)
{
  return oh_negotiator_was_refused (self->negotiator);
}

guint64
oh_security_ignored_names (OhSecurity *self)
{
  return oh_negotiator_ignored_names (self->negotiator);
}

guint64
oh_security_dropped (OhSecurity *self, OhSecurityDrop why)
{
  g_return_val_if_fail (why < OH_SECURITY_N_DROPS, 0);
  return self->dropped[why];
}
