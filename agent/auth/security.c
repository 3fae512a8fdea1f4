/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-auth"

#include "security.h"

#include <glib/gi18n-lib.h>

#include "challenge-answer.h"
#include "error.h"

struct _OhSecurity
{
  GObject parent_instance;

  OhSecurityPolicy policy;
  OhAssociationTable *table; /* (owned) */
  gboolean refused;          /* the latest handshake ended with a refused password */
  GCancellable *cancellable; /* (owned): of the answers under way */
  guint64 dropped[OH_SECURITY_N_DROPS];
};

static void guard_iface_init (OhSipGuardInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhSecurity, oh_security, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_SIP_GUARD, guard_iface_init))

/* --- what leaves --------------------------------------------------------------------------- */

static gboolean
protect (OhSipGuard *guard, OhSipMessage *out, GError **error)
{
  OhSecurity *self = OH_SECURITY (guard);

  oh_sip_message_remove (out, "Authorization");
  oh_sip_message_remove (out, "Proxy-Authorization");
  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    if (!oh_association_slot_protect (oh_association_table_get (self->table, i), out, error))
      return FALSE;
  return TRUE;
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

static OhSlotSigned
check_info (OhSecurity *self, const OhSipMessage *in, const OhAuthChallenge *info, GError **error)
{
  OhSlotSigned result = OH_SLOT_SIGNED_BY_NOBODY;

  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    {
      OhAssociationSlot *slot = oh_association_table_get (self->table, i);

      result = oh_association_slot_check (slot, in, info, error);
      if (result != OH_SLOT_SIGNED_BY_NOBODY)
        break;
    }
  return result;
}

/* With several Info headers one must be right and none may be wrong. */
static OhSlotSigned
check_infos (OhSecurity *self, const OhSipMessage *in, GError **error)
{
  g_autoptr (GPtrArray) infos = infos_of (in, error);
  OhSlotSigned best = OH_SLOT_SIGNED_BY_NOBODY;

  if (infos == NULL)
    return OH_SLOT_SIGNED_WRONGLY;
  for (guint i = 0; i < infos->len; i++)
    {
      OhSlotSigned one = check_info (self, in, g_ptr_array_index (infos, i), error);

      if (one == OH_SLOT_SIGNED_WRONGLY)
        return one;
      if (one != OH_SLOT_SIGNED_BY_NOBODY &&
          (best == OH_SLOT_SIGNED_BY_NOBODY || one == OH_SLOT_SIGNED_TWICE))
        best = one;
    }
  return best;
}

static gboolean
is_register (const OhSipMessage *message)
{
  return oh_sip_message_is_method (message, "REGISTER");
}

static gboolean
has_keys (OhSecurity *self)
{
  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    if (oh_association_slot_is_believed (oh_association_table_get (self->table, i)))
      return TRUE;
  return FALSE;
}

/* The REGISTER that this answers was signed by an association that stands. */
static gboolean
was_signed (OhSecurity *self, const OhSipMessage *response)
{
  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    {
      OhAssociationSlot *slot = oh_association_table_get (self->table, i);

      if (oh_association_slot_bore (slot, response) == OH_SLOT_BORE_SIGNATURE &&
          oh_association_slot_current (slot) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* [MS-SIPAE] 3.1.5.2: provisional answers, challenges and failures of REGISTER; before the first
 * keys every answer to REGISTER, and then it is up to the registration whether a 2xx will do.
 *
 * A REGISTER that was signed can be answered with a signature by whoever knows us: a 301 that has
 * none may lead to anybody, a 403 ends the sign-in for good. Whoever does not know us any more says
 * 401, and to the new beginning that follows everything may be said. What 5xx means passes. */
static gboolean
may_come_unsigned (OhSecurity *self, const OhSipMessage *in)
{
  gboolean keys = has_keys (self);
  guint status = oh_sip_message_status (in);

  if (!keys && self->policy.allow_unauthenticated)
    return TRUE;
  if (oh_sip_message_is_request (in))
    return FALSE;
  if (status < 200 || status == 401 || status == 407)
    return TRUE;
  if (!is_register (in))
    return FALSE;
  return status / 100 == 5 || (status < 300 ? !keys : !was_signed (self, in));
}

/* A REGISTER has got through to the end: who was on its way, and who is not any more. */
static void
on_registered (OhSecurity *self)
{
  guint families = 0;

  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    {
      OhAssociationSlot *slot = oh_association_table_get (self->table, i);

      if (oh_association_slot_is_fresh (slot) && oh_association_slot_current (slot) != NULL)
        families |= 1u << oh_association_family (oh_association_slot_current (slot));
    }
  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    oh_association_slot_registered (oh_association_table_get (self->table, i), families);
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
  OhSecurityDrop why = OH_SECURITY_DROP_UNSIGNED;
  OhSipVerdict verdict;

  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    oh_association_slot_begin_message (oh_association_table_get (self->table, i));
  switch (check_infos (self, in, &reason))
    {
    case OH_SLOT_SIGNED_RIGHT:
      if (is_register (in) && oh_sip_message_status (in) / 100 == 2)
        on_registered (self);
      return OH_SIP_VERDICT_PASS;
    case OH_SLOT_SIGNED_BY_NOBODY:
      if (may_come_unsigned (self, in))
        return OH_SIP_VERDICT_PASS;
      break;
    case OH_SLOT_SIGNED_WRONGLY: why = OH_SECURITY_DROP_FORGED; break;
    case OH_SLOT_SIGNED_TWICE: why = OH_SECURITY_DROP_REPLAYED; break;
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
  GError *error = NULL;
  gboolean refused = FALSE;
  gboolean again = oh_challenge_answer_finish (result, &refused, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED, _ ("The sign-in was stopped."));
      return;
    }
  self->refused = refused;
  if (again)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
answer_async (OhSipGuard *guard, OhSipMessage *response, OhSipMessage *request,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  OhSecurity *self = OH_SECURITY (guard);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, answer_async);
  oh_challenge_answer_async (self->table, response, request, self->cancellable, on_answered,
                             g_steal_pointer (&task));
}

static gboolean
answer_finish (OhSipGuard *guard, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_of_register (OhSipGuard *guard, const OhSipMessage *response, const OhSipMessage *request)
{
  return oh_challenge_is_of_register (OH_SECURITY (guard)->table, response, request);
}

/* --- the object ---------------------------------------------------------------------------- */

static void
stop_answers (OhSecurity *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
reset (OhSipGuard *guard)
{
  OhSecurity *self = OH_SECURITY (guard);

  stop_answers (self);
  oh_association_table_clear (self->table);
}

static void
guard_iface_init (OhSipGuardInterface *iface)
{
  iface->protect = protect;
  iface->check = check;
  iface->answer_async = answer_async;
  iface->answer_finish = answer_finish;
  iface->is_of_register = is_of_register;
  iface->reset = reset;
}

static void
oh_security_dispose (GObject *object)
{
  OhSecurity *self = OH_SECURITY (object);

  g_cancellable_cancel (self->cancellable);
  oh_association_table_clear (self->table);
  G_OBJECT_CLASS (oh_security_parent_class)->dispose (object);
}

static void
oh_security_finalize (GObject *object)
{
  OhSecurity *self = OH_SECURITY (object);

  oh_association_table_free (self->table);
  g_clear_object (&self->cancellable);
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

  self->policy = *policy;
  self->table = oh_association_table_new (clock, &policy->schemes, credentials_func, user_data);
  return self;
}

void
oh_security_set_policy (OhSecurity *self, const OhSecurityPolicy *policy)
{
  self->policy = *policy;
  oh_association_table_set_policy (self->table, &policy->schemes);
}

void
oh_security_set_maker (OhSecurity *self, OhMechanismMaker maker)
{
  oh_association_table_set_maker (self->table, maker);
}

void
oh_security_set_peer (OhSecurity *self, const OhAuthPeer *peer)
{
  stop_answers (self);
  oh_association_table_set_peer (self->table, peer);
}

void
oh_security_renew (OhSecurity *self)
{
  oh_association_table_renew (self->table);
}

void
oh_security_set_idle_limit (OhSecurity *self, guint seconds)
{
  oh_association_table_set_idle_limit (self->table, seconds);
}

static gboolean
any_is (OhSecurity *self, guint states)
{
  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    if (states & 1u << oh_association_slot_state (oh_association_table_get (self->table, i)))
      return TRUE;
  return FALSE;
}

OhAssociationState
oh_security_state (OhSecurity *self)
{
  if (any_is (self, 1u << OH_SLOT_READY | 1u << OH_SLOT_DUE | 1u << OH_SLOT_RENEWING))
    return OH_ASSOCIATION_READY;
  if (any_is (self, 1u << OH_SLOT_NEGOTIATING))
    return OH_ASSOCIATION_NEGOTIATING;
  return any_is (self, 1u << OH_SLOT_EXPIRED) ? OH_ASSOCIATION_EXPIRED : OH_ASSOCIATION_NONE;
}

OhAuthScheme
oh_security_scheme (OhSecurity *self)
{
  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    {
      OhAssociation *association =
        oh_association_slot_current (oh_association_table_get (self->table, i));

      if (association != NULL)
        return oh_association_scheme (association);
    }
  return OH_AUTH_SCHEME_OTHER;
}

gint64
oh_security_renew_us (OhSecurity *self)
{
  gint64 first_us = G_MAXINT64;

  for (guint i = 0; i < oh_association_table_size (self->table); i++)
    {
      OhAssociationSlot *slot = oh_association_table_get (self->table, i);
      OhAssociation *association = oh_association_slot_current (slot);

      /* what no REGISTER passes, no REGISTER renews */
      if (association != NULL && oh_association_slot_is_of_register (slot))
        first_us = MIN (first_us, oh_association_renew_us (association));
    }
  return first_us;
}

gboolean
oh_security_was_refused (OhSecurity *self)
{
  return self->refused;
}

void
oh_security_forgive (OhSecurity *self)
{
  oh_association_table_forgive (self->table);
}

guint64
oh_security_ignored_names (OhSecurity *self)
{
  return oh_association_table_ignored_names (self->table);
}

guint64
oh_security_dropped (OhSecurity *self, OhSecurityDrop why)
{
  g_return_val_if_fail (why < OH_SECURITY_N_DROPS, 0);
  return self->dropped[why];
}
