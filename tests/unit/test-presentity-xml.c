/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "presentity-xml.h"

#include "error.h"

static gboolean
has (const OhCategories *doc, OhCategoryKind kind)
{
  for (guint i = 0; i < doc->items->len; i++)
    if (((const OhCategory *) g_ptr_array_index (doc->items, i))->kind == kind)
      return TRUE;
  return FALSE;
}

static const OhCategory *
find (const OhCategories *doc, OhCategoryKind kind)
{
  for (guint i = 0; i < doc->items->len; i++)
    {
      const OhCategory *category = g_ptr_array_index (doc->items, i);

      if (category->kind == kind)
        return category;
    }
  g_assert_not_reached ();
}

static OhCategories *
parse (const char *inner)
{
  g_autofree char *xml =
    g_strdup_printf ("<presentity xmlns='http://schemas.microsoft.com/2002/09/sip/presence'"
                     " uri='sip:bob@f.test'>%s</presentity>",
                     inner);
  g_autoptr (GError) error = NULL;
  OhCategories *doc = oh_presentity_parse (oh_slice_str (xml), &error);

  g_assert_no_error (error);
  return doc;
}

#define AGGREGATE(availability, activity)                                                          \
  "<availability aggregate='" availability "'/><activity aggregate='" activity "'/>"
#define DEVICE(availability, activity)                                                             \
  "<devicePresence epid='e'>" AGGREGATE (availability, activity) "</devicePresence>"

/* Both ends of every range of both numbers; 0 is offline. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *xml;
    guint availability;
    const char *activity;
  } cases[] = {
    { AGGREGATE ("0", "400"), 0, NULL },
    { AGGREGATE ("99", "500"), 0, NULL },
    { AGGREGATE ("100", "0"), 0, NULL }, /* unknown until somebody tries */
    { AGGREGATE ("199", "99"), 0, NULL },
    { AGGREGATE ("199", "100"), 15500, NULL },
    { AGGREGATE ("200", "0"), 5000, NULL }, /* connected, nobody near it */
    { AGGREGATE ("299", "99"), 5000, NULL },
    { AGGREGATE ("300", "0"), 3500, NULL },
    { AGGREGATE ("300", "100"), 15500, NULL },
    { AGGREGATE ("300", "149"), 15500, NULL },
    { AGGREGATE ("300", "150"), 15500, "out-to-lunch" },
    { AGGREGATE ("300", "199"), 15500, "out-to-lunch" },
    { AGGREGATE ("300", "200"), 5000, NULL },
    { AGGREGATE ("300", "299"), 5000, NULL },
    { AGGREGATE ("300", "300"), 12500, NULL },
    { AGGREGATE ("300", "399"), 12500, NULL },
    { AGGREGATE ("300", "400"), 3500, NULL },
    { AGGREGATE ("300", "499"), 3500, NULL },
    { AGGREGATE ("300", "500"), 6500, "on-the-phone" },
    { AGGREGATE ("300", "599"), 6500, "on-the-phone" },
    { AGGREGATE ("300", "600"), 6500, NULL },
    { AGGREGATE ("300", "699"), 6500, NULL },
    { AGGREGATE ("300", "700"), 15500, NULL },
    { AGGREGATE ("300", "799"), 15500, NULL },
    { AGGREGATE ("300", "800"), 3500, NULL },
    { AGGREGATE ("399", "999"), 3500, NULL },
    { AGGREGATE ("300", "1000"), 3500, NULL }, /* no number of these */
    { AGGREGATE ("1000", "400"), 0, NULL },
    { AGGREGATE ("x", "y"), 0, NULL },
    { AGGREGATE ("-1", "400"), 0, NULL },
    { "<availability/><activity/>", 0, NULL },
    { "", 0, NULL },
    /* the endpoints where nothing adds them up: the one that reaches them best */
    { "<devices>" DEVICE ("0", "0") DEVICE ("300", "600") DEVICE ("200", "200") "</devices>", 6500,
      NULL },
    { DEVICE ("300", "300"), 12500, NULL },
    { AGGREGATE ("300", "400") DEVICE ("300", "600"), 3500, NULL },
    /* what newer clients say of themselves */
    { AGGREGATE ("300", "600") "<userInfo><states><state avail='9500' set='manual'/></states>"
                               "</userInfo>",
      9500, NULL },
    { AGGREGATE ("300", "600") "<userInfo><states><state avail='9500'/></states></userInfo>", 6500,
      NULL },
    { AGGREGATE ("300", "500") "<userInfo><states><state avail='9500' set='manual'/></states>"
                               "</userInfo>",
      6500, "on-the-phone" },
    { AGGREGATE ("0", "0") "<userInfo><states><state avail='9500' set='manual'/></states>"
                           "</userInfo>",
      0, NULL },
    { AGGREGATE ("300", "600") "<userInfo><states><state avail='2999' set='manual'/></states>"
                               "</userInfo>",
      6500, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhCategories) doc = parse (cases[i].xml);
      const OhCategory *state = find (doc, OH_CATEGORY_STATE);

      g_test_message ("%s", cases[i].xml);
      g_assert_cmpint (state->empty, ==, cases[i].availability == 0);
      g_assert_cmpuint (state->availability, ==, cases[i].availability);
      g_assert_cmpstr (state->activity, ==, cases[i].activity);
    }
}

