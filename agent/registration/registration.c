/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-registration"

#include "registration.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "own-address.h"
#include "registration-link.h"
#include "registration-settings.h"
#include "retry.h"

struct _OhRegistration
{
  GObject parent_instance;

  OhClock *clock;       /* (owned) */
  OhSecurity *security; /* (owned) */
  OhSipStack *stack;    /* (owned) */

  OhRegistrationState state;
  GError *reason; /* (owned) (nullable) */
  gint64 since_us;
  gint64 lost_us; /* wall time; 0 while ONLINE, or OFFLINE */

  OhRegistrationPlan *plan; /* (owned) (nullable): NULL before the first sign-in */
  gboolean cut_off;         /* this computer has no network beyond itself */
  OhRetry retry;            /* its alarm is set in state WAITING */
  OhRegistrationLink *link; /* (owned): the attempt under way, or what stands */
  GPtrArray *sign_outs;     /* (owned) (element-type GTask): waiting for OFFLINE */
  guint leave_alarm;        /* they do not wait longer for an answer to our REGISTER */
};

enum
{
  PROP_STATE = 1,
  PROP_REASON,
  PROP_SERVER,
  PROP_MECHANISM,
  PROP_SINCE,
  PROP_LOST,
  PROP_NEXT_TRY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNED_IN,
  RENEWED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhRegistration, oh_registration, G_TYPE_OBJECT)

/* @reason: (transfer full) (nullable) */
static void
set_state (OhRegistration *self, OhRegistrationState to, GError *reason)
{
  g_return_if_fail (oh_registration_state_may_become (self->state, to));
  g_message ("%s -> %s%s%s", oh_registration_state_word (self->state),
             oh_registration_state_word (to), reason != NULL ? ": " : "",
             reason != NULL ? reason->message : "");
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_error (&self->reason);
  self->reason = reason;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEXT_TRY]);
  if (to == OH_REGISTRATION_ONLINE || to == OH_REGISTRATION_OFFLINE)
    self->lost_us = 0;
  else if (self->lost_us == 0)
    self->lost_us = oh_clock_wall_us (self->clock);
  if (to != self->state)
    {
      self->state = to;
      self->since_us = oh_clock_wall_us (self->clock);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SINCE]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOST]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MECHANISM]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* --- letting go ---------------------------------------------------------------------------- */

/* Whatever is under way will not be heard of again, and the connection is closed. */
static void
abandon (OhRegistration *self)
{
  oh_retry_stop (&self->retry);
  oh_clock_clear_alarm (self->clock, &self->leave_alarm);
  oh_registration_link_drop (self->link);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERVER]);
}

static void start (OhRegistration *self);
static void go_offline (OhRegistration *self);

static void
on_retry (gpointer user_data)
{
  start (user_data);
}

/* @error: (transfer full).
 * Returns: (transfer full): the same, or what is more to the point */
static GError *
blame (OhRegistration *self, GError *error)
{
  if (!self->retry.offline || !g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE))
    return error;
  g_error_free (error);
  return g_error_new_literal (OH_ERROR, OH_ERROR_UNREACHABLE,
                              _ ("This computer has no network connection."));
}

/* The present attempt, or the connection that stood, is over. @error: (transfer full).
 * @retry_s: as oh_register_refusal() */
static void
fail (OhRegistration *self, GError *error, gint retry_s)
{
  abandon (self);
  if (self->sign_outs->len > 0)
    {
      g_error_free (error);
      go_offline (self);
    }
  else if (oh_retry_failed (&self->retry, error, retry_s, g_random_double ()))
    set_state (self, OH_REGISTRATION_WAITING, blame (self, error));
  else
    set_state (self, OH_REGISTRATION_FAILED, error);
}

/* --- signing in ---------------------------------------------------------------------------- */

static void leave (OhRegistration *self);

static void
on_connecting (OhRegistrationLink *link, OhRegistration *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERVER]);
  set_state (self, OH_REGISTRATION_CONNECTING, NULL);
}

static void
on_connected (OhRegistrationLink *link, OhRegistration *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERVER]);
  set_state (self, OH_REGISTRATION_SIGNING_IN, NULL);
}

static void
on_granted (OhRegistrationLink *link, gboolean handshake, OhRegistration *self)
{
  if (self->state == OH_REGISTRATION_SIGNING_IN && self->sign_outs->len > 0)
    {
      leave (self); /* let in while we were on our way out */
      return;
    }
  if (self->state == OH_REGISTRATION_SIGNING_IN)
    {
      oh_retry_succeeded (&self->retry);
      set_state (self, OH_REGISTRATION_ONLINE, NULL);
      g_signal_emit (self, signals[SIGNED_IN], 0);
      return;
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MECHANISM]);
  if (handshake)
    g_signal_emit (self, signals[RENEWED], 0);
}

static void
on_ended (OhRegistrationLink *link, const GError *error, gint retry_s, OhRegistration *self)
{
  fail (self, g_error_copy (error), retry_s);
}

