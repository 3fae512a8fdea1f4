/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-names.h"

#include <string.h>

#include "redact-address.h"
#include "redact-token.h"
#include "redact-xml.h"

/* What a header tells of people. */
typedef enum
{
  HEADER_UNKNOWN, /* nobody knows what it says: not shown */
  HEADER_PLAIN,   /* words of the protocol, addresses at most */
  HEADER_OPAQUE,  /* made by machines: shown as it is */
  HEADER_PEOPLE,  /* "Display Name" <sip:user@host>;params */
  HEADER_LOGIN,   /* credentials */
} HeaderKind;

static const struct
{
  const char *name;
  HeaderKind kind;
} headers[] = {
  { "Via", HEADER_OPAQUE },
  { "v", HEADER_OPAQUE },
  { "Call-ID", HEADER_OPAQUE },
  { "i", HEADER_OPAQUE },
  { "CSeq", HEADER_OPAQUE },
  { "Max-Forwards", HEADER_OPAQUE },
  { "Content-Length", HEADER_OPAQUE },
  { "l", HEADER_OPAQUE },
  { "Date", HEADER_OPAQUE },
  { "Expires", HEADER_OPAQUE },
  { "Min-Expires", HEADER_OPAQUE },
  { "Retry-After", HEADER_OPAQUE },
  { "Timestamp", HEADER_OPAQUE },
  { "RSeq", HEADER_OPAQUE },
  { "RAck", HEADER_OPAQUE },
  { "Session-Expires", HEADER_OPAQUE },
  { "Min-SE", HEADER_OPAQUE },
  { "User-Agent", HEADER_PLAIN },
  { "Server", HEADER_PLAIN },
  { "Content-Type", HEADER_PLAIN },
  { "c", HEADER_PLAIN },
  { "Content-Encoding", HEADER_PLAIN },
  { "e", HEADER_PLAIN },
  { "Content-Transfer-Encoding", HEADER_PLAIN },
  { "Content-ID", HEADER_PLAIN },
  { "Content-Disposition", HEADER_PLAIN },
  { "MIME-Version", HEADER_PLAIN },
  { "Event", HEADER_PLAIN },
  { "o", HEADER_PLAIN },
  { "Subscription-State", HEADER_PLAIN },
  { "Supported", HEADER_PLAIN },
  { "k", HEADER_PLAIN },
  { "Require", HEADER_PLAIN },
  { "Proxy-Require", HEADER_PLAIN },
  { "Unsupported", HEADER_PLAIN },
  { "Allow", HEADER_PLAIN },
  { "Allow-Events", HEADER_PLAIN },
  { "u", HEADER_PLAIN },
  { "Accept", HEADER_PLAIN },
  { "Accept-Encoding", HEADER_PLAIN },
  { "Accept-Language", HEADER_PLAIN },
  { "Warning", HEADER_PLAIN },
  { "Reason", HEADER_PLAIN },
  { "Location", HEADER_PLAIN },
  { "Presence-State", HEADER_PLAIN },
  { "SIP-ETag", HEADER_PLAIN },
  { "SIP-If-Match", HEADER_PLAIN },
  { "Via-Server", HEADER_PLAIN },
  { "Record-Route", HEADER_PLAIN },
  { "Route", HEADER_PLAIN },
  { "Path", HEADER_PLAIN },
  { "Service-Route", HEADER_PLAIN },
  { "Deltas", HEADER_PLAIN },
  { "From", HEADER_PEOPLE },
  { "f", HEADER_PEOPLE },
  { "To", HEADER_PEOPLE },
  { "t", HEADER_PEOPLE },
  { "Contact", HEADER_PEOPLE },
  { "m", HEADER_PEOPLE },
  { "Referred-By", HEADER_PEOPLE },
  { "Refer-To", HEADER_PEOPLE },
  { "Reply-To", HEADER_PEOPLE },
  { "P-Asserted-Identity", HEADER_PEOPLE },
  { "P-Preferred-Identity", HEADER_PEOPLE },
  { "Remote-Party-ID", HEADER_PEOPLE },
  { "Diversion", HEADER_PEOPLE },
  { "History-Info", HEADER_PEOPLE },
  { "Authorization", HEADER_LOGIN },
  { "Proxy-Authorization", HEADER_LOGIN },
  { "WWW-Authenticate", HEADER_LOGIN },
  { "Proxy-Authenticate", HEADER_LOGIN },
  { "Authentication-Info", HEADER_LOGIN },
  { "Proxy-Authentication-Info", HEADER_LOGIN },
};

