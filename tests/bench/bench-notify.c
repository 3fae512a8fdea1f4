/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a notification costs from its octets to the contact list: the first ones of 10,000
 * contacts, a hundred people each, then changes of one person. For callgrind give fewer people. */

#include "batch-xml.h"
#include "contacts.h"
#include "people-document.h"
#include "roaming-contacts-xml.h"

#define TYPE_BATCH "multipart/related; type=\"application/rlmi+xml\"; boundary=\"0f6b2a\""
#define TYPE_ONE "application/msrtc-event-categories+xml"

static void
append_state (GString *xml, guint person, guint version, guint availability)
{
  g_string_append_printf (
    xml,
    "<category name=\"state\" instance=\"1\" publishTime=\"2026-01-31T09:12:44.%03u\""
    " container=\"200\" version=\"%u\" expireType=\"user\">"
    "<state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\""
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"aggregateState\""
    " lastActive=\"2026-01-31T09:12:40\"><availability>%u</availability>"
    "<activity token=\"on-the-phone\" minAvailability=\"6500\" maxAvailability=\"8999\"/>"
    "<endpointLocation>Leeds</endpointLocation><device>computer</device></state></category>",
    version % 1000, version, availability);
}

static void
append_person (GString *xml, guint person, guint version, gboolean whole)
{
  g_string_append_printf (
    xml,
    "<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\""
    " uri=\"sip:person%05u@fabrikam.test\">",
    person);
  append_state (xml, person, version, 3500 + version % 4 * 3000);
  if (whole)
    g_string_append_printf (
      xml,
      "<category name=\"contactCard\" instance=\"3\" container=\"200\" version=\"1\">"
      "<contactCard xmlns=\"http://schemas.microsoft.com/2006/09/sip/contactcard\"><identity>"
      "<name><displayName>Person %u</displayName></name><email>person%05u@fabrikam.test</email>"
      "</identity><company>Fabrikam</company><department>Service</department>"
      "<phone type=\"work\"><uri>tel:+4930%07u;ext=%u</uri>"
      "<displayString>(030) %07u x%u</displayString></phone>"
      "<phone type=\"mobile\"><uri>tel:+49170%07u</uri></phone></contactCard></category>"
      "<category name=\"note\" instance=\"0\" container=\"200\" version=\"1\">"
      "<note><body type=\"personal\" uri=\"\">Back at three</body></note></category>",
      person, person, person, person, person, person, person);
  g_string_append (xml, "</categories>");
}

static OhContacts *
make_list (guint n)
{
  OhContacts *contacts = oh_contacts_new ();
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum=\"1\">");
  g_autoptr (OhContactList) list = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      xml, "<contact uri=\"person%05u@fabrikam.test\" name=\"\" groups=\"1\"/>", i);
  g_string_append (xml, "</contactList>");
  list = oh_contact_list_parse (oh_slice (xml->str, xml->len), NULL);
  g_assert_true (oh_contacts_apply_list (contacts, list));
  return contacts;
}

static void
first_notifications (OhContacts *contacts, guint n)
{
  const OhPeopleSink sink = { contacts, NULL, NULL };

  for (guint from = 0; from < n; from += OH_BATCH_RESOURCES_MAX)
    {
      g_autoptr (GString) body = g_string_new (NULL);
      OhPeopleOrder order = { 0 };

      for (guint i = from; i < MIN (from + OH_BATCH_RESOURCES_MAX, n); i++)
        {
          g_string_append (body, "\r\n--0f6b2a\r\nContent-Transfer-Encoding: binary\r\n"
                                 "Content-Type: " TYPE_ONE "\r\n\r\n");
          append_person (body, i, 1, TRUE);
        }
      g_string_append (body, "\r\n--0f6b2a--\r\n");
      oh_people_document_apply (&order, &sink, oh_slice_str (TYPE_BATCH),
                                oh_slice (body->str, body->len), 0);
    }
}

static void
changes (OhContacts *contacts, guint n)
{
  const OhPeopleSink sink = { contacts, NULL, NULL };
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      OhPeopleOrder order = { 0 };

      g_string_truncate (body, 0);
      append_person (body, i, 2, FALSE);
      oh_people_document_apply (&order, &sink, oh_slice_str (TYPE_ONE),
                                oh_slice (body->str, body->len), 0);
    }
}

static void
report (const char *what, GTimer *timer, guint n)
{
  double seconds = g_timer_elapsed (timer, NULL);

  g_print ("%-22s %8.1f ms, %6.2f us for one\n", what, seconds * 1e3, seconds * 1e6 / n);
  g_timer_start (timer);
}

int
main (int argc, char **argv)
{
  guint64 n = 10000;
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (OhContacts) contacts = NULL;

  if (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, 1, OH_CONTACT_LIST_MAX, &n, NULL))
    return 2;
  contacts = make_list ((guint) n);
  report ("contact list", timer, (guint) n);
  first_notifications (contacts, (guint) n);
  report ("first notifications", timer, (guint) n);
  changes (contacts, (guint) n);
  report ("changes of presence", timer, (guint) n);
  oh_contacts_forget_presence (contacts);
  report ("connection lost", timer, (guint) n);
  return 0;
}
