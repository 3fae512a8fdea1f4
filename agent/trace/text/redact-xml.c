/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-xml.h"

#include <string.h>

#include "redact-address.h"
#include "redact-token.h"

typedef struct
{
  OhSlice space; /* blanks before it */
  OhSlice name;
  OhSlice value;
  char quote;
} Attribute;

static const char space_octets[] = " \t\n";

static gboolean
is_one_of (OhSlice word, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (oh_slice_equal_case (word, list[i]))
      return TRUE;
  return FALSE;
}

static OhSlice
local_name (OhSlice name)
{
  gssize colon = oh_slice_find (name, ':');

  return colon < 0 ? name : oh_slice (name.data + colon + 1, name.len - (gsize) colon - 1);
}

/* Attributes whose values are words, times and counters of the protocol ([MS-PRES], [MS-SIP]
 * 2.2): shown as they are, but for addresses in them. */
static gboolean
is_protocol_attribute (OhSlice element, OhSlice attribute)
{
  static const char *const kept[] = {
    "xmlns",
    "type",
    "instance",
    "container",
    "version",
    "expireType",
    "expires",
    "publishTime",
    "endpointId",
    "epid",
    "token",
    "availability",
    "minAvailability",
    "maxAvailability",
    "LCID",
    "id",
    "state",
    "cid",
    "fullState",
    "lastActive",
    "startTime",
    "code",
    "reason",
    "event",
    "acknowledged",
    "deltaNum",
    "subscribed",
    "poolFqdn",
    "categoryName",
    "curVersion",
    "primary",
    "visible",
    "published",
    "encoding",
    "standalone",
    "preferred",
    "schemaLocation",
    "lineType",
    "lineServer",
  };
  static const char *const named[] = { "category", "categories", "action", "publication" };

  if (oh_slice_has_prefix_case (attribute, "xmlns"))
    return TRUE;
  if (oh_slice_equal_case (attribute, "name"))
    return is_one_of (element, named, G_N_ELEMENTS (named));
  return is_one_of (local_name (attribute), kept, G_N_ELEMENTS (kept));
}

static gboolean
is_protocol_text (OhSlice element)
{
  static const char *const kept[] = { "availability",  "basic",       "device",   "lineType",
                                      "telephonyMode", "exumEnabled", "faultcode" };

  return is_one_of (element, kept, G_N_ELEMENTS (kept));
}

static void
append_slice (GString *out, OhSlice slice)
{
  if (slice.len > 0)
    g_string_append_len (out, slice.data, (gssize) slice.len);
}

/* --- tags --- */

static gboolean
is_name (OhSlice name)
{
  for (gsize i = 0; i < name.len; i++)
    if (!g_ascii_isalnum (name.data[i]) && strchr (":_-.", name.data[i]) == NULL)
      return FALSE;
  return name.len > 0 && name.len <= 128;
}

static OhSlice
eat_space (OhSlice *cursor)
{
  OhSlice space = oh_slice (cursor->data, 0);

  while (cursor->len > 0 && strchr (space_octets, cursor->data[0]) != NULL)
    {
      *cursor = oh_slice (cursor->data + 1, cursor->len - 1);
      space.len++;
    }
  return space;
}

static gboolean
eat_attribute (OhSlice *cursor, Attribute *out)
{
  OhSlice ahead = *cursor;

  out->space = eat_space (&ahead);
  out->name = oh_slice_eat_until (&ahead, "= \t\n/\"'<");
  eat_space (&ahead);
  if (!is_name (out->name) || !oh_slice_eat (&ahead, '='))
    return FALSE;
  eat_space (&ahead);
  if (ahead.len == 0 || (ahead.data[0] != '"' && ahead.data[0] != '\''))
    return FALSE;
  out->quote = ahead.data[0];
  ahead = oh_slice (ahead.data + 1, ahead.len - 1);
  out->value = oh_slice_eat_until (&ahead, out->quote == '"' ? "\"" : "'");
  if (!oh_slice_eat (&ahead, out->quote))
    return FALSE;
  *cursor = ahead;
  return TRUE;
}

/* Whom the tag is about: the first value in it that is an address and nothing else. */
static const char *
find_person (const Attribute *attributes, gsize n, OhPseudonyms *names)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GString) scratch = g_string_new (NULL);
      OhSlice value = attributes[i].value;

      if (oh_slice_find (value, '@') > 0 && oh_slice_find (value, ' ') < 0)
        return oh_redact_addresses (value, names, scratch);
    }
  return NULL;
}

