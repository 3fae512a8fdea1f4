/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csta-words.h"
#include "slice.h"

G_BEGIN_DECLS

/* The largest documents list a device's calls; a phone has twelve lines at most. */
#define OH_CSTA_SIZE_MAX 65536u
/* Calls of one snapshot that are looked at: twelve lines with two each, and as many again. */
#define OH_CSTA_CALLS_MAX 48u
/* A SIP address seldom has more than 200 octets; what is longer is cut. */
#define OH_CSTA_VALUE_MAX 512u

/**
 * OhCstaKind:
 * @OH_CSTA_KIND_OTHER: a document of ECMA-323 that says nothing to us
 * @OH_CSTA_KIND_RESPONSE: it was done
 * @OH_CSTA_KIND_REFUSAL: it was not
 * @OH_CSTA_KIND_EVENT: something happened
 *
 * What a document is.
 */
typedef enum
{
  OH_CSTA_KIND_OTHER,
  OH_CSTA_KIND_RESPONSE,
  OH_CSTA_KIND_REFUSAL,
  OH_CSTA_KIND_EVENT,
} OhCstaKind;

/**
 * OhCstaState:
 * @OH_CSTA_STATE_UNTOLD: not said
 * @OH_CSTA_STATE_NULL: not in the call
 * @OH_CSTA_STATE_INITIATED: off hook, nothing dialled yet
 * @OH_CSTA_STATE_ALERTING: rings
 * @OH_CSTA_STATE_CONNECTED: in the call
 * @OH_CSTA_STATE_HOLD: in the call, on hold
 * @OH_CSTA_STATE_QUEUED: waits somewhere
 * @OH_CSTA_STATE_FAILED: cannot be completed
 *
 * State of one end of a call (ECMA-269 6.1.5.1).
 */
typedef enum
{
  OH_CSTA_STATE_UNTOLD,
  OH_CSTA_STATE_NULL,
  OH_CSTA_STATE_INITIATED,
  OH_CSTA_STATE_ALERTING,
  OH_CSTA_STATE_CONNECTED,
  OH_CSTA_STATE_HOLD,
  OH_CSTA_STATE_QUEUED,
  OH_CSTA_STATE_FAILED,
} OhCstaState;

/**
 * OhCstaEnd:
 * @call: (nullable): the phone's name of the call; small integers, some negative, others long words
 * @device: (nullable): whose end it is
 * @state: in a snapshot: its state
 *
 * A connection that a document names. Owned.
 */
typedef struct
{
  char *call;
  char *device;
  OhCstaState state;
} OhCstaEnd;

/**
 * OhCstaDocument:
 * @kind: what it is
 * @edition: in which edition's namespace
 * @service: RESPONSE: what it answers
 * @event: EVENT: what happened
 * @monitor: (nullable): of which monitor, in the answer to MONITOR_START and in events
 * @end: the connection it is about; TRANSFERRED and CONFERENCED: that of the first of both calls
 * @other_end: TRANSFERRED and CONFERENCED: that of the second
 * @local_state: EVENT: how the monitored device stands in the call afterwards
 * @calling: (nullable): who calls
 * @called: (nullable): who is called
 * @acting: (nullable): who did it: answered, held, released, transferred
 * @target: (nullable): where it goes now: DIVERTED, TRANSFERRED, FORWARDING
 * @cause: (nullable): EVENT: the word of ECMA-269 17.1; REFUSAL: the error
 * @status: (nullable): answer to SYSTEM_STATUS: "normal" where all is well
 * @on: DND and FORWARDING, and the answer to GET_DND: the new state
 * @ends: (element-type OhCstaEnd): answers to the SNAPSHOTs, at most OH_CSTA_CALLS_MAX
 *
 * What a phone says. All texts are valid UTF-8 without control characters and at most
 * OH_CSTA_VALUE_MAX octets.
 */
typedef struct
{
  OhCstaKind kind;
  OhCstaEdition edition;
  OhCstaService service;
  OhCstaEvent event;
  char *monitor;
  OhCstaEnd end;
  OhCstaEnd other_end;
  OhCstaState local_state;
  char *calling;
  char *called;
  char *acting;
  char *target;
  char *cause;
  char *status;
  gboolean on;
  GPtrArray *ends;
} OhCstaDocument;

/**
 * oh_csta_document_parse:
 * @bytes: a body from the network
 * @error: (out) (optional): OH_ERROR_PROTOCOL: no document of ECMA-323, or too big
 *
 * Elements are found by their names, whatever their order and the edition: firmwares differ in
 * both.
 *
 * Returns: (transfer full) (nullable): what it says
 */
OhCstaDocument *oh_csta_document_parse (OhSlice bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_csta_document_free:
 * @self: (nullable) (transfer full): a document
 */
void oh_csta_document_free (OhCstaDocument *self);

/**
 * oh_csta_party:
 * @device: (nullable): a device as a document names it: "sip:bob@pbx.example;user=phone",
 *   "tel:+4930", "N<302118840100>Bob", "440"
 *
 * Returns: (transfer full) (nullable): "bob@pbx.example", the form of the events of a phone
 */
char *oh_csta_party (const char *device);

/**
 * oh_csta_same_device:
 * @a: (nullable): a device
 * @b: (nullable): another
 *
 * The hosts do not count: the phone's address and the registrar's name are the same account.
 *
 * Returns: whether both name the same user
 */
gboolean oh_csta_same_device (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCstaDocument, oh_csta_document_free)

G_END_DECLS
