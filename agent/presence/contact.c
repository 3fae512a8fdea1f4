/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact.h"

#include <string.h>

#include "category-xml.h"
#include "contact-card.h"
#include "contact-private.h"
#include "contact-state.h"
#include "sip-uri.h"

struct _OhContact
{
  GObject parent_instance;

  char *key;       /* (owned) */
  char *uri;       /* (owned) with scheme */
  char *list_name; /* (owned) (nullable): what the user calls the person */
  GStrv groups;    /* (owned) */
  gboolean subscribed;

  OhContactCard *card;   /* (owned) */
  OhContactState *state; /* (owned) */
  OhPresence *presence;  /* (owned) */
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
  oh_contact_state_free (self->state);
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
  self->state = oh_contact_state_new ();
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

const char *
oh_contact_mail (OhContact *self)
{
  return oh_contact_card_mail (self->card);
}

GPtrArray *
oh_contact_numbers (OhContact *self)
{
  return oh_contact_card_numbers (self->card);
}

const char *
oh_contact_list_name (OhContact *self)
{
  return self->list_name;
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

OhKeptCard *
oh_contact_dup_card (OhContact *self)
{
  return oh_contact_card_keep (self->card);
}

OhContactChange
oh_contact_restore_card (OhContact *self, const OhKeptCard *card)
{
  if (!oh_contact_card_restore (self->card, card))
    return OH_CONTACT_SAME;
  changed (self, PROP_NUMBERS);
  changed (self, PROP_NAME);
  return OH_CONTACT_CHANGED | OH_CONTACT_CHANGED_NUMBERS;
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

static OhContactChange
take_presence (OhContact *self)
{
  g_autoptr (OhPresence) old = g_steal_pointer (&self->presence);

  self->presence = oh_contact_state_presence (self->state);
  return oh_presence_equal (old, self->presence) ? OH_CONTACT_SAME : changed (self, PROP_PRESENCE);
}

OhContactChange
oh_contact_apply (OhContact *self, const OhCategories *categories)
{
  OhContactChange change = apply_cards (self, categories);

  oh_contact_state_apply (self->state, categories);
  return change | take_presence (self);
}

OhContactChange
oh_contact_set_availability (OhContact *self, OhAvailability availability)
{
  oh_contact_state_reset (self->state, availability);
  return take_presence (self);
}
