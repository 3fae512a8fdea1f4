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
  g_test_add_func ("/contact-card/limit", test_limit);
  return g_test_run ();
}
