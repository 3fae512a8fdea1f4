/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-store.h"

#include <string.h>

#include "fe-documents.h"
#include "fe-event.h"
#include "fe-manners.h"

/* [MS-PRES] 3.1.3.1: what colleagues see; where clients put states for the aggregation. */
#define CONTAINER_COLLEAGUES 200
#define CONTAINER_SELF 1
#define CONTAINER_INPUT 2
#define CONTAINER_INPUT_TEAM 3
/* No test lasts a day; the product in milliseconds fits. */
#define EXPIRES_MAX_S (24 * 60 * 60)
/* Instance of the aggregate state. */
#define INSTANCE_AGGREGATE 1

typedef struct
{
  FeStore *store;   /* unowned */
  FePerson *person; /* unowned */
  char *category;
  guint instance;
  guint container;
  guint version;
  char *expire_type;
  char *content; /* (nullable): NULL when only the version is left */
  char *publish_time;
  char *epid;    /* (nullable): NULL for the server's own */
  guint64 order; /* of publication, over all */
  guint expiry_id;
} Publication;

struct _FeStore
{
  GHashTable *by_person; /* (owned) (element-type FePerson GPtrArray): of Publication */
  guint64 order;
  FeStoreFunc changed;
  gpointer user_data;
};

static void
publication_free (gpointer data)
{
  Publication *publication = data;

  g_clear_handle_id (&publication->expiry_id, g_source_remove);
  g_free (publication->category);
  g_free (publication->expire_type);
  g_free (publication->content);
  g_free (publication->publish_time);
  g_free (publication->epid);
  g_free (publication);
}

FeStore *
fe_store_new (FeStoreFunc changed, gpointer user_data)
{
  FeStore *self = g_new0 (FeStore, 1);

  self->by_person = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->changed = changed;
  self->user_data = user_data;
  return self;
}

void
fe_store_free (FeStore *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_person);
  g_free (self);
}

static char *
now_text (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *seconds = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03d", seconds, g_date_time_get_microsecond (now) / 1000);
}

static void add_given (FeStore *self, FePerson *person, GPtrArray *list);

/* What a person has published; what the directory says about them is there from the start. */
static GPtrArray *
list_of (FeStore *self, FePerson *person)
{
  GPtrArray *list = g_hash_table_lookup (self->by_person, person);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (publication_free);
      g_hash_table_insert (self->by_person, person, list);
      add_given (self, person, list);
    }
  return list;
}

static Publication *
find (FeStore *self, FePerson *person, const char *category, guint instance, guint container)
{
  const GPtrArray *list = list_of (self, person);

  for (guint i = 0; i < list->len; i++)
    {
      Publication *publication = list->pdata[i];

      if (publication->instance == instance && publication->container == container &&
          strcmp (publication->category, category) == 0)
        return publication;
    }
  return NULL;
}

static Publication *
add (FeStore *self, FePerson *person, GPtrArray *list, const char *category, guint instance,
     guint container)
{
  Publication *publication = g_new0 (Publication, 1);

  publication->store = self;
  publication->person = person;
  publication->category = g_strdup (category);
  publication->instance = instance;
  publication->container = container;
  publication->expire_type = g_strdup ("static");
  publication->publish_time = now_text ();
  g_ptr_array_add (list, publication);
  return publication;
}

static Publication *
find_or_add (FeStore *self, FePerson *person, const char *category, guint instance, guint container)
{
  Publication *publication = find (self, person, category, instance, container);

  return publication != NULL
           ? publication
           : add (self, person, list_of (self, person), category, instance, container);
}

static void
give (FeStore *self, FePerson *person, GPtrArray *list, const char *category, guint container,
      char *content)
{
  Publication *publication = add (self, person, list, category, 0, container);

  publication->content = content;
  publication->version = 1;
}

static void
add_given (FeStore *self, FePerson *person, GPtrArray *list)
{
  give (self, person, list, "contactCard", CONTAINER_COLLEAGUES, fe_card_write (person));
  give (self, person, list, "userProperties", CONTAINER_SELF, fe_properties_write (person));
  if (person->note != NULL)
    give (self, person, list, "note", CONTAINER_COLLEAGUES, fe_note_write (person->note));
}

guint
fe_store_version (FeStore *self, FePerson *person, const FeOperation *operation)
{
  const Publication *publication =
    find (self, person, operation->category, operation->instance, operation->container);

  return publication != NULL ? publication->version : 0;
}

