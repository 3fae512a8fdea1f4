/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-servers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"

OhDirectoryPlace *
oh_directory_place_new (const OhDirectorySettings *settings)
{
  OhDirectoryPlace *self = g_new0 (OhDirectoryPlace, 1);

  self->host = g_strdup (settings->host);
  self->port = settings->port;
  self->tls = settings->tls;
  self->domain = g_strdup (settings->domain);
  self->trusted =
    settings->trusted != NULL ? g_strdupv ((char **) settings->trusted) : g_new0 (char *, 1);
  self->base = g_strdup (settings->base);
  self->filter = g_strdup (settings->filter);
  self->ca_file = g_strdup (settings->ca_file);
  return self;
}

void
oh_directory_place_free (OhDirectoryPlace *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->domain);
  g_strfreev (self->trusted);
  g_free (self->base);
  g_free (self->filter);
  g_free (self->ca_file);
  g_free (self);
}

static gboolean
has_trusted (const OhDirectoryPlace *self, const char *const *trusted)
{
  const char *const none[] = { NULL };

  return g_strv_equal ((const char *const *) self->trusted, trusted != NULL ? trusted : none);
}

gboolean
oh_directory_place_is (const OhDirectoryPlace *self, const OhDirectorySettings *settings)
{
  return self != NULL && g_str_equal (self->host, settings->host) && self->port == settings->port &&
         self->tls == settings->tls && g_str_equal (self->domain, settings->domain) &&
         has_trusted (self, settings->trusted) && g_str_equal (self->base, settings->base) &&
         g_str_equal (self->filter, settings->filter) &&
         g_str_equal (self->ca_file, settings->ca_file);
}

static void
host_free (gpointer data)
{
  OhDirectoryHost *host = data;

  g_free (host->name);
  g_free (host);
}

static void
add_host (GPtrArray *hosts, const char *name, guint16 port)
{
  OhDirectoryHost *host = g_new0 (OhDirectoryHost, 1);

  host->name = g_strdup (name);
  host->port = port;
  g_ptr_array_add (hosts, host);
}

/* Who can answer DNS for us could else send every search anywhere. */
static gboolean
is_inside (const char *name, const char *domain)
{
  gsize len = strlen (name);
  gsize tail = strlen (domain);

  return len > tail && name[len - tail - 1] == '.' &&
         g_ascii_strcasecmp (name + len - tail, domain) == 0;
}

static gboolean
is_trusted (const char *name, const OhDirectoryPlace *place)
{
  for (guint i = 0; place->trusted[i] != NULL; i++)
    if (is_inside (name, place->trusted[i]))
      return TRUE;
  return is_inside (name, place->domain);
}

static char *
without_dot (const char *name)
{
  gsize len = strlen (name);

  return g_strndup (name, len > 0 && name[len - 1] == '.' ? len - 1 : len);
}

static void
on_service (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const OhDirectoryPlace *place = g_task_get_task_data (task);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (host_free);
  g_autoptr (GError) error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (source), result, &error);

  for (GList *iter = targets; iter != NULL && hosts->len < OH_DIRECTORY_SERVERS_MAX;
       iter = iter->next)
    {
      g_autofree char *name = without_dot (g_srv_target_get_hostname (iter->data));

      if (is_trusted (name, place))
        add_host (hosts, name, g_srv_target_get_port (iter->data));
      else
        g_message ("directory: %s is outside %s and passed over", name, place->domain);
    }
  g_resolver_free_targets (targets);
  if (hosts->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&hosts), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNREACHABLE,
                             _ ("DNS names no directory for %s (_ldap._tcp.%s); the setting "
                                "“directory-server” can name one."),
                             place->domain, place->domain);
}

/* The settings may change before DNS has answered. */
static OhDirectoryPlace *
place_copy (const OhDirectoryPlace *place)
{
  const OhDirectorySettings settings = {
    .host = place->host,
    .port = place->port,
    .tls = place->tls,
    .domain = place->domain,
    .trusted = (const char *const *) place->trusted,
    .base = place->base,
    .filter = place->filter,
    .ca_file = place->ca_file,
  };

  return oh_directory_place_new (&settings);
}

void
oh_directory_find_servers_async (const OhDirectoryPlace *place, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (host_free);

  g_task_set_source_tag (task, oh_directory_find_servers_async);
  if (place->host[0] != '\0')
    {
      add_host (hosts, place->host, place->port);
      g_task_return_pointer (task, g_steal_pointer (&hosts), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  if (place->domain[0] == '\0')
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_SETTINGS,
                               _ ("The directory is to be found by your address, and none is set "
                                  "up."));
      return;
    }
  g_task_set_task_data (task, place_copy (place), (GDestroyNotify) oh_directory_place_free);
  g_resolver_lookup_service_async (resolver, "ldap", "tcp", place->domain, cancellable, on_service,
                                   g_steal_pointer (&task));
}

GPtrArray *
oh_directory_find_servers_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