/* A server on this computer needs no network. */
static void
weigh_network (OhRegistration *self)
{
  oh_retry_set_offline (&self->retry,
                        self->cut_off &&
                          (self->plan == NULL || !oh_own_address_is_server (self->plan->server)));
}

static void
start (OhRegistration *self)
{
  abandon (self);
  weigh_network (self);
  oh_registration_link_start (self->link);
}

/* Whoever is online at the backup registrar goes home. */
static void
on_primary_back (OhRegistrationLink *link, OhRegistration *self)
{
  if (self->state == OH_REGISTRATION_ONLINE)
    start (self);
}

/* --- signing out --------------------------------------------------------------------------- */

static void
go_offline (OhRegistration *self)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->sign_outs);

  self->sign_outs = g_ptr_array_new_with_free_func (g_object_unref);
  abandon (self);
  oh_retry_clear (&self->retry);
  set_state (self, OH_REGISTRATION_OFFLINE, NULL);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (tasks->pdata[i], TRUE);
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhRegistration) self = user_data;

  (void) oh_register_session_leave_finish (OH_REGISTER_SESSION (source), result);
  if (source == G_OBJECT (oh_registration_link_session (self->link)))
    go_offline (self);
}

static void
leave (OhRegistration *self)
{
  oh_register_session_leave_async (oh_registration_link_session (self->link), on_left,
                                   g_object_ref (self));
}

static gboolean
on_leave_limit (gpointer user_data)
{
  OhRegistration *self = user_data;

  self->leave_alarm = 0;
  go_offline (self);
  return G_SOURCE_REMOVE;
}

/* A REGISTER with our credentials is on its way. Closing now could leave a registration behind that
 * nobody takes back. */
static gboolean
may_be_let_in (OhRegistration *self)
{
  return self->state == OH_REGISTRATION_SIGNING_IN &&
         oh_security_state (self->security) != OH_ASSOCIATION_NONE;
}

void
oh_registration_sign_out_async (OhRegistration *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_registration_sign_out_async);
  g_ptr_array_add (self->sign_outs, task);
  if (self->sign_outs->len > 1)
    return; /* already leaving */
  oh_registration_link_set_last (self->link);
  if (self->state == OH_REGISTRATION_ONLINE)
    leave (self);
  else if (may_be_let_in (self))
    self->leave_alarm = oh_clock_add_alarm_in (
      self->clock, OH_REGISTER_LEAVE_LIMIT_S * G_GINT64_CONSTANT (1000000), on_leave_limit, self);
  else
    go_offline (self);
}

