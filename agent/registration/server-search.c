/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-registration"

#include "server-search.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "redirect-trail.h"
#include "server-finder.h"

/* How much an error tells. */
enum
{
  RANK_GUESS_SILENT,
  RANK_GUESS_ANSWERED,
  RANK_NAMED_SILENT,
  RANK_NOT_USED, /* somebody named it, and we must not go there */
  RANK_NAMED_ANSWERED,
};

struct _OhServerSearch
{
  GObject parent_instance;

  OhClock *clock;                 /* (owned) */
  const OhRegistrationPlan *plan; /* borrowed (nullable) */
  OhServerCache *cache;           /* (owned) (nullable): of the folder below */
  char *state_dir;                /* (owned) (nullable) */

  GPtrArray *candidates;  /* (owned) (element-type OhServer): still to be tried */
  gboolean found;         /* the finder has been asked since the beginning */
  gboolean discovered;    /* ... and nobody typed what it gave, or sent us on since */
  OhRedirectTrail *trail; /* (owned): since the beginning */
  GError *error;          /* (owned) (nullable): the most telling one since the beginning */
  guint rank;             /* of @error */

  GPtrArray *homes; /* (owned) (element-type OhServer): where we were sent last, primary first */
  gint64 primary_delay_us; /* until the primary is tried again */
  guint primary_alarm;
  GCancellable *primary_cancellable; /* (owned) (nullable): while it is being tried */
};

enum
{
  PRIMARY_BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhServerSearch, oh_server_search, G_TYPE_OBJECT)

/* --- what went wrong ----------------------------------------------------------------------- */

/* @error: (transfer full) */
static void
note_error (OhServerSearch *self, GError *error, guint rank)
{
  if (self->error != NULL && rank <= self->rank)
    {
      g_error_free (error);
      return;
    }
  g_clear_error (&self->error);
  self->error = error;
  self->rank = rank;
}

static guint
rank_of (const OhServer *server, const GError *error)
{
  gboolean silent = g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE);

  if (server->guessed)
    return silent ? RANK_GUESS_SILENT : RANK_GUESS_ANSWERED;
  return silent ? RANK_NAMED_SILENT : RANK_NAMED_ANSWERED;
}

/* Returns: (transfer full): why none of the candidates will do */
static GError *
last_word (OhServerSearch *self)
{
  g_autoptr (GError) last = g_steal_pointer (&self->error);
  gboolean silent =
    last == NULL || self->rank == RANK_GUESS_SILENT || self->rank == RANK_NAMED_SILENT;

  if (!self->discovered || !silent)
    return g_steal_pointer (&last);
  return g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                      _ ("No server was found for %s: DNS names none that answers (%s)"),
                      self->plan->domain, last != NULL ? last->message : "-");
}

/* Without the own domain, which is the first: how far that reaches is for the names to say. */
static const char *const *
other_domains (const OhRegistrationPlan *plan)
{
  return (const char *const *) plan->trusted + 1;
}

/* --- candidate after candidate ------------------------------------------------------------- */

/* The candidate that is being tried; the task's data. */
typedef struct
{
  OhServer *server;          /* (owned) */
  OhSipTransport *transport; /* (owned) */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_clear_pointer (&attempt->server, oh_server_free);
  g_clear_object (&attempt->transport);
  g_free (attempt);
}

/* Returns: (transfer full): a connection, not yet connected */
static OhSipTransport *
connect_to (OhServerSearch *self, const OhServer *server, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  OhSipTransport *transport = oh_sip_transport_new (self->clock);
  /* A guess with the final dot that keeps the resolver from trying it in other domains too. */
  g_autofree char *absolute = server->guessed ? g_strconcat (server->host, ".", NULL) : NULL;
  const OhSipTarget target = {
    .host = absolute != NULL ? absolute : server->host,
    .port = server->port,
    .identity = server->host,
    .ca_file = self->plan->ca_file,
    .dead_peer_s = self->plan->dead_peer_s,
    .allow_tls_1_0 = self->plan->allow_tls_1_0,
  };

  oh_sip_transport_connect_async (transport, &target, cancellable, callback, user_data);
  return transport;
}

