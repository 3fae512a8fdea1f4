/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-directory.h"

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"
#include "error.h"

#define INTERFACE "org.offhook.Directory1"
#define PERSON_TYPE "(sssssssa(sss))"

struct _OhBusDirectory
{
  OhContacts *contacts;      /* (owned) */
  OhSearchIndex *index;      /* (owned) */
  OhDirectory *directory;    /* (owned) */
  OhBusDirectory1 *skeleton; /* (owned) */
  GHashTable *clients;       /* (owned) bus name → Client (owned) */
  guint32 last_id;           /* of a search */
};

/* A search of the directory that somebody waits for. */
typedef struct
{
  OhBusDirectory *owner; /* (unowned): owns this */
  char *name;            /* (owned): on the bus */
  guint32 id;
  GCancellable *cancellable; /* (owned) */
  GDBusConnection *bus;      /* (owned) */
  guint watch;               /* of the name */
} Client;

/* What a callback may look at when the client is gone. */
typedef struct
{
  GCancellable *cancellable; /* (owned): cancelled when @client is not to be touched any more */
  Client *client;            /* (unowned) */
} Errand;

static void
client_free (gpointer data)
{
  Client *client = data;

  g_cancellable_cancel (client->cancellable);
  g_object_unref (client->cancellable);
  g_bus_unwatch_name (client->watch);
  g_object_unref (client->bus);
  g_free (client->name);
  g_free (client);
}

/* @parameters: floating */
static void
tell (const Client *client, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  if (!g_dbus_connection_emit_signal (client->bus, client->name, OH_BUS_PATH, INTERFACE, signal,
                                      parameters, &error))
    g_debug ("%s: %s", signal, error->message);
}

/* --- people --------------------------------------------------------------------------------- */

/* The contact that this person is. */
static const char *
contact_of (OhBusDirectory *self, const OhDirectoryEntry *entry)
{
  OhContact *contact = NULL;

  if (entry->uri[0] != '\0')
    contact = oh_contacts_lookup_uri (self->contacts, entry->uri);
  if (contact == NULL && entry->mail[0] != '\0')
    contact = oh_search_index_lookup_mail (self->index, entry->mail);
  if (contact == NULL && entry->mail[0] != '\0') /* most companies make one of the other */
    contact = oh_contacts_lookup_uri (self->contacts, entry->mail);
  return contact != NULL ? oh_contact_uri (contact) : "";
}

static GVariant *
person_variant (OhBusDirectory *self, const OhDirectoryEntry *entry)
{
  GVariantBuilder numbers;

  g_variant_builder_init (&numbers, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < entry->numbers->len; i++)
    {
      const OhDirectoryNumber *number = g_ptr_array_index (entry->numbers, i);

      g_variant_builder_add (&numbers, "(sss)", number->type, number->number, number->display);
    }
  return g_variant_new (PERSON_TYPE, entry->name, entry->uri, entry->mail, entry->title,
                        entry->department, entry->company, contact_of (self, entry), &numbers);
}

/* Two entries with one address are one person with two accounts: the first counts. */
static gboolean
is_known (GHashTable *known, const OhDirectoryEntry *entry)
{
  const char *address = entry->uri[0] != '\0' ? entry->uri : entry->mail;

  return address[0] != '\0' && !g_hash_table_add (known, g_ascii_strdown (address, -1));
}

static GVariant *
people_variant (OhBusDirectory *self, const GPtrArray *entries)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GVariantBuilder people;

  g_variant_builder_init (&people, G_VARIANT_TYPE ("a" PERSON_TYPE));
  for (guint i = 0; i < entries->len; i++)
    {
      const OhDirectoryEntry *entry = g_ptr_array_index (entries, i);

      if (!is_known (known, entry))
        g_variant_builder_add_value (&people, person_variant (self, entry));
    }
  return g_variant_builder_end (&people);
}

/* --- searches ------------------------------------------------------------------------------- */

static void
tell_end (const Client *client, gboolean more, const GError *error)
{
  OhError code =
    error != NULL && error->domain == OH_ERROR ? (OhError) error->code : OH_ERROR_FAILED;

  if (error == NULL)
    tell (client, "Finished", g_variant_new ("(ubsssu)", client->id, more, "", "", "", 0u));
  else
    tell (client, "Finished",
          g_variant_new ("(ubsssu)", client->id, FALSE, oh_error_code_word (code), error->message,
                         oh_error_advice (code), (guint32) oh_error_exit_status (error)));
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Errand *errand = user_data;
  g_autoptr (GCancellable) cancellable = errand->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhDirectoryAnswer) answer =
    oh_directory_search_finish (OH_DIRECTORY (source), result, &error);
  Client *client = errand->client;

  if (g_cancellable_is_cancelled (cancellable))
    return;
  if (answer != NULL && answer->entries->len > 0)
    tell (client, "Found",
          g_variant_new ("(u@a" PERSON_TYPE ")", client->id,
                         people_variant (client->owner, answer->entries)));
  tell_end (client, answer != NULL && answer->more, error);
  g_hash_table_remove (client->owner->clients, client->name);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  g_hash_table_remove (((Client *) user_data)->owner->clients, name);
}

