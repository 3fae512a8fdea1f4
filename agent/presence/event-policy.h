/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/* Longer grants are cut: a front end that forgets us would else be found out after days. */
#define OH_EVENT_EXPIRES_MAX_S 86400u
/* What a 2xx without Expires means, RFC 6665 3.1.1 leaves it to the package. */
#define OH_EVENT_EXPIRES_DEFAULT_S 3600u
/* A long subscription is refreshed that much before its end ... */
#define OH_EVENT_EARLY_S 120u
/* ... long being more than this; a shorter one half-way. */
#define OH_EVENT_LONG_S 240u

/**
 * oh_event_granted_s:
 * @response: a 2xx to SUBSCRIBE
 *
 * Returns: seconds that the subscription lasts, at most OH_EVENT_EXPIRES_MAX_S; 0 when it is over
 */
guint64 oh_event_granted_s (const OhSipMessage *response);

/**
 * oh_event_refresh_delay_us:
 * @expires_s: seconds that were granted
 *
 * Returns: microseconds from now to the refresh, at least a second
 */
gint64 oh_event_refresh_delay_us (guint64 expires_s);

/**
 * oh_event_retry_after_us:
 * @response: a response
 *
 * Returns: microseconds for which the server wants to be left alone; 0 when it does not say
 */
gint64 oh_event_retry_after_us (const OhSipMessage *response);

/**
 * oh_event_is_passing:
 * @status: status of a failed SUBSCRIBE
 *
 * A 401 or 407 comes here only when there were too many new handshakes already.
 *
 * Returns: whether the same request may do better later, in a new dialog
 */
gboolean oh_event_is_passing (guint status);

/**
 * OhEventEnd:
 * @OH_EVENT_GOES_ON: the subscription stands
 * @OH_EVENT_ENDED: it ended; a new one may be made
 * @OH_EVENT_ENDED_FOR_GOOD: it ended, and a new one would not be accepted
 */
typedef enum
{
  OH_EVENT_GOES_ON,
  OH_EVENT_ENDED,
  OH_EVENT_ENDED_FOR_GOOD,
} OhEventEnd;

/**
 * oh_event_end:
 * @notify: a notification
 * @retry_us: (out): with OH_EVENT_ENDED: microseconds to wait at least; 0 when it does not say
 *
 * RFC 6665 4.1.3.
 *
 * Returns: what Subscription-State says
 */
OhEventEnd oh_event_end (const OhSipMessage *notify, gint64 *retry_us);

G_END_DECLS
