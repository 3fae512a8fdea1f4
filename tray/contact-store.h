/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhContactColumn:
 * @OH_CONTACT_COLUMN_ICON: name of the presence dot
 * @OH_CONTACT_COLUMN_TEXT: name, and presence and note below it, as Pango markup
 * @OH_CONTACT_COLUMN_NAME: the name alone, for screen readers and type-ahead
 * @OH_CONTACT_N_COLUMNS: how many there are
 */
typedef enum
{
  OH_CONTACT_COLUMN_ICON,
  OH_CONTACT_COLUMN_TEXT,
  OH_CONTACT_COLUMN_NAME,
  OH_CONTACT_N_COLUMNS,
} OhContactColumn;

/* Groups that are shown; a server keeps as many. Who is only in others is with everybody else. */
#define OH_CONTACT_STORE_GROUPS_MAX 64u

/* Name of the group of those who are in no other one. */
#define OH_CONTACT_STORE_DEFAULT "~"

/**
 * OhContactGrouping:
 * @names: (element-type utf8): groups in their order; OH_CONTACT_STORE_DEFAULT is among them
 * @closed: (element-type utf8): set of names whose people are not shown
 *
 * How the contacts stand below headings.
 */
typedef struct
{
  const GPtrArray *names;
  GHashTable *closed;
} OhContactGrouping;

/**
 * OhContactStore:
 *
 * A GtkTreeModel over those contacts that match a query, in order, below a heading for each group
 * where there are several; who is in two groups stands in both. It is told of each change; one
 * costs the same at ten thousand people as at ten. Texts are made when a row is drawn.
 */
#define OH_TYPE_CONTACT_STORE (oh_contact_store_get_type ())
G_DECLARE_FINAL_TYPE (OhContactStore, oh_contact_store, OH, CONTACT_STORE, GObject)

/**
 * oh_contact_store_new:
 * @contacts: (element-type OhTrayContact): everybody
 * @query: words of oh_tray_query_new(); who searches sees no headings
 * @grouping: (nullable): the groups; copied
 *
 * Returns: (transfer full): a model of those of them who match
 */
OhContactStore *oh_contact_store_new (const GPtrArray *contacts, const char *const *query,
                                      const OhContactGrouping *grouping);

/**
 * oh_contact_store_get_length:
 * @self: a store
 *
 * Returns: how many rows it has
 */
guint oh_contact_store_get_length (OhContactStore *self);

/**
 * oh_contact_store_get_contact:
 * @self: a store
 * @row: number of a row
 *
 * Returns: (transfer none) (nullable): the contact; NULL for a heading, or where there is no such
 * row
 */
OhTrayContact *oh_contact_store_get_contact (OhContactStore *self, guint row);

/**
 * oh_contact_store_get_group:
 * @self: a store
 * @row: number of a row
 *
 * Returns: (transfer none) (nullable): name of the group whose heading it is, or in which the
 *   contact stands there; NULL where there are no headings or no such row
 */
const char *oh_contact_store_get_group (OhContactStore *self, guint row);

/**
 * oh_contact_store_find:
 * @self: a store
 * @uri: (nullable): an address; NULL for a heading
 * @group: (nullable): the group to look in first, or whose heading it is
 *
 * Returns: the row, -1 where there is none
 */
int oh_contact_store_find (OhContactStore *self, const char *uri, const char *group);

/**
 * oh_contact_store_put:
 * @self: a store
 * @contact: somebody new, or as they are now
 *
 * Shows, moves, changes or hides the rows, as query, groups and order want it.
 */
void oh_contact_store_put (OhContactStore *self, OhTrayContact *contact);

/**
 * oh_contact_store_drop:
 * @self: a store
 * @uri: an address
 *
 * Removes the rows, if there are any.
 */
void oh_contact_store_drop (OhContactStore *self, const char *uri);

/**
 * oh_contact_store_let_go:
 * @self: (transfer full) (nullable): a store that nobody looks at any more
 *
 * Frees it a little at a time when nothing else is to be done: ten thousand rows at once take as
 * long as half a frame, and whoever types a search lets go of them with the first letter.
 */
void oh_contact_store_let_go (OhContactStore *self);

G_END_DECLS
