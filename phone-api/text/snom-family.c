/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-family.h"

#include <string.h>

/* Versions have four numbers; a fifth would be a build's. */
#define VERSION_PARTS 4
/* "MeetingPoint" is the longest name. */
#define MODEL_MAX 32
#define VERSION_MAX 32
#define MAC_DIGITS 12
#define MS (G_GINT64_CONSTANT (1000))

/* clang-format off */

/* Every model with its family, without "snom" and blanks, in capitals. */
static const struct
{
  OhSnomFamily family;
  const char *models;
} families[] = {
  { OH_SNOM_FAMILY_1XX, " 100 105 190 200 220 " },
  { OH_SNOM_FAMILY_3XX, " 300 320 360 370 " },
  { OH_SNOM_FAMILY_7XX, " 710 715 720 725 760 " },
  { OH_SNOM_FAMILY_8XX, " 820 821 870 MEETINGPOINT MP PA1 PA1PLUS " },
  { OH_SNOM_FAMILY_DXXX, " D120 D140 D150 D305 D315 D335 D345 D375 D385 D710 D712 D713 D715 D717 D725 D735 D745 D765 D785 " },
  { OH_SNOM_FAMILY_D8XX, " D810 D812 D815 D862 D865 D892 D895 " },
  { OH_SNOM_FAMILY_DECT, " M300 M400 M700 M900 M3 M9 M9R " },
  { OH_SNOM_FAMILY_OTHER, " M100KLE M100SC M100 M18 M18KLE C620 " },
};

/* Models that came later: what their names look like. "?" is any letter, "#" any digit. */
static const struct
{
  OhSnomFamily family;
  const char *shape;
} shapes[] = {
  { OH_SNOM_FAMILY_REBADGED, "ET6##" }, { OH_SNOM_FAMILY_REBADGED, "ET6##?" },
  { OH_SNOM_FAMILY_REBADGED, "P8##" }, { OH_SNOM_FAMILY_REBADGED, "GIGASETP8##" },
  { OH_SNOM_FAMILY_D8XX, "D8##" }, { OH_SNOM_FAMILY_D8XX, "D8##?" },
  { OH_SNOM_FAMILY_DXXX, "D1##" }, { OH_SNOM_FAMILY_DXXX, "D3##" }, { OH_SNOM_FAMILY_DXXX, "D7##" },
  { OH_SNOM_FAMILY_DXXX, "D7##?" }, { OH_SNOM_FAMILY_7XX, "7##" }, { OH_SNOM_FAMILY_8XX, "8##" },
  { OH_SNOM_FAMILY_3XX, "3##" }, { OH_SNOM_FAMILY_1XX, "1##" }, { OH_SNOM_FAMILY_1XX, "2##" },
  { OH_SNOM_FAMILY_DECT, "M###" }, { OH_SNOM_FAMILY_DECT, "M##" },
};

static const char *const words[] = {
  [OH_SNOM_FAMILY_UNKNOWN] = "unknown",
  [OH_SNOM_FAMILY_1XX] = "1xx",
  [OH_SNOM_FAMILY_3XX] = "3xx",
  [OH_SNOM_FAMILY_7XX] = "7xx",
  [OH_SNOM_FAMILY_8XX] = "8xx",
  [OH_SNOM_FAMILY_DXXX] = "dxxx",
  [OH_SNOM_FAMILY_REBADGED] = "rebadged",
  [OH_SNOM_FAMILY_D8XX] = "d8xx",
  [OH_SNOM_FAMILY_DECT] = "dect",
  [OH_SNOM_FAMILY_OTHER] = "other",
};

/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (words) == OH_N_SNOM_FAMILIES);

/* -- families --------------------------------------------------------------------------------- */

/* Capitals without "snom" and what separates; FALSE when nothing, or too much, is left. */
static gboolean
normalise (const char *model, char out[MODEL_MAX])
{
  gsize n = 0;

  if (g_ascii_strncasecmp (model, "snom", 4) == 0)
    model += 4;
  for (; *model != '\0'; model++)
    {
      if (strchr (" -_/", *model) != NULL)
        continue;
      if (!g_ascii_isalnum (*model) || n + 1 >= MODEL_MAX)
        return FALSE;
      out[n++] = g_ascii_toupper (*model);
    }
  out[n] = '\0';
  return n > 0;
}

