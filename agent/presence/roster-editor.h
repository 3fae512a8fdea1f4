/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "roster-edit.h"

G_BEGIN_DECLS

typedef struct _OhSipStack OhSipStack;

/* Edits that wait; a user who drags a whole group makes some dozens. */
#define OH_ROSTER_QUEUE_MAX 256u
/* How long the notification of a change may take after the answer that it was made. */
#define OH_ROSTER_TOLD_LIMIT_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* How long edits wait for the complete list. */
#define OH_ROSTER_LIST_LIMIT_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)
/* Times that one edit is sent: once more after a conflict. */
#define OH_ROSTER_TRIES_MAX 2u

/**
 * OhRosterState:
 * @OH_ROSTER_OFF: not signed in
 * @OH_ROSTER_LISTING: the complete list is awaited; nothing is sent
 * @OH_ROSTER_IDLE: nothing under way
 * @OH_ROSTER_SENDING: a request is under way
 * @OH_ROSTER_TELLING: the server has made the change and not yet told of it
 */
typedef enum
{
  OH_ROSTER_OFF,
  OH_ROSTER_LISTING,
  OH_ROSTER_IDLE,
  OH_ROSTER_SENDING,
  OH_ROSTER_TELLING,
  OH_ROSTER_N_STATES,
} OhRosterState;

/**
 * OhRosterRenewFunc:
 * @user_data: what was given with the function
 *
 * Asks the server for the complete list again.
 */
typedef void (*OhRosterRenewFunc) (gpointer user_data);

/**
 * OhRosterEditor:
 *
 * Changes the contact list at the server: one request at a time, each naming the number of the list
 * that it changes. When somebody else was quicker the list is read again and the edit is made once
 * more for the list as it then is. An edit is done when the server has told of the change, so
 * whoever waited sees it in the list.
 */
#define OH_TYPE_ROSTER_EDITOR (oh_roster_editor_get_type ())
G_DECLARE_FINAL_TYPE (OhRosterEditor, oh_roster_editor, OH, ROSTER_EDITOR, GObject)

/**
 * oh_roster_editor_new:
 * @clock: time
 * @contacts: the list, as the server tells it
 * @renew: asks for all of it
 * @user_data: for @renew; borrowed
 *
 * Returns: (transfer full): an editor, off
 */
OhRosterEditor *oh_roster_editor_new (OhClock *clock, OhContacts *contacts, OhRosterRenewFunc renew,
                                      gpointer user_data);

/**
 * oh_roster_editor_start:
 * @self: an editor
 * @stack: where to send
 * @uri: our own address, with "sip:"
 *
 * Signed in, the list is about to come.
 */
void oh_roster_editor_start (OhRosterEditor *self, OhSipStack *stack, const char *uri);

/**
 * oh_roster_editor_stop:
 * @self: an editor
 *
 * Not signed in any more: all edits fail with OH_ERROR_NOT_SIGNED_IN.
 */
void oh_roster_editor_stop (OhRosterEditor *self);

/**
 * oh_roster_editor_set_elsewhere:
 * @self: an editor
 * @elsewhere: the list is kept in Exchange: this server changes nothing
 */
void oh_roster_editor_set_elsewhere (OhRosterEditor *self, gboolean elsewhere);

/**
 * oh_roster_editor_edit_async:
 * @self: an editor
 * @edit: what is wanted; copied
 * @callback: called when it was done or cannot be
 * @user_data: for @callback
 */
void oh_roster_editor_edit_async (OhRosterEditor *self, const OhRosterEdit *edit,
                                  GAsyncReadyCallback callback, gpointer user_data);

/**
 * OhRosterOutcome:
 * @group: number of a group that was added; 0 where the server has not said
 * @name: (nullable): of who was removed: what the user called the person
 * @groups: (nullable): of who was removed: names of the groups
 *
 * What came of an edit. With @name and @groups, adding the person brings back all of it.
 */
typedef struct
{
  guint32 group;
  char *name;
  GStrv groups;
} OhRosterOutcome;

/**
 * oh_roster_editor_edit_finish:
 * @self: an editor
 * @result: of oh_roster_editor_edit_async()
 * @error: OH_ERROR_USAGE: there is no such person, group, or name; OH_ERROR_NOT_SIGNED_IN;
 *   OH_ERROR_CONFLICT: changed elsewhere all the time; OH_ERROR_UNREACHABLE; OH_ERROR_FAILED: a
 *   limit is reached, the list is in Exchange, or the server refused; the message says which
 *
 * Returns: (transfer full) (nullable): what came of it
 */
OhRosterOutcome *oh_roster_editor_edit_finish (OhRosterEditor *self, GAsyncResult *result,
                                               GError **error);

/**
 * oh_roster_outcome_free:
 * @self: (nullable) (transfer full): an outcome
 */
void oh_roster_outcome_free (OhRosterOutcome *self);

/**
 * oh_roster_editor_state:
 * @self: an editor
 *
 * Returns: its state
 */
OhRosterState oh_roster_editor_state (OhRosterEditor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRosterOutcome, oh_roster_outcome_free)

G_END_DECLS
