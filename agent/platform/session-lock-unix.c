/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-lock.h"

/* Every desktop has a name of its own for the same two words, GetActive and ActiveChanged. */
/* clang-format off */
static const struct
{
  const char *name; /* also of the interface */
  const char *path;
} savers[] = {
  { "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver" }, /* KDE and others */
  { "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver" },
  { "org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver" },
  { "org.mate.ScreenSaver", "/org/mate/ScreenSaver" },
  { "org.xfce.ScreenSaver", "/org/xfce/ScreenSaver" },
};
/* clang-format on */

#define LOGIN_NAME "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1/session/auto"
#define LOGIN_INTERFACE "org.freedesktop.login1.Session"
/* The bit after those of the savers. */
#define LOGIN_BIT G_N_ELEMENTS (savers)

typedef struct
{
  OhSessionLock *lock; /* (unowned): the subscriptions end before it does */
  guint bit;
} Source;

struct _OhSessionLock
{
  GObject parent_instance;

  GDBusConnection *session;                /* (owned) (nullable) */
  GDBusConnection *system;                 /* (owned) (nullable) */
  GCancellable *gone;                      /* cancelled by dispose */
  Source sources[G_N_ELEMENTS (savers)];   /* user data of the subscriptions */
  guint subscribed[G_N_ELEMENTS (savers)]; /* on the session bus */
  guint watched[G_N_ELEMENTS (savers)];    /* names */
  guint login_subscribed;                  /* on the system bus */
  guint locked;                            /* a bit for each that says so */
};

G_DEFINE_FINAL_TYPE (OhSessionLock, oh_session_lock, G_TYPE_OBJECT)

static GParamSpec *locked_prop;

static void
set_bit (OhSessionLock *self, guint bit, gboolean on)
{
  gboolean before = self->locked != 0;

  if (on)
    self->locked |= 1U << bit;
  else
    self->locked &= ~(1U << bit);
  if (before == (self->locked != 0))
    return;
  g_debug ("screen %s", self->locked != 0 ? "locked" : "unlocked");
  g_object_notify_by_pspec (G_OBJECT (self), locked_prop);
}

static void
on_active_changed (GDBusConnection *connection, const char *sender, const char *path,
                   const char *interface, const char *signal, GVariant *parameters,
                   gpointer user_data)
{
  Source *source = user_data;
  gboolean active;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &active);
  set_bit (source->lock, source->bit, active);
}

static void
on_is_active (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  Source *source = user_data;
  gboolean active;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || reply == NULL)
    return; /* user_data may be gone; or it does not know the word: its signal will tell */
  g_variant_get (reply, "(b)", &active);
  set_bit (source->lock, source->bit, active);
}

static void
on_saver_appeared (GDBusConnection *connection, const char *name, const char *owner,
                   gpointer user_data)
{
  Source *source = user_data;

  g_dbus_connection_call (connection, name, savers[source->bit].path, name, "GetActive", NULL,
                          G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          source->lock->gone, on_is_active, source);
}

static void
on_saver_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Source *source = user_data;

  set_bit (source->lock, source->bit, FALSE);
}

static void
follow_savers (OhSessionLock *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    {
      self->sources[i] = (Source){ self, i };
      self->subscribed[i] = g_dbus_connection_signal_subscribe (
        self->session, savers[i].name, savers[i].name, "ActiveChanged", NULL, NULL,
        G_DBUS_SIGNAL_FLAGS_NONE, on_active_changed, &self->sources[i], NULL);
      self->watched[i] = g_bus_watch_name_on_connection (
        self->session, savers[i].name, G_BUS_NAME_WATCHER_FLAGS_NONE, on_saver_appeared,
        on_saver_vanished, &self->sources[i], NULL);
    }
}

static void
on_hint (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  g_autoptr (GVariant) hint = NULL;

  if (reply == NULL)
    return; /* cancelled, or no session of logind: nothing to follow */
  g_variant_get (reply, "(v)", &hint);
  if (g_variant_is_of_type (hint, G_VARIANT_TYPE_BOOLEAN))
    set_bit (OH_SESSION_LOCK (user_data), LOGIN_BIT, g_variant_get_boolean (hint));
}

static void
ask_hint (OhSessionLock *self)
{
  g_dbus_connection_call (self->system, LOGIN_NAME, LOGIN_PATH, "org.freedesktop.DBus.Properties",
                          "Get", g_variant_new ("(ss)", LOGIN_INTERFACE, "LockedHint"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->gone,
                          on_hint, self);
}

/* Signals bear the real path of whichever session, other people's too; "auto" is ours and only an
 * alias. So a signal is a reason to ask, not an answer. */
static void
on_some_hint_changed (GDBusConnection *connection, const char *sender, const char *path,
                      const char *interface, const char *signal, GVariant *parameters,
                      gpointer user_data)
{
  ask_hint (OH_SESSION_LOCK (user_data));
}

static void
on_system_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSessionLock) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) system = g_bus_get_finish (result, &error);

  if (system == NULL || g_cancellable_is_cancelled (self->gone))
    return; /* a container without one; or nobody wants to know any more */
  self->system = g_object_ref (system);
  self->login_subscribed = g_dbus_connection_signal_subscribe (
    system, LOGIN_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", NULL,
    LOGIN_INTERFACE, G_DBUS_SIGNAL_FLAGS_NONE, on_some_hint_changed, self, NULL);
  ask_hint (self);
}

static void
oh_session_lock_dispose (GObject *object)
{
  OhSessionLock *self = OH_SESSION_LOCK (object);

  g_cancellable_cancel (self->gone);
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    {
      if (self->subscribed[i] != 0)
        g_dbus_connection_signal_unsubscribe (self->session, self->subscribed[i]);
      self->subscribed[i] = 0;
      g_clear_handle_id (&self->watched[i], g_bus_unwatch_name);
    }
  if (self->login_subscribed != 0)
    g_dbus_connection_signal_unsubscribe (self->system, self->login_subscribed);
  self->login_subscribed = 0;
  g_clear_object (&self->session);
  g_clear_object (&self->system);
  G_OBJECT_CLASS (oh_session_lock_parent_class)->dispose (object);
}

static void
oh_session_lock_finalize (GObject *object)
{
  g_clear_object (&OH_SESSION_LOCK (object)->gone);
  G_OBJECT_CLASS (oh_session_lock_parent_class)->finalize (object);
}

static void
oh_session_lock_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, oh_session_lock_get_locked (OH_SESSION_LOCK (object)));
}

static void
oh_session_lock_class_init (OhSessionLockClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = oh_session_lock_dispose;
  object_class->finalize = oh_session_lock_finalize;
  object_class->get_property = oh_session_lock_get_property;
  locked_prop =
    g_param_spec_boolean ("locked", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (object_class, 1, locked_prop);
}

static void
oh_session_lock_init (OhSessionLock *self)
{
  self->gone = g_cancellable_new ();
}

OhSessionLock *
oh_session_lock_new (GDBusConnection *session)
{
  OhSessionLock *self = g_object_new (OH_TYPE_SESSION_LOCK, NULL);

  if (session != NULL)
    {
      self->session = g_object_ref (session);
      follow_savers (self);
    }
  /* Not to be cancelled: the connection is shared, and would stay failed for everybody. */
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_system_bus, g_object_ref (self));
  return self;
}

gboolean
oh_session_lock_get_locked (OhSessionLock *self)
{
  return self->locked != 0;
}
