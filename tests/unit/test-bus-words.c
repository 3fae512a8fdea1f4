/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-words.h"

static void
test_sources (void)
{
  static const struct
  {
    const char *word;
    gboolean known;
    OhNumberSource source;
  } cases[] = {
    { "user", TRUE, OH_NUMBER_FROM_USER },
    { "link", TRUE, OH_NUMBER_FROM_LINK },
    { "contact", TRUE, OH_NUMBER_FROM_CONTACT },
    { "", FALSE, OH_NUMBER_FROM_CALL },
    { "User", FALSE, OH_NUMBER_FROM_CALL },
    { "call", FALSE, OH_NUMBER_FROM_CALL }, /* a phone's word is never a client's */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhNumberSource source = OH_NUMBER_FROM_CALL;

      g_assert_cmpint (oh_bus_source_from_word (cases[i].word, &source), ==, cases[i].known);
      g_assert_cmpint (source, ==, cases[i].source);
    }
}

static void
test_devices (void)
{
  static const struct
  {
    const char *word;
    gboolean known;
    OhPhoneDevice device;
  } cases[] = {
    { "", TRUE, OH_PHONE_DEVICE_ANY },
    { "handset", TRUE, OH_PHONE_DEVICE_HANDSET },
    { "speaker", TRUE, OH_PHONE_DEVICE_SPEAKER },
    { "headset", TRUE, OH_PHONE_DEVICE_HEADSET },
    { "loudspeaker", FALSE, OH_PHONE_DEVICE_ANY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhPhoneDevice device = OH_PHONE_DEVICE_ANY;

      g_assert_cmpint (oh_bus_device_from_word (cases[i].word, &device), ==, cases[i].known);
      g_assert_cmpint (device, ==, cases[i].device);
    }
}

/* Each ability that a client may ask for has a word; two have not the same. */
static void
test_abilities (void)
{
  g_auto (GStrv) none = oh_bus_dup_abilities (0);
  g_auto (GStrv) all = oh_bus_dup_abilities ((OhPhoneCapabilities) G_MAXINT);

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (all), ==, 18);
  for (guint i = 0; all[i] != NULL; i++)
    g_assert_false (g_strv_contains ((const char *const *) all + i + 1, all[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus-words/sources", test_sources);
  g_test_add_func ("/bus-words/devices", test_devices);
  g_test_add_func ("/bus-words/abilities", test_abilities);
  return g_test_run ();
}
