/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call.h"

G_BEGIN_DECLS

/* What an event means for a call: rules without memory, for phones that repeat themselves, leave
   events out, or cannot name their calls. */

/**
 * oh_event_state:
 * @kind: a kind of event
 * @out: (out): the state it leads a call to; untouched on FALSE
 *
 * Returns: FALSE for a kind that is not about one call
 */
gboolean oh_event_state (OhPhoneEventKind kind, OhCallState *out);

/**
 * oh_event_is_nameless:
 * @event: an event
 *
 * Returns: whether it says nothing of which call it is about
 */
gboolean oh_event_is_nameless (const OhPhoneEvent *event);

/**
 * oh_call_is_expected:
 * @call: a call of the event's phone
 * @event: an event
 *
 * Returns: whether @call is one that we dialled, of which the phone has not told yet, and @event
 *   can be about it. Where the beginning was lost, the number has to be the one dialled.
 */
gboolean oh_call_is_expected (OhCall *call, const OhPhoneEvent *event);

/**
 * oh_call_has_followed:
 * @call: a call that @event matches
 * @event: an event
 *
 * Returns: whether @event is rather about a new call of the same parties, right after @call, than
 *   about @call, which is over
 */
gboolean oh_call_has_followed (OhCall *call, const OhPhoneEvent *event);

G_END_DECLS
