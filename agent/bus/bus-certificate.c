/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-certificate.h"

#include <glib/gi18n-lib.h>

#include "bus-error.h"
#include "bus-generated.h"
#include "error.h"

struct _OhBusCertificate
{
  OhBusPhoneCertificate1 *skeleton; /* (owned) */
  const OhBusCertificateHost *host;
  gpointer host_data;
};

/* What a caller waits for. */
typedef struct
{
  GDBusMethodInvocation *invocation;
  char *host; /* (owned) */
} Waiting;

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;
  g_autofree char *host = waiting->host;
  GError *error = NULL;
  g_autofree char *chain = g_task_propagate_pointer (G_TASK (result), &error);

  if (chain == NULL)
    oh_bus_return_error (waiting->invocation, error);
  else
    g_dbus_method_invocation_return_value (waiting->invocation,
                                           g_variant_new ("(ss)", chain, host));
  g_free (waiting);
}

static gboolean
handle_look (OhBusPhoneCertificate1 *skeleton, GDBusMethodInvocation *invocation,
             OhBusCertificate *self)
{
  Waiting *waiting = g_new (Waiting, 1);

  *waiting = (Waiting){ invocation, g_strdup (self->host->get_host (self->host_data)) };
  self->host->look (self->host_data, g_task_new (NULL, NULL, on_looked, waiting));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_trusted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      oh_bus_return_error (invocation, error);
      return;
    }
  oh_bus_flush (invocation);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static gboolean
handle_trust (OhBusPhoneCertificate1 *skeleton, GDBusMethodInvocation *invocation,
              const char *ca_file, const char *expected_name, OhBusCertificate *self)
{
  if (ca_file[0] != '\0' && !g_path_is_absolute (ca_file))
    oh_bus_return_error (
      invocation,
      g_error_new (OH_ERROR, OH_ERROR_USAGE, _ ("“%s” is no absolute path of a file."), ca_file));
  else
    self->host->trust (self->host_data, ca_file, expected_name,
                       g_task_new (NULL, NULL, on_trusted, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OhBusCertificate *
oh_bus_certificate_new (GDBusObjectSkeleton *object, const OhBusCertificateHost *host,
                        gpointer user_data)
{
  OhBusCertificate *self = g_new0 (OhBusCertificate, 1);

  self->host = host;
  self->host_data = user_data;
  self->skeleton = oh_bus_phone_certificate1_skeleton_new ();
  oh_bus_certificate_show (self, 0, "", "");
  g_signal_connect (self->skeleton, "handle-look", G_CALLBACK (handle_look), self);
  g_signal_connect (self->skeleton, "handle-trust-authority", G_CALLBACK (handle_trust), self);
  g_dbus_object_skeleton_add_interface (object, G_DBUS_INTERFACE_SKELETON (self->skeleton));
  return self;
}

void
oh_bus_certificate_free (OhBusCertificate *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);
  g_free (self);
}

void
oh_bus_certificate_show (OhBusCertificate *self, gint64 expires_s, const char *warning,
                         const char *advice)
{
  oh_bus_phone_certificate1_set_expires (self->skeleton, expires_s);
  oh_bus_phone_certificate1_set_warning (self->skeleton, warning);
  oh_bus_phone_certificate1_set_advice (self->skeleton, advice);
}
