/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-guard.h"

G_DEFINE_INTERFACE (OhSipGuard, oh_sip_guard, G_TYPE_OBJECT)

static void
oh_sip_guard_default_init (OhSipGuardInterface *iface)
{
}

gboolean
oh_sip_guard_protect (OhSipGuard *self, OhSipMessage *out, GError **error)
{
  g_return_val_if_fail (OH_IS_SIP_GUARD (self), FALSE);
  return OH_SIP_GUARD_GET_IFACE (self)->protect (self, out, error);
}

OhSipVerdict
oh_sip_guard_check (OhSipGuard *self, const OhSipMessage *in, GError **error)
{
  g_return_val_if_fail (OH_IS_SIP_GUARD (self), OH_SIP_VERDICT_DROP);
  return OH_SIP_GUARD_GET_IFACE (self)->check (self, in, error);
}

void
oh_sip_guard_answer_async (OhSipGuard *self, OhSipMessage *response, OhSipMessage *request,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (OH_IS_SIP_GUARD (self));
  OH_SIP_GUARD_GET_IFACE (self)->answer_async (self, response, request, cancellable, callback,
                                               user_data);
}

gboolean
oh_sip_guard_answer_finish (OhSipGuard *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (OH_IS_SIP_GUARD (self), FALSE);
  return OH_SIP_GUARD_GET_IFACE (self)->answer_finish (self, result, error);
}

gboolean
oh_sip_guard_is_of_register (OhSipGuard *self, const OhSipMessage *response,
                             const OhSipMessage *request)
{
  return OH_SIP_GUARD_GET_IFACE (self)->is_of_register (self, response, request);
}

void
oh_sip_guard_reset (OhSipGuard *self)
{
  g_return_if_fail (OH_IS_SIP_GUARD (self));
  OH_SIP_GUARD_GET_IFACE (self)->reset (self);
}

gboolean
oh_sip_guard_is_routine (OhSipGuard *self, const OhSipMessage *response)
{
  OhSipGuardInterface *iface = OH_SIP_GUARD_GET_IFACE (self);

  return iface->is_routine != NULL && iface->is_routine (self, response);
}