static gboolean
has_shape (const char *name, const char *shape)
{
  for (; *name != '\0' && *shape != '\0'; name++, shape++)
    if (*shape == '#' ? !g_ascii_isdigit (*name)
                      : (*shape == '?' ? !g_ascii_isalpha (*name) : *name != *shape))
      return FALSE;
  return *name == '\0' && *shape == '\0';
}

OhSnomFamily
oh_snom_family_of (const char *model)
{
  char name[MODEL_MAX];
  char word[MODEL_MAX + 2];

  if (model == NULL || !normalise (model, name))
    return OH_SNOM_FAMILY_UNKNOWN;
  g_snprintf (word, sizeof word, " %s ", name);
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (strstr (families[i].models, word) != NULL)
      return families[i].family;
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (has_shape (name, shapes[i].shape))
      return shapes[i].family;
  return OH_SNOM_FAMILY_UNKNOWN;
}

gboolean
oh_snom_family_is_classic (OhSnomFamily family)
{
  return family <= OH_SNOM_FAMILY_REBADGED;
}

const char *
oh_snom_family_word (OhSnomFamily family)
{
  g_return_val_if_fail (family < OH_N_SNOM_FAMILIES, "unknown");
  return words[family];
}

/* -- firmware --------------------------------------------------------------------------------- */

/* The numbers that the text begins with; what is missing is 0. */
static gboolean
read_version (const char *text, guint64 parts[VERSION_PARTS])
{
  OhSlice rest = oh_slice_str (text);
  guint n = 0;

  memset (parts, 0, VERSION_PARTS * sizeof *parts);
  while (n < VERSION_PARTS)
    {
      gsize len = 0;

      while (len < rest.len && g_ascii_isdigit (rest.data[len]))
        len++;
      if (len == 0 || !oh_slice_to_uint (oh_slice (rest.data, len), G_MAXUINT32, &parts[n]))
        break;
      n++;
      rest = oh_slice (rest.data + len, rest.len - len);
      if (!oh_slice_eat (&rest, '.'))
        break;
    }
  return n > 0;
}

gboolean
oh_snom_firmware_at_least (const char *firmware, const char *wanted)
{
  guint64 has[VERSION_PARTS], needs[VERSION_PARTS];

  if (firmware == NULL || !read_version (firmware, has) || !read_version (wanted, needs))
    return FALSE;
  for (guint i = 0; i < VERSION_PARTS; i++)
    if (has[i] != needs[i])
      return has[i] > needs[i];
  return TRUE;
}

/* -- traits ----------------------------------------------------------------------------------- */

static OhSnomEventSet
events_of (OhSnomFamily family, const char *firmware)
{
  switch (family)
    {
    case OH_SNOM_FAMILY_1XX:
      return oh_snom_firmware_at_least (firmware, "5") || firmware == NULL ? OH_SNOM_EVENTS_FW5
                                                                           : OH_SNOM_EVENTS_NONE;
    case OH_SNOM_FAMILY_3XX:
    case OH_SNOM_FAMILY_8XX:
      return firmware == NULL || oh_snom_firmware_at_least (firmware, "6.5") ? OH_SNOM_EVENTS_FW7
                                                                             : OH_SNOM_EVENTS_FW5;
    case OH_SNOM_FAMILY_UNKNOWN:
    case OH_SNOM_FAMILY_7XX:
    case OH_SNOM_FAMILY_DXXX:
    case OH_SNOM_FAMILY_REBADGED: return OH_SNOM_EVENTS_FULL;
    case OH_SNOM_FAMILY_D8XX:
    case OH_SNOM_FAMILY_DECT:
    case OH_SNOM_FAMILY_OTHER:
    case OH_N_SNOM_FAMILIES:
    default: return OH_SNOM_EVENTS_NONE;
    }
}

/* 8.8 was the UC edition's line alone. */
static gboolean
is_uc (const char *firmware)
{
  return oh_snom_firmware_at_least (firmware, "8.8") &&
         !oh_snom_firmware_at_least (firmware, "8.9");
}

static gboolean
has_touch (const char *model, OhSnomFamily family, const char *firmware)
{
  gboolean in_84 =
    oh_snom_firmware_at_least (firmware, "8.4.34") && !oh_snom_firmware_at_least (firmware, "8.5");

  return family == OH_SNOM_FAMILY_8XX && strstr (model, "870") != NULL &&
         (in_84 || oh_snom_firmware_at_least (firmware, "8.7.2"));
}

static void
set_keys (OhSnomTraits *traits)
{
  gboolean old = traits->family == OH_SNOM_FAMILY_1XX;

  if (!traits->classic)
    return;
  traits->hold_key = old ? "RECALL" : "F_HOLD";
  traits->end_key = old ? "CLEAR" : "CANCEL";
  traits->transfers = !old;
  traits->mutes = !old;
}

