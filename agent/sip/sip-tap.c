/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-tap.h"

#include <string.h>

/* Ours carry the signature beside the credentials; a token alone is none ([MS-SIPAE] 2.2.2). */
static gboolean
is_signed (const OhSipMessage *message)
{
  static const char *const headers[][2] = {
    { "Authorization", "response=" },
    { "Proxy-Authorization", "response=" },
    { "Authentication-Info", "rspauth=" },
    { "Proxy-Authentication-Info", "rspauth=" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const char *value;

      for (guint n = 0; (value = oh_sip_message_get_nth (message, headers[i][0], n)) != NULL; n++)
        if (strstr (value, headers[i][1]) != NULL)
          return TRUE;
    }
  return FALSE;
}

void
oh_sip_tap (OhSipTransport *transport, OhWireWay way, GBytes *octets, const OhSipMessage *message,
            const char *dropped)
{
  g_autofree char *verdict = NULL;
  OhWireRecord record = { .way = way };
  gsize len;

  if (!oh_wire_tap_wanted ())
    return;
  if (dropped != NULL)
    verdict = g_strconcat ("dropped: ", dropped, NULL);
  if (transport != NULL)
    {
      record.conversation = oh_sip_transport_id (transport);
      record.peer = oh_sip_transport_peer (transport);
    }
  record.verdict = verdict;
  if (verdict == NULL)
    record.verdict = message != NULL && is_signed (message) ? "pass" : "unsigned";
  record.octets.data = g_bytes_get_data (octets, &len);
  record.octets.len = len;
  oh_wire_tap (&record);
}
