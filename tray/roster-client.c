/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "roster-client.h"

#include "bus-connection.h"
#include "bus-generated.h"
#include "error.h"

#include <glib/gi18n-lib.h>

struct _OhRosterClient
{
  GObject parent;

  GCancellable *cancellable; /* (owned) */
  OhBusContacts1 *proxy;     /* (owned) (nullable): once there is a bus */
};

enum
{
  GROUPS_CHANGED,
  FRESHNESS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhRosterClient, oh_roster_client, G_TYPE_OBJECT)

static void
on_groups (OhRosterClient *self)
{
  g_signal_emit (self, signals[GROUPS_CHANGED], 0);
}

static void
on_freshness (OhRosterClient *self)
{
  g_signal_emit (self, signals[FRESHNESS_CHANGED], 0);
}

/* Another agent: its properties are read by then, or there are none. */
static void
on_owner (OhRosterClient *self)
{
  on_groups (self);
  on_freshness (self);
}

static void
follow (OhRosterClient *self)
{
  static const struct
  {
    const char *signal;
    void (*handler) (OhRosterClient *self);
  } handlers[] = {
    { "notify::groups", on_groups },      { "notify::stale", on_freshness },
    { "notify::as-of", on_freshness },    { "notify::elsewhere", on_freshness },
    { "notify::g-name-owner", on_owner },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->proxy, handlers[i].signal, G_CALLBACK (handlers[i].handler),
                             self, G_CONNECT_SWAPPED);
  on_owner (self);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  OhBusContacts1 *proxy = oh_bus_contacts1_proxy_new_finish (result, &error);
  OhRosterClient *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* it is gone */
  self = user_data;
  if (proxy == NULL)
    {
      g_message ("no groups of contacts: %s", error->message);
      return;
    }
  self->proxy = proxy;
  /* A change waits for its turn and for the server; the agent has the limits, not the bus. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  follow (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhRosterClient) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    g_message ("no groups of contacts: %s", error->message);
  else
    oh_bus_contacts1_proxy_new (connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, OH_BUS_NAME,
                                OH_BUS_PATH, self->cancellable, on_proxy, self);
}

GPtrArray *
oh_roster_client_dup_groups (OhRosterClient *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GVariant *groups = self->proxy != NULL ? oh_bus_contacts1_get_groups (self->proxy) : NULL;
  GVariantIter iter;
  char *name;

  if (groups == NULL)
    return names;
  g_variant_iter_init (&iter, groups);
  while (g_variant_iter_next (&iter, "(us)", NULL, &name))
    g_ptr_array_add (names, name);
  return names;
}

static char *
as_of_text (gint64 as_of_us)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (as_of_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean today = then != NULL && g_date_time_get_year (then) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);
  g_autofree char *time =
    then != NULL ? g_date_time_format (then, today ? "%H:%M" : "%x %H:%M") : g_strdup ("?");

  return g_strdup_printf (_ ("As of %s; not signed in"), time);
}

char *
oh_roster_client_dup_note (OhRosterClient *self)
{
  if (self->proxy == NULL)
    return NULL;
  if (oh_bus_contacts1_get_elsewhere (self->proxy))
    return g_strdup (_ ("Your contact list is kept in Exchange; Outlook shows and changes it"));
  if (oh_bus_contacts1_get_stale (self->proxy) && oh_bus_contacts1_get_as_of (self->proxy) > 0)
    return as_of_text (oh_bus_contacts1_get_as_of (self->proxy));
  return NULL;
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer != NULL)
    {
      g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
      return;
    }
  oh_error_strip_remote (&error);
  if (error->domain != OH_ERROR)
    oh_error_adopt (&error, "%s", _ ("The contact list could not be changed"));
  g_task_return_error (task, error);
}

void
oh_roster_client_call_async (OhRosterClient *self, const char *method, GVariant *arguments,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GVariant) owned = g_variant_ref_sink (arguments);

  g_task_set_source_tag (task, oh_roster_client_call_async);
  if (self->proxy == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_NOT_SIGNED_IN, "%s",
                             _ ("You are not signed in; the contact list is changed at the "
                                "server."));
  else
    g_dbus_proxy_call (G_DBUS_PROXY (self->proxy), method, owned, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                       on_called, g_steal_pointer (&task));
}

GVariant *
oh_roster_client_call_finish (OhRosterClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
oh_roster_client_dispose (GObject *object)
{
  OhRosterClient *self = OH_ROSTER_CLIENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->proxy);
  G_OBJECT_CLASS (oh_roster_client_parent_class)->dispose (object);
}

static void
oh_roster_client_finalize (GObject *object)
{
  g_object_unref (OH_ROSTER_CLIENT (object)->cancellable);
  G_OBJECT_CLASS (oh_roster_client_parent_class)->finalize (object);
}

static void
oh_roster_client_class_init (OhRosterClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_roster_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_roster_client_finalize;
  signals[GROUPS_CHANGED] = g_signal_new ("groups-changed", OH_TYPE_ROSTER_CLIENT,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FRESHNESS_CHANGED] =
    g_signal_new ("freshness-changed", OH_TYPE_ROSTER_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
oh_roster_client_init (OhRosterClient *self)
{
  self->cancellable = g_cancellable_new ();
}

OhRosterClient *
oh_roster_client_new (void)
{
  OhRosterClient *self = g_object_new (OH_TYPE_ROSTER_CLIENT, NULL);

  oh_bus_connect_async (NULL, on_connected, g_object_ref (self));
  return self;
}
