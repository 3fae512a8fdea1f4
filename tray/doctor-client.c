/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "doctor-client.h"

#include "bus-connection.h"
#include "bus-generated.h"
#include "error.h"
#include "finding.h"

#include <glib/gi18n-lib.h>

struct _OhDoctorClient
{
  GObject parent;

  GCancellable *cancellable; /* (owned) */
  OhBusDoctor1 *proxy;       /* (owned) (nullable): once the agent is found */
};

enum
{
  PROGRESS,
  FINDING,
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhDoctorClient, oh_doctor_client, G_TYPE_OBJECT)

static void
on_progress (OhBusDoctor1 *proxy, const char *what, guint number, guint total, guint limit_s,
             OhDoctorClient *self)
{
  g_signal_emit (self, signals[PROGRESS], 0, what, number, total, limit_s);
}

static void
on_finding (OhBusDoctor1 *proxy, GVariant *variant, OhDoctorClient *self)
{
  const char *word, *code, *title, *cause, *remedy;
  OhFindingSeverity severity = OH_FINDING_INFO;
  g_autoptr (OhFinding) finding = NULL;

  g_variant_get (variant, "(&s&s&s&s&su)", &word, &code, &title, &cause, &remedy, NULL);
  oh_finding_severity_parse (word, &severity);
  finding = oh_finding_new (severity, code, title, cause, remedy, 0);
  g_signal_emit (self, signals[FINDING], 0, finding);
}

/* @error: (transfer full) (nullable) */
static void
end (OhDoctorClient *self, GError *error)
{
  g_autoptr (GError) owned = error;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&owned);
      owned = g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED, _ ("The check was given up."));
    }
  oh_error_strip_remote (&owned);
  g_signal_emit (self, signals[DONE], 0, owned);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhDoctorClient) self = user_data;
  g_autoptr (GVariant) findings = NULL;
  GError *error = NULL;

  /* They have come one by one already. */
  oh_bus_doctor1_call_run_finish (OH_BUS_DOCTOR1 (source), &findings, result, &error);
  end (self, error);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhDoctorClient) self = user_data;
  GError *error = NULL;
  OhBusDoctor1 *proxy = oh_bus_doctor1_proxy_new_finish (result, &error);

  if (proxy == NULL)
    {
      end (self, error);
      return;
    }
  self->proxy = proxy;
  /* The steps have their limits; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  g_signal_connect_object (proxy, "progress", G_CALLBACK (on_progress), self, 0);
  g_signal_connect_object (proxy, "finding", G_CALLBACK (on_finding), self, 0);
  oh_bus_doctor1_call_run (proxy, self->cancellable, on_run, g_object_ref (self));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhDoctorClient) self = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    end (self, error);
  else
    oh_bus_doctor1_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH,
                              self->cancellable, on_proxy, g_object_ref (self));
}

void
oh_doctor_client_start (OhDoctorClient *self)
{
  oh_bus_connect_async (NULL, on_connected, g_object_ref (self));
}

void
oh_doctor_client_cancel (OhDoctorClient *self)
{
  if (self->proxy != NULL)
    oh_bus_doctor1_call_cancel (self->proxy, NULL, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
}

static void
oh_doctor_client_dispose (GObject *object)
{
  OhDoctorClient *self = OH_DOCTOR_CLIENT (object);

  g_clear_object (&self->proxy);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (oh_doctor_client_parent_class)->dispose (object);
}

static void
oh_doctor_client_class_init (OhDoctorClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_doctor_client_dispose;
  signals[PROGRESS] =
    g_signal_new ("progress", OH_TYPE_DOCTOR_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[FINDING] = g_signal_new ("finding", OH_TYPE_DOCTOR_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[DONE] = g_signal_new ("done", OH_TYPE_DOCTOR_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
oh_doctor_client_init (OhDoctorClient *self)
{
  self->cancellable = g_cancellable_new ();
}

OhDoctorClient *
oh_doctor_client_new (void)
{
  return g_object_new (OH_TYPE_DOCTOR_CLIENT, NULL);
}