void
oh_snom_traits (const char *model, const char *firmware, OhSnomTraits *out)
{
  OhSnomFamily family = oh_snom_family_of (model);

  memset (out, 0, sizeof *out);
  out->family = family;
  out->classic = oh_snom_family_is_classic (family);
  out->events = events_of (family, firmware);
  out->expands = out->events != OH_SNOM_EVENTS_NONE && family != OH_SNOM_FAMILY_1XX;
  set_keys (out);
  out->touch = has_touch (model, family, firmware);
  out->csta = family == OH_SNOM_FAMILY_D8XX ||
              (out->classic && oh_snom_firmware_at_least (firmware, "8.7.3"));
  out->forwards_each = out->classic && oh_snom_firmware_at_least (firmware, "8.7.4");
  out->stores_at_once =
    out->classic && firmware != NULL && !oh_snom_firmware_at_least (firmware, "7.3.30");
  out->uc = out->classic && is_uc (firmware);
  out->own_certificate = family != OH_SNOM_FAMILY_UNKNOWN && family != OH_SNOM_FAMILY_1XX &&
                         family != OH_SNOM_FAMILY_3XX;
  /* the old hardware cuts its answers short when it is hurried */
  out->gap_us = family == OH_SNOM_FAMILY_1XX || family == OH_SNOM_FAMILY_3XX ? 250 * MS : 150 * MS;
}

/* -- what a phone says of itself -------------------------------------------------------------- */

static gboolean
is_version_word (OhSlice word)
{
  gboolean dot = FALSE;

  if (word.len < 3 || word.len > VERSION_MAX || !g_ascii_isdigit (word.data[0]))
    return FALSE;
  for (gsize i = 0; i < word.len; i++)
    {
      if (!g_ascii_isdigit (word.data[i]) && word.data[i] != '.')
        return FALSE;
      dot = dot || word.data[i] == '.';
    }
  return dot;
}

static char *
mac_of (OhSlice word)
{
  char digits[MAC_DIGITS + 1] = { 0 };
  gsize n = 0;

  for (gsize i = 0; i < word.len; i++)
    if (g_ascii_isxdigit (word.data[i]) && n < MAC_DIGITS)
      digits[n++] = g_ascii_toupper (word.data[i]);
    else if (!(n > 0 && n < MAC_DIGITS && n % 2 == 0 &&
               (word.data[i] == ':' || word.data[i] == '-')))
      return NULL;
  return n == MAC_DIGITS ? g_strdup (digits) : NULL;
}

/* "snomD785", "snomD785-SIP", "snom720-UC"; the edition is not part of the model. */
static char *
model_of (OhSlice word)
{
  g_autofree char *name = NULL;
  gsize len = 4;

  if (!oh_slice_has_prefix_case (word, "snom") || word.len > MODEL_MAX)
    return NULL;
  while (len < word.len && g_ascii_isalnum (word.data[len]))
    len++;
  if (len == 4 || (len < word.len && word.data[len] != '-'))
    return NULL;
  name = oh_slice_dup (oh_slice (word.data + 4, len - 4));
  return g_strconcat ("snom", name, NULL);
}

static void
take_word (OhSnomIdentity *self, OhSlice word)
{
  g_autofree char *model = self->model == NULL ? model_of (word) : NULL;
  g_autofree char *mac = self->mac == NULL ? mac_of (word) : NULL;

  if (model != NULL)
    self->model = g_steal_pointer (&model);
  else if (mac != NULL)
    self->mac = g_steal_pointer (&mac);
  else if (self->model != NULL && self->firmware == NULL && is_version_word (word))
    self->firmware = oh_slice_dup (word);
}

OhSnomIdentity *
oh_snom_identity_parse (OhSlice text)
{
  g_autoptr (OhSnomIdentity) self = g_new0 (OhSnomIdentity, 1);
  static const char separators[] = " /;,()\t\r\n<>\"'&";

  while (text.len > 0)
    {
      take_word (self, oh_slice_eat_until (&text, separators));
      if (text.len > 0)
        text = oh_slice (text.data + 1, text.len - 1);
    }
  return g_steal_pointer (&self);
}

void
oh_snom_identity_free (OhSnomIdentity *self)
{
  if (self == NULL)
    return;
  g_free (self->model);
  g_free (self->firmware);
  g_free (self->mac);
  g_free (self);
}
