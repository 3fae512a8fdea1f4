/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact.h"

#include <string.h>

#include "category-xml.h"
#include "contact-card.h"
#include "contact-private.h"
#include "log.h"
#include "sip-uri.h"

/* Notes of one person; a server has two, a personal one and that of an absence. */
#define NOTES_MAX 32u

typedef struct
{
  guint32 instance;
  char *text; /* (owned) (nullable) */
  gint64 time_us;
} Note;

struct _OhContact
{
  GObject parent_instance;

  char *key;       /* (owned) */
  char *uri;       /* (owned) with scheme */
  char *list_name; /* (owned) (nullable): what the user calls the person */
  GStrv groups;    /* (owned) */
  gboolean subscribed;

  OhContactCard *card; /* (owned) */
  GArray *notes;       /* (owned) (element-type Note) */

  /* of the state that is shown: to know whether the next one is older, and which one is removed */
  gboolean has_state;
  guint32 state_instance;
  guint32 state_version;
  gint64 state_time_us;

  OhPresence *presence; /* (owned) */
};

enum
{
  PROP_URI = 1,
  PROP_NAME,
  PROP_GROUPS,
  PROP_NUMBERS,
  PROP_PRESENCE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (OhContact, oh_contact, G_TYPE_OBJECT)

static void
note_clear (gpointer data)
{
  g_free (((Note *) data)->text);
}

static gboolean
has_scheme (const char *uri)
{
  OhSlice text = oh_slice_str (uri);

  return oh_slice_has_prefix_case (text, "sip:") || oh_slice_has_prefix_case (text, "sips:") ||
         oh_slice_has_prefix_case (text, "tel:");
}

char *
oh_contact_full_uri (const char *uri)
{
  return has_scheme (uri) ? g_strdup (uri) : g_strconcat ("sip:", uri, NULL);
}

char *
oh_contact_key_for (const char *uri)
{
  g_autofree char *full = NULL;
  char *key;

  if (uri == NULL || uri[0] == '\0')
    return NULL;
  full = oh_contact_full_uri (uri);
  key = oh_sip_uri_aor (full);
  return key != NULL ? key : g_ascii_strdown (full, -1); /* a telephone in the list, or nonsense */
}

OhContact *
oh_contact_new (const char *uri, const char *key)
{
  OhContact *self = g_object_new (OH_TYPE_CONTACT, NULL);

  self->uri = oh_contact_full_uri (uri);
  self->key = g_strdup (key);
  return self;
}

static void
oh_contact_finalize (GObject *object)
{
  OhContact *self = OH_CONTACT (object);

  g_free (self->key);
  g_free (self->uri);
  g_free (self->list_name);
  g_strfreev (self->groups);
  oh_contact_card_free (self->card);
  g_array_unref (self->notes);
  oh_presence_unref (self->presence);
  G_OBJECT_CLASS (oh_contact_parent_class)->finalize (object);
}

static void
oh_contact_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhContact *self = OH_CONTACT (object);

