/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "confirm-dialog.h"

#include "agent-request.h"
#include "clock.h"
#include "error.h"
#include "link-text.h"
#include "number-clipboard.h"
#include "number-details.h"

#include <glib/gi18n-lib.h>

#define BIT(state) (1u << (state))

/* What is said about a text that is no number. Characters. */
#define QUOTE_MAX 40

typedef enum
{
  STATE_LOOKING, /* the agent reads the text */
  STATE_ASKING,  /* the user reads the number */
  STATE_DIALLING,
  STATE_REFUSED, /* the user reads why not */
  STATE_CLOSED,
  N_STATES,
} State;

struct _OhConfirmDialog
{
  GtkDialog parent;

  GtkStack *stack;
  GtkWidget *question;
  GtkLabel *busy_label;
  GtkLabel *name_label;
  GtkLabel *number_label;
  GtkLabel *phone_label;
  GtkComboBoxText *phone_combo;
  GtkWidget *warning_box;
  GtkLabel *warning_label;
  OhNumberDetails *details;
  GtkLabel *reason_label;
  GtkLabel *advice_label;

  State state;
  OhClock *clock;            /* (unowned): the machine's */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  OhAgentClient *client;     /* (owned) */
  OhParsedNumber *number;    /* (owned) (nullable): once the agent has read it */
  char *text;                /* (owned): valid UTF-8 once it was checked */
  char *source;              /* (owned) */
  gboolean is_private;
  guint phones_shown; /* in the chooser */
  guint alarm;        /* LOOKING, DIALLING: show the spinner; ASKING: arm the button */
};

G_DEFINE_FINAL_TYPE (OhConfirmDialog, oh_confirm_dialog, GTK_TYPE_DIALOG)

static const guint may_follow[N_STATES] = {
  [STATE_LOOKING] =
    BIT (STATE_ASKING) | BIT (STATE_DIALLING) | BIT (STATE_REFUSED) | BIT (STATE_CLOSED),
  [STATE_ASKING] = BIT (STATE_DIALLING) | BIT (STATE_CLOSED),
  [STATE_DIALLING] = BIT (STATE_ASKING) | BIT (STATE_REFUSED) | BIT (STATE_CLOSED),
  [STATE_REFUSED] = BIT (STATE_CLOSED),
  [STATE_CLOSED] = 0,
};

static gboolean
on_busy_too_long (gpointer user_data)
{
  OhConfirmDialog *self = user_data;

  self->alarm = 0;
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static gboolean
on_armed (gpointer user_data)
{
  OhConfirmDialog *self = user_data;

  self->alarm = 0;
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_OK, TRUE);
  gtk_widget_grab_focus (gtk_dialog_get_widget_for_response (GTK_DIALOG (self), GTK_RESPONSE_OK));
  return G_SOURCE_REMOVE;
}

static void
show_page (OhConfirmDialog *self, const char *page)
{
  GtkWidget *call = gtk_dialog_get_widget_for_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
  GtkWidget *cancel = gtk_dialog_get_widget_for_response (GTK_DIALOG (self), GTK_RESPONSE_CANCEL);

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_OK, FALSE);
  gtk_widget_set_visible (call, self->state != STATE_REFUSED);
  /* Once the phone was asked there is nothing to cancel here. */
  gtk_button_set_label (
    GTK_BUTTON (cancel),
    self->state == STATE_REFUSED || self->state == STATE_DIALLING ? _ ("_Close") : _ ("_Cancel"));
}

static void
enter_busy (OhConfirmDialog *self, const char *words)
{
  gtk_label_set_text (self->busy_label, words);
  show_page (self, "busy");
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    self->alarm = oh_clock_add_alarm_in (self->clock, OH_CONFIRM_BUSY_US, on_busy_too_long, self);
}

/* No button: until the answer is armed, Enter and Space hit nothing at all. Its name is what a
 * screen reader says first. */
static void
focus_question (OhConfirmDialog *self)
{
  g_autofree char *spoken =
    g_strdup_printf (_ ("Call %s %s?"), gtk_label_get_text (self->name_label),
                     gtk_label_get_text (self->number_label));

  atk_object_set_name (gtk_widget_get_accessible (self->question), spoken);
  gtk_widget_grab_focus (self->question);
}

