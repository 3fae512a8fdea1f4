/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-document.h"

#include <string.h>

#include "category-xml.h"
#include "multipart.h"
#include "pidf-xml.h"
#include "presentity-xml.h"
#include "rlmi-xml.h"

#define TYPE_RLMI "application/rlmi+xml"
#define TYPE_MULTIPART "multipart/related"

/* What a document of one person may be written in. */
static const struct
{
  const char *type;
  OhCategories *(*parse) (OhSlice body, GError **error);
} forms[] = {
  { "application/msrtc-event-categories+xml", oh_categories_parse },
  { "text/xml+msrtc.pidf", oh_presentity_parse },
  { "application/pidf+xml", oh_pidf_parse },
  { "application/xpidf+xml", oh_pidf_parse },
};

/* What was not put into the list, and why not. */
typedef struct
{
  guint broken;    /* cannot be read */
  guint foreign;   /* in a form that we do not know */
  guint strangers; /* about people who are not in the list */
  guint nameless;  /* about nobody */
  guint old;       /* overtaken by a newer list */
} Tally;

/* One notification on its way into the list. */
typedef struct
{
  OhPeopleOrder *order;
  const OhPeopleSink *sink;
  GHashTable *owners; /* (owned) (nullable) Content-ID → address, of the list in hand */
  Tally tally;
  GError *first; /* (owned) (nullable): why the first broken one is */
} Document;

static void
note_broken (Document *self, GError *error)
{
  self->tally.broken++;
  if (self->first == NULL)
    self->first = error;
  else
    g_error_free (error);
}

/* --- documents ------------------------------------------------------------------------------ */

static gsize
form_of (OhSlice type)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (forms) && !oh_multipart_type_is (type, forms[i].type))
    i++;
  return i;
}

static void
take_categories (Document *self, gsize form, OhSlice id, OhSlice body)
{
  GError *error = NULL;
  g_autoptr (OhCategories) categories = forms[form].parse (body, &error);

  if (categories == NULL)
    {
      note_broken (self, error);
      return;
    }
  if (categories->uri == NULL && self->owners != NULL)
    {
      g_autofree char *key = oh_slice_dup (id);

      categories->uri = g_strdup (g_hash_table_lookup (self->owners, key));
    }
  if (categories->uri == NULL)
    self->tally.nameless++;
  else if (!oh_contacts_apply_categories (self->sink->contacts, categories))
    self->tally.strangers++;
}

/* --- lists ---------------------------------------------------------------------------------- */

static void
take_resource (Document *self, const OhRlmiResource *resource)
{
  OhContacts *contacts = self->sink->contacts;

  if (oh_contacts_lookup_uri (contacts, resource->uri) == NULL)
    {
      self->tally.strangers++;
      return;
    }
  if (resource->cid != NULL)
    g_hash_table_insert (self->owners, g_strdup (resource->cid), g_strdup (resource->uri));
  switch (resource->state)
    {
    case OH_RLMI_RESUBSCRIBE:
      if (self->sink->moved != NULL)
        self->sink->moved (resource->uri, resource->pool, self->sink->user_data);
      break;
    case OH_RLMI_TERMINATED:
      oh_contacts_set_availability (contacts, resource->uri, OH_AVAILABILITY_OFFLINE);
      break;
    case OH_RLMI_PENDING:
      oh_contacts_set_availability (contacts, resource->uri, OH_AVAILABILITY_UNKNOWN);
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
  GError *error = NULL;
  g_autoptr (OhRlmi) list = oh_rlmi_parse (body, &error);

  if (list == NULL)
    {
      note_broken (self, error);
      return TRUE; /* the people's own documents may be sound */
    }
  if (list->has_version && order->has_version && list->version < order->version)
    {
      self->tally.old++;
      return FALSE;
    }
  if (list->has_version)
    {
      order->has_version = TRUE;
      order->version = list->version;
    }
  if (self->owners == NULL)
    self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < list->resources->len; i++)
    take_resource (self, g_ptr_array_index (list->resources, i));
  return TRUE;
}

static void
take_parts (Document *self, OhSlice type, OhSlice body)
{
  GError *error = NULL;
  g_autoptr (GArray) parts = oh_multipart_split (type, body, &error);
  gboolean current = TRUE;

  if (parts == NULL)
    {
      note_broken (self, error);
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
      gsize form = form_of (part->type);

      if (form < G_N_ELEMENTS (forms))
        take_categories (self, form, part->id, part->body);
      else if (!oh_multipart_type_is (part->type, TYPE_RLMI))
        self->tally.foreign++;
    }
}

/* --- the whole ------------------------------------------------------------------------------ */

/* One line for everything that one notification holds of it, and not for each notification. */
static void
tell (Document *self, gint64 now_us)
{
  static const Tally none = { 0, 0, 0, 0, 0 };
  const Tally *tally = &self->tally;
  guint64 held_back = 0;

  if (memcmp (tally, &none, sizeof none) == 0 ||
      !oh_log_limit_take (&self->order->limit, OH_PEOPLE_DOCUMENT_LINES, now_us, &held_back))
    return;
  g_message ("presence notification: passed over %u broken, %u in unknown forms, %u of people who "
             "are not in the list, %u of nobody, %u old lists; %" G_GUINT64_FORMAT
             " such notifications before it not told%s%s",
             tally->broken, tally->foreign, tally->strangers, tally->nameless, tally->old,
             held_back, self->first != NULL ? ": " : "",
             self->first != NULL ? self->first->message : "");
}

void
oh_people_document_apply (OhPeopleOrder *order, const OhPeopleSink *sink, OhSlice type,
                          OhSlice body, gint64 now_us)
{
  Document self = { .order = order, .sink = sink };
  gsize form = form_of (type);

  if (oh_multipart_type_is (type, TYPE_MULTIPART))
    take_parts (&self, type, body);
  else if (oh_multipart_type_is (type, TYPE_RLMI))
    take_list (&self, body);
  else if (form < G_N_ELEMENTS (forms))
    take_categories (&self, form, oh_slice_str (NULL), body);
  else
    self.tally.foreign++;
  tell (&self, now_us);
  g_clear_pointer (&self.owners, g_hash_table_unref);
  g_clear_error (&self.first);
}
