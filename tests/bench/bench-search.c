/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one letter costs: the folded index beside a plain scan that folds everybody each time. The
 * search has to answer within a frame of the screen, 16 ms; the ratio says what the folding is
 * worth on any machine. For callgrind give fewer people. */

#include "category-xml.h"
#include "roaming-contacts-xml.h"
#include "search-index.h"

#include <locale.h>
#include <string.h>

#define FRAME_MS 16.0
/* Of two measurements the smaller one is nearer to the truth. */
#define ROUNDS 5
/* Below it the index would not be worth its memory. */
#define RATIO_MIN 3.0

static const char *const typed[] = { "m",       "mu",   "mül",    "muller",
                                     "mu schu", "4711", "030 12", "person07@" };

static OhContacts *
make_list (guint n)
{
  static const char *const names[] = { "Müller",  "Schulz", "Søren", "Åberg",
                                       "O'Brien", "Nguyễn", "Baker" };
  OhContacts *contacts = oh_contacts_new ();
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum=\"1\">");
  g_autoptr (OhContactList) list = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      xml, "<contact uri=\"person%05u@fabrikam.test\" name=\"%s, %s %u\" groups=\"1\"/>", i,
      names[i % G_N_ELEMENTS (names)], names[i / 7 % G_N_ELEMENTS (names)], i);
  g_string_append (xml, "</contactList>");
  list = oh_contact_list_parse (oh_slice (xml->str, xml->len), NULL);
  g_assert_true (oh_contacts_apply_list (contacts, list));
  return contacts;
}

static void
add_card (OhContacts *contacts, guint i)
{
  g_autofree char *xml = g_strdup_printf (
    "<categories uri='sip:person%05u@fabrikam.test'><category name='contactCard' instance='3'>"
    "<contactCard><phone type='work'><uri>tel:+4930%07u;ext=%u</uri></phone>"
    "<phone type='mobile'><uri>tel:+49170%07u</uri></phone></contactCard></category></categories>",
    i, i, i, i);
  g_autoptr (OhCategories) categories = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_true (oh_contacts_apply_categories (contacts, categories));
}

/* Everybody, folded anew for each letter. */
static guint
plain_scan (OhContacts *contacts, const char *text)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (contacts));
  g_autofree char *needle = g_utf8_casefold (text, -1);
  guint found = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (G_LIST_MODEL (contacts), i);
      GPtrArray *numbers = oh_contact_numbers (contact);
      g_autofree char *name = g_utf8_casefold (oh_contact_name (contact), -1);
      g_autofree char *uri = g_utf8_casefold (oh_contact_uri (contact), -1);
      gboolean fits = strstr (name, needle) != NULL || strstr (uri, needle) != NULL;

      for (guint j = 0; !fits && j < numbers->len; j++)
        fits = strstr (((OhContactNumber *) numbers->pdata[j])->number, needle) != NULL;
      found += fits ? 1 : 0;
    }
  return found;
}

static double
index_ms (OhSearchIndex *index, const char *text)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GPtrArray) found = oh_search_index_find (index, text, 200, NULL);

      best = MIN (best, (double) (g_get_monotonic_time () - begin) / 1000);
      g_assert_cmpuint (found->len, <=, 200);
    }
  return best;
}

static double
scan_ms (OhContacts *contacts, const char *text)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();

      plain_scan (contacts, text);
      best = MIN (best, (double) (g_get_monotonic_time () - begin) / 1000);
    }
  return best;
}

int
main (int argc, char **argv)
{
  guint64 n = 10000;
  g_autoptr (OhContacts) contacts = NULL;
  g_autoptr (OhSearchIndex) index = NULL;
  double index_sum = 0;
  double scan_sum = 0;
  double worst = 0;

  setlocale (LC_ALL, "C.UTF-8");
  if (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, 1, OH_CONTACT_LIST_MAX, &n, NULL))
    return 2;
  contacts = make_list ((guint) n);
  index = oh_search_index_new (contacts);
  for (guint i = 0; i < n; i++)
    add_card (contacts, i);
  g_print ("%-12s %10s %10s\n", "typed", "index, ms", "scan, ms");
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      double one = index_ms (index, typed[i]);
      double other = scan_ms (contacts, typed[i]);

      g_print ("%-12s %10.2f %10.2f\n", typed[i], one, other);
      index_sum += one;
      scan_sum += other;
      worst = MAX (worst, one);
    }
  g_print ("%" G_GUINT64_FORMAT
           " people: %.1f times as fast; the slowest letter %.2f ms of a frame's %.0f\n",
           n, scan_sum / index_sum, worst, FRAME_MS);
  return scan_sum / index_sum >= RATIO_MIN ? 0 : 1;
}
