/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-watch.h"

#include "fake-clock.h"
#include "roaming-contacts-xml.h"
#include "sip-peer.h"
#include "xml-tree.h"

#define S G_GINT64_CONSTANT (1000000)
#define BATCH_TYPE "multipart/related; type=\"application/rlmi+xml\"; boundary=b"
#define PIGGYBACK "Expires: 3600\r\nms-piggyback-cseq: 1\r\n"

typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhContacts *contacts;
  OhPeopleWatch *watch;
  OhSipMessage *subscribe; /* (nullable): the one that began the dialog */
  OhSipMessage *request;   /* (nullable): taken, not answered yet */
  OhTurns *turns;          /* (nullable) */
  GString *moved;
} Fixture;

static void
on_moved (const char *uri, const char *pool, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->moved, "%s>%s ", uri, pool);
}

static void
make_watch (Fixture *self, const char *target, OhPeopleForm form)
{
  const OhPeopleSetup setup = {
    .target = target,
    .owner = "sip:anna@f.test",
    .form = form,
    .sink = { self->contacts, on_moved, self },
    .turns = self->turns,
  };

  g_clear_object (&self->watch);
  self->watch =
    oh_people_watch_new (oh_sip_peer_stack (self->peer), OH_CLOCK (self->clock), &setup);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='1'>");
  g_autoptr (OhContactList) list = NULL;

  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  self->contacts = oh_contacts_new ();
  self->moved = g_string_new (NULL);
  for (guint i = 0; i < 250; i++)
    g_string_append_printf (xml, "<contact uri='p%u@f.test'/>", i);
  g_string_append (xml, "</contactList>");
  list = oh_contact_list_parse (oh_slice_str (xml->str), NULL);
  g_assert_true (oh_contacts_apply_list (self->contacts, list));
  make_watch (self, "sip:anna@f.test", OH_PEOPLE_BATCH);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->subscribe, oh_sip_message_unref);
  g_clear_pointer (&self->request, oh_sip_message_unref);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->turns, oh_turns_free);
  g_object_unref (self->contacts);
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
  g_string_free (self->moved, TRUE);
}

/* Takes a SUBSCRIBE that asks for these people: "subscribe 0 1 2" (sorted) or "subscribe 100". */
static void
take (Fixture *self, const char *expected)
{
  GBytes *body;
  gsize len;
  const char *data;
  g_autoptr (xmlDoc) doc = NULL;
  const xmlNode *action, *node;
  guint64 bits[4] = { 0, 0, 0, 0 };
  guint n = 0;
  g_autoptr (GString) text = NULL;

  g_clear_pointer (&self->request, oh_sip_message_unref);
  self->request = oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence");
  body = oh_sip_message_body (self->request);
  data = g_bytes_get_data (body, &len);
  doc = oh_xml_parse (oh_slice (data, len), "batchSub", NULL);
  g_assert_nonnull (doc);
  action = oh_xml_child (oh_xml_root (doc), "action");
  node = oh_xml_child (oh_xml_child (action, "adhocList"), "resource");
  for (; node != NULL; node = oh_xml_next (node, "resource"), n++)
    {
      const char *uri = oh_xml_attr (node, "uri");
      guint64 number = g_ascii_strtoull (uri + strlen ("sip:p"), NULL, 10);

      g_assert_true (g_str_has_prefix (uri, "sip:p"));
      bits[number / 64] |= G_GUINT64_CONSTANT (1) << (number % 64);
    }
  text = g_string_new (oh_xml_attr (action, "name"));
  if (n > 8)
    g_string_append_printf (text, " of %u", n);
  for (guint i = 0; n <= 8 && i < 256; i++)
    if (bits[i / 64] & G_GUINT64_CONSTANT (1) << (i % 64))
      g_string_append_printf (text, " %u", i);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
add (Fixture *self, guint from, guint n)
{
  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("sip:p%u@f.test", i);

      oh_people_watch_add (self->watch, uri);
    }
  oh_people_watch_flush (self->watch);
}

static void
answer (Fixture *self, guint status, const char *headers)
{
  oh_sip_peer_answer (self->peer, self->request, status, headers, NULL, NULL);
}

