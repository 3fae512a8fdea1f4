/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-words.h"

#include <string.h>

static const struct
{
  const char *word;
  OhNumberSource source;
} sources[] = {
  { "user", OH_NUMBER_FROM_USER },
  { "link", OH_NUMBER_FROM_LINK },
  { "contact", OH_NUMBER_FROM_CONTACT },
};

static const struct
{
  const char *word;
  OhPhoneDevice device;
} devices[] = {
  { "", OH_PHONE_DEVICE_ANY },
  { "handset", OH_PHONE_DEVICE_HANDSET },
  { "speaker", OH_PHONE_DEVICE_SPEAKER },
  { "headset", OH_PHONE_DEVICE_HEADSET },
};

static const struct
{
  const char *word;
  OhPhoneCapabilities bit;
} abilities[] = {
  { "dial", OH_PHONE_CAN_DIAL },
  { "answer", OH_PHONE_CAN_ANSWER },
  { "hang-up", OH_PHONE_CAN_HANG_UP },
  { "hang-up-all", OH_PHONE_CAN_HANG_UP_ALL },
  { "hold", OH_PHONE_CAN_HOLD },
  { "dtmf", OH_PHONE_CAN_DTMF },
  { "swap", OH_PHONE_CAN_SWAP },
  { "transfer", OH_PHONE_CAN_TRANSFER },
  { "conference", OH_PHONE_CAN_CONFERENCE },
  { "mute", OH_PHONE_CAN_MUTE },
  { "mute-toggles", OH_PHONE_MUTE_TOGGLES },
  { "volume", OH_PHONE_CAN_VOLUME },
  { "dnd", OH_PHONE_CAN_DND },
  { "forward", OH_PHONE_CAN_FORWARD },
  { "lock", OH_PHONE_CAN_LOCK },
  { "reboot", OH_PHONE_CAN_REBOOT },
  { "identity", OH_PHONE_CAN_CHOOSE_IDENTITY },
  { "events", OH_PHONE_CAN_TELL_EVENTS },
};

gboolean
oh_bus_source_from_word (const char *word, OhNumberSource *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    if (strcmp (sources[i].word, word) == 0)
      {
        *out = sources[i].source;
        return TRUE;
      }
  return FALSE;
}

gboolean
oh_bus_device_from_word (const char *word, OhPhoneDevice *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (strcmp (devices[i].word, word) == 0)
      {
        *out = devices[i].device;
        return TRUE;
      }
  return FALSE;
}

GStrv
oh_bus_dup_abilities (OhPhoneCapabilities capabilities)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (abilities); i++)
    if ((capabilities & abilities[i].bit) != 0)
      g_strv_builder_add (words, abilities[i].word);
  return g_strv_builder_end (words);
}