static void try_next (GTask *owned);

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhServerSearch *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;

  if (oh_sip_transport_connect_finish (OH_SIP_TRANSPORT (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_debug ("%s:%u (%s): %s", attempt->server->host, attempt->server->port, attempt->server->via,
           error->message);
  if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  note_error (self, error, rank_of (attempt->server, error));
  try_next (g_steal_pointer (&task));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhServerSearch *self = g_task_get_source_object (task);
  GError *error = NULL;
  GError *unused = NULL;
  g_autoptr (GPtrArray) found = oh_server_find_finish (result, &unused, &error);

  if (unused != NULL)
    note_error (self, unused, RANK_NOT_USED);
  if (found == NULL)
    {
      oh_error_adopt (&error, "%s", self->plan->domain);
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  self->candidates = g_steal_pointer (&found);
  try_next (g_steal_pointer (&task));
}

static void
find (OhServerSearch *self, GTask *task)
{
  const OhRegistrationPlan *plan = self->plan;
  const OhServerQuery query = {
    .uri = plan->uri,
    .trust = { plan->domain, plan->names, other_domains (plan) },
    .manual = plan->server,
    .manual_outside = plan->server_outside,
    .ca_file = plan->ca_file,
    .cache = self->cache,
    .clock = self->clock,
  };

  self->found = TRUE;
  self->discovered = plan->server == NULL && plan->server_outside == NULL;
  oh_server_find_async (&query, g_task_get_cancellable (task), on_found, task);
}

static void
try_next (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhServerSearch *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);

  if (self->candidates->len == 0 && !self->found)
    {
      find (self, g_steal_pointer (&task));
      return;
    }
  if (self->candidates->len == 0)
    {
      g_task_return_error (task, last_word (self));
      return;
    }
  g_clear_pointer (&attempt->server, oh_server_free);
  g_clear_object (&attempt->transport);
  attempt->server = g_ptr_array_steal_index (self->candidates, 0);
  attempt->transport = connect_to (self, attempt->server, g_task_get_cancellable (task),
                                   on_connected, g_object_ref (task));
}

void
oh_server_search_next_async (OhServerSearch *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_server_search_next_async);
  g_task_set_task_data (task, g_new0 (Attempt, 1), (GDestroyNotify) attempt_free);
  try_next (task);
}

OhSipTransport *
oh_server_search_next_finish (OhServerSearch *self, GAsyncResult *result, OhServer **server,
                              GError **error)
{
  Attempt *attempt = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      if (attempt->transport != NULL &&
          oh_sip_transport_is_connected (attempt->transport)) /* given up after it was connected */
        oh_sip_transport_close (attempt->transport, NULL);
      return NULL;
    }
  *server = g_steal_pointer (&attempt->server);
  return g_steal_pointer (&attempt->transport);
}

gboolean
oh_server_search_pass_over (OhServerSearch *self, const OhServer *server, const GError *error)
{
  note_error (self, g_error_copy (error),
              server->guessed ? RANK_GUESS_ANSWERED : RANK_NAMED_ANSWERED);
  return self->candidates->len > 0 || !self->found;
}

/* --- where we are sent --------------------------------------------------------------------- */

static void
replace_by_copy (GPtrArray **list, GPtrArray *servers)
{
  g_ptr_array_set_size (*list, 0);
  for (guint i = 0; i < servers->len; i++)
    oh_server_list_add (*list, oh_server_copy (g_ptr_array_index (servers, i)));
}

gboolean
oh_server_search_redirect (OhServerSearch *self, const OhServer *from, GPtrArray *targets,
                           gboolean is_signed, GError **error)
{
  const OhServerTrust trust = { self->plan->domain, self->plan->names, other_domains (self->plan) };
  g_autoptr (GPtrArray) servers = NULL;

  if (self->cache != NULL)
    oh_server_cache_drop (self->cache);
  servers = oh_redirect_trail_follow (self->trail, from, targets, is_signed ? NULL : &trust, error);
  if (servers == NULL)
    return FALSE;
  g_clear_error (&self->error);
  replace_by_copy (&self->candidates, servers);
  replace_by_copy (&self->homes, servers);
  if (self->homes->len > OH_SERVER_HOMES_MAX)
    g_ptr_array_set_size (self->homes, OH_SERVER_HOMES_MAX);
  self->discovered = FALSE;
  self->found = TRUE; /* whoever sends us does not want us to look elsewhere */
  return TRUE;
}

/* --- the primary registrar ----------------------------------------------------------------- */

static void wait_for_primary (OhServerSearch *self);

