/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "tray-icon.h"

#include "menu.h"
#include "sni-item.h"

#include <glib/gi18n-lib.h>

/* Hosts look for the watcher under the name of KDE; the draft's own name never caught on. */
#define WATCHER_NAME "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"
#define WATCHER_INTERFACE "org.kde.StatusNotifierWatcher"
#define ITEM_PATH "/StatusNotifierItem"
#define MENU_PATH "/org/offhook/Tray/Menu"

struct _OhTrayIcon
{
  GObject parent;

  GDBusConnection *connection; /* (owned) */
  GCancellable *cancellable;   /* (owned): cancelled in dispose */
  OhSniItem *item;             /* (owned): the exported object */
  OhMenu *menu;                /* (owned) */
  guint watch;
  guint host_signals;
  gboolean shown;   /* exported, and registered with every watcher that comes */
  gboolean watched; /* a watcher has taken the item */
  gboolean has_host;
};

enum
{
  PROP_0,
  PROP_HAS_HOST,
  N_PROPS,
};

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_CALL_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhTrayIcon, oh_tray_icon, G_TYPE_OBJECT)

static void
set_has_host (OhTrayIcon *self, gboolean has_host)
{
  if (self->has_host == has_host)
    return;
  g_debug ("tray host: %s", has_host ? "there" : "gone");
  self->has_host = has_host;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_HOST]);
}

static void
on_host_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; user_data may be gone */
  if (answer == NULL)
    {
      g_debug ("no host: %s", error->message);
      set_has_host (user_data, FALSE);
      return;
    }
  g_variant_get (answer, "(v)", &value);
  set_has_host (user_data, g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
                             g_variant_get_boolean (value));
}

/* A watcher without a host shows nothing: only the host counts. */
static void
read_host (OhTrayIcon *self)
{
  g_dbus_connection_call (
    self->connection, WATCHER_NAME, WATCHER_PATH, "org.freedesktop.DBus.Properties", "Get",
    g_variant_new ("(ss)", WATCHER_INTERFACE, "IsStatusNotifierHostRegistered"),
    G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_host_read,
    self);
}

static void
on_registered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhTrayIcon *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; user_data may be gone */
  self->watched = answer != NULL;
  if (answer == NULL)
    g_debug ("the watcher did not take the icon: %s", error->message);
  read_host (self);
}

static void
register_item (OhTrayIcon *self)
{
  g_dbus_connection_call (self->connection, WATCHER_NAME, WATCHER_PATH, WATCHER_INTERFACE,
                          "RegisterStatusNotifierItem", g_variant_new ("(s)", ITEM_PATH), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_registered,
                          self);
}

static void
on_host_signal (GDBusConnection *connection, const char *sender, const char *path,
                const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
  if (g_str_has_prefix (signal, "StatusNotifierHost"))
    read_host (user_data);
}

static void
on_watcher_appeared (GDBusConnection *connection, const char *name, const char *owner,
                     gpointer user_data)
{
  OhTrayIcon *self = user_data;

  if (self->shown)
    register_item (self);
}

static void
on_watcher_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OhTrayIcon *self = user_data;

  self->watched = FALSE;
  set_has_host (self, FALSE);
}

