/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roaming-contacts-xml.h"

#include "error.h"
#include "xml-tree.h"

/* Addresses and names; directories stop at 454 and 256. */
#define TEXT_MAX 1024u

static const struct
{
  const char *element;
  gboolean group;
  OhContactListOp op;
} elements[] = {
  { "contact", FALSE, OH_CONTACT_LIST_PUT },
  { "addedContact", FALSE, OH_CONTACT_LIST_PUT },
  { "modifiedContact", FALSE, OH_CONTACT_LIST_PUT },
  { "deletedContact", FALSE, OH_CONTACT_LIST_DELETE },
  { "group", TRUE, OH_CONTACT_LIST_PUT },
  { "addedGroup", TRUE, OH_CONTACT_LIST_PUT },
  { "modifiedGroup", TRUE, OH_CONTACT_LIST_PUT },
  { "deletedGroup", TRUE, OH_CONTACT_LIST_DELETE },
};

static void
entry_free (gpointer data)
{
  OhContactListEntry *entry = data;

  g_free (entry->uri);
  g_free (entry->name);
  g_array_unref (entry->groups);
  g_free (entry);
}

static void
group_free (gpointer data)
{
  OhContactListGroup *group = data;

  g_free (group->name);
  g_free (group);
}

/* "1 4": numbers with blanks between them. */
static GArray *
read_group_ids (const char *text)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  OhSlice rest = oh_slice_trim (oh_slice_str (text));

  while (rest.len > 0 && ids->len < OH_CONTACT_GROUPS_MAX)
    {
      guint64 number;

      if (oh_slice_to_uint (oh_slice_eat_until (&rest, " \t\r\n"), G_MAXUINT32, &number))
        {
          guint32 id = (guint32) number;

          g_array_append_val (ids, id);
        }
      rest = oh_slice_trim (rest);
    }
  return ids;
}

static gboolean
add_entry (OhContactList *self, const xmlNode *node, OhContactListOp op)
{
  g_autofree char *uri = oh_xml_attr_dup (node, "uri", TEXT_MAX);
  OhContactListEntry *entry;

  if (uri == NULL || uri[0] == '\0') /* nobody */
    return TRUE;
  if (self->entries->len >= OH_CONTACT_LIST_MAX)
    return FALSE;
  entry = g_new0 (OhContactListEntry, 1);
  entry->op = op;
  entry->uri = g_steal_pointer (&uri);
  entry->name = oh_xml_attr_dup (node, "name", TEXT_MAX);
  entry->groups = read_group_ids (oh_xml_attr (node, "groups"));
  entry->subscribed = oh_xml_attr_true (node, "subscribed", TRUE);
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

static gboolean
add_group (OhContactList *self, const xmlNode *node, OhContactListOp op)
{
  OhContactListGroup *group;
  guint32 id;

  if (!oh_xml_attr_uint (node, "id", &id))
    return TRUE;
  if (self->groups->len >= OH_CONTACT_GROUPS_MAX)
    return FALSE;
  group = g_new0 (OhContactListGroup, 1);
  group->op = op;
  group->id = id;
  group->name = oh_xml_attr_dup (node, "name", TEXT_MAX);
  g_ptr_array_add (self->groups, group);
  return TRUE;
}

static void
read_element (OhContactList *self, const xmlNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (oh_xml_name_is (node, elements[i].element))
      {
        gboolean taken = elements[i].group ? add_group (self, node, elements[i].op)
                                           : add_entry (self, node, elements[i].op);

        self->truncated |= !taken;
        return;
      }
}

OhContactList *
oh_contact_list_new (void)
{
  OhContactList *self = g_new0 (OhContactList, 1);

  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

OhContactList *
oh_contact_list_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, NULL, error);
  const xmlNode *root = doc != NULL ? oh_xml_root (doc) : NULL;
  const char *mode;
  OhContactList *self;

  if (doc == NULL)
    return NULL;
  if (!oh_xml_name_is (root, "contactList") && !oh_xml_name_is (root, "contactDelta"))
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "XML refused: no contact list");
      return NULL;
    }
  self = oh_contact_list_new ();
  self->delta = oh_xml_name_is (root, "contactDelta");
  oh_xml_attr_uint (root, "deltaNum", &self->number);
  oh_xml_attr_uint (root, "prevDeltaNum", &self->previous);
  mode = oh_xml_attr (root, "ucsmode");
  self->elsewhere = mode != NULL && g_ascii_strcasecmp (mode, "migrated") == 0;
  for (const xmlNode *node = oh_xml_child (root, NULL); node != NULL;
       node = oh_xml_next (node, NULL))
    read_element (self, node);
  return self;
}

void
oh_contact_list_free (OhContactList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->entries);
  g_free (self);
}