static void
on_primary_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhServerSearch) self = user_data;
  OhSipTransport *transport = OH_SIP_TRANSPORT (source);
  g_autoptr (GError) error = NULL;
  gboolean connected = oh_sip_transport_connect_finish (transport, result, &error);

  if (connected)
    oh_sip_transport_close (transport, NULL);
  if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    return; /* rest() has cleared up */
  g_clear_object (&self->primary_cancellable);
  if (connected)
    {
      self->primary_delay_us =
        MIN (self->primary_delay_us * 2, OH_SERVER_PRIMARY_CHECK_MAX_S * (gint64) G_USEC_PER_SEC);
      g_signal_emit (self, signals[PRIMARY_BACK], 0);
      return;
    }
  g_debug ("the primary server is not back: %s", error->message);
  wait_for_primary (self);
}

static gboolean
on_primary_alarm (gpointer user_data)
{
  OhServerSearch *self = user_data;

  self->primary_alarm = 0;
  self->primary_cancellable = g_cancellable_new ();
  g_object_unref (connect_to (self, g_ptr_array_index (self->homes, 0), self->primary_cancellable,
                              on_primary_connected, g_object_ref (self)));
  return G_SOURCE_REMOVE;
}

static void
wait_for_primary (OhServerSearch *self)
{
  self->primary_alarm =
    oh_clock_add_alarm_in (self->clock, self->primary_delay_us, on_primary_alarm, self);
}

void
oh_server_search_rest (OhServerSearch *self)
{
  oh_clock_clear_alarm (self->clock, &self->primary_alarm);
  g_cancellable_cancel (self->primary_cancellable);
  g_clear_object (&self->primary_cancellable);
}

void
oh_server_search_works (OhServerSearch *self, const OhServer *server, gboolean remote)
{
  oh_server_search_rest (self);
  if (self->cache != NULL && self->plan->server == NULL && self->plan->server_outside == NULL)
    oh_server_cache_put (self->cache, self->plan->uri, server, remote);
  if (self->homes->len == 0)
    return;
  if (oh_server_is_same (g_ptr_array_index (self->homes, 0), server))
    self->primary_delay_us = OH_SERVER_PRIMARY_CHECK_S * (gint64) G_USEC_PER_SEC;
  else
    wait_for_primary (self);
}

/* --- from the beginning -------------------------------------------------------------------- */

void
oh_server_search_begin (OhServerSearch *self)
{
  oh_server_search_rest (self);
  oh_redirect_trail_clear (self->trail);
  g_clear_error (&self->error);
  replace_by_copy (&self->candidates, self->homes);
  self->found = FALSE;
}

void
oh_server_search_set_plan (OhServerSearch *self, const OhRegistrationPlan *plan)
{
  oh_server_search_rest (self);
  self->plan = plan;
  g_ptr_array_set_size (self->homes, 0);
  g_ptr_array_set_size (self->candidates, 0);
  if (plan != NULL && (self->cache == NULL || g_strcmp0 (plan->state_dir, self->state_dir) != 0))
    {
      g_free (self->state_dir);
      self->state_dir = g_strdup (plan->state_dir);
      g_clear_object (&self->cache);
      self->cache = oh_server_cache_new (plan->state_dir);
    }
  self->primary_delay_us = OH_SERVER_PRIMARY_CHECK_S * (gint64) G_USEC_PER_SEC;
}

static void
oh_server_search_dispose (GObject *object)
{
  oh_server_search_rest (OH_SERVER_SEARCH (object));
  G_OBJECT_CLASS (oh_server_search_parent_class)->dispose (object);
}

static void
oh_server_search_finalize (GObject *object)
{
  OhServerSearch *self = OH_SERVER_SEARCH (object);

  g_clear_object (&self->cache);
  g_free (self->state_dir);
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->homes);
  oh_redirect_trail_free (self->trail);
  g_clear_error (&self->error);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_server_search_parent_class)->finalize (object);
}

static void
oh_server_search_class_init (OhServerSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_server_search_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_server_search_finalize;
  signals[PRIMARY_BACK] = g_signal_new ("primary-back", OH_TYPE_SERVER_SEARCH, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_server_search_init (OhServerSearch *self)
{
  self->candidates = oh_server_list_new ();
  self->homes = oh_server_list_new ();
  self->trail = oh_redirect_trail_new ();
}

OhServerSearch *
oh_server_search_new (OhClock *clock)
{
  OhServerSearch *self = g_object_new (OH_TYPE_SERVER_SEARCH, NULL);

  self->clock = g_object_ref (clock);
  return self;
}
