/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publication.h"

#include "error.h"
#include "fake-clock.h"
#include "sip-peer.h"
#include "xml-tree.h"

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

static void
on_own_presence (OhPublication *publication, GParamSpec *pspec, gpointer user_data)
{
  OhPresence *presence = oh_publication_own_presence (publication);

  g_string_append_printf (((Fixture *) user_data)->told, "%s/%s/%s ",
                          oh_availability_word (oh_presence_availability (presence)),
                          oh_presence_activity (presence), oh_presence_note (presence));
}

static void
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

static void
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

#define assert_told(self, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr ((self)->told->str, ==, expected);                                             \
    g_string_truncate ((self)->told, 0);                                                           \
  }                                                                                                \
  G_STMT_END

/* --- the server's side ---------------------------------------------------------------------- */

static char *
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
static void
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

static void
tell_self (Fixture *self, const char *categories)
{
  g_autofree char *document = self_document (categories);

  oh_sip_peer_answer (self->peer, self->subscribe, 200,
                      "Expires: 36000\r\nms-piggyback-cseq: 1\r\n", TYPE_SELF, document);
}

static void
notify_self (Fixture *self, const char *categories)
{
  g_autofree char *document = self_document (categories);

  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", TYPE_SELF, document);
}

/* "state 5/2 v0 6500 on-the-phone endpoint|" or "state 5/2 v3 delete endpoint|" */
static void
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

static void
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

static void
answer (Fixture *self, const char *categories)
{
  g_autoptr (OhSipMessage) request = g_steal_pointer (&self->request);
  g_autofree char *document = self_document (categories);

  oh_sip_peer_answer (self->peer, request, 200, NULL, TYPE_SELF, document);
}

#define OURS                                                                                       \
  STATE (MACHINE, "2", "1", "machineState", "expireType='endpoint'")                               \
  STATE (MACHINE, "3", "1", "machineState", "expireType='endpoint'")
#define PHONE_ON(version)                                                                          \
  STATE (PHONE, "2", version, "phoneState", "expireType='endpoint'")                               \
  STATE (PHONE, "3", version, "phoneState", "expireType='endpoint'")

#define TAKE_INITIAL(self)                                                                         \
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"              \
              "state " MACHINE "/3 v0 3500 endpoint|")

/* Online, initial publication done, nothing else. */
static void
settle (Fixture *self)
{
  go_online (self);
  tell_self (self, PROPERTIES);
  TAKE_INITIAL (self);
  answer (self, OURS AGGREGATE ("3500", "") DEVICE_OF (DEVICE, ENDPOINT));
  assert_told (self, "available// ");
}

/* --- tests ---------------------------------------------------------------------------------- */

/* Nothing before the first list of our own publications, then device and machine. */
static void
test_initial (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (oh_presence_availability (oh_publication_own_presence (self->publication)), ==,
                   OH_AVAILABILITY_UNKNOWN);
  go_online (self);
  oh_sip_peer_assert_silent (self->peer);
  tell_self (self, AGGREGATE ("15500", "") PROPERTIES);
  assert_told (self, "away// ");
  TAKE_INITIAL (self);
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// ");
  oh_sip_peer_assert_silent (self->peer);
}

/* Beside another client we are "away" so that the other one decides; alone again we are not. */
static void
test_other_clients (Fixture *self, gconstpointer data)
{
  go_online (self);
  tell_self (self, DEVICE_OF ("5", "another") AGGREGATE ("3500", ""));
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 15500 endpoint|"
              "state " MACHINE "/3 v0 15500 endpoint|");
  answer (self, OURS DEVICE_OF ("5", "another") DEVICE_OF (DEVICE, ENDPOINT));
  notify_self (self, "<category name='routing' instance='0' container='1' version='1'><r/>"
                     "</category>"); /* says nothing about devices */
  oh_sip_peer_assert_silent (self->peer);
  notify_self (self, DEVICE_OF (DEVICE, ENDPOINT));
  take (self, "state " MACHINE "/2 v1 3500 endpoint|state " MACHINE "/3 v1 3500 endpoint|");
  answer (self, OURS);
}

static void
test_idle (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_idle (self->publication, TRUE);
  oh_publication_set_idle (self->publication, TRUE);
  take (self, "state " MACHINE "/2 v1 5000 endpoint|state " MACHINE "/3 v1 5000 endpoint|");
  answer (self, OURS AGGREGATE ("5000", ""));
  assert_told (self, "idle// ");
}