static void
test_everything (void)
{
  g_autoptr (OhCategories) doc = parse (AGGREGATE (
    "300",
    "500") "<displayName displayName='Bob Baker'/><email email='bob@f.test'/>"
           "<phoneNumber label='work' number='+49 30 12345-78'/><phoneNumber number='4711'/>"
           "<phoneNumber label='empty'/>"
           "<userInfo><note>At &lt;home&gt;</note><states>"
           "<state avail='6500' since='2011-03-07T09:00:00Z' set='manual' xsi:type='userState' "
           "xmlns:xsi='urn:x'/></states></userInfo>");
  const OhCategory *card = find (doc, OH_CATEGORY_CARD);
  const OhCardNumber *number;

  g_assert_cmpstr (doc->uri, ==, "sip:bob@f.test");
  g_assert_cmpint (find (doc, OH_CATEGORY_STATE)->since_us, ==,
                   G_GINT64_CONSTANT (1299488400000000));
  g_assert_cmpstr (find (doc, OH_CATEGORY_NOTE)->note, ==, "At <home>");
  g_assert_cmpstr (card->display_name, ==, "Bob Baker");
  g_assert_cmpuint (card->numbers->len, ==, 2);
  number = g_ptr_array_index (card->numbers, 0);
  g_assert_cmpstr (number->type, ==, "work");
  g_assert_cmpstr (number->display, ==, "+49 30 12345-78");
  number = g_ptr_array_index (card->numbers, 1);
  g_assert_cmpstr (number->type, ==, "other");
  g_assert_cmpstr (number->display, ==, "4711");
}

/* Such a document says everything: a note that is not in it is gone. A card may be known better. */
static void
test_nothing (void)
{
  g_autoptr (OhCategories) doc = parse ("<displayName>Bob</displayName>");
  g_autoptr (OhCategories) bare = parse ("");

  g_assert_true (find (doc, OH_CATEGORY_NOTE)->empty);
  g_assert_cmpstr (find (doc, OH_CATEGORY_CARD)->display_name, ==, "Bob");
  g_assert_true (find (bare, OH_CATEGORY_STATE)->empty);
  g_assert_false (has (bare, OH_CATEGORY_CARD));
}

static OhCategories *
parse_many (const char *one, guint n, const char *last)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (xml, one);
  g_string_append (xml, last);
  return parse (xml->str);
}

static void
test_limits (void)
{
  const char *number = "<phoneNumber number='1'/>";
  g_autoptr (OhCategories) at =
    parse_many (DEVICE ("0", "0"), OH_PRESENTITY_DEVICES_MAX - 1, DEVICE ("300", "600"));
  g_autoptr (OhCategories) beyond =
    parse_many (DEVICE ("0", "0"), OH_PRESENTITY_DEVICES_MAX, DEVICE ("300", "600"));
  g_autoptr (OhCategories) numbers = parse_many (number, OH_CATEGORY_NUMBERS_MAX, "");
  g_autoptr (OhCategories) too_many = parse_many (number, OH_CATEGORY_NUMBERS_MAX + 1, "");

  g_assert_cmpuint (find (at, OH_CATEGORY_STATE)->availability, ==, 6500);
  g_assert_cmpuint (find (beyond, OH_CATEGORY_STATE)->availability, ==, 0);
  g_assert_cmpuint (find (numbers, OH_CATEGORY_CARD)->numbers->len, ==, OH_CATEGORY_NUMBERS_MAX);
  g_assert_cmpuint (find (too_many, OH_CATEGORY_CARD)->numbers->len, ==, OH_CATEGORY_NUMBERS_MAX);
}

static void
test_broken (void)
{
  static const char *const cases[] = {
    "", "<presentity", "<presence/>", "<!DOCTYPE p [<!ENTITY a 'b'>]><presentity/>", "\xff\xfe",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (oh_presentity_parse (oh_slice_str (cases[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presentity-xml/numbers", test_numbers);
  g_test_add_func ("/presentity-xml/everything", test_everything);
  g_test_add_func ("/presentity-xml/nothing", test_nothing);
  g_test_add_func ("/presentity-xml/limits", test_limits);
  g_test_add_func ("/presentity-xml/broken", test_broken);
  return g_test_run ();
}