void
fe_store_bump (FeStore *self, FePerson *person, const FeOperation *operation)
{
  Publication *publication =
    find_or_add (self, person, operation->category, operation->instance, operation->container);

  publication->version = MAX (publication->version, operation->version) + 7;
}

static void
replace (Publication *publication, const char *expire_type, const char *epid, char *content)
{
  g_free (publication->expire_type);
  publication->expire_type = g_strdup (expire_type);
  g_free (publication->epid);
  publication->epid = g_strdup (epid);
  g_free (publication->content);
  publication->content = content;
  g_free (publication->publish_time);
  publication->publish_time = now_text ();
  publication->version++;
  publication->order = ++publication->store->order;
}

void
fe_store_set_note (FeStore *self, FePerson *person, const char *text)
{
  Publication *publication = find_or_add (self, person, "note", 0, CONTAINER_COLLEAGUES);

  replace (publication, "static", NULL, *text != '\0' ? fe_note_write (text) : NULL);
}

static gboolean
on_time_is_up (gpointer user_data)
{
  Publication *publication = user_data;
  FeStore *self = publication->store;
  FePerson *person = publication->person;
  g_autofree char *category = g_strdup (publication->category);

  publication->expiry_id = 0;
  g_ptr_array_remove (list_of (self, person), publication);
  self->changed (person, category, self->user_data);
  return G_SOURCE_REMOVE;
}

void
fe_store_apply (FeStore *self, FePerson *person, const char *epid, const FeOperation *operation)
{
  Publication *publication =
    find_or_add (self, person, operation->category, operation->instance, operation->container);

  if (operation->expires_s == 0)
    {
      g_ptr_array_remove (list_of (self, person), publication);
      return;
    }
  replace (publication, operation->expire_type, epid, g_strdup (operation->content));
  g_clear_handle_id (&publication->expiry_id, g_source_remove);
  if (g_strcmp0 (operation->expire_type, "time") == 0 && operation->expires_s > 0)
    publication->expiry_id = g_timeout_add (
      (guint) MIN (operation->expires_s, EXPIRES_MAX_S) * 1000, on_time_is_up, publication);
}

void
fe_store_drop_endpoint (FeStore *self, FePerson *person, const char *epid, gboolean is_last)
{
  GPtrArray *list = list_of (self, person);

  for (guint i = list->len; i > 0; i--)
    {
      const Publication *publication = list->pdata[i - 1];

      if (publication->epid == NULL)
        continue;
      if ((strcmp (publication->expire_type, "endpoint") == 0 &&
           strcmp (publication->epid, epid) == 0) ||
          (strcmp (publication->expire_type, "user") == 0 && is_last))
        g_ptr_array_remove_index (list, i - 1);
    }
}

guint
fe_store_count (FeStore *self, FePerson *person, const char *expire_type)
{
  const GPtrArray *list = list_of (self, person);
  guint count = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const Publication *publication = list->pdata[i];

      if (publication->epid != NULL && strcmp (publication->expire_type, expire_type) == 0)
        count++;
    }
  return count;
}

static gint
by_order (gconstpointer a, gconstpointer b)
{
  const Publication *first = *(const Publication *const *) a;
  const Publication *second = *(const Publication *const *) b;

  return first->order < second->order ? -1 : first->order > second->order;
}

static void
aggregate_of (FeStore *self, FePerson *person, guint container, gboolean is_registered,
              FeState *out)
{
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (FeState));
  GPtrArray *list = list_of (self, person);

  g_ptr_array_sort (list, by_order);
  for (guint i = 0; i < list->len; i++)
    {
      const Publication *publication = list->pdata[i];
      FeState state;

      if (publication->container == container && publication->content != NULL &&
          strcmp (publication->category, "state") == 0 &&
          fe_state_read (publication->content, &state) && state.kind != FE_STATE_AGGREGATE)
        g_array_append_val (states, state);
    }
  fe_state_aggregate ((const FeState *) (gpointer) states->data, states->len, is_registered, out);
  if (person->forced_availability != 0)
    {
      *out = (FeState){ .availability = person->forced_availability };
      g_strlcpy (out->activity, person->forced_activity != NULL ? person->forced_activity : "",
                 sizeof out->activity);
    }
}

