/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "tray-app.h"

#include "agent-client.h"
#include "certificate-notice.h"
#include "clock.h"
#include "confirm-dialog.h"
#include "contacts-window.h"
#include "dial-window.h"
#include "doctor-window.h"
#include "error.h"
#include "explain-window.h"
#include "history-window.h"
#include "menu-lines.h"
#include "missed-calls.h"
#include "events-question.h"
#include "notifications.h"
#include "note-dialog.h"
#include "phone-dialog.h"
#include "sign-in-dialog.h"
#include "trace-actions.h"
#include "tray-actions.h"
#include "tray-icon.h"
#include "view-state.h"

#include <gio/gdesktopappinfo.h>
#include <glib/gi18n-lib.h>

struct _OhTrayApp
{
  GtkApplication parent;

  OhClock *clock;           /* (unowned): the machine's */
  OhAgentClient *client;    /* (owned): from startup on */
  OhTrayIcon *icon;         /* (owned) (nullable): NULL without a session bus */
  OhNotifier *notifier;     /* (owned) */
  OhEventsQuestion *events; /* (owned) */
  OhHistoryClient *calls;   /* (owned): from startup on */
  OhMissedCalls *missed;    /* (owned): likewise */
  GtkWidget *history;       /* (nullable): the call list, while it is open */
  GtkWidget *window;        /* (nullable): the main window, while it is open */
  GtkWidget *dial_window;   /* (nullable): likewise */
  GtkWidget *account;       /* (nullable): likewise */
  GtkWidget *doctor;        /* (nullable): likewise */
  GtkWidget *phone_dialog;  /* (nullable): likewise */
  GtkWidget *note_dialog;   /* (unowned) (nullable) */
  GtkWidget *link_dialog;   /* (nullable): the link that is being asked about */
  GPtrArray *shown_menu;    /* (owned) (nullable): what the icon shows */
  char *shown_tooltip;      /* (owned) (nullable): likewise */
  OhIcon shown_icon;        /* likewise */
  gboolean stays;           /* runs without windows: somebody wants the icon */
  guint host_alarm;         /* the window stands in when it rings */

  OhCertificateNotice *expiries; /* (owned): from startup on */
};

G_DEFINE_FINAL_TYPE (OhTrayApp, oh_tray_app, GTK_TYPE_APPLICATION)

/* Runs on when the last window closes. */
static void
stay (OhTrayApp *self)
{
  if (!self->stays)
    g_application_hold (G_APPLICATION (self));
  self->stays = TRUE;
}

static void
show_window (OhTrayApp *self)
{
  stay (self);
  if (self->window == NULL)
    {
      self->window = GTK_WIDGET (oh_contacts_window_new (GTK_APPLICATION (self), self->client));
      g_signal_connect (self->window, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->window);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
on_host_alarm (gpointer user_data)
{
  OhTrayApp *self = user_data;

  self->host_alarm = 0;
  g_debug ("no panel shows the icon: opening the window");
  show_window (self);
  return G_SOURCE_REMOVE;
}

static gboolean
has_host (OhTrayApp *self)
{
  return self->icon != NULL && oh_tray_icon_has_host (self->icon);
}

/* Nobody must be locked out of a program that runs without a window and without an icon. */
static void
watch_host (OhTrayApp *self)
{
  oh_clock_clear_alarm (self->clock, &self->host_alarm);
  if (has_host (self))
    stay (self);
  else if (self->stays && self->window == NULL)
    self->host_alarm =
      oh_clock_add_alarm_in (self->clock, OH_TRAY_APP_HOST_GRACE_US, on_host_alarm, self);
}

static void
update_icon (OhTrayApp *self)
{
  const OhTrayModel *model = oh_agent_client_get_model (self->client);
  g_autoptr (GPtrArray) menu = oh_menu_lines (model);
  g_autofree char *tooltip = oh_view_tooltip (model);
  OhIcon icon = oh_view_icon (model);

  if (self->icon == NULL)
    return;
  if (self->shown_menu != NULL && icon == self->shown_icon &&
      g_strcmp0 (tooltip, self->shown_tooltip) == 0 && oh_menu_lines_equal (menu, self->shown_menu))
    return;
  oh_tray_icon_show (self->icon, icon, tooltip, menu);
  g_clear_pointer (&self->shown_menu, g_ptr_array_unref);
  g_free (self->shown_tooltip);
  self->shown_menu = g_steal_pointer (&menu);
  self->shown_tooltip = g_steal_pointer (&tooltip);
  self->shown_icon = icon;
}

static void
on_changed (OhTrayApp *self)
{
  update_icon (self);
  oh_certificate_notice_update (self->expiries, oh_agent_client_get_model (self->client));
  oh_notifier_update (self->notifier, oh_agent_client_get_model (self->client));
  oh_events_question_update (self->events, oh_agent_client_get_model (self->client));
  oh_tray_actions_update (GTK_APPLICATION (self), self->client);
}

static void
on_calls_changed (OhTrayApp *self)
{
  oh_agent_client_get_model (self->client)->missed = oh_history_client_get_missed (self->calls);
  update_icon (self);
}

static void
on_icon_activated (OhTrayApp *self)
{
  if (self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window)))
    gtk_window_close (GTK_WINDOW (self->window));
  else
    show_window (self);
}

