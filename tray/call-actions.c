/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "call-actions.h"

#include "dial-window.h"
#include "error.h"
#include "notifications.h"
#include "phone-password-dialog.h"
#include "phone-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEY_CLIENT "oh-call-client"

/* What is asked with nothing to add. */
typedef enum
{
  ARGUMENT_NONE,
  ARGUMENT_YES,
  ARGUMENT_NO,
} Argument;

/* clang-format off */
static const struct
{
  const char *action;
  const char *method;
  const char *failure; /* title of the message */
  gboolean is_call;
  Argument argument;
} verbs[] = {
  { "mute",              "Mute", N_("The microphone could not be switched off"), TRUE, ARGUMENT_YES },
  { "unmute",            "Mute", N_("The microphone could not be switched on"), TRUE, ARGUMENT_NO },
  { "swap",              "Swap", N_("The calls could not be swapped"), TRUE, ARGUMENT_NONE },
  { "conference",        "Conference", N_("The calls could not be joined"), TRUE, ARGUMENT_NONE },
  { "complete-transfer", "CompleteTransfer", N_("The call could not be handed on"), TRUE, ARGUMENT_NONE },
  { "dnd-on",            "SetDnd", N_("“Do not disturb” could not be switched on"), FALSE, ARGUMENT_YES },
  { "dnd-off",           "SetDnd", N_("“Do not disturb” could not be switched off"), FALSE, ARGUMENT_NO },
  { "forward-off",       "ClearForward", N_("Forwarding could not be switched off"), FALSE, ARGUMENT_NONE },
};

/* What asks for a number first. */
static const struct
{
  const char *action;
  const char *when; /* (nullable): of forwarding */
  const char *title, *first, *second;
} askers[] = {
  { "transfer", NULL, N_("Transfer"), N_("Transfer _Now"), N_("_Ask First") },
  { "forward-all", "all", N_("Forward All Calls"), N_("_Forward"), NULL },
  { "forward-busy", "busy", N_("Forward When Busy"), N_("_Forward"), NULL },
  { "forward-no-answer", "no-answer", N_("Forward Unanswered Calls"), N_("_Forward"), NULL },
};
/* clang-format on */

/* One wish of the user's, until it is done. */
typedef struct
{
  GtkApplication *application; /* (owned) */
  gboolean is_call;
  char *id;            /* (owned) */
  const char *method;  /* (unowned): static */
  const char *when;    /* (unowned) (nullable): static */
  char *text;          /* (owned) (nullable): to whom */
  const char *source;  /* (unowned) (nullable): static */
  const char *failure; /* (unowned): static */
} Wish;

static void ask (Wish *wish, GVariant *arguments);

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->application);
  g_free (wish->id);
  g_free (wish->text);
  g_free (wish);
}

static GVariant *
arguments_of (const Wish *wish, gboolean confirmed)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "confirmed", g_variant_new_boolean (confirmed));
  if (wish->when != NULL)
    return g_variant_new ("(sssu@a{sv})", wish->when, wish->text, wish->source, (guint32) 0,
                          g_variant_builder_end (&options));
  return g_variant_new ("(ss@a{sv})", wish->text, wish->source, g_variant_builder_end (&options));
}

static void
on_question_answered (GtkDialog *dialog, int response, gpointer user_data)
{
  Wish *wish = user_data;

  gtk_widget_destroy (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_OK)
    ask (wish, arguments_of (wish, TRUE));
  else
    wish_free (wish);
}

/* A code, or a number that costs: only after it was shown and confirmed. */
static void
ask_user (Wish *wish, const char *question)
{
  GtkWindow *parent = gtk_application_get_active_window (wish->application);
  GtkWidget *dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION,
                                              GTK_BUTTONS_NONE, "%s", question);
  GtkWidget *go;

  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  go = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Yes"), GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (go), GTK_STYLE_CLASS_SUGGESTED_ACTION);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  g_signal_connect (dialog, "response", G_CALLBACK (on_question_answered), wish);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_phone_request_finish (result, &error))
    wish_free (wish);
  else if (wish->text != NULL && g_error_matches (error, OH_ERROR, OH_ERROR_CONFIRM))
    ask_user (wish, error->message);
  else
    {
      oh_notifier_tell_error (wish->application, _ (wish->failure), error);
      wish_free (wish);
    }
}

static void
ask (Wish *wish, GVariant *arguments)
{
  oh_phone_request_async (wish->is_call, wish->id, wish->method, arguments, on_done, wish);
}

static Wish *
wish_new (GtkApplication *application, gboolean is_call, GVariant *id, const char *failure)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->application = g_object_ref (application);
  wish->is_call = is_call;
  wish->id = g_variant_dup_string (id, NULL);
  wish->failure = failure;
  return wish;
}

static void
on_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  guint i = 0;
  Wish *wish;

  while (strcmp (verbs[i].action, name) != 0) /* each was added from the table */
    i++;
  wish = wish_new (user_data, verbs[i].is_call, parameter, verbs[i].failure);
  wish->method = verbs[i].method;
  ask (wish, verbs[i].argument == ARGUMENT_NONE
               ? NULL
               : g_variant_new ("(b)", verbs[i].argument == ARGUMENT_YES));
}

/* The number was typed, or is that of a contact; @second: ask there first. */
static void
on_number (const char *text, gboolean is_contact, gboolean second, gpointer user_data)
{
  const Wish *pattern = user_data;
  g_autoptr (GVariant) id = g_variant_ref_sink (g_variant_new_string (pattern->id));
  Wish *wish = wish_new (pattern->application, pattern->is_call, id, pattern->failure);

  wish->when = pattern->when;
  wish->text = g_strdup (text);
  wish->source = is_contact ? "contact" : "user";
  wish->method = pattern->when != NULL ? "SetForward" : second ? "Consult" : "Transfer";
  ask (wish, arguments_of (wish, FALSE));
}

static void
on_ask_number (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  OhAgentClient *client = g_object_get_data (user_data, KEY_CLIENT);
  OhDialPurpose purpose = { .done = on_number, .destroy = (GDestroyNotify) wish_free };
  guint i = 0;
  Wish *wish;

  while (strcmp (askers[i].action, name) != 0) /* each was added from the table */
    i++;
  wish = wish_new (user_data, askers[i].when == NULL, parameter,
                   askers[i].when == NULL ? N_ ("The call could not be transferred")
                                          : N_ ("Forwarding could not be switched on"));
  wish->when = askers[i].when;
  purpose.title = _ (askers[i].title);
  purpose.first = _ (askers[i].first);
  purpose.second = askers[i].second != NULL ? _ (askers[i].second) : NULL;
  purpose.user_data = wish;
  gtk_window_present (GTK_WINDOW (oh_dial_window_new_for (user_data, client, &purpose)));
}

static void
on_phone_password (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  oh_phone_password_dialog_present (user_data, g_variant_get_string (parameter, NULL));
}

static void
add (GtkApplication *application, const char *name, GCallback on_activate)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, G_VARIANT_TYPE_STRING);

  g_signal_connect (action, "activate", on_activate, application);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
}

void
oh_call_actions_add (GtkApplication *application, OhAgentClient *client)
{
  g_object_set_data (G_OBJECT (application), KEY_CLIENT, client);
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    add (application, verbs[i].action, G_CALLBACK (on_verb));
  for (gsize i = 0; i < G_N_ELEMENTS (askers); i++)
    add (application, askers[i].action, G_CALLBACK (on_ask_number));
  add (application, "phone-password", G_CALLBACK (on_phone_password));
}
