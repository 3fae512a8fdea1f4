/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-places.h"

#include <string.h>

#include "contact-private.h"
#include "log.h"
#include "people-watch.h"
#include "sip-uri.h"
#include "turns.h"

/* Of a host name, RFC 1035 2.3.4. */
#define HOST_MAX 253u

struct _OhPeoplePlaces
{
  OhSipStack *stack;    /* (owned) */
  OhClock *clock;       /* (owned) */
  OhContacts *contacts; /* (owned) */
  char *uri;            /* (owned) */
  gboolean batched;
  gboolean enhanced;
  guint flush_alarm;

  GHashTable *watches; /* (owned) target → OhPeopleWatch (owned) */
  GHashTable *places;  /* (owned) key of a person → OhPeopleWatch (unowned) */
  GHashTable *moves;   /* (owned) key of a person → how often it was moved */
  GHashTable *pools;   /* (owned) set of targets */
  OhTurns *turns;      /* (owned) of those who are asked for alone */
};

static void on_moved (const char *uri, const char *pool, gpointer user_data);

static OhPeopleForm
form_of (OhPeoplePlaces *self, gboolean batched)
{
  if (self->enhanced)
    return batched ? OH_PEOPLE_BATCH : OH_PEOPLE_SINGLE;
  return batched ? OH_PEOPLE_LCS_BATCH : OH_PEOPLE_LCS_SINGLE;
}

static OhPeopleWatch *
watch_for (OhPeoplePlaces *self, const char *target, gboolean batched)
{
  OhPeopleWatch *watch = g_hash_table_lookup (self->watches, target);
  const OhPeopleSetup setup = {
    .target = target,
    .owner = self->uri,
    .form = form_of (self, batched),
    .sink = { self->contacts, on_moved, self },
    .turns = batched ? NULL : self->turns,
  };

  if (watch == NULL)
    {
      watch = oh_people_watch_new (self->stack, self->clock, &setup);
      g_hash_table_insert (self->watches, g_strdup (target), watch);
    }
  return watch;
}

static void
place_in (OhPeoplePlaces *self, const char *uri, OhPeopleWatch *watch)
{
  g_hash_table_insert (self->places, oh_contact_key_for (uri), watch);
  oh_people_watch_add (watch, uri);
}

/* Who is asked for alone is whom the request goes to: nonsense in the list goes nowhere. */
static OhPeopleWatch *
watch_alone (OhPeoplePlaces *self, const char *uri)
{
  g_autofree char *aor = oh_sip_uri_aor (uri);

  return aor != NULL ? watch_for (self, uri, FALSE) : NULL;
}

/* In the batch of our own front end, or alone where it takes none. */
static void
place (OhPeoplePlaces *self, const char *uri)
{
  OhPeopleWatch *watch = self->batched ? watch_for (self, self->uri, TRUE) : NULL;

  if (watch == NULL || oh_people_watch_is_refused (watch))
    watch = watch_alone (self, uri);
  if (watch != NULL)
    place_in (self, uri, watch);
}

/* A host name and nothing else: it comes from the network and becomes a Request-URI. */
static gboolean
is_host (const char *pool)
{
  gsize len = strlen (pool);

  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (pool[i]) && pool[i] != '.' && pool[i] != '-')
      return FALSE;
  return len > 0 && len <= HOST_MAX;
}

/* A pool of its own is one dialog more; a server that names ever new ones gets no more of them. */
static OhPeopleWatch *
watch_of_pool (OhPeoplePlaces *self, const char *pool)
{
  g_autofree char *target = g_strconcat ("sip:", pool, NULL);

  if (!is_host (pool) || (!g_hash_table_contains (self->pools, target) &&
                          g_hash_table_size (self->pools) >= OH_PEOPLE_POOLS_MAX))
    return NULL;
  g_hash_table_add (self->pools, g_strdup (target));
  return watch_for (self, target, TRUE);
}

static void
flush (OhPeoplePlaces *self)
{
  GHashTableIter iter;
  gpointer watch;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    {
      oh_people_watch_flush (watch);
      if (oh_people_watch_is_over (watch))
        g_hash_table_iter_remove (&iter);
    }
}

