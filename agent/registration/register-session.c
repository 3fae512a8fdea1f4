/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-registration"

#include "register-session.h"

#include <glib/gi18n-lib.h>

#include "deregistration.h"
#include "error.h"
#include "register-form.h"
#include "register-schedule.h"

#define BIT(state) (1u << (state))

/* Until the server has said what it wants, [MS-CONMGMT] 3.1. */
#define FIRST_KEEP_ALIVE_S 60

typedef enum
{
  SESSION_NEW,
  SESSION_BEGINNING, /* no 2xx yet */
  SESSION_STANDING,  /* registered */
  SESSION_LEAVING,   /* REGISTER with Expires: 0 is under way */
  SESSION_OVER,
  SESSION_N_STATES,
} SessionState;

static const guint may_follow[SESSION_N_STATES] = {
  [SESSION_NEW] = BIT (SESSION_BEGINNING) | BIT (SESSION_OVER),
  [SESSION_BEGINNING] = BIT (SESSION_STANDING) | BIT (SESSION_OVER),
  [SESSION_STANDING] = BIT (SESSION_LEAVING) | BIT (SESSION_OVER),
  [SESSION_LEAVING] = BIT (SESSION_OVER),
  [SESSION_OVER] = 0,
};

struct _OhRegisterSession
{
  GObject parent_instance;

  SessionState state;
  OhClock *clock;                 /* (owned) */
  OhSipStack *stack;              /* (owned) */
  OhSecurity *security;           /* (owned) */
  const OhRegistrationPlan *plan; /* borrowed */
  char *server;                   /* (owned) */
  GCancellable *cancellable;      /* (owned): of everything under way */

  OhSipMessage *form;     /* (owned) (nullable): REGISTER without CSeq and credentials */
  guint32 cseq;           /* of the REGISTER sent last */
  OhSipMessage *sent;     /* (owned) (nullable): the REGISTER under way */
  gboolean handshake;     /* a complete handshake is under way */
  gboolean renew_wanted;  /* ... and one is due as soon as the REGISTER under way is answered */
  guint last_status;      /* of the latest final answer; 0 when none came yet */
  guint unanswered;       /* refreshes in a row that failed and may be repeated */
  OhRegisterGrant *grant; /* (owned) (nullable) */
  OhRegisterSchedule *schedule; /* (owned): of what is to be sent */
};

enum
{
  GRANTED,
  REDIRECTED,
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhRegisterSession, oh_register_session, G_TYPE_OBJECT)

static void send_register (OhRegisterSession *self);

static void
set_state (OhRegisterSession *self, SessionState to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  self->state = to;
}

static void
cancel_all (OhRegisterSession *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  oh_register_schedule_clear (self->schedule);
  g_clear_pointer (&self->sent, oh_sip_message_unref);
}

/* Nothing comes after this. */
static void
finish (OhRegisterSession *self)
{
  cancel_all (self);
  g_signal_handlers_disconnect_by_data (self->stack, self);
  set_state (self, SESSION_OVER);
}

/* @taken: (transfer full) */
static void
end (OhRegisterSession *self, GError *taken, gint retry_s)
{
  g_autoptr (GError) error = taken;
  g_autoptr (OhRegisterSession) alive = g_object_ref (self);

  finish (self);
  oh_sip_stack_association_renewed (self->stack, error);
  g_signal_emit (alive, signals[ENDED], 0, error, retry_s);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- refreshing in time -------------------------------------------------------------------- */

static void
on_refresh (gpointer user_data)
{
  OhRegisterSession *self = user_data;

  if (self->sent == NULL)
    send_register (self);
}

/* A handshake on the same connection with the servers that the guard has marked; dialogs and
 * subscriptions stay. */
static void
renew (OhRegisterSession *self)
{
  if (self->handshake)
    return;
  self->renew_wanted = self->sent != NULL;
  if (self->renew_wanted)
    return;
  self->handshake = TRUE;
  send_register (self);
}

static void
on_renew (gpointer user_data)
{
  OhRegisterSession *self = user_data;

  oh_security_renew (self->security);
  renew (self);
}

/* --- answers ------------------------------------------------------------------------------- */

static void
on_granted (OhRegisterSession *self)
{
  gboolean first = self->state == SESSION_BEGINNING;
  gboolean handshake = self->handshake || first;
  gboolean renew_now = self->renew_wanted && !handshake;

  oh_register_form_tell (self->stack, self->plan, self->grant);
  oh_sip_transport_set_keep_alive (oh_sip_stack_transport (self->stack), self->grant->keep_alive_s);
  oh_security_set_idle_limit (self->security, self->grant->expires_s + OH_REGISTER_IDLE_S);
  self->unanswered = 0;
  self->handshake = FALSE;
  self->renew_wanted = FALSE;
  if (first)
    set_state (self, SESSION_STANDING);
  if (renew_now)
    {
      renew (self);
      return;
    }
  oh_register_schedule_granted (self->schedule, self->grant->expires_s,
                                oh_security_renew_us (self->security));
  oh_sip_stack_association_renewed (self->stack, NULL);
  g_signal_emit (self, signals[GRANTED], 0, handshake);
}

static void
on_ok (OhRegisterSession *self, const OhSipMessage *response)
{
  if (oh_security_state (self->security) != OH_ASSOCIATION_READY &&
      !self->plan->allow_unauthenticated)
    {
      end (self,
           g_error_new (OH_ERROR, OH_ERROR_MECHANISM,
                        _ ("The server %s signs everybody in without asking who it is; such a "
                           "server is not trusted."),
                        self->server),
           OH_REGISTER_NEVER);
      return;
    }
  g_clear_pointer (&self->grant, oh_register_grant_free);
  self->grant = oh_register_grant_read (response, self->plan->epid);
  if (self->grant->expires_s > 0)
    on_granted (self);
  else
    end (self,
         g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("The server %s ended the sign-in."),
                      self->server),
         OH_REGISTER_BACK_OFF);
}

