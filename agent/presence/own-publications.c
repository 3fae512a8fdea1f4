/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "own-publications.h"

/* The container in which the server puts the state that it has made of all others. */
#define CONTAINER_AGGREGATION 2u

typedef struct
{
  char *category; /* (owned) */
  guint32 instance;
  guint32 container;
  guint32 version;
  OhExpire expire;
  char *endpoint_id; /* (owned) (nullable) */
  OhCategoryKind kind;
  OhStateType state_type;
  guint32 availability;
  char *activity; /* (owned) (nullable) */
  char *text;     /* (owned) (nullable): of a note the text, of user properties the line */
  gint64 since_us;
  gint64 time_us;
} Own;

struct _OhOwnPublications
{
  GPtrArray *list; /* (owned) (element-type Own) */
};

static void
own_free (gpointer data)
{
  Own *own = data;

  g_free (own->category);
  g_free (own->endpoint_id);
  g_free (own->activity);
  g_free (own->text);
  g_free (own);
}

OhOwnPublications *
oh_own_publications_new (void)
{
  OhOwnPublications *self = g_new0 (OhOwnPublications, 1);

  self->list = g_ptr_array_new_with_free_func (own_free);
  return self;
}

void
oh_own_publications_free (OhOwnPublications *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

void
oh_own_publications_clear (OhOwnPublications *self)
{
  g_ptr_array_set_size (self->list, 0);
}

static const Own *
nth (const OhOwnPublications *self, guint n)
{
  return g_ptr_array_index (self->list, n);
}

static gboolean
find (const OhOwnPublications *self, const char *category, guint32 instance, guint32 container,
      guint *index)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const Own *own = nth (self, i);

      if (own->instance == instance && own->container == container &&
          g_str_equal (own->category, category))
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
add (OhOwnPublications *self, const OhCategory *category)
{
  Own *own;
  guint index;

  if (find (self, category->name, category->instance, category->container, &index))
    g_ptr_array_remove_index (self->list, index); /* named twice: the last one counts */
  if (self->list->len >= OH_OWN_PUBLICATIONS_MAX)
    return;
  own = g_new0 (Own, 1);
  own->category = g_strdup (category->name);
  own->instance = category->instance;
  own->container = category->container;
  own->version = category->version;
  own->expire = category->expire;
  own->endpoint_id = g_strdup (category->endpoint_id);
  own->kind = category->kind;
  own->state_type = category->state_type;
  own->availability = category->availability;
  own->activity = g_strdup (category->activity);
  own->text = g_strdup (category->note != NULL ? category->note : category->line);
  own->since_us = category->since_us;
  own->time_us = category->publish_time_us;
  g_ptr_array_add (self->list, own);
}

static gboolean
is_aggregate (const Own *own)
{
  return own->kind == OH_CATEGORY_STATE && own->state_type == OH_STATE_AGGREGATE;
}

/* Removes what @marker stands for: the less it names, the more. */
static void
remove_matching (OhOwnPublications *self, const OhCategory *marker, gboolean keep_aggregate)
{
  for (guint i = self->list->len; i > 0; i--)
    {
      const Own *own = nth (self, i - 1);

      if (g_str_equal (own->category, marker->name) &&
          (!marker->has_container || own->container == marker->container) &&
          (!marker->has_instance || own->instance == marker->instance) &&
          !(keep_aggregate && is_aggregate (own)))
        g_ptr_array_remove_index (self->list, i - 1);
    }
}

static gboolean
is_full (const OhCategory *category)
{
  return !category->empty && category->has_instance && category->has_container;
}

/* Whether @categories brings publications of that name, or only removes some. */
static gboolean
brings (const OhCategories *categories, const char *name)
{
  for (guint i = 0; i < categories->items->len; i++)
    {
      const OhCategory *category = g_ptr_array_index (categories->items, i);

      if (is_full (category) && g_str_equal (category->name, name))
        return TRUE;
    }
  return FALSE;
}

/* The answer to a publication may list what was published and not what was made of it. */
static gboolean
brings_aggregate (const OhCategories *categories)
{
  for (guint i = 0; i < categories->items->len; i++)
    {
      const OhCategory *category = g_ptr_array_index (categories->items, i);

      if (is_full (category) && category->state_type == OH_STATE_AGGREGATE)
        return TRUE;
    }
  return FALSE;
}

guint
oh_own_publications_apply (OhOwnPublications *self, const OhCategories *categories)
{
  gboolean keep_aggregate = !brings_aggregate (categories);
  guint news = keep_aggregate ? 0 : OH_OWN_NEWS_STATE;
  g_autoptr (GHashTable) replaced = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < categories->items->len; i++)
    {
      const OhCategory *category = g_ptr_array_index (categories->items, i);
      const OhCategory all = { .name = category->name };

      if (!brings (categories, category->name))
        remove_matching (self, category, FALSE);
      else if (g_hash_table_add (replaced, category->name))
        remove_matching (self, &all, keep_aggregate);
      if (is_full (category))
        add (self, category);
      if (category->kind == OH_CATEGORY_NOTE)
        news |= OH_OWN_NEWS_NOTE;
    }
  return news;
}

