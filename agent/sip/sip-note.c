/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-note.h"

#include "log.h"

void
oh_sip_note (const char *conversation, const OhSipMessage *message, const char *what)
{
  OhSipNameAddr to;
  OhSipCSeq cseq = { 0 };
  g_autofree char *uri = NULL;
  g_autofree char *person = NULL;

  if (oh_sip_name_addr_parse (oh_sip_message_get_slice (message, "To"), &to))
    uri = oh_slice_dup (to.uri);
  person = oh_log_uri (uri);
  oh_sip_message_cseq (message, &cseq);
  g_debug ("[%s %s #%u %u %s] %s", conversation, oh_sip_message_method (message), cseq.number,
           oh_sip_message_status (message), person, what);
}
