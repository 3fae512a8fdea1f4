/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "xml-tree.h"

#include <libxml/parser.h>
#include <string.h>

#include "error.h"

static void
refuse (GError **error, const char *why)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "XML refused: %s", why);
}

/* Real UTF-16 shows by its mark or by the zero octet beside the first '<'. */
static char *
utf8_from_utf16 (OhSlice bytes)
{
  const guchar *octet = (const guchar *) bytes.data;
  g_autofree gunichar2 *units = NULL;
  gboolean big;

  if (bytes.len < 2 || bytes.len % 2 != 0)
    return NULL;
  big = (octet[0] == 0xfe && octet[1] == 0xff) || (octet[0] == 0 && octet[1] == '<');
  if (!big && !(octet[0] == 0xff && octet[1] == 0xfe) && !(octet[0] == '<' && octet[1] == 0))
    return NULL;
  units = g_new (gunichar2, bytes.len / 2);
  for (gsize i = 0; i < bytes.len / 2; i++)
    units[i] = (gunichar2) (octet[2 * i] << (big ? 8 : 0) | octet[2 * i + 1] << (big ? 0 : 8));
  return g_utf16_to_utf8 (units, (glong) (bytes.len / 2), NULL, NULL, NULL);
}

static gboolean
skip_past (OhSlice *text, const char *begin, const char *end)
{
  const char *at;
  gsize begin_len = strlen (begin);

  if (text->len < begin_len || memcmp (text->data, begin, begin_len) != 0)
    return FALSE;
  at = g_strstr_len (text->data + begin_len, (gssize) (text->len - begin_len), end);
  if (at == NULL)
    return FALSE;
  at += strlen (end);
  text->len -= (gsize) (at - text->data);
  text->data = at;
  return TRUE;
}

/*
 * Moves to the root element. The declaration is left out with the rest of the prolog: what it
 * says about the encoding is either UTF-8 or wrong by now. A document type declaration never
 * reaches the library.
 */
static gboolean
skip_prolog (OhSlice *text)
{
  if (text->len >= 3 && memcmp (text->data, "\xef\xbb\xbf", 3) == 0)
    *text = oh_slice (text->data + 3, text->len - 3);
  do
    *text = oh_slice_trim (*text);
  while (skip_past (text, "<?", "?>") || skip_past (text, "<!--", "-->"));
  return text->len > 1 && text->data[0] == '<' && text->data[1] != '!' && text->data[1] != '?';
}

static gboolean
too_much_markup (OhSlice text)
{
  guint count = 0;

  if (text.len <= OH_XML_MARKUP_MAX) /* not that many octets at all */
    return FALSE;
  for (gsize i = 0; i < text.len; i++)
    count += text.data[i] == '<' || text.data[i] == '=';
  return count > OH_XML_MARKUP_MAX;
}

/* Comments and the like hold what looks like tags and is none. One without an end is the end. */
static gboolean
skip_no_tag (OhSlice *text)
{
  static const char *const kinds[][2] = { { "<!--", "-->" },
                                          { "<![CDATA[", "]]>" },
                                          { "<?", "?>" } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (text->len >= strlen (kinds[i][0]) &&
        memcmp (text->data, kinds[i][0], strlen (kinds[i][0])) == 0)
      {
        if (!skip_past (text, kinds[i][0], kinds[i][1]))
          text->len = 0;
        return TRUE;
      }
  return FALSE;
}

/* Takes one tag, whose '<' is in front. A '<' within it, quoted or not, is no XML: there the next
 * tag begins for us, and the parser ends. FALSE when it has too many attributes. */
static gboolean
eat_tag (OhSlice *text, gboolean *out_empty)
{
  guint attributes = 0;
  char quote = '\0', last = '\0';
  gsize i;

  for (i = 1; i < text->len && text->data[i] != '<' && (quote != '\0' || text->data[i] != '>'); i++)
    {
      char c = text->data[i];

      attributes += quote == '\0' && c == '=';
      if (quote == '\0' && (c == '"' || c == '\''))
        quote = c;
      else if (c == quote)
        quote = '\0';
      last = c;
    }
  *text = oh_slice (text->data + i, text->len - i);
  *out_empty = last == '/';
  return attributes <= OH_XML_ATTRIBUTES_MAX;
}

/* Before the library sees it: some of what it does grows with the square of these. */
static const char *
bad_shape (OhSlice text)
{
  guint depth = 0;
  const char *tag;

  while (text.len > 1 && (tag = memchr (text.data, '<', text.len)) != NULL)
    {
      gboolean empty, closes;

      text = oh_slice (tag, text.len - (gsize) (tag - text.data));
      if (skip_no_tag (&text))
        continue;
      closes = text.len > 1 && tag[1] == '/';
      if (!eat_tag (&text, &empty))
        return "too many attributes";
      if (!closes && depth == OH_XML_DEPTH_MAX)
        return "too deep";
      if (closes && depth > 0)
        depth--;
      else if (!closes && !empty)
        depth++;
    }
  return NULL;
}

/* Without declaration and without a named encoding the library takes the octets as UTF-8, which
 * they are by now, and does not copy them once more. */
static xmlDoc *
read_tree (OhSlice text, GError **error)
{
  const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                      XML_PARSE_NOBLANKS | XML_PARSE_NOCDATA | XML_PARSE_COMPACT;
  xmlParserCtxt *parser = xmlNewParserCtxt ();
  xmlDoc *doc = xmlCtxtReadMemory (parser, text.data, (int) text.len, NULL, NULL, options);

  if (doc == NULL) /* the library's text would quote the document: people stay out of logs */
    g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL,
                 "XML refused: not well-formed (libxml2 error %d, line %d)", parser->lastError.code,
                 parser->lastError.line);
  xmlFreeParserCtxt (parser);
  return doc;
}

