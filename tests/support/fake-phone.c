/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-phone.h"

#include "phone-body.h"

struct _OhFakePhone
{
  OhPhone parent_instance;

  GString *commands; /* (owned) */
  OhPhoneOutcome outcome;
  OhError code;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (OhFakePhone, oh_fake_phone, OH_TYPE_PHONE)

/* Taken back while it waits: nothing of it was written down. */
static gboolean
on_taken_back (GCancellable *cancellable, gpointer data)
{
  g_task_return_new_error (data, OH_ERROR, OH_ERROR_CANCELLED, "taken back");
  return G_SOURCE_REMOVE;
}

static void
wait_for_cancel (GTask *task)
{
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

  g_task_set_check_cancellable (task, FALSE);
  g_source_set_callback (source, G_SOURCE_FUNC (on_taken_back), g_object_ref (task),
                         g_object_unref);
  g_source_attach (source, NULL);
}

static void
fake_send_async (OhPhone *phone, const OhPhoneCommand *command, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  OhFakePhone *self = OH_FAKE_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->busy)
    {
      wait_for_cancel (task);
      return;
    }
  g_string_append (self->commands, oh_phone_verb_word (command->verb));
  if (command->attempt > 0)
    g_string_append (self->commands, "!");
  if (command->argument != NULL)
    g_string_append_printf (self->commands, " %s", command->argument);
  g_string_append_c (self->commands, ';');
  if (self->outcome == OH_PHONE_OUTCOME_FAILED)
    g_task_return_new_error (task, OH_ERROR, (int) self->code, "the test said so");
  else
    g_task_return_int (task, self->outcome);
}

static OhPhoneOutcome
fake_send_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome >= 0 ? (OhPhoneOutcome) outcome : OH_PHONE_OUTCOME_FAILED;
}

static void
fake_done_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (phone, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static gboolean
fake_done_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
oh_fake_phone_finalize (GObject *object)
{
  g_string_free (OH_FAKE_PHONE (object)->commands, TRUE);
  G_OBJECT_CLASS (oh_fake_phone_parent_class)->finalize (object);
}

static void
oh_fake_phone_class_init (OhFakePhoneClass *klass)
{
  OhPhoneClass *phone = OH_PHONE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = oh_fake_phone_finalize;
  phone->send_async = fake_send_async;
  phone->send_finish = fake_send_finish;
  phone->probe_async = fake_done_async;
  phone->probe_finish = fake_done_finish;
  phone->watch_async = fake_done_async;
  phone->watch_finish = fake_done_finish;
  phone->unwatch_async = fake_done_async;
  phone->unwatch_finish = fake_done_finish;
}

static void
oh_fake_phone_init (OhFakePhone *self)
{
  self->commands = g_string_new (NULL);
  self->outcome = OH_PHONE_OUTCOME_SENT;
}

OhFakePhone *
oh_fake_phone_new (const char *id, OhClock *clock, gboolean watched)
{
  OhFakePhone *self =
    g_object_new (OH_TYPE_FAKE_PHONE, "id", id, "host", "192.0.2.10", "clock", clock, NULL);

  oh_phone_set_capabilities (OH_PHONE (self), OH_PHONE_CAN_DIAL | OH_PHONE_CAN_ANSWER |
                                                OH_PHONE_CAN_HANG_UP | OH_PHONE_CAN_HANG_UP_ALL |
                                                OH_PHONE_CAN_HOLD | OH_PHONE_CAN_DTMF);
  oh_phone_move (OH_PHONE (self), OH_PHONE_STATE_READY, NULL);
  oh_phone_set_watched (OH_PHONE (self), watched);
  return self;
}

void
oh_fake_phone_set_outcome (OhFakePhone *self, OhPhoneOutcome outcome, OhError code)
{
  self->outcome = outcome;
  self->code = code;
}

void
oh_fake_phone_set_busy (OhFakePhone *self, gboolean busy)
{
  self->busy = busy;
}

const char *
oh_fake_phone_commands (OhFakePhone *self)
{
  return self->commands->str;
}

void
oh_fake_phone_tell (OhFakePhone *self, OhPhoneEventKind kind, const char *call, const char *remote)
{
  OhPhoneEvent *event = oh_phone_event_new (kind);

  event->call = g_strdup (call);
  event->remote = g_strdup (remote);
  oh_phone_emit_event (OH_PHONE (self), event);
}
