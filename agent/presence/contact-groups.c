/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-groups.h"

struct _OhContactGroups
{
  GPtrArray *list; /* (owned) (element-type OhContactGroup) */
};

static void
group_free (gpointer data)
{
  OhContactGroup *group = data;

  g_free (group->name);
  g_free (group);
}

OhContactGroups *
oh_contact_groups_new (void)
{
  OhContactGroups *self = g_new0 (OhContactGroups, 1);

  self->list = g_ptr_array_new_with_free_func (group_free);
  return self;
}

void
oh_contact_groups_free (OhContactGroups *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->list);
  g_free (self);
}

void
oh_contact_groups_clear (OhContactGroups *self)
{
  g_ptr_array_set_size (self->list, 0);
}

const OhContactGroup *
oh_contact_groups_find (const OhContactGroups *self, guint32 id)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const OhContactGroup *group = g_ptr_array_index (self->list, i);

      if (group->id == id)
        return group;
    }
  return NULL;
}

gboolean
oh_contact_groups_put (OhContactGroups *self, guint32 id, const char *name)
{
  OhContactGroup *group = (OhContactGroup *) oh_contact_groups_find (self, id);

  if (group == NULL)
    {
      if (self->list->len >= OH_ROSTER_GROUPS_MAX)
        return FALSE;
      group = g_new0 (OhContactGroup, 1);
      group->id = id;
      g_ptr_array_add (self->list, group);
    }
  else if (g_strcmp0 (group->name, name) == 0)
    return FALSE;
  g_free (group->name);
  group->name = g_strdup (name != NULL ? name : "");
  return TRUE;
}

gboolean
oh_contact_groups_remove (OhContactGroups *self, guint32 id)
{
  return g_ptr_array_remove (self->list, (gpointer) oh_contact_groups_find (self, id));
}

static char *
fold (const char *name)
{
  g_autofree char *whole = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);

  return whole != NULL ? g_utf8_casefold (whole, -1) : g_strdup (name);
}

const OhContactGroup *
oh_contact_groups_find_name (const OhContactGroups *self, const char *name)
{
  g_autofree char *wanted = fold (name);
  const OhContactGroup *similar = NULL;

  for (guint i = 0; i < self->list->len; i++)
    {
      const OhContactGroup *group = g_ptr_array_index (self->list, i);
      g_autofree char *have = fold (group->name);

      if (g_str_equal (group->name, name))
        return group;
      if (similar == NULL && g_str_equal (have, wanted))
        similar = group;
    }
  return similar;
}

const GPtrArray *
oh_contact_groups_list (const OhContactGroups *self)
{
  return self->list;
}

gboolean
oh_contact_groups_equal (const OhContactGroups *a, const OhContactGroups *b)
{
  if (a->list->len != b->list->len)
    return FALSE;
  for (guint i = 0; i < a->list->len; i++)
    {
      const OhContactGroup *one = g_ptr_array_index (a->list, i);
      const OhContactGroup *other = g_ptr_array_index (b->list, i);

      if (one->id != other->id || !g_str_equal (one->name, other->name))
        return FALSE;
    }
  return TRUE;
}

GStrv
oh_contact_groups_names (const OhContactGroups *self, const GArray *ids)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      const OhContactGroup *group = oh_contact_groups_find (self, g_array_index (ids, guint32, i));

      if (group != NULL && group->name[0] != '\0' &&
          !g_str_equal (group->name, OH_ROSTER_DEFAULT_GROUP))
        g_strv_builder_add (names, group->name);
    }
  return g_strv_builder_end (names);
}
