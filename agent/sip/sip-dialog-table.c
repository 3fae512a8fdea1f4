/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-dialog-table.h"

struct _OhSipDialogTable
{
  GHashTable *dialogs; /* (owned) (element-type utf8 OhSipDialog): not owned, weakly referenced */
};

static char *
key_of (const char *call_id, OhSlice local_tag)
{
  return g_strdup_printf ("%s\n%.*s", call_id, (int) local_tag.len,
                          local_tag.len > 0 ? local_tag.data : "");
}

OhSipDialogTable *
oh_sip_dialog_table_new (void)
{
  OhSipDialogTable *self = g_new0 (OhSipDialogTable, 1);

  self->dialogs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
on_gone (gpointer user_data, GObject *where_it_was)
{
  OhSipDialogTable *self = user_data;
  GHashTableIter iter;
  gpointer dialog;

  g_hash_table_iter_init (&iter, self->dialogs);
  while (g_hash_table_iter_next (&iter, NULL, &dialog))
    if (dialog == where_it_was)
      g_hash_table_iter_remove (&iter);
}

void
oh_sip_dialog_table_free (OhSipDialogTable *self)
{
  GHashTableIter iter;
  gpointer dialog;

  g_hash_table_iter_init (&iter, self->dialogs);
  while (g_hash_table_iter_next (&iter, NULL, &dialog))
    g_object_weak_unref (dialog, on_gone, self);
  g_hash_table_unref (self->dialogs);
  g_free (self);
}

void
oh_sip_dialog_table_add (OhSipDialogTable *self, OhSipDialog *dialog)
{
  g_hash_table_insert (
    self->dialogs,
    key_of (oh_sip_dialog_call_id (dialog), oh_slice_str (oh_sip_dialog_local_tag (dialog))),
    dialog);
  g_object_weak_ref (G_OBJECT (dialog), on_gone, self);
}

OhSipDialog *
oh_sip_dialog_table_find (OhSipDialogTable *self, const OhSipMessage *request, const char *ours)
{
  g_autofree char *key = key_of (oh_sip_message_get (request, "Call-ID"),
                                 oh_sip_header_tag (oh_sip_message_get_slice (request, ours)));

  return g_hash_table_lookup (self->dialogs, key);
}

void
oh_sip_dialog_table_set_contact (OhSipDialogTable *self, const char *contact)
{
  GHashTableIter iter;
  gpointer dialog;

  g_hash_table_iter_init (&iter, self->dialogs);
  while (g_hash_table_iter_next (&iter, NULL, &dialog))
    oh_sip_dialog_set_contact (dialog, contact);
}
