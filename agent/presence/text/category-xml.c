/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "category-xml.h"

#include <string.h>

#include "xml-tree.h"

typedef struct
{
  const char *name;
  int value;
} Word;

/* clang-format off */
static const Word kinds[] = {
  { "state",          OH_CATEGORY_STATE           },
  { "note",           OH_CATEGORY_NOTE            },
  { "contactCard",    OH_CATEGORY_CARD            },
  { "userProperties", OH_CATEGORY_USER_PROPERTIES },
  { "device",         OH_CATEGORY_DEVICE          },
  { NULL,             OH_CATEGORY_OTHER           },
};

static const Word state_types[] = {
  { "aggregateState",        OH_STATE_AGGREGATE         },
  { "aggregateMachineState", OH_STATE_AGGREGATE_MACHINE },
  { "userState",             OH_STATE_USER              },
  { "machineState",          OH_STATE_MACHINE           },
  { "phoneState",            OH_STATE_PHONE             },
  { "calendarState",         OH_STATE_CALENDAR          },
  { NULL,                    OH_STATE_OTHER             },
};

static const Word expires[] = {
  { "endpoint", OH_EXPIRE_ENDPOINT },
  { "user",     OH_EXPIRE_USER     },
  { "static",   OH_EXPIRE_STATIC   },
  { "time",     OH_EXPIRE_TIME     },
  { NULL,       OH_EXPIRE_UNKNOWN  },
};
/* clang-format on */

static int
find_word (const Word *words, const char *name)
{
  while (words->name != NULL && g_ascii_strcasecmp (words->name, name) != 0)
    words++;
  return words->value;
}

/* The value of xsi:type is a qualified name. */
static OhStateType
state_type (const xmlNode *state)
{
  const char *type = oh_xml_attr (state, "type");
  const char *colon = type != NULL ? strchr (type, ':') : NULL;

  if (type == NULL)
    return OH_STATE_OTHER;
  return (OhStateType) find_word (state_types, colon != NULL ? colon + 1 : type);
}

static guint32
element_uint (const xmlNode *node)
{
  g_autofree char *text = oh_xml_text (node, OH_CATEGORY_WORD_MAX);
  guint64 number = 0;

  oh_slice_to_uint (oh_slice_str (text), G_MAXUINT32, &number);
  return (guint32) number;
}

static void
custom_free (gpointer data)
{
  g_free (((OhCustomActivity *) data)->text);
  g_free (data);
}

static void
read_customs (OhCategory *category, const xmlNode *activity)
{
  const xmlNode *custom = oh_xml_child (activity, "custom");

  category->customs = g_ptr_array_new_with_free_func (custom_free);
  for (; custom != NULL && category->customs->len < OH_CATEGORY_CUSTOMS_MAX;
       custom = oh_xml_next (custom, "custom"))
    {
      char *text = oh_xml_text (custom, OH_CATEGORY_NAME_MAX);
      OhCustomActivity *fresh;

      if (text == NULL)
        continue;
      fresh = g_new0 (OhCustomActivity, 1);
      oh_xml_attr_uint (custom, "LCID", &fresh->lcid);
      fresh->text = text;
      g_ptr_array_add (category->customs, fresh);
    }
  if (category->customs->len > 0)
    category->activity =
      g_strdup (((OhCustomActivity *) g_ptr_array_index (category->customs, 0))->text);
}

/* An activity may say with which availabilities it goes: in a call, but meanwhile away. */
static gboolean
goes_with (const xmlNode *activity, guint32 availability)
{
  guint32 min = 0, max = G_MAXUINT32;

  oh_xml_attr_uint (activity, "minAvailability", &min);
  oh_xml_attr_uint (activity, "maxAvailability", &max);
  return availability >= min && availability <= max;
}

static void
read_state (OhCategory *category, const xmlNode *state)
{
  const xmlNode *activity = oh_xml_child (state, "activity");

  category->state_type = state_type (state);
  category->availability = element_uint (oh_xml_child (state, "availability"));
  category->last_active_us = oh_xml_attr_time (state, "lastActive");
  category->since_us = oh_xml_attr_time (state, "startTime");
  if (category->since_us == 0)
    category->since_us = category->publish_time_us;
  if (activity == NULL || !goes_with (activity, category->availability))
    return;
  category->activity = oh_xml_attr_dup (activity, "token", OH_CATEGORY_WORD_MAX);
  if (category->activity == NULL)
    read_customs (category, activity);
}

static void
read_note (OhCategory *category, const xmlNode *note)
{
  const xmlNode *body = oh_xml_child (note, "body");

  const char *type = oh_xml_attr (body != NULL ? body : note, "type");

  category->note = oh_xml_text (body != NULL ? body : note, OH_CATEGORY_NOTE_MAX);
  if (type != NULL && g_ascii_strcasecmp (type, "OOF") == 0)
    category->note_type = OH_NOTE_OUT_OF_OFFICE;
}

static void
card_number_free (gpointer data)
{
  OhCardNumber *number = data;

  g_free (number->type);
  g_free (number->uri);
  g_free (number->display);
  g_free (number);
}

void
oh_category_add_number (OhCategory *self, char *type, char *uri, char *display)
{
  OhCardNumber *number = g_new0 (OhCardNumber, 1);

  number->type = type != NULL ? type : g_strdup ("other");
  number->uri = uri;
  number->display = display;
  if (self->numbers == NULL)
    self->numbers = g_ptr_array_new_with_free_func (card_number_free);
  if (self->numbers->len < OH_CATEGORY_NUMBERS_MAX)
    g_ptr_array_add (self->numbers, number);
  else
    card_number_free (number);
}

