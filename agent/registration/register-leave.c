/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "register-leave.h"

/* A farewell under way. */
typedef struct
{
  OhClock *clock;            /* (owned) */
  GCancellable *cancellable; /* (owned): of the request */
  guint alarm;
} Leave;

static void
leave_free (Leave *leave)
{
  oh_clock_clear_alarm (leave->clock, &leave->alarm);
  g_object_unref (leave->clock);
  g_object_unref (leave->cancellable);
  g_free (leave);
}

static gboolean
on_limit (gpointer user_data)
{
  Leave *leave = user_data;

  leave->alarm = 0;
  g_cancellable_cancel (leave->cancellable); /* on_answered() hears of it */
  return G_SOURCE_REMOVE;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Leave *leave = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  oh_clock_clear_alarm (leave->clock, &leave->alarm);
  g_task_return_boolean (task, response != NULL && oh_sip_message_status (response) / 100 == 2);
}

void
oh_register_leave_async (OhClock *clock, OhSipStack *stack, OhSipMessage *request,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Leave *leave = g_new0 (Leave, 1);

  g_task_set_source_tag (task, oh_register_leave_async);
  g_task_set_task_data (task, leave, (GDestroyNotify) leave_free);
  leave->clock = g_object_ref (clock);
  leave->cancellable = g_cancellable_new ();
  leave->alarm = oh_clock_add_alarm_in (clock, (gint64) OH_REGISTER_LEAVE_LIMIT_S * G_USEC_PER_SEC,
                                        on_limit, leave);
  oh_sip_message_set (request, "Expires", "0");
  oh_sip_stack_send_async (stack, request, leave->cancellable, on_answered,
                           g_steal_pointer (&task));
}

gboolean
oh_register_leave_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
