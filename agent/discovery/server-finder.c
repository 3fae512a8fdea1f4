/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-discovery"

#include "server-finder.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "autodiscover.h"
#include "error.h"
#include "srv-order.h"

/* Asked at the same time. */
enum
{
  INSIDE,
  OUTSIDE,
  INSIDE_TCP,
  OUTSIDE_TCP,
  N_RECORDS,
};

static const struct
{
  const char *service, *protocol, *via;
  gboolean tls;
} records[N_RECORDS] = {
  [INSIDE] = { "sipinternaltls", "tcp", "_sipinternaltls._tcp", TRUE },
  [OUTSIDE] = { "sip", "tls", "_sip._tls", TRUE },
  [INSIDE_TCP] = { "sipinternal", "tcp", "_sipinternal._tcp", FALSE },
  [OUTSIDE_TCP] = { "sip", "tcp", "_sip._tcp", FALSE },
};

/* One search under way; the task's data. */
typedef struct
{
  char *uri;                   /* (owned) */
  char *domain;                /* (owned) */
  GStrv others;                /* (owned) (nullable) */
  OhServerTrust trust;         /* of the two above */
  OhServerCache *cache;        /* (owned) (nullable) */
  GPtrArray *found[N_RECORDS]; /* (owned) (nullable) (element-type OhServer) */
  GPtrArray *discovered;       /* (owned) (nullable) (element-type OhServer): by autodiscover */
  GError *unused;              /* (owned) (nullable): as oh_server_find_finish() */
  guint pending;
} Search;

/* What one look-up needs to find its place again. */
typedef struct
{
  GTask *task; /* (owned) */
  gsize index;
} Lookup;

static void
search_free (Search *search)
{
  g_free (search->uri);
  g_free (search->domain);
  g_strfreev (search->others);
  g_clear_object (&search->cache);
  for (gsize i = 0; i < N_RECORDS; i++)
    g_clear_pointer (&search->found[i], g_ptr_array_unref);
  g_clear_pointer (&search->discovered, g_ptr_array_unref);
  g_clear_error (&search->unused);
  g_free (search);
}

/* --- the list ------------------------------------------------------------------------------ */

static void
add_guess (GPtrArray *list, const char *label, const char *domain, guint16 port)
{
  g_autofree char *host = g_strconcat (label, domain, NULL);

  oh_server_list_add (list, oh_server_new (host, port, "guess"));
}

/* What everybody tries when DNS has no records; outside, only 443 may be open. */
static void
add_guesses (GPtrArray *list, const char *domain)
{
  static const char *const labels[] = { "sipinternal.", "sip.", "sipexternal." };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      add_guess (list, labels[i], domain, OH_SERVER_PORT_TLS);
      add_guess (list, labels[i], domain, OH_SERVER_PORT_EDGE);
    }
  add_guess (list, "", domain, OH_SERVER_PORT_TLS);
}

static void
add_all (GPtrArray *list, GPtrArray *more)
{
  for (guint i = 0; more != NULL && i < more->len; i++)
    oh_server_list_add (list, oh_server_copy (g_ptr_array_index (more, i)));
}

static GPtrArray *
list_of (Search *search)
{
  GPtrArray *list = oh_server_list_new ();
  gboolean remote = FALSE;
  const OhServer *last =
    search->cache != NULL ? oh_server_cache_get (search->cache, search->uri, &remote) : NULL;

  if (last != NULL && remote)
    add_all (list, search->found[INSIDE]);
  if (last != NULL)
    oh_server_list_add (list, oh_server_new (last->host, last->port, "last time"));
  add_all (list, search->discovered);
  add_all (list, search->found[INSIDE]);
  add_all (list, search->found[OUTSIDE]);
  add_guesses (list, search->domain);
  if (list->len > OH_SERVER_CANDIDATES_MAX)
    g_ptr_array_set_size (list, OH_SERVER_CANDIDATES_MAX);
  return list;
}

/* @owned: (transfer full) */
static void
one_less (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Search *search = g_task_get_task_data (task);

  if (--search->pending > 0 || g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, list_of (search), (GDestroyNotify) g_ptr_array_unref);
}

/* --- what is found ------------------------------------------------------------------------- */

/* A foreign name is the more important thing to tell. @error: (transfer full) */
static void
note_unused (Search *search, GError *error)
{
  g_message ("%s", error->message);
  if (search->unused != NULL && search->unused->code == OH_ERROR_UNTRUSTED)
    {
      g_error_free (error);
      return;
    }
  g_clear_error (&search->unused);
  search->unused = error;
}

static void
accept (Search *search, GPtrArray *list, const char *host, guint16 port, const char *via)
{
  if (oh_server_name_is_trusted (host, &search->trust))
    oh_server_list_add (list, oh_server_new (host, port, via));
  else
    note_unused (search, oh_server_untrusted_error (host, via, search->domain));
}

/* @via: an SRV record; @host: what it names */
static void
report_tcp (Search *search, const char *host, const char *via)
{
  g_autofree char *shown = g_utf8_make_valid (host, -1);

  note_unused (search,
               g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                            _ ("%s names the server “%s” for %s, but only without encryption, "
                               "which is never used. The administrator has to publish one with "
                               "TLS in _sipinternaltls._tcp.%s or _sip._tls.%s."),
                            via, shown, search->domain, search->domain, search->domain));
}

