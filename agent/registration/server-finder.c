/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-registration"

#include "server-finder.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "slice.h"

#define HOST_MAX 253 /* RFC 1035 2.3.4 */

/* Asked at the same time, used in this order: inside, outside. */
static const struct
{
  const char *service, *protocol;
} records[] = {
  { "sipinternaltls", "tcp" },
  { "sip", "tls" },
};

/* One search under way. */
typedef struct
{
  char *domain;                             /* (owned) */
  GStrv trusted;                            /* (owned) (nullable) */
  GPtrArray *found[G_N_ELEMENTS (records)]; /* (owned) (nullable) (element-type OhServer) */
  guint pending;
} Search;

/* What one look-up needs to find its place again. */
typedef struct
{
  GTask *task; /* (owned) */
  gsize index;
} Lookup;

OhServer *
oh_server_new (const char *host, guint16 port, gboolean guessed)
{
  OhServer *self = g_new (OhServer, 1);

  *self = (OhServer){ g_strdup (host), port, guessed };
  return self;
}

void
oh_server_free (OhServer *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self);
}

static gboolean
is_host_name (const char *text)
{
  gsize len = strlen (text);

  if (len == 0 || len > HOST_MAX || text[0] == '.' || strstr (text, "..") != NULL)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (".-_", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

OhServer *
oh_server_parse (const char *text, GError **error)
{
  OhSlice cursor = oh_slice_trim (oh_slice_str (text));
  gboolean bracket = oh_slice_eat (&cursor, '[');
  OhSlice host = oh_slice_eat_until (&cursor, bracket ? "]" : ":");
  g_autofree char *name = oh_slice_dup (host);
  guint64 port = OH_SERVER_PORT_TLS;
  gboolean good = bracket ? oh_slice_eat (&cursor, ']') && strchr (name, ':') != NULL &&
                              g_hostname_is_ip_address (name)
                          : is_host_name (name);

  if (good && oh_slice_eat (&cursor, ':'))
    good = oh_slice_to_uint (cursor, G_MAXUINT16, &port) && port > 0;
  else
    good = good && cursor.len == 0;
  if (good)
    return oh_server_new (name, (guint16) port, FALSE);
  g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
               _ ("“%s” is no server; write its name, or name:port."), text);
  return NULL;
}

char *
oh_server_text (const OhServer *server)
{
  if (strchr (server->host, ':') != NULL)
    return g_strdup_printf ("[%s]:%u", server->host, server->port);
  return g_strdup_printf ("%s:%u", server->host, server->port);
}

static gboolean
is_within (const char *host, const char *domain)
{
  gsize host_len = strlen (host);
  gsize len = strlen (domain);

  if (len == 0 || host_len < len || g_ascii_strcasecmp (host + host_len - len, domain) != 0)
    return FALSE;
  return host_len == len || host[host_len - len - 1] == '.';
}

gboolean
oh_server_name_is_trusted (const char *host, const char *domain, const char *const *trusted)
{
  if (!is_host_name (host))
    return FALSE;
  if (is_within (host, domain))
    return TRUE;
  for (gsize i = 0; trusted != NULL && trusted[i] != NULL; i++)
    if (is_within (host, trusted[i]))
      return TRUE;
  return FALSE;
}

static void
search_free (Search *search)
{
  g_free (search->domain);
  g_strfreev (search->trusted);
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    g_clear_pointer (&search->found[i], g_ptr_array_unref);
  g_free (search);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_server_free);
}

static void
add_guess (GPtrArray *list, const char *label, const char *domain, guint16 port)
{
  g_autofree char *host = g_strconcat (label, domain, NULL);

  g_ptr_array_add (list, oh_server_new (host, port, TRUE));
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
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GPtrArray) list = new_list ();

  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    if (search->found[i] != NULL)
      g_ptr_array_extend_and_steal (list, g_steal_pointer (&search->found[i]));
  add_guesses (list, search->domain);
  if (list->len > OH_SERVER_CANDIDATES_MAX)
    g_ptr_array_set_size (list, OH_SERVER_CANDIDATES_MAX);
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

/* The resolver has sorted them by priority and weight, RFC 2782. */
static GPtrArray *
accept_targets (const Search *search, GList *targets)
{
  GPtrArray *list = new_list ();

  for (GList *l = targets; l != NULL && list->len < OH_SERVER_RECORDS_MAX; l = l->next)
    {
      g_autofree char *host = g_strdup (g_srv_target_get_hostname (l->data));
      gsize len = strlen (host);

      if (len > 0 && host[len - 1] == '.')
        host[len - 1] = '\0'; /* absolute, or "." for "not here" */
      if (oh_server_name_is_trusted (host, search->domain, (const char *const *) search->trusted))
        g_ptr_array_add (list, oh_server_new (host, g_srv_target_get_port (l->data), FALSE));
      else
        g_message ("DNS names the server “%s”, which is outside %s: passed over", host,
                   search->domain);
    }
  return list;
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Lookup *lookup = user_data;
  g_autoptr (GTask) task = lookup->task;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (source), result, &error);

  search->pending--;
  if (targets == NULL)
    g_debug ("no SRV record _%s._%s.%s: %s", records[lookup->index].service,
             records[lookup->index].protocol, search->domain, error->message);
  else
    search->found[lookup->index] = accept_targets (search, targets);
  g_resolver_free_targets (targets);
  if (search->pending == 0 && !g_task_return_error_if_cancelled (task))
    finish (task);
}

static void
find_manual (GTask *task, const char *manual)
{
  g_autoptr (GPtrArray) list = new_list ();
  GError *error = NULL;
  OhServer *server = oh_server_parse (manual, &error);

  if (server == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_add (list, server);
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

void
oh_server_find_async (GResolver *resolver, const char *domain, const char *manual,
                      const char *const *trusted, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) usual =
    resolver != NULL ? g_object_ref (resolver) : g_resolver_get_default ();
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, oh_server_find_async);
  search->domain = g_strdup (domain);
  search->trusted = g_strdupv ((GStrv) trusted);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  if (manual != NULL && manual[0] != '\0')
    {
      find_manual (task, manual);
      return;
    }
  if (!is_host_name (domain))
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_SETTINGS,
                               _ ("“%s” is no domain that a server can be looked for in."), domain);
      return;
    }
  search->pending = G_N_ELEMENTS (records);
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      Lookup *lookup = g_new (Lookup, 1);

      *lookup = (Lookup){ g_object_ref (task), i };
      g_resolver_lookup_service_async (usual, records[i].service, records[i].protocol, domain,
                                       cancellable, on_looked_up, lookup);
    }
}

GPtrArray *
oh_server_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
