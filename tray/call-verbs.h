/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

G_BEGIN_DECLS

/* Connected, with another one on hold, that is: hold, mute, swap, conference, hand on, transfer. */
#define OH_CALL_VERBS_MAX 8

/**
 * OhCallVerb:
 * @action: (unowned): name of an action of the application; its parameter is the call's id
 * @label: (unowned): translated, with a mnemonic
 * @possible: whether the phone can; otherwise it is shown, and cannot be chosen
 * @weight: 1 for what is good, -1 for what ends something, 0 for the rest
 *
 * Something that can be done with a call.
 */
typedef struct
{
  const char *action;
  const char *label;
  gboolean possible;
  int weight;
} OhCallVerb;

/**
 * oh_call_verbs:
 * @model: what is known
 * @call: a call of it
 * @out: (out caller-allocates) (array length=OH_CALL_VERBS_MAX): what can be done with it, in the
 *   order in which it is shown; the last one ends it, but for a call that rings: there the last one
 *   answers
 *
 * Returns: how many
 */
guint oh_call_verbs (const OhTrayModel *model, const OhTrayCall *call, OhCallVerb *out);

G_END_DECLS