/* The story this program is made for. What is shown is what the server says, not what we sent. */
static void
test_on_the_phone (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  assert_told (self, "");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");

  oh_publication_set_on_phone (self->publication, OH_PHONE_CONFERENCE);
  take (self, "state " PHONE "/2 v1 7000 in-a-conference endpoint|"
              "state " PHONE "/3 v1 7000 in-a-conference endpoint|");
  answer (self, OURS PHONE_ON ("2") AGGREGATE ("7000", "in-a-conference"));
  assert_told (self, "busy/in-a-conference/ ");

  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, 1500000 - 1);
  oh_sip_peer_assert_silent (self->peer);
  oh_fake_clock_advance (self->clock, 1);
  take (self, "state " PHONE "/2 v2 delete endpoint|state " PHONE "/3 v2 delete endpoint|");
  assert_told (self, "");
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// ");
}

/* A transfer passes through idle for a moment: nobody is to see that. */
static void
test_debounce (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, S);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  oh_fake_clock_advance (self->clock, 10 * S);
  oh_sip_peer_assert_silent (self->peer);
}

/* The notification of our own deletion may still list what was: no second request for that. */
static void
test_call_within_a_request (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, 2 * S); /* ended before the server answered */
  oh_sip_peer_assert_silent (self->peer);
  answer (self, OURS PHONE_ON ("1"));
  take (self, "state " PHONE "/2 v1 delete endpoint|state " PHONE "/3 v1 delete endpoint|");
  notify_self (self, OURS PHONE_ON ("1"));
  answer (self, OURS);
  oh_sip_peer_assert_silent (self->peer);
}

/* Everything comes back after a reconnect, with the versions of the new beginning. */
static void
test_reconnect (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
  oh_publication_stop (self->publication);
  oh_subscription_stop (self->subscription);
  assert_told (self, "unknown// ");
  go_online (self);
  tell_self (self, PROPERTIES AGGREGATE ("15500", ""));
  assert_told (self, "away// ");
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
}

/* A call that began before the sign-in. */
static void
test_call_before_sign_in (Fixture *self, gconstpointer data)
{
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  go_online (self);
  tell_self (self, PROPERTIES);
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
}

/* What an earlier run left behind is deleted: by its endpoint, or by the instance of our line. */
static void
test_left_over (Fixture *self, gconstpointer data)
{
  go_online (self);
  tell_self (
    self, PROPERTIES STATE (PHONE, "2", "4", "phoneState", "expireType='static'")
            STATE ("1879048199", "3", "5", "phoneState",
                   "expireType='endpoint' endpointId='F066452C-0D2F-55F2-A012-A8B37BEA8F50'")
              STATE ("1879048200", "3", "6", "phoneState", "expireType='endpoint' endpointId='x'")
                STATE ("1879048201", "3", "7", "phoneState", "expireType='endpoint'"));
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v4 delete static|state 1879048199/3 v5 delete endpoint|");
  answer (self, OURS);
  oh_sip_peer_assert_silent (self->peer);
}

/* Communicator controls the same line and publishes for it: two would make it flap. */
static void
test_line_is_taken (Fixture *self, gconstpointer data)
{
  go_online (self);
  tell_self (self, PROPERTIES STATE (PHONE, "2", "4", "phoneState",
                                     "expireType='endpoint' endpointId='other'"));
  TAKE_INITIAL (self);
  answer (self,
          OURS STATE (PHONE, "2", "4", "phoneState", "expireType='endpoint' endpointId='other'"));
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  oh_sip_peer_assert_silent (self->peer);
  notify_self (self, OURS); /* the other one has left */
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
}

