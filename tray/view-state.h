/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

G_BEGIN_DECLS

/* Model in, words and icon names out. Pure: no bus, no GTK, no display. Also the one place that
 * decides how a state is told: by a shape, a colour and always in words. */

/**
 * OhIcon:
 * @OH_ICON_SIGNED_OUT: not signed in, or on the way there
 * @OH_ICON_SIGNED_IN: signed in, nothing to do
 * @OH_ICON_TROUBLE: something needs the user, the menu says what
 * @OH_ICON_RINGING: a call comes in
 * @OH_ICON_ON_THE_PHONE: a call is up or being dialled
 */
typedef enum
{
  OH_ICON_SIGNED_OUT,
  OH_ICON_SIGNED_IN,
  OH_ICON_TROUBLE,
  OH_ICON_RINGING,
  OH_ICON_ON_THE_PHONE,
} OhIcon;

/**
 * oh_view_icon:
 * @model: what is known
 *
 * A call comes before trouble: while the phone rings nobody wants to read about certificates.
 *
 * Returns: the icon of the tray
 */
OhIcon oh_view_icon (const OhTrayModel *model);

/**
 * oh_view_icon_name:
 * @icon: an icon
 *
 * Returns: (transfer none): its name in the icon theme
 */
const char *oh_view_icon_name (OhIcon icon);

/**
 * oh_view_state:
 * @model: what is known
 *
 * Returns: (transfer full): one line: signed in as whom, or why not
 */
char *oh_view_state (const OhTrayModel *model);

/**
 * oh_view_title:
 * @model: what is known
 *
 * Returns: (transfer full): the state in a few words, for below a window's title: the address
 *   while signed in; trouble is told elsewhere in full
 */
char *oh_view_title (const OhTrayModel *model);

/**
 * oh_view_advice:
 * @model: what is known
 *
 * Returns: (transfer full) (nullable): what the user does about the trouble; NULL when there is
 *   nothing to do
 */
char *oh_view_advice (const OhTrayModel *model);

/**
 * oh_view_trace:
 * @model: a model
 *
 * Returns: (transfer full) (nullable): that a trace is being recorded, and until when; NULL while
 *   none is
 */
char *oh_view_trace (const OhTrayModel *model);

/**
 * oh_view_tooltip:
 * @model: what is known
 *
 * Returns: (transfer full): the line that matters most: the call, the trouble or the state
 */
char *oh_view_tooltip (const OhTrayModel *model);

/**
 * oh_view_availability:
 * @availability: an availability
 *
 * Returns: (transfer none): it in the user's language
 */
const char *oh_view_availability (OhTrayAvailability availability);

/**
 * oh_view_presence:
 * @availability: an availability
 * @activity: the activity beside it, a token such as "on-the-phone", somebody's own words, or ""
 *
 * Returns: (transfer full): both in one phrase, "In a call" or "Away"
 */
char *oh_view_presence (OhTrayAvailability availability, const char *activity);

/**
 * oh_view_contact_presence:
 * @contact: a contact
 * @now_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): with since when: "Away since 14:05", "Inactive for 20 min"
 */
char *oh_view_contact_presence (const OhTrayContact *contact, gint64 now_us);

/**
 * oh_view_presence_icon:
 * @availability: an availability
 * @activity: the activity beside it
 *
 * Returns: (transfer none): the name of the dot; each has a shape of its own
 */
const char *oh_view_presence_icon (OhTrayAvailability availability, const char *activity);

/**
 * oh_view_contact_name:
 * @contact: a contact
 *
 * Returns: (transfer full): the name, or the address where nobody told a name
 */
char *oh_view_contact_name (const OhTrayContact *contact);

/**
 * oh_view_number:
 * @number: one of a contact's numbers
 *
 * Returns: (transfer full): "Mobile  +49 171 1234567"
 */
char *oh_view_number (const OhTrayNumber *number);

/**
 * oh_view_call_partner:
 * @call: a call
 *
 * Returns: (transfer full): name, else number, else "Unknown number"
 */
char *oh_view_call_partner (const OhTrayCall *call);

/**
 * oh_view_call_state:
 * @state: a call's state
 *
 * Returns: (transfer none): it in the user's language
 */
const char *oh_view_call_state (OhTrayCallState state);

/**
 * oh_view_call_line:
 * @call: a call
 *
 * Returns: (transfer full): "Bob Baker – connected"
 */
char *oh_view_call_line (const OhTrayCall *call);

/**
 * oh_view_call_body:
 * @call: an incoming call
 *
 * Returns: (transfer full): the second line of its notification: number and phone
 */
char *oh_view_call_body (const OhTrayCall *call);

/**
 * oh_view_phone_trouble:
 * @phone: a phone
 *
 * Returns: (transfer full) (nullable): what is wrong with it and what helps; NULL when nothing is
 */
char *oh_view_phone_trouble (const OhTrayPhone *phone);

/**
 * oh_view_fingerprint:
 * @fingerprint: hexadecimal digits
 *
 * Returns: (transfer full): the same in groups of four, four to a line, for comparing by eye
 */
char *oh_view_fingerprint (const char *fingerprint);

/**
 * oh_view_phone_for_user:
 * @model: what is known
 *
 * Returns: (transfer none) (nullable): the first phone that a password or a comparison of its
 *   certificate would mend
 */
const OhTrayPhone *oh_view_phone_for_user (const OhTrayModel *model);

/**
 * oh_view_wants_password:
 * @model: what is known
 *
 * Returns: whether the sign-in form is what the user needs next
 */
gboolean oh_view_wants_password (const OhTrayModel *model);

G_END_DECLS
