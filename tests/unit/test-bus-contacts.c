/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-contacts.h"

#include "category-xml.h"
#include "fake-clock.h"
#include "roaming-contacts-xml.h"

#define LIST                                                                                       \
  "<contactList deltaNum='1'><group id='1' name='Team' externalURI=''/>"                           \
  "<contact uri='bob@fabrikam.test' name='Bob Baker' groups='1' subscribed='true'/>"               \
  "<contact uri='carol@fabrikam.test' name='Carol' groups='1' subscribed='true'/></contactList>"

typedef struct
{
  OhFakeClock *clock;
  OhContacts *contacts;
  OhBusAgent1 *agent;
  OhBusContacts *shown;
  GString *deltas; /* what came: "1 changed:sip:bob@… removed:;" */
} Fixture;

static void
on_changed (OhBusAgent1 *agent, guint64 revision, GVariant *changed, const char *const *removed,
            Fixture *f)
{
  GVariantIter iter;
  const char *uri;
  g_autoptr (GVariant) rest G_GNUC_UNUSED = NULL;
  g_autofree char *gone = g_strjoinv (",", (char **) removed);

  g_string_append_printf (f->deltas, "%" G_GUINT64_FORMAT, revision);
  g_variant_iter_init (&iter, changed);
  for (GVariant *one = g_variant_iter_next_value (&iter); one != NULL;
       one = g_variant_iter_next_value (&iter))
    {
      g_variant_get_child (one, 0, "&s", &uri);
      g_string_append_printf (f->deltas, " +%s", uri);
      g_variant_unref (one);
    }
  if (gone[0] != '\0')
    g_string_append_printf (f->deltas, " -%s", gone);
  g_string_append_c (f->deltas, ';');
}

static void
apply_list (Fixture *f, const char *xml)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhContactList) list = oh_contact_list_parse (oh_slice_str (xml), &error);

  g_assert_no_error (error);
  g_assert_true (oh_contacts_apply_list (f->contacts, list));
}

static void
set_up (Fixture *f, gconstpointer user_data)
{
  f->clock = oh_fake_clock_new ();
  f->contacts = oh_contacts_new ();
  f->agent = oh_bus_agent1_skeleton_new ();
  f->shown = oh_bus_contacts_new (f->contacts, f->agent, OH_CLOCK (f->clock));
  f->deltas = g_string_new (NULL);
  g_signal_connect (f->agent, "contacts-changed", G_CALLBACK (on_changed), f);
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_string_truncate (f->deltas, 0);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  oh_bus_contacts_free (f->shown);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_clear_object (&f->agent);
  g_clear_object (&f->contacts);
  g_clear_object (&f->clock);
  g_string_free (f->deltas, TRUE);
}

static void
test_list (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GVariant) list = NULL;
  g_autofree char *text = NULL;

  apply_list (f, LIST);
  oh_contacts_set_availability (f->contacts, "sip:bob@fabrikam.test", OH_AVAILABILITY_DND);
  list = g_variant_ref_sink (oh_bus_contacts_list (f->shown));
  g_assert_cmpstr (g_variant_get_type_string (list), ==, "a(ssssasa(sss)a{sv})");
  g_assert_cmpuint (g_variant_n_children (list), ==, 2);
  text = g_variant_print (list, FALSE);
  g_assert_nonnull (
    strstr (text, "('sip:bob@fabrikam.test', 'Bob Baker', 'dnd/', '', ['Team'], [], {})"));
  g_assert_nonnull (strstr (text, "'unknown/'"));
}

