/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "doctor-window.h"

#include "doctor-client.h"
#include "doctor-report.h"
#include "doctor-row.h"
#include "error.h"
#include "notifications.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OhDoctorWindow
{
  GtkApplicationWindow parent;

  GtkStack *run_stack;
  GtkImage *state_image;
  GtkLabel *state_label;
  GtkLabel *limit_label;
  GtkProgressBar *progress;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkToggleButton *names_button;

  OhAgentClient *client;         /* (owned) */
  OhDoctorClient *run;           /* (owned) (nullable): while one is under way */
  GPtrArray *findings;           /* (owned) (element-type OhFinding): of the latest run */
  guint idle;                    /* shows the first of the worst */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
};

G_DEFINE_FINAL_TYPE (OhDoctorWindow, oh_doctor_window, GTK_TYPE_APPLICATION_WINDOW)

/* --- how it stands -------------------------------------------------------------------------- */

static void
enable (OhDoctorWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static OhFindingSeverity
worst (OhDoctorWindow *self)
{
  OhFindingSeverity severity = OH_FINDING_OK;

  for (guint i = 0; i < self->findings->len; i++)
    severity = MAX (severity, ((OhFinding *) g_ptr_array_index (self->findings, i))->severity);
  return severity;
}

static void
show_state (OhDoctorWindow *self, const char *icon, const char *style, const char *text)
{
  static const char *const styles[] = { "oh-good", "oh-bad", "oh-broken", "dim-label" };
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->state_image));

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_style_context_remove_class (context, styles[i]);
  gtk_style_context_add_class (context, style);
  gtk_image_set_from_icon_name (self->state_image, icon, GTK_ICON_SIZE_LARGE_TOOLBAR);
  gtk_label_set_text (self->state_label, text);
}

/* What to look at first is in sight, and the keyboard is there. */
static gboolean
show_first (gpointer user_data)
{
  OhDoctorWindow *self = user_data;
  OhFindingSeverity severity = worst (self);

  self->idle = 0;
  for (guint i = 0; i < self->findings->len; i++)
    if (((OhFinding *) g_ptr_array_index (self->findings, i))->severity == severity)
      {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

        gtk_widget_grab_focus (GTK_WIDGET (row));
        break;
      }
  return G_SOURCE_REMOVE;
}

static void
show_result (OhDoctorWindow *self)
{
  g_autofree char *summary = oh_doctor_summary (self->findings);
  OhFindingSeverity severity = worst (self);

  if (severity == OH_FINDING_ERROR)
    show_state (self, "dialog-error-symbolic", "oh-broken", summary);
  else if (severity == OH_FINDING_WARNING)
    show_state (self, "dialog-warning-symbolic", "oh-bad", summary);
  else
    show_state (self, "emblem-ok-symbolic", "oh-good", summary);
  if (severity >= OH_FINDING_WARNING)
    /* when the new rows have a place to scroll to */
    self->idle = g_idle_add_full (G_PRIORITY_LOW, show_first, self, NULL);
}

static void
set_running (OhDoctorWindow *self, gboolean running)
{
  gtk_stack_set_visible_child_name (self->run_stack, running ? "stop" : "again");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_label_set_text (self->limit_label, "");
  enable (self, "stop", running);
  enable (self, "again", !running);
  enable (self, "copy", !running && self->findings->len > 0);
  enable (self, "save", !running && self->findings->len > 0);
}

/* --- a run ---------------------------------------------------------------------------------- */

static void
on_progress (OhDoctorClient *run, const char *what, guint number, guint total, guint limit_s,
             OhDoctorWindow *self)
{
  g_autofree char *text = g_strdup_printf (_ ("%s…"), what);
  g_autofree char *limit = g_strdup_printf (_ ("%u of %u, at most %u s"), number, total, limit_s);

  show_state (self, "system-search-symbolic", "dim-label", text);
  gtk_label_set_text (self->limit_label, limit);
  gtk_progress_bar_set_fraction (self->progress, (number - 1.0) / MAX (total, 1));
}

static void
add_finding (OhDoctorWindow *self, const OhFinding *finding)
{
  g_ptr_array_add (self->findings, oh_finding_new (finding->severity, finding->code, finding->title,
                                                   finding->cause, finding->remedy, finding->line));
  gtk_container_add (GTK_CONTAINER (self->list), oh_doctor_row_new (finding));
}

static void
on_finding (OhDoctorClient *run, const OhFinding *finding, OhDoctorWindow *self)
{
  add_finding (self, finding);
}

/* That the agent cannot be had is what was found then. */
static void
add_no_agent (OhDoctorWindow *self, const GError *error)
{
  g_autoptr (OhFinding) finding = oh_finding_new (
    OH_FINDING_ERROR, "agent-unreachable", _ ("The Offhook service does not answer"),
    error->message, _ ("Install the package again, or run offhook-agent in a terminal to see why."),
    0);

  add_finding (self, finding);
}

