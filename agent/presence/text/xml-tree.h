/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/tree.h>

#include "slice.h"

G_BEGIN_DECLS

/* The largest body the framer lets through; a list of 10,000 contacts has 2 MiB. */
#define OH_XML_SIZE_MAX ((gsize) 4 * 1024 * 1024)
/* The deepest document of the specifications nests 12 levels. */
#define OH_XML_DEPTH_MAX 32u
/* Number of '<' and '=' together. 10,000 contacts have 80,000; a tree needs about 200 octets for
 * each, so this is what keeps a body of 4 MiB from becoming half a gigabyte. */
#define OH_XML_MARKUP_MAX 400000u

/* Attributes and namespaces of one element. The documents of the specifications have ten; a parser
 * compares each with all before it, and takes minutes over a hundred thousand. */
#define OH_XML_ATTRIBUTES_MAX 32u

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

/**
 * oh_xml_parse:
 * @bytes: a document from the network
 * @root: (nullable): the local name its root element must have; NULL for any
 * @error: (out) (optional): OH_ERROR_PROTOCOL; the message quotes nothing of the document
 *
 * Reads a document without trusting it: no network, no document type declaration and with that no
 * entities, and none of the limits above exceeded. An encoding declaration is passed over where
 * the octets show that it lies (some gateways say UTF-16 over UTF-8); octets that are not UTF-8
 * become U+FFFD.
 *
 * Returns: (transfer full) (nullable): the tree
 */
xmlDoc *oh_xml_parse (OhSlice bytes, const char *root, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_xml_root:
 * @doc: a tree of oh_xml_parse()
 *
 * Returns: (transfer none): its root element
 */
const xmlNode *oh_xml_root (const xmlDoc *doc);

/**
 * oh_xml_name_is:
 * @node: (nullable): an element
 * @local: a local name
 *
 * Names are compared without their namespace everywhere: servers and gateways get it wrong.
 *
 * Returns: whether @node is an element of that name
 */
gboolean oh_xml_name_is (const xmlNode *node, const char *local);

/**
 * oh_xml_child:
 * @parent: (nullable): an element
 * @local: (nullable): a local name, NULL for any element
 *
 * Returns: (transfer none) (nullable): its first child element of that name
 */
const xmlNode *oh_xml_child (const xmlNode *parent, const char *local);

/**
 * oh_xml_next:
 * @node: an element
 * @local: (nullable): a local name, NULL for any element
 *
 * Returns: (transfer none) (nullable): the next sibling element of that name
 */
const xmlNode *oh_xml_next (const xmlNode *node, const char *local);

/**
 * oh_xml_attr:
 * @node: an element
 * @local: a local name
 *
 * Returns: (transfer none) (nullable): the value of the attribute, valid as long as the tree; NULL
 *   when there is none
 */
const char *oh_xml_attr (const xmlNode *node, const char *local);

/**
 * oh_xml_attr_dup:
 * @node: an element
 * @local: a local name
 * @max: the most octets to take over; cut at a character
 *
 * Returns: (transfer full) (nullable): the value of the attribute without blanks around it
 */
char *oh_xml_attr_dup (const xmlNode *node, const char *local, gsize max);

/**
 * oh_xml_attr_uint:
 * @node: an element
 * @local: a local name
 * @out: (out): the number; untouched when there is none
 *
 * Returns: whether the attribute is there and a decimal number of at most 32 bits
 */
gboolean oh_xml_attr_uint (const xmlNode *node, const char *local, guint32 *out);

/**
 * oh_xml_attr_time:
 * @node: an element
 * @local: a local name
 *
 * Reads an xs:dateTime; without a zone it means UTC, as the servers do.
 *
 * Returns: microseconds since 1970 UTC; 0 when there is none or it cannot be read
 */
gint64 oh_xml_attr_time (const xmlNode *node, const char *local);

/**
 * oh_xml_attr_true:
 * @node: an element
 * @local: a local name
 * @otherwise: the value when the attribute is missing
 *
 * Returns: whether the attribute says "true" or "1"
 */
gboolean oh_xml_attr_true (const xmlNode *node, const char *local, gboolean otherwise);

/**
 * oh_xml_text:
 * @node: (nullable): an element
 * @max: the most octets to take over; cut at a character
 *
 * Returns: (transfer full) (nullable): the text directly in it, without blanks around it; NULL
 *   when there is none
 */
char *oh_xml_text (const xmlNode *node, gsize max);

/**
 * oh_xml_append_escaped:
 * @xml: a document being written
 * @text: (nullable): what to append as text or as the value of an attribute
 *
 * Escapes & < > " and ', leaves out what XML 1.0 does not allow at all.
 */
void oh_xml_append_escaped (GString *xml, const char *text);

G_END_DECLS
