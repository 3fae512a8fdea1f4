/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-announce.h"

#include "sim-report.h"

#include <netinet/in.h>
#include <string.h>

#define GROUP "224.0.1.75"
#define PORT 5060

static GSocket *mouth; /* stays open: an answer to it would be seen */

static gboolean
on_answer (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  char buffer[2048];

  if (g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL) > 0)
    {
      JsonObject *line = sim_report_new ("announce-answer");

      sim_report_set (line, "first", strncmp (buffer, "SIP/2.0", 7) == 0 ? "SIP" : "other");
      sim_report_send (line);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
open_mouth (SimPhone *phone, GError **error)
{
  g_autoptr (GSocketAddress) own = g_inet_socket_address_new_from_string (phone->address, 0);
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (own));
  struct in_addr interface;
  g_autoptr (GSource) source = NULL;

  if (mouth != NULL)
    return TRUE;
  mouth = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
  if (mouth == NULL || !g_socket_bind (mouth, own, FALSE, error))
    return FALSE;
  memcpy (&interface, g_inet_address_to_bytes (address), sizeof interface);
  setsockopt (g_socket_get_fd (mouth), IPPROTO_IP, IP_MULTICAST_IF, &interface, sizeof interface);
  source = g_socket_create_source (mouth, G_IO_IN, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (on_answer), NULL, NULL);
  g_source_attach (source, NULL);
  return TRUE;
}

static char *
compose (SimPhone *phone, guint16 port)
{
  const char *mac = sim_settings_get (phone->settings, "mac");
  const char *version = strchr (phone->kind->firmware, ' ');
  gboolean base = phone->kind->server == SIM_SERVER_DECT; /* only those say their name */

  return g_strdup_printf ("SUBSCRIBE sip:MAC%%3a%s@" GROUP " SIP/2.0\r\n"
                          "Via: SIP/2.0/UDP %s:%u;rport\r\n"
                          "From: <sip:MAC%%3a%s@" GROUP ">;tag=%08x\r\n"
                          "To: <sip:MAC%%3a%s@" GROUP ">\r\n"
                          "Call-ID: %08x@%s\r\n"
                          "CSeq: 1 SUBSCRIBE\r\n"
                          "Event: ua-profile;profile-type=\"device\";vendor=\"%s\";model=\"%s\";"
                          "version=\"%s\"\r\n"
                          "Accept: application/url\r\n"
                          "Expires: 0\r\n"
                          "Content-Length: 0\r\n\r\n",
                          mac, phone->address, port, mac, g_random_int (), mac, g_random_int (),
                          phone->address, base ? "snom" : "OEM", base ? phone->kind->model : "OEM",
                          version != NULL ? version + 1 : "");
}

void
sim_announce (SimPhone *phone)
{
  g_autoptr (GSocketAddress) group = g_inet_socket_address_new_from_string (GROUP, PORT);
  g_autoptr (GSocketAddress) own = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!sim_knobs_is (phone->knobs, SIM_KNOB_ANNOUNCE, "yes"))
    return;
  if (open_mouth (phone, &error))
    own = g_socket_get_local_address (mouth, &error);
  if (own != NULL)
    text = compose (phone, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own)));
  if (text == NULL || g_socket_send_to (mouth, group, text, strlen (text), NULL, &error) < 0)
    sim_phone_note (phone, "note", "announce", error->message);
  else
    sim_report_send (sim_report_new ("announced"));
}
