/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-manners.h"

#include <stdio.h>
#include <string.h>

#include "fe-event.h"
#include "fe-value.h"

/* The server answers with diagnostics 4012 beyond that. */
#define EPID_MAX 16

struct _FeManners
{
  char *domain;         /* (owned) */
  GHashTable *branches; /* (owned) (element-type utf8 utf8): a set */
  gint64 second_us;     /* monotonic: when the present second of counting began */
  guint in_second;      /* requests in it */
  GHashTable *cseqs;    /* (owned) (element-type utf8 guint): Call-ID to last CSeq of the client */
};

FeManners *
fe_manners_new (const char *domain)
{
  FeManners *self = g_new0 (FeManners, 1);

  self->domain = g_strdup (domain);
  self->branches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cseqs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
fe_manners_free (FeManners *self)
{
  if (self == NULL)
    return;
  g_free (self->domain);
  g_hash_table_unref (self->branches);
  g_hash_table_unref (self->cseqs);
  g_free (self);
}

/* A UUID's first three fields are little-endian where Microsoft hashes or prints its octets. */
static void
swap_fields (guint8 *uuid)
{
  static const guint8 order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
  guint8 copy[16];

  memcpy (copy, uuid, sizeof copy);
  for (gsize i = 0; i < sizeof copy; i++)
    uuid[i] = copy[order[i]];
}

char *
fe_instance_from_epid (const char *epid)
{
  /* fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe, fields little-endian */
  static const guint8 name_space[16] = { 0x03, 0xfb, 0xac, 0xfc, 0x73, 0x8a, 0xef, 0x46,
                                         0x91, 0xb1, 0xe5, 0xeb, 0xee, 0xab, 0xa4, 0xfe };
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;
  g_autoptr (GString) text = g_string_new (NULL);

  g_checksum_update (sha1, name_space, sizeof name_space);
  g_checksum_update (sha1, (const guchar *) epid, strlen (epid));
  g_checksum_get_digest (sha1, digest, &length);
  swap_fields (digest);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
                            digest[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fe_gruu_new (const char *aor, const char *instance)
{
  guint8 octets[18] = { 0 };
  guint used = 0;
  g_autofree char *base64 = NULL;

  for (const char *p = instance; *p != '\0' && used < 16; p++)
    if (g_ascii_isxdigit (p[0]) && g_ascii_isxdigit (p[1]))
      {
        octets[used++] = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));
        p++;
      }
  swap_fields (octets);
  base64 = g_base64_encode (octets, sizeof octets);
  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  return g_strdup_printf ("sip:%s;opaque=user:epid:%s;gruu", aor, base64);
}

/* Front ends drop what comes faster than that from one client; the tests have few clients, so they
 * are counted together. */
#define REQUESTS_PER_SECOND 25

static void
check_rate (FeManners *self, const char *aor)
{
  gint64 now_us = g_get_monotonic_time ();

  if (now_us - self->second_us >= G_TIME_SPAN_SECOND)
    {
      self->second_us = now_us;
      self->in_second = 0;
    }
  if (++self->in_second == REQUESTS_PER_SECOND + 1)
    fe_event_violation (aor, "too-many-requests", "more than %d in a second", REQUESTS_PER_SECOND);
}

static void
check_from (const FeMessage *request, const char *aor)
{
  const char *from = fe_message_get (request, "From");
  g_autofree char *epid = from != NULL ? fe_value_parameter (from, "epid") : NULL;
  g_autofree char *tag = from != NULL ? fe_value_parameter (from, "tag") : NULL;

  if (epid == NULL || *epid == '\0')
    fe_event_violation (aor, "epid-missing", "%s", request->method);
  else if (strlen (epid) > EPID_MAX || strspn (epid, "0123456789abcdefABCDEF") != strlen (epid))
    fe_event_violation (aor, "epid-form", "\"%s\"", epid);
  if (tag == NULL || *tag == '\0')
    fe_event_violation (aor, "from-tag-missing", "%s", request->method);
}

static void
check_via (FeManners *self, const FeMessage *request, const char *aor)
{
  const char *via = fe_message_get (request, "Via");
  g_autofree char *branch = via != NULL ? fe_value_parameter (via, "branch") : NULL;

  if (branch == NULL || !g_str_has_prefix (branch, "z9hG4bK"))
    fe_event_violation (aor, "branch-missing", "%s", request->method);
  else if (strcmp (request->method, "ACK") != 0 && strcmp (request->method, "CANCEL") != 0 &&
           !g_hash_table_add (self->branches, g_steal_pointer (&branch)))
    fe_event_violation (aor, "branch-reused", "%s", via);
}

static void
check_cseq (FeManners *self, const FeMessage *request, const char *aor)
{
  const char *method = NULL;
  const char *call_id = fe_message_get (request, "Call-ID");
  guint number = fe_message_cseq (request, &method);
  guint last;

  if (call_id == NULL || strcmp (method, request->method) != 0)
    {
      fe_event_violation (aor, "cseq-form", "%s", fe_message_get (request, "CSeq"));
      return;
    }
  if (strcmp (method, "ACK") == 0 || strcmp (method, "CANCEL") == 0)
    return;
  last = GPOINTER_TO_UINT (g_hash_table_lookup (self->cseqs, call_id));
  if (number <= last)
    fe_event_violation (aor, "cseq-order", "%u after %u in %s", number, last, call_id);
  g_hash_table_replace (self->cseqs, g_strdup (call_id), GUINT_TO_POINTER (number));
}

/* Before registration the address, afterwards the GRUU and nothing else. */
static void
check_contact (const FeMessage *request, const char *aor, const char *gruu)
{
  const char *contact = fe_message_get (request, "Contact");
  g_autofree char *uri = contact != NULL ? fe_value_uri (contact) : NULL;

  if (contact == NULL)
    {
      if (strcmp (request->method, "REGISTER") == 0 || strcmp (request->method, "SUBSCRIBE") == 0)
        fe_event_violation (aor, "contact-missing", "%s", request->method);
    }
  else if (gruu != NULL && strcmp (request->method, "REGISTER") != 0 && strcmp (uri, gruu) != 0)
    fe_event_violation (aor, "contact-not-gruu", "%s", contact);
}

static void
check_register (FeManners *self, const FeMessage *request, const char *aor)
{
  const char *from = fe_message_get (request, "From");
  const char *to = fe_message_get (request, "To");
  const char *contact = fe_message_get (request, "Contact");
  g_autofree char *target = g_strconcat ("sip:", self->domain, NULL);
  g_autofree char *from_uri = from != NULL ? fe_value_uri (from) : NULL;
  g_autofree char *to_uri = to != NULL ? fe_value_uri (to) : NULL;
  g_autofree char *epid = from != NULL ? fe_value_parameter (from, "epid") : NULL;
  g_autofree char *shown = contact != NULL ? fe_value_parameter (contact, "+sip.instance") : NULL;
  g_autofree char *instance = epid != NULL ? fe_instance_from_epid (epid) : NULL;
  g_autofree char *expected = instance != NULL ? g_strdup_printf ("<urn:uuid:%s>", instance) : NULL;

  if (strcmp (request->uri, target) != 0)
    fe_event_violation (aor, "register-uri", "%s", request->uri);
  if (g_strcmp0 (from_uri, to_uri) != 0)
    fe_event_violation (aor, "third-party-registration", "%s", to_uri);
  if (shown != NULL && expected != NULL && g_ascii_strcasecmp (shown, expected) != 0)
    fe_event_violation (aor, "instance", "%s is not made of epid %s", shown, epid);
}

void
fe_manners_check (FeManners *self, const FeMessage *request, const char *aor, const char *gruu)
{
  gsize body_length = 0;

  fe_message_body_text (request, &body_length);
  check_rate (self, aor);
  check_from (request, aor);
  check_via (self, request, aor);
  check_cseq (self, request, aor);
  check_contact (request, aor, gruu);
  if (strcmp (request->method, "REGISTER") == 0)
    check_register (self, request, aor);
  if (fe_message_get (request, "User-Agent") == NULL)
    fe_event_violation (aor, "user-agent-missing", "%s", request->method);
  if (fe_message_get (request, "Max-Forwards") == NULL)
    fe_event_violation (aor, "max-forwards-missing", "%s", request->method);
  if (body_length > 0 && fe_message_get (request, "Content-Type") == NULL)
    fe_event_violation (aor, "content-type-missing", "%s", request->method);
}
