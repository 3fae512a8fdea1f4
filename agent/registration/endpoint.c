/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "endpoint.h"

#include <string.h>

#define EPID_DIGITS 12
#define UUID_LENGTH 16

/* fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe with its first three fields in little-endian order, the
 * name space of [MS-SIPRE] 3.2.5.3. */
static const guint8 name_space[UUID_LENGTH] = { 0x03, 0xfb, 0xac, 0xfc, 0x73, 0x8a, 0xef, 0x46,
                                                0x91, 0xb1, 0xe5, 0xeb, 0xee, 0xab, 0xa4, 0xfe };

/* What we can be asked for; a server does not send others. */
#define METHODS "INVITE, MESSAGE, INFO, OPTIONS, BYE, CANCEL, NOTIFY, ACK, REFER, BENOTIFY"

char *
oh_endpoint_make_epid (const char *uri, const char *machine_id)
{
  g_autofree char *aor = g_ascii_strdown (uri, -1);
  g_autofree char *both = g_strconcat (aor, "\n", machine_id, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA1, both, -1);

  return g_strndup (digest, EPID_DIGITS);
}

gboolean
oh_endpoint_epid_is_valid (const char *epid)
{
  gsize len = epid != NULL ? strlen (epid) : 0;

  return len > 0 && len <= OH_ENDPOINT_EPID_MAX && strspn (epid, "0123456789abcdefABCDEF") == len;
}

char *
oh_endpoint_instance (const char *epid)
{
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 d[20];
  gsize len = sizeof d;

  g_checksum_update (sha1, name_space, sizeof name_space);
  g_checksum_update (sha1, (const guchar *) epid, (gssize) strlen (epid));
  g_checksum_get_digest (sha1, d, &len);
  d[7] = (d[7] & 0x0f) | 0x50; /* version 5; the third field is little-endian */
  d[8] = (d[8] & 0x3f) | 0x80; /* variant of RFC 4122 */
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          d[3], d[2], d[1], d[0], d[5], d[4], d[7], d[6], d[8], d[9], d[10], d[11],
                          d[12], d[13], d[14], d[15]);
}

char *
oh_endpoint_register_contact (const char *host, guint16 port, const char *epid)
{
  g_autofree char *instance = oh_endpoint_instance (epid);

  return g_strdup_printf ("<sip:%s:%u;transport=tls;ms-opaque=%s>;methods=\"" METHODS
                          "\";proxy=replace;+sip.instance=\"<urn:uuid:%s>\"",
                          host, port, epid, instance);
}

static gboolean
is_ours (OhSlice params, const char *instance)
{
  OhSlice value;
  g_autofree char *expected = g_strconcat ("<urn:uuid:", instance, ">", NULL);

  return oh_sip_params_get (params, "+sip.instance", &value) &&
         oh_slice_equal_case (value, expected);
}

char *
oh_endpoint_gruu (const OhSipMessage *response, const char *epid)
{
  g_autofree char *instance = oh_endpoint_instance (epid);
  g_auto (GStrv) contacts = oh_sip_message_get_list (response, "Contact");

  for (char **contact = contacts; *contact != NULL; contact++)
    {
      OhSipNameAddr parts;
      g_autofree char *gruu = NULL;

      if (!oh_sip_name_addr_parse (oh_slice_str (*contact), &parts) ||
          !is_ours (parts.params, instance))
        continue;
      gruu = oh_sip_params_dup (parts.params, "gruu");
      if (gruu != NULL && strpbrk (gruu, "<>\" ") == NULL &&
          g_ascii_strncasecmp (gruu, "sip:", 4) == 0)
        return g_steal_pointer (&gruu);
    }
  return NULL;
}