/* Two people, asked for and accepted. */
static void
begin (Fixture *self)
{
  add (self, 0, 2);
  take (self, "subscribe 0 1");
  self->subscribe = oh_sip_message_ref (self->request);
  answer (self, 200, "Expires: 3600\r\n");
}

static const char *
word_of (Fixture *self, guint person)
{
  g_autofree char *uri = g_strdup_printf ("sip:p%u@f.test", person);
  OhContact *contact = oh_contacts_lookup_uri (self->contacts, uri);

  return oh_availability_word (oh_presence_availability (oh_contact_presence (contact)));
}

#define STATE(person, number)                                                                      \
  "<categories uri='sip:p" person "@f.test'><category name='state' instance='1'>"                  \
  "<state><availability>" number "</availability></state></category></categories>"
#define PART(type, body) "--b\r\nContent-Type: " type "\r\n\r\n" body "\r\n"
#define LIST(version, resources)                                                                   \
  PART ("application/rlmi+xml", "<list version='" version "'>" resources "</list>")
#define RESOURCE(person, state)                                                                    \
  "<resource uri='sip:p" person "@f.test'><instance state='" state "'/></resource>"

static void
notify (Fixture *self, const char *body)
{
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", BATCH_TYPE, body);
}

static void
test_first (Fixture *self, gconstpointer data)
{
  oh_people_watch_flush (self->watch);
  oh_sip_peer_assert_silent (self->peer); /* nobody to ask for */
  add (self, 0, 3);
  add (self, 0, 2); /* they are watched */
  take (self, "subscribe 0 1 2");
  g_assert_true (oh_sip_message_has_token (self->request, "Require", "adhoclist"));
  g_assert_true (oh_sip_message_has_token (self->request, "Require", "categoryList"));
  g_assert_true (oh_sip_message_has_token (self->request, "Supported", "eventlist"));
  g_assert_cmpuint (oh_people_watch_size (self->watch), ==, 3);
  oh_sip_peer_answer (
    self->peer, self->request, 200, PIGGYBACK, BATCH_TYPE,
    LIST ("0", RESOURCE ("0", "active") RESOURCE ("2", "terminated"))
      PART ("application/msrtc-event-categories+xml; charset=utf-8", STATE ("0", "6500"))
        PART ("application/msrtc-event-categories+xml", STATE ("1", "3500")) "--b--");
  g_assert_cmpstr (word_of (self, 0), ==, "busy");
  g_assert_cmpstr (word_of (self, 1), ==, "available");
  g_assert_cmpstr (word_of (self, 2), ==, "offline");
}

/* A hundred at a time, one request after the other in one dialog. */
static void
test_many (Fixture *self, gconstpointer data)
{
  add (self, 0, 250);
  take (self, "subscribe of 100");
  oh_sip_peer_assert_silent (self->peer);
  answer (self, 200, "Expires: 3600\r\n");
  take (self, "subscribe of 100");
  g_assert_nonnull (strstr (oh_sip_message_get (self->request, "To"), "tag=fe"));
  answer (self, 200, "Expires: 3600\r\n");
  take (self, "subscribe of 50");
  answer (self, 200, "Expires: 3600\r\n");
  oh_sip_peer_assert_silent (self->peer);
}

static void
test_add_and_remove (Fixture *self, gconstpointer data)
{
  begin (self);
  add (self, 5, 1);
  oh_people_watch_remove (self->watch, "sip:P0@f.test");
  oh_people_watch_remove (self->watch, "sip:stranger@f.test");
  oh_people_watch_forget (self->watch, "sip:p1@f.test");
  take (self, "subscribe 5");
  oh_people_watch_flush (self->watch);
  answer (self, 200, "Expires: 3600\r\n");
  take (self, "unsubscribe 0");
  answer (self, 200, "Expires: 3600\r\n");
  oh_sip_peer_assert_silent (self->peer);
  g_assert_cmpuint (oh_people_watch_size (self->watch), ==, 1);
}

