/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-document.h"

#include "category-xml.h"
#include "log.h"
#include "multipart.h"
#include "rlmi-xml.h"

#define TYPE_CATEGORIES "application/msrtc-event-categories+xml"
#define TYPE_RLMI "application/rlmi+xml"
#define TYPE_MULTIPART "multipart/related"

/* One notification on its way into the list. */
typedef struct
{
  OhPeopleOrder *order;
  OhContacts *contacts;
  OhPeopleMoved moved; /* (nullable) */
  gpointer user_data;
} Document;

static void
take_categories (Document *self, OhSlice body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhCategories) categories = oh_categories_parse (body, &error);

  if (categories == NULL)
    g_message ("presence document: %s", error->message);
  else if (!oh_contacts_apply_categories (self->contacts, categories))
    {
      g_autofree char *who = oh_log_uri (categories->uri);

      g_debug ("presence of %s, who is not in the list", who);
    }
}

static void
take_termination (Document *self, const OhRlmiResource *resource)
{
  g_autofree char *who = oh_log_uri (resource->uri);

  g_debug ("presence of %s: terminated (%s)", who,
           resource->reason != NULL ? resource->reason : "no reason");
  oh_contacts_set_availability (self->contacts, resource->uri, OH_AVAILABILITY_OFFLINE);
}

static void
take_resource (Document *self, const OhRlmiResource *resource)
{
  switch (resource->state)
    {
    case OH_RLMI_RESUBSCRIBE:
      if (self->moved != NULL)
        self->moved (resource->uri, resource->pool, self->user_data);
      break;
    case OH_RLMI_TERMINATED: take_termination (self, resource); break;
    case OH_RLMI_PENDING:
      oh_contacts_set_availability (self->contacts, resource->uri, OH_AVAILABILITY_UNKNOWN);
      break;
    case OH_RLMI_ACTIVE:
    default: break;
    }
}

/* FALSE when the whole notification was overtaken by a newer one. */
static gboolean
take_list (Document *self, OhSlice body)
{
  OhPeopleOrder *order = self->order;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhRlmi) list = oh_rlmi_parse (body, &error);

  if (list == NULL)
    {
      g_message ("presence list: %s", error->message);
      return TRUE; /* the people's own documents may be sound */
    }
  if (list->has_version && order->has_version && list->version < order->version)
    {
      g_debug ("presence list %u after %u, passed over", list->version, order->version);
      return FALSE;
    }
  if (list->has_version)
    *order = (OhPeopleOrder){ TRUE, list->version };
  for (guint i = 0; i < list->resources->len; i++)
    take_resource (self, g_ptr_array_index (list->resources, i));
  return TRUE;
}

static void
take_parts (Document *self, OhSlice type, OhSlice body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) parts = oh_multipart_split (type, body, &error);
  gboolean current = TRUE;

  if (parts == NULL)
    {
      g_message ("presence notification: %s", error->message);
      return;
    }
  for (guint i = 0; i < parts->len; i++)
    {
      const OhMultipartPart *part = &g_array_index (parts, OhMultipartPart, i);

      if (oh_multipart_type_is (part->type, TYPE_RLMI))
        current = take_list (self, part->body) && current;
    }
  for (guint i = 0; current && i < parts->len; i++)
    {
      const OhMultipartPart *part = &g_array_index (parts, OhMultipartPart, i);

      if (oh_multipart_type_is (part->type, TYPE_CATEGORIES))
        take_categories (self, part->body);
    }
}

void
oh_people_document_apply (OhPeopleOrder *order, OhSlice type, OhSlice body, OhContacts *contacts,
                          OhPeopleMoved moved, gpointer user_data)
{
  Document self = { order, contacts, moved, user_data };

  if (oh_multipart_type_is (type, TYPE_MULTIPART))
    take_parts (&self, type, body);
  else if (oh_multipart_type_is (type, TYPE_CATEGORIES))
    take_categories (&self, body);
  else if (oh_multipart_type_is (type, TYPE_RLMI))
    take_list (&self, body);
  else
    g_debug ("presence in a form that we do not read: %.*s", (int) MIN (type.len, 80u), type.data);
}