/* Three conflicts: our own data is asked for anew, and with its versions it works. */
static void
test_conflicts (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *expected =
        g_strdup_printf ("state " PHONE "/2 v%u 6500 on-the-phone endpoint|"
                         "state " PHONE "/3 v0 6500 on-the-phone endpoint|",
                         i);
      g_autofree char *fault =
        g_strdup_printf ("<Fault><Faultcode>Client.BadCall.WrongDelta</Faultcode><details>"
                         "<operation index='1' curVersion='%u'/></details></Fault>",
                         i + 1);
      g_autoptr (OhSipMessage) request = NULL;

      take (self, expected);
      request = g_steal_pointer (&self->request);
      oh_sip_peer_answer (self->peer, request, 409, NULL, "application/msrtc-fault+xml", fault);
      if (i < 2)
        oh_fake_clock_advance (self->clock, S);
    }
  g_clear_pointer (&self->subscribe, oh_sip_message_unref);
  self->subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", EVENT_SELF);
  oh_fake_clock_advance (self->clock, 5 * S);
  oh_sip_peer_assert_silent (self->peer);
  tell_self (self, OURS PROPERTIES PHONE_ON ("50") DEVICE_OF (DEVICE, ENDPOINT));
  take (self, "state " PHONE "/2 v50 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v50 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("51") AGGREGATE ("6500", "on-the-phone"));
}

/* --- signing out ---------------------------------------------------------------------------- */

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_publication_withdraw_finish (self->publication, result, &error))
    g_string_append (self->told, "withdrawn ");
  else
    g_string_append_printf (self->told, "withdrawn(%s) ", oh_error_code_word (error->code));
}

static void
be_on_the_phone (Fixture *self)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  g_string_truncate (self->told, 0);
}

static void
test_withdraw (Fixture *self, gconstpointer data)
{
  be_on_the_phone (self);
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  take (self, "state " PHONE "/2 v1 delete endpoint|state " PHONE "/3 v1 delete endpoint|");
  assert_told (self, "");
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// unknown// withdrawn ");
  /* the call goes on: seen again after the next sign-in */
  go_online (self);
  tell_self (self, PROPERTIES);
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
}

static void
test_withdraw_nothing (Fixture *self, gconstpointer data)
{
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "withdrawn ");
  settle (self);
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "unknown// withdrawn ");
}

/* A server that does not answer does not keep the user from signing out. */
static void
test_withdraw_limit (Fixture *self, gconstpointer data)
{
  be_on_the_phone (self);
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  take (self, "state " PHONE "/2 v1 delete endpoint|state " PHONE "/3 v1 delete endpoint|");
  oh_fake_clock_advance (self->clock, S - 1);
  assert_told (self, "");
  oh_fake_clock_advance (self->clock, 1);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "unknown// withdrawn(outcome-unknown) ");
}

/* --- the user's choice ---------------------------------------------------------------------- */

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_publication_choose_finish (self->publication, result, &error))
    g_string_append (self->told, "chosen ");
  else
    g_string_append_printf (self->told, "refused(%s) ", oh_error_code_word (error->code));
}

static void
choose (Fixture *self, OhAvailability availability, const char *note)
{
  oh_publication_choose_async (self->publication, OH_PUBLICATION_CHOOSE, availability, note, NULL,
                               on_chosen, self);
}

static void
test_choices (Fixture *self, gconstpointer data)
{
  static const struct
  {
    OhAvailability availability;
    const char *request;
  } cases[] = {
    { OH_AVAILABILITY_BUSY, "state 536870912/2 v0 6500 static|state 536870912/3 v0 6500 static|" },
    { OH_AVAILABILITY_DND, "state 536870912/2 v0 9500 static|"
                           "state 536870912/3 v0 6900 urgent-interruptions-only static|" },
    { OH_AVAILABILITY_BRB, "state 536870912/2 v0 12500 static|"
                           "state 536870912/3 v0 12500 static|" },
    { OH_AVAILABILITY_AWAY, "state 536870912/2 v0 15500 static|"
                            "state 536870912/3 v0 15500 static|" },
    { OH_AVAILABILITY_OFF_WORK, "state 536870912/2 v0 15500 off-work static|"
                                "state 536870912/3 v0 15500 off-work static|" },
    { OH_AVAILABILITY_AVAILABLE, "state 536870912/2 v0 3500 static|"
                                 "state 536870912/3 v0 3500 static|" },
  };

  settle (self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      choose (self, cases[i].availability, NULL);
      take (self, cases[i].request);
      answer (self, OURS);
      oh_sip_peer_assert_silent (self->peer);
      assert_told (self, "chosen ");
    }
  choose (self, OH_AVAILABILITY_AVAILABLE, NULL); /* is so already */
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "chosen ");
}

