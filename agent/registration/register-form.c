/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "register-form.h"

#include "endpoint.h"

OhSipMessage *
oh_register_form_new (OhSipStack *stack, const OhRegistrationPlan *plan)
{
  OhSipTransport *transport = oh_sip_stack_transport (stack);
  g_autofree char *registrar = g_strconcat ("sip:", plan->domain, NULL);
  g_autofree char *contact = oh_endpoint_register_contact (
    oh_sip_transport_local_host (transport), oh_sip_transport_local_port (transport), plan->epid);
  OhSipMessage *form = oh_sip_stack_new_request (stack, "REGISTER", registrar);

  oh_sip_message_set_printf (form, "To", "<%s>", plan->uri);
  oh_sip_message_set (form, "Contact", contact);
  oh_sip_message_add (form, "Supported", "gruu-10, adhoclist, msrtc-event-categories");
  oh_sip_message_add (form, "Supported", "ms-forking");
  oh_sip_message_add (form, "ms-keep-alive", "UAC;hop-hop=yes");
  oh_sip_message_add (form, "Event", "registration");
  return form;
}

static char *
own_contact (OhSipTransport *transport, const OhRegistrationPlan *plan,
             const OhRegisterGrant *grant)
{
  if (grant->gruu != NULL)
    return g_strdup_printf ("<%s>", grant->gruu);
  return g_strdup_printf ("<%s:%u;maddr=%s;transport=tls>;proxy=replace", plan->uri,
                          oh_sip_transport_local_port (transport),
                          oh_sip_transport_local_host (transport));
}

void
oh_register_form_tell (OhSipStack *stack, const OhRegistrationPlan *plan,
                       const OhRegisterGrant *grant)
{
  g_autofree char *contact =
    grant != NULL ? own_contact (oh_sip_stack_transport (stack), plan, grant) : NULL;
  const OhSipIdentity identity = { plan->uri, plan->epid, contact, plan->user_agent };

  oh_sip_stack_set_identity (stack, &identity);
}
