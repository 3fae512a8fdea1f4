/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "category-xml.h"

#include "error.h"

#define STATE_NS "http://schemas.microsoft.com/2006/09/sip/state"

static OhCategories *
parse (const char *content)
{
  g_autofree char *xml =
    g_strdup_printf ("<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\""
                     " uri=\"sip:piotr.lang@fabrikam.test\">%s</categories>",
                     content);
  g_autoptr (GError) error = NULL;
  OhCategories *categories = oh_categories_parse (oh_slice_str (xml), &error);

  g_assert_no_error (error);
  return categories;
}

static const OhCategory *
nth (OhCategories *categories, guint n)
{
  g_assert_cmpuint (n, <, categories->items->len);
  return g_ptr_array_index (categories->items, n);
}

static void
test_state (void)
{
  g_autoptr (OhCategories) doc =
    parse ("<category name=\"state\" instance=\"1\" publishTime=\"2011-03-07T09:12:44.310\""
           " container=\"200\" version=\"88\" expireType=\"user\">"
           "<state xmlns=\"" STATE_NS "\""
           " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
           " xsi:type=\"aggregateState\" lastActive=\"2011-03-07T09:12:40\">"
           "<availability>6500</availability>"
           "<activity token=\"on-the-phone\" minAvailability=\"6500\" maxAvailability=\"8999\"/>"
           "<endpointLocation>Leeds</endpointLocation><device>computer</device>"
           "</state></category>");
  const OhCategory *state = nth (doc, 0);

  g_assert_cmpstr (doc->uri, ==, "sip:piotr.lang@fabrikam.test");
  g_assert_cmpuint (doc->items->len, ==, 1);
  g_assert_cmpint (state->kind, ==, OH_CATEGORY_STATE);
  g_assert_cmpstr (state->name, ==, "state");
  g_assert_true (state->has_instance);
  g_assert_cmpuint (state->instance, ==, 1);
  g_assert_true (state->has_container);
  g_assert_cmpuint (state->container, ==, 200);
  g_assert_cmpuint (state->version, ==, 88);
  g_assert_cmpint (state->expire, ==, OH_EXPIRE_USER);
  g_assert_false (state->empty);
  g_assert_cmpint (state->publish_time_us, ==, G_GINT64_CONSTANT (1299489164310000));
  g_assert_cmpint (state->state_type, ==, OH_STATE_AGGREGATE);
  g_assert_cmpuint (state->availability, ==, 6500);
  g_assert_cmpstr (state->activity, ==, "on-the-phone");
  g_assert_cmpint (state->since_us, ==, state->publish_time_us);
  g_assert_cmpint (state->last_active_us, ==, G_GINT64_CONSTANT (1299489160000000));
}

