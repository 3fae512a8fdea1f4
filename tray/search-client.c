/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "search-client.h"

#include "bus-connection.h"
#include "bus-generated.h"

/* Contacts that are named in the answer: who is one is not shown twice. */
#define CONTACTS_MAX 1000u

struct _OhSearchClient
{
  GObject parent;

  GCancellable *cancellable; /* (owned): of the client */
  GCancellable *asking;      /* (owned) (nullable): of the call of Search under way */
  OhBusDirectory1 *proxy;    /* (owned) (nullable): once the agent was found */
  gboolean connecting;
  char *query;    /* (owned): the last one */
  guint32 id;     /* of its search; 0 for none */
  GStrv contacts; /* (owned) (nullable): of its answer */
};

enum
{
  STARTED,
  FOUND,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhSearchClient, oh_search_client, G_TYPE_OBJECT)

static void
on_found (OhBusDirectory1 *proxy, guint id, GVariant *people, OhSearchClient *self)
{
  if (id == self->id)
    g_signal_emit (self, signals[FOUND], 0, people, self->contacts);
}

static void
on_finished (OhBusDirectory1 *proxy, guint id, gboolean more, const char *code, const char *message,
             const char *advice, guint status, OhSearchClient *self)
{
  g_autofree char *text = NULL;

  if (id != self->id)
    return;
  self->id = 0;
  text = g_strdup_printf ("%s%s%s", message, advice[0] != '\0' ? " " : "", advice);
  g_signal_emit (self, signals[FINISHED], 0, more, text);
}

static void
on_search (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSearchClient *self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) contacts = NULL;
  gboolean directory = FALSE;
  guint32 id = 0;

  if (!oh_bus_directory1_call_search_finish (OH_BUS_DIRECTORY1 (source), &id, &contacts, NULL,
                                             &directory, result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("search: %s", error->message); /* the window says it when there is no agent */
      return;
    }
  g_clear_object (&self->asking);
  if (!directory)
    return;
  self->id = id;
  g_strfreev (self->contacts);
  self->contacts = g_steal_pointer (&contacts);
  g_signal_emit (self, signals[STARTED], 0);
}

static void
ask (OhSearchClient *self)
{
  GVariantDict options;

  if (self->query[0] == '\0')
    return;
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "limit", "u", CONTACTS_MAX);
  self->asking = g_cancellable_new ();
  oh_bus_directory1_call_search (self->proxy, self->query, g_variant_dict_end (&options),
                                 self->asking, on_search, self);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSearchClient *self;
  g_autoptr (GError) error = NULL;
  OhBusDirectory1 *proxy = oh_bus_directory1_proxy_new_finish (result, &error);

  if (proxy == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* it is gone */
  self = user_data;
  self->connecting = FALSE;
  if (proxy == NULL)
    {
      g_debug ("search: %s", error->message);
      return;
    }
  self->proxy = proxy;
  g_signal_connect_object (proxy, "found", G_CALLBACK (on_found), self, 0);
  g_signal_connect_object (proxy, "finished", G_CALLBACK (on_finished), self, 0);
  ask (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSearchClient) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    {
      self->connecting = FALSE;
      g_debug ("search: %s", error->message);
      return;
    }
  oh_bus_directory1_proxy_new (connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, OH_BUS_NAME,
                               OH_BUS_PATH, self->cancellable, on_proxy, self);
}

static void
give_up (OhSearchClient *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->id != 0 && self->query[0] == '\0') /* else the next query does */
    oh_bus_directory1_call_cancel (self->proxy, self->id, NULL, NULL, NULL);
  self->id = 0;
}

void
oh_search_client_set_query (OhSearchClient *self, const char *typed)
{
  g_return_if_fail (OH_IS_SEARCH_CLIENT (self));
  if (g_str_equal (self->query, typed))
    return;
  g_free (self->query);
  self->query = g_strdup (typed);
  give_up (self);
  if (self->proxy != NULL)
    ask (self);
  else if (!self->connecting && typed[0] != '\0')
    {
      self->connecting = TRUE;
      oh_bus_connect_async (NULL, on_connected, g_object_ref (self));
    }
}

static void
oh_search_client_dispose (GObject *object)
{
  OhSearchClient *self = OH_SEARCH_CLIENT (object);

  oh_search_client_set_query (self, "");
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->proxy);
  G_OBJECT_CLASS (oh_search_client_parent_class)->dispose (object);
}

static void
oh_search_client_finalize (GObject *object)
{
  OhSearchClient *self = OH_SEARCH_CLIENT (object);

  g_object_unref (self->cancellable);
  g_free (self->query);
  g_strfreev (self->contacts);
  G_OBJECT_CLASS (oh_search_client_parent_class)->finalize (object);
}

static void
oh_search_client_class_init (OhSearchClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_search_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_search_client_finalize;
  signals[STARTED] = g_signal_new ("started", OH_TYPE_SEARCH_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FOUND] = g_signal_new ("found", OH_TYPE_SEARCH_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_VARIANT, G_TYPE_STRV);
  signals[FINISHED] = g_signal_new ("finished", OH_TYPE_SEARCH_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
}

static void
oh_search_client_init (OhSearchClient *self)
{
  self->cancellable = g_cancellable_new ();
  self->query = g_strdup ("");
}

OhSearchClient *
oh_search_client_new (void)
{
  return g_object_new (OH_TYPE_SEARCH_CLIENT, NULL);
}
