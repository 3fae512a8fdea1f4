/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhContactList:
 *
 * People with their presence. Enter or a double click calls the first number; the right mouse
 * button, the menu key or Shift+F10 offers "Call via IP phone" with each of them. Calls go through
 * the application's action "dial".
 *
 * Signal: "filled", without arguments: the number of rows may have changed.
 */
#define OH_TYPE_CONTACT_LIST (oh_contact_list_get_type ())
G_DECLARE_FINAL_TYPE (OhContactList, oh_contact_list, OH, CONTACT_LIST, GtkTreeView)

/**
 * oh_contact_list_set_client:
 * @self: the list
 * @client: whose contacts it shows from now on
 */
void oh_contact_list_set_client (OhContactList *self, OhAgentClient *client);

/**
 * oh_contact_list_set_query:
 * @self: the list
 * @typed: what stands in the search field; "" shows everybody
 */
void oh_contact_list_set_query (OhContactList *self, const char *typed);

/**
 * oh_contact_list_get_length:
 * @self: the list
 *
 * Returns: how many people it shows
 */
guint oh_contact_list_get_length (OhContactList *self);

/**
 * oh_contact_list_call_first:
 * @self: the list
 *
 * Enter in the search field: calls the selected person, else the first one.
 */
void oh_contact_list_call_first (OhContactList *self);

G_END_DECLS
