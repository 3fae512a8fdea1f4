/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact.h"

#include "category-xml.h"
#include "contact-private.h"
#include "signal-log.h"

static OhContactChange
apply (OhContact *contact, const char *categories)
{
  g_autofree char *xml = g_strdup_printf ("<categories>%s</categories>", categories);
  g_autoptr (OhCategories) parsed = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (parsed);
  return oh_contact_apply (contact, parsed);
}

/* "availability activity note" */
static void
assert_presence (OhContact *contact, const char *expected)
{
  OhPresence *presence = oh_contact_presence (contact);
  g_autofree char *text =
    g_strdup_printf ("%s '%s' '%s'", oh_availability_word (oh_presence_availability (presence)),
                     oh_presence_activity (presence), oh_presence_note (presence));

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_numbers (OhContact *contact, const char *expected)
{
  GPtrArray *numbers = oh_contact_numbers (contact);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < numbers->len; i++)
    {
      const OhContactNumber *number = g_ptr_array_index (numbers, i);

      g_string_append_printf (text, "%s %s (%s)|", number->type, number->number, number->display);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static OhContact *
new_contact (void)
{
  g_autofree char *key = oh_contact_key_for ("bob@f.test");

  return oh_contact_new ("bob@f.test", key);
}

static void
test_keys (void)
{
  static const struct
  {
    const char *uri, *key;
  } cases[] = {
    { "bob@f.test", "sip:bob@f.test" },
    { "sip:Bob@F.test", "sip:bob@f.test" },
    { "SIP:bob@f.test;opaque=x", "sip:bob@f.test" },
    { "tel:+49-30", "tel:+49-30" },
    { "Q", "sip:q" }, /* nonsense is somebody of its own */
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = oh_contact_key_for (cases[i].uri);

      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

static void
test_name (void)
{
  g_autoptr (OhContact) contact = new_contact ();

  g_assert_cmpstr (oh_contact_uri (contact), ==, "sip:bob@f.test");
  g_assert_cmpstr (oh_contact_name (contact), ==, "bob@f.test");
  apply (contact, "<category name='contactCard' instance='3'><contactCard><identity><name>"
                  "<displayName>R. Baker</displayName></name></identity></contactCard></category>");
  g_assert_cmpstr (oh_contact_name (contact), ==, "R. Baker");
  apply (contact,
         "<category name='contactCard' instance='0'><contactCard><identity><name>"
         "<displayName>Bob Baker</displayName></name></identity></contactCard></category>");
  g_assert_cmpstr (oh_contact_name (contact), ==, "Bob Baker"); /* instance 0 is the identity */
  oh_contact_set_entry (contact, "Bobby", g_new0 (char *, 1), TRUE);
  g_assert_cmpstr (oh_contact_name (contact), ==, "Bobby");
  oh_contact_set_entry (contact, "", g_new0 (char *, 1), TRUE);
  g_assert_cmpstr (oh_contact_name (contact), ==, "Bob Baker");
}

static void
test_numbers (void)
{
  g_autoptr (OhContact) contact = new_contact ();

  g_assert_cmpint (apply (contact,
                          "<category name='contactCard' instance='3'><contactCard>"
                          "<phone type='home'><uri>tel:+493011</uri></phone>"
                          "<phone type='work'><uri>tel:+49301234;ext=5</uri>"
                          "<displayString>030 1234-5</displayString></phone>"
                          "<phone type='work'><displayString>call me</displayString></phone>"
                          "<phone type='custom1'><uri>tel:12</uri></phone>"
                          "</contactCard></category>"),
                   ==, OH_CONTACT_CHANGED | OH_CONTACT_CHANGED_NUMBERS);
  assert_numbers (contact,
                  "work +49301234;ext=5 (030 1234-5)|home +493011 (+493011)|other 12 (12)|");

  /* what the user typed goes before the directory, and no number comes twice */
  apply (contact, "<category name='contactCard' instance='1'><contactCard>"
                  "<phone type='Work'><displayString>030 99</displayString></phone>"
                  "<phone type='work'><uri>tel:+49301234;ext=5</uri></phone>"
                  "</contactCard></category>");
  assert_numbers (contact, "work 03099 (030 99)|work +49301234;ext=5 (+49301234;ext=5)|"
                           "home +493011 (+493011)|other 12 (12)|");

  /* one instance goes, the others stay */
  apply (contact, "<category name='contactCard' instance='1'/>");
  assert_numbers (contact,
                  "work +49301234;ext=5 (030 1234-5)|home +493011 (+493011)|other 12 (12)|");
  apply (contact, "<category name='contactCard'/>");
  assert_numbers (contact, "");
}

/* One line after the other to the same contact. */
static void
test_states (void)
{
  static const struct
  {
    const char *label, *xml, *presence;
  } steps[] = {
    { "first",
      "<category name='state' instance='1' publishTime='2026-01-01T10:00:00' version='5'>"
      "<state type='aggregateState'><availability>3500</availability></state></category>",
      "available '' ''" },
    { "newer",
      "<category name='state' instance='1' publishTime='2026-01-01T10:01:00' version='6'>"
      "<state type='aggregateState'><availability>6500</availability>"
      "<activity token='on-the-phone'/></state></category>",
      "busy 'on-the-phone' ''" },
    { "older by time",
      "<category name='state' instance='1' publishTime='2026-01-01T10:00:30' version='9'>"
      "<state type='aggregateState'><availability>3500</availability></state></category>",
      "busy 'on-the-phone' ''" },
    { "older by version, without time",
      "<category name='state' instance='1' version='3'>"
      "<state type='aggregateState'><availability>3500</availability></state></category>",
      "busy 'on-the-phone' ''" },
    { "not for us: the state of one machine",
      "<category name='state' instance='268435456' version='99'>"
      "<state type='aggregateMachineState'><availability>15500</availability></state></category>",
      "busy 'on-the-phone' ''" },
    { "a machine leaves", "<category name='state' instance='268435456'/>",
      "busy 'on-the-phone' ''" },
    { "only a note",
      "<category name='note' instance='0' publishTime='2026-01-01T10:02:00'><note><body>Hi</body>"
      "</note></category>",
      "busy 'on-the-phone' 'Hi'" },
    { "an older note beside it",
      "<category name='note' instance='1' publishTime='2026-01-01T09:02:00'><note><body>Old</body>"
      "</note></category>",
      "busy 'on-the-phone' 'Hi'" },
    { "the newer note goes", "<category name='note' instance='0'/>", "busy 'on-the-phone' 'Old'" },
    { "all notes go", "<category name='note'/>", "busy 'on-the-phone' ''" },
    { "removed and set in one document, in the wrong order",
      "<category name='state' instance='1' publishTime='2026-01-01T10:05:00' version='7'>"
      "<state type='aggregateState'><availability>15500</availability>"
      "<activity token='off-work'/></state></category><category name='state'/>",
      "off-work 'off-work' ''" },
    { "removed", "<category name='state' instance='1'/>", "offline '' ''" },
    { "back, with a version that starts again",
      "<category name='state' instance='1' version='1'><state><availability>9500</availability>"
      "</state></category>",
      "dnd '' ''" },
    { "blocked", "<category name='state'/>", "offline '' ''" },
    { "nothing of interest", "<category name='calendarData'><x/></category>", "offline '' ''" },
  };
  g_autoptr (OhContact) contact = new_contact ();

  assert_presence (contact, "unknown '' ''");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_test_message ("%s", steps[i].label);
      apply (contact, steps[i].xml);
      assert_presence (contact, steps[i].presence);
    }
}

static void
test_since (void)
{
  g_autoptr (OhContact) contact = new_contact ();

  apply (contact, "<category name='state' instance='1' publishTime='1970-01-01T00:00:02'>"
                  "<state startTime='1970-01-01T00:00:01'><availability>3500</availability></state>"
                  "</category>");
  g_assert_cmpint (oh_presence_since_us (oh_contact_presence (contact)), ==, G_USEC_PER_SEC);
}

/* Signals only where something changed. */
static void
test_notifications (void)
{
  const char *state = "<category name='state' instance='1'><state><availability>6500</availability>"
                      "</state></category>";
  const char *const groups[] = { "Sales", NULL };
  g_autoptr (OhContact) contact = new_contact ();
  g_autoptr (OhSignalLog) log = oh_signal_log_new ();

  oh_signal_log_watch (log, contact, "c", "notify::name");
  oh_signal_log_watch (log, contact, "c", "notify::numbers");
  oh_signal_log_watch (log, contact, "c", "notify::presence");
  g_assert_cmpint (oh_contact_set_entry (contact, NULL, g_new0 (char *, 1), TRUE), ==,
                   OH_CONTACT_SAME);
  g_assert_cmpint (oh_contact_set_entry (contact, "B", g_strdupv ((GStrv) groups), TRUE), ==,
                   OH_CONTACT_CHANGED);
  oh_signal_log_assert (log, "c::notify::name=\"B\"");
  g_assert_cmpstr (oh_contact_groups (contact)[0], ==, "Sales");
  g_assert_cmpint (apply (contact, state), ==, OH_CONTACT_CHANGED);
  g_free (oh_signal_log_pop (log));
  g_assert_cmpint (apply (contact, state), ==, OH_CONTACT_SAME);
  oh_signal_log_assert_empty (log);
  g_assert_cmpint (oh_contact_set_availability (contact, OH_AVAILABILITY_UNKNOWN), ==,
                   OH_CONTACT_CHANGED);
  g_free (oh_signal_log_pop (log));
  g_assert_cmpint (oh_contact_set_availability (contact, OH_AVAILABILITY_UNKNOWN), ==,
                   OH_CONTACT_SAME);
}

/* A person with more instances than any server has keeps the first ones. */
static void
test_limit (void)
{
  g_autoptr (OhContact) contact = new_contact ();

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *xml = g_strdup_printf (
        "<category name='contactCard' instance='%u'><contactCard><phone type='work'>"
        "<uri>tel:+49%u</uri></phone></contactCard></category>"
        "<category name='note' instance='%u'><note><body>n</body></note></category>",
        i, 1000 + i, i);

      apply (contact, xml);
      g_assert_cmpuint (oh_contact_numbers (contact)->len, ==, MIN (i + 1, 32));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact/keys", test_keys);
  g_test_add_func ("/contact/name", test_name);
  g_test_add_func ("/contact/numbers", test_numbers);
  g_test_add_func ("/contact/states", test_states);
  g_test_add_func ("/contact/since", test_since);
  g_test_add_func ("/contact/notifications", test_notifications);
  g_test_add_func ("/contact/limit", test_limit);
  return g_test_run ();
}
