/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "presentity-xml.h"

#include <string.h>

#include "xml-tree.h"

/* Up to here nobody can be reached, whatever they are said to do. */
#define AVAILABILITY_OFFLINE_MAX 99u
/* Unknown until somebody tries. */
#define AVAILABILITY_UNKNOWN_MAX 199u
/* Their device is connected, but is anybody near it? */
#define AVAILABILITY_CONNECTED_MAX 299u
/* Numbers of activities end with three digits. */
#define NUMBER_MAX 999u

/* Each range ends where the next begins. */
/* clang-format off */
static const struct
{
  guint from;
  guint32 number; /* the availability of OCS */
  const char *token;
} activities[] = {
  { 800,  3500, NULL            },
  { 700, 15500, NULL            },
  { 600,  6500, NULL            },
  { 500,  6500, "on-the-phone"  },
  { 400,  3500, NULL            },
  { 300, 12500, NULL            },
  { 200,  5000, NULL            },
  { 150, 15500, "out-to-lunch"  },
  { 100, 15500, NULL            },
};
/* clang-format on */

typedef struct
{
  gboolean known;
  guint32 availability;
  guint32 activity;
} Aggregate;

static gboolean
aggregate_attr (const xmlNode *parent, const char *element, guint32 *out)
{
  const xmlNode *node = oh_xml_child (parent, element);
  guint32 number;

  if (node == NULL || !oh_xml_attr_uint (node, "aggregate", &number) || number > NUMBER_MAX)
    return FALSE;
  *out = number;
  return TRUE;
}

static Aggregate
read_aggregate (const xmlNode *node)
{
  Aggregate self = { FALSE, 0, 0 };

  self.known = aggregate_attr (node, "availability", &self.availability);
  aggregate_attr (node, "activity", &self.activity);
  return self;
}

/* Where the server did not add up the endpoints: the one that reaches the person best. */
static Aggregate
best_device (const xmlNode *presentity)
{
  const xmlNode *devices = oh_xml_child (presentity, "devices");
  const xmlNode *device = oh_xml_child (devices != NULL ? devices : presentity, "devicePresence");
  Aggregate best = { FALSE, 0, 0 };

  for (guint i = 0; device != NULL && i < OH_PRESENTITY_DEVICES_MAX; i++)
    {
      Aggregate one = read_aggregate (device);

      if (one.known && (!best.known || one.availability > best.availability))
        best = one;
      device = oh_xml_next (device, "devicePresence");
    }
  return best;
}

static void
apply_aggregate (OhCategory *state, const Aggregate *aggregate)
{
  state->empty = FALSE;
  state->availability = aggregate->availability > AVAILABILITY_CONNECTED_MAX ? 3500 : 5000;
  for (gsize i = 0; i < G_N_ELEMENTS (activities); i++)
    if (aggregate->activity >= activities[i].from)
      {
        state->availability = activities[i].number;
        state->activity = g_strdup (activities[i].token);
        return;
      }
}

/* What later clients say of themselves in numbers of OCS goes before what it was rounded to. A
 * call is what the devices know. */
static void
apply_own_state (OhCategory *state, const xmlNode *user_info)
{
  const xmlNode *node = oh_xml_child (oh_xml_child (user_info, "states"), "state");

  for (guint i = 0; node != NULL && i < OH_PRESENTITY_DEVICES_MAX; i++)
    {
      const char *set = oh_xml_attr (node, "set");
      guint32 number;

      if (set != NULL && g_ascii_strcasecmp (set, "manual") == 0 &&
          oh_xml_attr_uint (node, "avail", &number) && number >= 3000)
        {
          state->since_us = oh_xml_attr_time (node, "since");
          if (state->activity == NULL)
            state->availability = number;
          return;
        }
      node = oh_xml_next (node, "state");
    }
}

static void
read_state (OhCategories *self, const xmlNode *presentity)
{
  OhCategory *state = oh_categories_add (self, OH_CATEGORY_STATE);
  Aggregate aggregate = read_aggregate (presentity);

  state->empty = TRUE;
  if (!aggregate.known)
    aggregate = best_device (presentity);
  if (aggregate.availability <= AVAILABILITY_OFFLINE_MAX)
    return;
  if (aggregate.availability <= AVAILABILITY_UNKNOWN_MAX && aggregate.activity < 100)
    return;
  apply_aggregate (state, &aggregate);
  apply_own_state (state, oh_xml_child (presentity, "userInfo"));
}

static void
read_note (OhCategories *self, const xmlNode *presentity)
{
  const xmlNode *user_info = oh_xml_child (presentity, "userInfo");
  const xmlNode *node = oh_xml_child (user_info != NULL ? user_info : presentity, "note");
  const xmlNode *body = oh_xml_child (node, "body");
  OhCategory *note = oh_categories_add (self, OH_CATEGORY_NOTE);

  note->note = oh_xml_text (body != NULL ? body : node, OH_CATEGORY_NOTE_MAX);
  note->empty = note->note == NULL;
}

/* As an attribute of the element's own name, or as its text. */
static char *
attr_or_text (const xmlNode *node, const char *name)
{
  char *value = node != NULL ? oh_xml_attr_dup (node, name, OH_CATEGORY_NAME_MAX) : NULL;

  return value != NULL ? value : oh_xml_text (node, OH_CATEGORY_NAME_MAX);
}

static void
read_card (OhCategories *self, const xmlNode *presentity)
{
  const xmlNode *number = oh_xml_child (presentity, "phoneNumber");
  g_autofree char *name = attr_or_text (oh_xml_child (presentity, "displayName"), "displayName");
  OhCategory *card;

  if (name == NULL && number == NULL)
    return; /* such a document may be about the state alone */
  card = oh_categories_add (self, OH_CATEGORY_CARD);
  card->display_name = g_steal_pointer (&name);
  for (guint i = 0; number != NULL && i < OH_CATEGORY_NUMBERS_MAX; i++)
    {
      char *text = attr_or_text (number, "number");

      if (text != NULL)
        oh_category_add_number (card, oh_xml_attr_dup (number, "label", OH_CATEGORY_WORD_MAX), NULL,
                                text);
      number = oh_xml_next (number, "phoneNumber");
    }
}

OhCategories *
oh_presentity_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "presentity", error);
  g_autofree char *uri = NULL;
  OhCategories *self;

  if (doc == NULL)
    return NULL;
  uri = oh_xml_attr_dup (oh_xml_root (doc), "uri", OH_CATEGORY_NAME_MAX);
  self = oh_categories_new (uri);
  read_state (self, oh_xml_root (doc));
  read_note (self, oh_xml_root (doc));
  read_card (self, oh_xml_root (doc));
  return self;
}
