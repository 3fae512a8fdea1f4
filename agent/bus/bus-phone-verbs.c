/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What org.offhook.Phone1 tells of a phone's condition, and the methods that change it. */

#include "bus-phone-verbs.h"

#include <glib/gi18n-lib.h>

#include "bus-error.h"
#include "bus-words.h"

/* Steps of the volume in one call: from silent to loud on every phone. */
#define VOLUME_STEPS_MAX 15

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

void
oh_bus_phone_show_condition (OhBusPhone1 *skeleton, OhPhone *phone)
{
  static const OhPhoneCondition unknown = { 0 };
  static const char *const none[] = { NULL };
  const OhPhoneCondition *condition = phone != NULL ? oh_phone_get_condition (phone) : &unknown;
  g_auto (GStrv) can = oh_bus_dup_abilities (phone != NULL ? oh_phone_get_capabilities (phone) : 0);
  OhPhoneFacts facts = { 0 };

  if (phone != NULL)
    oh_phone_get_facts (phone, &facts);
  oh_bus_phone1_set_can (skeleton, (const char *const *) can);
  oh_bus_phone1_set_muted (skeleton, oh_phone_truth_word (condition->muted));
  oh_bus_phone1_set_locked (skeleton, oh_phone_truth_word (condition->locked));
  oh_bus_phone1_set_messages_waiting (skeleton, oh_phone_truth_word (condition->waiting));
  oh_bus_phone1_set_messages (skeleton, condition->messages);
  oh_bus_phone1_set_forwarding (skeleton, oh_phone_truth_word (condition->forward));
  oh_bus_phone1_set_forward_all (skeleton, or_empty (condition->forward_all));
  oh_bus_phone1_set_forward_busy (skeleton, or_empty (condition->forward_busy));
  oh_bus_phone1_set_forward_no_answer (skeleton, or_empty (condition->forward_no_answer));
  oh_bus_phone1_set_forward_after (skeleton, condition->forward_after_s);
  oh_bus_phone1_set_identities (
    skeleton, condition->identities != NULL ? (const char *const *) condition->identities : none);
  oh_bus_phone1_set_identity (skeleton, or_empty (condition->identity));
  oh_bus_phone1_set_habits (skeleton, facts.habits != NULL ? facts.habits : none);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  oh_bus_flush (invocation);
  if (oh_dialler_set_phone_finish (OH_DIALLER (source), result, &error) != OH_PHONE_OUTCOME_FAILED)
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    oh_bus_return_error (invocation, error);
}