gboolean
oh_registration_sign_out_finish (OhRegistration *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the object ---------------------------------------------------------------------------- */

void
oh_registration_sign_in (OhRegistration *self, const OhRegistrationSettings *settings)
{
  GError *error = NULL;
  OhRegistrationPlan *plan = oh_registration_plan_new (settings, &error);

  if (self->sign_outs->len > 0)
    go_offline (self); /* who waits for it learns that it was for a moment */
  abandon (self);
  oh_security_forgive (self->security);
  oh_retry_clear (&self->retry);
  if (plan == NULL)
    {
      set_state (self, OH_REGISTRATION_FAILED, error);
      return;
    }
  oh_registration_link_set_plan (self->link, plan);
  g_clear_pointer (&self->plan, oh_registration_plan_free);
  self->plan = plan;
  start (self);
}

void
oh_registration_give_up (OhRegistration *self, const GError *error)
{
  if (self->state == OH_REGISTRATION_WAITING)
    fail (self, g_error_copy (error), OH_REGISTER_NEVER);
}

/* --- what changes around us ---------------------------------------------------------------- */

void
oh_registration_check (OhRegistration *self)
{
  oh_retry_set_asleep (&self->retry, FALSE);
  if ((self->state == OH_REGISTRATION_WAITING && oh_retry_may_hurry (&self->retry)) ||
      (self->state == OH_REGISTRATION_FAILED && oh_retry_helps_elsewhere (self->reason)))
    start (self);
  else if (self->state == OH_REGISTRATION_ONLINE)
    oh_register_session_refresh (oh_registration_link_session (self->link));
}

void
oh_registration_sleep (OhRegistration *self)
{
  oh_retry_set_asleep (&self->retry, TRUE);
}

/* Nobody's failure: it is not counted, and where there is another network no pause is made. */
static void
on_address_gone (OhRegistration *self)
{
  g_autoptr (GError) gone = g_error_new (
    OH_ERROR, OH_ERROR_UNREACHABLE, _ ("The network changed: this computer is not %s any more."),
    oh_registration_link_local_host (self->link));

  if (oh_retry_is_hopeless (&self->retry) || self->sign_outs->len > 0)
    {
      fail (self, g_steal_pointer (&gone), OH_REGISTER_BACK_OFF);
      return;
    }
  g_message ("%s", gone->message);
  start (self);
}

void
oh_registration_set_network (OhRegistration *self, gboolean connected, const char *const *addresses)
{
  const char *host = oh_registration_link_local_host (self->link);
  gboolean was_cut_off = self->cut_off;

  self->cut_off = !connected;
  weigh_network (self);
  if (host != NULL && !oh_own_address_is_among (host, addresses))
    on_address_gone (self);
  else if (was_cut_off && connected && self->state == OH_REGISTRATION_WAITING &&
           oh_retry_may_hurry (&self->retry))
    start (self);
}

OhRegistrationState
oh_registration_state (OhRegistration *self)
{
  return self->state;
}

const GError *
oh_registration_reason (OhRegistration *self)
{
  return self->reason;
}

OhSipStack *
oh_registration_stack (OhRegistration *self)
{
  return self->stack;
}

OhSecurity *
oh_registration_security (OhRegistration *self)
{
  return self->security;
}

gboolean
oh_registration_supports (OhRegistration *self, const char *feature)
{
  return self->state == OH_REGISTRATION_ONLINE &&
         oh_register_grant_supports (oh_registration_link_grant (self->link), feature);
}

const char *
oh_registration_gruu (OhRegistration *self)
{
  const OhRegisterGrant *grant = oh_registration_link_grant (self->link);

  return self->state == OH_REGISTRATION_ONLINE && grant != NULL ? grant->gruu : NULL;
}

const char *
oh_registration_allow_events (OhRegistration *self)
{
  const OhRegisterGrant *grant = oh_registration_link_grant (self->link);

  return self->state == OH_REGISTRATION_ONLINE && grant != NULL ? grant->allow_events : NULL;
}

gboolean
oh_registration_is_remote (OhRegistration *self)
{
  const OhRegisterGrant *grant = oh_registration_link_grant (self->link);

  return grant != NULL && grant->is_remote;
}

char *
oh_registration_describe (OhRegistration *self)
{
  return oh_registration_state_describe (self->state, self->reason);
}

static void
oh_registration_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhRegistration *self = OH_REGISTRATION (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_enum (value, self->state); break;
    case PROP_REASON: g_value_set_boxed (value, self->reason); break;
    case PROP_SERVER: g_value_take_string (value, oh_registration_link_server (self->link)); break;
    case PROP_MECHANISM:
      g_value_set_string (value,
                          self->state == OH_REGISTRATION_ONLINE
                            ? oh_registration_mechanism_word (oh_security_scheme (self->security))
                            : NULL);
      break;
    case PROP_SINCE: g_value_set_int64 (value, self->since_us); break;
    case PROP_LOST: g_value_set_int64 (value, self->lost_us); break;
    case PROP_NEXT_TRY: g_value_set_int64 (value, oh_retry_next_us (&self->retry)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_registration_dispose (GObject *object)
{
  OhRegistration *self = OH_REGISTRATION (object);

  if (self->link != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->link, self);
      abandon (self);
      g_object_run_dispose (G_OBJECT (self->link)); /* a search on its way may hold it */
    }
  g_clear_object (&self->link);
  g_clear_object (&self->stack);
  g_clear_object (&self->security);
  g_clear_error (&self->reason);
  g_clear_pointer (&self->plan, oh_registration_plan_free);
  g_clear_pointer (&self->sign_outs, g_ptr_array_unref);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_registration_parent_class)->dispose (object);
}

static void
oh_registration_class_init (OhRegistrationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = oh_registration_get_property;
  object_class->dispose = oh_registration_dispose;
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, OH_TYPE_REGISTRATION_STATE,
                                         OH_REGISTRATION_OFFLINE, flags);
  props[PROP_REASON] = g_param_spec_boxed ("reason", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  props[PROP_MECHANISM] = g_param_spec_string ("mechanism", NULL, NULL, NULL, flags);
  props[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_LOST] = g_param_spec_int64 ("lost", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_NEXT_TRY] = g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNED_IN] = g_signal_new ("signed-in", OH_TYPE_REGISTRATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[RENEWED] = g_signal_new ("renewed", OH_TYPE_REGISTRATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_registration_init (OhRegistration *self)
{
  self->sign_outs = g_ptr_array_new_with_free_func (g_object_unref);
}

OhRegistration *
oh_registration_new (OhClock *clock, OhCredentialsFunc credentials_func, gpointer user_data)
{
  OhRegistration *self = g_object_new (OH_TYPE_REGISTRATION, NULL);
  const OhSecurityPolicy policy = { .schemes = { .choice = OH_MECHANISM_CHOICE_AUTO } };

  self->clock = g_object_ref (clock);
  self->since_us = oh_clock_wall_us (clock);
  oh_retry_init (&self->retry, clock, on_retry, self);
  self->security = oh_security_new (clock, &policy, credentials_func, user_data);
  self->stack = oh_sip_stack_new (clock, OH_SIP_GUARD (self->security));
  self->link = oh_registration_link_new (clock, self->stack, self->security);
  g_signal_connect (self->link, "connecting", G_CALLBACK (on_connecting), self);
  g_signal_connect (self->link, "connected", G_CALLBACK (on_connected), self);
  g_signal_connect (self->link, "granted", G_CALLBACK (on_granted), self);
  g_signal_connect (self->link, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect (self->link, "primary-back", G_CALLBACK (on_primary_back), self);
  return self;
}
