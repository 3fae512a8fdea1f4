/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "auth-token.h"

#include <string.h>

#include "ntlm.h"

/* UTF-16 units of a name that are shown; DNS names end at 255. */
#define NAME_SHOWN 255

static const guint8 ntlmssp[8] = "NTLMSSP";

/* [MS-NLMP] 2.2.2.5, in the order of the bits. */
static const struct
{
  guint32 flag;
  const char *name;
} flag_names[] = {
  { OH_NTLM_UNICODE, "UNICODE" },
  { 0x00000002U, "OEM" },
  { OH_NTLM_REQUEST_TARGET, "REQUEST_TARGET" },
  { OH_NTLM_SIGN, "SIGN" },
  { 0x00000020U, "SEAL" },
  { OH_NTLM_DATAGRAM, "DATAGRAM" },
  { 0x00000080U, "LM_KEY" },
  { OH_NTLM_NTLM, "NTLM" },
  { 0x00000800U, "ANONYMOUS" },
  { 0x00001000U, "DOMAIN_SUPPLIED" },
  { 0x00002000U, "WORKSTATION_SUPPLIED" },
  { OH_NTLM_ALWAYS_SIGN, "ALWAYS_SIGN" },
  { 0x00010000U, "TARGET_TYPE_DOMAIN" },
  { 0x00020000U, "TARGET_TYPE_SERVER" },
  { OH_NTLM_EXTENDED_SESSION_SECURITY, "EXTENDED_SESSIONSECURITY" },
  { OH_NTLM_IDENTIFY, "IDENTIFY" },
  { 0x00400000U, "NON_NT_SESSION_KEY" },
  { OH_NTLM_TARGET_INFO, "TARGET_INFO" },
  { OH_NTLM_VERSION, "VERSION" },
  { OH_NTLM_128, "128" },
  { OH_NTLM_KEY_EXCH, "KEY_EXCH" },
  { OH_NTLM_56, "56" },
};

typedef struct
{
  const guint8 *data;
  gsize len;
} Octets;

static guint
get16 (const guint8 *at)
{
  return at[0] | at[1] << 8;
}

static guint32
get32 (const guint8 *at)
{
  return get16 (at) | (guint32) get16 (at + 2) << 16;
}

/* A length, a maximum and an offset at @at; empty where it lies outside. */
static Octets
field (Octets token, gsize at)
{
  gsize len, offset;

  if (token.len < at + 8)
    return (Octets){ NULL, 0 };
  len = get16 (token.data + at);
  offset = get32 (token.data + at + 4);
  if (len == 0 || offset > token.len || len > token.len - offset)
    return (Octets){ NULL, 0 };
  return (Octets){ token.data + offset, len };
}

static void
append_name (GString *out, const char *label, Octets name, gboolean is_unicode)
{
  g_autofree char *text = NULL;
  g_autofree gunichar2 *units = NULL;
  gsize n = MIN (name.len / 2, NAME_SHOWN);

  if (name.len == 0)
    return;
  if (is_unicode)
    {
      units = g_new0 (gunichar2, n + 1);
      for (gsize i = 0; i < n; i++)
        units[i] = (gunichar2) get16 (name.data + 2 * i);
      text = g_utf16_to_utf8 (units, (glong) n, NULL, NULL, NULL);
    }
  else
    text = g_utf8_make_valid ((const char *) name.data, (gssize) MIN (name.len, NAME_SHOWN));
  if (text == NULL)
    return;
  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = '?';
  g_string_append_printf (out, ", %s %s", label, text);
}

