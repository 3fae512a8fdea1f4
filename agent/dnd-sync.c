/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dnd-sync.h"

#include <string.h>

/* More phones than the settings take; what is kept of a phone that is gone falls out. */
#define SIDES_MAX 64u

typedef struct
{
  char *name; /* (owned) */
  OhDndState state;
  gboolean met;   /* something is kept of it, or was seen */
  gboolean value; /* what it is, or was when it was seen last */
  gboolean seen;  /* what it was last without us having switched it since */
  /* Commands of ours whose events are still to come, and until when they may: [0] for off. */
  guint owed[2];
  gint64 owed_until_us;
} Side;

struct _OhDndSync
{
  OhClock *clock; /* (owned) */
  const OhDndHost *host;
  gpointer user_data;
  gboolean phones_decide;
  gboolean presence_decides;
  gboolean word;    /* the last one */
  GPtrArray *sides; /* (owned) (element-type Side) */
};

#define BIT(state) (1u << (state))

/* clang-format off */
static const guint may_follow[OH_DND_N_STATES] = {
  [OH_DND_AWAY] =    BIT (OH_DND_OWED) | BIT (OH_DND_SAME) | BIT (OH_DND_TELLING) | BIT (OH_DND_APART),
  [OH_DND_OWED] =    BIT (OH_DND_AWAY) | BIT (OH_DND_SAME) | BIT (OH_DND_TELLING) | BIT (OH_DND_APART),
  [OH_DND_SAME] =    BIT (OH_DND_AWAY) | BIT (OH_DND_OWED) | BIT (OH_DND_TELLING) | BIT (OH_DND_APART),
  [OH_DND_TELLING] = BIT (OH_DND_OWED) | BIT (OH_DND_SAME) | BIT (OH_DND_APART),
  [OH_DND_APART] =   BIT (OH_DND_AWAY) | BIT (OH_DND_OWED) | BIT (OH_DND_SAME) | BIT (OH_DND_TELLING),
};
/* clang-format on */

static const char *const state_names[OH_DND_N_STATES] = { "away", "owed", "same", "telling",
                                                          "apart" };

static void
set_state (Side *side, OhDndState to)
{
  if (side->state == to)
    return;
  g_return_if_fail (may_follow[side->state] & BIT (to));
  g_debug ("dnd of “%s”: %s -> %s", side->name, state_names[side->state], state_names[to]);
  side->state = to;
}

static void
side_free (gpointer data)
{
  Side *side = data;

  g_free (side->name);
  g_free (side);
}

static Side *
find (OhDndSync *self, const char *name)
{
  for (guint i = 0; i < self->sides->len; i++)
    {
      Side *side = g_ptr_array_index (self->sides, i);

      if (g_str_equal (side->name, name))
        return side;
    }
  return NULL;
}

static Side *
add (OhDndSync *self, const char *name)
{
  Side *side = g_new0 (Side, 1);

  side->name = g_strdup (name);
  g_ptr_array_add (self->sides, side);
  return side;
}

static gboolean
is_presence (const Side *side)
{
  return side->name[0] == '\0';
}

static gboolean
decides (OhDndSync *self, const Side *side)
{
  return is_presence (side) ? self->presence_decides : self->phones_decide;
}

static gboolean
listens (OhDndSync *self, const Side *side)
{
  return is_presence (side) ? self->phones_decide : self->presence_decides;
}

static gboolean
is_reached (const Side *side)
{
  return side->state != OH_DND_AWAY && side->state != OH_DND_OWED;
}

/* --- telling -------------------------------------------------------------------------------- */

static void
owe_echo (OhDndSync *self, Side *side)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  if (now_us > side->owed_until_us)
    side->owed[0] = side->owed[1] = 0;
  side->owed[self->word ? 1 : 0]++;
  side->owed_until_us = now_us + OH_DND_ECHO_US;
}

static void
tell (OhDndSync *self, Side *side)
{
  set_state (side, OH_DND_TELLING);
  if (!is_presence (side) && side->value != self->word)
    owe_echo (self, side);
  self->host->tell (side->name, self->word, self->user_data);
}

