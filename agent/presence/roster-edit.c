/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "contact-private.h"
#include "contact-soap.h"
#include "error.h"
#include "sip-uri.h"

OhRosterEdit *
oh_roster_edit_copy (const OhRosterEdit *self)
{
  OhRosterEdit *copy = g_new0 (OhRosterEdit, 1);

  copy->kind = self->kind;
  copy->uri = g_strdup (self->uri);
  copy->name = g_strdup (self->name);
  copy->from = g_strdup (self->from);
  copy->to = g_strdup (self->to);
  copy->groups = g_strdupv (self->groups);
  return copy;
}

void
oh_roster_edit_free (OhRosterEdit *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->name);
  g_free (self->from);
  g_free (self->to);
  g_strfreev (self->groups);
  g_free (self);
}

void
oh_roster_plan_free (OhRosterPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->request);
  g_free (self->name);
  g_strfreev (self->groups);
  g_free (self);
}

/* --- what can never be ---------------------------------------------------------------------- */

static gboolean
usage (GError **error, const char *text)
{
  g_set_error_literal (error, OH_ERROR, OH_ERROR_USAGE, text);
  return FALSE;
}

static gboolean
is_about_person (const OhRosterEdit *self)
{
  return self->kind <= OH_ROSTER_REMOVE_CONTACT;
}

static gboolean
has_controls (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static gboolean
check_address (const char *uri, GError **error)
{
  g_autofree char *full = NULL;
  g_autofree char *key = NULL;

  if (uri == NULL || uri[0] == '\0' || !g_utf8_validate (uri, -1, NULL))
    return usage (error, _ ("An address is missing; it looks like “bob@example.org”."));
  if (g_utf8_strlen (uri, -1) > OH_ROSTER_ADDRESS_MAX)
    return usage (error, _ ("The address is longer than the 453 characters that servers keep."));
  full = oh_contact_full_uri (uri);
  key = oh_sip_uri_aor (full);
  if (key == NULL || strchr (key, '@') == NULL || strpbrk (full, " \t\r\n<>\"") != NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                   _ ("“%s” is not an address of a person; it looks like “bob@example.org”."), uri);
      return FALSE;
    }
  return TRUE;
}

/* @what: name of a person or of a group, may be NULL */
static gboolean
check_name (const char *what, GError **error)
{
  if (what == NULL)
    return TRUE;
  if (!g_utf8_validate (what, -1, NULL) || has_controls (what))
    return usage (error, _ ("A name is one line of text."));
  if (g_utf8_strlen (what, -1) > OH_ROSTER_NAME_MAX)
    return usage (error, _ ("The name is longer than the 255 characters that servers keep."));
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t")] == '\0';
}

static gboolean
is_default (const char *group)
{
  return group == NULL || group[0] == '\0' || g_str_equal (group, OH_ROSTER_DEFAULT_GROUP);
}

static gboolean
check_group_edit (const OhRosterEdit *self, GError **error)
{
  if (self->kind != OH_ROSTER_REMOVE_GROUP && is_blank (self->name))
    return usage (error, _ ("A group needs a name."));
  if (self->kind != OH_ROSTER_REMOVE_GROUP && is_default (self->name))
    return usage (error, _ ("“~” is the server's own name for the group of everybody else."));
  if (self->kind != OH_ROSTER_ADD_GROUP && is_default (self->from))
    return usage (error, _ ("The group of everybody else can be neither renamed nor removed."));
  return TRUE;
}

gboolean
oh_roster_edit_check (const OhRosterEdit *self, GError **error)
{
  if (is_about_person (self) && !check_address (self->uri, error))
    return FALSE;
  if (!check_name (self->name, error) || !check_name (self->from, error) ||
      !check_name (self->to, error))
    return FALSE;
  if (self->groups != NULL && g_strv_length (self->groups) > OH_ROSTER_EDIT_GROUPS_MAX)
    return usage (error, _ ("Nobody can be in more than 64 groups."));
  for (guint i = 0; self->groups != NULL && self->groups[i] != NULL; i++)
    if (!check_name (self->groups[i], error))
      return FALSE;
  return is_about_person (self) || check_group_edit (self, error);
}

/* --- the list as it is ---------------------------------------------------------------------- */