/* All checks that need no tree. */
static gboolean
prepare (OhSlice bytes, char **out_copy, OhSlice *out_text, GError **error)
{
  const char *bad;

  if (bytes.len > OH_XML_SIZE_MAX)
    {
      refuse (error, "too large");
      return FALSE;
    }
  *out_copy = utf8_from_utf16 (bytes);
  if (*out_copy == NULL && !g_utf8_validate (bytes.data, (gssize) bytes.len, NULL))
    *out_copy = g_utf8_make_valid (bytes.data, (gssize) bytes.len);
  *out_text = *out_copy != NULL ? oh_slice_str (*out_copy) : bytes;
  if (!skip_prolog (out_text))
    {
      refuse (error, "no root element, or a document type declaration before it");
      return FALSE;
    }
  if (too_much_markup (*out_text))
    {
      refuse (error, "too many elements and attributes");
      return FALSE;
    }
  bad = bad_shape (*out_text);
  if (bad != NULL)
    {
      refuse (error, bad);
      return FALSE;
    }
  return TRUE;
}

xmlDoc *
oh_xml_parse (OhSlice bytes, const char *root, GError **error)
{
  g_autofree char *copy = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  OhSlice text;

  if (bytes.len == 0)
    {
      refuse (error, "empty");
      return NULL;
    }
  if (!prepare (bytes, &copy, &text, error))
    return NULL;
  doc = read_tree (text, error);
  if (doc == NULL)
    return NULL;
  if (root != NULL && !oh_xml_name_is (oh_xml_root (doc), root))
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "XML refused: its root is not “%s”", root);
      return NULL;
    }
  return g_steal_pointer (&doc);
}

const xmlNode *
oh_xml_root (const xmlDoc *doc)
{
  return xmlDocGetRootElement (doc);
}

gboolean
oh_xml_name_is (const xmlNode *node, const char *local)
{
  return node != NULL && node->type == XML_ELEMENT_NODE &&
         strcmp ((const char *) node->name, local) == 0;
}

static const xmlNode *
first_of (const xmlNode *node, const char *local)
{
  while (node != NULL && !(node->type == XML_ELEMENT_NODE &&
                           (local == NULL || strcmp ((const char *) node->name, local) == 0)))
    node = node->next;
  return node;
}

const xmlNode *
oh_xml_child (const xmlNode *parent, const char *local)
{
  return parent != NULL ? first_of (parent->children, local) : NULL;
}

const xmlNode *
oh_xml_next (const xmlNode *node, const char *local)
{
  return first_of (node->next, local);
}

const char *
oh_xml_attr (const xmlNode *node, const char *local)
{
  for (const xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    if (strcmp ((const char *) attr->name, local) == 0) /* without entities the value is one node */
      return attr->children != NULL && attr->children->content != NULL
               ? (const char *) attr->children->content
               : "";
  return NULL;
}

static char *
dup_bounded (const char *text, gsize max)
{
  OhSlice slice = oh_slice_trim (oh_slice_str (text));

  while (slice.len > max)
    slice.len = (gsize) (g_utf8_find_prev_char (slice.data, slice.data + slice.len) - slice.data);
  return oh_slice_dup (oh_slice_trim (slice));
}

char *
oh_xml_attr_dup (const xmlNode *node, const char *local, gsize max)
{
  const char *value = oh_xml_attr (node, local);

  return value != NULL ? dup_bounded (value, max) : NULL;
}

gboolean
oh_xml_attr_uint (const xmlNode *node, const char *local, guint32 *out)
{
  const char *value = oh_xml_attr (node, local);
  guint64 number;

  if (value == NULL ||
      !oh_slice_to_uint (oh_slice_trim (oh_slice_str (value)), G_MAXUINT32, &number))
    return FALSE;
  *out = (guint32) number;
  return TRUE;
}

gint64
oh_xml_attr_time (const xmlNode *node, const char *local)
{
  const char *value = oh_xml_attr (node, local);
  g_autoptr (GTimeZone) utc = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (value == NULL || value[0] == '\0')
    return 0;
  utc = g_time_zone_new_utc ();
  time = g_date_time_new_from_iso8601 (value, utc);
  if (time == NULL)
    return 0;
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

gboolean
oh_xml_attr_true (const xmlNode *node, const char *local, gboolean otherwise)
{
  const char *value = oh_xml_attr (node, local);

  if (value == NULL)
    return otherwise;
  return g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0;
}

char *
oh_xml_text (const xmlNode *node, gsize max)
{
  g_autoptr (GString) text = NULL;

  if (node == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_TEXT_NODE && child->content != NULL)
      g_string_append (text, (const char *) child->content);
  return text->len > 0 ? dup_bounded (text->str, max) : NULL;
}

/* XML 1.0 2.2 */
static gboolean
allowed (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xfffe) || c > 0xffff;
}

void
oh_xml_append_escaped (GString *xml, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return;
  valid = g_utf8_make_valid (text, -1);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    switch (*at)
      {
      case '&': g_string_append (xml, "&amp;"); break;
      case '<': g_string_append (xml, "&lt;"); break;
      case '>': g_string_append (xml, "&gt;"); break;
      case '"': g_string_append (xml, "&quot;"); break;
      case '\'': g_string_append (xml, "&apos;"); break;
      default:
        if (allowed (g_utf8_get_char (at)))
          g_string_append_len (xml, at, g_utf8_next_char (at) - at);
      }
}
