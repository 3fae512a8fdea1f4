/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "phone-admin-client.h"

#include "bus-connection.h"
#include "bus-generated.h"
#include "bus-secret.h"
#include "error.h"
#include "finding.h"
#include "secret-text.h"

#include <glib/gi18n-lib.h>

struct _OhPhoneAdminClient
{
  GObject parent;

  char *path;              /* (owned): the phone's object */
  OhBusPhoneAdmin1 *proxy; /* (owned) (nullable): once the agent was asked */
};

enum
{
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhPhoneAdminClient, oh_phone_admin_client, G_TYPE_OBJECT)

void
oh_tray_phone_login_free (OhTrayPhoneLogin *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->blocked);
  g_ptr_array_unref (self->report);
  g_free (self);
}

/* @report: a(ssss). */
static GPtrArray *
read_report (GVariant *report)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
  const char *word, *code, *title, *remedy;
  GVariantIter iter;

  g_variant_iter_init (&iter, report);
  while (findings->len < OH_PHONE_ADMIN_FINDINGS_MAX &&
         g_variant_iter_next (&iter, "(&s&s&s&s)", &word, &code, &title, &remedy))
    {
      OhFindingSeverity severity = OH_FINDING_INFO;

      oh_finding_severity_parse (word, &severity);
      g_ptr_array_add (findings, oh_finding_new (severity, code, title, NULL, remedy, 0));
    }
  return findings;
}

/* @error: (transfer full): what came over the bus */
static void
fail (GTask *task, GError *error)
{
  oh_error_strip_remote (&error);
  if (error->domain != OH_ERROR && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    oh_error_adopt (&error, "%s", _ ("The Offhook service does not answer"));
  g_task_return_error (task, error);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) about = NULL, report = NULL;
  OhTrayPhoneLogin *login;
  GError *error = NULL;

  if (!oh_bus_phone_admin1_call_look_finish (OH_BUS_PHONE_ADMIN1 (source), &about, NULL, &report,
                                             result, &error))
    {
      fail (task, error);
      return;
    }
  login = g_new0 (OhTrayPhoneLogin, 1);
  if (!g_variant_lookup (about, "user", "s", &login->user))
    login->user = g_strdup ("");
  if (!g_variant_lookup (about, "user-blocked", "s", &login->blocked))
    login->blocked = g_strdup ("");
  login->report = read_report (report);
  g_task_return_pointer (task, login, (GDestroyNotify) oh_tray_phone_login_free);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) report = NULL;
  GError *error = NULL;

  if (oh_bus_phone_admin1_call_set_login_finish (OH_BUS_PHONE_ADMIN1 (source), &report, NULL,
                                                 result, &error))
    g_task_return_pointer (task, read_report (report), (GDestroyNotify) g_ptr_array_unref);
  else
    fail (task, error);
}

/* The task's data is the password to set; a task without one only looks. */
static void
send (OhPhoneAdminClient *self, GTask *task)
{
  const char *password = g_task_get_task_data (task);
  g_autoptr (GUnixFDList) fds = NULL;
  GError *error = NULL;

  if (password == NULL)
    {
      oh_bus_phone_admin1_call_look (self->proxy, g_task_get_cancellable (task), on_looked,
                                     g_object_ref (task));
      return;
    }
  fds = oh_bus_seal_secret (password, &error);
  if (fds == NULL)
    g_task_return_error (task, error);
  else
    oh_bus_phone_admin1_call_set_login (self->proxy, "user", "", g_variant_new_handle (0), fds,
                                        g_task_get_cancellable (task), on_set, g_object_ref (task));
}

static void
on_progress (OhBusPhoneAdmin1 *proxy, const char *step, const char *text, OhPhoneAdminClient *self)
{
  g_signal_emit (self, signals[PROGRESS], 0, text);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhPhoneAdminClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  OhBusPhoneAdmin1 *proxy = oh_bus_phone_admin1_proxy_new_finish (result, &error);

  if (proxy == NULL)
    {
      fail (task, error);
      return;
    }
  g_set_object (&self->proxy, proxy);
  g_object_unref (proxy);
  /* The agent has limits for every step; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  g_signal_connect_object (proxy, "progress", G_CALLBACK (on_progress), self, 0);
  send (self, task);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhPhoneAdminClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    fail (task, error);
  else if (!g_variant_is_object_path (self->path))
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no such phone."));
  else
    oh_bus_phone_admin1_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, self->path,
                                   g_task_get_cancellable (task), on_proxy, g_object_ref (task));
}

/* Takes @task. */
static void
start (OhPhoneAdminClient *self, GTask *task)
{
  g_autoptr (GTask) owned = task;

  (void) OH_ERROR; /* GDBus knows only names that were registered before the answer comes */
  if (self->proxy != NULL)
    send (self, owned);
  else /* not to be cancelled: the connection is everybody's */
    oh_bus_connect_async (NULL, on_connected, g_steal_pointer (&owned));
}

void
oh_phone_admin_client_look_async (OhPhoneAdminClient *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_phone_admin_client_look_async);
  start (self, task);
}

OhTrayPhoneLogin *
oh_phone_admin_client_look_finish (OhPhoneAdminClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
oh_phone_admin_client_set_async (OhPhoneAdminClient *self, const char *password,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_phone_admin_client_set_async);
  g_task_set_task_data (task, oh_secret_dup (password), (GDestroyNotify) oh_secret_free);
  start (self, task);
}

GPtrArray *
oh_phone_admin_client_set_finish (OhPhoneAdminClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
oh_phone_admin_client_dispose (GObject *object)
{
  g_clear_object (&OH_PHONE_ADMIN_CLIENT (object)->proxy);
  G_OBJECT_CLASS (oh_phone_admin_client_parent_class)->dispose (object);
}

static void
oh_phone_admin_client_finalize (GObject *object)
{
  g_free (OH_PHONE_ADMIN_CLIENT (object)->path);
  G_OBJECT_CLASS (oh_phone_admin_client_parent_class)->finalize (object);
}

static void
oh_phone_admin_client_class_init (OhPhoneAdminClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_phone_admin_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_phone_admin_client_finalize;
  signals[PROGRESS] = g_signal_new ("progress", OH_TYPE_PHONE_ADMIN_CLIENT, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
oh_phone_admin_client_init (OhPhoneAdminClient *self)
{
}

OhPhoneAdminClient *
oh_phone_admin_client_new (const char *id)
{
  OhPhoneAdminClient *self = g_object_new (OH_TYPE_PHONE_ADMIN_CLIENT, NULL);

  self->path = g_strdup_printf ("%s/%s", OH_BUS_PHONES, id);
  return self;
}
