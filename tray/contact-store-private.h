/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contact-store.h"

G_BEGIN_DECLS

/* For the files that together are the store: contact-store.c keeps the rows, contact-store-model.c
 * shows them to GTK. */

/* A line of the list. */
typedef struct
{
  guint group;            /* index of the group; 0 where there are no headings */
  OhTrayContact *contact; /* (owned) (nullable): NULL for the heading */
} OhContactRow;

struct _OhContactStore
{
  GObject parent;

  GStrv query;         /* (owned): who is shown */
  GSequence *rows;     /* (owned) (element-type OhContactRow): in order */
  GHashTable *by_uri;  /* (owned): address → Member (owned) */
  GPtrArray *names;    /* (owned) (element-type utf8): of the groups; none for no headings */
  GHashTable *indices; /* (owned): name, owned by names → index + 1 */
  guint64 closed;      /* a bit for each group whose people are not shown */
  guint counts[OH_CONTACT_STORE_GROUPS_MAX];            /* of people in it */
  GSequenceIter *headings[OH_CONTACT_STORE_GROUPS_MAX]; /* (unowned) */
  guint others;                                         /* index of the default group */
  int stamp; /* tells our iterators from those of another store */
};

#define OH_CONTACT_STORE_BIT(group) (G_GUINT64_CONSTANT (1) << (group))

/**
 * oh_contact_store_set_iter:
 * @self: a store
 * @iter: (out): points at the row, or nowhere
 * @row: (nullable): a place in its rows
 *
 * Returns: whether there is such a row
 */
gboolean oh_contact_store_set_iter (OhContactStore *self, GtkTreeIter *iter, GSequenceIter *row);

/**
 * oh_contact_store_model_init:
 * @iface: the store's GtkTreeModel
 */
void oh_contact_store_model_init (GtkTreeModelIface *iface);

G_END_DECLS
