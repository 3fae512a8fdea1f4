/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-state.h"

#include "custom-activity.h"

typedef struct
{
  guint32 instance;
  OhNoteType type;
  char *text; /* (owned) */
  guint32 version;
  gint64 time_us;
} Note;

struct _OhContactState
{
  GArray *notes; /* (owned) (element-type Note) */

  /* the state that is shown */
  OhAvailability availability;
  char *activity; /* (owned) (nullable) */
  gint64 since_us;
  gboolean inactive;

  /* of the same: to know whether the next one is older, and which one is removed */
  gboolean has_state;
  guint32 instance;
  guint32 version;
  gint64 time_us;
};

static void
note_clear (gpointer data)
{
  g_free (((Note *) data)->text);
}

OhContactState *
oh_contact_state_new (void)
{
  OhContactState *self = g_new0 (OhContactState, 1);

  self->notes = g_array_new (FALSE, TRUE, sizeof (Note));
  g_array_set_clear_func (self->notes, note_clear);
  return self;
}

void
oh_contact_state_free (OhContactState *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->notes);
  g_free (self->activity);
  g_free (self);
}

/* Times decide, versions where there are none or the same. */
static gboolean
is_older (const OhCategory *category, gint64 time_us, guint32 version)
{
  if (category->publish_time_us > 0 && time_us > 0 && category->publish_time_us != time_us)
    return category->publish_time_us < time_us;
  return category->version > 0 && category->version < version;
}

/* --- notes ---------------------------------------------------------------------------------- */

static void
apply_note (OhContactState *self, const OhCategory *category)
{
  Note fresh = { .instance = category->instance,
                 .type = category->note_type,
                 .version = category->version,
                 .time_us = category->publish_time_us };

  for (guint i = self->notes->len; i > 0; i--)
    {
      const Note *have = &g_array_index (self->notes, Note, i - 1);

      if (category->has_instance && have->instance != category->instance)
        continue;
      if (!category->empty && is_older (category, have->time_us, have->version))
        return;
      g_array_remove_index (self->notes, i - 1);
    }
  if (category->note == NULL || self->notes->len >= OH_CONTACT_NOTES_MAX)
    return;
  fresh.text = g_strdup (category->note);
  g_array_append_val (self->notes, fresh);
}

/* Of several notes the one published last is shown. */
static const char *
newest_note (const OhContactState *self)
{
  const Note *newest = NULL;

  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = &g_array_index (self->notes, Note, i);

      if (newest == NULL || note->time_us > newest->time_us)
        newest = note;
    }
  return newest != NULL ? newest->text : NULL;
}

/* A personal note may be newer; the absence goes on until the mail server takes its note away. */
static gboolean
is_out_of_office (const OhContactState *self)
{
  if (g_strcmp0 (self->activity, OH_ACTIVITY_OUT_OF_OFFICE) == 0)
    return TRUE;
  for (guint i = 0; i < self->notes->len; i++)
    if (g_array_index (self->notes, Note, i).type == OH_NOTE_OUT_OF_OFFICE)
      return TRUE;
  return FALSE;
}

/* --- states --------------------------------------------------------------------------------- */

static gboolean
is_shown (const OhCategory *category)
{
  return category->state_type == OH_STATE_AGGREGATE || category->state_type == OH_STATE_OTHER;
}

/* Away from the machine, or beside it: how long ago it was touched says more than when the server
 * concluded from it. */
static gint64
since_us (const OhCategory *category, OhAvailability availability, gboolean inactive)
{
  gboolean is_gone = inactive || availability == OH_AVAILABILITY_AWAY;

  return is_gone && category->last_active_us > 0 ? category->last_active_us : category->since_us;
}

static const char *
activity_of (const OhCategory *category)
{
  if (category->customs != NULL && category->customs->len > 0)
    return oh_custom_activity_pick (category->customs, g_get_language_names ());
  return category->activity;
}

static void
take_state (OhContactState *self, const OhCategory *category)
{
  g_free (self->activity);
  self->activity = g_strdup (activity_of (category));
  self->availability = oh_availability_from_number (category->availability, category->activity);
  self->inactive = oh_availability_is_inactive (category->availability);
  self->since_us = since_us (category, self->availability, self->inactive);
  self->has_state = TRUE;
  self->instance = category->instance;
  self->version = category->version;
  self->time_us = category->publish_time_us;
}

static void
forget_state (OhContactState *self, OhAvailability availability, gint64 since)
{
  g_clear_pointer (&self->activity, g_free);
  self->availability = availability;
  self->inactive = FALSE;
  self->since_us = since;
  self->has_state = FALSE;
}

static void
apply_state (OhContactState *self, const OhCategory *category)
{
  gboolean is_ours =
    !category->has_instance || !self->has_state || category->instance == self->instance;

  if (category->empty)
    {
      if (is_ours) /* else another instance, for example that of a machine */
        forget_state (self, OH_AVAILABILITY_OFFLINE, category->publish_time_us);
    }
  else if (!is_shown (category))
    return;
  else if (self->has_state && category->instance == self->instance &&
           is_older (category, self->time_us, self->version))
    g_debug ("state version %u is older than %u, passed over", category->version, self->version);
  else
    take_state (self, category);
}

void
oh_contact_state_apply (OhContactState *self, const OhCategories *categories)
{
  /* removals first: a document may remove one instance and bring another, in any order */
  for (int removals = 1; removals >= 0; removals--)
    for (guint i = 0; i < categories->items->len; i++)
      {
        const OhCategory *category = g_ptr_array_index (categories->items, i);

        if (category->empty != removals)
          continue;
        if (category->kind == OH_CATEGORY_STATE)
          apply_state (self, category);
        else if (category->kind == OH_CATEGORY_NOTE)
          apply_note (self, category);
      }
}

void
oh_contact_state_reset (OhContactState *self, OhAvailability availability)
{
  forget_state (self, availability, 0);
  g_array_set_size (self->notes, 0);
}

OhPresence *
oh_contact_state_presence (const OhContactState *self)
{
  const OhPresenceFields fields = {
    .availability = self->availability,
    .activity = self->activity,
    .note = newest_note (self),
    .since_us = self->since_us,
    .inactive = self->inactive,
    .out_of_office = is_out_of_office (self),
  };

  return oh_presence_from_fields (&fields);
}
