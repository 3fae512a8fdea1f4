/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-registration"

#include "registration-link.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "server-search.h"

struct _OhRegistrationLink
{
  GObject parent_instance;

  OhClock *clock;                 /* (owned) */
  OhSipStack *stack;              /* (owned) */
  OhSecurity *security;           /* (owned) */
  const OhRegistrationPlan *plan; /* borrowed (nullable): NULL before the first */
  OhServerSearch *search;         /* (owned): the way to the server that takes us */
  GCancellable *cancellable;      /* (owned): of the connecting under way */

  OhServer *server;           /* (owned) (nullable): while connected */
  OhSipTransport *transport;  /* (owned) (nullable): while connected */
  OhRegisterSession *session; /* (owned) (nullable): while connected */
  guint silence_alarm;        /* until the first answer on this connection */
  gboolean granted;           /* on this connection */
  gboolean last;              /* no other server is tried */
};

enum
{
  CONNECTING,
  CONNECTED,
  GRANTED,
  ENDED,
  PRIMARY_BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhRegistrationLink, oh_registration_link, G_TYPE_OBJECT)

void
oh_registration_link_drop (OhRegistrationLink *self)
{
  g_autoptr (OhSipTransport) transport = g_steal_pointer (&self->transport);
  g_autoptr (OhRegisterSession) session = g_steal_pointer (&self->session);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  oh_clock_clear_alarm (self->clock, &self->silence_alarm);
  self->granted = FALSE;
  if (session != NULL)
    {
      g_signal_handlers_disconnect_by_data (session, self);
      g_object_run_dispose (G_OBJECT (session));
    }
  oh_server_search_rest (self->search);
  oh_sip_stack_set_transport (self->stack, NULL);
  oh_sip_guard_reset (OH_SIP_GUARD (self->security));
  if (transport != NULL)
    oh_sip_transport_close (transport, NULL);
  g_clear_pointer (&self->server, oh_server_free);
}

/* @taken: (transfer full) */
static void
end (OhRegistrationLink *self, GError *taken, gint retry_s)
{
  g_autoptr (GError) error = taken;

  oh_registration_link_drop (self);
  g_signal_emit (self, signals[ENDED], 0, error, retry_s);
}

/* --- on a connection ----------------------------------------------------------------------- */

static void connect_next (OhRegistrationLink *self);

static void
on_granted (OhRegisterSession *session, gboolean handshake, OhRegistrationLink *self)
{
  if (!self->granted)
    oh_server_search_works (self->search, self->server,
                            oh_register_session_grant (session)->is_remote);
  self->granted = TRUE;
  g_signal_emit (self, signals[GRANTED], 0, handshake);
}

/* Nothing came back, at once or after a challenge, or the server cannot serve now (an Edge whose
 * way inside is broken says 503 or 504): another one may. Any other answer is the domain's, and
 * would be the same elsewhere. */
static gboolean
may_serve_elsewhere (OhRegistrationLink *self, const GError *error)
{
  guint status = oh_register_session_last_status (self->session);

  return !self->granted && !self->last && g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE) &&
         (status == 0 || status == 401 || status == 407 || status == 503 || status == 504);
}

static void
on_ended (OhRegisterSession *session, const GError *error, gint retry_s, OhRegistrationLink *self)
{
  if (!may_serve_elsewhere (self, error) ||
      !oh_server_search_pass_over (self->search, self->server, error))
    {
      end (self, g_error_copy (error), retry_s);
      return;
    }
  g_message ("%s is passed over: %s", self->server->host, error->message);
  oh_registration_link_drop (self);
  connect_next (self);
}

/* At the server that we are sent to the handshake begins anew; the old association means nothing
 * there. While one stands, no answer without its signature comes as far as this. */
static void
on_redirected (OhRegisterSession *session, GPtrArray *targets, OhRegistrationLink *self)
{
  gboolean is_signed = oh_security_state (self->security) == OH_ASSOCIATION_READY;
  GError *error = NULL;

  if (self->last)
    end (self, g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED, _ ("Signing in was given up.")),
         OH_REGISTER_NEVER);
  else if (!oh_server_search_redirect (self->search, self->server, targets, is_signed, &error))
    end (self, error, OH_REGISTER_NEVER);
  else
    {
      oh_registration_link_drop (self);
      connect_next (self);
    }
}

/* Something took the connection, but no server answers behind it. */
static gboolean
on_silence (gpointer user_data)
{
  OhRegistrationLink *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = NULL;

  self->silence_alarm = 0;
  if (oh_register_session_last_status (self->session) != 0)
    return G_SOURCE_REMOVE;
  server = oh_server_text (self->server);
  error =
    g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("The server %s did not answer for %d seconds."),
                 server, OH_REGISTRATION_SILENCE_S);
  oh_sip_transport_close (self->transport, error);
  return G_SOURCE_REMOVE;
}

