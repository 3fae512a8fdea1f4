/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "tray-actions.h"

#include "agent-request.h"
#include "call-actions.h"
#include "notifications.h"

#include <glib/gi18n-lib.h>

#define KEY_CLIENT "oh-client"

/* clang-format off */
static const struct
{
  const char *action;
  OhAgentVerb verb;
  gboolean takes_call;
  const char *failure; /* title of the message */
} verbs[] = {
  { "answer",   OH_AGENT_ANSWER,   TRUE,  N_("The call could not be answered") },
  { "reject",   OH_AGENT_REJECT,   TRUE,  N_("The call could not be rejected") },
  { "hang-up",  OH_AGENT_HANG_UP,  TRUE,  N_("The call could not be ended") },
  { "hold",     OH_AGENT_HOLD,     TRUE,  N_("The call could not be put on hold") },
  { "resume",   OH_AGENT_RESUME,   TRUE,  N_("The call could not be resumed") },
  { "sign-in",  OH_AGENT_SIGN_IN,  FALSE, N_("Signing in did not work") },
  { "sign-out", OH_AGENT_SIGN_OUT, FALSE, N_("Signing out did not work") },
};
/* clang-format on */

typedef struct
{
  GtkApplication *application; /* (owned) */
  const char *failure;         /* (unowned): static */
} Asked;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;

  if (!oh_agent_request_finish (result, &error))
    oh_notifier_tell_error (asked->application, _ (asked->failure), error);
  g_object_unref (asked->application);
  g_free (asked);
}

static void
ask (GtkApplication *application, OhAgentVerb verb, const char *argument, const char *failure)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->application = g_object_ref (application);
  asked->failure = failure;
  oh_agent_request_async (verb, argument, NULL, on_done, asked);
}

static void
on_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  const char *argument = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].action, name))
      ask (user_data, verbs[i].verb, argument, verbs[i].failure);
}

static void
on_presence (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, OH_AGENT_SET_PRESENCE, g_variant_get_string (parameter, NULL),
       N_ ("Your status could not be changed"));
}

static void
on_reset_presence (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, OH_AGENT_SET_PRESENCE, "reset", N_ ("Your status could not be changed"));
}

static const OhTrayCall *
find_call (gpointer application, gboolean incoming)
{
  OhAgentClient *client = g_object_get_data (application, KEY_CLIENT);
  const OhTrayModel *model = oh_agent_client_get_model (client);

  for (guint i = 0; i < model->calls->len; i++)
    {
      const OhTrayCall *call = g_ptr_array_index (model->calls, i);

      if (call->state != OH_TRAY_CALL_ENDED && (call->state == OH_TRAY_CALL_INCOMING) == incoming)
        return call;
    }
  return NULL;
}

static void
on_answer_any (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const OhTrayCall *call = find_call (user_data, TRUE);

  if (call != NULL)
    g_action_group_activate_action (user_data, "answer", g_variant_new_string (call->id));
}

/* The call that rings, else the one that is up. */
static void
on_end_any (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const OhTrayCall *ringing = find_call (user_data, TRUE);
  const OhTrayCall *up = find_call (user_data, FALSE);

  if (ringing != NULL)
    g_action_group_activate_action (user_data, "reject", g_variant_new_string (ringing->id));
  else if (up != NULL)
    g_action_group_activate_action (user_data, "hang-up", g_variant_new_string (up->id));
}

static void
add (GtkApplication *application, GSimpleAction *action, GCallback on_activate)
{
  g_signal_connect (action, "activate", on_activate, application);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  g_object_unref (action);
}

void
oh_tray_actions_add (GtkApplication *application, OhAgentClient *client)
{
  g_object_set_data (G_OBJECT (application), KEY_CLIENT, client);
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    add (application,
         g_simple_action_new (verbs[i].action, verbs[i].takes_call ? G_VARIANT_TYPE_STRING : NULL),
         G_CALLBACK (on_verb));
  add (application,
       g_simple_action_new_stateful ("presence", G_VARIANT_TYPE_STRING,
                                     g_variant_new_string ("unknown")),
       G_CALLBACK (on_presence));
  add (application, g_simple_action_new ("reset-presence", NULL), G_CALLBACK (on_reset_presence));
  oh_call_actions_add (application, client);
  add (application, g_simple_action_new ("answer-any", NULL), G_CALLBACK (on_answer_any));
  add (application, g_simple_action_new ("end-any", NULL), G_CALLBACK (on_end_any));
}

static void
enable (GtkApplication *application, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (application), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
oh_tray_actions_update (GtkApplication *application, OhAgentClient *client)
{
  const OhTrayModel *model = oh_agent_client_get_model (client);
  GAction *presence = g_action_map_lookup_action (G_ACTION_MAP (application), "presence");
  const char *word = oh_tray_availability_word (model->availability);

  enable (application, "sign-in",
          model->endpoint == OH_TRAY_ENDPOINT_OFFLINE ||
            model->endpoint == OH_TRAY_ENDPOINT_WAITING ||
            model->endpoint == OH_TRAY_ENDPOINT_FAILED);
  enable (application, "sign-out",
          model->endpoint != OH_TRAY_ENDPOINT_OFFLINE &&
            model->endpoint != OH_TRAY_ENDPOINT_FAILED);
  g_simple_action_set_state (G_SIMPLE_ACTION (presence), g_variant_new_string (word));
}
