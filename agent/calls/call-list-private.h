/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of OhCallList, in two files: call-list.c keeps the calls, call-list-events.c makes
   them of what the phones tell. Nobody else includes this. */

#include "call-list.h"
#include "call-wait.h"
#include "closed-calls.h"
#include "party-book.h"

G_BEGIN_DECLS

/**
 * OhCallEntry:
 * @list: (unowned): where it stands
 * @call: (owned): the call
 * @notify_id: handler at @call
 * @wait: its alarm clock
 * @on_handset: the handset was off at some time since it began
 *
 * A call in the list.
 */
typedef struct
{
  OhCallList *list;
  OhCall *call;
  gulong notify_id;
  OhCallWait wait;
  gboolean on_handset;
} OhCallEntry;

/**
 * OhCallLine:
 * @phone: (owned): whose events are followed
 * @event_id: handler at @phone
 * @state_id: handler at @phone
 * @off_hook: its handset is off
 *
 * A phone of the list.
 */
typedef struct
{
  OhPhone *phone;
  gulong event_id;
  gulong state_id;
  gboolean off_hook;
} OhCallLine;

struct _OhCallList
{
  GObject parent_instance;

  OhClock *clock;
  OhPartyBook *parties;
  GPtrArray *entries; /* OhCallEntry, oldest first */
  GPtrArray *lines;   /* OhCallLine */
  OhClosedCalls *closed;
  gboolean busy;
};

/**
 * oh_call_list_line:
 * @self: a list
 * @phone: a phone
 *
 * Returns: (transfer none) (nullable): its line
 */
OhCallLine *oh_call_list_line (OhCallList *self, OhPhone *phone);

/**
 * oh_call_list_add_call:
 * @self: a list
 * @call: a new call
 *
 * Returns: (transfer none): its place; gone at once where somebody who heard of it ended it
 */
OhCallEntry *oh_call_list_add_call (OhCallList *self, OhCall *call);

/**
 * oh_call_list_end_unknown:
 * @self: a list
 * @phone: a phone
 *
 * A new call at the phone shows that one of which nothing was known is over.
 */
void oh_call_list_end_unknown (OhCallList *self, OhPhone *phone);

/**
 * oh_call_entry_is_up:
 * @state: of a call
 *
 * Returns: whether the call is neither ended nor unknown
 */
gboolean oh_call_entry_is_up (OhCallState state);

/**
 * oh_call_entry_move:
 * @entry: a call in its list; may be gone afterwards
 * @to: the new state; what the table of legal moves forbids is ignored
 */
void oh_call_entry_move (OhCallEntry *entry, OhCallState to);

/**
 * oh_call_entry_remove:
 * @entry: (transfer full): takes the call out of its list
 */
void oh_call_entry_remove (OhCallEntry *entry);

G_END_DECLS