static void
append_attribute (OhSlice element, const Attribute *attribute, const char *person,
                  OhPseudonyms *names, GString *out)
{
  append_slice (out, attribute->space);
  append_slice (out, attribute->name);
  g_string_append_c (out, '=');
  g_string_append_c (out, attribute->quote);
  if (is_protocol_attribute (element, attribute->name))
    oh_redact_addresses (attribute->value, names, out);
  else
    {
      if (person != NULL && (oh_slice_equal_case (attribute->name, "name") ||
                             oh_slice_equal_case (attribute->name, "displayName")))
        oh_pseudonyms_alias (names, person, attribute->value);
      oh_redact_words (attribute->value, names, out);
    }
  g_string_append_c (out, attribute->quote);
}

/* Between "<" and ">", both not in it. */
static void
append_tag (OhSlice tag, OhSlice *element, OhPseudonyms *names, GString *out)
{
  Attribute attributes[OH_REDACT_ATTRIBUTES_MAX];
  const char *person;
  OhSlice cursor = tag;
  OhSlice name;
  gsize n = 0;
  gboolean closes = oh_slice_eat (&cursor, '/');

  (void) oh_slice_eat (&cursor, '?');
  name = oh_slice_eat_until (&cursor, " \t\n/?");
  *element = oh_slice (NULL, 0);
  if (!is_name (name))
    return; /* a comment, a declaration, or no tag at all */
  if (!closes)
    *element = local_name (name);
  while (n < OH_REDACT_ATTRIBUTES_MAX && eat_attribute (&cursor, &attributes[n]))
    n++;
  person = find_person (attributes, n, names);
  g_string_append_c (out, '<');
  append_slice (out, oh_slice (tag.data, (gsize) (name.data - tag.data) + name.len));
  for (gsize i = 0; i < n; i++)
    append_attribute (local_name (name), &attributes[i], person, names, out);
  if (tag.len > 1 && strchr ("/?", tag.data[tag.len - 1]) != NULL)
    g_string_append_c (out, tag.data[tag.len - 1]);
  g_string_append_c (out, '>');
}

/* The tag that begins here; FALSE when it never ends. */
static gboolean
eat_tag (OhSlice *cursor, OhSlice *tag)
{
  char quote = '\0';

  for (gsize n = 1; n < cursor->len; n++)
    {
      char c = cursor->data[n];

      if (quote == '\0' && c == '>')
        {
          *tag = oh_slice (cursor->data + 1, n - 1);
          *cursor = oh_slice (cursor->data + n + 1, cursor->len - n - 1);
          return TRUE;
        }
      if (quote == '\0' && (c == '"' || c == '\''))
        quote = c;
      else if (c == quote)
        quote = '\0';
    }
  return FALSE;
}

/* --- between documents --- */

static gboolean
is_mime_line (OhSlice line)
{
  if (oh_slice_has_prefix_case (line, "Content-Type:") ||
      oh_slice_has_prefix_case (line, "Content-ID:") ||
      oh_slice_has_prefix_case (line, "Content-Transfer-Encoding:"))
    return TRUE;
  if (!oh_slice_has_prefix_case (line, "--") || line.len > 74) /* RFC 2046 5.1.1: 70 octets */
    return FALSE;
  for (gsize i = 0; i < line.len; i++)
    if (!g_ascii_isalnum (line.data[i]) && strchr ("'()+_,-./:=?", line.data[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
append_between (OhSlice text, OhPseudonyms *names, GString *out)
{
  while (text.len > 0)
    {
      OhSlice line = oh_slice_eat_until (&text, "\n");

      if (is_mime_line (line))
        oh_redact_addresses (line, names, out);
      else if (oh_slice_trim (line).len > 0)
        g_string_append (out, OH_REDACTED);
      if (oh_slice_eat (&text, '\n'))
        g_string_append_c (out, '\n');
    }
}

static void
append_text (OhSlice text, OhSlice element, gboolean inside, OhPseudonyms *names, GString *out)
{
  if (!inside)
    append_between (text, names, out);
  else if (is_protocol_text (element))
    oh_redact_addresses (text, names, out);
  else
    oh_redact_words (text, names, out);
}

void
oh_redact_xml (OhSlice body, OhPseudonyms *names, GString *out)
{
  OhSlice cursor = body;
  OhSlice element = oh_slice (NULL, 0);
  gssize depth = 0;

  while (cursor.len > 0)
    {
      OhSlice tag;

      append_text (oh_slice_eat_until (&cursor, "<"), element, depth > 0, names, out);
      if (cursor.len == 0)
        return;
      if (!eat_tag (&cursor, &tag))
        {
          g_string_append (out, "<" OH_REDACTED ">");
          return;
        }
      append_tag (tag, &element, names, out);
      if (tag.len > 0 && tag.data[0] == '/')
        depth = MAX (depth - 1, 0);
      else if (element.len > 0 && tag.data[0] != '?' && tag.data[tag.len - 1] != '/')
        depth++;
      if (tag.len > 0 && tag.data[tag.len - 1] == '/')
        element = oh_slice (NULL, 0);
    }
}
