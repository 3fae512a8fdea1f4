/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "subscription.h"

#include "fake-clock.h"
#include "roaming-self-xml.h"
#include "sip-peer.h"

#define S G_GINT64_CONSTANT (1000000)
#define EVENT_CONTACTS "vnd-microsoft-roaming-contacts"
#define EVENT_SELF "vnd-microsoft-roaming-self"
#define TYPE_CONTACTS "application/vnd-microsoft-roaming-contacts+xml"
#define TYPE_SELF "application/vnd-microsoft-roaming-self+xml"
#define PIGGYBACK "Expires: 36000\r\nms-piggyback-cseq: 1\r\n"

typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhContacts *contacts;
  OhSubscription *subscription;
  OhSipMessage *list;   /* (nullable): the SUBSCRIBE to the contact list */
  OhSipMessage *self;   /* (nullable): that to our own data */
  OhSipMessage *people; /* (nullable): that to the people's presence */
  guint self_data;      /* how often our own data came */
} Fixture;

static void
on_self_data (OhSubscription *subscription, const OhRoamingSelf *data, gpointer user_data)
{
  g_assert_nonnull (data);
  ((Fixture *) user_data)->self_data++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  self->contacts = oh_contacts_new ();
  self->subscription = oh_subscription_new (OH_CLOCK (self->clock), self->contacts);
  g_signal_connect (self->subscription, "self-data", G_CALLBACK (on_self_data), self);
}

static void
forget (Fixture *self)
{
  g_clear_pointer (&self->list, oh_sip_message_unref);
  g_clear_pointer (&self->self, oh_sip_message_unref);
  g_clear_pointer (&self->people, oh_sip_message_unref);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  forget (self);
  oh_subscription_stop (self->subscription);
  g_object_unref (self->subscription);
  g_object_unref (self->contacts);
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
}

static OhSipMessage *
take (Fixture *self, const char *event)
{
  return oh_sip_peer_take (self->peer, "SUBSCRIBE", event);
}

static void
start (Fixture *self, gboolean batched)
{
  const OhPresenceFeatures features = { batched, TRUE, NULL };

  forget (self);
  oh_subscription_start (self->subscription, oh_sip_peer_stack (self->peer), "sip:anna@f.test",
                         &features);
  self->list = take (self, EVENT_CONTACTS);
  self->self = take (self, EVENT_SELF);
}

#define LIST(number, contacts) "<contactList deltaNum='" number "'>" contacts "</contactList>"
#define BOB "<contact uri='bob@f.test' name='Bob'/>"
#define CAROL "<contact uri='carol@f.test' name='Carol'/>"
#define BUSY(who)                                                                                  \
  "<categories uri='sip:" who "@f.test'><category name='state' instance='1'>"                      \
  "<state><availability>6500</availability></state></category></categories>"
#define TYPE_CATEGORIES "application/msrtc-event-categories+xml"

static void
tell_list (Fixture *self, const char *list)
{
  oh_sip_peer_answer (self->peer, self->list, 200, PIGGYBACK, TYPE_CONTACTS, list);
}

/* Signed in with Bob and Carol, both watched. */
static void
settle (Fixture *self)
{
  start (self, TRUE);
  tell_list (self, LIST ("1", BOB CAROL));
  oh_sip_peer_answer (self->peer, self->self, 200, PIGGYBACK, TYPE_SELF, "<roamingData/>");
  self->people = take (self, "presence");
  oh_sip_peer_answer (self->peer, self->people, 200, "Expires: 36000\r\n", NULL, NULL);
}

static gboolean
body_has (const OhSipMessage *message, const char *text)
{
  GBytes *body = oh_sip_message_body (message);

  return g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), text) !=
         NULL;
}

static const char *
word_of (Fixture *self, const char *uri)
{
  OhContact *contact = oh_contacts_lookup_uri (self->contacts, uri);

  return oh_availability_word (oh_presence_availability (oh_contact_presence (contact)));
}

