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
 * A GtkTreeModel over those contacts that match a query, in order: a snapshot that never changes.
 * Texts are made when a row is drawn, so ten thousand people cost one sort.
 */
#define OH_TYPE_CONTACT_STORE (oh_contact_store_get_type ())
G_DECLARE_FINAL_TYPE (OhContactStore, oh_contact_store, OH, CONTACT_STORE, GObject)

/**
 * oh_contact_store_new:
 * @contacts: (element-type OhTrayContact): everybody
 * @query: words of oh_tray_query_new()
 *
 * Returns: (transfer full): the snapshot
 */
OhContactStore *oh_contact_store_new (const GPtrArray *contacts, const char *const *query);

/**
 * oh_contact_store_get_length:
 * @self: a snapshot
 *
 * Returns: how many rows it has
 */
guint oh_contact_store_get_length (OhContactStore *self);

/**
 * oh_contact_store_get_contact:
 * @self: a snapshot
 * @row: number of a row
 *
 * Returns: (transfer none) (nullable): the contact; NULL where there is no such row
 */
OhTrayContact *oh_contact_store_get_contact (OhContactStore *self, guint row);

/**
 * oh_contact_store_find:
 * @self: a snapshot
 * @uri: an address
 *
 * Returns: its row, -1 where it has none
 */
int oh_contact_store_find (OhContactStore *self, const char *uri);

G_END_DECLS
