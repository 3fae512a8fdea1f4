/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "trace-actions.h"

#include "bus-connection.h"
#include "bus-generated.h"
#include "error.h"
#include "notifications.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One wish of the user, from the menu to its end. */
typedef struct
{
  GtkApplication *application; /* (owned) */
  gboolean begin;              /* FALSE: end and save */
  char *records;               /* (owned) (nullable): what is to be saved */
  gsize len;
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->application);
  g_free (wish->records);
  g_free (wish);
}

/* Takes @error. */
static void
fail (Wish *wish, const char *title, GError *error)
{
  g_autoptr (GError) owned = error;

  oh_error_strip_remote (&owned);
  oh_notifier_tell_error (wish->application, title, owned);
  wish_free (wish);
}

/* --- saving ---------------------------------------------------------------------------------- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    wish_free (wish);
  else
    fail (wish, _ ("The trace could not be saved"), error);
}

static void
on_place_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Wish *wish = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  g_object_unref (dialog);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    g_file_replace_contents_async (file, wish->records, wish->len, NULL, FALSE,
                                   G_FILE_CREATE_PRIVATE, NULL, on_saved, wish);
  else
    wish_free (wish);
}

static void
ask_where (Wish *wish)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Save the Trace"), NULL, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("offhook-trace.txt"));
  g_signal_connect (dialog, "response", G_CALLBACK (on_place_chosen), wish);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- the agent ------------------------------------------------------------------------------- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  GError *error = NULL;

  if (!oh_bus_trace1_call_read_finish (OH_BUS_TRACE1 (source), NULL, &wish->records, result,
                                       &error))
    {
      fail (wish, _ ("The trace could not be read"), error);
      return;
    }
  wish->len = strlen (wish->records);
  ask_where (wish);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  GError *error = NULL;

  if (oh_bus_trace1_call_stop_finish (OH_BUS_TRACE1 (source), result, &error))
    oh_bus_trace1_call_read (OH_BUS_TRACE1 (source), FALSE, NULL, on_read, wish);
  else
    fail (wish, _ ("The trace could not be ended"), error);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  GError *error = NULL;

  if (oh_bus_trace1_call_start_finish (OH_BUS_TRACE1 (source), result, &error))
    wish_free (wish);
  else
    fail (wish, _ ("The trace could not be begun"), error);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  GError *error = NULL;
  g_autoptr (OhBusTrace1) trace = oh_bus_trace1_proxy_new_finish (result, &error);

  if (trace == NULL)
    fail (wish, _ ("The trace could not be begun"), error);
  else if (wish->begin)
    oh_bus_trace1_call_start (trace, NULL, on_started, wish);
  else
    oh_bus_trace1_call_stop (trace, NULL, on_stopped, wish);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    fail (wish, _ ("The trace could not be begun"), error);
  else
    oh_bus_trace1_proxy_new (connection, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, OH_BUS_NAME,
                             OH_BUS_PATH, NULL, on_proxy, wish);
}

static void
start (GtkApplication *application, gboolean begin)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->application = g_object_ref (application);
  wish->begin = begin;
  oh_bus_connect_async (NULL, on_connected, wish);
}

/* --- the actions ----------------------------------------------------------------------------- */

static void
on_agreed (GtkDialog *dialog, int response, gpointer user_data)
{
  gtk_widget_destroy (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_OK)
    start (user_data, TRUE);
}

static void
on_record (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *dialog =
    gtk_message_dialog_new (gtk_application_get_active_window (user_data), 0, GTK_MESSAGE_INFO,
                            GTK_BUTTONS_NONE, "%s", _ ("Record a trace?"));

  gtk_message_dialog_format_secondary_text (
    GTK_MESSAGE_DIALOG (dialog), "%s",
    _ ("For half an hour at most, what Offhook, the server and the phones say to each other is "
       "kept in memory, so that you can save it for who helps you. Passwords are not kept, and "
       "names and numbers are replaced when it is saved."));
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Record"),
                          GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Record a Trace"));
  gtk_window_set_application (GTK_WINDOW (dialog), user_data);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_agreed), user_data, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start (user_data, FALSE);
}

void
oh_trace_actions_add (GtkApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "trace-record", .activate = on_record },
    { .name = "trace-save", .activate = on_save },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
}
