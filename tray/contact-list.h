/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhContactList:
 *
 * People with their presence, below a heading for each group where there are several. Enter or a
 * double click calls the first number, or opens and closes a group; Left and Right do so, too. The
 * right mouse button, the menu key or Shift+F10 offers "Call via IP phone" with each number, and
 * what changes the list. Calls go through the application's action "dial", changes through the
 * window's actions "rename" (F2), "remove" (Delete) and "move-to" (s, the group).
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
 * oh_contact_list_set_groups:
 * @self: the list
 * @names: (element-type utf8): groups in their order; copied. OH_CONTACT_STORE_DEFAULT stands for
 *   those who are in no other one, last where it is missing
 */
void oh_contact_list_set_groups (OhContactList *self, const GPtrArray *names);

/**
 * oh_contact_list_get_chosen:
 * @self: the list
 * @group: (out) (transfer none) (nullable): the group whose heading is chosen, or in which the
 *   contact stands; NULL where there are no headings
 *
 * Returns: (transfer none) (nullable): the contact that is chosen; NULL for a heading or nobody
 */
OhTrayContact *oh_contact_list_get_chosen (OhContactList *self, const char **group);

/**
 * oh_contact_list_set_query:
 * @self: the list
 * @typed: what stands in the search field; "" shows everybody
 */
void oh_contact_list_set_query (OhContactList *self, const char *typed);

/**
 * oh_contact_list_set_people:
 * @self: a list without a client
 * @people: (element-type OhTrayContact): who is shown from now on
 */
void oh_contact_list_set_people (OhContactList *self, const GPtrArray *people);

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