static void
show_dial_window (OhTrayApp *self)
{
  if (self->dial_window == NULL)
    {
      self->dial_window = GTK_WIDGET (oh_dial_window_new (GTK_APPLICATION (self), self->client));
      g_signal_connect (self->dial_window, "destroy", G_CALLBACK (gtk_widget_destroyed),
                        &self->dial_window);
    }
  gtk_window_present (GTK_WINDOW (self->dial_window));
}

static void
on_call (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_dial_window (user_data);
}

static void
on_history (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhTrayApp *self = user_data;

  if (self->history == NULL)
    {
      self->history = GTK_WIDGET (oh_history_window_new (GTK_APPLICATION (self), self->calls));
      g_signal_connect (self->history, "destroy", G_CALLBACK (gtk_widget_destroyed),
                        &self->history);
    }
  gtk_window_present (GTK_WINDOW (self->history));
}

static void
on_contacts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_window (user_data);
}

static void
on_dial (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhTrayApp *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  OhConfirmDialog *dialog;

  dialog = oh_confirm_dialog_start (GTK_APPLICATION (self), parent, self->client,
                                    g_variant_get_string (parameter, NULL),
                                    g_str_equal (name, "dial") ? "contact" : "user");
  if (g_str_equal (name, "dial-private"))
    oh_confirm_dialog_set_private (dialog);
}

static void
on_account (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhTrayApp *self = user_data;

  if (self->account == NULL)
    {
      GtkWindow *parent = self->window != NULL ? GTK_WINDOW (self->window) : NULL;

      self->account = GTK_WIDGET (oh_sign_in_dialog_new (GTK_APPLICATION (self), parent));
      g_signal_connect (self->account, "destroy", G_CALLBACK (gtk_widget_destroyed),
                        &self->account);
    }
  gtk_window_present (GTK_WINDOW (self->account));
}

/* The parameter is the phone's id; "" takes the one that needs its user, else adds one. */
static void
on_phone (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhTrayApp *self = user_data;
  OhTrayModel *model = oh_agent_client_get_model (self->client);
  const char *id = g_variant_get_string (parameter, NULL);
  const OhTrayPhone *phone = oh_view_phone_for_user (model);
  GtkWindow *parent = self->window != NULL ? GTK_WINDOW (self->window) : NULL;

  if (id[0] != '\0' || phone == NULL)
    phone = oh_tray_model_find_phone (model, id);
  if (self->phone_dialog == NULL)
    {
      self->phone_dialog = GTK_WIDGET (oh_phone_dialog_new (GTK_APPLICATION (self), parent, phone));
      g_signal_connect (self->phone_dialog, "destroy", G_CALLBACK (gtk_widget_destroyed),
                        &self->phone_dialog);
    }
  gtk_window_present (GTK_WINDOW (self->phone_dialog));
}

static void
on_note (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhTrayApp *self = user_data;
  const OhTrayModel *model = oh_agent_client_get_model (self->client);

  if (self->note_dialog == NULL)
    {
      self->note_dialog = oh_note_dialog_new (GTK_APPLICATION (self), model->note);
      g_signal_connect (self->note_dialog, "destroy", G_CALLBACK (gtk_widget_destroyed),
                        &self->note_dialog);
    }
  gtk_window_present (GTK_WINDOW (self->note_dialog));
}

