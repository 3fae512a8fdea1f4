/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-places.h"

#include <string.h>

#include "fake-clock.h"
#include "roaming-contacts-xml.h"
#include "sip-peer.h"

#define S G_GINT64_CONSTANT (1000000)
#define US "sip:anna@f.test"

typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhContacts *contacts;
  OhPeoplePlaces *places;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  self->contacts = oh_contacts_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->places, oh_people_places_free);
  g_object_unref (self->contacts);
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
}

/* Contacts p0, p1 and so on. */
static void
set_list (Fixture *self, guint n)
{
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='1'>");
  g_autoptr (OhContactList) list = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (xml, "<contact uri='p%u@f.test'/>", i);
  g_string_append (xml, "<contact uri='tel:+4930'/></contactList>");
  list = oh_contact_list_parse (oh_slice_str (xml->str), NULL);
  g_assert_true (oh_contacts_apply_list (self->contacts, list));
  oh_people_places_update (self->places);
}

static void
begin (Fixture *self, guint n, gboolean batched, gboolean enhanced)
{
  self->places = oh_people_places_new (oh_sip_peer_stack (self->peer), OH_CLOCK (self->clock),
                                       self->contacts, US, batched, enhanced);
  set_list (self, n);
}

/* The next SUBSCRIBE; the stack's rate limit lets it through. */
static OhSipMessage *
take (Fixture *self)
{
  oh_fake_clock_advance (self->clock, S / 20);
  return oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence");
}

static const char *
target (const OhSipMessage *request)
{
  return oh_sip_message_request_uri (request);
}

static void
accept_it (Fixture *self, const OhSipMessage *request)
{
  oh_sip_peer_answer (self->peer, request, 200, "Expires: 36000\r\n", NULL, NULL);
}

/* So many at once are asked for alone, the others wait; a telephone number has no presence. */
static void
test_singles (Fixture *self, gconstpointer data)
{
  GQueue open = G_QUEUE_INIT;
  g_autoptr (GHashTable) asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  begin (self, OH_PEOPLE_SINGLES_AT_ONCE + 2, FALSE, TRUE);
  for (guint i = 0; i < OH_PEOPLE_SINGLES_AT_ONCE; i++)
    g_queue_push_tail (&open, take (self));
  oh_sip_peer_assert_silent (self->peer);
  while (!g_queue_is_empty (&open))
    {
      g_autoptr (OhSipMessage) one = g_queue_pop_head (&open);

      g_assert_true (g_hash_table_add (asked, g_strdup (target (one))));
      accept_it (self, one);
      if (g_hash_table_size (asked) <= 2)
        g_queue_push_tail (&open, take (self));
    }
  g_assert_cmpuint (g_hash_table_size (asked), ==, OH_PEOPLE_SINGLES_AT_ONCE + 2);
  oh_sip_peer_assert_silent (self->peer);

  set_list (self, 1); /* the others went: each dialog is ended */
  for (guint i = 1; i < OH_PEOPLE_SINGLES_AT_ONCE + 2; i++)
    {
      g_autoptr (OhSipMessage) last = take (self);

      g_assert_cmpstr (oh_sip_message_get (last, "Expires"), ==, "0");
    }
  oh_sip_peer_assert_silent (self->peer);
}

/* Freed with many still waiting: nothing more is sent. */
static void
test_freed (Fixture *self, gconstpointer data)
{
  begin (self, 3 * OH_PEOPLE_SINGLES_AT_ONCE, FALSE, TRUE);
  for (guint i = 0; i < OH_PEOPLE_SINGLES_AT_ONCE; i++)
    oh_sip_message_unref (take (self));
  g_clear_pointer (&self->places, oh_people_places_free);
  oh_fake_clock_advance (self->clock, 3600 * S);
  oh_sip_peer_assert_silent (self->peer);
}

/* What is asked with, for each kind of server. */
static void
test_forms (Fixture *self, gconstpointer data)
{
  static const struct
  {
    gboolean batched, enhanced;
    const char *target, *type, *require;
  } cases[] = {
    { TRUE, TRUE, US, "application/msrtc-adrl-categorylist+xml", "adhoclist, categoryList" },
    { FALSE, TRUE, "sip:p0@f.test", "application/msrtc-adrl-categorylist+xml", NULL },
    { TRUE, FALSE, US, "application/adrl+xml", "adhoclist" },
    { FALSE, FALSE, "sip:p0@f.test", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) request = NULL;

      begin (self, 1, cases[i].batched, cases[i].enhanced);
      request = take (self);
      g_assert_cmpstr (target (request), ==, cases[i].target);
      g_assert_cmpstr (oh_sip_message_get (request, "Content-Type"), ==, cases[i].type);
      g_assert_cmpstr (oh_sip_message_get (request, "Require"), ==, cases[i].require);
      g_clear_pointer (&self->places, oh_people_places_free);
    }
}