/* The forms in which documents come. */
static void
test_documents (Fixture *self, gconstpointer data)
{
  begin (self);
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active",
                      "application/msrtc-event-categories+xml", STATE ("0", "9500"));
  g_assert_cmpstr (word_of (self, 0), ==, "dnd");
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", "application/rlmi+xml",
                      "<list>" RESOURCE ("1", "terminated") "</list>");
  g_assert_cmpstr (word_of (self, 1), ==, "offline");
  notify (self, LIST ("1", RESOURCE ("1", "pending")) "--b--");
  g_assert_cmpstr (word_of (self, 1), ==, "unknown");
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", "text/xml+msrtc.pidf",
                      "<presentity/>");
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active",
                      "application/msrtc-event-categories+xml",
                      "<categories uri='sip:stranger@f.test'/>");
  g_assert_cmpstr (word_of (self, 0), ==, "dnd");
}

/* One part that is broken does not spoil the others. */
static void
test_broken_parts (Fixture *self, gconstpointer data)
{
  begin (self);
  notify (self,
          PART ("application/rlmi+xml", "<list")
            PART ("application/msrtc-event-categories+xml", "<categories uri='sip:p0@f.test'>")
              PART ("application/msrtc-event-categories+xml", STATE ("1", "6500")));
  g_assert_cmpstr (word_of (self, 0), ==, "unknown");
  g_assert_cmpstr (word_of (self, 1), ==, "busy");
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", "multipart/related",
                      "no boundary");
  g_assert_cmpstr (word_of (self, 1), ==, "busy");
}

/* Notifications that overtook each other: the version of the list decides. */
static void
test_versions_backwards (Fixture *self, gconstpointer data)
{
#define CATEGORIES(body) PART ("application/msrtc-event-categories+xml", body)
  begin (self);
  notify (self, LIST ("5", "") CATEGORIES (STATE ("0", "6500")));
  notify (self, LIST ("4", "") CATEGORIES (STATE ("0", "3500")));
  g_assert_cmpstr (word_of (self, 0), ==, "busy");
  notify (self, LIST ("5", "") CATEGORIES (STATE ("0", "9500")));
  g_assert_cmpstr (word_of (self, 0), ==, "dnd");
  /* a new dialog counts anew */
  oh_fake_clock_advance (self->clock, 60 * S);
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "terminated", NULL, NULL);
  take (self, "subscribe 0 1");
  oh_sip_peer_answer (self->peer, self->request, 200, PIGGYBACK, BATCH_TYPE,
                      LIST ("0", "") CATEGORIES (STATE ("0", "3500")));
  g_assert_cmpstr (word_of (self, 0), ==, "available");
#undef CATEGORIES
}

static void
test_moved (Fixture *self, gconstpointer data)
{
  begin (self);
  notify (self, LIST ("1", "<resource uri='sip:p0@f.test'><instance state='resubscribe'"
                           " poolFqdn='pool2.f.test'/></resource>" RESOURCE ("1", "resubscribe")));
  g_assert_cmpstr (self->moved->str, ==, "sip:p0@f.test>pool2.f.test sip:p1@f.test>(null) ");
  oh_sip_peer_assert_silent (self->peer);
}

/* 400 for one address: found by halves, the others are watched. */
static void
test_bisect (Fixture *self, gconstpointer data)
{
  add (self, 0, 4);
  take (self, "subscribe 0 1 2 3");
  answer (self, 400, NULL);
  for (guint i = 0; i < 4; i++) /* half, half, quarter, quarter */
    {
      GBytes *body;
      gboolean bad;

      g_clear_pointer (&self->request, oh_sip_message_unref);
      self->request = oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence");
      body = oh_sip_message_body (self->request);
      bad = memmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "sip:p2@", 7) != NULL;
      answer (self, bad ? 400 : 200, bad ? NULL : "Expires: 3600\r\n");
    }
  oh_sip_peer_assert_silent (self->peer);
  /* the next dialog asks for the others at once */
  oh_fake_clock_advance (self->clock, 3480 * S);
  g_clear_pointer (&self->request, oh_sip_message_unref);
  self->request = oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence");
  answer (self, 481, NULL);
  take (self, "subscribe 0 1 3");
}

/* When each address is refused it is not the addresses: given up after so many. */
static void
test_all_bad (Fixture *self, gconstpointer data)
{
  guint alone = 0;

  add (self, 0, 100);
  while (alone < OH_PEOPLE_BAD_MAX)
    {
      GBytes *body;
      g_autofree char *xml = NULL;
      g_auto (GStrv) people = NULL;

      g_clear_pointer (&self->request, oh_sip_message_unref);
      oh_fake_clock_advance (self->clock, S); /* the stack's rate limit */
      self->request = oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence");
      body = oh_sip_message_body (self->request);
      xml = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
      people = g_strsplit (xml, "<resource ", -1);
      alone += g_strv_length (people) == 2;
      answer (self, 400, NULL);
    }
  oh_fake_clock_advance (self->clock, 60 * S);
  oh_sip_peer_assert_silent (self->peer);
}

