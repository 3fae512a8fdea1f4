/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "agent-client.h"

#include "agent-model.h"
#include "backoff.h"
#include "bus-connection.h"
#include "clock.h"
#include "error.h"

#include <glib/gi18n-lib.h>

/* A first start after log-in, with the disk busy. The bus itself gives up earlier. */
#define START_TIMEOUT_MS (60 * 1000)

struct _OhAgentClient
{
  GObject parent;

  OhClock *clock;              /* (unowned): the machine's */
  GCancellable *cancellable;   /* (owned): cancelled in dispose */
  GDBusConnection *connection; /* (owned) (nullable): until there is one */
  OhBusAgent1 *agent;          /* (owned) (nullable): lives through the agent's absences */
  GDBusObjectManager *manager; /* (owned) (nullable): likewise */
  OhTrayModel *model;          /* (owned) */
  OhContactBook *book;         /* (owned): fills the model's contacts */
  guint64 revision;            /* of the contacts in the model, or on their way into it */
  guint n_told;                /* contacts, in the log */
  gboolean contacts_read;      /* a whole list has come since the agent did */
  guint idle;                  /* tells of changes once for a burst */
  guint restart_alarm;
  guint failed_starts;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhAgentClient, oh_agent_client, G_TYPE_OBJECT)

static gboolean
on_idle (gpointer user_data)
{
  OhAgentClient *self = user_data;

  self->idle = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell_change (OhAgentClient *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
on_settled (OhAgentClient *self)
{
  if (self->n_told != self->model->contacts->len)
    g_debug ("%u contacts", self->model->contacts->len);
  self->n_told = self->model->contacts->len;
  tell_change (self);
}

static void
on_contacts_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhAgentClient *self = user_data;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GError) error = NULL;
  guint64 revision;

  if (!oh_bus_agent1_call_list_contacts_finish (OH_BUS_AGENT1 (source), &revision, &list, result,
                                                &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("no contacts: %s", error->message);
      return;
    }
  self->revision = revision;
  self->contacts_read = TRUE;
  oh_contact_book_replace (self->book, list);
}

static void
on_contacts_changed (OhBusAgent1 *agent, guint64 revision, GVariant *changed,
                     const char *const *removed, OhAgentClient *self)
{
  if (!self->contacts_read || revision <= self->revision)
    return; /* the list that is on its way has it */
  self->revision = revision;
  oh_contact_book_change (self->book, changed, removed);
}

static gboolean
agent_is_here (OhAgentClient *self)
{
  g_autofree char *owner = NULL;

  if (self->agent == NULL || self->manager == NULL)
    return FALSE;
  owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->agent));
  return owner != NULL;
}

static gboolean on_restart_alarm (gpointer user_data);

/* Not at once: a service that falls over at its start must not keep the machine busy. */
static void
start_agent_later (OhAgentClient *self)
{
  gint64 delay_us = oh_backoff_delay_us (++self->failed_starts, g_random_double ());

  oh_clock_clear_alarm (self->clock, &self->restart_alarm);
  self->restart_alarm = oh_clock_add_alarm_in (self->clock, delay_us, on_restart_alarm, self);
}

static void
forget (OhAgentClient *self, OhTrayAgent state, const char *why)
{
  g_debug ("agent: gone or not started (%s)", why != NULL ? why : "it went away");
  oh_contact_book_clear (self->book);
  self->contacts_read = FALSE;
  oh_tray_model_forget (self->model, state, why);
  tell_change (self);
  start_agent_later (self);
}

static void
refresh (OhAgentClient *self)
{
  self->model->agent = OH_TRAY_AGENT_HERE;
  oh_agent_model_read_agent (self->model, self->agent);
  oh_agent_model_read_objects (self->model, self->manager);
  tell_change (self);
}

static void
on_owner_changed (OhAgentClient *self)
{
  if (!agent_is_here (self))
    {
      forget (self, OH_TRAY_AGENT_GONE, NULL);
      return;
    }
  g_debug ("agent: here");
  self->failed_starts = 0;
  oh_clock_clear_alarm (self->clock, &self->restart_alarm);
  refresh (self);
  oh_bus_agent1_call_list_contacts (self->agent, self->cancellable, on_contacts_listed, self);
}

static void
on_agent_property (OhAgentClient *self)
{
  if (agent_is_here (self))
    refresh (self);
}

static void
on_agent_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhAgentClient *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* its name appears on the bus, or nobody waits any more */
  if (agent_is_here (self))
    return; /* somebody started it by hand meanwhile */
  g_dbus_error_strip_remote_error (error);
  forget (self, OH_TRAY_AGENT_BROKEN, error->message);
}

static void
start_agent (OhAgentClient *self)
{
  g_dbus_connection_call (
    self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "StartServiceByName", g_variant_new ("(su)", OH_BUS_NAME, 0), G_VARIANT_TYPE ("(u)"),
    G_DBUS_CALL_FLAGS_NONE, START_TIMEOUT_MS, self->cancellable, on_agent_started, self);
}

static void
watch_agent (OhAgentClient *self)
{
  if (self->agent == NULL || self->manager == NULL)
    return; /* the other one is still on its way */
  g_signal_connect_swapped (self->agent, "g-properties-changed", G_CALLBACK (on_agent_property),
                            self);
  g_signal_connect_swapped (self->agent, "notify::g-name-owner", G_CALLBACK (on_owner_changed),
                            self);
  g_signal_connect (self->agent, "contacts-changed", G_CALLBACK (on_contacts_changed), self);
  g_signal_connect_swapped (self->manager, "object-added", G_CALLBACK (on_agent_property), self);
  g_signal_connect_swapped (self->manager, "object-removed", G_CALLBACK (on_agent_property), self);
  g_signal_connect_swapped (self->manager, "interface-added", G_CALLBACK (on_agent_property), self);
  g_signal_connect_swapped (self->manager, "interface-removed", G_CALLBACK (on_agent_property),
                            self);
  g_signal_connect_swapped (self->manager, "interface-proxy-properties-changed",
                            G_CALLBACK (on_agent_property), self);
  if (agent_is_here (self))
    on_owner_changed (self);
  else
    start_agent (self);
}

