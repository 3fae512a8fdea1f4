/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-header.h"

#include <string.h>

/* RFC 3261 7.3.3 and the registry of SIP header fields; indexed by letter. */
static const char *const compact_names[26] = {
  ['a' - 'a'] = "Accept-Contact",
  ['b' - 'a'] = "Referred-By",
  ['c' - 'a'] = "Content-Type",
  ['d' - 'a'] = "Request-Disposition",
  ['e' - 'a'] = "Content-Encoding",
  ['f' - 'a'] = "From",
  ['i' - 'a'] = "Call-ID",
  ['j' - 'a'] = "Reject-Contact",
  ['k' - 'a'] = "Supported",
  ['l' - 'a'] = "Content-Length",
  ['m' - 'a'] = "Contact",
  ['n' - 'a'] = "Identity-Info",
  ['o' - 'a'] = "Event",
  ['r' - 'a'] = "Refer-To",
  ['s' - 'a'] = "Subject",
  ['t' - 'a'] = "To",
  ['u' - 'a'] = "Allow-Events",
  ['v' - 'a'] = "Via",
  ['x' - 'a'] = "Session-Expires",
  ['y' - 'a'] = "Identity",
};

OhSlice
oh_sip_header_full_name (OhSlice name)
{
  if (name.len == 1 && g_ascii_isalpha (name.data[0]))
    {
      const char *full = compact_names[g_ascii_tolower (name.data[0]) - 'a'];

      if (full != NULL)
        return oh_slice_str (full);
    }
  return name;
}

/* Up to the first octet of stops that stands outside quotes; to the end where a quote is never
 * closed, because nobody knows what the rest was meant to be. */
static OhSlice
eat_until_unquoted (OhSlice *cursor, const char *stops)
{
  const char *start = cursor->data;
  OhSlice quoted;

  while (cursor->len > 0 && (cursor->data[0] == '\0' || strchr (stops, cursor->data[0]) == NULL))
    {
      gboolean at_quote = cursor->data[0] == '"';

      if (at_quote && oh_slice_eat_quoted (cursor, &quoted))
        continue;
      *cursor = at_quote ? oh_slice (cursor->data + cursor->len, 0)
                         : oh_slice (cursor->data + 1, cursor->len - 1);
    }
  return oh_slice (start, (gsize) (cursor->data - start));
}

/* Past an element: up to a comma outside quotes and angle brackets, or the end. */
static void
skip_element (OhSlice *cursor)
{
  while (cursor->len > 0)
    {
      eat_until_unquoted (cursor, "<,");
      if (cursor->len == 0 || cursor->data[0] == ',')
        return;
      oh_slice_eat_until (cursor, ">"); /* no quotes inside a URI */
    }
}

gboolean
oh_sip_list_next (OhSlice *cursor, OhSlice *item)
{
  while (cursor->len > 0)
    {
      const char *start = cursor->data;
      OhSlice element;

      skip_element (cursor);
      element = oh_slice_trim (oh_slice (start, (gsize) (cursor->data - start)));
      oh_slice_eat (cursor, ',');
      if (element.len > 0)
        {
          *item = element;
          return TRUE;
        }
    }
  return FALSE;
}

/* <uri>, then nothing or parameters. */
static gboolean
parse_bracketed (OhSlice cursor, OhSlice display, OhSipNameAddr *out)
{
  OhSlice uri;

  if (!oh_slice_eat (&cursor, '<'))
    return FALSE;
  uri = oh_slice_eat_until (&cursor, ">");
  if (!oh_slice_eat (&cursor, '>') || uri.len == 0)
    return FALSE;
  cursor = oh_slice_trim (cursor);
  if (cursor.len > 0 && cursor.data[0] != ';')
    return FALSE;
  *out = (OhSipNameAddr){ display, uri, cursor };
  return TRUE;
}

static gboolean
has_any (OhSlice text, const char *octets)
{
  oh_slice_eat_until (&text, octets);
  return text.len > 0;
}

gboolean
oh_sip_name_addr_parse (OhSlice value, OhSipNameAddr *out)
{
  OhSlice cursor = oh_slice_trim (value);
  OhSlice display;

  if (oh_slice_eat_quoted (&cursor, &display))
    {
      oh_slice_eat_space (&cursor);
      return parse_bracketed (cursor, display, out);
    }
  display = oh_slice_trim (eat_until_unquoted (&cursor, "<;"));
  if (cursor.len > 0 && cursor.data[0] == '<')
    return parse_bracketed (cursor, display, out);
  if (display.len == 0 || has_any (display, " \t\"")) /* a name or a quote without an address */
    return FALSE;
  *out = (OhSipNameAddr){ { 0 }, display, cursor }; /* addr-spec: what was read is the URI */
  return TRUE;
}

