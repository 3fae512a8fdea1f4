/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-state.h"

#define T(minute) "2011-03-07T09:" minute ":00"
#define AT(minute) ((G_GINT64_CONSTANT (1299488400) + (minute) *60) * G_USEC_PER_SEC)

static void
apply (OhContactState *state, const char *categories)
{
  g_autofree char *xml = g_strdup_printf ("<categories>%s</categories>", categories);
  g_autoptr (OhCategories) parsed = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (parsed);
  oh_contact_state_apply (state, parsed);
}

/* "availability 'activity' 'note' [inactive] [oof] since-minute" */
static void
assert_is (OhContactState *state, const char *expected)
{
  g_autoptr (OhPresence) presence = oh_contact_state_presence (state);
  gint64 since = oh_presence_since_us (presence);
  g_autofree char *text = g_strdup_printf (
    "%s '%s' '%s'%s%s %d", oh_availability_word (oh_presence_availability (presence)),
    oh_presence_activity (presence), oh_presence_note (presence),
    oh_presence_is_inactive (presence) ? " inactive" : "",
    oh_presence_is_out_of_office (presence) ? " oof" : "",
    since != 0 ? (int) ((since - AT (0)) / (60 * G_USEC_PER_SEC)) : -1);

  g_assert_cmpstr (text, ==, expected);
}

#define STATE(attributes, inner)                                                                   \
  "<category name='state' " attributes "><state xsi:type='aggregateState' "                        \
  "xmlns:xsi='urn:x' " inner "</state></category>"
#define NOTE(attributes, type, text)                                                               \
  "<category name='note' " attributes "><note><body type='" type "'>" text "</body></note>"        \
  "</category>"

/* Each number of each range, and since when. */
static void
test_since (void)
{
  static const struct
  {
    const char *number, *attributes, *expected;
  } cases[] = {
    { "3500", "", "available '' '' 10" },
    { "3500", "startTime='" T ("08") "'", "available '' '' 8" },
    { "3500", "startTime='" T ("08") "' lastActive='" T ("05") "'", "available '' '' 8" },
    { "4499", "lastActive='" T ("05") "'", "available '' '' 10" },
    { "4500", "lastActive='" T ("05") "'", "idle '' '' inactive 5" },
    { "5999", "lastActive='" T ("05") "'", "idle '' '' inactive 5" },
    { "5000", "startTime='" T ("08") "'", "idle '' '' inactive 8" },
    { "6000", "lastActive='" T ("05") "'", "busy '' '' 10" },
    { "7499", "lastActive='" T ("05") "'", "busy '' '' 10" },
    { "7500", "lastActive='" T ("05") "'", "busy '' '' inactive 5" },
    { "8999", "lastActive='" T ("05") "'", "busy '' '' inactive 5" },
    { "9000", "lastActive='" T ("05") "'", "dnd '' '' 10" },
    { "12500", "lastActive='" T ("05") "'", "brb '' '' 10" },
    { "15500", "lastActive='" T ("05") "'", "away '' '' 5" },
    { "15500", "", "away '' '' 10" },
    { "18500", "lastActive='" T ("05") "'", "offline '' '' 10" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhContactState) state = oh_contact_state_new ();
      g_autofree char *xml = g_strdup_printf (
        "<category name='state' publishTime='" T ("10") "'><state %s><availability>%s"
                                                        "</availability></state></category>",
        cases[i].attributes, cases[i].number);

      g_test_message ("%s %s", cases[i].number, cases[i].attributes);
      apply (state, xml);
      assert_is (state, cases[i].expected);
    }
}

static void
test_activity (void)
{
  g_autoptr (OhContactState) state = oh_contact_state_new ();

  assert_is (state, "unknown '' '' -1");
  apply (state, STATE ("", "><availability>6500</availability><activity token='on-the-phone' "
                           "minAvailability='6500' maxAvailability='8999'/>"));
  assert_is (state, "busy 'on-the-phone' '' -1");
  /* still in the call, but the document says that this is not what counts */
  apply (state, STATE ("", "><availability>15500</availability><activity token='on-the-phone' "
                           "minAvailability='6500' maxAvailability='8999'/>"));
  assert_is (state, "away '' '' -1");
  apply (state, STATE ("", "><availability>12500</availability><activity><custom LCID='1031'>Zu "
                           "Tisch</custom><custom LCID='1033'>At lunch</custom></activity>"));
  assert_is (state, "brb 'At lunch' '' -1"); /* the tests run in the C locale */
  apply (state, STATE ("", "><availability>15500</availability><activity token='out-of-office'/>"));
  assert_is (state, "away 'out-of-office' '' oof -1");
}

