/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhEndCause:
 * @OH_END_NOTHING: nothing was told, or it ended the usual way
 * @OH_END_ELSEWHERE: somebody else, or another device, has taken it
 * @OH_END_GIVEN_UP: the caller gave up
 * @OH_END_NO_ANSWER: nobody answered in time, or nobody is there
 * @OH_END_BUSY: the line is busy
 * @OH_END_DECLINED: the other end does not want it
 * @OH_END_FAILED: it could not be placed
 *
 * Why a call ended.
 */
typedef enum
{
  OH_END_NOTHING,
  OH_END_ELSEWHERE,
  OH_END_GIVEN_UP,
  OH_END_NO_ANSWER,
  OH_END_BUSY,
  OH_END_DECLINED,
  OH_END_FAILED,
} OhEndCause;

/**
 * oh_end_cause_parse:
 * @text: (nullable): a Reason header as the phone repeats it, "SIP;cause=486;text=…" (RFC 3326), or
 *   whatever else a phone writes there; any bytes
 *
 * Takes the status of SIP or, where the text names Q.850, the cause of that; other texts say
 * nothing.
 *
 * Returns: why the call ended
 */
OhEndCause oh_end_cause_parse (const char *text);

G_END_DECLS
