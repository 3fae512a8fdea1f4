/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tray-model.h"

#include <locale.h>
#include <string.h>

static void
test_words (void)
{
  for (guint i = 0; i < OH_TRAY_N_AVAILABILITIES; i++)
    g_assert_cmpint (oh_tray_availability_from_word (oh_tray_availability_word (i)), ==, i);
  g_assert_cmpint (oh_tray_availability_from_word ("on vacation"), ==, OH_TRAY_UNKNOWN);
  g_assert_cmpint (oh_tray_availability_from_word (NULL), ==, OH_TRAY_UNKNOWN);
  g_assert_cmpint (oh_tray_endpoint_from_word ("signing-in"), ==, OH_TRAY_ENDPOINT_SIGNING_IN);
  g_assert_cmpint (oh_tray_endpoint_from_word ("what"), ==, OH_TRAY_ENDPOINT_OFFLINE);
  g_assert_cmpint (oh_tray_phone_state_from_word ("locked-out"), ==, OH_TRAY_PHONE_LOCKED_OUT);
  g_assert_cmpint (oh_tray_call_state_from_word ("held"), ==, OH_TRAY_CALL_HELD);
  g_assert_cmpint (oh_tray_call_state_from_word (""), ==, OH_TRAY_CALL_UNKNOWN);
}

static void
test_presence (void)
{
  static const struct
  {
    const char *word;
    OhTrayAvailability availability;
    const char *activity;
  } cases[] = {
    { "busy/on-the-phone", OH_TRAY_BUSY, "on-the-phone" },
    { "away/", OH_TRAY_AWAY, "" },
    { "away", OH_TRAY_AWAY, "" },
    { "", OH_TRAY_UNKNOWN, "" },
    { "available/at home / garden", OH_TRAY_AVAILABLE, "at home / garden" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayContact) contact = oh_tray_contact_new ("sip:b@x", NULL);

      oh_tray_contact_set_presence (contact, cases[i].word, NULL);
      g_assert_cmpint (contact->availability, ==, cases[i].availability);
      g_assert_cmpstr (contact->activity, ==, cases[i].activity);
      g_assert_cmpstr (contact->note, ==, "");
    }
}

static void
test_search (void)
{
  static const struct
  {
    const char *typed;
    gboolean found;
  } cases[] = {
    { "", TRUE },
    { "   ", TRUE },
    { "jorg", TRUE },          /* accents make no difference */
    { "JÖRG mül", TRUE },      /* nor does case */
    { "mül jörg", TRUE },      /* nor order */
    { "mueller joerg", TRUE }, /* nor how it is spelt without such keys */
    { "fabrikam", TRUE },      /* the address counts */
    { "jorg schmidt", FALSE }, /* each word must be there */
    { "gmul", FALSE },         /* not half in one field, half in the next */
    { "398330", TRUE },
    { "+49 (30) 3983-30", TRUE }, /* any notation of the number */
    { "030 398330", TRUE },
    { "030 398331", FALSE },
    { "00", FALSE },
  };
  g_autoptr (OhTrayContact) contact = oh_tray_contact_new ("sip:jm@fabrikam.test", "Jörg Müller");

  oh_tray_contact_add_number (contact, "work", "+4930398330", "+49 30 398330");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) query = oh_tray_query_new (cases[i].typed);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpint (oh_tray_contact_matches (contact, (const char *const *) query), ==,
                       cases[i].found);
    }
}

static OhTrayContact *
person (const char *name, OhTrayAvailability availability, gboolean favourite)
{
  OhTrayContact *contact = oh_tray_contact_new (name, name);

  contact->availability = availability;
  contact->favourite = favourite;
  return contact;
}

static void
test_order (void)
{
  g_autoptr (OhTrayContact) pinned = person ("Zoe", OH_TRAY_OFFLINE, TRUE);
  g_autoptr (OhTrayContact) here = person ("Yan", OH_TRAY_AVAILABLE, FALSE);
  g_autoptr (OhTrayContact) also_here = person ("Xia", OH_TRAY_AVAILABLE, FALSE);
  g_autoptr (OhTrayContact) gone = person ("Abe", OH_TRAY_OFFLINE, FALSE);

  g_assert_cmpint (oh_tray_contact_compare (pinned, here), <, 0);
  g_assert_cmpint (oh_tray_contact_compare (also_here, here), <, 0);
  g_assert_cmpint (oh_tray_contact_compare (here, gone), <, 0);
  g_assert_cmpint (oh_tray_contact_compare (gone, here), >, 0);
  g_assert_cmpint (oh_tray_contact_compare (gone, gone), ==, 0);
}

static void
test_text_for_eyes (void)
{
  g_autofree char *long_name = g_strnfill (OH_TRAY_NAME_MAX, 'x');
  g_autofree char *longer = g_strnfill (OH_TRAY_NAME_MAX + 1, 'x');
  g_autofree char *cut = g_strconcat (long_name, "…", NULL);
  const struct
  {
    const char *in, *out;
  } cases[] = {
    { NULL, "" },
    { "  Bob\tBaker \n", "Bob Baker" },
    { "Bob\nAnswer", "Bob Answer" }, /* no second line to pass for ours */
    { "\xe2\x80\xae"
      "evil",
      "evil" }, /* right-to-left override */
    { "a\xe2\x81\xa6"
      "b\xe2\x80\xa8"
      "c",
      "a b c" }, /* isolate, line separator */
    { "\xff"
      "Bob",
      "\xef\xbf\xbd"
      "Bob" }, /* not UTF-8 */
    { long_name, long_name },
    { longer, cut },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = oh_tray_text_for_eyes (cases[i].in, OH_TRAY_NAME_MAX);

      g_assert_cmpstr (out, ==, cases[i].out);
    }
}

static void
test_favourites (void)
{
  g_assert_true (oh_tray_is_favourite_group ("Pinned Contacts"));
  g_assert_true (oh_tray_is_favourite_group ("favorites"));
  g_assert_false (oh_tray_is_favourite_group ("Other Contacts"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tray-model/words", test_words);
  g_test_add_func ("/tray-model/presence", test_presence);
  g_test_add_func ("/tray-model/search", test_search);
  g_test_add_func ("/tray-model/order", test_order);
  g_test_add_func ("/tray-model/text-for-eyes", test_text_for_eyes);
  g_test_add_func ("/tray-model/favourites", test_favourites);
  return g_test_run ();
}