/* The word concerns a side that has not said it. */
static void
concern (OhDndSync *self, Side *side)
{
  if (side->state == OH_DND_TELLING)
    return; /* looked at when that is over */
  if (!is_reached (side))
    set_state (side, listens (self, side) ? OH_DND_OWED : OH_DND_AWAY);
  else if (side->value == self->word)
    set_state (side, OH_DND_SAME);
  else if (listens (self, side))
    tell (self, side);
  else
    set_state (side, OH_DND_APART);
}

/* Where phones follow nobody, they speak together: as long as one of them is on, it is on. */
static gboolean
is_outvoted (OhDndSync *self, const Side *speaker, gboolean dnd)
{
  if (dnd || is_presence (speaker) || self->presence_decides)
    return FALSE;
  for (guint i = 0; i < self->sides->len; i++)
    {
      const Side *side = g_ptr_array_index (self->sides, i);

      if (side != speaker && !is_presence (side) && is_reached (side) && side->value)
        return TRUE;
    }
  return FALSE;
}

static void
take_word (OhDndSync *self, Side *speaker, gboolean dnd)
{
  g_debug ("dnd: “%s” says %s", speaker->name, dnd ? "on" : "off");
  self->word = dnd;
  set_state (speaker, OH_DND_SAME);
  for (guint i = 0; i < self->sides->len; i++)
    {
      Side *side = g_ptr_array_index (self->sides, i);

      if (side != speaker)
        concern (self, side);
    }
}

/* A side has a value that we have not given it. */
static void
hear (OhDndSync *self, Side *side)
{
  if (side->value == self->word)
    set_state (side, OH_DND_SAME);
  else if (decides (self, side) && !is_outvoted (self, side, side->value))
    take_word (self, side, side->value);
  else
    set_state (side, OH_DND_APART);
}

/* --- seeing --------------------------------------------------------------------------------- */

static gboolean
is_echo (OhDndSync *self, const Side *side, gboolean dnd)
{
  return side->owed[dnd ? 1 : 0] > 0 && oh_clock_now_us (self->clock) <= side->owed_until_us;
}

/* Not changed since it was seen last: it is back, or was never met. */
static void
resume (OhDndSync *self, Side *side)
{
  gboolean owed = side->state == OH_DND_OWED || !side->met;

  if (side->value == self->word)
    set_state (side, OH_DND_SAME);
  else if (owed && listens (self, side))
    tell (self, side);
  else
    set_state (side, OH_DND_APART);
}

void
oh_dnd_sync_see (OhDndSync *self, const char *name, gboolean dnd)
{
  Side *side = find (self, name);
  gboolean changed;

  if (side == NULL && self->sides->len >= SIDES_MAX)
    return;
  if (side == NULL)
    side = add (self, name);
  dnd = dnd != FALSE;
  side->value = dnd;
  if (side->state == OH_DND_TELLING)
    return; /* looked at when that is over */
  changed = dnd != side->seen;
  if (changed && dnd != self->word && is_reached (side) && is_echo (self, side, dnd))
    return; /* of a command before the last one; that one's comes, too */
  side->seen = dnd;
  if (changed)
    hear (self, side);
  else
    resume (self, side);
  side->met = TRUE;
  self->host->changed (self->user_data);
}

void
oh_dnd_sync_echo (OhDndSync *self, const char *name, gboolean dnd)
{
  Side *side = find (self, name);

  if (side != NULL && side->owed[dnd ? 1 : 0] > 0)
    side->owed[dnd ? 1 : 0]--;
}

void
oh_dnd_sync_lose (OhDndSync *self, const char *name)
{
  Side *side = find (self, name);

  if (side == NULL || !is_reached (side) || side->state == OH_DND_TELLING)
    return; /* what is told ends by itself, and says that it was not reached */
  set_state (side, OH_DND_AWAY);
}

void
oh_dnd_sync_restarted (OhDndSync *self, const char *name)
{
  Side *side = find (self, name);

  if (side == NULL || side->state == OH_DND_TELLING)
    return;
  side->seen = FALSE;
  set_state (side, self->word && listens (self, side) ? OH_DND_OWED : OH_DND_AWAY);
}

void
oh_dnd_sync_forget (OhDndSync *self, const char *name)
{
  Side *side = find (self, name);

  if (side == NULL)
    return;
  g_ptr_array_remove (self->sides, side); /* frees it */
  self->host->changed (self->user_data);
}