static void
test_sign_in (Fixture *self, gconstpointer data)
{
  settle (self);
  g_assert_cmpuint (self->self_data, ==, 1);
  g_assert_true (oh_sip_message_has_token (self->list, "Supported", "ms-ucs"));
  g_assert_true (body_has (self->self, "<roaming type=\"categories\"/>"));
  g_assert_cmpstr (oh_sip_message_request_uri (self->people), ==, "sip:anna@f.test");
  g_assert_true (body_has (self->people, "sip:bob@f.test"));
  g_assert_true (body_has (self->people, "sip:carol@f.test"));
  oh_sip_peer_notify (self->peer, self->people, "BENOTIFY", "active", TYPE_CATEGORIES,
                      BUSY ("bob"));
  g_assert_cmpstr (word_of (self, "bob@f.test"), ==, "busy");
}

/* People who come and go with changes of the list are watched and not watched. */
static void
test_changes_of_the_list (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) more = NULL;
  g_autoptr (OhSipMessage) less = NULL;

  settle (self);
  oh_sip_peer_notify (self->peer, self->list, "BENOTIFY", "active", TYPE_CONTACTS,
                      "<contactDelta prevDeltaNum='1' deltaNum='2'>"
                      "<addedContact uri='dave@f.test' name='Dave'/>"
                      "<addedContact uri='tel:+49301' name='Phone'/>"
                      "<addedContact uri='eve@f.test' name='Eve' subscribed='false'/>"
                      "</contactDelta>");
  more = take (self, "presence");
  g_assert_true (body_has (more, "sip:dave@f.test"));
  g_assert_false (body_has (more, "bob"));
  g_assert_false (body_has (more, "eve"));
  g_assert_false (body_has (more, "tel:"));
  oh_sip_peer_answer (self->peer, more, 200, "Expires: 36000\r\n", NULL, NULL);
  oh_sip_peer_notify (self->peer, self->list, "BENOTIFY", "active", TYPE_CONTACTS,
                      "<contactDelta prevDeltaNum='2' deltaNum='3'>"
                      "<deletedContact uri='bob@f.test'/></contactDelta>");
  less = take (self, "presence");
  g_assert_true (body_has (less, "\"unsubscribe\""));
  g_assert_true (body_has (less, "sip:bob@f.test"));
}

/* A change to a list that we do not have: the complete one is asked for, but not for ever. */
static void
test_missed_change (Fixture *self, gconstpointer data)
{
  const char *delta = "<contactDelta prevDeltaNum='7' deltaNum='8'/>";

  settle (self);
  oh_sip_peer_notify (self->peer, self->list, "BENOTIFY", "active", TYPE_CONTACTS, delta);
  for (guint i = 0; i < 3; i++)
    {
      g_clear_pointer (&self->list, oh_sip_message_unref);
      self->list = take (self, EVENT_CONTACTS);
      g_assert_null (strstr (oh_sip_message_get (self->list, "To"), "tag="));
      tell_list (self, delta);
    }
  oh_sip_peer_assert_silent (self->peer);
  g_assert_nonnull (oh_contacts_lookup_uri (self->contacts, "bob@f.test")); /* nothing is lost */
}

/* Nor does a server whose changes never fit the complete list that it sends keep us busy. */
static void
test_changes_never_fit (Fixture *self, gconstpointer data)
{
  const char *delta = "<contactDelta prevDeltaNum='7' deltaNum='8'/>";

  settle (self);
  oh_sip_peer_notify (self->peer, self->list, "BENOTIFY", "active", TYPE_CONTACTS, delta);
  for (guint i = 0; i < 4; i++)
    {
      if (i == 3) /* not sooner than a minute after the first */
        {
          oh_sip_peer_assert_silent (self->peer);
          oh_fake_clock_advance (self->clock, 60 * S);
        }
      g_clear_pointer (&self->list, oh_sip_message_unref);
      self->list = take (self, EVENT_CONTACTS);
      tell_list (self, LIST ("1", BOB CAROL));
      g_assert_false (oh_contacts_is_stale (self->contacts));
      if (i < 3)
        oh_sip_peer_notify (self->peer, self->list, "BENOTIFY", "active", TYPE_CONTACTS, delta);
    }
  oh_sip_peer_assert_silent (self->peer);
  oh_subscription_stop (self->subscription);
  g_assert_true (oh_contacts_is_stale (self->contacts));
}

