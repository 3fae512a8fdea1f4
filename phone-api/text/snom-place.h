/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define OH_SNOM_MARK_PREFIX "/offhook-"
#define OH_SNOM_TOKEN_PREFIX "/s/"
/* 64 bits, as hex digits: tells all the desks of a company apart. */
#define OH_SNOM_MARK_LENGTH 16
/* 128 bits, as hex digits: cannot be guessed by somebody on the LAN who may try all day. */
#define OH_SNOM_TOKEN_LENGTH 32
/* A DNS name, RFC 1035 2.3.4; what is longer is no host that could be shown. */
#define OH_SNOM_PLACE_HOST_MAX 253

/**
 * OhSnomPlace:
 * @OH_SNOM_PLACE_FREE: nobody is told
 * @OH_SNOM_PLACE_OURS: we are, or were told by an earlier run
 * @OH_SNOM_PLACE_OTHER_AGENT: the Offhook of another installation is
 * @OH_SNOM_PLACE_PROGRAM: another program is: an exchange that logs calls, a CTI client
 *
 * Whom a phone tells of an event: it has one place for that, an action URL. Ours are
 * "http://ADDRESS:PORT/offhook-MARK/s/TOKEN/EVENT". The mark names the installation to every other
 * one and is no secret. The token is what makes an event count. Whoever may read the phone's
 * settings reads both, so that a login for the phone is a licence to forge its events, too, as it
 * is one to dial; but for that the request must also come from the phone's address.
 */
typedef enum
{
  OH_SNOM_PLACE_FREE,
  OH_SNOM_PLACE_OURS,
  OH_SNOM_PLACE_OTHER_AGENT,
  OH_SNOM_PLACE_PROGRAM,
} OhSnomPlace;

/**
 * oh_snom_place_judge:
 * @value: (nullable): the value of an action URL
 * @mark: ours, %OH_SNOM_MARK_LENGTH hex digits
 * @token: of this phone, %OH_SNOM_TOKEN_LENGTH hex digits
 *
 * Ours is what has our token, whatever its form was in earlier versions, and what has our mark: the
 * phone may have had another name here.
 *
 * Returns: whose place it is
 */
OhSnomPlace oh_snom_place_judge (const char *value, const char *mark, const char *token);

/**
 * oh_snom_place_path:
 * @mark: ours
 * @token: of this phone
 *
 * Returns: (transfer full): "/offhook-MARK/s/TOKEN/", to which the name of the event is added
 */
char *oh_snom_place_path (const char *mark, const char *token);

/**
 * oh_snom_place_host:
 * @value: the value of an action URL, from anybody
 *
 * Whom to name to the user: no login that stands in the URL, no path, nothing that is no part of a
 * host's name.
 *
 * Returns: (transfer full): the host, without a port; "" when @value names none
 */
char *oh_snom_place_host (const char *value);

G_END_DECLS