/* A server that takes no lists, whatever it said: everybody is to be asked for alone. */
static void
test_no_lists (Fixture *self, gconstpointer data)
{
  static const guint statuses[] = { 405, 415, 420, 421, 489 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      make_watch (self, "sip:anna@f.test", OH_PEOPLE_BATCH);
      g_string_truncate (self->moved, 0);
      add (self, 3, 1);
      take (self, "subscribe 3");
      answer (self, statuses[i], statuses[i] == 420 ? "Unsupported: adhoclist\r\n" : NULL);
      g_assert_cmpstr (self->moved->str, ==, "sip:p3@f.test>(null) ");
      g_assert_true (oh_people_watch_is_refused (self->watch));
    }
}

/* BENOTIFY is an extension that a server may not have; nothing else is lost by it. */
static void
test_no_benotify (Fixture *self, gconstpointer data)
{
  add (self, 0, 2);
  take (self, "subscribe 0 1");
  g_assert_true (oh_sip_message_has_token (self->request, "Proxy-Require", "ms-benotify"));
  answer (self, 420, "Unsupported: ms-benotify\r\n");
  take (self, "subscribe 0 1");
  g_assert_null (oh_sip_message_get (self->request, "Proxy-Require"));
  g_assert_false (oh_sip_message_has_token (self->request, "Supported", "ms-benotify"));
  answer (self, 200, "Expires: 3600\r\n");
  g_assert_cmpstr (self->moved->str, ==, "");
}

/* Refused as such: nothing is tried again until the next sign-in. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  add (self, 0, 2);
  take (self, "subscribe 0 1");
  answer (self, 403, NULL);
  add (self, 2, 1);
  oh_fake_clock_advance (self->clock, 3600 * S);
  oh_sip_peer_assert_silent (self->peer);
}

static void
test_single (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) last = NULL;

  make_watch (self, "sip:p7@f.test", OH_PEOPLE_SINGLE);
  add (self, 7, 1);
  take (self, "subscribe 7");
  g_assert_cmpstr (oh_sip_message_request_uri (self->request), ==, "sip:p7@f.test");
  g_assert_null (oh_sip_message_get (self->request, "Require"));
  g_assert_false (oh_sip_message_has_token (self->request, "Supported", "eventlist"));
  oh_sip_peer_answer (self->peer, self->request, 200, PIGGYBACK,
                      "application/msrtc-event-categories+xml", STATE ("7", "12500"));
  g_assert_cmpstr (word_of (self, 7), ==, "brb");
  g_assert_false (oh_people_watch_is_over (self->watch));
  oh_people_watch_remove (self->watch, "sip:p7@f.test");
  oh_people_watch_flush (self->watch);
  g_assert_true (oh_people_watch_is_over (self->watch));
  last = oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence"); /* the server is told */
  g_assert_cmpstr (oh_sip_message_get (last, "Expires"), ==, "0");
  g_assert_nonnull (strstr (oh_sip_message_get (last, "To"), "tag=fe"));
  oh_sip_peer_answer (self->peer, last, 200, "Expires: 0\r\n", NULL, NULL);
  oh_fake_clock_advance (self->clock, 7200 * S); /* no refresh for nobody */
  oh_sip_peer_assert_silent (self->peer);
}

/* Those who are asked for alone wait for their turn, and make room whatever came of it. */
static void
test_single_turns (Fixture *self, gconstpointer data)
{
  g_autoptr (OhPeopleWatch) first = NULL;

  self->turns = oh_turns_new (1, oh_people_watch_begin);
  make_watch (self, "sip:p7@f.test", OH_PEOPLE_SINGLE);
  add (self, 7, 1);
  take (self, "subscribe 7");
  first = g_steal_pointer (&self->watch);
  make_watch (self, "sip:p8@f.test", OH_PEOPLE_SINGLE);
  add (self, 8, 1);
  oh_sip_peer_assert_silent (self->peer);
  answer (self, 503, NULL); /* it will try again by itself */
  take (self, "subscribe 8");
  answer (self, 200, "Expires: 3600\r\n");
  g_clear_object (&first);
}

