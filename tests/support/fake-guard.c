/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-guard.h"

#include "error.h"

struct _OhFakeGuard
{
  GObject parent;

  guint n_protected;
  guint n_checked;
  gboolean pass_everything;
  GError *refusal; /* (owned) (nullable) */
};

static void fake_guard_iface_init (OhSipGuardInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhFakeGuard, oh_fake_guard, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_SIP_GUARD, fake_guard_iface_init))

static gboolean
fake_protect (OhSipGuard *guard, OhSipMessage *out, GError **error)
{
  OhFakeGuard *self = OH_FAKE_GUARD (guard);

  if (self->refusal != NULL)
    {
      g_propagate_error (error, g_error_copy (self->refusal));
      return FALSE;
    }
  oh_sip_message_set_printf (out, "X-Protected", "%u", ++self->n_protected);
  return TRUE;
}

static OhSipVerdict
fake_check (OhSipGuard *guard, const OhSipMessage *in, GError **error)
{
  OhFakeGuard *self = OH_FAKE_GUARD (guard);
  const char *signature = oh_sip_message_get (in, "X-Signed");

  self->n_checked++;
  if (self->pass_everything || g_strcmp0 (signature, "good") == 0)
    return OH_SIP_VERDICT_PASS;
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "signature: %s", signature);
  return signature != NULL ? OH_SIP_VERDICT_FORGED : OH_SIP_VERDICT_DROP;
}

static void
fake_answer_async (OhSipGuard *guard, OhSipMessage *response, OhSipMessage *request,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (guard, cancellable, callback, user_data);
  const GError *refusal = OH_FAKE_GUARD (guard)->refusal;

  if (refusal != NULL)
    g_task_return_error (task, g_error_copy (refusal));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
fake_answer_finish (OhSipGuard *guard, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The request itself carries the handshake only where the server is called a stranger. */
static gboolean
fake_is_of_register (OhSipGuard *guard, const OhSipMessage *response, const OhSipMessage *request)
{
  return oh_sip_message_get (response, "X-Stranger") == NULL;
}

static gboolean
fake_is_routine (OhSipGuard *guard, const OhSipMessage *response)
{
  return oh_sip_message_get (response, "X-Routine") != NULL;
}

static void
fake_reset (OhSipGuard *guard)
{
}

static void
fake_guard_iface_init (OhSipGuardInterface *iface)
{
  iface->protect = fake_protect;
  iface->check = fake_check;
  iface->answer_async = fake_answer_async;
  iface->answer_finish = fake_answer_finish;
  iface->is_of_register = fake_is_of_register;
  iface->reset = fake_reset;
  iface->is_routine = fake_is_routine;
}

OhFakeGuard *
oh_fake_guard_new (void)
{
  return g_object_new (OH_TYPE_FAKE_GUARD, NULL);
}

guint
oh_fake_guard_n_protected (OhFakeGuard *self)
{
  return self->n_protected;
}

guint
oh_fake_guard_n_checked (OhFakeGuard *self)
{
  return self->n_checked;
}

void
oh_fake_guard_refuse (OhFakeGuard *self, const GError *error)
{
  g_clear_error (&self->refusal);
  self->refusal = error != NULL ? g_error_copy (error) : NULL;
}

void
oh_fake_guard_pass_everything (OhFakeGuard *self)
{
  self->pass_everything = TRUE;
}

static void
oh_fake_guard_finalize (GObject *object)
{
  g_clear_error (&OH_FAKE_GUARD (object)->refusal);
  G_OBJECT_CLASS (oh_fake_guard_parent_class)->finalize (object);
}

static void
oh_fake_guard_class_init (OhFakeGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_fake_guard_finalize;
}

static void
oh_fake_guard_init (OhFakeGuard *self)
{
}
