/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer to REGISTER, or a request that ends the registration, read in every way. */

#include "deregistration.h"
#include "error.h"
#include "register-answer.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_response (const OhSipMessage *message)
{
  g_autoptr (OhRegisterGrant) grant = oh_register_grant_read (message, "9f27c46e10ab");
  g_autoptr (GPtrArray) targets = oh_register_redirects (message);
  g_autoptr (GError) error = NULL;
  gint retry_s = oh_register_refusal (message, "fe1", "sip:a@b", &error);

  if (grant->expires_s > OH_REGISTER_EXPIRES_MAX_S ||
      grant->keep_alive_s > OH_REGISTER_KEEP_ALIVE_MAX_S ||
      targets->len > OH_REGISTER_REDIRECTS_MAX || error == NULL || retry_s < OH_REGISTER_NEVER ||
      retry_s > OH_REGISTER_RETRY_MAX_S || !g_utf8_validate (error->message, -1, NULL))
    g_abort ();
}

static void
read_request (const OhSipMessage *message)
{
  g_autoptr (GError) error = NULL;
  gint retry_s;
  gboolean out = oh_deregistration_explain (message, "fe1", "sip:a@b", 0.5, &retry_s, &error);

  if (out != (error != NULL) || retry_s > OH_DEREGISTRATION_RETURN_MAX_S ||
      (error != NULL && !g_utf8_validate (error->message, -1, NULL)))
    g_abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);

  if (message == NULL)
    return 0;
  if (oh_sip_message_is_request (message))
    read_request (message);
  else
    read_response (message);
  return 0;
}