static void
on_done (OhDoctorClient *run, const GError *error, OhDoctorWindow *self)
{
  gboolean cancelled = g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED);

  g_signal_handlers_disconnect_by_data (run, self);
  g_clear_object (&self->run);
  if (error != NULL && !cancelled)
    add_no_agent (self, error);
  set_running (self, FALSE);
  if (cancelled)
    show_state (self, "process-stop-symbolic", "dim-label", _ ("The check was given up"));
  else
    show_result (self);
}

static void
start (OhDoctorWindow *self)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));

  for (GList *l = rows; l != NULL; l = l->next)
    gtk_widget_destroy (l->data);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_ptr_array_set_size (self->findings, 0);
  set_running (self, TRUE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  show_state (self, "system-search-symbolic", "dim-label", _ ("Asking the service…"));
  self->run = oh_doctor_client_new ();
  g_signal_connect (self->run, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect (self->run, "finding", G_CALLBACK (on_finding), self);
  g_signal_connect (self->run, "done", G_CALLBACK (on_done), self);
  oh_doctor_client_start (self->run);
}

static void
on_again (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start (user_data);
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhDoctorWindow *self = user_data;

  if (self->run != NULL)
    oh_doctor_client_cancel (self->run);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, OhDoctorWindow *self)
{
  oh_doctor_row_toggle (OH_DOCTOR_ROW (row));
}

/* --- the report ----------------------------------------------------------------------------- */

/* (transfer full): "alice" of "sip:alice@fabrikam.test" */
static char *
own_user (OhDoctorWindow *self)
{
  const char *uri = oh_agent_client_get_model (self->client)->uri;
  const char *user = g_str_has_prefix (uri, "sip:") ? uri + strlen ("sip:") : uri;

  return g_strndup (user, strcspn (user, "@"));
}

/* (transfer full) */
static char *
make_report (OhDoctorWindow *self)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *user = own_user (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d %H:%M %z");
  const OhDoctorReport about = {
    .version = OH_VERSION,
    .system = system != NULL ? system : "?",
    .date = date,
    .user = user,
    .with_names = gtk_toggle_button_get_active (self->names_button),
  };

  return oh_doctor_report (&about, self->findings);
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhDoctorWindow *self = user_data;
  GtkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD);
  g_autofree char *report = make_report (self);

  gtk_clipboard_set_text (clipboard, report, -1);
  gtk_clipboard_store (clipboard);
  gtk_label_set_text (self->limit_label, _ ("Copied"));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhDoctorWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    gtk_label_set_text (self->limit_label, _ ("Saved"));
  else if (application != NULL)
    oh_notifier_tell_error (application, _ ("The report could not be saved"), error);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, OhDoctorWindow *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;
  g_autofree char *report = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  report = make_report (self);
  bytes = g_bytes_new_take (report, strlen (report));
  report = NULL;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       on_written, g_object_ref (self));
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhDoctorWindow *self = user_data;

  if (self->chooser != NULL)
    return;
  self->chooser =
    gtk_file_chooser_native_new (_ ("Save the Report"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "offhook-report.txt");
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_file_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_close (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

/* --- the window ----------------------------------------------------------------------------- */

static void
oh_doctor_window_dispose (GObject *object)
{
  OhDoctorWindow *self = OH_DOCTOR_WINDOW (object);

  if (self->run != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->run, self);
      oh_doctor_client_cancel (self->run);
    }
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->run);
  g_clear_object (&self->chooser);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (oh_doctor_window_parent_class)->dispose (object);
}

static void
oh_doctor_window_finalize (GObject *object)
{
  g_ptr_array_unref (OH_DOCTOR_WINDOW (object)->findings);
  G_OBJECT_CLASS (oh_doctor_window_parent_class)->finalize (object);
}

static void
oh_doctor_window_class_init (OhDoctorWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (OH_TYPE_DOCTOR_ROW);
  G_OBJECT_CLASS (klass)->dispose = oh_doctor_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_doctor_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/doctor-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, run_stack);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, state_image);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, state_label);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, limit_label);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, list);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorWindow, names_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
oh_doctor_window_init (OhDoctorWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "again", .activate = on_again }, { .name = "stop", .activate = on_stop },
    { .name = "copy", .activate = on_copy },   { .name = "save", .activate = on_save },
    { .name = "close", .activate = on_close },
  };

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_container_set_focus_vadjustment (GTK_CONTAINER (self->list),
                                       gtk_scrolled_window_get_vadjustment (self->scroller));
}

OhDoctorWindow *
oh_doctor_window_new (GtkApplication *application, OhAgentClient *client)
{
  OhDoctorWindow *self = g_object_new (OH_TYPE_DOCTOR_WINDOW, "application", application, NULL);

  self->client = g_object_ref (client);
  start (self);
  return self;
}
