/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware-address.h"

G_BEGIN_DECLS

/**
 * OhFoundKind:
 * @OH_FOUND_UNKNOWN: nobody has said what it is
 * @OH_FOUND_DESK: a desk phone that may be driven
 * @OH_FOUND_DECT: a cordless base or handset: it takes no commands
 * @OH_FOUND_NONE: no phone at all
 *
 * What stands at an address.
 */
typedef enum
{
  OH_FOUND_UNKNOWN,
  OH_FOUND_DESK,
  OH_FOUND_DECT,
  OH_FOUND_NONE,
} OhFoundKind;

/**
 * OhHostAnswer:
 * @kind: what it is
 * @maker: who made it
 * @model: (nullable): "snomD785"
 * @mac: (nullable): twelve upper-case hex digits, as it says itself
 *
 * What one answer of a web server, without a login, says about the device.
 */
typedef struct
{
  OhFoundKind kind;
  OhPhoneMaker maker;
  char *model;
  char *mac;
} OhHostAnswer;

/**
 * oh_host_answer_read:
 * @body: of the answer, any status
 * @server: (nullable): value of the Server header
 * @challenge: (nullable): value of WWW-Authenticate
 *
 * Returns: (transfer full): what it says
 */
OhHostAnswer *oh_host_answer_read (OhSlice body, const char *server, const char *challenge);

/**
 * oh_host_answer_free:
 * @self: (nullable) (transfer full): an answer
 */
void oh_host_answer_free (OhHostAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhHostAnswer, oh_host_answer_free)

/**
 * oh_host_answer_dect:
 * @text: (nullable): a model or the title of a page
 *
 * The cordless line takes no remote control: multicell bases (M300, M400, M700, M900) and the
 * single handsets m3 and m9.
 *
 * Returns: (transfer none) (nullable): its name, "M700"; NULL when it is none of them
 */
const char *oh_host_answer_dect (const char *text);

G_END_DECLS