static void
test_contacts_in_exchange (Fixture *self, gconstpointer data)
{
  start (self, TRUE);
  g_assert_false (oh_subscription_contacts_elsewhere (self->subscription));
  oh_sip_peer_answer (self->peer, self->list, 488, NULL, NULL, NULL);
  g_assert_true (oh_subscription_contacts_elsewhere (self->subscription));
  start (self, TRUE);
  g_assert_false (oh_subscription_contacts_elsewhere (self->subscription));
  tell_list (self, "<contactList deltaNum='1' ucsmode='migrated'/>");
  g_assert_true (oh_subscription_contacts_elsewhere (self->subscription));
}

/* Only what the server has. */
static void
test_allow_events (Fixture *self, gconstpointer data)
{
  static const struct
  {
    gboolean enhanced;
    const char *allow_events;
    gboolean list, self;
  } cases[] = {
    { TRUE, "", FALSE, FALSE },
    { TRUE, "presence", FALSE, FALSE },
    { TRUE, "presence, Vnd-Microsoft-Roaming-Contacts ,x", TRUE, FALSE },
    { TRUE, " vnd-microsoft-roaming-self", FALSE, TRUE },
    { FALSE, "vnd-microsoft-roaming-self,vnd-microsoft-roaming-contacts", TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhPresenceFeatures features = { TRUE, cases[i].enhanced, cases[i].allow_events };

      g_test_message ("%s", cases[i].allow_events);
      oh_subscription_start (self->subscription, oh_sip_peer_stack (self->peer), "anna@f.test",
                             &features);
      if (cases[i].list)
        oh_sip_message_unref (take (self, EVENT_CONTACTS));
      if (cases[i].self)
        oh_sip_message_unref (take (self, EVENT_SELF));
      oh_sip_peer_assert_silent (self->peer);
    }
}

/* A server without lists: one subscription for each person, at the person's address. */
static void
test_not_batched (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;

  start (self, FALSE);
  tell_list (self, LIST ("1", BOB CAROL));
  first = take (self, "presence");
  second = take (self, "presence");
  g_assert_cmpstr (oh_sip_message_request_uri (first), !=, oh_sip_message_request_uri (second));
  g_assert_true (g_str_has_suffix (oh_sip_message_request_uri (first), "@f.test"));
}

static void
move (Fixture *self, const OhSipMessage *dialog, const char *who, const char *attributes)
{
  g_autofree char *list = g_strdup_printf ("<list><resource uri='sip:%s@f.test'>"
                                           "<instance state='resubscribe' %s/></resource></list>",
                                           who, attributes);

  oh_sip_peer_notify (self->peer, dialog, "BENOTIFY", "active", "application/rlmi+xml", list);
  oh_fake_clock_advance (self->clock, 0);
}

/* "resubscribe" at a pool is a batch there; without a pool it is a single one; never a retry. */
static void
test_moves (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) pool = NULL;
  g_autoptr (OhSipMessage) single = NULL;

  settle (self);
  move (self, self->people, "bob", "poolFqdn='pool2.f.test'");
  pool = take (self, "presence");
  g_assert_cmpstr (oh_sip_message_request_uri (pool), ==, "sip:pool2.f.test");
  g_assert_true (oh_sip_message_has_token (pool, "Require", "adhoclist"));
  g_assert_true (body_has (pool, "sip:bob@f.test"));
  g_assert_false (body_has (pool, "carol"));
  oh_sip_peer_answer (self->peer, pool, 200, PIGGYBACK, TYPE_CATEGORIES, BUSY ("bob"));
  g_assert_cmpstr (word_of (self, "bob@f.test"), ==, "busy");

  move (self, self->people, "carol", "");
  single = take (self, "presence");
  g_assert_cmpstr (oh_sip_message_request_uri (single), ==, "sip:carol@f.test");
  g_assert_null (oh_sip_message_get (single, "Require"));
  oh_sip_peer_answer (self->peer, single, 200, PIGGYBACK, TYPE_CATEGORIES, BUSY ("carol"));
  g_assert_cmpstr (word_of (self, "carol@f.test"), ==, "busy");

  move (self, pool, "bob", "poolFqdn='pool2.f.test'"); /* sent where we are */
  move (self, self->people, "stranger", "poolFqdn='pool2.f.test'");
  oh_sip_peer_assert_silent (self->peer);
}