static void
on_doctor (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhTrayApp *self = user_data;

  if (self->doctor == NULL)
    {
      self->doctor = GTK_WIDGET (oh_doctor_window_new (GTK_APPLICATION (self), self->client));
      g_signal_connect (self->doctor, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->doctor);
    }
  gtk_window_present (GTK_WINDOW (self->doctor));
}

/* sip: is left to softphones: they need it. */
static const char *const link_types[] = { "x-scheme-handler/tel", "x-scheme-handler/callto" };

static gboolean
handles_links (void)
{
  g_autoptr (GAppInfo) handler = g_app_info_get_default_for_type (link_types[0], FALSE);

  return handler != NULL && g_strcmp0 (g_app_info_get_id (handler), OH_TRAY_APP_ID ".desktop") == 0;
}

static void
on_handle_links (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GDesktopAppInfo) us = g_desktop_app_info_new (OH_TRAY_APP_ID ".desktop");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (link_types); i++)
    {
      if (handles_links () && i == 0)
        g_app_info_reset_type_associations (link_types[i]);
      else if (us == NULL)
        error = g_error_new (OH_ERROR, OH_ERROR_FAILED,
                             _ ("Offhook is not installed for this user. Install the package."));
      else if (error == NULL)
        g_app_info_set_as_default_for_type (G_APP_INFO (us), link_types[i], &error);
    }
  if (error != NULL)
    oh_notifier_tell_error (user_data, _ ("Telephone links are not opened with Offhook"), error);
  g_simple_action_set_state (action, g_variant_new_boolean (handles_links ()));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhTrayApp *self = user_data;

  gtk_show_about_dialog (self->window != NULL ? GTK_WINDOW (self->window) : NULL, "program-name",
                         _ ("Offhook"), "version", OH_VERSION, "logo-icon-name", OH_TRAY_APP_ID,
                         "comments", _ ("Drives the phone on your desk from your desktop"),
                         "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static OhExplainWindow *
show_explain_window (OhTrayApp *self)
{
  OhExplainWindow *window = oh_explain_window_new (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
on_explain (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_explain_window (user_data);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (user_data);
}

static void
add_actions (OhTrayApp *self)
{
  static const GActionEntry entries[] = {
    { .name = "call", .activate = on_call },
    { .name = "contacts", .activate = on_contacts },
    { .name = "history", .activate = on_history },
    { .name = "dial", .activate = on_dial, .parameter_type = "s" },
    { .name = "dial-private", .activate = on_dial, .parameter_type = "s" },
    { .name = "dial-typed", .activate = on_dial, .parameter_type = "s" },
    { .name = "account", .activate = on_account },
    { .name = "phone", .activate = on_phone, .parameter_type = "s" },
    { .name = "note", .activate = on_note },
    { .name = "doctor", .activate = on_doctor },
    { .name = "handle-links", .activate = on_handle_links, .state = "false" },
    { .name = "explain", .activate = on_explain },
    { .name = "about", .activate = on_about },
    { .name = "quit", .activate = on_quit },
  };
  static const struct
  {
    const char *action;
    const char *const keys[2];
  } accels[] = {
    { "app.call", { "<Primary>n" } },
    { "app.history", { "<Primary>h" } },
    { "win.undo", { "<Primary>z" } },
    { "app.quit", { "<Primary>q" } },
    { "win.find", { "<Primary>f" } },
    { "win.close", { "<Primary>w" } },
    { "win.open", { "<Primary>o" } },
    { "win.paste", { "<Primary>v" } },
    { "win.copy", { "<Primary><Shift>c" } },
    { "win.save", { "<Primary>s" } },
    { "win.again", { "F5" } },
    { "win.stop", { "Escape" } },
    { "app.end-any", { "<Primary>d" } },
    { "app.answer-any", { "<Primary>Return" } },
    { "win.show-help-overlay", { "<Primary>question" } },
  };
  GAction *links;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  oh_tray_actions_add (GTK_APPLICATION (self), self->client);
  oh_trace_actions_add (GTK_APPLICATION (self));
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].keys);
  links = g_action_map_lookup_action (G_ACTION_MAP (self), "handle-links");
  g_simple_action_set_state (G_SIMPLE_ACTION (links), g_variant_new_boolean (handles_links ()));
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/offhook/Tray/ui/style.css");
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                             GTK_STYLE_PROVIDER (provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
add_icon (OhTrayApp *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));

  if (connection == NULL)
    return;
  self->icon = oh_tray_icon_new (connection, G_ACTION_GROUP (self));
  g_signal_connect_swapped (self->icon, "activated", G_CALLBACK (on_icon_activated), self);
  g_signal_connect_swapped (self->icon, "call-activated", G_CALLBACK (show_dial_window), self);
  g_signal_connect_swapped (self->icon, "notify::has-host", G_CALLBACK (watch_host), self);
}

static void
oh_tray_app_startup (GApplication *application)
{
  OhTrayApp *self = OH_TRAY_APP (application);

  G_APPLICATION_CLASS (oh_tray_app_parent_class)->startup (application);
  load_style ();
  self->client = oh_agent_client_new ();
  self->expiries = oh_certificate_notice_new (G_APPLICATION (self));
  self->notifier = oh_notifier_new (GTK_APPLICATION (self));
  self->events = oh_events_question_new (GTK_APPLICATION (self));
  add_actions (self);
  add_icon (self);
  g_signal_connect_swapped (self->client, "changed", G_CALLBACK (on_changed), self);
  self->calls = oh_history_client_new ();
  self->missed = oh_missed_calls_new (G_APPLICATION (self), self->calls);
  g_signal_connect_swapped (self->calls, "changed", G_CALLBACK (on_calls_changed), self);
  on_changed (self);
}

/* One question at a time: a page that opens a hundred links gets one window, the last. */
static void
open_link (OhTrayApp *self, const char *link)
{
  if (self->link_dialog != NULL)
    gtk_widget_destroy (self->link_dialog);
  self->link_dialog =
    GTK_WIDGET (oh_confirm_dialog_start (GTK_APPLICATION (self), NULL, self->client, link, "link"));
  g_signal_connect (self->link_dialog, "destroy", G_CALLBACK (gtk_widget_destroyed),
                    &self->link_dialog);
}

static int
oh_tray_app_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  OhTrayApp *self = OH_TRAY_APP (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **links = NULL;
  const char *trace;

  if (g_variant_dict_lookup (options, "explain", "^&ay", &trace))
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, trace);

      oh_explain_window_open (show_explain_window (self), file);
    }
  else if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &links) && links[0] != NULL)
    open_link (self, links[0]);
  else if (!g_variant_dict_contains (options, "background"))
    show_window (self);
  else
    stay (self);
  watch_host (self);
  return 0;
}

