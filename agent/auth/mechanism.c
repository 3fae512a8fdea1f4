/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mechanism.h"

G_DEFINE_INTERFACE (OhMechanism, oh_mechanism, G_TYPE_OBJECT)

static void
oh_mechanism_default_init (OhMechanismInterface *iface)
{
}

const char *
oh_mechanism_scheme (OhMechanism *self)
{
  return OH_MECHANISM_GET_IFACE (self)->scheme (self);
}

void
oh_mechanism_step_async (OhMechanism *self, GBytes *token, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  OH_MECHANISM_GET_IFACE (self)->step_async (self, token, cancellable, callback, user_data);
}

GBytes *
oh_mechanism_step_finish (OhMechanism *self, GAsyncResult *result, gboolean *established,
                          GError **error)
{
  return OH_MECHANISM_GET_IFACE (self)->step_finish (self, result, established, error);
}

GBytes *
oh_mechanism_sign (OhMechanism *self, const char *text, GError **error)
{
  return OH_MECHANISM_GET_IFACE (self)->sign (self, text, error);
}

gboolean
oh_mechanism_verify (OhMechanism *self, const char *text, GBytes *signature, GError **error)
{
  return OH_MECHANISM_GET_IFACE (self)->verify (self, text, signature, error);
}

gint64
oh_mechanism_life_s (OhMechanism *self)
{
  return OH_MECHANISM_GET_IFACE (self)->life_s (self);
}

OhSchemeFailure
oh_mechanism_failure (OhMechanism *self)
{
  return OH_MECHANISM_GET_IFACE (self)->failure (self);
}

OhMechanism *
oh_mechanism_new (const OhMechanismOrder *order)
{
  return order->scheme == OH_AUTH_SCHEME_KERBEROS ? oh_mechanism_gssapi_new (order)
                                                  : oh_mechanism_ntlm_new (order);
}