/* A server that does not take its own lists: everybody alone, also who comes later. */
static void
test_lists_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) batch = NULL;

  begin (self, 2, TRUE, TRUE);
  batch = take (self);
  oh_sip_peer_answer (self->peer, batch, 420, "Unsupported: adhoclist\r\n", NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (OhSipMessage) single = take (self);

      g_assert_true (g_str_has_prefix (target (single), "sip:p"));
      accept_it (self, single);
    }
  set_list (self, 3);
  g_clear_pointer (&batch, oh_sip_message_unref);
  batch = take (self);
  g_assert_cmpstr (target (batch), ==, "sip:p2@f.test");
  oh_sip_peer_assert_silent (self->peer);
}

static void
move_all (Fixture *self, const OhSipMessage *dialog, guint n)
{
  g_autoptr (GString) list = g_string_new ("<list>");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list,
                            "<resource uri='sip:p%u@f.test'><instance state='resubscribe'"
                            " poolFqdn='pool%u.f.test'/></resource>",
                            i, i);
  g_string_append (list, "</list>");
  oh_sip_peer_notify (self->peer, dialog, "BENOTIFY", "active", "application/rlmi+xml", list->str);
  oh_fake_clock_advance (self->clock, 0);
}

/* As many pools as there may be; who belongs to one more is asked for alone. */
static void
test_pools (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) batch = NULL;
  guint pools = 0;

  begin (self, OH_PEOPLE_POOLS_MAX + 1, TRUE, TRUE);
  batch = take (self);
  accept_it (self, batch);
  move_all (self, batch, OH_PEOPLE_POOLS_MAX + 1);
  for (guint i = 0; i < OH_PEOPLE_POOLS_MAX + 1; i++)
    {
      g_autoptr (OhSipMessage) one = take (self);

      if (g_str_has_prefix (target (one), "sip:pool"))
        pools++;
      else
        g_assert_cmpstr (target (one), ==, "sip:p64@f.test");
      accept_it (self, one);
    }
  g_assert_cmpuint (pools, ==, OH_PEOPLE_POOLS_MAX);
  oh_sip_peer_assert_silent (self->peer);
}

/* What is no host name is no pool: such a person is asked for alone. */
static void
test_bad_pools (Fixture *self, gconstpointer data)
{
  g_autofree char *at = g_strnfill (253, 'p');
  g_autofree char *beyond = g_strnfill (254, 'p');
  const struct
  {
    const char *pool;
    gboolean good;
  } cases[] = {
    { "pool-2.f.test", TRUE }, { at, TRUE },     { beyond, FALSE },      { "", FALSE },
    { "a b", FALSE },          { "u@h", FALSE }, { "h;maddr=x", FALSE }, { "h&#10;X: y", FALSE },
    { "h&gt;", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) batch = NULL;
      g_autoptr (OhSipMessage) next = NULL;
      g_autofree char *list = g_strdup_printf ("<list><resource uri='sip:p0@f.test'>"
                                               "<instance state='resubscribe' poolFqdn='%s'/>"
                                               "</resource></list>",
                                               cases[i].pool);

      g_test_message ("%s", cases[i].pool);
      begin (self, 1, TRUE, TRUE);
      batch = take (self);
      accept_it (self, batch);
      oh_sip_peer_notify (self->peer, batch, "BENOTIFY", "active", "application/rlmi+xml", list);
      oh_fake_clock_advance (self->clock, 0);
      next = take (self);
      if (cases[i].good)
        g_assert_cmpstr (target (next) + strlen ("sip:"), ==, cases[i].pool);
      else
        g_assert_cmpstr (target (next), ==, "sip:p0@f.test");
      g_clear_pointer (&self->places, oh_people_places_free);
    }
}

/* Addresses in the list that are none: nobody is asked, everybody else is. */
static void
test_bad_addresses (Fixture *self, gconstpointer data)
{
  g_autoptr (OhContactList) list = oh_contact_list_parse (
    oh_slice_str ("<contactList deltaNum='1'><contact uri='sip:a b@f.test'/><contact uri='q'/>"
                  "<contact uri='sip:x@f.test&#10;X: y'/><contact uri='sip:&gt;@f.test'/>"
                  "<contact uri='p0@f.test'/></contactList>"),
    NULL);
  g_autoptr (OhSipMessage) only = NULL;

  g_assert_true (oh_contacts_apply_list (self->contacts, list));
  self->places = oh_people_places_new (oh_sip_peer_stack (self->peer), OH_CLOCK (self->clock),
                                       self->contacts, US, FALSE, TRUE);
  oh_people_places_update (self->places);
  only = take (self);
  g_assert_cmpstr (target (only), ==, "sip:p0@f.test");
  oh_sip_peer_assert_silent (self->peer);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/people-places/singles", test_singles);
  ADD ("/people-places/freed", test_freed);
  ADD ("/people-places/forms", test_forms);
  ADD ("/people-places/lists-refused", test_lists_refused);
  ADD ("/people-places/pools", test_pools);
  ADD ("/people-places/bad-pools", test_bad_pools);
  ADD ("/people-places/bad-addresses", test_bad_addresses);
  return g_test_run ();
}