static void
append_flags (GString *out, guint32 flags)
{
  g_string_append_printf (out, ", flags 0x%08X (", flags);
  for (gsize i = 0; i < G_N_ELEMENTS (flag_names); i++)
    if (flags & flag_names[i].flag)
      g_string_append_printf (out, "%s ", flag_names[i].name);
  if (out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_printf (out, "), %s keys",
                          flags & OH_NTLM_128  ? "128 bit"
                          : flags & OH_NTLM_56 ? "56 bit"
                                               : "40 bit");
}

static void
append_version (GString *out, Octets token, gsize at, guint32 flags)
{
  if (flags & OH_NTLM_VERSION && token.len >= at + 8)
    g_string_append_printf (out, ", version %u.%u.%u", token.data[at], token.data[at + 1],
                            get16 (token.data + at + 2));
}

/* [MS-NLMP] 2.2.2.1 */
static void
append_target_info (GString *out, Octets info)
{
  static const char *const labels[] = { NULL,           "computer",   "domain",
                                        "DNS computer", "DNS domain", "DNS forest" };
  gsize at = 0;

  while (info.len - at >= 4)
    {
      guint id = get16 (info.data + at);
      gsize len = get16 (info.data + at + 2);

      at += 4;
      if (id == 0 || len > info.len - at)
        return;
      if (id < G_N_ELEMENTS (labels))
        append_name (out, labels[id], (Octets){ info.data + at, len }, TRUE);
      else if (id == 7)
        g_string_append (out, ", time stamp");
      at += len;
    }
}

static void
describe_challenge (GString *out, Octets token, OhAuthToken *found)
{
  g_string_append (out, "NTLM CHALLENGE");
  if (token.len < 32)
    {
      g_string_append (out, ", cut off");
      return;
    }
  found->flags = get32 (token.data + 20);
  append_name (out, "target", field (token, 12), (found->flags & OH_NTLM_UNICODE) != 0);
  append_target_info (out, field (token, 40));
  append_version (out, token, 48, found->flags);
  append_flags (out, found->flags);
}

static void
describe_authenticate (GString *out, Octets token, OhAuthToken *found)
{
  gboolean is_unicode;

  g_string_append (out, "NTLM AUTHENTICATE");
  if (token.len < 64)
    {
      g_string_append (out, ", cut off");
      return;
    }
  found->flags = get32 (token.data + 60);
  found->nt_length = get16 (token.data + 20);
  is_unicode = (found->flags & OH_NTLM_UNICODE) != 0;
  g_string_append (out, found->nt_length == 0    ? ", no NT response"
                        : found->nt_length == 24 ? ", NTLMv1"
                                                 : ", NTLMv2");
  append_name (out, "domain", field (token, 28), is_unicode);
  append_name (out, "user", field (token, 36), is_unicode);
  append_name (out, "workstation", field (token, 44), is_unicode);
  append_version (out, token, 64, found->flags);
  append_flags (out, found->flags);
  g_string_append_printf (out, ", %s",
                          get16 (token.data + 52) > 0 ? "session key sent" : "no session key");
}

/* --- Kerberos ------------------------------------------------------------------------------ */

/* Takes one element (X.690 8.1): its tag, and its content as what is left to read. */
static gboolean
enter (Octets *at, guint8 tag)
{
  gsize len, head = 2;

  if (at->len < 2 || at->data[0] != tag)
    return FALSE;
  len = at->data[1];
  if (len & 0x80)
    {
      gsize n = len & 0x7f;

      if (n == 0 || n > 3 || at->len < 2 + n)
        return FALSE;
      len = 0;
      for (gsize i = 0; i < n; i++)
        len = len << 8 | at->data[2 + i];
      head += n;
    }
  if (len > at->len - head)
    len = at->len - head; /* a trace may have cut it */
  *at = (Octets){ at->data + head, len };
  return TRUE;
}

/* Passes over elements up to one with @tag, then enters it. */
static gboolean
seek (Octets *at, guint8 tag)
{
  while (at->len >= 2 && at->data[0] != tag)
    {
      Octets inside = *at;

      if (!enter (&inside, at->data[0]))
        return FALSE;
      *at = (Octets){ inside.data + inside.len,
                      (gsize) (at->data + at->len - (inside.data + inside.len)) };
    }
  return enter (at, tag);
}

/* RFC 4120 5.3, 5.5.1: AP-REQ, ticket, enc-part, etype. */
static int
ticket_encryption (Octets at)
{
  /* APPLICATION 14, SEQUENCE, [3] ticket, APPLICATION 1, SEQUENCE, [3] enc-part, SEQUENCE,
   * [0] etype, INTEGER */
  static const guint8 path[] = { 0x6e, 0x30, 0xa3, 0x61, 0x30, 0xa3, 0x30, 0xa0, 0x02 };

  for (gsize i = 0; i < G_N_ELEMENTS (path); i++)
    if (!seek (&at, path[i]))
      return -1;
  return at.len == 1 ? at.data[0] : -1;
}

static const char *
encryption_name (int etype)
{
  switch (etype)
    {
    case 3: return "DES-CBC-MD5";
    case 17: return "AES128-CTS-HMAC-SHA1-96";
    case 18: return "AES256-CTS-HMAC-SHA1-96";
    case 19: return "AES128-CTS-HMAC-SHA256-128";
    case 20: return "AES256-CTS-HMAC-SHA384-192";
    case 23: return "RC4-HMAC";
    default: return "unknown encryption";
    }
}

/* RFC 2743 3.1: the mechanism's OID, then what it sends. */
static void
describe_gss (GString *out, Octets token)
{
  static const guint8 krb5[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02 };
  static const guint8 ms_krb5[] = { 0x2a, 0x86, 0x48, 0x82, 0xf7, 0x12, 0x01, 0x02, 0x02 };
  static const guint8 spnego[] = { 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02 };
  Octets oid;
  int etype;

  if (!enter (&token, 0x60))
    return;
  oid = token;
  if (!enter (&oid, 0x06))
    return;
  if (oid.len == sizeof spnego && memcmp (oid.data, spnego, sizeof spnego) == 0)
    {
      g_string_append (out, "SPNEGO token");
      return;
    }
  if (oid.len != sizeof krb5 || (memcmp (oid.data, krb5, sizeof krb5) != 0 &&
                                 memcmp (oid.data, ms_krb5, sizeof ms_krb5) != 0))
    return;
  g_string_append (out, "Kerberos ticket");
  token = (Octets){ oid.data + oid.len, (gsize) (token.data + token.len - (oid.data + oid.len)) };
  if (token.len < 2)
    return;
  etype = ticket_encryption ((Octets){ token.data + 2, token.len - 2 }); /* after the token id */
  if (etype >= 0)
    g_string_append_printf (out, ", %s (%d)", encryption_name (etype), etype);
}

char *
oh_auth_token_describe (const guint8 *data, gsize len, OhAuthToken *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Octets token = { data, len };
  OhAuthToken found = { OH_AUTH_TOKEN_OTHER, 0, 0 };

  if (len >= 12 && memcmp (data, ntlmssp, sizeof ntlmssp) == 0)
    {
      guint32 type = get32 (data + 8);

      found.kind = type == 1   ? OH_AUTH_TOKEN_NEGOTIATE
                   : type == 2 ? OH_AUTH_TOKEN_CHALLENGE
                   : type == 3 ? OH_AUTH_TOKEN_AUTHENTICATE
                               : OH_AUTH_TOKEN_OTHER;
      if (found.kind == OH_AUTH_TOKEN_CHALLENGE)
        describe_challenge (text, token, &found);
      else if (found.kind == OH_AUTH_TOKEN_AUTHENTICATE)
        describe_authenticate (text, token, &found);
      else
        g_string_append_printf (text, "NTLM message of type %u", type);
    }
  else if (len > 2 && data[0] == 0x60)
    {
      found.kind = OH_AUTH_TOKEN_KERBEROS;
      describe_gss (text, token);
    }
  else if (len > 3 && data[0] >= 0x14 && data[0] <= 0x17 && data[1] == 3)
    {
      found.kind = OH_AUTH_TOKEN_TLS;
      g_string_append (text, "TLS handshake");
    }
  if (text->len == 0)
    g_string_append_printf (text, "token of %" G_GSIZE_FORMAT " octets", len);
  if (out != NULL)
    *out = found;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