/* It did what we said, and is something else now: somebody has switched it after us. Or there was
 * another word meanwhile: then it has to be told that. */
static void
conclude (OhDndSync *self, Side *side, gboolean dnd)
{
  side->seen = side->value;
  if (side->value == self->word)
    set_state (side, OH_DND_SAME);
  else if (dnd == self->word)
    hear (self, side);
  else
    concern (self, side);
}

void
oh_dnd_sync_told (OhDndSync *self, const char *name, gboolean dnd, OhDndOutcome outcome)
{
  Side *side = find (self, name);

  if (side == NULL || side->state != OH_DND_TELLING)
    return;
  dnd = dnd != FALSE;
  side->met = TRUE;
  if (outcome == OH_DND_UNSEEN)
    side->value = dnd;
  if (outcome == OH_DND_UNREACHABLE || outcome == OH_DND_REFUSED)
    oh_dnd_sync_echo (self, name, dnd); /* nothing was done that could be told */
  switch (outcome)
    {
    case OH_DND_DONE:
    case OH_DND_UNSEEN:
      set_state (side, OH_DND_APART); /* until it is known better, in the next line */
      conclude (self, side, dnd);
      break;
    case OH_DND_UNREACHABLE: set_state (side, OH_DND_OWED); break;
    case OH_DND_REFUSED:
    default: side->seen = side->value; set_state (side, OH_DND_APART);
    }
  self->host->changed (self->user_data);
}

/* --- asked from outside --------------------------------------------------------------------- */

void
oh_dnd_sync_set_ways (OhDndSync *self, gboolean phones_decide, gboolean presence_decides)
{
  self->phones_decide = phones_decide;
  self->presence_decides = presence_decides;
}

gboolean
oh_dnd_sync_word (OhDndSync *self)
{
  return self->word;
}

OhDndState
oh_dnd_sync_state (OhDndSync *self, const char *name)
{
  const Side *side = find (self, name);

  return side != NULL ? side->state : OH_DND_AWAY;
}

/* "on|=on|desk=off!": a side that is owed the word has a mark. Ids of phones are letters, digits,
 * "-" and "_". */
char *
oh_dnd_sync_dup_text (OhDndSync *self)
{
  GString *text = g_string_new (self->word ? "on" : "off");

  for (guint i = 0; i < self->sides->len; i++)
    {
      const Side *side = g_ptr_array_index (self->sides, i);

      if (side->met)
        g_string_append_printf (text, "|%s=%s%s", side->name, side->seen ? "on" : "off",
                                side->state == OH_DND_OWED || side->state == OH_DND_TELLING ? "!"
                                                                                            : "");
    }
  return g_string_free (text, FALSE);
}

static gboolean
read_switch (char *word, gboolean *out, gboolean *out_owed)
{
  *out_owed = g_str_has_suffix (word, "!");
  if (*out_owed)
    word[strlen (word) - 1] = '\0';
  *out = g_str_equal (word, "on");
  return *out || g_str_equal (word, "off");
}

void
oh_dnd_sync_restore (OhDndSync *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", SIDES_MAX + 1);
  gboolean value, owed;

  if (parts[0] == NULL || !read_switch (parts[0], &value, &owed))
    return;
  self->word = value;
  for (guint i = 1; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);
      Side *side;

      if (g_strv_length (pair) != 2 || !read_switch (pair[1], &value, &owed) ||
          find (self, pair[0]) != NULL)
        continue;
      side = add (self, pair[0]);
      side->met = TRUE;
      side->seen = side->value = value;
      side->state = owed ? OH_DND_OWED : OH_DND_AWAY;
    }
}

OhDndSync *
oh_dnd_sync_new (OhClock *clock, const OhDndHost *host, gpointer user_data)
{
  OhDndSync *self = g_new0 (OhDndSync, 1);

  self->clock = g_object_ref (clock);
  self->host = host;
  self->user_data = user_data;
  self->sides = g_ptr_array_new_with_free_func (side_free);
  return self;
}

void
oh_dnd_sync_free (OhDndSync *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sides);
  g_object_unref (self->clock);
  g_free (self);
}
