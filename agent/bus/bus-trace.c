/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-trace.h"

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"
#include "error.h"

#define INTERFACE "org.offhook.Trace1"

struct _OhBusTrace
{
  OhBusTrace1 *skeleton;       /* (owned) */
  OhRecorder *recorder;        /* (owned) */
  GDBusConnection *connection; /* (owned) (nullable): while exported */
  GHashTable *followers;       /* (owned) (element-type utf8 Follower): by unique name */
};

typedef struct
{
  OhRecorder *recorder; /* (unowned): the skin's */
  gboolean names;
  guint watch; /* its name on the bus */
} Follower;

static void
follower_free (gpointer data)
{
  Follower *follower = data;

  g_bus_unwatch_name (follower->watch);
  oh_recorder_release (follower->recorder);
  g_free (follower);
}

/* --- to who follows -------------------------------------------------------------------------- */

static void
tell (OhBusTrace *self, const char *who, const char *signal, GVariant *arguments)
{
  g_dbus_connection_emit_signal (self->connection, who, OH_BUS_PATH, INTERFACE, signal, arguments,
                                 NULL);
}

static void
on_recorded (OhRecorder *recorder, OhTraceEntry *entry, OhBusTrace *self)
{
  GHashTableIter iter;
  gpointer who, follower;

  g_hash_table_iter_init (&iter, self->followers);
  while (g_hash_table_iter_next (&iter, &who, &follower))
    {
      g_autofree char *record =
        oh_recorder_format (recorder, entry, ((Follower *) follower)->names);

      tell (self, who, "Recorded", g_variant_new ("(s)", record));
    }
}

static void
on_expired (OhRecorder *recorder, OhBusTrace *self)
{
  GHashTableIter iter;
  gpointer who;

  g_hash_table_iter_init (&iter, self->followers);
  while (g_hash_table_iter_next (&iter, &who, NULL))
    tell (self, who, "Ended", NULL);
  g_hash_table_remove_all (self->followers);
}

/* Ctrl-C, a crash, the end of the session: tracing must not outlive who asked for it. */
static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OhBusTrace *self = user_data;

  g_hash_table_remove (self->followers, name);
}

/* --- methods --------------------------------------------------------------------------------- */

static gboolean
handle_start (OhBusTrace1 *skeleton, GDBusMethodInvocation *invocation, OhBusTrace *self)
{
  oh_recorder_start (self->recorder);
  oh_bus_trace1_complete_start (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_stop (OhBusTrace1 *skeleton, GDBusMethodInvocation *invocation, OhBusTrace *self)
{
  oh_recorder_stop (self->recorder);
  oh_bus_trace1_complete_stop (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_clear (OhBusTrace1 *skeleton, GDBusMethodInvocation *invocation, OhBusTrace *self)
{
  oh_recorder_clear (self->recorder);
  oh_bus_trace1_complete_clear (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_read (OhBusTrace1 *skeleton, GDBusMethodInvocation *invocation, gboolean names,
             OhBusTrace *self)
{
  g_autofree char *records = oh_recorder_read (self->recorder, names);

  oh_bus_trace1_complete_read (skeleton, invocation, oh_recorder_lost (self->recorder), records);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_follow (OhBusTrace1 *skeleton, GDBusMethodInvocation *invocation, gboolean names,
               OhBusTrace *self)
{
  const char *who = g_dbus_method_invocation_get_sender (invocation);
  g_autofree char *records = NULL;
  Follower *follower;

  if (g_hash_table_size (self->followers) >= OH_BUS_FOLLOWERS_MAX &&
      !g_hash_table_contains (self->followers, who))
    {
      oh_bus_return_error (invocation,
                           g_error_new (OH_ERROR, OH_ERROR_BUSY,
                                        _ ("%u programs follow the trace already. End one of "
                                           "them."),
                                        OH_BUS_FOLLOWERS_MAX));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  follower = g_new0 (Follower, 1);
  follower->recorder = self->recorder;
  follower->names = names;
  oh_recorder_hold (self->recorder);
  follower->watch =
    g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (invocation), who,
                                    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished, self, NULL);
  g_hash_table_replace (self->followers, g_strdup (who), follower);
  records = oh_recorder_read (self->recorder, names);
  oh_bus_trace1_complete_follow (skeleton, invocation, oh_recorder_lost (self->recorder), records);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_unfollow (OhBusTrace1 *skeleton, GDBusMethodInvocation *invocation, OhBusTrace *self)
{
  g_hash_table_remove (self->followers, g_dbus_method_invocation_get_sender (invocation));
  oh_bus_trace1_complete_unfollow (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- life ------------------------------------------------------------------------------------ */

OhBusTrace *
oh_bus_trace_new (OhRecorder *recorder)
{
  const struct
  {
    const char *signal;
    GCallback handler;
  } handlers[] = {
    { "handle-start", G_CALLBACK (handle_start) },
    { "handle-stop", G_CALLBACK (handle_stop) },
    { "handle-clear", G_CALLBACK (handle_clear) },
    { "handle-read", G_CALLBACK (handle_read) },
    { "handle-follow", G_CALLBACK (handle_follow) },
    { "handle-unfollow", G_CALLBACK (handle_unfollow) },
  };
  OhBusTrace *self = g_new0 (OhBusTrace, 1);

  self->recorder = g_object_ref (recorder);
  self->skeleton = oh_bus_trace1_skeleton_new ();
  self->followers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, follower_free);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (self->skeleton, handlers[i].signal, handlers[i].handler, self);
  g_signal_connect (recorder, "recorded", G_CALLBACK (on_recorded), self);
  g_signal_connect (recorder, "expired", G_CALLBACK (on_expired), self);
  return self;
}

gboolean
oh_bus_trace_export (OhBusTrace *self, GDBusConnection *connection, GError **error)
{
  g_return_val_if_fail (self->connection == NULL, FALSE);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                         OH_BUS_PATH, error))
    return FALSE;
  self->connection = g_object_ref (connection);
  return TRUE;
}

void
oh_bus_trace_free (OhBusTrace *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->recorder, self);
  g_hash_table_unref (self->followers);
  if (self->connection != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->connection);
  g_clear_object (&self->recorder);
  g_free (self);
}
