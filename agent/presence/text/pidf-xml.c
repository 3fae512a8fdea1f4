/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pidf-xml.h"

#include <string.h>

#include "xml-tree.h"

/* Octets before the root element in which a DTD is named; some hundred are usual. */
#define PROLOG_MAX 1024u

typedef struct
{
  const char *word;
  guint32 number; /* the availability of OCS; 0 when nobody is there */
  const char *token;
} Meaning;

/* clang-format off */
/* XPIDF: substatus of msnsubstatus. */
static const Meaning substatuses[] = {
  { "online",       3500, NULL           },
  { "away",        15500, NULL           },
  { "idle",         5000, NULL           },
  { "busy",         6500, NULL           },
  { "berightback", 12500, NULL           },
  { "onthephone",   6500, "on-the-phone" },
  { "outtolunch",  15500, "out-to-lunch" },
  { "unknown",         0, NULL           },
  { "offline",         0, NULL           },
  { NULL,              0, NULL           },
};

/* XPIDF: status of an address. */
static const Meaning statuses[] = {
  { "open",      3500, NULL },
  { "inuse",     6500, NULL },
  { "inactive", 15500, NULL },
  { "closed",       0, NULL },
  { NULL,           0, NULL },
};

/* RPID, RFC 4480 3.2, the ones that change what is shown; the first of this order counts. */
static const Meaning rpid[] = {
  { "on-the-phone", 6500, "on-the-phone"    },
  { "presentation", 9500, "in-presentation" },
  { "meeting",      6500, "in-a-meeting"    },
  { "appointment",  6500, NULL              },
  { "busy",         6500, NULL              },
  { "meal",        15500, "out-to-lunch"    },
  { "vacation",    15500, "out-of-office"   },
  { "holiday",     15500, "out-of-office"   },
  { "away",        15500, NULL              },
  { NULL,              0, NULL              },
};
/* clang-format on */

static const Meaning *
meaning_of (const Meaning *table, const char *word)
{
  for (; word != NULL && table->word != NULL; table++)
    if (g_ascii_strcasecmp (table->word, word) == 0)
      return table;
  return NULL;
}

/* The lower the number, the better somebody can be reached; 0 not at all. */
static const Meaning *
better (const Meaning *a, const Meaning *b)
{
  if (a == NULL || a->number == 0)
    return b != NULL ? b : a;
  return b != NULL && b->number != 0 && b->number < a->number ? b : a;
}

/* --- XPIDF ---------------------------------------------------------------------------------- */

static const Meaning *
read_address (const xmlNode *address)
{
  const xmlNode *sub = oh_xml_child (address, "msnsubstatus");
  const xmlNode *status = oh_xml_child (address, "status");
  const Meaning *meaning =
    sub != NULL ? meaning_of (substatuses, oh_xml_attr (sub, "substatus")) : NULL;
  const Meaning *plain =
    status != NULL ? meaning_of (statuses, oh_xml_attr (status, "status")) : NULL;

  if (plain != NULL && plain->number == 0)
    return plain; /* closed is closed, whatever else it says */
  return meaning != NULL ? meaning : plain;
}

static const Meaning *
read_atoms (const xmlNode *root)
{
  const xmlNode *atom = oh_xml_child (root, "atom");
  const Meaning *best = NULL;

  for (guint i = 0; atom != NULL && i < OH_PIDF_PARTS_MAX; i++)
    {
      const xmlNode *address = oh_xml_child (atom, "address");

      for (; address != NULL && i < OH_PIDF_PARTS_MAX; i++)
        {
          best = better (best, read_address (address));
          address = oh_xml_next (address, "address");
        }
      atom = oh_xml_next (atom, "atom");
    }
  return best;
}

/* --- PIDF ----------------------------------------------------------------------------------- */

static const Meaning *
read_activities (const xmlNode *node)
{
  const xmlNode *activities = oh_xml_child (node, "activities");

  for (const Meaning *meaning = rpid; meaning->word != NULL; meaning++)
    if (oh_xml_child (activities, meaning->word) != NULL)
      return meaning;
  return NULL;
}

