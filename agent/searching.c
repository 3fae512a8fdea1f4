/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "searching.h"

#include <string.h>

#include "config-directory.h"

struct _OhSearching
{
  OhConfig *config;       /* (owned) */
  OhAccount *account;     /* (owned) */
  OhDirectory *directory; /* (owned) */
  OhBusDirectory *bus;    /* (owned) */
  GCancellable *own;      /* (owned) (nullable): while the user's own entry is read */
  gboolean online;
};

/* The domain of "sip:alice@example.org". */
static const char *
domain_of (const char *uri)
{
  const char *at = strchr (uri, '@');

  return at != NULL ? at + 1 : "";
}

/* --- the user's own entry ------------------------------------------------------------------- */

static void
on_own (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSearching *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhDirectoryAnswer) answer =
    oh_directory_search_finish (OH_DIRECTORY (source), result, &error);
  const OhDirectoryEntry *entry;

  if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    return; /* self may be gone */
  g_clear_object (&self->own);
  if (answer == NULL)
    {
      g_message ("own entry of the directory: %s", error->message);
      return;
    }
  if (answer->entries->len != 1) /* nobody, or more than one: whose phone would it be? */
    return;
  entry = g_ptr_array_index (answer->entries, 0);
  oh_bus_directory_set_own (self->bus, entry->ip_phone, entry->line);
}

static void
forget_own (OhSearching *self)
{
  if (self->own != NULL)
    g_cancellable_cancel (self->own);
  g_clear_object (&self->own);
  oh_bus_directory_set_own (self->bus, "", "");
}

static void
read_own (OhSearching *self)
{
  OhBusEndpoint endpoint;

  forget_own (self);
  oh_account_describe (self->account, &endpoint);
  if (!self->online || endpoint.uri == NULL || !oh_directory_is_on (self->directory))
    return;
  self->own = g_cancellable_new ();
  oh_directory_find_own_async (self->directory, endpoint.uri, self->own, on_own, self);
}

static void
on_account (OhSearching *self)
{
  OhBusEndpoint endpoint;
  gboolean online;

  oh_account_describe (self->account, &endpoint);
  online = g_str_equal (endpoint.state, "online");
  if (online == self->online)
    return;
  self->online = online;
  if (online)
    read_own (self);
  else /* where the front end cannot be reached any more, the directory cannot either */
    oh_directory_hang_up (self->directory);
}

/* --- the settings --------------------------------------------------------------------------- */

static void
on_settings (OhSearching *self)
{
  g_autoptr (OhConfigDirectory) directory = oh_config_dup_directory (self->config);
  g_autoptr (OhConfigAccount) account = oh_config_dup_account (self->config);
  const OhDirectorySettings settings = {
    .host = directory->host,
    .port = directory->port,
    .tls = directory->tls,
    .domain = domain_of (account->uri),
    .trusted = (const char *const *) account->trusted_domains,
    .base = directory->base,
    .filter = directory->filter,
    .ca_file = account->ca_file,
  };

  if (directory->problem != NULL)
    g_message ("%s", directory->problem->message);
  oh_directory_set (self->directory, directory->on ? &settings : NULL);
  oh_bus_directory_set_configured (self->bus, directory->on);
  read_own (self);
}

OhSearching *
oh_searching_new (OhConfig *config, OhAccount *account, OhContacts *contacts, OhClock *clock)
{
  OhSearching *self = g_new0 (OhSearching, 1);

  self->config = g_object_ref (config);
  self->account = g_object_ref (account);
  self->directory = oh_directory_new (clock);
  self->bus = oh_bus_directory_new (contacts, self->directory);
  g_signal_connect_swapped (config, "directory-changed", G_CALLBACK (on_settings), self);
  g_signal_connect_swapped (config, "account-changed", G_CALLBACK (on_settings), self);
  g_signal_connect_swapped (account, "changed", G_CALLBACK (on_account), self);
  on_settings (self);
  return self;
}

void
oh_searching_free (OhSearching *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->config, self);
  g_signal_handlers_disconnect_by_data (self->account, self);
  forget_own (self);
  oh_bus_directory_unexport (self->bus);
  oh_bus_directory_free (self->bus);
  oh_directory_set (self->directory, NULL);
  g_object_unref (self->directory);
  g_object_unref (self->account);
  g_object_unref (self->config);
  g_free (self);
}

OhDirectory *
oh_searching_directory (OhSearching *self)
{
  return self->directory;
}

gboolean
oh_searching_export (OhSearching *self, GDBusConnection *connection, GError **error)
{
  return oh_bus_directory_export (self->bus, connection, error);
}

void
oh_searching_get_own (OhSearching *self, const char **ip_phone, const char **line)
{
  oh_bus_directory_get_own (self->bus, ip_phone, line);
}