/* The one place that moves. */
static void
set_state (OhConfirmDialog *self, State to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  self->state = to;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  switch (to)
    {
    case STATE_LOOKING: break; /* only at the start */
    case STATE_ASKING:
      show_page (self, "ask");
      focus_question (self);
      self->alarm = oh_clock_add_alarm_in (self->clock, OH_CONFIRM_ARM_US, on_armed, self);
      gtk_window_present (GTK_WINDOW (self));
      break;
    case STATE_DIALLING: enter_busy (self, _ ("Asking the phone to dial…")); break;
    case STATE_REFUSED:
      show_page (self, "refused");
      gtk_window_present (GTK_WINDOW (self));
      break;
    case STATE_CLOSED:
    case N_STATES:
    default: gtk_widget_destroy (GTK_WIDGET (self)); break;
    }
}

static void
refuse (OhConfirmDialog *self, const GError *error)
{
  g_autofree char *copied = oh_number_clipboard_offer (
    GTK_WIDGET (self), error, self->number != NULL ? self->number->dialled : NULL);
  g_autofree char *both = NULL;
  const char *advice = error->domain == OH_ERROR ? oh_error_advice (error->code) : "";

  /* The advice for a bad number is to correct it; a link cannot be corrected. */
  if (g_error_matches (error, OH_ERROR, OH_ERROR_BAD_NUMBER) && g_str_equal (self->source, "link"))
    advice = _ ("If you trust the page, copy the number and use “Call…” in the Offhook menu.");
  if (copied != NULL)
    {
      both = g_strdup_printf ("%s %s", copied, advice);
      advice = both;
    }
  gtk_label_set_text (self->reason_label, error->message);
  gtk_label_set_text (self->advice_label, advice);
  gtk_widget_set_visible (GTK_WIDGET (self->advice_label), advice[0] != '\0');
  set_state (self, STATE_REFUSED);
}

static void
fill_phones (OhConfirmDialog *self)
{
  OhTrayModel *model = oh_agent_client_get_model (self->client);
  g_autofree char *only = NULL;

  if (model->phones->len == 1)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, 0);

      only = g_strdup_printf (_ ("on phone “%s” (%s)"), phone->id, phone->host);
    }
  gtk_label_set_text (self->phone_label, only != NULL ? only : "");
  gtk_widget_set_visible (GTK_WIDGET (self->phone_label), only != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->phone_combo), model->phones->len > 1);
  if (self->phones_shown == model->phones->len)
    return; /* do not pull the list from under the user */
  self->phones_shown = model->phones->len;
  gtk_combo_box_text_remove_all (self->phone_combo);
  for (guint i = 0; i < model->phones->len; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);

      g_autofree char *label = NULL;

      if (phone->state == OH_TRAY_PHONE_READY)
        label = g_strdup_printf (_ ("on phone “%s” (%s)"), phone->id, phone->host);
      else
        label = g_strdup_printf (_ ("on phone “%s” (not in reach)"), phone->id);
      gtk_combo_box_text_append (self->phone_combo, phone->id, label);
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->phone_combo), 0);
}

static void
ask (OhConfirmDialog *self)
{
  const OhParsedNumber *number = self->number;
  g_autofree char *name = oh_tray_text_for_eyes (number->name, OH_TRAY_NAME_MAX);
  g_autofree char *display = oh_tray_text_for_eyes (number->display, OH_TRAY_NAME_MAX);
  g_autofree char *why = oh_tray_text_for_eyes (number->confirm_reason, OH_TRAY_SENTENCE_MAX);

  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_visible (GTK_WIDGET (self->name_label), name[0] != '\0');
  gtk_label_set_text (self->number_label, display);
  gtk_label_set_text (self->warning_label, why);
  gtk_widget_set_visible (self->warning_box, number->special && why[0] != '\0');
  oh_number_details_show (self->details, number);
  fill_phones (self);
  set_state (self, STATE_ASKING);
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhConfirmDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_agent_request_dial_finish (result, &error))
    set_state (self, STATE_CLOSED);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; user_data may be gone */
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_CONFIRM) ||
           g_error_matches (error, OH_ERROR, OH_ERROR_CHOOSE_PHONE))
    ask (self);
  else
    refuse (self, error);
}