  switch (id)
    {
    case PROP_URI: g_value_set_string (value, self->uri); break;
    case PROP_NAME: g_value_set_string (value, oh_contact_name (self)); break;
    case PROP_GROUPS: g_value_set_boxed (value, self->groups); break;
    case PROP_NUMBERS: g_value_set_uint (value, oh_contact_numbers (self)->len); break;
    case PROP_PRESENCE: g_value_set_boxed (value, self->presence); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_contact_class_init (OhContactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = oh_contact_finalize;
  object_class->get_property = oh_contact_get_property;
  props[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_GROUPS] = g_param_spec_boxed ("groups", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_NUMBERS] = g_param_spec_uint ("numbers", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PRESENCE] = g_param_spec_boxed ("presence", NULL, NULL, OH_TYPE_PRESENCE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
oh_contact_init (OhContact *self)
{
  self->groups = g_new0 (char *, 1);
  self->card = oh_contact_card_new ();
  self->notes = g_array_new (FALSE, TRUE, sizeof (Note));
  g_array_set_clear_func (self->notes, note_clear);
  self->presence = oh_presence_unknown ();
}

const char *
oh_contact_key (OhContact *self)
{
  return self->key;
}

const char *
oh_contact_uri (OhContact *self)
{
  return self->uri;
}

const char *
oh_contact_name (OhContact *self)
{
  if (self->list_name != NULL && self->list_name[0] != '\0')
    return self->list_name;
  if (oh_contact_card_name (self->card)[0] != '\0')
    return oh_contact_card_name (self->card);
  return strchr (self->uri, ':') + 1;
}

const char *const *
oh_contact_groups (OhContact *self)
{
  return (const char *const *) self->groups;
}

OhPresence *
oh_contact_presence (OhContact *self)
{
  return self->presence;
}

GPtrArray *
oh_contact_numbers (OhContact *self)
{
  return oh_contact_card_numbers (self->card);
}

gboolean
oh_contact_subscribed (OhContact *self)
{
  return self->subscribed;
}

static OhContactChange
changed (OhContact *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
  return OH_CONTACT_CHANGED;
}

OhContactChange
oh_contact_set_groups (OhContact *self, GStrv groups)
{
  g_auto (GStrv) old = g_steal_pointer (&self->groups);

  self->groups = groups;
  if (g_strv_equal ((const char *const *) old, (const char *const *) groups))
    return OH_CONTACT_SAME;
  return changed (self, PROP_GROUPS);
}

OhContactChange
oh_contact_set_entry (OhContact *self, const char *name, GStrv groups, gboolean subscribed)
{
  OhContactChange change = oh_contact_set_groups (self, groups);

  self->subscribed = subscribed;
  if (g_strcmp0 (self->list_name, name) != 0)
    {
      g_free (self->list_name);
      self->list_name = g_strdup (name);
      change |= changed (self, PROP_NAME);
    }
  return change;
}

/* The instances of the card that a document brings; the others stay. */
static OhContactChange
apply_cards (OhContact *self, const OhCategories *categories)
{
  g_autofree char *name = g_strdup (oh_contact_name (self));
  gboolean any = FALSE;

  for (guint i = 0; i < categories->items->len; i++)
    {
      const OhCategory *category = g_ptr_array_index (categories->items, i);

      if (category->kind == OH_CATEGORY_CARD)
        any |= oh_contact_card_apply (self->card, category);
    }
  if (!any)
    return OH_CONTACT_SAME;
  changed (self, PROP_NUMBERS);
  if (!g_str_equal (name, oh_contact_name (self)))
    changed (self, PROP_NAME);
  return OH_CONTACT_CHANGED | OH_CONTACT_CHANGED_NUMBERS;
}

static void
apply_note (OhContact *self, const OhCategory *category)
{
  Note fresh = { category->instance, NULL, category->publish_time_us };

  for (guint i = self->notes->len; i > 0; i--)
    if (!category->has_instance ||
        g_array_index (self->notes, Note, i - 1).instance == category->instance)
      g_array_remove_index (self->notes, i - 1);
  if (category->note == NULL || self->notes->len >= NOTES_MAX)
    return;
  fresh.text = g_strdup (category->note);
  g_array_append_val (self->notes, fresh);
}

/* Of several notes the one published last is shown. */
static const char *
newest_note (OhContact *self)
{
  const Note *newest = NULL;

  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = &g_array_index (self->notes, Note, i);

      if (newest == NULL || note->time_us > newest->time_us)
        newest = note;
    }
  return newest != NULL ? newest->text : NULL;
}

static gboolean
is_shown (const OhCategory *category)
{
  return category->state_type == OH_STATE_AGGREGATE || category->state_type == OH_STATE_OTHER;
}

/* Notifications can overtake each other; times decide, versions where there are none. */
static gboolean
is_older (OhContact *self, const OhCategory *category)
{
  if (!self->has_state || category->instance != self->state_instance)
    return FALSE;
  if (category->publish_time_us > 0 && self->state_time_us > 0)
    return category->publish_time_us < self->state_time_us;
  return category->version > 0 && category->version < self->state_version;
}

static OhPresence *
with_state (OhContact *self, const OhCategory *category, const OhPresence *now)
{
  const char *note = oh_presence_note (now);

  if (category->empty)
    {
      if (category->has_instance && self->has_state && category->instance != self->state_instance)
        return NULL; /* another instance, for example that of a machine */
      self->has_state = FALSE;
      return oh_presence_new (OH_AVAILABILITY_OFFLINE, NULL, note, category->publish_time_us);
    }
  if (!is_shown (category))
    return NULL;
  if (is_older (self, category))
    {
      g_autofree char *who = oh_log_uri (self->uri);

      g_debug ("%s: state version %u is older than %u, passed over", who, category->version,
               self->state_version);
      return NULL;
    }
  self->has_state = TRUE;
  self->state_instance = category->instance;
  self->state_version = category->version;
  self->state_time_us = category->publish_time_us;
  return oh_presence_new (oh_availability_from_number (category->availability, category->activity),
                          category->activity, note, category->since_us);
}

static OhContactChange
take_presence (OhContact *self, OhPresence *fresh)
{
  g_autoptr (OhPresence) old = g_steal_pointer (&self->presence);

  self->presence = fresh;
  return oh_presence_equal (old, fresh) ? OH_CONTACT_SAME : changed (self, PROP_PRESENCE);
}

/* Removals first: a document may remove one instance and bring another, in any order. */
static OhPresence *
apply_states (OhContact *self, const OhCategories *categories)
{
  OhPresence *presence = oh_presence_ref (self->presence);

  for (int removals = 1; removals >= 0; removals--)
    for (guint i = 0; i < categories->items->len; i++)
      {
        const OhCategory *category = g_ptr_array_index (categories->items, i);
        OhPresence *next;

        if (category->kind != OH_CATEGORY_STATE || category->empty != removals)
          continue;
        next = with_state (self, category, presence);
        if (next == NULL)
          continue;
        oh_presence_unref (presence);
        presence = next;
      }
  return presence;
}

OhContactChange
oh_contact_apply (OhContact *self, const OhCategories *categories)
{
  OhContactChange change = apply_cards (self, categories);
  g_autoptr (OhPresence) state = apply_states (self, categories);

  for (guint i = 0; i < categories->items->len; i++)
    {
      const OhCategory *category = g_ptr_array_index (categories->items, i);

      if (category->kind == OH_CATEGORY_NOTE)
        apply_note (self, category);
    }
  change |= take_presence (self, oh_presence_new (oh_presence_availability (state),
                                                  oh_presence_activity (state), newest_note (self),
                                                  oh_presence_since_us (state)));
  return change;
}

OhContactChange
oh_contact_set_availability (OhContact *self, OhAvailability availability)
{
  self->has_state = FALSE;
  g_array_set_size (self->notes, 0);
  return take_presence (self, oh_presence_new (availability, NULL, NULL, 0));
}