/* @id: (out): 0 for the default group of a server that has not named one */
static gboolean
find_group (OhContacts *contacts, const char *name, guint32 *id, GError **error)
{
  const OhContactGroup *group = oh_contact_groups_find_name (
    oh_contacts_groups (contacts), is_default (name) ? OH_ROSTER_DEFAULT_GROUP : name);

  *id = group != NULL ? group->id : 0;
  if (group != NULL || is_default (name))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
               _ ("There is no group “%s”. Add it first: offhook group add “%s”."), name, name);
  return FALSE;
}

static OhContact *
find_person (const OhRosterEdit *edit, OhContacts *contacts, GError **error)
{
  OhContact *contact = oh_contacts_lookup_uri (contacts, edit->uri);

  if (contact == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("%s is not in your contact list."), edit->uri);
  return contact;
}

static gboolean
has_id (const GArray *ids, guint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, guint32, i) == id)
      return TRUE;
  return FALSE;
}

static void
add_id (GArray *ids, guint32 id)
{
  if (id != 0 && !has_id (ids, id))
    g_array_append_val (ids, id);
}

static void
drop_id (GArray *ids, guint32 id)
{
  for (guint i = ids->len; i > 0; i--)
    if (g_array_index (ids, guint32, i - 1) == id)
      g_array_remove_index (ids, i - 1);
}

/* Ids that the list does not name are not sent back: the server would take them for a mistake. */
static GArray *
known_ids (OhContacts *contacts, OhContact *contact)
{
  const GArray *ids = contact != NULL ? oh_contacts_group_ids (contacts, contact) : NULL;
  GArray *known = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      guint32 id = g_array_index (ids, guint32, i);

      if (oh_contact_groups_find (oh_contacts_groups (contacts), id) != NULL)
        add_id (known, id);
    }
  return known;
}

static gboolean
same_ids (const GArray *a, const GArray *b)
{
  for (guint i = 0; i < a->len; i++)
    if (!has_id (b, g_array_index (a, guint32, i)))
      return FALSE;
  return a->len == b->len;
}

/* --- people --------------------------------------------------------------------------------- */

/* Who is in a group with a name is not with everybody else. */
static void
settle_default (OhContacts *contacts, GArray *ids)
{
  guint32 id = 0;

  find_group (contacts, OH_ROSTER_DEFAULT_GROUP, &id, NULL);
  if (ids->len == 0)
    add_id (ids, id);
  else if (ids->len > 1)
    drop_id (ids, id);
}

static gboolean
change_ids (const OhRosterEdit *edit, OhContacts *contacts, GArray *ids, GError **error)
{
  guint32 from, to;

  for (guint i = 0; edit->groups != NULL && edit->groups[i] != NULL; i++)
    {
      if (!find_group (contacts, edit->groups[i], &to, error))
        return FALSE;
      add_id (ids, to);
    }
  if (edit->kind != OH_ROSTER_MOVE_CONTACT && edit->kind != OH_ROSTER_COPY_CONTACT)
    return TRUE;
  if (!find_group (contacts, edit->to, &to, error))
    return FALSE;
  if (edit->kind == OH_ROSTER_MOVE_CONTACT &&
      (g_strcmp0 (edit->from, OH_ROSTER_ALL_GROUPS) == 0 || is_default (edit->to)))
    g_array_set_size (ids, 0);
  else if (edit->kind == OH_ROSTER_MOVE_CONTACT)
    {
      if (!find_group (contacts, edit->from, &from, error))
        return FALSE;
      drop_id (ids, from);
    }
  add_id (ids, to);
  return TRUE;
}

static gboolean
is_set_so (OhContacts *contacts, OhContact *contact, const char *name, const GArray *ids)
{
  g_autoptr (GArray) have = contact != NULL ? known_ids (contacts, contact) : NULL;

  if (contact == NULL)
    return FALSE;
  settle_default (contacts, have);
  return g_strcmp0 (oh_contact_list_name (contact), name) == 0 && same_ids (have, ids);
}

