/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "custom-activity.h"

#include <string.h>

/* The low ten bits of an LCID, [MS-LCID] 2.1. */
#define PRIMARY(lcid) ((lcid) &0x3ffu)
#define ENGLISH 0x09u

/* ISO 639 and the primary languages that Communicator and Lync came in. */
/* clang-format off */
static const struct
{
  const char *iso;
  guint primary;
} known[] = {
  { "ar", 0x01 }, { "bg", 0x02 }, { "ca", 0x03 }, { "zh", 0x04 }, { "cs", 0x05 }, { "da", 0x06 },
  { "de", 0x07 }, { "el", 0x08 }, { "en", 0x09 }, { "es", 0x0a }, { "fi", 0x0b }, { "fr", 0x0c },
  { "he", 0x0d }, { "hu", 0x0e }, { "is", 0x0f }, { "it", 0x10 }, { "ja", 0x11 }, { "ko", 0x12 },
  { "nl", 0x13 }, { "nb", 0x14 }, { "nn", 0x14 }, { "no", 0x14 }, { "pl", 0x15 }, { "pt", 0x16 },
  { "ro", 0x18 }, { "ru", 0x19 }, { "hr", 0x1a }, { "sr", 0x1a }, { "sk", 0x1b }, { "sv", 0x1d },
  { "th", 0x1e }, { "tr", 0x1f }, { "id", 0x21 }, { "uk", 0x22 }, { "sl", 0x24 }, { "et", 0x25 },
  { "lv", 0x26 }, { "lt", 0x27 }, { "vi", 0x2a }, { "eu", 0x2d }, { "hi", 0x39 }, { "ms", 0x3e },
};
/* clang-format on */

static guint
primary_of (const char *language)
{
  gsize len = strcspn (language, "_.@-");

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].iso) == len && g_ascii_strncasecmp (language, known[i].iso, len) == 0)
      return known[i].primary;
  return 0;
}

static const char *
in_language (const GPtrArray *customs, guint primary)
{
  for (guint i = 0; primary != 0 && i < customs->len; i++)
    {
      const OhCustomActivity *custom = g_ptr_array_index (customs, i);

      if (PRIMARY (custom->lcid) == primary)
        return custom->text;
    }
  return NULL;
}

const char *
oh_custom_activity_pick (const GPtrArray *customs, const char *const *languages)
{
  const char *text = NULL;

  if (customs->len == 0)
    return NULL;
  for (gsize i = 0; text == NULL && languages[i] != NULL; i++)
    text = in_language (customs, primary_of (languages[i]));
  if (text == NULL)
    text = in_language (customs, ENGLISH);
  return text != NULL ? text : ((OhCustomActivity *) g_ptr_array_index (customs, 0))->text;
}