static void
begin_session (OhRegistrationLink *self)
{
  const OhAuthPeer peer = { self->server->host, TRUE, (const char *const *) self->plan->trusted };

  oh_security_set_peer (self->security, &peer);
  oh_sip_stack_set_transport (self->stack, self->transport);
  self->session = oh_register_session_new (self->clock, self->stack, self->security, self->plan,
                                           self->server->host);
  g_signal_connect (self->session, "granted", G_CALLBACK (on_granted), self);
  g_signal_connect (self->session, "redirected", G_CALLBACK (on_redirected), self);
  g_signal_connect (self->session, "ended", G_CALLBACK (on_ended), self);
  g_signal_emit (self, signals[CONNECTED], 0);
  self->silence_alarm = oh_clock_add_alarm_in (
    self->clock, OH_REGISTRATION_SILENCE_S * G_GINT64_CONSTANT (1000000), on_silence, self);
  oh_register_session_begin (self->session);
}

/* --- on the way to one --------------------------------------------------------------------- */

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhRegistrationLink) self = user_data;
  GError *error = NULL;
  OhServer *server = NULL;
  OhSipTransport *transport =
    oh_server_search_next_finish (OH_SERVER_SEARCH (source), result, &server, &error);

  if (transport != NULL)
    {
      self->transport = transport;
      self->server = server;
      begin_session (self);
    }
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_error_free (error); /* dropped: somebody else goes on */
  else
    end (self, error, OH_REGISTER_BACK_OFF);
}

static void
connect_next (OhRegistrationLink *self)
{
  g_signal_emit (self, signals[CONNECTING], 0);
  oh_server_search_next_async (self->search, self->cancellable, on_connected, g_object_ref (self));
}

void
oh_registration_link_start (OhRegistrationLink *self)
{
  const OhSecurityPolicy policy = { self->plan->schemes, self->plan->allow_unauthenticated };

  oh_registration_link_drop (self);
  self->last = FALSE;
  oh_server_search_begin (self->search);
  oh_security_set_policy (self->security, &policy);
  connect_next (self);
}

void
oh_registration_link_set_plan (OhRegistrationLink *self, const OhRegistrationPlan *plan)
{
  self->plan = plan;
  oh_server_search_set_plan (self->search, plan);
}

void
oh_registration_link_set_last (OhRegistrationLink *self)
{
  self->last = TRUE;
}

/* --- what there is ------------------------------------------------------------------------- */

OhRegisterSession *
oh_registration_link_session (OhRegistrationLink *self)
{
  return self->session;
}

const OhRegisterGrant *
oh_registration_link_grant (OhRegistrationLink *self)
{
  return self->session != NULL ? oh_register_session_grant (self->session) : NULL;
}

char *
oh_registration_link_server (OhRegistrationLink *self)
{
  return self->server != NULL ? oh_server_text (self->server) : NULL;
}

const char *
oh_registration_link_local_host (OhRegistrationLink *self)
{
  return self->transport != NULL ? oh_sip_transport_local_host (self->transport) : NULL;
}

static void
on_primary_back (OhServerSearch *search, OhRegistrationLink *self)
{
  g_signal_emit (self, signals[PRIMARY_BACK], 0);
}

/* --- the object ---------------------------------------------------------------------------- */

static void
oh_registration_link_dispose (GObject *object)
{
  OhRegistrationLink *self = OH_REGISTRATION_LINK (object);

  if (self->stack != NULL)
    {
      oh_registration_link_drop (self);
      g_cancellable_cancel (self->cancellable);
      g_signal_handlers_disconnect_by_data (self->search, self);
    }
  g_clear_object (&self->stack);
  g_clear_object (&self->security);
  G_OBJECT_CLASS (oh_registration_link_parent_class)->dispose (object);
}

static void
oh_registration_link_finalize (GObject *object)
{
  OhRegistrationLink *self = OH_REGISTRATION_LINK (object);

  g_clear_object (&self->search);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_registration_link_parent_class)->finalize (object);
}

static void
oh_registration_link_class_init (OhRegistrationLinkClass *klass)
{
  const GType type = OH_TYPE_REGISTRATION_LINK;

  G_OBJECT_CLASS (klass)->dispose = oh_registration_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_registration_link_finalize;
  signals[CONNECTING] =
    g_signal_new ("connecting", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONNECTED] =
    g_signal_new ("connected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GRANTED] = g_signal_new ("granted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_ERROR, G_TYPE_INT);
  signals[PRIMARY_BACK] =
    g_signal_new ("primary-back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_registration_link_init (OhRegistrationLink *self)
{
  self->cancellable = g_cancellable_new ();
}

OhRegistrationLink *
oh_registration_link_new (OhClock *clock, OhSipStack *stack, OhSecurity *security)
{
  OhRegistrationLink *self = g_object_new (OH_TYPE_REGISTRATION_LINK, NULL);

  self->clock = g_object_ref (clock);
  self->stack = g_object_ref (stack);
  self->security = g_object_ref (security);
  self->search = oh_server_search_new (clock);
  g_signal_connect (self->search, "primary-back", G_CALLBACK (on_primary_back), self);
  return self;
}