static void
test_impossible_choices (Fixture *self, gconstpointer data)
{
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "refused(not-signed-in) ");
  settle (self);
  choose (self, OH_AVAILABILITY_IDLE, NULL);
  choose (self, OH_AVAILABILITY_OFFLINE, NULL);
  choose (self, OH_AVAILABILITY_UNKNOWN, "note");
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "refused(usage) refused(usage) refused(usage) ");
}

/* Taking the choice back removes it, also the one for a day that another client has made. */
static void
test_reset (Fixture *self, gconstpointer data)
{
  settle (self);
  notify_self (self, OURS STATE ("536870912", "2", "3", "userState", "expireType='static'")
                       STATE ("536870912", "3", "3", "userState", "expireType='static'")
                         STATE ("603979776", "2", "8", "userState", "expireType='time'"));
  oh_publication_choose_async (self->publication, OH_PUBLICATION_RESET, 0, NULL, NULL, on_chosen,
                               self);
  take (self, "state 603979776/2 v8 delete time|state 536870912/2 v3 delete static|"
              "state 536870912/3 v3 delete static|");
  answer (self, OURS AGGREGATE ("3500", ""));
  oh_sip_peer_assert_silent (self->peer);
  g_string_truncate (self->told, 0);
  oh_publication_choose_async (self->publication, OH_PUBLICATION_RESET, 0, NULL, NULL, on_chosen,
                               self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "chosen ");
}

#define OWN_NOTE(container)                                                                        \
  "<category name='note' instance='0' container='" container "' version='1'><note><body>Back"      \
  "</body></note></category>"

static void
test_note (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_choose_async (self->publication, OH_PUBLICATION_KEEP, 0, "Back", NULL, on_chosen,
                               self);
  take (self, "note 0/200 v0 “Back” static|note 0/300 v0 “Back” static|"
              "note 0/400 v0 “Back” static|");
  answer (self, OWN_NOTE ("200") OWN_NOTE ("300") OWN_NOTE ("400"));
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "available//Back chosen ");
  oh_publication_choose_async (self->publication, OH_PUBLICATION_KEEP, 0, "", NULL, on_chosen,
                               self);
  take (self, "note 0/200 v1 delete static|note 0/300 v1 delete static|"
              "note 0/400 v1 delete static|");
  answer (self, "<category name='note'/>");
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "available// chosen ");
}

/* Losing the connection ends the waiting; the choice is not made later behind the user's back. */
static void
test_choice_and_stop (Fixture *self, gconstpointer data)
{
  settle (self);
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, "state 536870912/2 v0 6500 static|state 536870912/3 v0 6500 static|");
  oh_publication_stop (self->publication);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "unknown// refused(not-signed-in) ");
  g_clear_pointer (&self->request, oh_sip_message_unref);
  go_online (self);
  tell_self (self, PROPERTIES);
  TAKE_INITIAL (self);
}

/* A document that cannot be read changes nothing. */
static void
test_broken_documents (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", TYPE_SELF,
                      "<roamingData>");
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", "text/plain", "hello");
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  {
    g_autoptr (OhSipMessage) request = g_steal_pointer (&self->request);

    oh_sip_peer_answer (self->peer, request, 200, NULL, TYPE_SELF, "garbage");
  }
  notify_self (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
  oh_sip_peer_assert_silent (self->peer);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/publication/initial", test_initial);
  ADD ("/publication/other-clients", test_other_clients);
  ADD ("/publication/idle", test_idle);
  ADD ("/publication/on-the-phone", test_on_the_phone);
  ADD ("/publication/debounce", test_debounce);
  ADD ("/publication/call-within-a-request", test_call_within_a_request);
  ADD ("/publication/reconnect", test_reconnect);
  ADD ("/publication/call-before-sign-in", test_call_before_sign_in);
  ADD ("/publication/left-over", test_left_over);
  ADD ("/publication/line-is-taken", test_line_is_taken);
  ADD ("/publication/conflicts", test_conflicts);
  ADD ("/publication/withdraw", test_withdraw);
  ADD ("/publication/withdraw-nothing", test_withdraw_nothing);
  ADD ("/publication/withdraw-limit", test_withdraw_limit);
  ADD ("/publication/choices", test_choices);
  ADD ("/publication/impossible-choices", test_impossible_choices);
  ADD ("/publication/reset", test_reset);
  ADD ("/publication/note", test_note);
  ADD ("/publication/choice-and-stop", test_choice_and_stop);
  ADD ("/publication/broken-documents", test_broken_documents);
  return g_test_run ();
}
