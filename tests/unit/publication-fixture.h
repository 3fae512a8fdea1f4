/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A publication with a server at the other end, for the files that test it. */

#include "publication.h"

#include "error.h"
#include "fake-clock.h"
#include "sip-peer.h"
#include "xml-tree.h"
#include "told.h"

#define S G_GINT64_CONSTANT (1000000)
#define TYPE_SELF "application/vnd-microsoft-roaming-self+xml"
#define EVENT_SELF "vnd-microsoft-roaming-self"
#define GRUU "sip:anna@f.test;opaque=user:epid:x;gruu"
#define ENDPOINT "f066452c-0d2f-55f2-a012-a8b37bea8f50"
#define LINE "tel:+4930398330"

/* Instance numbers: the first hexadecimal digit says what, the rest is the MD5 of GRUU or LINE. */
#define DEVICE "513488752"
#define MACHINE "1050359664"
#define PHONE "2051106795"

typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhContacts *contacts;
  OhSubscription *subscription;
  OhPublication *publication;
  OhSipMessage *subscribe; /* (nullable): the one for our own data */
  OhSipMessage *request;   /* (nullable): taken, not answered yet */
  GString *told;
} Fixture;

static inline void
on_own_presence (OhPublication *publication, GParamSpec *pspec, gpointer user_data)
{
  OhPresence *presence = oh_publication_own_presence (publication);

  g_string_append_printf (((Fixture *) user_data)->told, "%s/%s/%s ",
                          oh_availability_word (oh_presence_availability (presence)),
                          oh_presence_activity (presence), oh_presence_note (presence));
}

static inline void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  self->contacts = oh_contacts_new ();
  self->subscription = oh_subscription_new (OH_CLOCK (self->clock), self->contacts);
  self->publication = oh_publication_new (OH_CLOCK (self->clock), self->subscription);
  self->told = g_string_new (NULL);
  g_signal_connect (self->publication, "notify::own-presence", G_CALLBACK (on_own_presence), self);
}

static inline void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->subscribe, oh_sip_message_unref);
  g_clear_pointer (&self->request, oh_sip_message_unref);
  oh_publication_stop (self->publication);
  oh_subscription_stop (self->subscription);
  g_object_unref (self->publication);
  g_object_unref (self->subscription);
  g_object_unref (self->contacts);
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
  g_string_free (self->told, TRUE);
}

/* --- the server's side ---------------------------------------------------------------------- */

static inline char *
self_document (const char *categories)
{
  return g_strdup_printf ("<roamingData><categories uri='sip:anna@f.test'>%s</categories>"
                          "</roamingData>",
                          categories);
}

#define AGGREGATE(number, token)                                                                   \
  "<category name='state' instance='1' container='2' version='1'><state type='aggregateState'>"    \
  "<availability>" number "</availability><activity token='" token "'/></state></category>"
#define STATE(instance, container, version, type, attributes)                                      \
  "<category name='state' instance='" instance "' container='" container "' version='" version     \
  "' " attributes "><state type='" type "'><availability>6500</availability></state></category>"
#define DEVICE_OF(instance, endpoint)                                                              \
  "<category name='device' instance='" instance "' container='2' version='1'>"                     \
  "<device endpointId='" endpoint "'/></category>"
#define PROPERTIES                                                                                 \
  "<category name='userProperties' instance='0' container='1' version='1'><userProperties><lines>" \
  "<line>" LINE "</line></lines></userProperties></category>"

/* The registration is online. */
static inline void
go_online (Fixture *self)
{
  const OhPresenceFeatures features = { TRUE, TRUE, " " EVENT_SELF " " };
  const OhPublicationIdentity identity = { "anna@f.test", GRUU, ENDPOINT, "DESK", NULL };

  g_clear_pointer (&self->subscribe, oh_sip_message_unref);
  oh_publication_start (self->publication, oh_sip_peer_stack (self->peer), &identity);
  oh_subscription_start (self->subscription, oh_sip_peer_stack (self->peer), "sip:anna@f.test",
                         &features);
  self->subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", EVENT_SELF);
}

static inline void
tell_self (Fixture *self, const char *categories)
{
  g_autofree char *document = self_document (categories);

  oh_sip_peer_answer (self->peer, self->subscribe, 200,
                      "Expires: 36000\r\nms-piggyback-cseq: 1\r\n", TYPE_SELF, document);
}

