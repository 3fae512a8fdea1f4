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
 * oh_event_begins:
 * @kind: a kind of event
 *
 * Returns: whether a call begins with it: the phone tells it once, before all others of the call
 */
gboolean oh_event_begins (OhPhoneEventKind kind);

/**
 * oh_event_is_nameless:
 * @event: an event
 *
 * Returns: whether it says nothing of which call it is about
 */
gboolean oh_event_is_nameless (const OhPhoneEvent *event);

/**
 * oh_event_likeness:
 * @kind: of an event that names no call
 * @state: of a call of the same phone
 * @direction: of the same call
 *
 * The oldest phones know no variables. As many ends as beginnings are told, so that it matters more
 * that each event finds a call than which of two: an end is rather that of a call which is not
 * answered yet, an answer never that of a held one. A beginning is told again only while the call
 * stands at its beginning, or is the late one of a call that was up before its beginning was told.
 *
 * Returns: how likely the event is about that call; 0 when it cannot be
 */
guint oh_event_likeness (OhPhoneEventKind kind, OhCallState state, OhCallDirection direction);

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