static HeaderKind
kind_of (OhSlice name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    if (oh_slice_equal_case (name, headers[i].name))
      return headers[i].kind;
  /* The vendor's own tell of servers, versions and reasons ([MS-SIPRE] 2.2). */
  return oh_slice_has_prefix_case (name, "ms-") || oh_slice_has_prefix_case (name, "endpoint-")
           ? HEADER_PLAIN
           : HEADER_UNKNOWN;
}

static void
append_slice (GString *out, OhSlice slice)
{
  if (slice.len > 0)
    g_string_append_len (out, slice.data, (gssize) slice.len);
}

/* The display name before "<", with or without quotes; the same person as the address behind it. */
static void
append_display (OhSlice display, OhSlice address, OhPseudonyms *names, GString *out)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  const char *person = oh_redact_addresses (address, names, scratch);
  OhSlice bare = oh_slice_trim (display);
  OhSlice inner = bare;
  OhSlice quoted;

  if (oh_slice_eat_quoted (&inner, &quoted))
    bare = quoted;
  if (bare.len == 0)
    {
      append_slice (out, display);
      return;
    }
  if (person != NULL)
    oh_pseudonyms_alias (names, person, bare);
  g_string_append_printf (out, "%s\"%s\" ", display.data[0] == ' ' ? " " : "",
                          oh_pseudonyms_get (names, OH_PSEUDONYM_TEXT, bare));
}

/* One element of the list: display, address and parameters; up to the comma behind them. */
static OhSlice
eat_person (OhSlice *cursor)
{
  OhSlice begin = *cursor;
  gboolean in_quotes = FALSE;
  gboolean in_angle = FALSE;
  gsize n = 0;

  for (; n < begin.len; n++)
    {
      char c = begin.data[n];

      if (c == '\\' && in_quotes && n + 1 < begin.len)
        n++;
      else if (c == '"')
        in_quotes = !in_quotes;
      else if (!in_quotes && (c == '<' || c == '>'))
        in_angle = c == '<';
      else if (c == ',' && !in_quotes && !in_angle)
        break;
    }
  *cursor = oh_slice (begin.data + n, begin.len - n);
  return oh_slice (begin.data, n);
}

/* Where the "<" of the address stands; the end of @one without one. */
static gsize
find_angle (OhSlice one)
{
  gboolean in_quotes = FALSE;

  for (gsize i = 0; i < one.len; i++)
    {
      if (one.data[i] == '\\' && in_quotes)
        i++;
      else if (one.data[i] == '"')
        in_quotes = !in_quotes;
      else if (one.data[i] == '<' && !in_quotes)
        return i;
    }
  return one.len;
}

static void
append_people (OhSlice value, OhPseudonyms *names, GString *out)
{
  OhSlice cursor = value;

  while (cursor.len > 0)
    {
      OhSlice one = eat_person (&cursor);
      gsize angle = find_angle (one);
      OhSlice address = oh_slice (one.data + angle, one.len - angle);
      OhSlice rest = address;
      OhSlice uri = oh_slice_eat_until (&rest, ">");

      if (angle < one.len)
        append_display (oh_slice (one.data, angle), uri, names, out);
      else
        address = one;
      oh_redact_addresses (address, names, out);
      if (oh_slice_eat (&cursor, ','))
        g_string_append_c (out, ',');
    }
}

