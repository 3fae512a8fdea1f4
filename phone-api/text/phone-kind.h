/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/**
 * OhPhoneKind:
 * @OH_PHONE_KIND_UNKNOWN: nothing that is known
 * @OH_PHONE_KIND_SNOM: snom's classic web server, which takes commands
 * @OH_PHONE_KIND_SNOM_D8XX: the generation that takes commands by uaCSTA only
 * @OH_PHONE_KIND_SNOM_DECT: a base of the M-series; nothing drives it
 * @OH_PHONE_KIND_SNOM_OTHER: snom's name on another maker's phone; nothing drives it
 * @OH_PHONE_KIND_YEALINK: takes Yealink's action URIs
 *
 * What answers at an address, as far as it matters for who can drive it.
 */
typedef enum
{
  OH_PHONE_KIND_UNKNOWN,
  OH_PHONE_KIND_SNOM,
  OH_PHONE_KIND_SNOM_D8XX,
  OH_PHONE_KIND_SNOM_DECT,
  OH_PHONE_KIND_SNOM_OTHER,
  OH_PHONE_KIND_YEALINK,
  OH_N_PHONE_KINDS,
} OhPhoneKind;

/**
 * OhPhoneAnswer:
 * @server: (nullable): value of the Server header
 * @challenge: (nullable): value of WWW-Authenticate
 * @location: (nullable): value of Location
 * @body: the page, any kind of it, may be cut
 *
 * What came back from asking for a page, with or without a login.
 */
typedef struct
{
  const char *server;
  const char *challenge;
  const char *location;
  OhSlice body;
} OhPhoneAnswer;

/**
 * oh_phone_kind_of:
 * @answer: any answer of the device, of any status
 *
 * Looks at the names that web servers give themselves before looking at the page, because a page's
 * title can be changed by the user and a refusal has no page worth reading.
 *
 * Returns: what it comes from
 */
OhPhoneKind oh_phone_kind_of (const OhPhoneAnswer *answer);

/**
 * oh_phone_kind_of_model:
 * @model: (nullable): what the phone says its model is
 *
 * Returns: what that is; UNKNOWN where the name is none of ours
 */
OhPhoneKind oh_phone_kind_of_model (const char *model);

/**
 * oh_phone_kind_word:
 * @kind: a kind
 *
 * Returns: (transfer none): its stable word, for example "snom-d8xx"
 */
const char *oh_phone_kind_word (OhPhoneKind kind);

G_END_DECLS