static void
ask_directory (OhBusDirectory *self, GDBusMethodInvocation *invocation, const char *query,
               guint32 id)
{
  GDBusConnection *bus = g_dbus_method_invocation_get_connection (invocation);
  const char *name = g_dbus_method_invocation_get_sender (invocation);
  Client *client = g_new0 (Client, 1);
  Errand *errand = g_new0 (Errand, 1);

  client->owner = self;
  client->name = g_strdup (name);
  client->id = id;
  client->cancellable = g_cancellable_new ();
  client->bus = g_object_ref (bus);
  client->watch = g_bus_watch_name_on_connection (bus, name, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                                  on_vanished, client, NULL);
  g_hash_table_insert (self->clients, client->name, client);
  errand->cancellable = g_object_ref (client->cancellable);
  errand->client = client;
  oh_directory_search_async (self->directory, query, client->cancellable, on_searched, errand);
}

static GVariant *
uris_variant (const GPtrArray *contacts)
{
  GVariantBuilder uris;

  g_variant_builder_init (&uris, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < contacts->len; i++)
    g_variant_builder_add (&uris, "s", oh_contact_uri (g_ptr_array_index (contacts, i)));
  return g_variant_builder_end (&uris);
}

static gboolean
handle_search (OhBusDirectory1 *skeleton, GDBusMethodInvocation *invocation, const char *query,
               GVariant *options, OhBusDirectory *self)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  g_autoptr (GPtrArray) contacts = NULL;
  guint limit = OH_BUS_DIRECTORY_LIMIT;
  gboolean directory = TRUE;
  guint total = 0;

  g_hash_table_remove (self->clients, sender); /* the user has typed on */
  g_variant_lookup (options, "limit", "u", &limit);
  g_variant_lookup (options, "directory", "b", &directory);
  directory = directory && oh_directory_is_on (self->directory);
  if (directory && g_hash_table_size (self->clients) >= OH_BUS_DIRECTORY_CLIENTS_MAX)
    {
      oh_bus_return_error (
        invocation, g_error_new_literal (OH_ERROR, OH_ERROR_BUSY, _ ("Too many programs search.")));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  contacts =
    oh_search_index_find (self->index, query, MIN (limit, OH_BUS_DIRECTORY_LIMIT_MAX), &total);
  self->last_id = self->last_id == G_MAXUINT32 ? 1 : self->last_id + 1;
  if (directory)
    ask_directory (self, invocation, query, self->last_id);
  g_dbus_method_invocation_return_value (
    invocation,
    g_variant_new ("(u@asub)", self->last_id, uris_variant (contacts), total, directory));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_cancel (OhBusDirectory1 *skeleton, GDBusMethodInvocation *invocation, guint id,
               OhBusDirectory *self)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  const Client *client = g_hash_table_lookup (self->clients, sender);

  if (client != NULL && client->id == id)
    g_hash_table_remove (self->clients, sender);
  oh_bus_directory1_complete_cancel (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- life ----------------------------------------------------------------------------------- */

OhBusDirectory *
oh_bus_directory_new (OhContacts *contacts, OhDirectory *directory)
{
  OhBusDirectory *self = g_new0 (OhBusDirectory, 1);

  self->contacts = g_object_ref (contacts);
  self->index = oh_search_index_new (contacts);
  self->directory = g_object_ref (directory);
  self->skeleton = oh_bus_directory1_skeleton_new ();
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, client_free);
  oh_bus_directory_set_own (self, "", ""); /* NULL is no D-Bus value */
  g_signal_connect (self->skeleton, "handle-search", G_CALLBACK (handle_search), self);
  g_signal_connect (self->skeleton, "handle-cancel", G_CALLBACK (handle_cancel), self);
  return self;
}

void
oh_bus_directory_free (OhBusDirectory *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_hash_table_unref (self->clients);
  g_object_unref (self->skeleton);
  g_object_unref (self->directory);
  oh_search_index_free (self->index);
  g_object_unref (self->contacts);
  g_free (self);
}

gboolean
oh_bus_directory_export (OhBusDirectory *self, GDBusConnection *connection, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           OH_BUS_PATH, error);
}

void
oh_bus_directory_unexport (OhBusDirectory *self)
{
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}

void
oh_bus_directory_set_configured (OhBusDirectory *self, gboolean configured)
{
  oh_bus_directory1_set_configured (self->skeleton, configured);
}

void
oh_bus_directory_set_own (OhBusDirectory *self, const char *ip_phone, const char *line)
{
  oh_bus_directory1_set_own_ip_phone (self->skeleton, ip_phone);
  oh_bus_directory1_set_own_line (self->skeleton, line);
}

void
oh_bus_directory_get_own (OhBusDirectory *self, const char **ip_phone, const char **line)
{
  *ip_phone = oh_bus_directory1_get_own_ip_phone (self->skeleton);
  *line = oh_bus_directory1_get_own_line (self->skeleton);
}
