/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-card.h"

static gboolean
apply (OhContactCard *card, const char *category)
{
  g_autofree char *xml = g_strdup_printf ("<categories>%s</categories>", category);
  g_autoptr (OhCategories) parsed = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (parsed);
  return oh_contact_card_apply (card, g_ptr_array_index (parsed->items, 0));
}

static char *
describe (OhContactCard *card)
{
  GPtrArray *numbers = oh_contact_card_numbers (card);
  GString *text = g_string_new (oh_contact_card_name (card));

  for (guint i = 0; i < numbers->len; i++)
    {
      const OhContactNumber *number = g_ptr_array_index (numbers, i);

      g_string_append_printf (text, "|%s %s", number->type, number->number);
    }
  return g_string_free (text, FALSE);
}

#define CARD(instance, name, phones)                                                               \
  "<category name='contactCard' instance='" instance "'><contactCard><identity><name>" name        \
  "</name></identity>" phones "</contactCard></category>"
#define NAME(name) "<displayName>" name "</displayName>"
#define PHONE(type, uri) "<phone type='" type "'><uri>" uri "</uri></phone>"

/* One step after the other on the same card. */
static void
test_instances (void)
{
  static const struct
  {
    const char *label, *category, *card;
  } steps[] = {
    { "directory", CARD ("3", NAME ("R. B."), PHONE ("mobile", "tel:+2") PHONE ("work", "tel:+1")),
      "R. B.|work +1|mobile +2" },
    { "identity", CARD ("0", NAME ("Bob"), ""), "Bob|work +1|mobile +2" },
    { "typed by the user", CARD ("1", "", PHONE ("work", "tel:+3") PHONE ("WORK", "tel:+1")),
      "Bob|work +3|work +1|mobile +2" },
    { "with and without extension are two", CARD ("1", "", PHONE ("work", "tel:+1;ext=2")),
      "Bob|work +1;ext=2|work +1|mobile +2" },
    { "replaced", CARD ("3", "", PHONE ("home", "tel:+4")), "Bob|work +1;ext=2|home +4" },
    { "nothing that can be dialled", CARD ("1", "", PHONE ("work", "sip:bob@f.test")),
      "Bob|home +4" },
    { "one removed", "<category name='contactCard' instance='0'/>", "|home +4" },
    { "all removed", "<category name='contactCard'/>", "" },
  };
  OhContactCard *card = oh_contact_card_new ();

  g_assert_cmpstr (oh_contact_card_name (card), ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = NULL;

      g_test_message ("%s", steps[i].label);
      g_assert_true (apply (card, steps[i].category));
      text = describe (card);
      g_assert_cmpstr (text, ==, steps[i].card);
    }
  oh_contact_card_free (card);
}

/* Whatever form a number has in the card; the display string is as the card has it. */
static void
test_forms (void)
{
  static const struct
  {
    const char *phone;
    const char *number, *display; /* NULL: cannot be dialled */
  } cases[] = {
    { "<uri>tel:+442079460123;ext=123</uri><displayString>(020) 7946 0123 x123</displayString>",
      "+442079460123;ext=123", "(020) 7946 0123 x123" },
    { "<displayString>(020) 7946 0123 x123</displayString>", "02079460123;ext=123",
      "(020) 7946 0123 x123" },
    { "<displayString>+49 (0)30 39833-0</displayString>", "+4930398330", "+49 (0)30 39833-0" },
    { "<uri>tel:123;phone-context=+44207946</uri>", "123", "123" },
    { "<uri>tel:4711</uri><displayString/>", "4711", "4711" },
    { "<uri>sip:+442079460123@fabrikam.test;user=phone</uri>", "+442079460123", "+442079460123" },
    { "<uri>sip:123;phone-context=Leeds.f.test@f.test;user=phone</uri>", "123", "123" },
    { "<uri>tel:+442079460123v:+442079460124</uri>", "+442079460123", "+442079460123" },
    { "<displayString>020 7946 0123 X 5</displayString>", "02079460123;ext=5",
      "020 7946 0123 X 5" },
    { "<displayString>020 7946 0123 X</displayString>", "02079460123", "020 7946 0123 X" },
    { "<uri>tel:nobody</uri><displayString>020 7946 0123</displayString>", "02079460123",
      "020 7946 0123" },
    { "<uri>sip:bob@fabrikam.test</uri><displayString>ask me</displayString>", NULL, NULL },
    { "<uri/><displayString/>", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *category =
        g_strdup_printf (CARD ("3", "", "<phone type='custom1'>%s</phone>"), cases[i].phone);
      OhContactCard *card = oh_contact_card_new ();
      const OhContactNumber *number;

      g_assert_true (apply (card, category));
      g_assert_cmpuint (oh_contact_card_numbers (card)->len, ==, cases[i].number != NULL);
      if (cases[i].number != NULL)
        {
          number = g_ptr_array_index (oh_contact_card_numbers (card), 0);
          g_assert_cmpstr (number->type, ==, "other");
          g_assert_cmpstr (number->number, ==, cases[i].number);
          g_assert_cmpstr (number->display, ==, cases[i].display);
        }
      oh_contact_card_free (card);
    }
}

/* A card of an earlier sign-in counts until the server says anything. */
static void
test_kept (void)
{
  OhContactCard *before = oh_contact_card_new ();
  OhContactCard *card = oh_contact_card_new ();
  g_autoptr (OhKeptCard) kept = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *fresh = NULL;

  apply (before, CARD ("3", NAME ("Bob"), PHONE ("work", "tel:+1;ext=2") PHONE ("work", "tel:+3")));
  kept = oh_contact_card_keep (before);
  g_assert_true (oh_contact_card_restore (card, kept));
  restored = describe (card);
  g_assert_cmpstr (restored, ==, "Bob|work +1;ext=2|work +3");
  g_assert_true (apply (card, CARD ("1", "", PHONE ("mobile", "tel:+4"))));
  fresh = describe (card);
  g_assert_cmpstr (fresh, ==, "|mobile +4");
  g_assert_false (oh_contact_card_restore (card, kept)); /* the server has spoken */
  oh_contact_card_free (before);
  oh_contact_card_free (card);
}

static void
test_limit (void)
{
  OhContactCard *card = oh_contact_card_new ();

  for (guint i = 0; i <= 32; i++)
    {
      g_autofree char *category = g_strdup_printf (
        "<category name='contactCard' instance='%u'><contactCard/></category>", 100 - i);

      g_assert_cmpint (apply (card, category), ==, i < 32);
    }
  g_assert_true (apply (card, "<category name='contactCard' instance='100'/>")); /* a known one */
  oh_contact_card_free (card);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-card/instances", test_instances);
  g_test_add_func ("/contact-card/forms", test_forms);
  g_test_add_func ("/contact-card/kept", test_kept);
  g_test_add_func ("/contact-card/limit", test_limit);
  return g_test_run ();
}
