/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-entry.h"

static const char *const words[OH_N_HISTORY_OUTCOMES] = {
  [OH_HISTORY_ONGOING] = "ongoing",     [OH_HISTORY_ANSWERED] = "answered",
  [OH_HISTORY_MISSED] = "missed",       [OH_HISTORY_ELSEWHERE] = "elsewhere",
  [OH_HISTORY_BUSY] = "busy",           [OH_HISTORY_REFUSED] = "refused",
  [OH_HISTORY_CANCELLED] = "cancelled", [OH_HISTORY_FAILED] = "failed",
  [OH_HISTORY_UNKNOWN] = "unknown",
};

OhHistoryEntry *
oh_history_entry_new (OhCallDirection direction, const char *phone, gint64 begun_us)
{
  OhHistoryEntry *self = g_new0 (OhHistoryEntry, 1);

  self->uid = g_uuid_string_random ();
  self->direction = direction;
  self->number = g_strdup ("");
  self->name = g_strdup ("");
  self->uri = g_strdup ("");
  self->phone = oh_history_text (phone);
  self->begun_us = begun_us;
  return self;
}

OhHistoryEntry *
oh_history_entry_copy (const OhHistoryEntry *self)
{
  OhHistoryEntry *copy = g_memdup2 (self, sizeof *self);

  copy->uid = g_strdup (self->uid);
  copy->number = g_strdup (self->number);
  copy->name = g_strdup (self->name);
  copy->uri = g_strdup (self->uri);
  copy->phone = g_strdup (self->phone);
  return copy;
}

void
oh_history_entry_free (OhHistoryEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->uid);
  g_free (self->number);
  g_free (self->name);
  g_free (self->uri);
  g_free (self->phone);
  g_free (self);
}

gboolean
oh_history_entry_equal (const OhHistoryEntry *a, const OhHistoryEntry *b)
{
  return g_str_equal (a->uid, b->uid) && a->direction == b->direction &&
         g_str_equal (a->number, b->number) && g_str_equal (a->name, b->name) &&
         g_str_equal (a->uri, b->uri) && g_str_equal (a->phone, b->phone) &&
         a->begun_us == b->begun_us && a->answered_us == b->answered_us &&
         a->ended_us == b->ended_us && a->outcome == b->outcome;
}

char *
oh_history_text (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");

  if (g_utf8_strlen (valid, -1) <= OH_HISTORY_TEXT_MAX)
    return g_steal_pointer (&valid);
  return g_utf8_substring (valid, 0, OH_HISTORY_TEXT_MAX);
}

const char *
oh_history_outcome_word (OhHistoryOutcome outcome)
{
  g_return_val_if_fail (outcome < OH_N_HISTORY_OUTCOMES, "unknown");
  return words[outcome];
}

OhHistoryOutcome
oh_history_outcome_from_word (const char *word)
{
  for (guint i = 0; i < OH_N_HISTORY_OUTCOMES; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;
  return OH_HISTORY_UNKNOWN;
}
