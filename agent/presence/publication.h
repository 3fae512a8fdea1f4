/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "presence.h"
#include "subscription.h"

G_BEGIN_DECLS

/**
 * OhPublicationIdentity:
 * @uri: our own address, "sip:alice@example.org"; "sip:" may be missing
 * @gruu: (nullable): the GRUU of the registration, or NULL: then numbers are made of @endpoint_id
 * @endpoint_id: our instance id, a UUID without "urn:uuid:"
 * @machine_name: (nullable): this computer's name, shown to the user's other clients
 * @line: (nullable): the user's TEL URI where the settings know it; else what the server says
 *
 * Who publishes. All strings are copied.
 */
typedef struct
{
  const char *uri;
  const char *gruu;
  const char *endpoint_id;
  const char *machine_name;
  const char *line;
} OhPublicationIdentity;

/**
 * OhPhoneUse:
 * @OH_PHONE_IDLE: no call is up
 * @OH_PHONE_CALL: in a call with one party (also while it rings at the far end)
 * @OH_PHONE_CONFERENCE: in a call with several
 */
typedef enum
{
  OH_PHONE_IDLE,
  OH_PHONE_CALL,
  OH_PHONE_CONFERENCE,
} OhPhoneUse;

/**
 * OhMachineUse:
 * @OH_MACHINE_ACTIVE: somebody works here, or it is not known that nobody does
 * @OH_MACHINE_IDLE: nobody has touched it for a while
 * @OH_MACHINE_AWAY: for a long while, or the screen is locked
 */
typedef enum
{
  OH_MACHINE_ACTIVE,
  OH_MACHINE_IDLE,
  OH_MACHINE_AWAY,
} OhMachineUse;

/* Characters of a note; the user's other clients stop there, too. */
#define OH_PUBLICATION_NOTE_MAX 500
/* How long a choice waits for what the server has made of it, after it was accepted: a notification
 * may be lost, and the user is waiting. */
#define OH_PUBLICATION_WORD_LIMIT_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)

/**
 * OhPublication:
 *
 * What others see of us: that we are on the phone, and what the user has chosen. Learns the
 * versions of our publications from the server, sends one request at a time with the newest state
 * of each, corrects itself after a conflict, and brings everything back after a reconnect.
 *
 * Property "own-presence" (OhPresence, notifies): how others see us, as the server says it, never
 * as we hope it.
 */
#define OH_TYPE_PUBLICATION (oh_publication_get_type ())
G_DECLARE_FINAL_TYPE (OhPublication, oh_publication, OH, PUBLICATION, GObject)

/**
 * oh_publication_new:
 * @clock: time
 * @subscription: where our own publications are read back
 *
 * Returns: (transfer full): a publication that is not started
 */
OhPublication *oh_publication_new (OhClock *clock, OhSubscription *subscription);

/**
 * oh_publication_start:
 * @self: a publication, started or not
 * @stack: the connection's stack, signed in
 * @identity: who publishes; copied
 *
 * To be called each time the registration goes online, before or after oh_subscription_start().
 * Publishes when the first list of our own publications has arrived. What was set before (a call
 * that is up) is published then.
 */
void oh_publication_start (OhPublication *self, OhSipStack *stack,
                           const OhPublicationIdentity *identity);

/**
 * oh_publication_stop:
 * @self: a publication, started or not
 *
 * To be called when the connection is lost: nothing is sent, own-presence becomes unknown, the use
 * of the phones is kept for the next start. Requests of oh_publication_choose_async() that are
 * under way end with OH_ERROR_NOT_SIGNED_IN.
 */
void oh_publication_stop (OhPublication *self);

/**
 * oh_publication_withdraw_async:
 * @self: a publication
 * @cancellable: (nullable): to give up waiting
 * @callback: called when the server has answered, or after a second at the latest
 * @user_data: for @callback
 *
 * To be called before de-registration: deletes the phone state so that nobody sees a call that no
 * longer reaches us, then stops. Done at once when nothing is published.
 */