static const Meaning *
read_tuple (const xmlNode *tuple)
{
  const xmlNode *status = oh_xml_child (tuple, "status");
  g_autofree char *basic = oh_xml_text (oh_xml_child (status, "basic"), OH_CATEGORY_WORD_MAX);
  const Meaning *meaning = meaning_of (statuses, basic);
  const Meaning *activity = read_activities (tuple);

  if (activity == NULL)
    activity = read_activities (status);
  return activity != NULL && meaning != NULL && meaning->number != 0 ? activity : meaning;
}

static const Meaning *
read_tuples (const xmlNode *root)
{
  const xmlNode *tuple = oh_xml_child (root, "tuple");
  const Meaning *best = NULL;
  const Meaning *person;

  for (guint i = 0; tuple != NULL && i < OH_PIDF_PARTS_MAX; i++)
    {
      best = better (best, read_tuple (tuple));
      tuple = oh_xml_next (tuple, "tuple");
    }
  person = read_activities (oh_xml_child (root, "person"));
  return person != NULL && best != NULL && best->number != 0 ? person : best;
}

static char *
find_note (const xmlNode *root)
{
  static const char *const holders[] = { "person", "tuple" };
  const xmlNode *note = oh_xml_child (root, "note");

  for (gsize i = 0; note == NULL && i < G_N_ELEMENTS (holders); i++)
    note = oh_xml_child (oh_xml_child (root, holders[i]), "note");
  return oh_xml_text (note, OH_CATEGORY_NOTE_MAX);
}

/* XPIDF names its DTD, which oh_xml_parse() refuses with all declarations. This one may, where it
 * declares nothing itself; it then is passed over unread. */
static OhSlice
without_doctype (OhSlice text)
{
  static const char name[] = "<!DOCTYPE";
  const char *at = g_strstr_len (text.data, (gssize) MIN (text.len, PROLOG_MAX), name);
  OhSlice rest;
  char quote = '\0';

  if (at == NULL)
    return text;
  rest = oh_slice (at, text.len - (gsize) (at - text.data));
  for (gsize i = strlen (name); i < rest.len && i < PROLOG_MAX; i++)
    {
      char c = rest.data[i];

      if (quote == '\0' && (c == '[' || c == '<'))
        return text;
      if (quote == '\0' && c == '>')
        return oh_slice (rest.data + i + 1, rest.len - i - 1);
      if (quote == '\0' && (c == '"' || c == '\''))
        quote = c;
      else if (c == quote)
        quote = '\0';
    }
  return text;
}

/* --- both ----------------------------------------------------------------------------------- */

/* "pres:bob@example.org", "sip:bob@example.org;method=SUBSCRIBE" */
static char *
read_uri (const xmlNode *root)
{
  const xmlNode *presentity = oh_xml_child (root, "presentity");
  g_autofree char *uri = presentity != NULL
                           ? oh_xml_attr_dup (presentity, "uri", OH_CATEGORY_NAME_MAX)
                           : oh_xml_attr_dup (root, "entity", OH_CATEGORY_NAME_MAX);

  if (uri == NULL)
    return NULL;
  uri[strcspn (uri, ";")] = '\0';
  if (g_ascii_strncasecmp (uri, "pres:", strlen ("pres:")) == 0)
    return g_strconcat ("sip:", uri + strlen ("pres:"), NULL);
  return g_steal_pointer (&uri);
}

OhCategories *
oh_pidf_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (without_doctype (body), "presence", error);
  g_autofree char *uri = NULL;
  const xmlNode *root;
  const Meaning *meaning;
  OhCategories *self;
  OhCategory *state, *note;

  if (doc == NULL)
    return NULL;
  root = oh_xml_root (doc);
  uri = read_uri (root);
  self = oh_categories_new (uri);
  meaning = better (read_atoms (root), read_tuples (root));
  state = oh_categories_add (self, OH_CATEGORY_STATE);
  state->empty = meaning == NULL || meaning->number == 0;
  if (!state->empty)
    {
      state->availability = meaning->number;
      state->activity = g_strdup (meaning->token);
    }
  note = oh_categories_add (self, OH_CATEGORY_NOTE);
  note->note = find_note (root);
  note->empty = note->note == NULL;
  return self;
}