guint32
oh_own_publications_version (const OhOwnPublications *self, const char *category, guint32 instance,
                             guint32 container)
{
  guint index;

  return find (self, category, instance, container, &index) ? nth (self, index)->version : 0;
}

void
oh_own_publications_set_version (OhOwnPublications *self, const char *category, guint32 instance,
                                 guint32 container, guint32 version)
{
  guint index;

  if (find (self, category, instance, container, &index))
    {
      if (version == 0)
        g_ptr_array_remove_index (self->list, index);
      else
        ((Own *) g_ptr_array_index (self->list, index))->version = version;
    }
  else if (version > 0)
    {
      const OhCategory fresh = {
        .name = (char *) category,
        .instance = instance,
        .container = container,
        .version = version,
      };

      add (self, &fresh);
    }
}

/* The server's own state beats one of unknown type; the aggregation container beats others. */
static const Own *
aggregate (const OhOwnPublications *self)
{
  const Own *best = NULL;

  for (guint i = 0; i < self->list->len; i++)
    {
      const Own *own = nth (self, i);

      if (!is_aggregate (own))
        continue;
      if (best == NULL || own->container == CONTAINER_AGGREGATION)
        best = own;
    }
  return best;
}

static const char *
newest_note (const OhOwnPublications *self)
{
  const Own *newest = NULL;

  for (guint i = 0; i < self->list->len; i++)
    {
      const Own *own = nth (self, i);

      if (own->kind == OH_CATEGORY_NOTE && (newest == NULL || own->time_us > newest->time_us))
        newest = own;
    }
  return newest != NULL ? newest->text : NULL;
}

OhPresence *
oh_own_publications_presence (const OhOwnPublications *self)
{
  const Own *state = aggregate (self);

  if (state == NULL)
    return oh_presence_unknown ();
  return oh_presence_new (oh_availability_from_number (state->availability, state->activity),
                          state->activity, newest_note (self), state->since_us);
}

const char *
oh_own_publications_line (const OhOwnPublications *self)
{
  for (guint i = 0; i < self->list->len; i++)
    if (nth (self, i)->kind == OH_CATEGORY_USER_PROPERTIES && nth (self, i)->text != NULL)
      return nth (self, i)->text;
  return NULL;
}

gboolean
oh_own_publications_signed_in_elsewhere (const OhOwnPublications *self, const char *endpoint_id)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const Own *own = nth (self, i);

      if (own->kind == OH_CATEGORY_DEVICE && own->endpoint_id != NULL &&
          g_ascii_strcasecmp (own->endpoint_id, endpoint_id) != 0)
        return TRUE;
    }
  return FALSE;
}

guint32
oh_own_publications_availability (const OhOwnPublications *self, guint32 instance)
{
  guint index;

  return find (self, "state", instance, CONTAINER_AGGREGATION, &index)
           ? nth (self, index)->availability
           : 0;
}

void
oh_own_publications_foreach (const OhOwnPublications *self,
                             void (*func) (const OhOwnPublication *one, gpointer user_data),
                             gpointer user_data)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const Own *own = nth (self, i);
      const OhOwnPublication one = { own->category, own->instance,   own->container,
                                     own->expire,   own->state_type, own->endpoint_id };

      if (own->kind == OH_CATEGORY_STATE)
        func (&one, user_data);
    }
}
