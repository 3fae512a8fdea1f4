/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor-observer.h"

#include "error.h"

struct _OhDoctorObserver
{
  GObject parent_instance;
};

static gboolean
protect (OhSipGuard *guard, OhSipMessage *out, GError **error)
{
  return TRUE;
}

/* Requests of the peer would be acted on; of answers only the one that is waited for is heard. */
static OhSipVerdict
check (OhSipGuard *guard, const OhSipMessage *in, GError **error)
{
  if (!oh_sip_message_is_request (in))
    return OH_SIP_VERDICT_PASS;
  g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "a request before any association");
  return OH_SIP_VERDICT_DROP;
}

static void
answer_async (OhSipGuard *guard, OhSipMessage *response, OhSipMessage *request,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (guard, cancellable, callback, user_data);

  g_task_return_new_error (task, OH_ERROR, OH_ERROR_NOT_SIGNED_IN, "challenges are only looked at");
}

static gboolean
answer_finish (OhSipGuard *guard, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reset (OhSipGuard *guard)
{
}

static void
guard_iface_init (OhSipGuardInterface *iface)
{
  iface->protect = protect;
  iface->check = check;
  iface->answer_async = answer_async;
  iface->answer_finish = answer_finish;
  iface->reset = reset;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (OhDoctorObserver, oh_doctor_observer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_SIP_GUARD, guard_iface_init))

static void
oh_doctor_observer_class_init (OhDoctorObserverClass *klass)
{
}

static void
oh_doctor_observer_init (OhDoctorObserver *self)
{
}

OhSipGuard *
oh_doctor_observer_new (void)
{
  return g_object_new (OH_TYPE_DOCTOR_OBSERVER, NULL);
}