/* However much happens within a tenth of a second, one signal tells of it. */
static void
test_rate (Fixture *f, gconstpointer user_data)
{
  guint64 before = oh_bus_contacts_revision (f->shown);

  apply_list (f, LIST);
  for (guint i = 0; i < 100; i++)
    oh_contacts_set_availability (f->contacts, "sip:bob@fabrikam.test",
                                  i % 2 ? OH_AVAILABILITY_BUSY : OH_AVAILABILITY_AVAILABLE);
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US - 1);
  g_assert_cmpstr (f->deltas->str, ==, "");
  oh_fake_clock_advance (f->clock, 1);
  g_assert_nonnull (strstr (f->deltas->str, "+sip:bob@fabrikam.test"));
  g_assert_nonnull (strstr (f->deltas->str, "+sip:carol@fabrikam.test"));
  g_assert_cmpuint (oh_bus_contacts_revision (f->shown), ==, before + 1);
  g_assert_cmpuint (oh_bus_agent1_get_contacts_revision (f->agent), ==, before + 1);

  g_string_truncate (f->deltas, 0);
  oh_contacts_set_availability (f->contacts, "sip:carol@fabrikam.test", OH_AVAILABILITY_AWAY);
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_assert_cmpstr (f->deltas->str, ==, "3 +sip:carol@fabrikam.test;");
}

static void
test_comes_and_goes (Fixture *f, gconstpointer user_data)
{
  apply_list (f, LIST);
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_string_truncate (f->deltas, 0);

  apply_list (f, "<contactList deltaNum='2'>"
                 "<contact uri='bob@fabrikam.test' name='Bob Baker' groups='' subscribed='true'/>"
                 "<contact uri='dan@fabrikam.test' name='Dan' groups='' subscribed='true'/>"
                 "</contactList>");
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_assert_nonnull (strstr (f->deltas->str, "+sip:dan@fabrikam.test"));
  g_assert_nonnull (strstr (f->deltas->str, "-sip:carol@fabrikam.test"));

  /* here and gone in the same breath: only that he is not there matters */
  g_string_truncate (f->deltas, 0);
  apply_list (f, LIST);
  apply_list (f, "<contactList deltaNum='4'/>");
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_assert_null (strchr (f->deltas->str, '+'));
  g_assert_nonnull (strstr (f->deltas->str, "sip:carol@fabrikam.test"));
  g_assert_nonnull (strstr (f->deltas->str, "sip:bob@fabrikam.test"));
  g_assert_nonnull (strstr (f->deltas->str, "sip:dan@fabrikam.test"));
}

static guint
count_changed (Fixture *f)
{
  guint n = 0;

  for (const char *p = f->deltas->str; (p = strchr (p, '+')) != NULL; p++)
    n++;
  g_string_truncate (f->deltas, 0);
  return n;
}

/* At the limit one delta, one beyond it two; who has waited longest is told first. */
static void
test_many (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='1'>");

  for (guint i = 0; i < OH_BUS_CONTACTS_DELTA_MAX; i++)
    g_string_append_printf (xml, "<contact uri='p%u@x' name='' groups=''/>", i);
  g_string_append (xml, "</contactList>");
  apply_list (f, xml->str);
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_assert_cmpuint (count_changed (f), ==, OH_BUS_CONTACTS_DELTA_MAX);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);

  g_string_assign (xml, "<contactList deltaNum='2'>");
  for (guint i = 0; i <= OH_BUS_CONTACTS_DELTA_MAX; i++)
    g_string_append_printf (xml, "<contact uri='p%u@x' name='N' groups=''/>", i);
  g_string_append (xml, "</contactList>");
  apply_list (f, xml->str);
  oh_contacts_set_availability (f->contacts, "sip:p0@x", OH_AVAILABILITY_DND); /* keeps its place */
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_assert_nonnull (strstr (f->deltas->str, "+sip:p0@x "));
  g_assert_cmpuint (count_changed (f), ==, OH_BUS_CONTACTS_DELTA_MAX);
  oh_contacts_set_availability (f->contacts, "sip:p1@x", OH_AVAILABILITY_DND);
  oh_fake_clock_advance (f->clock, OH_BUS_CONTACTS_DELAY_US);
  g_assert_nonnull (strstr (f->deltas->str, "+sip:p1@x;"));
  g_assert_cmpuint (count_changed (f), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bus-contacts/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/bus-contacts/rate", Fixture, NULL, set_up, test_rate, tear_down);
  g_test_add ("/bus-contacts/comes-and-goes", Fixture, NULL, set_up, test_comes_and_goes,
              tear_down);
  g_test_add ("/bus-contacts/many", Fixture, NULL, set_up, test_many, tear_down);
  return g_test_run ();
}
