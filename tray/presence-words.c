/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "presence-words.h"

#include <glib/gi18n-lib.h>
#include "text-for-eyes.h"

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

/* clang-format off */
static const struct { const char *word, *text; } availabilities[] = {
  { "available", N_("Available")      },
  { "busy",      N_("Busy")           },
  { "dnd",       N_("Do Not Disturb") },
  { "brb",       N_("Be Right Back")  },
  { "away",      N_("Away")           },
  { "off-work",  N_("Off Work")       },
  { "idle",      N_("Inactive")       },
  { "offline",   N_("Offline")        },
};

/* The tokens that say more than the availability beside them. */
static const struct { const char *token, *text; } activities[] = {
  { "on-the-phone",              N_("In a call")                 },
  { "in-a-call",                 N_("In a call")                 }, /* what Lync 2013 says */
  { "in-a-conference",           N_("In a conference call")      },
  { "in-a-meeting",              N_("In a meeting")              },
  { "in-presentation",           N_("Presenting")                },
  { "presenting",                N_("Presenting")                },
  { "out-of-office",             N_("Out of office")             },
  { "urgent-interruptions-only", N_("Urgent interruptions only") },
  { "off-work",                  N_("Off Work")                  },
  { "out-to-lunch",              N_("Out to lunch")              }, /* LCS 2005 */
};

/* The tokens that only repeat it. */
static const char *const plain_tokens[] = {
  "", "available", "online", "busy", "do-not-disturb", "be-right-back", "away", "inactive", "idle",
  "offline", "unknown", "dnd", "brb", "busy-idle", "idle-busy", "available-idle",
};
/* clang-format on */

const char *
oh_words_availability (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (availabilities); i++)
    if (g_strcmp0 (availabilities[i].word, word) == 0)
      return _ (availabilities[i].text);
  return _ ("Presence unknown");
}

static gboolean
is_plain (const char *activity)
{
  if (activity == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (plain_tokens); i++)
    if (g_ascii_strcasecmp (activity, plain_tokens[i]) == 0)
      return TRUE;
  return FALSE;
}

char *
oh_words_presence (const char *availability, const char *activity)
{
  g_autofree char *own = NULL;

  if (is_plain (activity))
    return g_strdup (oh_words_availability (availability));
  for (gsize i = 0; i < G_N_ELEMENTS (activities); i++)
    if (g_ascii_strcasecmp (activity, activities[i].token) == 0)
      return g_strdup (_ (activities[i].text));
  own = oh_tray_text_for_eyes (activity, OH_WORDS_OWN_MAX); /* other people's text */
  return own[0] != '\0' ? g_steal_pointer (&own) : g_strdup (oh_words_availability (availability));
}

gboolean
oh_words_is_call (const char *activity)
{
  return activity != NULL && (g_ascii_strcasecmp (activity, "on-the-phone") == 0 ||
                              g_ascii_strcasecmp (activity, "in-a-call") == 0 ||
                              g_ascii_strcasecmp (activity, "in-a-conference") == 0);
}

/* The time of today, the day of this week, or the date; NULL when it cannot be. */
static char *
moment (gint64 at_us, gint64 now_us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);
  gboolean today;

  if (at == NULL || now == NULL || at_us <= 0 || at_us > now_us)
    return NULL; /* also a server whose clock is ahead of ours */
  today = g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (now) &&
          g_date_time_get_year (at) == g_date_time_get_year (now);
  if (today)
    return g_date_time_format (at, "%H:%M");
  return g_date_time_format (at, now_us - at_us < 6 * DAY_US ? "%a %H:%M" : "%x");
}

/* "20 min", "3 h"; NULL for what is no use to know so exactly, or cannot be. */
static char *
duration (gint64 since_us, gint64 now_us)
{
  gint64 lasted_us = now_us - since_us;

  if (since_us <= 0 || lasted_us < MINUTE_US || lasted_us >= DAY_US)
    return NULL;
  if (lasted_us < HOUR_US)
    return g_strdup_printf (_ ("%d min"), (int) (lasted_us / MINUTE_US));
  return g_strdup_printf (_ ("%d h"), (int) (lasted_us / HOUR_US));
}

/* How long the machine has not been touched; @text is what the person is besides. */
static char *
inactive_line (const OhWordsPresence *presence, const char *text, gint64 now_us)
{
  g_autofree char *lasted = duration (presence->since_us, now_us);

  if (g_strcmp0 (presence->availability, "idle") == 0 && is_plain (presence->activity))
    return lasted != NULL ? g_strdup_printf (_ ("Inactive for %s"), lasted) : g_strdup (text);
  if (lasted == NULL)
    return g_strdup_printf (_ ("%s, inactive"), text);
  /* TRANSLATORS: "Busy, inactive for 20 min" */
  return g_strdup_printf (_ ("%s, inactive for %s"), text, lasted);
}

/* That somebody is there, or hides it, needs no time. */
static gboolean
has_since (const char *availability)
{
  return g_strcmp0 (availability, "available") != 0 && g_strcmp0 (availability, "unknown") != 0;
}

static char *
state_line (const OhWordsPresence *presence, gint64 now_us)
{
  g_autofree char *text = oh_words_presence (presence->availability, presence->activity);
  g_autofree char *since = NULL;

  if (presence->inactive)
    return inactive_line (presence, text, now_us);
  if (has_since (presence->availability))
    since = moment (presence->since_us, now_us);
  /* TRANSLATORS: "Away since 14:05" */
  return since != NULL ? g_strdup_printf (_ ("%s since %s"), text, since) : g_steal_pointer (&text);
}

char *
oh_words_presence_line (const OhWordsPresence *presence, gint64 now_us)
{
  g_autofree char *line = state_line (presence, now_us);

  if (!presence->out_of_office || g_strcmp0 (presence->activity, "out-of-office") == 0)
    return g_steal_pointer (&line);
  return g_strdup_printf (_ ("%s, out of office"), line);
}