static void
on_agent_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhAgentClient *self = user_data;
  g_autoptr (GError) error = NULL;
  OhBusAgent1 *agent = oh_bus_agent1_proxy_new_finish (result, &error);

  if (agent == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("no proxy of the agent: %s", error->message);
      return;
    }
  self->agent = agent;
  watch_agent (self);
}

/* The generated getters keep arrays until they hear of a change. */
static void
take_properties (OhAgentClient *self, const char *path, const char *interface, GVariant *properties)
{
  static const char *const none[] = { NULL };
  g_autoptr (GDBusInterface) proxy =
    g_dbus_object_manager_get_interface (self->manager, path, interface);
  GVariantIter iter;
  const char *name;
  GVariant *value;

  if (proxy == NULL)
    return;
  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_dbus_proxy_set_cached_property (G_DBUS_PROXY (proxy), name, value);
  g_signal_emit_by_name (proxy, "g-properties-changed", properties, none);
}

static void
on_read_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhAgentClient *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariantIter) objects = NULL;
  GVariantIter *interfaces;
  GVariant *properties;
  const char *path;
  const char *interface;

  if (reply == NULL)
    return; /* self is gone, or there is no agent yet: what it has when it comes is read then */
  g_variant_get (reply, "(a{oa{sa{sv}}})", &objects);
  while (g_variant_iter_loop (objects, "{&oa{sa{sv}}}", &path, &interfaces))
    while (g_variant_iter_loop (interfaces, "{&s@a{sv}}", &interface, &properties))
      take_properties (self, path, interface, properties);
  if (agent_is_here (self))
    refresh (self); /* the manager tells only of changes that it has heard itself */
}

/* The manager reads what there is in a thread of its own, and a change that comes before that
 * thread has made its objects is lost. Read once more, in line with the changes. */
static void
read_again (OhAgentClient *self)
{
  g_dbus_connection_call (self->connection, OH_BUS_NAME, OH_BUS_PATH,
                          "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL,
                          G_VARIANT_TYPE ("(a{oa{sa{sv}}})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          self->cancellable, on_read_again, self);
}

static void
on_manager (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhAgentClient *self = user_data;
  g_autoptr (GError) error = NULL;
  GDBusObjectManager *manager = g_dbus_object_manager_client_new_finish (result, &error);

  if (manager == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("no objects of the agent: %s", error->message);
      return;
    }
  self->manager = manager;
  read_again (self);
  watch_agent (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhAgentClient *self = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        forget (self, OH_TRAY_AGENT_BROKEN, error->message);
      return;
    }
  self->connection = connection;
  oh_bus_agent1_proxy_new (connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START_AT_CONSTRUCTION,
                           OH_BUS_NAME, OH_BUS_PATH, self->cancellable, on_agent_proxy, self);
  g_dbus_object_manager_client_new (
    connection, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START, OH_BUS_NAME, OH_BUS_PATH,
    oh_bus_proxy_type, NULL, NULL, self->cancellable, on_manager, self);
}

static gboolean
on_restart_alarm (gpointer user_data)
{
  OhAgentClient *self = user_data;

  self->restart_alarm = 0;
  if (self->connection == NULL)
    oh_bus_connect_async (self->cancellable, on_connected, self);
  else
    start_agent (self);
  return G_SOURCE_REMOVE;
}

OhTrayModel *
oh_agent_client_get_model (OhAgentClient *self)
{
  g_return_val_if_fail (OH_IS_AGENT_CLIENT (self), NULL);
  return self->model;
}

OhContactBook *
oh_agent_client_get_book (OhAgentClient *self)
{
  g_return_val_if_fail (OH_IS_AGENT_CLIENT (self), NULL);
  return self->book;
}

gboolean
oh_agent_client_is_locked (OhAgentClient *self)
{
  g_return_val_if_fail (OH_IS_AGENT_CLIENT (self), TRUE);
  return self->agent != NULL && oh_bus_agent1_get_screen_locked (self->agent);
}

static void
oh_agent_client_dispose (GObject *object)
{
  OhAgentClient *self = OH_AGENT_CLIENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
  oh_clock_clear_alarm (self->clock, &self->restart_alarm);
  if (self->agent != NULL)
    g_signal_handlers_disconnect_by_data (self->agent, self);
  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  g_clear_object (&self->agent);
  g_clear_object (&self->manager);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  if (self->book != NULL)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_clear_object (&self->book);
  g_clear_pointer (&self->model, oh_tray_model_free);
  G_OBJECT_CLASS (oh_agent_client_parent_class)->dispose (object);
}

static void
oh_agent_client_class_init (OhAgentClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_agent_client_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OH_TYPE_AGENT_CLIENT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_agent_client_init (OhAgentClient *self)
{
  self->clock = oh_clock_system ();
  self->cancellable = g_cancellable_new ();
  self->model = oh_tray_model_new ();
  self->book = oh_contact_book_new (self->model->contacts, oh_agent_model_read_contact,
                                    OH_AGENT_MODEL_CONTACTS_MAX);
  g_signal_connect_swapped (self->book, "settled", G_CALLBACK (on_settled), self);
}

OhAgentClient *
oh_agent_client_new (void)
{
  OhAgentClient *self = g_object_new (OH_TYPE_AGENT_CLIENT, NULL);

  oh_bus_connect_async (self->cancellable, on_connected, self);
  return self;
}