static inline void
notify_self (Fixture *self, const char *categories)
{
  g_autofree char *document = self_document (categories);

  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", TYPE_SELF, document);
}

/* "state 5/2 v0 6500 on-the-phone endpoint|" or "state 5/2 v3 delete endpoint|" */
static inline void
describe (GString *text, const xmlNode *publication)
{
  const xmlNode *content = oh_xml_child (publication, NULL);
  const xmlNode *activity = oh_xml_child (content, "activity");
  g_autofree char *number = oh_xml_text (oh_xml_child (content, "availability"), 100);
  g_autofree char *note = oh_xml_text (oh_xml_child (content, "body"), 100);

  g_string_append_printf (text, "%s %s/%s v%s", oh_xml_attr (publication, "categoryName"),
                          oh_xml_attr (publication, "instance"),
                          oh_xml_attr (publication, "container"),
                          oh_xml_attr (publication, "version"));
  if (content == NULL)
    g_string_append (text, " delete");
  if (number != NULL)
    g_string_append_printf (text, " %s", number);
  if (note != NULL)
    g_string_append_printf (text, " “%s”", note);
  if (activity != NULL)
    g_string_append_printf (text, " %s", oh_xml_attr (activity, "token"));
  g_string_append_printf (text, " %s|", oh_xml_attr (publication, "expireType"));
}

static inline void
take (Fixture *self, const char *expected)
{
  GBytes *body;
  gsize len;
  const char *data;
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const xmlNode *node;

  g_assert_null (self->request);
  self->request = oh_sip_peer_take (self->peer, "SERVICE", NULL);
  g_assert_cmpstr (oh_sip_message_request_uri (self->request), ==, "sip:anna@f.test");
  body = oh_sip_message_body (self->request);
  data = g_bytes_get_data (body, &len);
  doc = oh_xml_parse (oh_slice (data, len), "publish", NULL);
  g_assert_nonnull (doc);
  node = oh_xml_child (oh_xml_child (oh_xml_root (doc), "publications"), "publication");
  for (; node != NULL; node = oh_xml_next (node, "publication"))
    describe (text, node);
  g_assert_cmpstr (text->str, ==, expected);
}

static inline void
answer (Fixture *self, const char *categories)
{
  g_autoptr (OhSipMessage) request = g_steal_pointer (&self->request);
  g_autofree char *document = self_document (categories);

  oh_sip_peer_answer (self->peer, request, 200, NULL, TYPE_SELF, document);
}

#define OURS                                                                                       \
  STATE (MACHINE, "2", "1", "machineState", "expireType='endpoint'")                               \
  STATE (MACHINE, "3", "1", "machineState", "expireType='endpoint'")
#define USER_STATE(version)                                                                        \
  STATE ("536870912", "2", version, "userState", "expireType='static'")                            \
  STATE ("536870912", "3", version, "userState", "expireType='static'")
#define TIMED_STATE(version)                                                                       \
  STATE ("603979776", "2", version, "userState", "expireType='time'")                              \
  STATE ("603979776", "3", version, "userState", "expireType='time'")
#define MANUAL(number)                                                                             \
  "<category name='state' instance='536870912' container='2' version='3' expireType='static'>"     \
  "<state type='userState'><availability>" number "</availability></state></category>"             \
  "<category name='state' instance='536870912' container='3' version='3' expireType='static'>"     \
  "<state type='userState'><availability>" number "</availability></state></category>"
#define CHOICE(version, number)                                                                    \
  "state 536870912/2 v" version " " number " static|state 536870912/3 v" version " " number        \
  " static|"
#define OWN_NOTE(container)                                                                        \
  "<category name='note' instance='0' container='" container "' version='1'><note><body>Back"      \
  "</body></note></category>"
#define PHONE_ON(version)                                                                          \
  STATE (PHONE, "2", version, "phoneState", "expireType='endpoint'")                               \
  STATE (PHONE, "3", version, "phoneState", "expireType='endpoint'")

#define TAKE_INITIAL(self)                                                                         \
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"              \
              "state " MACHINE "/3 v0 3500 endpoint|")

/* Online, initial publication done, nothing else. */
static inline void
settle (Fixture *self)
{
  go_online (self);
  tell_self (self, PROPERTIES);
  TAKE_INITIAL (self);
  answer (self, OURS AGGREGATE ("3500", "") DEVICE_OF (DEVICE, ENDPOINT));
  assert_told (self, "available// ");
}