/* LCS 2005: lists in its own words; who is not wanted any more cannot be taken off. */
static void
test_lcs_batch (Fixture *self, gconstpointer data)
{
  const char *body;

  make_watch (self, "sip:anna@f.test", OH_PEOPLE_LCS_BATCH);
  add (self, 0, 2);
  self->request = oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence");
  body = g_bytes_get_data (oh_sip_message_body (self->request), NULL);
  g_assert_cmpstr (oh_sip_message_get (self->request, "Content-Type"), ==, "application/adrl+xml");
  g_assert_cmpstr (oh_sip_message_get (self->request, "Require"), ==, "adhoclist");
  g_assert_true (g_str_has_prefix (body, "<adhoclist "));
  self->subscribe = oh_sip_message_ref (self->request);
  oh_sip_peer_answer (
    self->peer, self->request, 200, PIGGYBACK, BATCH_TYPE,
    LIST ("0", RESOURCE ("0", "active") RESOURCE ("1", "active"))
      PART ("text/xml+msrtc.pidf", "<presentity uri='p0@f.test'><availability aggregate='300'/>"
                                   "<activity aggregate='500'/></presentity>")
        PART ("application/xpidf+xml",
              "<presence><presentity uri='sip:p1@f.test;method=SUBSCRIBE'/><atom><address>"
              "<status status='open'/><msnsubstatus substatus='berightback'/></address></atom>"
              "</presence>") "--b--");
  g_assert_cmpstr (word_of (self, 0), ==, "busy");
  g_assert_cmpstr (word_of (self, 1), ==, "brb");
  oh_people_watch_remove (self->watch, "sip:p0@f.test");
  oh_people_watch_flush (self->watch);
  oh_sip_peer_assert_silent (self->peer);
}

static void
test_lcs_single (Fixture *self, gconstpointer data)
{
  make_watch (self, "sip:p7@f.test", OH_PEOPLE_LCS_SINGLE);
  add (self, 7, 1);
  self->request = oh_sip_peer_take (self->peer, "SUBSCRIBE", "presence");
  g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (self->request)), ==, 0);
  g_assert_null (oh_sip_message_get (self->request, "Content-Type"));
  oh_sip_peer_answer (self->peer, self->request, 200, PIGGYBACK, "application/pidf+xml",
                      "<presence entity='pres:p7@f.test'><tuple><status><basic>open</basic>"
                      "</status></tuple></presence>");
  g_assert_cmpstr (word_of (self, 7), ==, "available");
  oh_sip_peer_assert_silent (self->peer);
}

static void
test_single_refused (Fixture *self, gconstpointer data)
{
  make_watch (self, "sip:p7@f.test", OH_PEOPLE_SINGLE);
  add (self, 7, 1);
  take (self, "subscribe 7");
  answer (self, 480, NULL);
  g_assert_cmpstr (word_of (self, 7), ==, "offline");
  oh_fake_clock_advance (self->clock, 7200 * S);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/people-watch/first", test_first);
  ADD ("/people-watch/many", test_many);
  ADD ("/people-watch/add-and-remove", test_add_and_remove);
  ADD ("/people-watch/documents", test_documents);
  ADD ("/people-watch/broken-parts", test_broken_parts);
  ADD ("/people-watch/versions-backwards", test_versions_backwards);
  ADD ("/people-watch/moved", test_moved);
  ADD ("/people-watch/bisect", test_bisect);
  ADD ("/people-watch/all-bad", test_all_bad);
  ADD ("/people-watch/refused", test_refused);
  ADD ("/people-watch/no-lists", test_no_lists);
  ADD ("/people-watch/no-benotify", test_no_benotify);
  ADD ("/people-watch/single", test_single);
  ADD ("/people-watch/single-refused", test_single_refused);
  ADD ("/people-watch/single-turns", test_single_turns);
  ADD ("/people-watch/lcs-batch", test_lcs_batch);
  ADD ("/people-watch/lcs-single", test_lcs_single);
  return g_test_run ();
}
