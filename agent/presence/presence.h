/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * OhAvailability:
 * @OH_AVAILABILITY_UNKNOWN: nothing has been heard yet, or the person hides it
 * @OH_AVAILABILITY_AVAILABLE: there and free
 * @OH_AVAILABILITY_BUSY: there, occupied (also by a call)
 * @OH_AVAILABILITY_DND: do not disturb
 * @OH_AVAILABILITY_BRB: be right back
 * @OH_AVAILABILITY_AWAY: not at the desk
 * @OH_AVAILABILITY_OFF_WORK: away, and not working today
 * @OH_AVAILABILITY_IDLE: free, but the machine has not been touched for a while
 * @OH_AVAILABILITY_OFFLINE: signed out, or appears so
 *
 * What an icon shows. The nicks are the words of the command line and of --json, a promise.
 */
typedef enum
{
  OH_AVAILABILITY_UNKNOWN,
  OH_AVAILABILITY_AVAILABLE,
  OH_AVAILABILITY_BUSY,
  OH_AVAILABILITY_DND,
  OH_AVAILABILITY_BRB,
  OH_AVAILABILITY_AWAY,
  OH_AVAILABILITY_OFF_WORK,
  OH_AVAILABILITY_IDLE,
  OH_AVAILABILITY_OFFLINE,
  OH_N_AVAILABILITIES,
} OhAvailability;

#define OH_TYPE_AVAILABILITY (oh_availability_get_type ())
GType oh_availability_get_type (void);

/* The activity token of a call, [MS-PRES] 2.2.2.4.2; compare oh_presence_activity() with it. */
#define OH_ACTIVITY_ON_THE_PHONE "on-the-phone"
#define OH_ACTIVITY_IN_A_CONFERENCE "in-a-conference"
/* Likewise of an absence; the availability beside it may be any. */
#define OH_ACTIVITY_OUT_OF_OFFICE "out-of-office"

/**
 * oh_availability_word:
 * @availability: a value below OH_N_AVAILABILITIES
 *
 * Returns: (transfer none): the stable word for --json and the bus, for example "off-work"
 */
const char *oh_availability_word (OhAvailability availability);

/**
 * oh_availability_from_word:
 * @word: (nullable): a word of oh_availability_word(), exactly
 * @out: (out): its value; untouched on failure
 *
 * Returns: whether there is such a word
 */
gboolean oh_availability_from_word (const char *word, OhAvailability *out);

/**
 * oh_availability_from_number:
 * @number: the availability of a state document, [MS-PRES] 2.2.2.4.1: lower is more available
 * @token: (nullable): the activity token beside it; only "off-work" changes the answer, all
 *   tokens that are not known are passed over
 *
 * Returns: what to show; below 3000 and from 18000 on that is offline
 */
OhAvailability oh_availability_from_number (guint number, const char *token);

/**
 * oh_availability_is_inactive:
 * @number: the availability of a state document
 *
 * The ranges in which somebody is free or busy and has not touched the machine for a while,
 * [MS-PRES] 2.2.2.4.1.
 *
 * Returns: whether it is in one of them
 */
gboolean oh_availability_is_inactive (guint number);

/**
 * OhPresence:
 *
 * How a person is, at one moment: a value, never changed once made, shared by reference.
 */
typedef struct _OhPresence OhPresence;

#define OH_TYPE_PRESENCE (oh_presence_get_type ())
GType oh_presence_get_type (void);

/**
 * OhPresenceFields:
 * @availability: what to show
 * @activity: (nullable): the server's token ("on-the-phone"), or the person's own words
 * @note: (nullable): the person's note
 * @since_us: when it began, or, with @inactive and for somebody away, when the machine was touched
 *   last: microseconds since 1970 UTC; 0 when that is not known
 * @inactive: the machine has not been touched for a while
 * @out_of_office: a note or a calendar says that the person is out of the office
 *
 * All that a presence says.
 */
typedef struct
{
  OhAvailability availability;
  const char *activity;
  const char *note;
  gint64 since_us;
  gboolean inactive;
  gboolean out_of_office;
} OhPresenceFields;

/**
 * oh_presence_from_fields:
 * @fields: what it says; strings are copied
 *
 * Returns: (transfer full): a value
 */
OhPresence *oh_presence_from_fields (const OhPresenceFields *fields);

/**
 * oh_presence_new:
 * @availability: what to show
 * @activity: (nullable): the server's token ("on-the-phone"), or the person's own words; copied
 * @note: (nullable): the person's note; copied
 * @since_us: when it began, microseconds since 1970 UTC; 0 when that is not known
 *
 * Returns: (transfer full): a value
 */
OhPresence *oh_presence_new (OhAvailability availability, const char *activity, const char *note,
                             gint64 since_us);

/**
 * oh_presence_unknown:
 *
 * Returns: (transfer full): the presence of somebody of whom nothing is known
 */
OhPresence *oh_presence_unknown (void);

/**
 * oh_presence_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
OhPresence *oh_presence_ref (OhPresence *self);

/**
 * oh_presence_unref:
 * @self: (transfer full): a value
 */
void oh_presence_unref (OhPresence *self);

/**
 * oh_presence_equal:
 * @a: a value
 * @b: another
 *
 * Returns: whether nothing of them differs
 */
gboolean oh_presence_equal (const OhPresence *a, const OhPresence *b);

/**
 * oh_presence_availability:
 * @self: a value
 *
 * Returns: what to show
 */
OhAvailability oh_presence_availability (const OhPresence *self);

/**
 * oh_presence_activity:
 * @self: a value
 *
 * Returns: (transfer none): token or own words; "" when there is none, never NULL
 */
const char *oh_presence_activity (const OhPresence *self);

/**
 * oh_presence_note:
 * @self: a value
 *
 * Returns: (transfer none): the note; "" when there is none, never NULL
 */
const char *oh_presence_note (const OhPresence *self);

/**
 * oh_presence_since_us:
 * @self: a value
 *
 * Returns: microseconds since 1970 UTC; 0 when not known
 */
gint64 oh_presence_since_us (const OhPresence *self);

/**
 * oh_presence_is_inactive:
 * @self: a value
 *
 * Returns: whether the machine has not been touched for a while
 */
gboolean oh_presence_is_inactive (const OhPresence *self);

/**
 * oh_presence_is_out_of_office:
 * @self: a value
 *
 * Returns: whether a note or the calendar says that the person is out of the office
 */
gboolean oh_presence_is_out_of_office (const OhPresence *self);

/**
 * oh_presence_on_phone:
 * @self: a value
 *
 * Returns: whether the activity says that the person is in a call or a conference
 */
gboolean oh_presence_on_phone (const OhPresence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPresence, oh_presence_unref)

G_END_DECLS