/* The state without lastActive, which always differs. */
static gboolean
says (const Publication *publication, const FeState *state)
{
  g_autofree char *expected = fe_state_write (state, "");
  const char *now = publication->content != NULL ? strchr (publication->content, '>') : NULL;

  return now != NULL && strcmp (now, strchr (expected, '>')) == 0;
}

gboolean
fe_store_aggregate (FeStore *self, FePerson *person, gboolean is_registered)
{
  static const struct
  {
    guint container, input;
  } outputs[] = {
    { CONTAINER_INPUT, CONTAINER_INPUT },
    { 100, CONTAINER_INPUT },
    { CONTAINER_COLLEAGUES, CONTAINER_INPUT },
    { 300, CONTAINER_INPUT_TEAM },
    { 400, CONTAINER_INPUT },
  };
  gboolean changed = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      Publication *output =
        find_or_add (self, person, "state", INSTANCE_AGGREGATE, outputs[i].container);
      g_autofree char *now = now_text ();
      FeState state;

      aggregate_of (self, person, outputs[i].input, is_registered, &state);
      if (says (output, &state))
        continue;
      replace (output, "user", NULL, fe_state_write (&state, now));
      changed = TRUE;
      if (outputs[i].container == CONTAINER_COLLEAGUES)
        fe_event ("aggregate", "user:u", person->aor, "availability:i", (int) state.availability,
                  "activity:s", state.activity, NULL);
    }
  return changed;
}

/* The text of the first element that has any. */
static char *
text_within (const char *content)
{
  const char *body = strstr (content, "<body");
  const char *begin = body != NULL ? strchr (body, '>') : NULL;
  const char *end = begin != NULL ? strchr (begin, '<') : NULL;

  return end != NULL ? g_strndup (begin + 1, (gsize) (end - begin - 1)) : NULL;
}

void
fe_store_seen (FeStore *self, FePerson *person, FeState *out_state, char **out_note)
{
  const GPtrArray *list = list_of (self, person);

  memset (out_state, 0, sizeof *out_state);
  *out_note = NULL;
  for (guint i = 0; i < list->len; i++)
    {
      const Publication *publication = list->pdata[i];

      if (publication->container != CONTAINER_COLLEAGUES || publication->content == NULL)
        continue;
      if (strcmp (publication->category, "state") == 0)
        fe_state_read (publication->content, out_state);
      else if (strcmp (publication->category, "note") == 0 && *out_note == NULL)
        *out_note = text_within (publication->content);
    }
}

static void
write_publication (const Publication *publication, GString *xml)
{
  g_autofree char *endpoint =
    publication->epid != NULL ? fe_instance_from_epid (publication->epid) : NULL;
  g_autofree char *by = endpoint != NULL ? g_strdup_printf (" endpointId=\"%s\"", endpoint) : NULL;
  g_autofree char *head = g_markup_printf_escaped (
    "<category name=\"%s\" instance=\"%u\" publishTime=\"%s\" container=\"%u\" version=\"%u\""
    " expireType=\"%s\"",
    publication->category, publication->instance, publication->publish_time, publication->container,
    publication->version, publication->expire_type);

  g_string_append (xml, head);
  if (by != NULL)
    g_string_append (xml, by);
  g_string_append_c (xml, '>');
  g_string_append (xml, publication->content);
  g_string_append (xml, "</category>");
}

static guint
write_matching (FeStore *self, FePerson *person, const char *category, guint container,
                GString *xml)
{
  const GPtrArray *list = list_of (self, person);
  guint written = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const Publication *publication = list->pdata[i];

      if (publication->content == NULL ||
          (category != NULL && strcmp (publication->category, category) != 0) ||
          (container != 0 && publication->container != container))
        continue;
      write_publication (publication, xml);
      written++;
    }
  return written;
}

/* A category of which nothing is left is named without anything in it. */
static void
write_empty (const char *category, GString *xml)
{
  g_autofree char *element = g_markup_printf_escaped ("<category name=\"%s\"/>", category);

  g_string_append (xml, element);
}

void
fe_store_write_own (FeStore *self, FePerson *person, const char *category, GString *xml)
{
  if (write_matching (self, person, category, 0, xml) == 0 && category != NULL)
    write_empty (category, xml);
}

void
fe_store_write_for_watcher (FeStore *self, FePerson *person, const char *category, GString *xml)
{
  if (write_matching (self, person, category, CONTAINER_COLLEAGUES, xml) == 0)
    write_empty (category, xml);
}
