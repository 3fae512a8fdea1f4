/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "access-levels.h"

#define TYPE_MEMBERS "application/msrtc-setcontainermembers+xml"

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  if (response == NULL)
    g_message ("who may see you was not set: %s", error->message);
  else if (oh_sip_message_status (response) >= 300)
    g_message ("who may see you was not set: the server answers %u",
               oh_sip_message_status (response));
}

void
oh_access_levels_mend (OhSipStack *stack, const char *uri, const OhRoamingSelf *data)
{
  g_autofree char *body = oh_roaming_self_missing_members (data);
  g_autoptr (OhSipMessage) request = NULL;

  if (body == NULL)
    return;
  request = oh_sip_stack_new_request (stack, "SERVICE", uri);
  oh_sip_message_set_body_text (request, TYPE_MEMBERS, body);
  oh_sip_stack_send_async (stack, request, NULL, on_answered, NULL);
}
