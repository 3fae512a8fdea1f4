/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "presence.h"

struct _OhPresence
{
  OhAvailability availability;
  char *activity; /* (owned) not NULL */
  char *note;     /* (owned) not NULL */
  gint64 since_us;
  gboolean inactive;
  gboolean out_of_office;
};

/* clang-format off */
static const GEnumValue values[] = {
  { OH_AVAILABILITY_UNKNOWN,   "OH_AVAILABILITY_UNKNOWN",   "unknown"   },
  { OH_AVAILABILITY_AVAILABLE, "OH_AVAILABILITY_AVAILABLE", "available" },
  { OH_AVAILABILITY_BUSY,      "OH_AVAILABILITY_BUSY",      "busy"      },
  { OH_AVAILABILITY_DND,       "OH_AVAILABILITY_DND",       "dnd"       },
  { OH_AVAILABILITY_BRB,       "OH_AVAILABILITY_BRB",       "brb"       },
  { OH_AVAILABILITY_AWAY,      "OH_AVAILABILITY_AWAY",      "away"      },
  { OH_AVAILABILITY_OFF_WORK,  "OH_AVAILABILITY_OFF_WORK",  "off-work"  },
  { OH_AVAILABILITY_IDLE,      "OH_AVAILABILITY_IDLE",      "idle"      },
  { OH_AVAILABILITY_OFFLINE,   "OH_AVAILABILITY_OFFLINE",   "offline"   },
  { 0, NULL, NULL },
};

/* [MS-PRES] 2.2.2.4.1; each range ends where the next begins. */
static const struct
{
  guint from;
  OhAvailability availability;
  gboolean inactive;
} ranges[] = {
  { 18000, OH_AVAILABILITY_OFFLINE,   FALSE },
  { 15000, OH_AVAILABILITY_AWAY,      FALSE },
  { 12000, OH_AVAILABILITY_BRB,       FALSE },
  {  9000, OH_AVAILABILITY_DND,       FALSE },
  {  7500, OH_AVAILABILITY_BUSY,      TRUE  }, /* still busy to a caller */
  {  6000, OH_AVAILABILITY_BUSY,      FALSE },
  {  4500, OH_AVAILABILITY_IDLE,      TRUE  },
  {  3000, OH_AVAILABILITY_AVAILABLE, FALSE },
  {     0, OH_AVAILABILITY_OFFLINE,   FALSE },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (values) == OH_N_AVAILABILITIES + 1);

G_DEFINE_BOXED_TYPE (OhPresence, oh_presence, oh_presence_ref, oh_presence_unref)

GType
oh_availability_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("OhAvailability", values));
  return type;
}

const char *
oh_availability_word (OhAvailability availability)
{
  g_return_val_if_fail (availability < OH_N_AVAILABILITIES, "unknown");
  return values[availability].value_nick;
}

gboolean
oh_availability_from_word (const char *word, OhAvailability *out)
{
  for (guint i = 0; i < OH_N_AVAILABILITIES; i++)
    if (g_strcmp0 (word, values[i].value_nick) == 0)
      {
        *out = (OhAvailability) i;
        return TRUE;
      }
  return FALSE;
}

static gsize
range_of (guint number)
{
  gsize i = 0;

  while (number < ranges[i].from)
    i++;
  return i;
}

gboolean
oh_availability_is_inactive (guint number)
{
  return ranges[range_of (number)].inactive;
}

OhAvailability
oh_availability_from_number (guint number, const char *token)
{
  gsize i = range_of (number);

  if (ranges[i].availability == OH_AVAILABILITY_AWAY && g_strcmp0 (token, "off-work") == 0)
    return OH_AVAILABILITY_OFF_WORK;
  return ranges[i].availability;
}

OhPresence *
oh_presence_from_fields (const OhPresenceFields *fields)
{
  OhPresence *self = g_rc_box_new0 (OhPresence);

  self->availability = fields->availability;
  self->activity = g_strdup (fields->activity != NULL ? fields->activity : "");
  self->note = g_strdup (fields->note != NULL ? fields->note : "");
  self->since_us = fields->since_us;
  self->inactive = fields->inactive;
  self->out_of_office = fields->out_of_office;
  return self;
}

OhPresence *
oh_presence_new (OhAvailability availability, const char *activity, const char *note,
                 gint64 since_us)
{
  const OhPresenceFields fields = {
    .availability = availability,
    .activity = activity,
    .note = note,
    .since_us = since_us,
    .inactive = availability == OH_AVAILABILITY_IDLE,
  };

  return oh_presence_from_fields (&fields);
}

OhPresence *
oh_presence_unknown (void)
{
  return oh_presence_new (OH_AVAILABILITY_UNKNOWN, NULL, NULL, 0);
}

OhPresence *
oh_presence_ref (OhPresence *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (OhPresence *self)
{
  g_free (self->activity);
  g_free (self->note);
}

void
oh_presence_unref (OhPresence *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) clear);
}

gboolean
oh_presence_equal (const OhPresence *a, const OhPresence *b)
{
  return a->availability == b->availability && a->since_us == b->since_us &&
         a->inactive == b->inactive && a->out_of_office == b->out_of_office &&
         g_str_equal (a->activity, b->activity) && g_str_equal (a->note, b->note);
}

OhAvailability
oh_presence_availability (const OhPresence *self)
{
  return self->availability;
}

const char *
oh_presence_activity (const OhPresence *self)
{
  return self->activity;
}

const char *
oh_presence_note (const OhPresence *self)
{
  return self->note;
}

gint64
oh_presence_since_us (const OhPresence *self)
{
  return self->since_us;
}

gboolean
oh_presence_is_inactive (const OhPresence *self)
{
  return self->inactive;
}

gboolean
oh_presence_is_out_of_office (const OhPresence *self)
{
  return self->out_of_office;
}

gboolean
oh_presence_on_phone (const OhPresence *self)
{
  return g_str_equal (self->activity, OH_ACTIVITY_ON_THE_PHONE) ||
         g_str_equal (self->activity, OH_ACTIVITY_IN_A_CONFERENCE) ||
         g_str_equal (self->activity, "in-a-call"); /* what Lync 2013 says */
}