/* Takes the invocation. */
static gboolean
set (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, OhPhoneRequest *request,
     OhDialler *dialler)
{
  request->phone_id = oh_bus_phone1_get_id (skeleton);
  oh_dialler_set_phone_async (dialler, request, NULL, on_set, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
verb_from_word (const char *word, OhPhoneVerb *out)
{
  if (g_str_equal (word, "all"))
    *out = OH_PHONE_FORWARD_ALL;
  else if (g_str_equal (word, "busy"))
    *out = OH_PHONE_FORWARD_BUSY;
  else if (g_str_equal (word, "no-answer"))
    *out = OH_PHONE_FORWARD_NO_ANSWER;
  else
    return FALSE;
  return TRUE;
}

static gboolean
handle_set_forward (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, const char *when,
                    const char *text, const char *source, guint after, GVariant *options,
                    OhDialler *dialler)
{
  OhPhoneRequest request = { .text = text, .after_s = after };

  g_variant_lookup (options, "confirmed", "b", &request.confirmed);
  if (!verb_from_word (when, &request.verb))
    oh_bus_return_usage (invocation,
                         _ ("Calls are forwarded “all”, “busy” or “no-answer”, not "
                            "“%.32s”."),
                         when);
  else if (!oh_bus_source_from_word (source, &request.source))
    oh_bus_return_usage (invocation, _ ("“%.32s” is no source of a number."), source);
  else
    return set (skeleton, invocation, &request, dialler);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_clear_forward (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, OhDialler *dialler)
{
  return set (skeleton, invocation, &(OhPhoneRequest){ .verb = OH_PHONE_FORWARD_OFF }, dialler);
}

static gboolean
handle_set_locked (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, gboolean locked,
                   OhDialler *dialler)
{
  OhPhoneRequest request = { .verb = locked ? OH_PHONE_LOCK : OH_PHONE_UNLOCK };

  return set (skeleton, invocation, &request, dialler);
}

static gboolean
handle_select_identity (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation,
                        const char *identity, OhDialler *dialler)
{
  OhPhoneRequest request = { .verb = OH_PHONE_SELECT_IDENTITY, .text = identity };

  return set (skeleton, invocation, &request, dialler);
}

static gboolean
handle_reboot (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, gboolean confirmed,
               OhDialler *dialler)
{
  OhPhoneRequest request = { .verb = OH_PHONE_REBOOT, .confirmed = confirmed };

  return set (skeleton, invocation, &request, dialler);
}

static void
on_hung_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  oh_bus_flush (invocation);
  if (oh_dialler_command_finish (OH_DIALLER (source), result, &error) != OH_PHONE_OUTCOME_FAILED)
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    oh_bus_return_error (invocation, error);
}

static gboolean
handle_hang_up_all (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, OhDialler *dialler)
{
  oh_dialler_hang_up_all_async (dialler, oh_bus_phone1_get_id (skeleton), NULL, on_hung_up,
                                invocation); /* takes it */
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- one step after the other ---------------------------------------------------------------- */

typedef struct
{
  OhPhoneRequest request;
  char *id; /* (owned) */
  guint left;
} Volume;

static void
volume_free (gpointer data)
{
  Volume *volume = data;

  g_free (volume->id);
  g_free (volume);
}

static void
on_volume_step (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Volume *volume = g_task_get_task_data (task);
  GError *error = NULL;

  if (oh_dialler_set_phone_finish (OH_DIALLER (source), result, &error) == OH_PHONE_OUTCOME_FAILED)
    g_task_return_error (task, error);
  else if (--volume->left == 0)
    g_task_return_boolean (task, TRUE);
  else
    oh_dialler_set_phone_async (OH_DIALLER (source), &volume->request, NULL, on_volume_step,
                                g_steal_pointer (&task));
}

static gboolean
handle_change_volume (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, int steps,
                      OhDialler *dialler)
{
  g_autoptr (GTask) task = NULL;
  Volume *volume;

  if (steps == 0 || steps > VOLUME_STEPS_MAX || steps < -VOLUME_STEPS_MAX)
    {
      oh_bus_return_usage (invocation, _ ("The volume goes up or down by 1 to %d steps."),
                           VOLUME_STEPS_MAX);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  task = g_task_new (NULL, NULL, oh_bus_return_task, invocation);
  volume = g_new0 (Volume, 1);
  volume->id = oh_bus_phone1_dup_id (skeleton);
  volume->left = (guint) ABS (steps);
  volume->request.verb = steps > 0 ? OH_PHONE_VOLUME_UP : OH_PHONE_VOLUME_DOWN;
  volume->request.phone_id = volume->id;
  g_task_set_task_data (task, volume, volume_free);
  oh_dialler_set_phone_async (dialler, &volume->request, NULL, on_volume_step,
                              g_steal_pointer (&task));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
oh_bus_phone_connect_verbs (GDBusObjectSkeleton *object, OhDialler *dialler)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } handlers[] = {
    { "handle-set-forward", G_CALLBACK (handle_set_forward) },
    { "handle-clear-forward", G_CALLBACK (handle_clear_forward) },
    { "handle-set-locked", G_CALLBACK (handle_set_locked) },
    { "handle-select-identity", G_CALLBACK (handle_select_identity) },
    { "handle-hang-up-all", G_CALLBACK (handle_hang_up_all) },
    { "handle-reboot", G_CALLBACK (handle_reboot) },
    { "handle-change-volume", G_CALLBACK (handle_change_volume) },
  };
  g_autoptr (GDBusInterface) skeleton =
    g_dbus_object_get_interface (G_DBUS_OBJECT (object), "org.offhook.Phone1");

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (skeleton, handlers[i].signal, handlers[i].handler, dialler, 0);
}
