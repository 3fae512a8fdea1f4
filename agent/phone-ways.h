/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhPhoneDrive:
 * @OH_PHONE_DRIVE_AUTO: by its web page where that takes commands, else by uaCSTA
 * @OH_PHONE_DRIVE_HTTP: by its web page only
 * @OH_PHONE_DRIVE_CSTA: by uaCSTA only
 *
 * The setting "drive".
 */
typedef enum
{
  OH_PHONE_DRIVE_AUTO,
  OH_PHONE_DRIVE_HTTP,
  OH_PHONE_DRIVE_CSTA,
} OhPhoneDrive;

/**
 * oh_phone_drive_from_nick:
 * @nick: (nullable): "auto", "http" or "csta"
 *
 * Returns: what it says; AUTO for any other word
 */
OhPhoneDrive oh_phone_drive_from_nick (const char *nick);

/**
 * OhPhoneWays:
 *
 * One phone that can be driven in two ways, as one OhPhone: everybody else sees the state, the
 * events and the abilities of the body that drives it. Which one that is, probing decides; a
 * command that this body refuses goes to the other one, once, and never after it may have left.
 */
#define OH_TYPE_PHONE_WAYS (oh_phone_ways_get_type ())
G_DECLARE_FINAL_TYPE (OhPhoneWays, oh_phone_ways, OH, PHONE_WAYS, OhPhone)

/**
 * oh_phone_ways_new:
 * @web: (nullable) (transfer full): the body that drives the phone's web page
 * @csta: (nullable) (transfer full): the body that speaks uaCSTA; one of both has to be there
 *
 * With one body alone that one drives, whatever it can.
 *
 * Returns: (transfer full): the phone
 */
OhPhone *oh_phone_ways_new (OhPhone *web, OhPhone *csta);

/**
 * oh_phone_ways_web:
 * @phone: a phone, one of two bodies or of one
 *
 * Returns: (transfer none) (nullable): the body that drives its web page; @phone itself where it is
 *   no OhPhoneWays
 */
OhPhone *oh_phone_ways_web (OhPhone *phone);

/**
 * oh_phone_ways_csta:
 * @phone: a phone
 *
 * Returns: (transfer none) (nullable): the body that speaks uaCSTA
 */
OhPhone *oh_phone_ways_csta (OhPhone *phone);

G_END_DECLS
