/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-dialog.h"

G_BEGIN_DECLS

/**
 * OhSipDialogTable:
 *
 * The dialogs that somebody holds, by Call-ID and our tag. Holds none itself: one that is let go by
 * its last owner is not in the table any more.
 */
typedef struct _OhSipDialogTable OhSipDialogTable;

/**
 * oh_sip_dialog_table_new:
 *
 * Returns: (transfer full): an empty table
 */
OhSipDialogTable *oh_sip_dialog_table_new (void);

/**
 * oh_sip_dialog_table_free:
 * @self: (transfer full): a table
 */
void oh_sip_dialog_table_free (OhSipDialogTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipDialogTable, oh_sip_dialog_table_free)

/**
 * oh_sip_dialog_table_add:
 * @self: a table
 * @dialog: a dialog, found from now on as long as somebody holds it
 */
void oh_sip_dialog_table_add (OhSipDialogTable *self, OhSipDialog *dialog);

/**
 * oh_sip_dialog_table_find:
 * @self: a table
 * @request: a request, of ours or of the peer
 * @ours: the header that carries our tag: From of what we send, To of what we get
 *
 * Returns: (transfer none) (nullable): the dialog that it names
 */
OhSipDialog *oh_sip_dialog_table_find (OhSipDialogTable *self, const OhSipMessage *request,
                                       const char *ours);

/**
 * oh_sip_dialog_table_set_contact:
 * @self: a table
 * @contact: (nullable): our Contact for the next request of each dialog
 */
void oh_sip_dialog_table_set_contact (OhSipDialogTable *self, const char *contact);

G_END_DECLS