static void
append_header (OhSlice line, OhPseudonyms *names, GString *out)
{
  OhSlice value = line;
  OhSlice name = oh_slice_eat_until (&value, ":");

  append_slice (out, name);
  if (!oh_slice_eat (&value, ':'))
    return;
  g_string_append_c (out, ':');
  switch (kind_of (oh_slice_trim (name)))
    {
    case HEADER_OPAQUE: append_slice (out, value); break;
    case HEADER_PLAIN: oh_redact_addresses (value, names, out); break;
    case HEADER_PEOPLE: append_people (value, names, out); break;
    case HEADER_LOGIN: oh_redact_credentials_names (value, names, out); break;
    case HEADER_UNKNOWN:
    default: g_string_append (out, " " OH_REDACTED); break;
    }
}

static gboolean
looks_like_xml (OhSlice body)
{
  OhSlice bare = oh_slice_trim (body);

  return bare.len > 0 && (bare.data[0] == '<' || oh_slice_has_prefix_case (bare, "--"));
}

GString *
oh_redact_names (OhSlice text, OhPseudonyms *names)
{
  GString *out = g_string_sized_new (text.len + 64);
  OhSlice cursor = text;
  gboolean first = TRUE;

  while (cursor.len > 0)
    {
      OhSlice line = oh_slice_eat_until (&cursor, "\n");

      if (first)
        oh_redact_addresses (line, names, out);
      else
        append_header (line, names, out);
      first = FALSE;
      if (oh_slice_eat (&cursor, '\n'))
        g_string_append_c (out, '\n');
      if (line.len == 0)
        break;
    }
  if (looks_like_xml (cursor))
    oh_redact_xml (cursor, names, out);
  else if (oh_slice_trim (cursor).len > 0)
    g_string_append_printf (out, "[%" G_GSIZE_FORMAT " octets " OH_REDACTED "]\n", cursor.len);
  return out;
}

/* --- notes --- */

/* Keys pressed, call ids, line numbers and pages are nobody's secret; everything else in a query
 * is a number or a name. */
static gboolean
is_plain_query (OhSlice name)
{
  static const char *const plain[] = { "key", "settings", "store_settings", "c", "n", "x" };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (oh_slice_equal (name, plain[i]))
      return TRUE;
  return FALSE;
}

static void
append_query_value (OhSlice value, OhPseudonyms *names, GString *out)
{
  g_autofree char *escaped = oh_slice_dup (value);
  g_autofree char *plain = g_uri_unescape_string (escaped, NULL);
  OhSlice text = plain != NULL ? oh_slice_str (plain) : value;

  if (oh_slice_equal (text, OH_REDACTED))
    append_slice (out, text);
  else
    oh_redact_words (text, names, out);
}

static void
append_query (OhSlice query, OhPseudonyms *names, GString *out)
{
  while (query.len > 0)
    {
      OhSlice pair = oh_slice_eat_until (&query, "&");
      OhSlice name = oh_slice_eat_until (&pair, "=");

      append_slice (out, name);
      if (oh_slice_eat (&pair, '='))
        {
          g_string_append_c (out, '=');
          if (is_plain_query (name))
            append_slice (out, pair);
          else
            append_query_value (pair, names, out);
        }
      if (oh_slice_eat (&query, '&'))
        g_string_append_c (out, '&');
    }
}

GString *
oh_redact_note_names (OhSlice text, OhPseudonyms *names)
{
  GString *out = g_string_sized_new (text.len + 64);
  OhSlice cursor = text;

  if (!oh_slice_has_prefix_case (text, "phone-"))
    {
      oh_redact_addresses (text, names, out);
      return out;
    }
  oh_redact_addresses (oh_slice_eat_until (&cursor, "?"), names, out);
  if (oh_slice_eat (&cursor, '?'))
    {
      g_string_append_c (out, '?');
      append_query (cursor, names, out);
    }
  return out;
}