/* The note that was published last is shown, whatever its kind; the absence goes on beside it. */
static void
test_notes (void)
{
  g_autoptr (OhContactState) state = oh_contact_state_new ();

  apply (state, NOTE ("instance='0' publishTime='" T ("10") "'", "personal", "At my desk"));
  assert_is (state, "unknown '' 'At my desk' -1");
  apply (state, NOTE ("instance='1073741824' publishTime='" T ("20") "'", "OOF", "Back on Monday"));
  assert_is (state, "unknown '' 'Back on Monday' oof -1");
  apply (state, NOTE ("instance='0' publishTime='" T ("30") "'", "personal", "Reading mail"));
  assert_is (state, "unknown '' 'Reading mail' oof -1");
  /* overtaken on the way */
  apply (state, NOTE ("instance='0' publishTime='" T ("25") "'", "personal", "In the train"));
  assert_is (state, "unknown '' 'Reading mail' oof -1");
  apply (state, "<category name='note' instance='0'/>");
  assert_is (state, "unknown '' 'Back on Monday' oof -1");
  apply (state, "<category name='note'/>");
  assert_is (state, "unknown '' '' -1");
  for (guint i = 0; i < OH_CONTACT_NOTES_MAX + 1; i++)
    {
      g_autofree char *xml = g_strdup_printf (
        NOTE ("instance='%u' publishTime='2011-03-07T10:00:%02u'", "personal", "n%u"), i, i, i);

      apply (state, xml);
    }
  assert_is (state, "unknown '' 'n31' -1"); /* one beyond the limit is passed over */
}

/* Versions and times that go backwards, and those that only look so. */
static void
test_order (void)
{
  g_autoptr (OhContactState) state = oh_contact_state_new ();

  apply (state, STATE ("instance='1' version='8' publishTime='" T ("10") "'",
                       "><availability>6500</availability>"));
  apply (state, STATE ("instance='1' version='9' publishTime='" T ("09") "'",
                       "><availability>3500</availability>"));
  assert_is (state, "busy '' '' 10"); /* the time decides */
  apply (state, STATE ("instance='1' version='7' publishTime='" T ("10") "'",
                       "><availability>3500</availability>"));
  assert_is (state, "busy '' '' 10"); /* the same time: the version does */
  apply (state, STATE ("instance='1' version='1' publishTime='" T ("11") "'",
                       "><availability>3500</availability>"));
  assert_is (state, "available '' '' 11"); /* a server that began to count anew */
  apply (state, STATE ("instance='1' version='0'", "><availability>9500</availability>"));
  assert_is (state, "dnd '' '' -1");
  apply (state, STATE ("instance='2' version='1' publishTime='" T ("01") "'",
                       "><availability>3500</availability>"));
  assert_is (state, "available '' '' 1"); /* another instance has an order of its own */
  apply (state, "<category name='state' instance='1'/>");
  assert_is (state, "available '' '' 1");
  apply (state, "<category name='state' instance='2'/>");
  assert_is (state, "offline '' '' -1");
}

static void
test_reset (void)
{
  g_autoptr (OhContactState) state = oh_contact_state_new ();

  apply (state, STATE ("instance='1' version='8'", "><availability>5000</availability>")
                  NOTE ("instance='1'", "OOF", "Away"));
  assert_is (state, "idle '' 'Away' inactive oof -1");
  oh_contact_state_reset (state, OH_AVAILABILITY_UNKNOWN);
  assert_is (state, "unknown '' '' -1");
  apply (state, STATE ("instance='1' version='1'", "><availability>3500</availability>"));
  assert_is (state, "available '' '' -1"); /* nothing is older than nothing */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-state/since", test_since);
  g_test_add_func ("/contact-state/activity", test_activity);
  g_test_add_func ("/contact-state/notes", test_notes);
  g_test_add_func ("/contact-state/order", test_order);
  g_test_add_func ("/contact-state/reset", test_reset);
  return g_test_run ();
}
