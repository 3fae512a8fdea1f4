/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a phone, handed to its body. */

#include "phone.h"

void
oh_phone_set_login (OhPhone *self, const char *user, const char *password)
{
  OH_PHONE_GET_CLASS (self)->set_login (self, user, password);
}

void
oh_phone_set_login_at (OhPhone *self, OhPhoneLevel level, const char *user, const char *password)
{
  OhPhoneClass *class = OH_PHONE_GET_CLASS (self);

  g_return_if_fail (level < OH_N_PHONE_LEVELS);
  if (class->set_login_at != NULL)
    class->set_login_at (self, level, user, password);
  else if (level == OH_PHONE_LEVEL_USER)
    class->set_login (self, user, password);
}

void
oh_phone_expect (OhPhone *self)
{
  OhPhoneClass *class = OH_PHONE_GET_CLASS (self);

  if (class->expect != NULL && oh_phone_get_state (self) == OH_PHONE_STATE_READY)
    class->expect (self);
}

void
oh_phone_set_trust (OhPhone *self, const OhPhoneTrust *trust)
{
  OH_PHONE_GET_CLASS (self)->set_trust (self, trust);
}

void
oh_phone_set_address (OhPhone *self, const char *address)
{
  OhPhoneClass *class = OH_PHONE_GET_CLASS (self);

  if (class->set_address != NULL)
    class->set_address (self, address);
}

void
oh_phone_send_async (OhPhone *self, const OhPhoneCommand *command, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (command->verb < OH_N_PHONE_VERBS);
  OH_PHONE_GET_CLASS (self)->send_async (self, command, cancellable, callback, user_data);
}

OhPhoneOutcome
oh_phone_send_finish (OhPhone *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_GET_CLASS (self)->send_finish (self, result, error);
}

void
oh_phone_probe_async (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  OH_PHONE_GET_CLASS (self)->probe_async (self, cancellable, callback, user_data);
}

gboolean
oh_phone_probe_finish (OhPhone *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_GET_CLASS (self)->probe_finish (self, result, error);
}

void
oh_phone_watch_async (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  OH_PHONE_GET_CLASS (self)->watch_async (self, cancellable, callback, user_data);
}

gboolean
oh_phone_watch_finish (OhPhone *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_GET_CLASS (self)->watch_finish (self, result, error);
}

void
oh_phone_unwatch_async (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  OH_PHONE_GET_CLASS (self)->unwatch_async (self, cancellable, callback, user_data);
}

gboolean
oh_phone_unwatch_finish (OhPhone *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_GET_CLASS (self)->unwatch_finish (self, result, error);
}
