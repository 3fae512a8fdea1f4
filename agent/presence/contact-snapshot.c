/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of the contact list is to be kept; part of contacts.h. */

#include "contact-private.h"
#include "contacts.h"
#include "roster-file.h"

static void
add_group (OhContactSnapshot *snapshot, const OhContactGroup *group)
{
  OhContactListGroup *given = g_new0 (OhContactListGroup, 1);

  given->id = group->id;
  given->name = g_strdup (group->name);
  g_ptr_array_add (snapshot->list->groups, given);
}

static void
add_contact (OhContactSnapshot *snapshot, OhContacts *contacts, OhContact *contact)
{
  OhContactListEntry *given = g_new0 (OhContactListEntry, 1);

  given->uri = g_strdup (oh_contact_uri (contact));
  given->name = g_strdup (oh_contact_list_name (contact));
  given->groups = g_array_copy ((GArray *) oh_contacts_group_ids (contacts, contact));
  given->subscribed = oh_contact_subscribed (contact);
  g_ptr_array_add (snapshot->list->entries, given);
  g_ptr_array_add (snapshot->cards, oh_contact_dup_card (contact));
}

OhContactSnapshot *
oh_contacts_snapshot_begin (OhContacts *self)
{
  OhContactSnapshot *snapshot = oh_contact_snapshot_new ();
  const GPtrArray *groups = oh_contact_groups_list (oh_contacts_groups (self));

  snapshot->list->number = oh_contacts_number (self);
  for (guint i = 0; i < groups->len; i++)
    add_group (snapshot, g_ptr_array_index (groups, i));
  return snapshot;
}

gboolean
oh_contacts_snapshot_add (OhContacts *self, OhContactSnapshot *snapshot, guint n)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self));
  guint from = snapshot->list->entries->len;
  guint end = MIN (from + n, all);

  for (guint i = from; i < end; i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (G_LIST_MODEL (self), i);

      add_contact (snapshot, self, contact);
    }
  return end < all;
}
