/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-finder.h"

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"
#include "error.h"

#define INTERFACE "org.offhook.Finder1"
#define PHONE_TYPE "(sssssasss)"

struct _OhBusFinder
{
  OhFinder *finder; /* (owned) */
  const OhBusFinderHost *host;
  gpointer host_data;
  OhBusFinder1 *skeleton;    /* (owned) */
  GPtrArray *clients;        /* (owned) (element-type Client): who waits for the search */
  GCancellable *cancellable; /* (owned) (nullable): of the search under way */
  gboolean probe;            /* the search under way does, or the next shall */
  guint wait_s;              /* the same */
};

/* One call of Find. */
typedef struct
{
  OhBusFinder *finder;               /* (unowned): owns this */
  GDBusMethodInvocation *invocation; /* (owned) (nullable): NULL once it was answered */
  guint watch;                       /* of the caller's name */
} Client;

static void start (OhBusFinder *self);

static void
client_free (gpointer data)
{
  Client *client = data;

  g_bus_unwatch_name (client->watch);
  if (client->invocation != NULL)
    oh_bus_return_error (client->invocation, g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED,
                                                                  _ ("The search was given up.")));
  g_free (client);
}

static const char *
text (const char *value)
{
  return value != NULL ? value : "";
}

GVariant *
oh_bus_finder_phone_variant (const OhFoundPhone *found)
{
  GVariantBuilder how;

  g_variant_builder_init (&how, G_VARIANT_TYPE ("as"));
  for (guint bit = 1; bit <= found->how; bit <<= 1)
    if ((found->how & bit) != 0)
      g_variant_builder_add (&how, "s", oh_found_how_word (bit));
  return g_variant_new (PHONE_TYPE, text (found->address), text (found->mac), text (found->model),
                        oh_phone_maker_name (found->maker), oh_found_kind_word (found->kind), &how,
                        text (found->phone_id), text (found->fingerprint));
}

static GVariant *
phones_variant (const GPtrArray *found)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a" PHONE_TYPE));
  for (guint i = 0; i < found->len; i++)
    g_variant_builder_add_value (&list, oh_bus_finder_phone_variant (g_ptr_array_index (found, i)));
  return g_variant_builder_end (&list);
}

/* --- signals, to those who wait ------------------------------------------------------------- */

/* @parameters: floating */
static void
tell (const Client *client, const char *signal, GVariant *parameters)
{
  GDBusConnection *connection = g_dbus_method_invocation_get_connection (client->invocation);
  g_autoptr (GError) error = NULL;

  if (!g_dbus_connection_emit_signal (connection,
                                      g_dbus_method_invocation_get_sender (client->invocation),
                                      OH_BUS_PATH, INTERFACE, signal, parameters, &error))
    g_debug ("%s: %s", signal, error->message);
}

static void
on_found (OhFinder *finder, const OhFoundPhone *found, OhBusFinder *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    tell (g_ptr_array_index (self->clients, i), "Found",
          g_variant_new ("(@" PHONE_TYPE ")", oh_bus_finder_phone_variant (found)));
}

static void
on_progress (OhFinder *finder, guint done, guint total, OhBusFinder *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    tell (g_ptr_array_index (self->clients, i), "Progress", g_variant_new ("(uu)", done, total));
}

static void
tell_so_far (OhBusFinder *self, const Client *client)
{
  GPtrArray *found = oh_finder_get_found (self->finder);

  for (guint i = 0; i < found->len; i++)
    tell (client, "Found",
          g_variant_new ("(@" PHONE_TYPE ")",
                         oh_bus_finder_phone_variant (g_ptr_array_index (found, i))));
}

/* --- the search ----------------------------------------------------------------------------- */

static void
answer (OhBusFinder *self, const GPtrArray *found)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      Client *client = g_ptr_array_index (self->clients, i);
      GDBusMethodInvocation *invocation = g_steal_pointer (&client->invocation);

      g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(@a" PHONE_TYPE ")", phones_variant (found)));
    }
  g_ptr_array_set_size (self->clients, 0);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) found = oh_finder_run_finish (OH_FINDER (source), result);
  OhBusFinder *self;
  gboolean given_up;

  if (g_object_get_data (source, INTERFACE) != user_data)
    return; /* it is gone */
  self = user_data;
  given_up = g_cancellable_is_cancelled (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!given_up)
    answer (self, found);
  else if (self->clients->len > 0)
    start (self); /* somebody came when the search was being given up */
}

