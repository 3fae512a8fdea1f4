/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "finder-client.h"

#include "bus-connection.h"
#include "bus-generated.h"
#include "error.h"

struct _OhFinderClient
{
  GObject parent;

  GCancellable *cancellable; /* (owned): of the search */
  OhBusFinder1 *proxy;       /* (owned) (nullable): once the agent is found */
  gboolean probe;
  guint wait_s;
};

enum
{
  FOUND,
  PROGRESS,
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhFinderClient, oh_finder_client, G_TYPE_OBJECT)

static void
on_found (OhBusFinder1 *proxy, GVariant *phone, OhFinderClient *self)
{
  const char *maker, *kind;
  OhTrayFound found;

  g_variant_get (phone, "(&s&s&s&s&sas&s&s)", &found.address, &found.mac, &found.model, &maker,
                 &kind, NULL, &found.phone, NULL);
  if (found.model[0] == '\0')
    found.model = maker;
  found.cordless = g_str_equal (kind, "dect");
  g_signal_emit (self, signals[FOUND], 0, &found);
}

static void
on_progress (OhBusFinder1 *proxy, guint done, guint total, OhFinderClient *self)
{
  g_signal_emit (self, signals[PROGRESS], 0, done, total);
}

/* @error: (transfer full) (nullable) */
static void
end (OhFinderClient *self, GError *error)
{
  g_autoptr (GError) owned = error;

  oh_error_strip_remote (&owned);
  g_signal_emit (self, signals[DONE], 0, owned);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhFinderClient) self = user_data;
  g_autoptr (GVariant) phones = NULL;
  GError *error = NULL;

  /* They have come one by one already. */
  oh_bus_finder1_call_find_finish (OH_BUS_FINDER1 (source), &phones, result, &error);
  end (self, error);
}

static void
find (OhFinderClient *self)
{
  oh_bus_finder1_call_find (self->proxy, self->probe, self->wait_s, self->cancellable, on_searched,
                            g_object_ref (self));
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhFinderClient) self = user_data;
  GError *error = NULL;
  OhBusFinder1 *proxy = oh_bus_finder1_proxy_new_finish (result, &error);

  if (proxy == NULL)
    {
      end (self, error);
      return;
    }
  self->proxy = proxy;
  /* The search has its limits; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  g_signal_connect_object (proxy, "progress", G_CALLBACK (on_progress), self, 0);
  g_signal_connect_object (proxy, "found", G_CALLBACK (on_found), self, 0);
  find (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhFinderClient) self = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    end (self, error);
  else
    oh_bus_finder1_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH,
                              self->cancellable, on_proxy, g_object_ref (self));
}

void
oh_finder_client_search (OhFinderClient *self, gboolean probe, guint wait_s)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->probe = probe;
  self->wait_s = wait_s;
  if (self->proxy != NULL)
    find (self);
  else
    oh_bus_connect_async (NULL, on_connected, g_object_ref (self));
}

void
oh_finder_client_cancel (OhFinderClient *self)
{
  if (self->proxy != NULL)
    oh_bus_finder1_call_cancel (self->proxy, NULL, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
}

static void
oh_finder_client_dispose (GObject *object)
{
  OhFinderClient *self = OH_FINDER_CLIENT (object);

  g_clear_object (&self->proxy);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (oh_finder_client_parent_class)->dispose (object);
}

static void
oh_finder_client_class_init (OhFinderClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_finder_client_dispose;
  signals[FOUND] = g_signal_new ("found", OH_TYPE_FINDER_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PROGRESS] = g_signal_new ("progress", OH_TYPE_FINDER_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[DONE] = g_signal_new ("done", OH_TYPE_FINDER_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
oh_finder_client_init (OhFinderClient *self)
{
  self->cancellable = g_cancellable_new ();
}

OhFinderClient *
oh_finder_client_new (void)
{
  return g_object_new (OH_TYPE_FINDER_CLIENT, NULL);
}