static void
read_card (OhCategory *category, const xmlNode *card)
{
  const xmlNode *identity = oh_xml_child (card, "identity");
  const xmlNode *name = oh_xml_child (identity, "name");
  const xmlNode *phone = oh_xml_child (card, "phone");

  category->display_name = oh_xml_text (oh_xml_child (name, "displayName"), OH_CATEGORY_NAME_MAX);
  category->mail = oh_xml_text (oh_xml_child (identity, "email"), OH_CATEGORY_NAME_MAX);
  for (guint i = 0; phone != NULL && i < OH_CATEGORY_NUMBERS_MAX; i++)
    {
      oh_category_add_number (
        category, oh_xml_attr_dup (phone, "type", OH_CATEGORY_WORD_MAX),
        oh_xml_text (oh_xml_child (phone, "uri"), OH_CATEGORY_NAME_MAX),
        oh_xml_text (oh_xml_child (phone, "displayString"), OH_CATEGORY_NAME_MAX));
      phone = oh_xml_next (phone, "phone");
    }
}

static void
read_user_properties (OhCategory *category, const xmlNode *properties)
{
  const xmlNode *line = oh_xml_child (oh_xml_child (properties, "lines"), "line");

  category->line = line != NULL ? oh_xml_text (line, OH_CATEGORY_NAME_MAX) : NULL;
}

static void
read_content (OhCategory *category, const xmlNode *content)
{
  switch (category->kind)
    {
    case OH_CATEGORY_STATE: read_state (category, content); break;
    case OH_CATEGORY_NOTE: read_note (category, content); break;
    case OH_CATEGORY_CARD: read_card (category, content); break;
    case OH_CATEGORY_USER_PROPERTIES: read_user_properties (category, content); break;
    case OH_CATEGORY_DEVICE:
      g_free (category->endpoint_id);
      category->endpoint_id = oh_xml_attr_dup (content, "endpointId", OH_CATEGORY_WORD_MAX);
      break;
    case OH_CATEGORY_OTHER:
    default: break;
    }
}

const char *
oh_expire_word (OhExpire expire)
{
  for (const Word *word = expires; word->name != NULL; word++)
    if (word->value == (int) expire)
      return word->name;
  return "endpoint";
}

static OhExpire
read_expire (const xmlNode *node)
{
  const char *word = oh_xml_attr (node, "expireType");

  return word != NULL ? (OhExpire) find_word (expires, word) : OH_EXPIRE_UNKNOWN;
}

static OhCategory *
read_category (const xmlNode *node)
{
  char *name = oh_xml_attr_dup (node, "name", OH_CATEGORY_WORD_MAX);
  const xmlNode *content = oh_xml_child (node, NULL);
  OhCategory *category;

  if (name == NULL)
    return NULL;
  category = g_new0 (OhCategory, 1);
  category->name = name;
  category->kind = (OhCategoryKind) find_word (kinds, name);
  category->has_instance = oh_xml_attr_uint (node, "instance", &category->instance);
  category->has_container = oh_xml_attr_uint (node, "container", &category->container);
  oh_xml_attr_uint (node, "version", &category->version);
  category->expire = read_expire (node);
  category->publish_time_us = oh_xml_attr_time (node, "publishTime");
  category->endpoint_id = oh_xml_attr_dup (node, "endpointId", OH_CATEGORY_WORD_MAX);
  category->empty = content == NULL;
  if (content != NULL)
    read_content (category, content);
  return category;
}

static void
category_free (gpointer data)
{
  OhCategory *category = data;

  g_free (category->name);
  g_free (category->endpoint_id);
  g_free (category->activity);
  g_clear_pointer (&category->customs, g_ptr_array_unref);
  g_free (category->note);
  g_free (category->display_name);
  g_free (category->mail);
  g_clear_pointer (&category->numbers, g_ptr_array_unref);
  g_free (category->line);
  g_free (category);
}

OhCategories *
oh_categories_new (const char *uri)
{
  OhCategories *self = g_new0 (OhCategories, 1);

  self->uri = g_strdup (uri);
  self->items = g_ptr_array_new_with_free_func (category_free);
  return self;
}

OhCategory *
oh_categories_add (OhCategories *self, OhCategoryKind kind)
{
  OhCategory *category = g_new0 (OhCategory, 1);
  const Word *word = kinds;

  while (word->name != NULL && word->value != (int) kind)
    word++;
  category->kind = kind;
  category->name = g_strdup (word->name != NULL ? word->name : "");
  g_ptr_array_add (self->items, category);
  return category;
}

OhCategories *
oh_categories_from_node (const xmlNode *node)
{
  g_autofree char *uri = oh_xml_attr_dup (node, "uri", OH_CATEGORY_NAME_MAX);
  OhCategories *self = oh_categories_new (uri);
  const xmlNode *child = oh_xml_child (node, "category");

  for (; child != NULL && self->items->len < OH_CATEGORIES_MAX;
       child = oh_xml_next (child, "category"))
    {
      OhCategory *category = read_category (child);

      if (category != NULL) /* without a name it is about nothing */
        g_ptr_array_add (self->items, category);
    }
  return self;
}

OhCategories *
oh_categories_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "categories", error);

  return doc != NULL ? oh_categories_from_node (oh_xml_root (doc)) : NULL;
}

void
oh_categories_free (OhCategories *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_ptr_array_unref (self->items);
  g_free (self);
}