static gboolean
on_flush (gpointer user_data)
{
  OhPeoplePlaces *self = user_data;

  self->flush_alarm = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

/* A person of another pool, or one to be asked directly: never again in the batch that said so. */
static void
on_moved (const char *uri, const char *pool, gpointer user_data)
{
  OhPeoplePlaces *self = user_data;
  g_autofree char *key = oh_contact_key_for (uri);
  OhPeopleWatch *from = g_hash_table_lookup (self->places, key);
  OhPeopleWatch *to = NULL;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->moves, key));

  if (from == NULL)
    return; /* nobody of ours */
  if (n < OH_PEOPLE_MOVES_MAX && pool != NULL)
    to = watch_of_pool (self, pool);
  if (n < OH_PEOPLE_MOVES_MAX && to == NULL)
    to = watch_alone (self, uri);
  if (to == from)
    return; /* sent where we are */
  if (to == NULL)
    {
      g_autofree char *who = oh_log_uri (uri);

      g_message ("presence of %s is moved in circles by the server", who);
      oh_contacts_set_availability (self->contacts, uri, OH_AVAILABILITY_OFFLINE);
      return;
    }
  g_hash_table_insert (self->moves, g_strdup (key), GUINT_TO_POINTER (n + 1));
  oh_people_watch_forget (from, uri);
  place_in (self, uri, to);
  /* one notification moves many: they are asked for together, when it has been read */
  if (self->flush_alarm == 0)
    self->flush_alarm = oh_clock_add_alarm_in (self->clock, 0, on_flush, self);
}

static void
remove_departed (OhPeoplePlaces *self, GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer key, watch;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &key, &watch))
    if (!g_hash_table_contains (wanted, key))
      {
        oh_people_watch_remove (watch, key);
        g_hash_table_iter_remove (&iter);
      }
}

void
oh_people_places_update (OhPeoplePlaces *self)
{
  g_autoptr (GPtrArray) people = oh_contacts_subscribed (self->contacts);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < people->len; i++)
    {
      OhContact *contact = g_ptr_array_index (people, i);
      const char *uri = oh_contact_uri (contact);

      if (!g_str_has_prefix (oh_contact_key (contact), "sip:"))
        continue; /* a telephone number has no presence */
      g_hash_table_add (wanted, (gpointer) oh_contact_key (contact));
      if (!g_hash_table_contains (self->places, oh_contact_key (contact)))
        place (self, uri);
    }
  remove_departed (self, wanted);
  flush (self);
}

void
oh_people_places_refresh (OhPeoplePlaces *self)
{
  GHashTableIter iter;
  gpointer watch;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    oh_people_watch_refresh (watch);
}

OhPeoplePlaces *
oh_people_places_new (OhSipStack *stack, OhClock *clock, OhContacts *contacts, const char *uri,
                      gboolean batched, gboolean enhanced)
{
  OhPeoplePlaces *self = g_new0 (OhPeoplePlaces, 1);

  self->stack = g_object_ref (stack);
  self->clock = g_object_ref (clock);
  self->contacts = g_object_ref (contacts);
  self->uri = g_strdup (uri);
  self->batched = batched;
  self->enhanced = enhanced;
  self->watches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->moves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pools = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->turns = oh_turns_new (OH_PEOPLE_SINGLES_AT_ONCE, oh_people_watch_begin);
  return self;
}

void
oh_people_places_free (OhPeoplePlaces *self)
{
  if (self == NULL)
    return;
  oh_clock_clear_alarm (self->clock, &self->flush_alarm);
  oh_turns_close (self->turns); /* a watch that goes makes room for the next */
  g_hash_table_unref (self->watches);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->moves);
  g_hash_table_unref (self->pools);
  oh_turns_free (self->turns);
  g_object_unref (self->stack);
  g_object_unref (self->clock);
  g_object_unref (self->contacts);
  g_free (self->uri);
  g_free (self);
}