/* RFC 2782: "A Target of "." means that the service is decidedly not available at this domain".
 * Returns: (transfer full) (nullable): the name without a final dot; NULL for that one */
static char *
target_host (GSrvTarget *target)
{
  g_autofree char *host = g_strdup (g_srv_target_get_hostname (target));
  gsize len = strlen (host);

  if (len > 0 && host[len - 1] == '.')
    host[len - 1] = '\0';
  return host[0] != '\0' ? g_steal_pointer (&host) : NULL;
}

/* @targets: (transfer full): an answer, bounded and put in order. */
static void
take_targets (Search *search, gsize index, GList *targets)
{
  guint n = 0;

  search->found[index] = oh_server_list_new ();
  targets = oh_srv_order (targets, oh_srv_random, NULL);
  for (GList *l = targets; l != NULL && n < OH_SERVER_RECORDS_MAX; l = l->next, n++)
    {
      g_autofree char *host = target_host (l->data);

      if (host == NULL)
        g_message ("%s.%s says that there is no such service", records[index].via, search->domain);
      else if (records[index].tls)
        accept (search, search->found[index], host, g_srv_target_get_port (l->data),
                records[index].via);
      else
        report_tcp (search, host, records[index].via);
    }
  g_resolver_free_targets (targets);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Lookup *lookup = user_data;
  Search *search = g_task_get_task_data (lookup->task);
  g_autoptr (GError) error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (source), result, &error);

  if (targets != NULL)
    take_targets (search, lookup->index, targets);
  else /* GLib leaves out a lone target "." and says nothing */
    g_debug ("no SRV record %s.%s: %s", records[lookup->index].via, search->domain,
             error != NULL ? error->message : ".");
  one_less (lookup->task);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) servers = oh_autodiscover_finish (result, &error);

  if (servers == NULL)
    g_debug ("no autodiscover for %s: %s", search->domain, error->message);
  search->discovered = oh_server_list_new ();
  for (guint i = 0; servers != NULL && i < servers->len; i++)
    {
      const OhServer *server = g_ptr_array_index (servers, i);

      accept (search, search->discovered, server->host, server->port, server->via);
    }
  one_less (task);
}

static void
on_remembered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  oh_server_cache_load_finish (OH_SERVER_CACHE (source), result);
  one_less (user_data);
}

/* --- asking -------------------------------------------------------------------------------- */

static void
ask_all (GTask *task, const OhServerQuery *query)
{
  Search *search = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GResolver) resolver =
    query->resolver != NULL ? g_object_ref (query->resolver) : g_resolver_get_default ();

  search->pending = N_RECORDS + (query->cache != NULL) + (query->clock != NULL);
  if (query->cache != NULL)
    oh_server_cache_load_async (query->cache, cancellable, on_remembered, g_object_ref (task));
  if (query->clock != NULL)
    oh_autodiscover_async (query->clock, query->uri, search->domain, query->ca_file, cancellable,
                           on_discovered, g_object_ref (task));
  for (gsize i = 0; i < N_RECORDS; i++)
    {
      Lookup *lookup = g_new (Lookup, 1);

      *lookup = (Lookup){ g_object_ref (task), i };
      g_resolver_lookup_service_async (resolver, records[i].service, records[i].protocol,
                                       search->domain, cancellable, on_looked_up, lookup);
    }
}

static gboolean
add_manual (GPtrArray *list, const char *text, GError **error)
{
  OhServer *server;

  if (text == NULL || text[0] == '\0')
    return TRUE;
  server = oh_server_parse (text, error);
  if (server != NULL)
    oh_server_list_add (list, server);
  return server != NULL;
}

static void
find_manual (GTask *task, const OhServerQuery *query)
{
  g_autoptr (GPtrArray) list = oh_server_list_new ();
  GError *error = NULL;

  if (add_manual (list, query->manual, &error) && add_manual (list, query->manual_outside, &error))
    g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
has_manual (const OhServerQuery *query)
{
  return (query->manual != NULL && query->manual[0] != '\0') ||
         (query->manual_outside != NULL && query->manual_outside[0] != '\0');
}

void
oh_server_find_async (const OhServerQuery *query, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, oh_server_find_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  search->uri = g_strdup (query->uri);
  search->domain = g_strdup (query->trust.domain);
  search->others = g_strdupv ((GStrv) query->trust.others);
  search->trust =
    (OhServerTrust){ search->domain, query->trust.names, (const char *const *) search->others };
  search->cache = query->cache != NULL ? g_object_ref (query->cache) : NULL;
  if (has_manual (query))
    find_manual (task, query);
  else if (oh_server_is_host_name (search->domain))
    ask_all (task, query);
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_SETTINGS,
                             _ ("“%s” is no domain that a server can be looked for in."),
                             search->domain);
}

GPtrArray *
oh_server_find_finish (GAsyncResult *result, GError **unused, GError **error)
{
  Search *search = g_task_get_task_data (G_TASK (result));

  if (unused != NULL)
    *unused = g_steal_pointer (&search->unused);
  return g_task_propagate_pointer (G_TASK (result), error);
}