static gboolean
on_activate (OhSniItem *item, GDBusMethodInvocation *invocation, int x, int y, OhTrayIcon *self)
{
  oh_sni_item_complete_activate (item, invocation);
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_secondary_activate (OhSniItem *item, GDBusMethodInvocation *invocation, int x, int y,
                       OhTrayIcon *self)
{
  oh_sni_item_complete_secondary_activate (item, invocation);
  g_signal_emit (self, signals[SIGNAL_CALL_ACTIVATED], 0);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* The host draws the menu itself. */
static gboolean
on_context_menu (OhSniItem *item, GDBusMethodInvocation *invocation, int x, int y, OhTrayIcon *self)
{
  oh_sni_item_complete_context_menu (item, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_scroll (OhSniItem *item, GDBusMethodInvocation *invocation, int delta, const char *orientation,
           OhTrayIcon *self)
{
  oh_sni_item_complete_scroll (item, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
fill_item (OhTrayIcon *self, OhIcon icon, const char *tooltip)
{
  const char *name = oh_view_icon_name (icon);
  gboolean attention = icon == OH_ICON_RINGING || icon == OH_ICON_TROUBLE;

  oh_sni_item_set_title (self->item, _ ("Offhook"));
  oh_sni_item_set_icon_name (self->item, name);
  oh_sni_item_set_attention_icon_name (self->item, name);
  oh_sni_item_set_icon_accessible_desc (self->item, tooltip);
  oh_sni_item_set_attention_accessible_desc (self->item, tooltip);
  oh_sni_item_set_status (self->item, attention ? "NeedsAttention" : "Active");
  oh_sni_item_set_tool_tip (self->item,
                            g_variant_new ("(s@a(iiay)ss)", name,
                                           g_variant_new_array (G_VARIANT_TYPE ("(iiay)"), NULL, 0),
                                           _ ("Offhook"), tooltip));
}

/* Hosts read a property again when its signal comes, so the values have to be out before. */
static void
tell_hosts (OhTrayIcon *self)
{
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->item));
  oh_sni_item_emit_new_icon (self->item);
  oh_sni_item_emit_new_attention_icon (self->item);
  oh_sni_item_emit_new_tool_tip (self->item);
  oh_sni_item_emit_new_status (self->item, oh_sni_item_get_status (self->item));
}

static void
export_item (OhTrayIcon *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->item), self->connection,
                                         ITEM_PATH, &error))
    {
      g_warning ("no tray icon: %s", error->message);
      return;
    }
  self->shown = TRUE;
  self->watch =
    g_bus_watch_name_on_connection (self->connection, WATCHER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                    on_watcher_appeared, on_watcher_vanished, self, NULL);
}

void
oh_tray_icon_show (OhTrayIcon *self, OhIcon icon, const char *tooltip, const GPtrArray *menu)
{
  g_return_if_fail (OH_IS_TRAY_ICON (self));

  oh_menu_set_lines (self->menu, menu);
  fill_item (self, icon, tooltip);
  if (self->shown)
    tell_hosts (self);
  else
    export_item (self);
}

gboolean
oh_tray_icon_has_host (OhTrayIcon *self)
{
  g_return_val_if_fail (OH_IS_TRAY_ICON (self), FALSE);
  return self->has_host;
}

static void
oh_tray_icon_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhTrayIcon *self = OH_TRAY_ICON (object);

  switch (id)
    {
    case PROP_HAS_HOST: g_value_set_boolean (value, self->has_host); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_tray_icon_dispose (GObject *object)
{
  OhTrayIcon *self = OH_TRAY_ICON (object);

  g_cancellable_cancel (self->cancellable);
  if (self->watch != 0)
    g_bus_unwatch_name (self->watch);
  self->watch = 0;
  if (self->host_signals != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->host_signals);
  self->host_signals = 0;
  if (self->shown)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->item));
  self->shown = FALSE;
  g_clear_object (&self->menu);
  g_clear_object (&self->item);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (oh_tray_icon_parent_class)->dispose (object);
}

static void
oh_tray_icon_class_init (OhTrayIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = oh_tray_icon_get_property;
  object_class->dispose = oh_tray_icon_dispose;
  props[PROP_HAS_HOST] =
    g_param_spec_boolean ("has-host", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", OH_TYPE_TRAY_ICON, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CALL_ACTIVATED] = g_signal_new (
    "call-activated", OH_TYPE_TRAY_ICON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_tray_icon_init (OhTrayIcon *self)
{
  self->cancellable = g_cancellable_new ();
  self->item = oh_sni_item_skeleton_new ();
  oh_sni_item_set_category (self->item, "Communications");
  oh_sni_item_set_id (self->item, "offhook");
  oh_sni_item_set_menu (self->item, MENU_PATH);
  g_signal_connect (self->item, "handle-activate", G_CALLBACK (on_activate), self);
  g_signal_connect (self->item, "handle-secondary-activate", G_CALLBACK (on_secondary_activate),
                    self);
  g_signal_connect (self->item, "handle-context-menu", G_CALLBACK (on_context_menu), self);
  g_signal_connect (self->item, "handle-scroll", G_CALLBACK (on_scroll), self);
}

OhTrayIcon *
oh_tray_icon_new (GDBusConnection *connection, GActionGroup *actions)
{
  OhTrayIcon *self = g_object_new (OH_TYPE_TRAY_ICON, NULL);

  self->connection = g_object_ref (connection);
  self->menu = oh_menu_new (MENU_PATH, actions);
  self->host_signals = g_dbus_connection_signal_subscribe (
    connection, WATCHER_NAME, WATCHER_INTERFACE, NULL, WATCHER_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
    on_host_signal, self, NULL);
  return self;
}
