/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhCstaEdition:
 * @OH_CSTA_ED3: what TR/87 and most phones know
 * @OH_CSTA_ED4: the same documents under another name
 * @OH_CSTA_ED5: the latest; snom answers in it, whatever it was asked in
 *
 * The edition of ECMA-323 whose namespace a document bears.
 */
typedef enum
{
  OH_CSTA_ED3 = 3,
  OH_CSTA_ED4,
  OH_CSTA_ED5,
} OhCstaEdition;

/**
 * OhCstaService:
 * @OH_CSTA_SYSTEM_STATUS: asks whether it works at all
 * @OH_CSTA_MONITOR_START: has events of a device told
 * @OH_CSTA_MONITOR_STOP: no more
 * @OH_CSTA_SNAPSHOT_DEVICE: which calls a device has
 * @OH_CSTA_SNAPSHOT_CALL: who is in a call
 * @OH_CSTA_MAKE_CALL: dials
 * @OH_CSTA_ANSWER_CALL: takes an alerting call
 * @OH_CSTA_CLEAR_CONNECTION: ends, or declines
 * @OH_CSTA_HOLD_CALL: puts on hold
 * @OH_CSTA_RETRIEVE_CALL: takes back
 * @OH_CSTA_ALTERNATE_CALL: puts the active call on hold and takes the held one back
 * @OH_CSTA_TRANSFER_CALL: joins the held and the active call and steps out
 * @OH_CSTA_SINGLE_STEP_TRANSFER: hands the active call to a number
 * @OH_CSTA_CONFERENCE_CALL: joins the held and the active call and stays in
 * @OH_CSTA_GENERATE_DIGITS: tones
 * @OH_CSTA_SET_MUTE: the microphone, absolute
 * @OH_CSTA_SET_VOLUME: one step up or down
 * @OH_CSTA_GET_DND: asks
 * @OH_CSTA_SET_DND: absolute
 * @OH_CSTA_SET_FORWARDING: absolute
 *
 * What a phone is asked for; the services of ECMA-269 as ECMA-323 writes them.
 */
typedef enum
{
  OH_CSTA_SYSTEM_STATUS,
  OH_CSTA_MONITOR_START,
  OH_CSTA_MONITOR_STOP,
  OH_CSTA_SNAPSHOT_DEVICE,
  OH_CSTA_SNAPSHOT_CALL,
  OH_CSTA_MAKE_CALL,
  OH_CSTA_ANSWER_CALL,
  OH_CSTA_CLEAR_CONNECTION,
  OH_CSTA_HOLD_CALL,
  OH_CSTA_RETRIEVE_CALL,
  OH_CSTA_ALTERNATE_CALL,
  OH_CSTA_TRANSFER_CALL,
  OH_CSTA_SINGLE_STEP_TRANSFER,
  OH_CSTA_CONFERENCE_CALL,
  OH_CSTA_GENERATE_DIGITS,
  OH_CSTA_SET_MUTE,
  OH_CSTA_SET_VOLUME,
  OH_CSTA_GET_DND,
  OH_CSTA_SET_DND,
  OH_CSTA_SET_FORWARDING,
  OH_N_CSTA_SERVICES,
} OhCstaService;

/**
 * OhCstaEvent:
 * @OH_CSTA_INITIATED: the handset was lifted, or a call is prepared
 * @OH_CSTA_ORIGINATED: a call is placed
 * @OH_CSTA_REACHED: a call has left for another network
 * @OH_CSTA_DELIVERED: it rings, here or at the other end
 * @OH_CSTA_ESTABLISHED: it was answered
 * @OH_CSTA_HELD: on hold
 * @OH_CSTA_RETRIEVED: taken back
 * @OH_CSTA_CLEARED: somebody has left a call
 * @OH_CSTA_CALL_CLEARED: a call is over
 * @OH_CSTA_DIVERTED: a call went elsewhere
 * @OH_CSTA_TRANSFERRED: a call was handed on
 * @OH_CSTA_CONFERENCED: two calls have become one
 * @OH_CSTA_FAILED: a call cannot be completed
 * @OH_CSTA_DND: do-not-disturb was switched
 * @OH_CSTA_FORWARDING: forwarding was switched
 * @OH_CSTA_MONITOR_ENDED: no more events will come of this monitor
 * @OH_CSTA_OUT_OF_SERVICE: the device has left
 *
 * What a phone tells of.
 */
typedef enum
{
  OH_CSTA_INITIATED,
  OH_CSTA_ORIGINATED,
  OH_CSTA_REACHED,
  OH_CSTA_DELIVERED,
  OH_CSTA_ESTABLISHED,
  OH_CSTA_HELD,
  OH_CSTA_RETRIEVED,
  OH_CSTA_CLEARED,
  OH_CSTA_CALL_CLEARED,
  OH_CSTA_DIVERTED,
  OH_CSTA_TRANSFERRED,
  OH_CSTA_CONFERENCED,
  OH_CSTA_FAILED,
  OH_CSTA_DND,
  OH_CSTA_FORWARDING,
  OH_CSTA_MONITOR_ENDED,
  OH_CSTA_OUT_OF_SERVICE,
  OH_N_CSTA_EVENTS,
} OhCstaEvent;

/**
 * oh_csta_service_name:
 * @service: a service
 *
 * Returns: (transfer none): the root element of its request, "MakeCall"
 */
const char *oh_csta_service_name (OhCstaService service);

/**
 * oh_csta_service_find:
 * @name: "MakeCallResponse"
 * @out: (out): the service that it answers; untouched on failure
 *
 * Returns: whether it is the answer to any
 */
gboolean oh_csta_service_find (const char *name, OhCstaService *out);

/**
 * oh_csta_event_find:
 * @name: "DeliveredEvent"
 * @out: (out): the event; untouched on failure
 *
 * Returns: whether it is one that matters here
 */
gboolean oh_csta_event_find (const char *name, OhCstaEvent *out);

/**
 * oh_csta_namespace:
 * @edition: an edition
 *
 * Returns: (transfer none): its namespace
 */
const char *oh_csta_namespace (OhCstaEdition edition);

/**
 * oh_csta_edition_find:
 * @ns: (nullable): a namespace
 * @out: (out): its edition, the nearest known one for those that are not: the documents grow, what
 *   is read of them stays
 *
 * Returns: FALSE for a namespace that is not that of ECMA-323
 */
gboolean oh_csta_edition_find (const char *ns, OhCstaEdition *out);

G_END_DECLS