/* An activity goes with the availabilities that it names. */
static void
test_activity_range (void)
{
  static const struct
  {
    const char *attributes;
    gboolean taken;
  } cases[] = {
    { "", TRUE },
    { "minAvailability='6500' maxAvailability='8999'", TRUE },
    { "minAvailability='7000' maxAvailability='7000'", TRUE },
    { "minAvailability='7001'", FALSE },
    { "maxAvailability='6999'", FALSE },
    { "minAvailability='x' maxAvailability=''", TRUE },
    { "minAvailability='8999' maxAvailability='6500'", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml =
        g_strdup_printf ("<category name='state'><state><availability>7000</availability>"
                         "<activity token='on-the-phone' %s/></state></category>",
                         cases[i].attributes);
      g_autoptr (OhCategories) doc = parse (xml);

      g_test_message ("%s", cases[i].attributes);
      g_assert_cmpstr (nth (doc, 0)->activity, ==, cases[i].taken ? "on-the-phone" : NULL);
    }
}

static void
test_customs (void)
{
  g_autoptr (GString) xml = g_string_new ("<category name='state'><state><activity>"
                                          "<custom LCID='1031'>Zu Tisch</custom><custom/>"
                                          "<custom LCID='x'>At lunch</custom>");
  g_autoptr (OhCategories) doc = NULL;
  const OhCustomActivity *custom;

  for (guint i = 0; i < OH_CATEGORY_CUSTOMS_MAX - 2 + 1; i++) /* one beyond */
    g_string_append_printf (xml, "<custom LCID='%u'>n%u</custom>", i, i);
  g_string_append (xml, "</activity></state></category>");
  doc = parse (xml->str);
  g_assert_cmpstr (nth (doc, 0)->activity, ==, "Zu Tisch");
  g_assert_cmpuint (nth (doc, 0)->customs->len, ==, OH_CATEGORY_CUSTOMS_MAX);
  custom = g_ptr_array_index (nth (doc, 0)->customs, 0);
  g_assert_cmpuint (custom->lcid, ==, 1031);
  custom = g_ptr_array_index (nth (doc, 0)->customs, 1);
  g_assert_cmpuint (custom->lcid, ==, 0);
  g_assert_cmpstr (custom->text, ==, "At lunch");
  custom = g_ptr_array_index (nth (doc, 0)->customs, OH_CATEGORY_CUSTOMS_MAX - 1);
  g_assert_cmpstr (custom->text, ==, "n29");
}

/* What readers of other documents make of them. */
static void
test_made (void)
{
  g_autoptr (OhCategories) made = oh_categories_new ("sip:b@f.test");
  OhCategory *card;

  g_assert_cmpstr (made->uri, ==, "sip:b@f.test");
  g_assert_cmpstr (oh_categories_add (made, OH_CATEGORY_STATE)->name, ==, "state");
  g_assert_cmpstr (oh_categories_add (made, OH_CATEGORY_OTHER)->name, ==, "");
  card = oh_categories_add (made, OH_CATEGORY_CARD);
  for (guint i = 0; i < OH_CATEGORY_NUMBERS_MAX + 1; i++)
    oh_category_add_number (card, NULL, NULL, g_strdup ("1"));
  g_assert_cmpuint (card->numbers->len, ==, OH_CATEGORY_NUMBERS_MAX);
  g_assert_cmpstr (((OhCardNumber *) g_ptr_array_index (card->numbers, 0))->type, ==, "other");
}

/* Each line one way in which servers, gateways and people differ from the specification. */
static void
test_odd_states (void)
{
  static const struct
  {
    const char *label, *xml;
    gboolean empty;
    OhStateType type;
    guint availability;
    const char *activity;
  } cases[] = {
    { "removed", "<category name='state'/>", TRUE, OH_STATE_OTHER, 0, NULL },
    { "removed, with blanks", "<category name='state' instance='1'>\r\n </category>", TRUE,
      OH_STATE_OTHER, 0, NULL },
    { "wrong namespace",
      "<category name='state'><s:state xmlns:s='urn:x' s:type='s:userState'>"
      "<s:availability> 3500 </s:availability></s:state></category>",
      FALSE, OH_STATE_USER, 3500, NULL },
    { "unknown activity",
      "<category name='state'><state type='aggregateState'><availability>6500</availability>"
      "<activity token='juggling'/></state></category>",
      FALSE, OH_STATE_AGGREGATE, 6500, "juggling" },
    { "own words",
      "<category name='state'><state><availability>6500</availability><activity>"
      "<custom LCID='1033'>Fire &amp; rescue</custom></activity></state></category>",
      FALSE, OH_STATE_OTHER, 6500, "Fire & rescue" },
    { "empty activity",
      "<category "
      "name='state'><state><availability>3500</availability><activity/></state></category>",
      FALSE, OH_STATE_OTHER, 3500, NULL },
    { "availability is no number",
      "<category name='state'><state><availability>lots</availability></state></category>", FALSE,
      OH_STATE_OTHER, 0, NULL },
    { "availability below zero",
      "<category name='state'><state><availability>-1</availability></state></category>", FALSE,
      OH_STATE_OTHER, 0, NULL },
    { "no availability", "<category name='state'><state type='phoneState'/></category>", FALSE,
      OH_STATE_PHONE, 0, NULL },
    { "the same element twice",
      "<category name='state'><state><availability>3500</availability>"
      "<availability>6500</availability></state></category>",
      FALSE, OH_STATE_OTHER, 3500, NULL },
    { "unheard-of type",
      "<category name='state'><state type='moodState'><availability>1</availability>"
      "</state></category>",
      FALSE, OH_STATE_OTHER, 1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhCategories) doc = parse (cases[i].xml);
      const OhCategory *state = nth (doc, 0);

      g_test_message ("%s", cases[i].label);
      g_assert_cmpint (state->kind, ==, OH_CATEGORY_STATE);
      g_assert_cmpint (state->empty, ==, cases[i].empty);
      g_assert_cmpint (state->state_type, ==, cases[i].type);
      g_assert_cmpuint (state->availability, ==, cases[i].availability);
      g_assert_cmpstr (state->activity, ==, cases[i].activity);
    }
}

static void
test_keys (void)
{
  g_autoptr (OhCategories) doc = parse (
    "<category name='note'/><category name='note' container='200'/>"
    "<category name='routing' instance='4294967295' container='1' version='3'><r/></category>"
    "<category instance='1'/>"
    "<category name='state' instance='4294967296' container='-1' version='x'/>");

  g_assert_cmpuint (doc->items->len, ==, 4); /* the one without a name is about nothing */
  g_assert_false (nth (doc, 0)->has_instance);
  g_assert_false (nth (doc, 0)->has_container);
  g_assert_false (nth (doc, 1)->has_instance);
  g_assert_true (nth (doc, 1)->has_container);
  g_assert_cmpint (nth (doc, 2)->kind, ==, OH_CATEGORY_OTHER);
  g_assert_cmpstr (nth (doc, 2)->name, ==, "routing");
  g_assert_cmpuint (nth (doc, 2)->instance, ==, G_MAXUINT32);
  g_assert_false (nth (doc, 2)->empty);
  g_assert_false (nth (doc, 3)->has_instance);
  g_assert_false (nth (doc, 3)->has_container);
  g_assert_cmpuint (nth (doc, 3)->version, ==, 0);
}

static void
test_note (void)
{
  g_autoptr (OhCategories) doc =
    parse ("<category name='note' instance='0'><note xmlns='urn:n'>"
           "<body type='personal' uri=''> Back at 3 &lt;b&gt; </body></note></category>"
           "<category name='note'><note>bare</note></category>"
           "<category name='note'><note><body/></note></category>"
           "<category name='note'><note><body type='oof'>Away</body></note></category>");

  g_assert_cmpstr (nth (doc, 0)->note, ==, "Back at 3 <b>");
  g_assert_cmpstr (nth (doc, 1)->note, ==, "bare");
  g_assert_cmpstr (nth (doc, 2)->note, ==, NULL);
  g_assert_false (nth (doc, 2)->empty);
  g_assert_cmpint (nth (doc, 0)->note_type, ==, OH_NOTE_PERSONAL);
  g_assert_cmpint (nth (doc, 3)->note_type, ==, OH_NOTE_OUT_OF_OFFICE);
}

static void
test_card (void)
{
  g_autoptr (OhCategories) doc =
    parse ("<category name='contactCard' instance='3'>"
           "<contactCard xmlns='http://schemas.microsoft.com/2006/09/sip/contactcard'>"
           "<identity><name><displayName>Piotr Lang</displayName></name>"
           "<email>piotr.lang@fabrikam.test</email></identity><company>Fabrikam</company>"
           "<phone type='work'><uri>tel:+442079460123;ext=123</uri>"
           "<displayString>(020) 7946 0123 x123</displayString></phone>"
           "<phone type='mobile'><displayString>07700 900456</displayString></phone>"
           "<phone><uri>tel:12</uri></phone></contactCard></category>"
           "<category name='contactCard' instance='1'><contactCard/></category>");
  const OhCategory *card = nth (doc, 0);
  const OhCardNumber *number = g_ptr_array_index (card->numbers, 0);

  g_assert_cmpint (card->kind, ==, OH_CATEGORY_CARD);
  g_assert_cmpstr (card->display_name, ==, "Piotr Lang");
  g_assert_cmpuint (card->numbers->len, ==, 3);
  g_assert_cmpstr (number->type, ==, "work");
  g_assert_cmpstr (number->uri, ==, "tel:+442079460123;ext=123");
  g_assert_cmpstr (number->display, ==, "(020) 7946 0123 x123");
  number = g_ptr_array_index (card->numbers, 1);
  g_assert_cmpstr (number->type, ==, "mobile");
  g_assert_cmpstr (number->uri, ==, NULL);
  number = g_ptr_array_index (card->numbers, 2);
  g_assert_cmpstr (number->type, ==, "other");
  g_assert_cmpstr (number->display, ==, NULL);
  g_assert_null (nth (doc, 1)->numbers);
  g_assert_null (nth (doc, 1)->display_name);
}

static void
test_self_kinds (void)
{
  g_autoptr (OhCategories) doc =
    parse ("<category name='userProperties' instance='0' container='1' version='1'>"
           "<userProperties><lines><line lineType='Rcc' lineServer='sip:csta@fabrikam.test'>"
           "tel:+442079460123;ext=123</line><line lineType='Uc'>tel:+1</line></lines>"
           "<telephonyMode>Rcc</telephonyMode></userProperties></category>"
           "<category name='device' instance='7' container='2' version='1' expireType='endpoint'>"
           "<device endpointId='AA'><capabilities/></device></category>"
           "<category name='state' instance='8' container='2' version='1' expireType='endpoint'"
           " endpointId='BB'><state type='phoneState'/></category>");

  g_assert_cmpstr (nth (doc, 0)->line, ==, "tel:+442079460123;ext=123");
  g_assert_cmpint (nth (doc, 0)->expire, ==, OH_EXPIRE_UNKNOWN);
  g_assert_cmpstr (nth (doc, 1)->endpoint_id, ==, "AA");
  g_assert_cmpint (nth (doc, 1)->expire, ==, OH_EXPIRE_ENDPOINT);
  g_assert_cmpstr (nth (doc, 2)->endpoint_id, ==, "BB");
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "<categories>",
    "<presence/>",
    "<!DOCTYPE categories [<!ENTITY a 'a'>]><categories>&a;</categories>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (oh_categories_parse (oh_slice_str (cases[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *at = repeat ("<category name='x'/>", OH_CATEGORIES_MAX);
  g_autofree char *beyond = repeat ("<category name='x'/>", OH_CATEGORIES_MAX + 1);
  g_autofree char *phones = repeat ("<phone><uri>tel:1</uri></phone>", OH_CATEGORY_NUMBERS_MAX + 1);
  g_autofree char *card = g_strdup_printf (
    "<category name='contactCard'><contactCard>%s</contactCard></category>", phones);
  g_autofree char *words = g_strnfill (OH_CATEGORY_NOTE_MAX + 1, 'n');
  g_autofree char *note =
    g_strdup_printf ("<category name='note'><note><body>%s</body></note></category>", words);
  g_autoptr (OhCategories) doc_at = parse (at);
  g_autoptr (OhCategories) doc_beyond = parse (beyond);
  g_autoptr (OhCategories) doc_card = parse (card);
  g_autoptr (OhCategories) doc_note = parse (note);

  g_assert_cmpuint (doc_at->items->len, ==, OH_CATEGORIES_MAX);
  g_assert_cmpuint (doc_beyond->items->len, ==, OH_CATEGORIES_MAX);
  g_assert_cmpuint (nth (doc_card, 0)->numbers->len, ==, OH_CATEGORY_NUMBERS_MAX);
  g_assert_cmpuint (strlen (nth (doc_note, 0)->note), ==, OH_CATEGORY_NOTE_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/category-xml/activity-range", test_activity_range);
  g_test_add_func ("/category-xml/customs", test_customs);
  g_test_add_func ("/category-xml/made", test_made);
  g_test_add_func ("/category-xml/state", test_state);
  g_test_add_func ("/category-xml/odd-states", test_odd_states);
  g_test_add_func ("/category-xml/keys", test_keys);
  g_test_add_func ("/category-xml/note", test_note);
  g_test_add_func ("/category-xml/card", test_card);
  g_test_add_func ("/category-xml/self-kinds", test_self_kinds);
  g_test_add_func ("/category-xml/refused", test_refused);
  g_test_add_func ("/category-xml/limits", test_limits);
  return g_test_run ();
}
