/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-rows.h"

GtkListStore *
oh_history_rows_new (void)
{
  return gtk_list_store_new (OH_HISTORY_N_COLUMNS, G_TYPE_INT64, G_TYPE_STRING, G_TYPE_STRING,
                             G_TYPE_STRING, G_TYPE_STRING);
}

static void
set_row (GtkListStore *rows, GtkTreeIter *iter, const OhHistoryCall *call, gint64 now_us)
{
  g_autofree char *partner = oh_history_call_partner (call);
  g_autofree char *line = oh_history_call_line (call);
  g_autofree char *when = oh_history_call_when (call, now_us);
  g_autofree char *text = g_markup_printf_escaped (
    oh_history_call_is_open (call) ? "<b>%s</b>\n<small>%s</small>" : "%s\n<small>%s</small>",
    partner, line);

  gtk_list_store_set (rows, iter, OH_HISTORY_COLUMN_ID, call->id, OH_HISTORY_COLUMN_ICON,
                      oh_history_call_icon (call), OH_HISTORY_COLUMN_TEXT, text,
                      OH_HISTORY_COLUMN_WHEN, when, OH_HISTORY_COLUMN_NUMBER, call->number, -1);
}

static gint64
id_of (GtkListStore *rows, GtkTreeIter *iter)
{
  gint64 id = 0;

  gtk_tree_model_get (GTK_TREE_MODEL (rows), iter, OH_HISTORY_COLUMN_ID, &id, -1);
  return id;
}

/* Newest first, and what changes is new: the first rows are all that is looked at. */
static gboolean
find (GtkListStore *rows, gint64 id, GtkTreeIter *iter)
{
  gboolean valid = gtk_tree_model_get_iter_first (GTK_TREE_MODEL (rows), iter);

  while (valid && id_of (rows, iter) > id)
    valid = gtk_tree_model_iter_next (GTK_TREE_MODEL (rows), iter);
  return valid && id_of (rows, iter) == id;
}

void
oh_history_rows_append (GtkListStore *rows, const OhHistoryCall *call, gint64 now_us)
{
  GtkTreeIter iter;

  gtk_list_store_append (rows, &iter);
  set_row (rows, &iter, call, now_us);
}

void
oh_history_rows_put (GtkListStore *rows, const OhHistoryCall *call, gboolean insert, gint64 now_us)
{
  GtkTreeIter iter;

  if (find (rows, call->id, &iter))
    {
      set_row (rows, &iter, call, now_us);
      return;
    }
  if (!insert || (gtk_tree_model_get_iter_first (GTK_TREE_MODEL (rows), &iter) &&
                  id_of (rows, &iter) > call->id))
    return; /* of a page that was not read yet */
  gtk_list_store_prepend (rows, &iter);
  set_row (rows, &iter, call, now_us);
}

void
oh_history_rows_remove (GtkListStore *rows, gint64 id)
{
  GtkTreeIter iter;

  if (find (rows, id, &iter))
    gtk_list_store_remove (rows, &iter);
}

gint64
oh_history_rows_last_id (GtkListStore *rows)
{
  int n = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (rows), NULL);
  GtkTreeIter iter;

  if (n == 0 || !gtk_tree_model_iter_nth_child (GTK_TREE_MODEL (rows), &iter, NULL, n - 1))
    return 0;
  return id_of (rows, &iter);
}