static void
on_redirect (OhRegisterSession *self, const OhSipMessage *response)
{
  g_autoptr (OhRegisterSession) alive = g_object_ref (self);
  g_autoptr (GPtrArray) targets = oh_register_redirects (response);

  finish (self);
  g_signal_emit (alive, signals[REDIRECTED], 0, targets);
}

static void
on_refused (OhRegisterSession *self, const OhSipMessage *response)
{
  GError *error = NULL;
  gint retry_s = oh_register_refusal (response, self->server, self->plan->uri, &error);

  /* A refresh that a proxy could not pass on is worth a minute's patience before everything is
   * torn down. */
  if (self->state == SESSION_STANDING && oh_sip_message_status (response) == 504 &&
      ++self->unanswered < OH_REGISTER_ATTEMPTS_MAX)
    {
      g_message ("refresh: %s Once more in a minute.", error->message);
      g_error_free (error);
      oh_register_schedule_refresh_in (self->schedule, OH_REGISTER_REPEAT_S);
      return;
    }
  end (self, error, retry_s);
}

static void
on_challenge_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhRegisterSession) self = user_data;
  GError *error = NULL;
  gboolean again = oh_sip_guard_answer_finish (OH_SIP_GUARD (source), result, &error);

  if (self->state == SESSION_OVER || self->state == SESSION_LEAVING || is_cancelled (error))
    g_clear_error (&error);
  else if (again)
    send_register (self);
  else
    end (self, error,
         oh_security_was_refused (self->security) ? OH_REGISTER_NEVER : OH_REGISTER_BACK_OFF);
}

static void
on_response (OhRegisterSession *self, OhSipMessage *response, OhSipMessage *request)
{
  guint status = oh_sip_message_status (response);

  self->last_status = status;
  if (status == 401 || status == 407)
    {
      self->handshake = TRUE;
      oh_sip_guard_answer_async (OH_SIP_GUARD (self->security), response, request,
                                 self->cancellable, on_challenge_answered, g_object_ref (self));
    }
  else if (status / 100 == 2)
    on_ok (self, response);
  else if (status == 301 || status == 302)
    on_redirect (self, response);
  else
    on_refused (self, response);
}

/* No answer to a refresh, while the connection still stands: the server may only be slow. */
static void
on_no_answer (OhRegisterSession *self, GError *error)
{
  if (self->state == SESSION_STANDING && oh_sip_stack_transport (self->stack) != NULL &&
      g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE) &&
      ++self->unanswered < OH_REGISTER_ATTEMPTS_MAX)
    {
      g_message ("refresh: %s Once more.", error->message);
      g_error_free (error);
      if (self->handshake)
        oh_security_renew (self->security);
      send_register (self);
      return;
    }
  end (self, error, OH_REGISTER_BACK_OFF);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhRegisterSession) self = user_data;
  GError *error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);
  g_autoptr (OhSipMessage) request = NULL;

  if (is_cancelled (error) || self->state == SESSION_OVER || self->state == SESSION_LEAVING)
    {
      g_clear_error (&error);
      return;
    }
  request = g_steal_pointer (&self->sent);
  if (response != NULL)
    on_response (self, response, request);
  else
    on_no_answer (self, error);
}

static OhSipMessage *
next_register (OhRegisterSession *self)
{
  OhSipMessage *request = oh_sip_message_copy (self->form);

  oh_sip_message_set_printf (request, "CSeq", "%u REGISTER", ++self->cseq);
  g_clear_pointer (&self->sent, oh_sip_message_unref);
  self->sent = oh_sip_message_ref (request);
  return request;
}

static void
send_register (OhRegisterSession *self)
{
  g_autoptr (OhSipMessage) request = next_register (self);

  oh_register_schedule_clear_refresh (self->schedule);
  oh_sip_stack_send_async (self->stack, request, self->cancellable, on_answered,
                           g_object_ref (self));
}

/* --- what else the server says ------------------------------------------------------------- */

static void
on_disconnected (OhSipStack *stack, const GError *error, OhRegisterSession *self)
{
  GError *reason;

  if (self->state == SESSION_LEAVING)
    return; /* on_left() hears of it */
  reason = g_error_copy (error);
  g_prefix_error (&reason, _ ("The connection to %s was lost: "), self->server);
  end (self, reason, OH_REGISTER_BACK_OFF);
}

