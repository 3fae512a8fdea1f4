/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/**
 * OhRosterVerdict:
 * @OH_ROSTER_MADE: the server has made the change
 * @OH_ROSTER_CONFLICTS: nothing was changed: what we know of the list is old
 * @OH_ROSTER_REFUSED: nothing was changed, and trying again would not help
 */
typedef enum
{
  OH_ROSTER_MADE,
  OH_ROSTER_CONFLICTS,
  OH_ROSTER_REFUSED,
} OhRosterVerdict;

/**
 * oh_roster_answer_judge:
 * @response: final answer to a change of the contact list
 * @group: (out): number of a group that was added; 0 for none
 * @error: when refused: OH_ERROR_USAGE for a name that is taken, OH_ERROR_UNREACHABLE when it
 *   may be possible later, OH_ERROR_FAILED for a limit and everything else
 *
 * Status, SOAP fault and ms-diagnostics together; [MS-OCER] for the numbers.
 *
 * Returns: what it means
 */
OhRosterVerdict oh_roster_answer_judge (OhSipMessage *response, guint32 *group, GError **error);

G_END_DECLS
