/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "certificate-notice.h"

#include "text-for-eyes.h"

#include <glib/gi18n-lib.h>

struct _OhCertificateNotice
{
  GApplication *application; /* (unowned) */
  GCancellable *cancellable; /* (owned): cancelled at the end */
  GHashTable *told;          /* (owned) (element-type utf8): ids of phones */
};

/* A notification on its way: GLib complains where nobody shows it, so that is asked first. */
typedef struct
{
  OhCertificateNotice *notice; /* (unowned): the request is cancelled before it goes */
  char *phone;                 /* (owned) */
  GNotification *notification; /* (owned) */
} Asked;

static char *
notification_id (const char *phone)
{
  return g_strconcat ("certificate-", phone, NULL);
}

static void
on_capabilities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autofree char *name = notification_id (asked->phone);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* With CANCELLED the rest may be gone; without an answer the menu tells. */
  if (answer != NULL && g_hash_table_contains (asked->notice->told, asked->phone))
    g_application_send_notification (asked->notice->application, name, asked->notification);
  g_object_unref (asked->notification);
  g_free (asked->phone);
  g_free (asked);
}

static void
tell (OhCertificateNotice *self, const OhTrayPhone *phone)
{
  GDBusConnection *connection = g_application_get_dbus_connection (self->application);
  g_autofree char *expiry = oh_tray_text_for_eyes (phone->expiry, OH_TRAY_SENTENCE_MAX);
  g_autofree char *renewal = oh_tray_text_for_eyes (phone->renewal, OH_TRAY_SENTENCE_MAX);
  g_autofree char *body = g_strdup_printf ("%s %s", expiry, renewal);
  g_autoptr (GIcon) icon = g_themed_icon_new ("dialog-warning-symbolic");
  Asked *asked;

  if (connection == NULL)
    return;
  asked = g_new0 (Asked, 1);
  asked->notice = self;
  asked->phone = g_strdup (phone->id);
  asked->notification = g_notification_new (_ ("A phone's certificate expires"));
  g_notification_set_body (asked->notification, g_strchomp (body));
  g_notification_set_icon (asked->notification, icon);
  g_dbus_connection_call (connection, "org.freedesktop.Notifications",
                          "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
                          "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                          -1, self->cancellable, on_capabilities, asked);
}

static void
withdraw (OhCertificateNotice *self, const char *phone)
{
  g_autofree char *name = notification_id (phone);

  if (g_hash_table_remove (self->told, phone))
    g_application_withdraw_notification (self->application, name);
}

void
oh_certificate_notice_update (OhCertificateNotice *self, OhTrayModel *model)
{
  for (guint i = 0; i < model->phones->len; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);

      if (phone->expiry == NULL || phone->expiry[0] == '\0')
        withdraw (self, phone->id);
      else if (g_hash_table_add (self->told, g_strdup (phone->id)))
        tell (self, phone);
    }
}

OhCertificateNotice *
oh_certificate_notice_new (GApplication *application)
{
  OhCertificateNotice *self = g_new0 (OhCertificateNotice, 1);

  self->application = application;
  self->cancellable = g_cancellable_new ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
oh_certificate_notice_free (OhCertificateNotice *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->told);
  g_free (self);
}
