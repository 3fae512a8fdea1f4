/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-words.h"

#define NS "http://www.ecma-international.org/standards/ecma-323/csta/ed"

static void
test_editions (void)
{
  static const struct
  {
    const char *ns;
    guint edition; /* 0: none */
  } cases[] = {
    { NS "3", 3 },
    { NS "4", 4 },
    { NS "5", 5 },
    { NS "2", 3 },
    { NS "6", 5 },
    { "http://www.ecmainternational.org/standards/ecma-323/csta/ed3", 3 }, /* seen in the wild */
    { NS "", 0 },
    { NS "33", 0 },
    { NS "x", 0 },
    { "http://www.ecma-international.org/standards/ecma-269/csta/ed3", 0 },
    { "urn:ietf:params:xml:ns:pidf", 0 },
    { "", 0 },
    { NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhCstaEdition edition = 0;
      gboolean found = oh_csta_edition_find (cases[i].ns, &edition);

      g_test_message ("%s", cases[i].ns);
      g_assert_cmpint (found, ==, cases[i].edition != 0);
      g_assert_cmpuint (edition, ==, cases[i].edition);
    }
  for (guint edition = OH_CSTA_ED3; edition <= OH_CSTA_ED5; edition++)
    {
      OhCstaEdition found;

      g_assert_true (oh_csta_edition_find (oh_csta_namespace ((OhCstaEdition) edition), &found));
      g_assert_cmpuint (found, ==, edition);
    }
}

static void
test_services (void)
{
  OhCstaService found = OH_N_CSTA_SERVICES;

  for (guint i = 0; i < OH_N_CSTA_SERVICES; i++)
    {
      const char *name = oh_csta_service_name ((OhCstaService) i);
      g_autofree char *answer = g_strconcat (name, "Response", NULL);

      g_assert_false (oh_csta_service_find (name, &found));
      g_assert_true (oh_csta_service_find (answer, &found));
      g_assert_cmpuint (found, ==, i);
    }
  g_assert_false (oh_csta_service_find ("Response", &found));
  g_assert_false (oh_csta_service_find ("MakeCallResponses", &found));
}

static void
test_events (void)
{
  OhCstaEvent one, two;

  g_assert_true (oh_csta_event_find ("TransferedEvent", &one));
  g_assert_true (oh_csta_event_find ("TransferredEvent", &two));
  g_assert_cmpuint (one, ==, two);
  g_assert_false (oh_csta_event_find ("AgentReadyEvent", &one));
  g_assert_false (oh_csta_event_find ("", &one));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csta-words/editions", test_editions);
  g_test_add_func ("/csta-words/services", test_services);
  g_test_add_func ("/csta-words/events", test_events);
  return g_test_run ();
}
