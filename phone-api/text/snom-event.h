/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-value.h"
#include "slice.h"

G_BEGIN_DECLS

/* A request with every variable filled stays below 2 KiB; whoever sends more is no phone. */
#define OH_SNOM_REQUEST_MAX 8192

/* Where administrators let phones tell what was dialled: "…/offhook/find/outgoing?r=$remote". */
#define OH_SNOM_CALL_ME_PATH "/offhook/find/outgoing"

/**
 * OhSnomRequest:
 * @token: the secret path element
 * @event: the last path element
 * @query: what follows "?"; empty when there is none
 * @head: HEAD, not GET
 *
 * An action URL as the phone requested it; slices of the request.
 */
typedef struct
{
  OhSlice token;
  OhSlice event;
  OhSlice query;
  gboolean head;
} OhSnomRequest;

/**
 * oh_snom_request_parse:
 * @line: the request line without its line end
 * @out: (out): its parts; undefined on failure
 *
 * Takes "GET /offhook-MARK/s/TOKEN/EVENT?QUERY HTTP/1.x" apart; the mark may be missing. The target
 * goes up to the last blank before "HTTP/", because phones may leave blanks of display names as
 * they are, which no HTTP library lets pass.
 *
 * Returns: FALSE for another method, another path, or a line longer than %OH_SNOM_REQUEST_MAX
 */
gboolean oh_snom_request_parse (OhSlice line, OhSnomRequest *out);

/**
 * oh_snom_call_me_parse:
 * @line: the request line without its line end
 *
 * Takes "GET /offhook/find/outgoing?r=$remote HTTP/1.x" apart, the action URL for outgoing calls
 * that an administrator provisions so that a phone can be found by what is dialled on it.
 *
 * Returns: (transfer full) (nullable): what was dialled, without host and parameters, cleaned as by
 *   oh_snom_event_parse(); NULL for every other request
 */
char *oh_snom_call_me_parse (OhSlice line);

/**
 * oh_snom_event_parse:
 * @request: a request whose token was right
 *
 * Reads the event. A value that begins with "$" is a variable that the firmware does not know, and
 * absent; percent escapes are decoded, "+" is a plus; octets that are no UTF-8 are taken as
 * Latin-1; control characters are dropped; what is too long is cut.
 *
 * Returns: (transfer full) (nullable): the event; NULL when its name is none of ours
 */
OhPhoneEvent *oh_snom_event_parse (const OhSnomRequest *request);

/**
 * oh_snom_event_turn:
 * @event: an event of a phone
 * @settings: (nullable) (element-type utf8 utf8): the phone's settings
 *
 * Older firmware takes "$local" for who is called and "$remote" for who calls, so that with an
 * incoming call the two are the wrong way round. The party whose user is one of the phone's
 * accounts
 * ("user_name1" to "user_name12") is ours: where that is @remote alone, the two change places. Who
 * calls from one account of the phone to another, is left as told.
 */
void oh_snom_event_turn (OhPhoneEvent *event, GHashTable *settings);

G_END_DECLS