static void
dial (OhConfirmDialog *self, gboolean confirmed)
{
  const char *phone = NULL;

  if (self->phones_shown > 1)
    phone = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->phone_combo));
  set_state (self, STATE_DIALLING);
  oh_agent_request_dial_async (self->text, self->source, phone, confirmed, self->is_private,
                               self->cancellable, on_dialled, self);
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhConfirmDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  OhParsedNumber *number = oh_agent_request_parse_finish (result, &error);

  if (number == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        refuse (self, error);
      return;
    }
  self->number = number;
  if (number->confirm)
    ask (self);
  else
    dial (self, FALSE);
}

static void
begin (OhConfirmDialog *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_link = g_str_equal (self->source, "link");

  if (is_link && oh_agent_client_is_locked (self->client))
    error = g_error_new (OH_ERROR, OH_ERROR_LOCKED,
                         _ ("A link asked for a call while the screen was locked."));
  if (error != NULL || !oh_link_text_check (self->text, &error))
    {
      refuse (self, error);
      return;
    }
  enter_busy (self, _ ("Starting the Offhook service…"));
  oh_agent_request_parse_async (self->text, self->source, self->cancellable, on_parsed, self);
}

static void
oh_confirm_dialog_response (GtkDialog *dialog, int response)
{
  OhConfirmDialog *self = OH_CONFIRM_DIALOG (dialog);

  if (response == GTK_RESPONSE_OK && self->state == STATE_ASKING && self->alarm == 0)
    dial (self, TRUE);
  else if (response != GTK_RESPONSE_OK && self->state != STATE_CLOSED)
    set_state (self, STATE_CLOSED);
}

static void
oh_confirm_dialog_dispose (GObject *object)
{
  OhConfirmDialog *self = OH_CONFIRM_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (oh_confirm_dialog_parent_class)->dispose (object);
}

static void
oh_confirm_dialog_finalize (GObject *object)
{
  OhConfirmDialog *self = OH_CONFIRM_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->number, oh_parsed_number_free);
  g_free (self->text);
  g_free (self->source);
  G_OBJECT_CLASS (oh_confirm_dialog_parent_class)->finalize (object);
}

static void
oh_confirm_dialog_class_init (OhConfirmDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (OH_TYPE_NUMBER_DETAILS);
  object_class->dispose = oh_confirm_dialog_dispose;
  object_class->finalize = oh_confirm_dialog_finalize;
  GTK_DIALOG_CLASS (klass)->response = oh_confirm_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/confirm-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, question);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, busy_label);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, name_label);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, number_label);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, phone_label);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, phone_combo);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, warning_box);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, warning_label);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, details);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, reason_label);
  gtk_widget_class_bind_template_child (widget_class, OhConfirmDialog, advice_label);
}

static void
oh_confirm_dialog_init (OhConfirmDialog *self)
{
  GtkWidget *call;

  self->clock = oh_clock_system ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_dialog_add_button (GTK_DIALOG (self), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  call = gtk_dialog_add_button (GTK_DIALOG (self), _ ("C_all"), GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (call),
                               GTK_STYLE_CLASS_SUGGESTED_ACTION);
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
}

OhConfirmDialog *
oh_confirm_dialog_start (GtkApplication *application, GtkWindow *parent, OhAgentClient *client,
                         const char *text, const char *source)
{
  OhConfirmDialog *self = g_object_new (OH_TYPE_CONFIRM_DIALOG, "application", application,
                                        "use-header-bar", 1, "transient-for", parent, NULL);

  self->client = g_object_ref (client);
  self->text = g_strdup (text);
  self->source = g_strdup (source);
  g_signal_connect_swapped (client, "changed", G_CALLBACK (fill_phones), self);
  begin (self);
  return self;
}

void
oh_confirm_dialog_set_private (OhConfirmDialog *self)
{
  g_return_if_fail (OH_IS_CONFIRM_DIALOG (self));
  self->is_private = TRUE;
}
