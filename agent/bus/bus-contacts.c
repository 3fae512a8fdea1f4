/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-contacts.h"

#define CONTACT_TYPE "(ssssasa(sss)a{sv})"

struct _OhBusContacts
{
  OhContacts *contacts; /* (owned) */
  OhBusAgent1 *agent;   /* (owned) */
  OhClock *clock;       /* (owned) */
  GPtrArray *uris;      /* (owned) (element-type utf8): the list as it was last seen, to know who
                         * went: a list model only tells how many */
  GHashTable *changed;  /* (owned) (element-type utf8): set */
  GQueue order;         /* (element-type utf8): who changed, those who wait longest first; names
                         * also some who are not in @changed any more */
  GHashTable *removed;  /* (owned) (element-type utf8): set */
  guint64 revision;
  guint alarm; /* at which the delta leaves */
};

/* Of ten thousand people few have anything here. */
static void
add_more (GVariantBuilder *builder, const OhPresence *presence)
{
  if (oh_presence_since_us (presence) != 0)
    g_variant_builder_add (builder, "{sv}", "since",
                           g_variant_new_int64 (oh_presence_since_us (presence)));
  if (oh_presence_is_inactive (presence))
    g_variant_builder_add (builder, "{sv}", "inactive", g_variant_new_boolean (TRUE));
  if (oh_presence_is_out_of_office (presence))
    g_variant_builder_add (builder, "{sv}", "out-of-office", g_variant_new_boolean (TRUE));
}

static GVariant *
numbers_variant (GPtrArray *numbers)
{
  g_autofree GVariant **entries = g_new (GVariant *, numbers->len);

  for (guint i = 0; i < numbers->len; i++)
    {
      const OhContactNumber *number = g_ptr_array_index (numbers, i);
      GVariant *fields[] = {
        g_variant_new_string (number->type),
        g_variant_new_string (number->number),
        g_variant_new_string (number->display),
      };

      entries[i] = g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
    }
  return g_variant_new_array (G_VARIANT_TYPE ("(sss)"), entries, numbers->len);
}

/* Put together by hand: a thousand times a second a format string would cost more than all else. */
static GVariant *
contact_variant (OhContact *contact)
{
  OhPresence *presence = oh_contact_presence (contact);
  char *state = g_strconcat (oh_availability_word (oh_presence_availability (presence)), "/",
                             oh_presence_activity (presence), NULL);
  GVariantBuilder more;

  g_variant_builder_init (&more, G_VARIANT_TYPE_VARDICT);
  add_more (&more, presence);
  return g_variant_new_tuple (
    (GVariant *[]){
      g_variant_new_string (oh_contact_uri (contact)),
      g_variant_new_string (oh_contact_name (contact)),
      g_variant_new_take_string (state),
      g_variant_new_string (oh_presence_note (presence)),
      g_variant_new_strv (oh_contact_groups (contact), -1),
      numbers_variant (oh_contact_numbers (contact)),
      g_variant_builder_end (&more),
    },
    7);
}

GVariant *
oh_bus_contacts_list (OhBusContacts *self)
{
  GListModel *model = G_LIST_MODEL (self->contacts);
  guint n = g_list_model_get_n_items (model);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" CONTACT_TYPE));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (model, i);

      g_variant_builder_add_value (&builder, contact_variant (contact));
    }
  return g_variant_builder_end (&builder);
}

/* As many as fit; they do not count as changed any more. */
static GVariant *
take_changed (OhBusContacts *self)
{
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" CONTACT_TYPE));
  while (n < OH_BUS_CONTACTS_DELTA_MAX && !g_queue_is_empty (&self->order))
    {
      g_autofree char *uri = g_queue_pop_head (&self->order);
      OhContact *contact = oh_contacts_lookup_uri (self->contacts, uri);

      if (!g_hash_table_remove (self->changed, uri) || contact == NULL)
        continue; /* told already, or it went in the same breath */
      g_variant_builder_add_value (&builder, contact_variant (contact));
      n++;
    }
  return g_variant_builder_end (&builder);
}

static void schedule (OhBusContacts *self);

static gboolean
send_delta (gpointer user_data)
{
  OhBusContacts *self = user_data;
  g_autofree char **removed = (char **) g_hash_table_get_keys_as_array (self->removed, NULL);

  self->alarm = 0;
  self->revision++;
  oh_bus_agent1_set_contacts_revision (self->agent, self->revision);
  oh_bus_agent1_emit_contacts_changed (self->agent, self->revision, take_changed (self),
                                       (const char *const *) removed);
  g_hash_table_remove_all (self->removed);
  if (!g_queue_is_empty (&self->order))
    schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (OhBusContacts *self)
{
  if (self->alarm == 0)
    self->alarm = oh_clock_add_alarm_in (self->clock, OH_BUS_CONTACTS_DELAY_US, send_delta, self);
}

static void
note_changed (OhBusContacts *self, const char *uri)
{
  g_hash_table_remove (self->removed, uri);
  if (g_hash_table_add (self->changed, g_strdup (uri)))
    g_queue_push_tail (&self->order, g_strdup (uri));
}

static void
note_removed (OhBusContacts *self, const char *uri)
{
  g_hash_table_remove (self->changed, uri);
  g_hash_table_add (self->removed, g_strdup (uri));
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added,
                  OhBusContacts *self)
{
  for (guint i = position; i < position + removed; i++)
    note_removed (self, g_ptr_array_index (self->uris, i));
  if (removed > 0)
    g_ptr_array_remove_range (self->uris, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (model, i);

      g_ptr_array_insert (self->uris, (int) i, g_strdup (oh_contact_uri (contact)));
      note_changed (self, oh_contact_uri (contact));
    }
  schedule (self);
}

static void
on_contact_changed (OhContacts *contacts, OhContact *contact, OhBusContacts *self)
{
  note_changed (self, oh_contact_uri (contact));
  schedule (self);
}

OhBusContacts *
oh_bus_contacts_new (OhContacts *contacts, OhBusAgent1 *agent, OhClock *clock)
{
  OhBusContacts *self = g_new0 (OhBusContacts, 1);

  self->contacts = g_object_ref (contacts);
  self->agent = g_object_ref (agent);
  self->clock = g_object_ref (clock);
  self->uris = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->order);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (contacts, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect (contacts, "contact-changed", G_CALLBACK (on_contact_changed), self);
  on_items_changed (G_LIST_MODEL (contacts), 0, 0,
                    g_list_model_get_n_items (G_LIST_MODEL (contacts)), self);
  return self;
}

void
oh_bus_contacts_free (OhBusContacts *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->contacts, self);
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_hash_table_unref (self->changed);
  g_queue_clear_full (&self->order, g_free);
  g_hash_table_unref (self->removed);
  g_ptr_array_unref (self->uris);
  g_clear_object (&self->contacts);
  g_clear_object (&self->agent);
  g_clear_object (&self->clock);
  g_free (self);
}

guint64
oh_bus_contacts_revision (OhBusContacts *self)
{
  return self->revision;
}
