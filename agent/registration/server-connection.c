/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-registration"

#include "server-connection.h"

#include <glib/gi18n-lib.h>

#include "error.h"

/* One search for a connection. */
typedef struct
{
  OhClock *clock;      /* (owned) */
  char *domain;        /* (owned) */
  char *ca_file;       /* (owned) (nullable) */
  gboolean discovered; /* nobody named a server */
  gboolean allow_tls_1_0;
  guint dead_peer_s;
  GPtrArray *candidates; /* (owned) (nullable) (element-type OhServer) */
  guint next;
  OhServer *server; /* (owned) (nullable): the one that is being tried */
  GError *error;    /* (owned) (nullable): the most telling one so far */
  guint rank;       /* of @error */
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->clock);
  g_free (search->domain);
  g_free (search->ca_file);
  g_clear_pointer (&search->candidates, g_ptr_array_unref);
  g_clear_pointer (&search->server, oh_server_free);
  g_clear_error (&search->error);
  g_free (search);
}

/* @error: (transfer full) */
static void
note_error (Search *search, GError *error)
{
  guint rank = (search->server->guessed ? 0 : 2) +
               (g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE) ? 0 : 1);

  if (search->error != NULL && rank <= search->rank)
    {
      g_error_free (error);
      return;
    }
  g_clear_error (&search->error);
  search->error = error;
  search->rank = rank;
}

static void
give_up (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) last = g_steal_pointer (&search->error);

  if (last == NULL || (search->discovered && last->code == OH_ERROR_UNREACHABLE))
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNREACHABLE,
                             _ ("No server was found for %s: DNS names none that answers (%s)"),
                             search->domain, last != NULL ? last->message : "-");
  else
    g_task_return_error (task, g_steal_pointer (&last));
}

static void try_next (GTask *owned);

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  if (oh_sip_transport_connect_finish (OH_SIP_TRANSPORT (source), result, &error))
    {
      g_task_return_pointer (task, g_object_ref (source), g_object_unref);
      return;
    }
  g_debug ("%s:%u: %s", search->server->host, search->server->port, error->message);
  if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  note_error (search, error);
  try_next (g_steal_pointer (&task));
}

static void
try_next (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Search *search = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (OhSipTransport) transport = NULL;
  OhSipTarget target = { .ca_file = search->ca_file,
                         .dead_peer_s = search->dead_peer_s,
                         .allow_tls_1_0 = search->allow_tls_1_0 };

  if (search->next >= search->candidates->len)
    {
      give_up (task);
      return;
    }
  g_clear_pointer (&search->server, oh_server_free);
  search->server = g_steal_pointer (&search->candidates->pdata[search->next++]);
  target.host = target.identity = search->server->host;
  target.port = search->server->port;
  transport = oh_sip_transport_new (search->clock);
  oh_sip_transport_connect_async (transport, &target, cancellable, on_connected,
                                  g_steal_pointer (&task));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  search->candidates = oh_server_find_finish (result, &error);
  if (search->candidates != NULL)
    {
      try_next (g_steal_pointer (&task));
      return;
    }
  oh_error_adopt (&error, "%s", search->domain);
  g_task_return_error (task, error);
}

void
oh_server_connect_async (OhClock *clock, const OhRegistrationPlan *plan, GPtrArray *candidates,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, oh_server_connect_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  search->clock = g_object_ref (clock);
  search->domain = g_strdup (plan->domain);
  search->ca_file = g_strdup (plan->ca_file);
  search->allow_tls_1_0 = plan->allow_tls_1_0;
  search->dead_peer_s = plan->dead_peer_s;
  search->candidates = candidates;
  search->discovered = plan->server == NULL && candidates == NULL;
  if (candidates != NULL)
    try_next (g_steal_pointer (&task));
  else
    oh_server_find_async (NULL, plan->domain, plan->server, (const char *const *) plan->trusted,
                          cancellable, on_found, g_steal_pointer (&task));
}

OhSipTransport *
oh_server_connect_finish (GAsyncResult *result, OhServer **server, GError **error)
{
  Search *search = g_task_get_task_data (G_TASK (result));
  OhSipTransport *transport = g_task_propagate_pointer (G_TASK (result), error);

  if (transport != NULL)
    *server = g_steal_pointer (&search->server);
  return transport;
}
