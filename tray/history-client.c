/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "history-client.h"

#include "bus-connection.h"
#include "bus-generated.h"
#include "error.h"

#include <glib/gi18n-lib.h>

struct _OhHistoryClient
{
  GObject parent;

  GCancellable *cancellable; /* (owned): cancelled in dispose */
  OhBusHistory1 *proxy;      /* (owned) (nullable): once there is a connection */
};

enum
{
  CHANGED,
  CALL,
  REMOVED,
  RESET,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhHistoryClient, oh_history_client, G_TYPE_OBJECT)

/* --- what the agent tells ------------------------------------------------------------------- */

static void
on_properties (OhHistoryClient *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_owner (OhHistoryClient *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[RESET], 0);
}

static void
on_changed (OhBusHistory1 *proxy, GVariant *calls, GVariant *removed, OhHistoryClient *self)
{
  GVariantIter iter;
  GVariant *child;
  gsize n = 0;
  const gint64 *ids = g_variant_get_fixed_array (removed, &n, sizeof (gint64));

  g_variant_iter_init (&iter, calls);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (OhHistoryCall) call = oh_history_call_new (child);

      g_signal_emit (self, signals[CALL], 0, call);
      g_variant_unref (child);
    }
  for (gsize i = 0; i < n; i++)
    g_signal_emit (self, signals[REMOVED], 0, ids[i]);
}

static void
on_reset (OhHistoryClient *self)
{
  g_signal_emit (self, signals[RESET], 0);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhHistoryClient *self = user_data;
  g_autoptr (GError) error = NULL;
  OhBusHistory1 *proxy = oh_bus_history1_proxy_new_finish (result, &error);

  if (proxy == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("no call list: %s", error->message);
      return;
    }
  self->proxy = proxy;
  g_signal_connect_object (proxy, "g-properties-changed", G_CALLBACK (on_properties), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (proxy, "notify::g-name-owner", G_CALLBACK (on_owner), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (proxy, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (proxy, "reset", G_CALLBACK (on_reset), self, G_CONNECT_SWAPPED);
  on_owner (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhHistoryClient *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection != NULL)
    oh_bus_history1_proxy_new (connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START_AT_CONSTRUCTION,
                               OH_BUS_NAME, OH_BUS_PATH, self->cancellable, on_proxy, self);
}

/* --- what is known -------------------------------------------------------------------------- */

static gboolean
is_here (OhHistoryClient *self)
{
  g_autofree char *owner =
    self->proxy != NULL ? g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->proxy)) : NULL;

  return owner != NULL;
}

guint
oh_history_client_get_missed (OhHistoryClient *self)
{
  return is_here (self) ? oh_bus_history1_get_missed (self->proxy) : 0;
}

gboolean
oh_history_client_keeps_calls (OhHistoryClient *self)
{
  return !is_here (self) || oh_bus_history1_get_days (self->proxy) > 0;
}

const char *
oh_history_client_get_trouble (OhHistoryClient *self)
{
  const char *trouble = is_here (self) ? oh_bus_history1_get_trouble (self->proxy) : NULL;

  return trouble != NULL ? trouble : "";
}

/* --- what is asked -------------------------------------------------------------------------- */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) list = NULL;
  GError *error = NULL;
  GPtrArray *calls;

  if (!oh_bus_history1_call_list_finish (OH_BUS_HISTORY1 (source), &list, result, &error))
    {
      oh_error_strip_remote (&error);
      g_task_return_error (task, error);
      return;
    }
  calls = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_history_call_free);
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (list, i);

      g_ptr_array_add (calls, oh_history_call_new (child));
    }
  g_task_return_pointer (task, calls, (GDestroyNotify) g_ptr_array_unref);
}

void
oh_history_client_list_async (OhHistoryClient *self, gint64 before, guint limit, gboolean missed,
                              const char *text, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GVariantBuilder filter;

  if (self->proxy == NULL)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_FAILED, _ ("The agent does not answer."));
      g_object_unref (task);
      return;
    }
  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", "missed", g_variant_new_boolean (missed));
  g_variant_builder_add (&filter, "{sv}", "text", g_variant_new_string (text));
  oh_bus_history1_call_list (self->proxy, before, limit, g_variant_builder_end (&filter),
                             cancellable, on_listed, task);
}

GPtrArray *
oh_history_client_list_finish (OhHistoryClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer == NULL)
    g_message ("the call list was not changed: %s", error->message);
}

/* @arguments: (nullable): floating */
static void
tell (OhHistoryClient *self, const char *method, GVariant *arguments)
{
  g_autoptr (GVariant) owned = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;

  if (self->proxy != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (self->proxy), method, owned, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                       on_told, NULL);
}

static GVariant *
ids_variant (const gint64 *ids, gsize n)
{
  return g_variant_new ("(@ax)",
                        g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids, n, sizeof (gint64)));
}

void
oh_history_client_mark_seen (OhHistoryClient *self)
{
  if (oh_history_client_get_missed (self) > 0)
    tell (self, "MarkSeen", ids_variant (NULL, 0));
}

void
oh_history_client_delete (OhHistoryClient *self, const GArray *ids)
{
  if (ids->len > 0)
    tell (self, "Delete", ids_variant ((const gint64 *) (gconstpointer) ids->data, ids->len));
}

void
oh_history_client_clear (OhHistoryClient *self)
{
  tell (self, "Clear", NULL);
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_history_client_dispose (GObject *object)
{
  OhHistoryClient *self = OH_HISTORY_CLIENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->proxy);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (oh_history_client_parent_class)->dispose (object);
}

static void
oh_history_client_class_init (OhHistoryClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_history_client_dispose;
  signals[CHANGED] = g_signal_new ("changed", OH_TYPE_HISTORY_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CALL] = g_signal_new ("call", OH_TYPE_HISTORY_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REMOVED] = g_signal_new ("removed", OH_TYPE_HISTORY_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[RESET] = g_signal_new ("reset", OH_TYPE_HISTORY_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
oh_history_client_init (OhHistoryClient *self)
{
  self->cancellable = g_cancellable_new ();
}

OhHistoryClient *
oh_history_client_new (void)
{
  OhHistoryClient *self = g_object_new (OH_TYPE_HISTORY_CLIENT, NULL);

  oh_bus_connect_async (self->cancellable, on_connected, self);
  return self;
}