gboolean
oh_sip_params_next (OhSlice *cursor, OhSlice *name, OhSlice *value)
{
  OhSlice found, quoted = { 0 };
  gboolean any = FALSE;

  do
    oh_slice_eat_space (cursor);
  while (oh_slice_eat (cursor, ';') && (any = TRUE));
  if (!any)
    return FALSE;
  found = oh_slice_trim (oh_slice_eat_until (cursor, "=;"));
  if (found.len == 0)
    return FALSE;
  if (oh_slice_eat (cursor, '='))
    {
      oh_slice_eat_space (cursor);
      if (!oh_slice_eat_quoted (cursor, &quoted))
        quoted = oh_slice_trim (oh_slice_eat_until (cursor, ";"));
    }
  *name = found;
  *value = quoted;
  return TRUE;
}

gboolean
oh_sip_params_get (OhSlice params, const char *name, OhSlice *value)
{
  OhSlice found, text;

  while (oh_sip_params_next (&params, &found, &text))
    if (oh_slice_equal_case (found, name))
      {
        if (value != NULL)
          *value = text;
        return TRUE;
      }
  return FALSE;
}

char *
oh_sip_params_dup (OhSlice params, const char *name)
{
  OhSlice value;

  return oh_sip_params_get (params, name, &value) ? oh_slice_dup (value) : NULL;
}

OhSlice
oh_sip_header_tag (OhSlice value)
{
  OhSipNameAddr addr;
  OhSlice tag = { 0 };

  if (oh_sip_name_addr_parse (value, &addr))
    oh_sip_params_get (addr.params, "tag", &tag);
  return tag;
}

/* "SIP / 2.0 / TLS": blanks may stand around the slashes. */
static gboolean
eat_via_protocol (OhSlice *cursor, OhSlice *transport)
{
  static const char *const fixed[] = { "SIP", "2.0" };

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      if (!oh_slice_equal_case (oh_slice_eat_token (cursor), fixed[i]))
        return FALSE;
      oh_slice_eat_space (cursor);
      if (!oh_slice_eat (cursor, '/'))
        return FALSE;
      oh_slice_eat_space (cursor);
    }
  *transport = oh_slice_eat_token (cursor);
  return transport->len > 0 && oh_slice_eat_space (cursor) > 0;
}

/* host [":" port], blanks allowed around the colon. */
static gboolean
eat_sent_by (OhSlice *cursor, OhSipVia *via)
{
  guint64 port;

  if (oh_slice_eat (cursor, '['))
    {
      via->host = oh_slice_eat_until (cursor, "];");
      if (!oh_slice_eat (cursor, ']'))
        return FALSE;
    }
  else
    via->host = oh_slice_eat_until (cursor, ":; \t");
  if (via->host.len == 0)
    return FALSE;
  oh_slice_eat_space (cursor);
  if (!oh_slice_eat (cursor, ':'))
    return TRUE;
  oh_slice_eat_space (cursor);
  if (!oh_slice_to_uint (oh_slice_eat_until (cursor, "; \t"), G_MAXUINT16, &port))
    return FALSE;
  via->port = (guint16) port;
  oh_slice_eat_space (cursor);
  return TRUE;
}

gboolean
oh_sip_via_parse (OhSlice value, OhSipVia *out)
{
  OhSlice cursor = oh_slice_trim (value);
  OhSipVia via = { 0 };

  if (!eat_via_protocol (&cursor, &via.transport) || !eat_sent_by (&cursor, &via))
    return FALSE;
  if (cursor.len > 0 && cursor.data[0] != ';')
    return FALSE;
  via.params = cursor;
  *out = via;
  return TRUE;
}

gboolean
oh_sip_cseq_parse (OhSlice value, OhSipCSeq *out)
{
  OhSlice cursor = oh_slice_trim (value);
  OhSlice digits = oh_slice_eat_until (&cursor, " \t");
  OhSlice method;
  guint64 number;

  if (!oh_slice_to_uint (digits, G_MAXINT32, &number) || oh_slice_eat_space (&cursor) == 0)
    return FALSE;
  method = oh_slice_eat_token (&cursor);
  if (method.len == 0 || cursor.len > 0)
    return FALSE;
  *out = (OhSipCSeq){ (guint32) number, digits, method };
  return TRUE;
}

char *
oh_sip_quote (const char *text)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (const char *p = text; p != NULL && *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, g_ascii_iscntrl (*p) ? ' ' : *p);
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
