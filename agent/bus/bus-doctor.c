/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-doctor.h"

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"

#define INTERFACE "org.offhook.Doctor1"

struct _OhBusDoctor
{
  OhDoctor *doctor;          /* (owned) */
  OhBusDoctor1 *skeleton;    /* (owned) */
  GPtrArray *clients;        /* (owned) (element-type Client): who waits for the run */
  GCancellable *cancellable; /* (owned) (nullable): of the run under way */
};

/* One call of Run. */
typedef struct
{
  OhBusDoctor *doctor;               /* (unowned): owns this */
  GDBusMethodInvocation *invocation; /* (owned) (nullable): NULL once it was answered */
  guint watch;                       /* of the caller's name */
} Client;

static void
client_free (gpointer data)
{
  Client *client = data;

  g_bus_unwatch_name (client->watch);
  if (client->invocation != NULL)
    oh_bus_return_error (client->invocation, g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED,
                                                                  _ ("The check was given up.")));
  g_free (client);
}

static GVariant *
finding_variant (const OhFinding *finding)
{
  return g_variant_new ("(sssssu)", oh_finding_severity_word (finding->severity), finding->code,
                        finding->title, finding->cause, finding->remedy,
                        (guint32) oh_doctor_status (finding));
}

static GVariant *
findings_variant (const GPtrArray *findings)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(sssssu)"));
  for (guint i = 0; i < findings->len; i++)
    g_variant_builder_add_value (&list, finding_variant (g_ptr_array_index (findings, i)));
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

/* What still comes of a run that is being given up is nobody's: who waits now, waits for the next.
 */
static gboolean
is_given_up (OhBusDoctor *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
on_progress (OhDoctor *doctor, guint step, const char *what, guint limit_s, OhBusDoctor *self)
{
  for (guint i = 0; !is_given_up (self) && i < self->clients->len; i++)
    tell (g_ptr_array_index (self->clients, i), "Progress",
          g_variant_new ("(suuu)", what, step + 1, (guint) OH_DOCTOR_N_STEPS, limit_s));
}

static void
on_finding (OhDoctor *doctor, const OhFinding *finding, OhBusDoctor *self)
{
  for (guint i = 0; !is_given_up (self) && i < self->clients->len; i++)
    tell (g_ptr_array_index (self->clients, i), "Finding",
          g_variant_new ("(@(sssssu))", finding_variant (finding)));
}

static void
tell_so_far (OhBusDoctor *self, const Client *client)
{
  GPtrArray *findings = oh_doctor_findings (self->doctor);

  for (guint i = 0; !is_given_up (self) && findings != NULL && i < findings->len; i++)
    tell (client, "Finding",
          g_variant_new ("(@(sssssu))", finding_variant (g_ptr_array_index (findings, i))));
}

/* --- a run ---------------------------------------------------------------------------------- */

static void
answer (OhBusDoctor *self, const GPtrArray *findings)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      Client *client = g_ptr_array_index (self->clients, i);

      g_dbus_method_invocation_return_value (
        g_steal_pointer (&client->invocation),
        g_variant_new ("(@a(sssssu))", findings_variant (findings)));
    }
  g_ptr_array_set_size (self->clients, 0);
}

static void start (OhBusDoctor *self);

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  OhBusDoctor *self;

  findings = oh_doctor_run_finish (OH_DOCTOR (source), result, &error);
  if (g_object_get_data (source, INTERFACE) != user_data)
    return; /* it is gone */
  self = user_data;
  g_clear_object (&self->cancellable);
  if (findings != NULL)
    answer (self, findings);
  else if (self->clients->len > 0)
    start (self); /* somebody came when the run was being given up */
}

static void
start (OhBusDoctor *self)
{
  self->cancellable = g_cancellable_new ();
  oh_doctor_run_async (self->doctor, self->cancellable, on_done, self);
}

/* Nobody waits any more: then nothing is to be done for nobody. */
static void
cancel_if_idle (OhBusDoctor *self)
{
  if (self->clients->len == 0 && self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Client *client = user_data;
  OhBusDoctor *self = client->doctor;

  g_clear_object (&client->invocation); /* nobody is there to be answered */
  g_ptr_array_remove_fast (self->clients, client);
  cancel_if_idle (self);
}

static gboolean
handle_run (OhBusDoctor1 *skeleton, GDBusMethodInvocation *invocation, OhBusDoctor *self)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  Client *client;

  if (self->clients->len >= OH_BUS_DOCTOR_CLIENTS_MAX)
    {
      oh_bus_return_error (invocation, g_error_new_literal (OH_ERROR, OH_ERROR_BUSY,
                                                            _ ("Too many wait for the check.")));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  client = g_new0 (Client, 1);
  client->doctor = self;
  client->invocation = invocation;
  client->watch =
    g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (invocation), sender,
                                    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished, client, NULL);
  g_ptr_array_add (self->clients, client);
  if (self->cancellable == NULL)
    start (self);
  else
    tell_so_far (self, client);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_cancel (OhBusDoctor1 *skeleton, GDBusMethodInvocation *invocation, OhBusDoctor *self)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);

  for (guint i = self->clients->len; i > 0; i--)
    {
      const Client *client = g_ptr_array_index (self->clients, i - 1);

      if (g_str_equal (g_dbus_method_invocation_get_sender (client->invocation), sender))
        g_ptr_array_remove_index_fast (self->clients, i - 1);
    }
  oh_bus_doctor1_complete_cancel (skeleton, invocation);
  cancel_if_idle (self);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- life ----------------------------------------------------------------------------------- */

OhBusDoctor *
oh_bus_doctor_new (OhDoctor *doctor)
{
  OhBusDoctor *self = g_new0 (OhBusDoctor, 1);

  self->doctor = g_object_ref (doctor);
  self->skeleton = oh_bus_doctor1_skeleton_new ();
  self->clients = g_ptr_array_new_with_free_func (client_free);
  g_object_set_data (G_OBJECT (doctor), INTERFACE, self);
  g_signal_connect (doctor, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect (doctor, "finding", G_CALLBACK (on_finding), self);
  g_signal_connect (self->skeleton, "handle-run", G_CALLBACK (handle_run), self);
  g_signal_connect (self->skeleton, "handle-cancel", G_CALLBACK (handle_cancel), self);
  return self;
}

void
oh_bus_doctor_free (OhBusDoctor *self)
{
  if (self == NULL)
    return;
  g_object_set_data (G_OBJECT (self->doctor), INTERFACE, NULL);
  g_signal_handlers_disconnect_by_data (self->doctor, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->clients);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->doctor);
  g_free (self);
}

gboolean
oh_bus_doctor_export (OhBusDoctor *self, GDBusConnection *connection, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           OH_BUS_PATH, error);
}

void
oh_bus_doctor_unexport (OhBusDoctor *self)
{
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}