/* An association is gone, says a 401 to something else than REGISTER; the guard knows which. */
static void
on_challenged (OhSipStack *stack, OhSipMessage *response, OhSipMessage *request,
               OhRegisterSession *self)
{
  if (self->state == SESSION_STANDING)
    renew (self);
}

static gboolean
on_notify (OhSipStack *stack, OhSipMessage *request, OhRegisterSession *self)
{
  GError *error = NULL;
  gint retry_s;

  if (!oh_sip_message_has_token (request, "Event", "registration-notify"))
    return FALSE;
  if (oh_sip_message_is_method (request, "NOTIFY"))
    oh_sip_stack_reply (stack, request, 200);
  /* Before our own 200 it is about the registration that we replace. */
  if (self->state == SESSION_STANDING &&
      oh_deregistration_explain (request, self->server, self->plan->uri, g_random_double (),
                                 &retry_s, &error))
    end (self, error, retry_s);
  return TRUE;
}

/* --- leaving ------------------------------------------------------------------------------- */

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhRegisterSession *self = g_task_get_source_object (task);

  if (self->state == SESSION_LEAVING)
    finish (self);
  g_task_return_boolean (task, oh_register_leave_finish (result));
}

void
oh_register_session_leave_async (OhRegisterSession *self, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (OhSipMessage) request = NULL;
  GTask *task;

  g_return_if_fail (self->state == SESSION_STANDING);
  cancel_all (self); /* a refresh under way is of no use any more */
  set_state (self, SESSION_LEAVING);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, oh_register_session_leave_async);
  request = next_register (self);
  oh_register_leave_async (self->clock, self->stack, request, on_left, task);
}

gboolean
oh_register_session_leave_finish (OhRegisterSession *self, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* --- the object ---------------------------------------------------------------------------- */

void
oh_register_session_begin (OhRegisterSession *self)
{
  set_state (self, SESSION_BEGINNING);
  oh_sip_transport_set_keep_alive (oh_sip_stack_transport (self->stack), FIRST_KEEP_ALIVE_S);
  oh_register_form_tell (self->stack, self->plan, NULL);
  self->form = oh_register_form_new (self->stack, self->plan);
  send_register (self);
}

void
oh_register_session_refresh (OhRegisterSession *self)
{
  if (self->state == SESSION_STANDING && self->sent == NULL && !self->handshake)
    send_register (self);
}

const OhRegisterGrant *
oh_register_session_grant (OhRegisterSession *self)
{
  return self->grant;
}

guint
oh_register_session_last_status (OhRegisterSession *self)
{
  return self->last_status;
}

static void
oh_register_session_dispose (GObject *object)
{
  OhRegisterSession *self = OH_REGISTER_SESSION (object);

  if (self->state != SESSION_OVER)
    finish (self);
  G_OBJECT_CLASS (oh_register_session_parent_class)->dispose (object);
}

static void
oh_register_session_finalize (GObject *object)
{
  OhRegisterSession *self = OH_REGISTER_SESSION (object);

  oh_register_schedule_free (self->schedule);
  g_clear_object (&self->clock);
  g_clear_object (&self->stack);
  g_clear_object (&self->security);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->form, oh_sip_message_unref);
  g_clear_pointer (&self->grant, oh_register_grant_free);
  g_free (self->server);
  G_OBJECT_CLASS (oh_register_session_parent_class)->finalize (object);
}

static void
oh_register_session_class_init (OhRegisterSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_register_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_register_session_finalize;
  signals[GRANTED] = g_signal_new ("granted", OH_TYPE_REGISTER_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[REDIRECTED] = g_signal_new ("redirected", OH_TYPE_REGISTER_SESSION, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[ENDED] = g_signal_new ("ended", OH_TYPE_REGISTER_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ERROR, G_TYPE_INT);
}

static void
oh_register_session_init (OhRegisterSession *self)
{
  self->cancellable = g_cancellable_new ();
}

OhRegisterSession *
oh_register_session_new (OhClock *clock, OhSipStack *stack, OhSecurity *security,
                         const OhRegistrationPlan *plan, const char *server)
{
  OhRegisterSession *self = g_object_new (OH_TYPE_REGISTER_SESSION, NULL);

  self->clock = g_object_ref (clock);
  self->schedule = oh_register_schedule_new (clock, on_refresh, on_renew, self);
  self->stack = g_object_ref (stack);
  self->security = g_object_ref (security);
  self->plan = plan;
  self->server = g_strdup (server);
  g_signal_connect (stack, "disconnected", G_CALLBACK (on_disconnected), self);
  g_signal_connect (stack, "challenged", G_CALLBACK (on_challenged), self);
  g_signal_connect (stack, "request::NOTIFY", G_CALLBACK (on_notify), self);
  g_signal_connect (stack, "request::BENOTIFY", G_CALLBACK (on_notify), self);
  return self;
}
