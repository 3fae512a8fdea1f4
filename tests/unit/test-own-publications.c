/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "own-publications.h"

static void
apply (OhOwnPublications *own, const char *content)
{
  g_autofree char *xml =
    g_strdup_printf ("<categories uri='sip:anna@f.test'>%s</categories>", content);
  g_autoptr (OhCategories) categories = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (categories);
  oh_own_publications_apply (own, categories);
}

/* Versions of the keys that the tests use, in a fixed order: "state 5/2, note 0/200 0/300 0/400" */
static char *
versions (OhOwnPublications *own)
{
  return g_strdup_printf ("%u %u %u %u", oh_own_publications_version (own, "state", 5, 2),
                          oh_own_publications_version (own, "note", 0, 200),
                          oh_own_publications_version (own, "note", 0, 300),
                          oh_own_publications_version (own, "note", 0, 400));
}

#define STATE(instance, container, version)                                                        \
  "<category name='state' instance='" instance "' container='" container "' version='" version     \
  "'><state/></category>"
#define NOTE(container, version)                                                                   \
  "<category name='note' instance='0' container='" container "' version='" version                 \
  "'><note><body>n</body></note></category>"

/* One document after the other; [MS-PRES] 3.8.5. */
static void
test_replacement (void)
{
  static const struct
  {
    const char *label, *xml, *versions;
  } steps[] = {
    { "all", STATE ("5", "2", "1") NOTE ("200", "1") NOTE ("300", "2") NOTE ("400", "3"),
      "1 1 2 3" },
    { "another category says nothing about these",
      "<category name='routing' instance='1'"
      " container='1' version='1'><r/></category>",
      "1 1 2 3" },
    { "a category is replaced as a whole", STATE ("6", "2", "9"), "0 1 2 3" },
    { "a higher version", STATE ("5", "2", "10"), "10 1 2 3" },
    { "a lower version is the server's word too", STATE ("5", "2", "4"), "4 1 2 3" },
    { "the same key twice: the last", STATE ("5", "2", "7") STATE ("5", "2", "8"), "8 1 2 3" },
    { "one container emptied", "<category name='note' container='300'/>", "8 1 0 3" },
    { "one key removed", "<category name='note' instance='0' container='400'/>", "8 1 0 0" },
    { "removed in one, published in another",
      "<category name='note' container='200'/>" NOTE ("300", "5"), "8 0 5 0" },
    { "all removed", "<category name='note'/>", "8 0 0 0" },
    { "without key nothing can be kept", "<category name='note' version='3'><note/></category>",
      "8 0 0 0" },
    { "nothing said", "", "8 0 0 0" },
  };
  g_autoptr (OhOwnPublications) own = oh_own_publications_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = NULL;

      g_test_message ("%s", steps[i].label);
      apply (own, steps[i].xml);
      text = versions (own);
      g_assert_cmpstr (text, ==, steps[i].versions);
    }
  oh_own_publications_clear (own);
  g_assert_cmpuint (oh_own_publications_version (own, "state", 5, 2), ==, 0);
}

static void
test_set_version (void)
{
  g_autoptr (OhOwnPublications) own = oh_own_publications_new ();

  oh_own_publications_set_version (own, "state", 5, 2, 17); /* not known so far */
  g_assert_cmpuint (oh_own_publications_version (own, "state", 5, 2), ==, 17);
  oh_own_publications_set_version (own, "state", 5, 2, 18);
  g_assert_cmpuint (oh_own_publications_version (own, "state", 5, 2), ==, 18);
  g_assert_cmpuint (oh_own_publications_version (own, "state", 5, 3), ==, 0);
  oh_own_publications_set_version (own, "state", 5, 2, 0);
  oh_own_publications_set_version (own, "state", 5, 2, 0);
  g_assert_cmpuint (oh_own_publications_version (own, "state", 5, 2), ==, 0);
}

#define AGGREGATE(container, number, token)                                                        \
  "<category name='state' instance='1' container='" container "' version='1'"                      \
  " publishTime='1970-01-01T00:00:01'><state type='aggregateState'><availability>" number          \
  "</availability><activity token='" token "'/></state></category>"

