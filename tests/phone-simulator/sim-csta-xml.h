/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimCstaXml:
 * @name: (owned): root element, without its prefix
 * @edition: of ECMA-323, 0 when the namespace is another
 * @fields: (owned) (element-type SimPair): the texts, each named by its path below the root:
 *   "callToBeAnswered/callID"
 *
 * One document, read by GMarkup: this side does not use libxml2.
 */
typedef struct
{
  char *name;
  guint edition;
  GPtrArray *fields;
} SimCstaXml;

/**
 * sim_csta_xml_read:
 *
 * Returns: (transfer full) (nullable): NULL when it is no well-formed document
 */
SimCstaXml *sim_csta_xml_read (const char *text, gsize length);
void sim_csta_xml_free (SimCstaXml *self);

/**
 * sim_csta_xml_get:
 * @name: the last part of a path
 *
 * Returns: (not nullable): "" where it is missing
 */
const char *sim_csta_xml_get (SimCstaXml *self, const char *name);

/**
 * sim_csta_xml_get_in:
 * @parent: the first part of a path
 */
const char *sim_csta_xml_get_in (SimCstaXml *self, const char *parent, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCstaXml, sim_csta_xml_free)

G_END_DECLS