static gboolean
plan_set (OhRosterPlan *self, const OhRosterEdit *edit, OhContacts *contacts, GError **error)
{
  OhContact *contact = edit->kind == OH_ROSTER_ADD_CONTACT
                         ? oh_contacts_lookup_uri (contacts, edit->uri)
                         : find_person (edit, contacts, error);
  g_autofree char *full = oh_contact_full_uri (edit->uri);
  g_autoptr (GArray) ids = known_ids (contacts, contact);
  OhContactSoapRequest request = { .operation = OH_SOAP_SET_CONTACT, .subscribed = TRUE };

  if (contact == NULL && edit->kind != OH_ROSTER_ADD_CONTACT)
    return FALSE;
  if (contact == NULL && g_list_model_get_n_items (G_LIST_MODEL (contacts)) >= OH_CONTACT_LIST_MAX)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_FAILED,
                           _ ("Your contact list is full; remove somebody first."));
      return FALSE;
    }
  if (!change_ids (edit, contacts, ids, error))
    return FALSE;
  settle_default (contacts, ids);
  request.name = edit->name;
  if (contact != NULL)
    {
      request.subscribed = oh_contact_subscribed (contact);
      request.name = edit->name != NULL ? edit->name : oh_contact_list_name (contact);
    }
  if (is_set_so (contacts, contact, request.name, ids))
    return TRUE;
  request.number = oh_contacts_number (contacts);
  request.uri = contact != NULL ? oh_contact_uri (contact) : full;
  request.groups = ids;
  self->request = oh_contact_soap_write (&request);
  return TRUE;
}

static gboolean
plan_remove (OhRosterPlan *self, const OhRosterEdit *edit, OhContacts *contacts, GError **error)
{
  OhContact *contact = find_person (edit, contacts, error);
  OhContactSoapRequest request = { .operation = OH_SOAP_DELETE_CONTACT };

  if (contact == NULL)
    return FALSE;
  request.number = oh_contacts_number (contacts);
  request.uri = oh_contact_uri (contact);
  self->request = oh_contact_soap_write (&request);
  self->name = g_strdup (oh_contact_list_name (contact));
  self->groups = g_strdupv ((GStrv) oh_contact_groups (contact));
  return TRUE;
}

/* --- groups --------------------------------------------------------------------------------- */

static gboolean
check_free_name (const OhContactGroups *groups, const char *name, const OhContactGroup *own,
                 GError **error)
{
  const OhContactGroup *same = oh_contact_groups_find_name (groups, name);

  if (same == NULL || same == own)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
               _ ("There is a group “%s” already; choose another name."), same->name);
  return FALSE;
}

static gboolean
check_room (const OhContactGroups *groups, GError **error)
{
  if (oh_contact_groups_list (groups)->len < OH_ROSTER_GROUPS_MAX)
    return TRUE;
  g_set_error_literal (error, OH_ERROR, OH_ERROR_FAILED,
                       _ ("There are 64 groups, more the server does not keep; remove one first."));
  return FALSE;
}

static gboolean
plan_group (OhRosterPlan *self, const OhRosterEdit *edit, OhContacts *contacts, GError **error)
{
  const OhContactGroups *groups = oh_contacts_groups (contacts);
  OhContactSoapRequest request = { .operation = OH_SOAP_ADD_GROUP, .name = edit->name };
  const OhContactGroup *group = NULL;

  if (edit->kind != OH_ROSTER_ADD_GROUP)
    {
      request.operation =
        edit->kind == OH_ROSTER_RENAME_GROUP ? OH_SOAP_MODIFY_GROUP : OH_SOAP_DELETE_GROUP;
      if (!find_group (contacts, edit->from, &request.group, error))
        return FALSE;
      group = oh_contact_groups_find (groups, request.group);
    }
  else if (!check_room (groups, error))
    return FALSE;
  if (edit->kind != OH_ROSTER_REMOVE_GROUP && !check_free_name (groups, edit->name, group, error))
    return FALSE;
  if (edit->kind == OH_ROSTER_RENAME_GROUP && g_str_equal (group->name, edit->name))
    return TRUE;
  request.number = oh_contacts_number (contacts);
  self->request = oh_contact_soap_write (&request);
  return TRUE;
}

OhRosterPlan *
oh_roster_plan_new (const OhRosterEdit *edit, OhContacts *contacts, GError **error)
{
  g_autoptr (OhRosterPlan) self = g_new0 (OhRosterPlan, 1);
  gboolean good;

  switch (edit->kind)
    {
    case OH_ROSTER_REMOVE_CONTACT: good = plan_remove (self, edit, contacts, error); break;
    case OH_ROSTER_ADD_GROUP:
    case OH_ROSTER_RENAME_GROUP:
    case OH_ROSTER_REMOVE_GROUP: good = plan_group (self, edit, contacts, error); break;
    case OH_ROSTER_ADD_CONTACT:
    case OH_ROSTER_RENAME_CONTACT:
    case OH_ROSTER_MOVE_CONTACT:
    case OH_ROSTER_COPY_CONTACT:
    default: good = plan_set (self, edit, contacts, error);
    }
  return good ? g_steal_pointer (&self) : NULL;
}