static void
test_presence (void)
{
  g_autoptr (OhOwnPublications) own = oh_own_publications_new ();
  g_autoptr (OhPresence) none = oh_own_publications_presence (own);
  g_autoptr (OhPresence) busy = NULL;
  g_autoptr (OhPresence) fallback = NULL;
  g_autoptr (OhPresence) kept = NULL;
  g_autoptr (OhPresence) gone = NULL;

  g_assert_cmpint (oh_presence_availability (none), ==, OH_AVAILABILITY_UNKNOWN);
  apply (own,
         "<category name='state' instance='9' container='2' version='1'>"
         "<state type='userState'><availability>9500</availability></state></category>" AGGREGATE (
           "200", "3500", "x") AGGREGATE ("2", "6500", "on-the-phone")
           AGGREGATE (
             "300", "3500",
             "x") "<category name='note' instance='0' container='200' version='1'"
                  " publishTime='1970-01-01T00:00:01'><note><body>old</body></note></category>"
                  "<category name='note' instance='1' container='200' version='1'"
                  " publishTime='1970-01-01T00:00:02'><note><body>new</body></note></category>");
  busy = oh_own_publications_presence (own);
  g_assert_cmpint (oh_presence_availability (busy), ==, OH_AVAILABILITY_BUSY);
  g_assert_true (oh_presence_on_phone (busy));
  g_assert_cmpstr (oh_presence_note (busy), ==, "new");
  g_assert_cmpint (oh_presence_since_us (busy), ==, G_USEC_PER_SEC);
  apply (own, AGGREGATE ("200", "12500", ""));
  fallback = oh_own_publications_presence (own);
  g_assert_cmpint (oh_presence_availability (fallback), ==, OH_AVAILABILITY_BRB);
  apply (own, STATE ("5", "2", "1")); /* what was published, but not what was made of it */
  kept = oh_own_publications_presence (own);
  g_assert_cmpint (oh_presence_availability (kept), ==, OH_AVAILABILITY_BRB);
  apply (own, "<category name='state'/>");
  gone = oh_own_publications_presence (own);
  g_assert_cmpint (oh_presence_availability (gone), ==, OH_AVAILABILITY_UNKNOWN);
}

static void
test_line_and_devices (void)
{
  g_autoptr (OhOwnPublications) own = oh_own_publications_new ();

  g_assert_null (oh_own_publications_line (own));
  g_assert_false (oh_own_publications_signed_in_elsewhere (own, "AA"));
  apply (own, "<category name='userProperties' instance='0' container='1' version='1'>"
              "<userProperties><lines><line>tel:+4930398330</line></lines></userProperties>"
              "</category><category name='device' instance='1' container='2' version='1'>"
              "<device endpointId='aa'/></category>");
  g_assert_cmpstr (oh_own_publications_line (own), ==, "tel:+4930398330");
  g_assert_false (oh_own_publications_signed_in_elsewhere (own, "AA"));
  apply (own, "<category name='device' instance='1' container='2' version='1'>"
              "<device endpointId='aa'/></category>"
              "<category name='device' instance='2' container='2' version='1'>"
              "<device endpointId='bb'/></category>");
  g_assert_true (oh_own_publications_signed_in_elsewhere (own, "AA"));
  apply (own, STATE ("5", "2", "1")); /* no device in it says nothing about devices */
  g_assert_true (oh_own_publications_signed_in_elsewhere (own, "AA"));
}

static void
on_one (const OhOwnPublication *one, gpointer user_data)
{
  g_string_append_printf (user_data, "%u/%u %d %s|", one->instance, one->container, one->state_type,
                          one->endpoint_id);
}

static void
test_foreach (void)
{
  g_autoptr (OhOwnPublications) own = oh_own_publications_new ();
  g_autoptr (GString) seen = g_string_new (NULL);

  apply (own,
         NOTE ("200",
               "1") "<category name='state' instance='5' container='2' version='1' endpointId='E'>"
                    "<state type='phoneState'/></category>");
  oh_own_publications_foreach (own, on_one, seen);
  g_assert_cmpstr (seen->str, ==, "5/2 5 E|");
}

static void
test_limit (void)
{
  g_autoptr (OhOwnPublications) own = oh_own_publications_new ();

  for (guint i = 1; i <= OH_OWN_PUBLICATIONS_MAX + 1; i++)
    oh_own_publications_set_version (own, "state", i, 2, 1);
  g_assert_cmpuint (oh_own_publications_version (own, "state", OH_OWN_PUBLICATIONS_MAX, 2), ==, 1);
  g_assert_cmpuint (oh_own_publications_version (own, "state", OH_OWN_PUBLICATIONS_MAX + 1, 2), ==,
                    0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own-publications/replacement", test_replacement);
  g_test_add_func ("/own-publications/set-version", test_set_version);
  g_test_add_func ("/own-publications/presence", test_presence);
  g_test_add_func ("/own-publications/line-and-devices", test_line_and_devices);
  g_test_add_func ("/own-publications/foreach", test_foreach);
  g_test_add_func ("/own-publications/limit", test_limit);
  return g_test_run ();
}