static void
start (OhBusFinder *self)
{
  g_autoptr (GPtrArray) known = self->host->dup_known (self->host_data);
  OhFinderAsk ask = { .probe = self->probe, .listen_s = self->wait_s, .known = known };

  self->host->get_own (self->host_data, &ask.own_phone, &ask.own_line);
  self->cancellable = g_cancellable_new ();
  oh_finder_run_async (self->finder, &ask, self->cancellable, on_done, self);
}

/* Nobody waits any more: then nothing is to be done for nobody. */
static void
cancel_if_idle (OhBusFinder *self)
{
  if (self->clients->len == 0 && self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Client *client = user_data;
  OhBusFinder *self = client->finder;

  g_clear_object (&client->invocation); /* nobody is there to be answered */
  g_ptr_array_remove_fast (self->clients, client);
  cancel_if_idle (self);
}

static void
add_client (OhBusFinder *self, GDBusMethodInvocation *invocation)
{
  Client *client = g_new0 (Client, 1);

  client->finder = self;
  client->invocation = invocation;
  client->watch =
    g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (invocation),
                                    g_dbus_method_invocation_get_sender (invocation),
                                    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished, client, NULL);
  g_ptr_array_add (self->clients, client);
  if (self->cancellable == NULL)
    start (self);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    tell_so_far (self, client);
  tell (client, "Progress", g_variant_new ("(uu)", 0, 0));
}

static gboolean
handle_find (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation, gboolean probe,
             guint32 wait, OhBusFinder *self)
{
  gboolean resting = self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable);

  if (self->clients->len >= OH_BUS_FINDER_CLIENTS_MAX ||
      (!resting && probe && !self->probe)) /* consent to more than is under way */
    {
      oh_bus_return_error (
        invocation, g_error_new_literal (OH_ERROR, OH_ERROR_BUSY,
                                         _ ("Another search is under way; try again after it.")));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  if (resting)
    {
      self->probe = probe;
      self->wait_s = MIN (wait, OH_FINDER_LISTEN_MAX_S);
    }
  add_client (self, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_cancel (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation, OhBusFinder *self)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);

  for (guint i = self->clients->len; i > 0; i--)
    {
      const Client *client = g_ptr_array_index (self->clients, i - 1);

      if (g_str_equal (g_dbus_method_invocation_get_sender (client->invocation), sender))
        g_ptr_array_remove_index_fast (self->clients, i - 1);
    }
  oh_bus_finder1_complete_cancel (skeleton, invocation);
  cancel_if_idle (self);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- life ----------------------------------------------------------------------------------- */

OhBusFinder *
oh_bus_finder_new (OhFinder *finder, const OhBusFinderHost *host, gpointer user_data)
{
  OhBusFinder *self = g_new0 (OhBusFinder, 1);

  self->finder = g_object_ref (finder);
  self->host = host;
  self->host_data = user_data;
  self->skeleton = oh_bus_finder1_skeleton_new ();
  self->clients = g_ptr_array_new_with_free_func (client_free);
  g_object_set_data (G_OBJECT (finder), INTERFACE, self);
  g_signal_connect (finder, "found", G_CALLBACK (on_found), self);
  g_signal_connect (finder, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect (self->skeleton, "handle-find", G_CALLBACK (handle_find), self);
  g_signal_connect (self->skeleton, "handle-cancel", G_CALLBACK (handle_cancel), self);
  return self;
}

void
oh_bus_finder_free (OhBusFinder *self)
{
  if (self == NULL)
    return;
  g_object_set_data (G_OBJECT (self->finder), INTERFACE, NULL);
  g_signal_handlers_disconnect_by_data (self->finder, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->clients);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->finder);
  g_free (self);
}

gpointer
oh_bus_finder_skeleton (OhBusFinder *self)
{
  return self->skeleton;
}

gboolean
oh_bus_finder_export (OhBusFinder *self, GDBusConnection *connection, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           OH_BUS_PATH, error);
}

void
oh_bus_finder_unexport (OhBusFinder *self)
{
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}
