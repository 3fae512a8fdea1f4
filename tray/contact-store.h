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

/**
 * OhContactStore:
 *
 * A GtkTreeModel over those contacts that match a query, in order. It is told of each change; one
 * costs the same at ten thousand people as at ten. Texts are made when a row is drawn.
 */
#define OH_TYPE_CONTACT_STORE (oh_contact_store_get_type ())
G_DECLARE_FINAL_TYPE (OhContactStore, oh_contact_store, OH, CONTACT_STORE, GObject)

/**
 * oh_contact_store_new:
 * @contacts: (element-type OhTrayContact): everybody
 * @query: words of oh_tray_query_new()
 *
 * Returns: (transfer full): a model of those of them who match
 */
OhContactStore *oh_contact_store_new (const GPtrArray *contacts, const char *const *query);

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
 * Returns: (transfer none) (nullable): the contact; NULL where there is no such row
 */
OhTrayContact *oh_contact_store_get_contact (OhContactStore *self, guint row);

/**
 * oh_contact_store_find:
 * @self: a store
 * @uri: an address
 *
 * Returns: its row, -1 where it has none
 */
int oh_contact_store_find (OhContactStore *self, const char *uri);

/**
 * oh_contact_store_put:
 * @self: a store
 * @contact: somebody new, or as they are now
 *
 * Shows, moves, changes or hides the row, as the query and the order want it.
 */
void oh_contact_store_put (OhContactStore *self, OhTrayContact *contact);

/**
 * oh_contact_store_drop:
 * @self: a store
 * @uri: an address
 *
 * Removes the row, if there is one.
 */
void oh_contact_store_drop (OhContactStore *self, const char *uri);

G_END_DECLS