static void
oh_tray_app_shutdown (GApplication *application)
{
  OhTrayApp *self = OH_TRAY_APP (application);
  GtkWidget **windows[] = { &self->link_dialog,  &self->dial_window, &self->account,
                            &self->phone_dialog, &self->doctor,      &self->history,
                            &self->window };

  oh_clock_clear_alarm (self->clock, &self->host_alarm);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  if (self->calls != NULL)
    g_signal_handlers_disconnect_by_data (self->calls, self);
  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    if (*windows[i] != NULL)
      gtk_widget_destroy (*windows[i]);
  g_clear_pointer (&self->expiries, oh_certificate_notice_free);
  g_clear_pointer (&self->missed, oh_missed_calls_free);
  g_clear_object (&self->calls);
  g_clear_pointer (&self->events, oh_events_question_free);
  g_clear_object (&self->notifier);
  g_clear_object (&self->icon);
  g_clear_object (&self->client);
  g_clear_pointer (&self->shown_menu, g_ptr_array_unref);
  g_clear_pointer (&self->shown_tooltip, g_free);
  G_APPLICATION_CLASS (oh_tray_app_parent_class)->shutdown (application);
}

static void
oh_tray_app_class_init (OhTrayAppClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = oh_tray_app_startup;
  application_class->command_line = oh_tray_app_command_line;
  application_class->shutdown = oh_tray_app_shutdown;
}

static void
oh_tray_app_init (OhTrayApp *self)
{
  /* A link as the octets that it is: no locale, no file in between. */
  static const GOptionEntry entries[] = {
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show only the icon"), NULL },
    { "explain", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Explain a trace"), N_ ("FILE") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[LINK]") },
    { NULL },
  };

  self->clock = oh_clock_system ();
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

OhTrayApp *
oh_tray_app_new (void)
{
  return g_object_new (OH_TYPE_TRAY_APP, "application-id", OH_TRAY_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