void oh_publication_withdraw_async (OhPublication *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_publication_withdraw_finish:
 * @self: a publication
 * @result: from the callback
 * @error: (out) (optional): OH_ERROR_OUTCOME_UNKNOWN when the server did not answer in time
 *
 * Returns: whether the server confirmed; signing out goes on either way
 */
gboolean oh_publication_withdraw_finish (OhPublication *self, GAsyncResult *result, GError **error);

/**
 * oh_publication_set_on_phone:
 * @self: a publication, started or not
 * @use: what the phones are doing
 *
 * "On" is published at once, "off" after a second and a half: call waiting and transfers pass
 * through idle for a moment.
 */
void oh_publication_set_on_phone (OhPublication *self, OhPhoneUse use);

/**
 * oh_publication_set_machine:
 * @self: a publication, started or not
 * @use: what is known of this computer
 *
 * Shown only while we are the user's only client: beside another one, which has the user's
 * messages and calls, this computer counts as away, so that it never makes the user look available.
 * What the user has chosen by hand stays.
 */
void oh_publication_set_machine (OhPublication *self, OhMachineUse use);

/**
 * OhPublicationChoice:
 * @OH_PUBLICATION_KEEP: leave the presence as it is, only the note changes
 * @OH_PUBLICATION_RESET: take the choice back: presence follows machine, calls and calendar again
 * @OH_PUBLICATION_CHOOSE: be seen as chosen
 */
typedef enum
{
  OH_PUBLICATION_KEEP,
  OH_PUBLICATION_RESET,
  OH_PUBLICATION_CHOOSE,
} OhPublicationChoice;

/**
 * oh_publication_choose_async:
 * @self: a publication
 * @what: what to do with the presence
 * @availability: with OH_PUBLICATION_CHOOSE: available, busy, dnd, brb, away or off-work
 * @note: (nullable): the new note, "" removes it; NULL leaves it as it is
 * @cancellable: (nullable): looked at when the server has answered
 * @callback: called when the server has accepted it and said how the user is seen now, or after
 *   OH_PUBLICATION_WORD_LIMIT_US where it does not say; own-presence is what it said
 * @user_data: for @callback
 *
 * The user says how they want to be seen, until they say otherwise, at all their clients.
 */
void oh_publication_choose_async (OhPublication *self, OhPublicationChoice what,
                                  OhAvailability availability, const char *note,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * oh_publication_choose_finish:
 * @self: a publication
 * @result: from the callback
 * @error: (out) (optional): OH_ERROR_NOT_SIGNED_IN; OH_ERROR_USAGE for a choice nobody can make
 *   or a note of more than OH_PUBLICATION_NOTE_MAX characters;
 *   OH_ERROR_CONFLICT; OH_ERROR_UNREACHABLE: it is tried again; OH_ERROR_FAILED with the server's
 *   words
 *
 * Returns: whether the server accepted it
 */
gboolean oh_publication_choose_finish (OhPublication *self, GAsyncResult *result, GError **error);

/**
 * oh_publication_set_dnd_async:
 * @self: a publication
 * @dnd: whether the user is not to be disturbed
 * @callback: as oh_publication_choose_async()
 * @user_data: for @callback
 *
 * For what switches "do not disturb" on and off beside the user's choice, such as a phone: on for a
 * day at most, above the choice; off brings back what was before.
 */
void oh_publication_set_dnd_async (OhPublication *self, gboolean dnd, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * oh_publication_set_dnd_finish:
 * @self: a publication
 * @result: from the callback
 * @out_told: (out): whether the server has said how the user is seen now: own-presence is that
 * @error: (out) (optional): as oh_publication_choose_finish()
 *
 * Returns: whether the server accepted it
 */
gboolean oh_publication_set_dnd_finish (OhPublication *self, GAsyncResult *result,
                                        gboolean *out_told, GError **error);

/**
 * oh_publication_own_presence:
 * @self: a publication
 *
 * Returns: (transfer none): how others see us; unknown while not signed in
 */
OhPresence *oh_publication_own_presence (OhPublication *self);

G_END_DECLS
