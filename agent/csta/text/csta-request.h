/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csta-words.h"

G_BEGIN_DECLS

/* The body of a SIP message that carries CSTA (RFC 4168; TR/87 7). */
#define OH_CSTA_CONTENT_TYPE "application/csta+xml"

/**
 * OhCstaPlace:
 * @call: the phone's name of a call; some are negative
 * @device: (nullable): the device at this end of it, as the phone named it
 *
 * A connection identifier (ECMA-269 6.1.5): one end of one call. Borrowed.
 */
typedef struct
{
  const char *call;
  const char *device;
} OhCstaPlace;

/**
 * OhCstaRequest:
 * @service: what is asked for
 * @device: (nullable): the device that it is asked of, "sip:440@pbx.example"; for those that name
 *   no connection
 * @place: the connection meant: the active one where there are two
 * @held: the held one, for ALTERNATE_CALL, TRANSFER_CALL and CONFERENCE_CALL
 * @argument: (nullable): MAKE_CALL, SINGLE_STEP_TRANSFER: the number; GENERATE_DIGITS: the digits;
 *   MONITOR_STOP: the monitor; SET_FORWARDING: the number, NULL where it is switched off
 * @forwarding: (nullable): SET_FORWARDING: "forwardImmediate", "forwardBusy" or "forwardNoAns";
 * NULL for all of them
 * @on: SET_MUTE, SET_DND, SET_FORWARDING: the new state; SET_VOLUME: up
 * @after_s: SET_FORWARDING: seconds of ringing; 0 for what the phone has
 *
 * One request. All is borrowed.
 */
typedef struct
{
  OhCstaService service;
  const char *device;
  OhCstaPlace place;
  OhCstaPlace held;
  const char *argument;
  const char *forwarding;
  gboolean on;
  guint after_s;
} OhCstaRequest;

/**
 * oh_csta_request_build:
 * @request: what to ask for
 * @edition: the namespace to ask in
 *
 * Elements stand in the order of ECMA-323: schema-driven phones insist.
 *
 * Returns: (transfer full): the document
 */
char *oh_csta_request_build (const OhCstaRequest *request, OhCstaEdition edition);

G_END_DECLS