static void
test_moves_in_circles (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) dialog = NULL;

  settle (self);
  dialog = oh_sip_message_ref (self->people);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *pool = g_strdup_printf ("poolFqdn='pool%u.f.test'", i);

      move (self, dialog, "bob", pool);
      g_clear_pointer (&dialog, oh_sip_message_unref);
      dialog = take (self, "presence");
      oh_sip_peer_answer (self->peer, dialog, 200, "Expires: 36000\r\n", NULL, NULL);
    }
  move (self, dialog, "bob", "poolFqdn='pool9.f.test'");
  oh_sip_peer_assert_silent (self->peer);
  g_assert_cmpstr (word_of (self, "bob@f.test"), ==, "offline");
}

/* After a reconnect everything is subscribed anew; people stay, what is known of them does not. */
static void
test_reconnect (Fixture *self, gconstpointer data)
{
  OhContact *bob;

  settle (self);
  bob = oh_contacts_lookup_uri (self->contacts, "bob@f.test");
  oh_sip_peer_notify (self->peer, self->people, "BENOTIFY", "active", TYPE_CATEGORIES,
                      BUSY ("bob"));
  oh_subscription_stop (self->subscription);
  g_assert_cmpstr (word_of (self, "bob@f.test"), ==, "unknown");
  oh_fake_clock_advance (self->clock, 40000 * S);
  oh_sip_peer_assert_silent (self->peer);
  settle (self);
  g_assert_true (oh_contacts_lookup_uri (self->contacts, "bob@f.test") == bob);
  g_assert_true (body_has (self->people, "sip:bob@f.test"));
}

static void
test_another_user (Fixture *self, gconstpointer data)
{
  const OhPresenceFeatures features = { TRUE, TRUE, "" };

  settle (self);
  oh_subscription_start (self->subscription, oh_sip_peer_stack (self->peer), "SIP:Anna@f.test",
                         &features);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->contacts)), ==, 2);
  oh_subscription_start (self->subscription, oh_sip_peer_stack (self->peer), "sip:otto@f.test",
                         &features);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->contacts)), ==, 0);
}

/* A new security association on the same connection: all dialogs are refreshed. */
static void
test_refresh (Fixture *self, gconstpointer data)
{
  static const char *const events[] = { EVENT_CONTACTS, EVENT_SELF, "presence" };

  oh_subscription_refresh (self->subscription);
  settle (self);
  oh_subscription_refresh (self->subscription);
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (OhSipMessage) refresh = take (self, events[i]);

      g_assert_nonnull (strstr (oh_sip_message_get (refresh, "To"), "tag=fe"));
    }
}

static void
test_renew_self (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) again = NULL;

  settle (self);
  oh_subscription_renew_self (self->subscription);
  again = take (self, EVENT_SELF);
  g_assert_null (strstr (oh_sip_message_get (again, "To"), "tag="));
  oh_sip_peer_answer (self->peer, again, 200, PIGGYBACK, TYPE_SELF, "<roamingData/>");
  g_assert_cmpuint (self->self_data, ==, 2);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/subscription/sign-in", test_sign_in);
  ADD ("/subscription/changes-of-the-list", test_changes_of_the_list);
  ADD ("/subscription/missed-change", test_missed_change);
  ADD ("/subscription/changes-never-fit", test_changes_never_fit);
  ADD ("/subscription/contacts-in-exchange", test_contacts_in_exchange);
  ADD ("/subscription/allow-events", test_allow_events);
  ADD ("/subscription/not-batched", test_not_batched);
  ADD ("/subscription/moves", test_moves);
  ADD ("/subscription/moves-in-circles", test_moves_in_circles);
  ADD ("/subscription/reconnect", test_reconnect);
  ADD ("/subscription/another-user", test_another_user);
  ADD ("/subscription/refresh", test_refresh);
  ADD ("/subscription/renew-self", test_renew_self);
  return g_test_run ();
}
