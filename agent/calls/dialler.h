/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call-list.h"
#include "phone-choice.h"

G_BEGIN_DECLS

/**
 * OhConfirmLinks:
 * @OH_CONFIRM_LINKS_ALWAYS: ask for every link
 * @OH_CONFIRM_LINKS_UNKNOWN: do not ask when the number is a contact's
 * @OH_CONFIRM_LINKS_NEVER: do not ask, but for what always asks
 *
 * The setting "confirm-links".
 */
typedef enum
{
  OH_CONFIRM_LINKS_ALWAYS,
  OH_CONFIRM_LINKS_UNKNOWN,
  OH_CONFIRM_LINKS_NEVER,
} OhConfirmLinks;

/**
 * OhDialPolicy:
 * @OH_DIAL_TRANSFER: hand a call to somebody else
 * @OH_DIAL_FORWARD: have calls sent on
 *
 * What the user's server may forbid; what it says nothing of is allowed.
 */
typedef enum
{
  OH_DIAL_TRANSFER = 1 << 0,
  OH_DIAL_FORWARD = 1 << 1,
} OhDialPolicy;

/**
 * OhDialler:
 *
 * From a text to a ringing phone: number, permission, choice of the phone, one request, and the
 * wait for the event that alone says whether it was dialled. Also takes the commands for calls
 * that are up.
 */
#define OH_TYPE_DIALLER (oh_dialler_get_type ())
G_DECLARE_FINAL_TYPE (OhDialler, oh_dialler, OH, DIALLER, GObject)

/**
 * oh_dialler_new:
 * @calls: where calls live; the dialler gives it its plan and its phones
 * @clock: (nullable): for tests; the system's clock otherwise
 *
 * Returns: (transfer full): a dialler without phones
 */
OhDialler *oh_dialler_new (OhCallList *calls, OhClock *clock);

/**
 * oh_dialler_set_plan:
 * @self: a dialler
 * @plan: how numbers are written and dialled here; copied, also for the call list
 */
void oh_dialler_set_plan (OhDialler *self, const OhDialPlan *plan);

/**
 * oh_dialler_set_facts:
 * @self: a dialler
 * @facts: (nullable): who knows the world's numbering plans: what is shown and asked, never what is
 *   dialled; goes into every plan that is set from now on
 */
void oh_dialler_set_facts (OhDialler *self, OhNumberFactsFunc facts);

/**
 * oh_dialler_set_confirm_links:
 * @self: a dialler
 * @confirm: when a link asks
 */
void oh_dialler_set_confirm_links (OhDialler *self, OhConfirmLinks confirm);

/**
 * oh_dialler_set_name_lookup:
 * @self: a dialler
 * @lookup: (nullable): who knows names; also for the call list
 * @user_data: for @lookup, must live as long as the dialler and the call list
 */
void oh_dialler_set_name_lookup (OhDialler *self, OhNameLookup lookup, gpointer user_data);

/**
 * oh_dialler_set_screen_locked:
 * @self: a dialler
 * @locked: while TRUE nothing is dialled or answered
 */
void oh_dialler_set_screen_locked (OhDialler *self, gboolean locked);

/**
 * oh_dialler_set_choice:
 * @self: a dialler
 * @rule: which of several phones dials where none is named
 * @default_phone: (nullable): id of the default phone; NULL for the first one
 */
void oh_dialler_set_choice (OhDialler *self, OhPhoneRule rule, const char *default_phone);

/**
 * oh_dialler_set_denied:
 * @self: a dialler
 * @denied: what the server does not let this user do
 */
void oh_dialler_set_denied (OhDialler *self, OhDialPolicy denied);

/**
 * oh_dialler_add_phone:
 * @self: a dialler
 * @phone: can be dialled with from now on; the first one is the default; the call list follows it
 */
void oh_dialler_add_phone (OhDialler *self, OhPhone *phone);

/**
 * oh_dialler_remove_phone:
 * @self: a dialler
 * @phone: no longer
 */
void oh_dialler_remove_phone (OhDialler *self, OhPhone *phone);

/**
 * oh_dialler_parse:
 * @self: a dialler
 * @text: what was typed, or a link
 * @source: who wrote it
 * @error: (nullable): OH_ERROR_BAD_NUMBER
 *
 * Returns: (transfer full) (nullable): the number by the present plan
 */
OhNumber *oh_dialler_parse (OhDialler *self, const char *text, OhNumberSource source,
                            GError **error);

/**
 * oh_dialler_expect:
 * @self: a dialler
 *
 * Somebody looks at a number and is likely to dial it: the phone that would be chosen makes ready,
 * see oh_phone_expect().
 */
void oh_dialler_expect (OhDialler *self);

/**
 * oh_dialler_must_confirm:
 * @self: a dialler
 * @number: a number
 * @source: where it comes from
 *
 * Returns: whether the user has to be asked before it is dialled
 */
gboolean oh_dialler_must_confirm (OhDialler *self, const OhNumber *number, OhNumberSource source);

/**
 * OhDialRequest:
 * @text: what was typed, or a link
 * @source: who wrote it
 * @confirmed: the user was shown the number and said yes
 * @is_private: the user wants no trace of the call
 * @phone_id: (nullable): which phone; NULL for the first that is ready
 * @identity: (nullable): which account of the phone to call from; NULL for the phone's own choice
 *
 * Borrowed for the call.
 */
typedef struct
{
  const char *text;
  OhNumberSource source;
  gboolean confirmed;
  gboolean is_private;
  const char *phone_id;
  const char *identity;
} OhDialRequest;

/**
 * oh_dialler_dial_async:
 * @self: a dialler
 * @request: what to dial
 * @cancellable: (nullable): stops waiting; what has left has left
 * @callback: called once
 * @user_data: for @callback
 *
 * Dials, once. Ends when the phone has told that it places the call, or three seconds after it
 * took the request. Tones behind the number are sent when the phone tells that the call is
 * connected; a phone that does not tell is not asked to dial such a number.
 */
void oh_dialler_dial_async (OhDialler *self, const OhDialRequest *request,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * oh_dialler_dial_finish:
 * @self: a dialler
 * @result: from the callback
 * @out_outcome: (out) (optional): CONFIRMED: the phone places the call; SENT: the phone took the
 *   request and tells no events
 * @error: (nullable): nothing was dialled: OH_ERROR_BAD_NUMBER, OH_ERROR_CONFIRM,
 *   OH_ERROR_LOCKED, OH_ERROR_NO_PHONE, OH_ERROR_BUSY, and those of oh_phone_send_finish();
 *   OH_ERROR_OUTCOME_UNKNOWN: it left, and the event that should follow did not
 *
 * Returns: (transfer full) (nullable): the call
 */
OhCall *oh_dialler_dial_finish (OhDialler *self, GAsyncResult *result, OhPhoneOutcome *out_outcome,
                                GError **error);

/**
 * OhCallRequest:
 * @verb: anything but DIAL
 * @call_id: (nullable): which call; NULL for the one that the verb can be meant for
 * @text: (nullable): DTMF: the tones; TRANSFER: to whom, what was typed or a link
 * @source: TRANSFER: who wrote @text
 * @confirmed: TRANSFER: the user was shown the number and said yes
 * @device: ANSWER: on what
 *
 * Borrowed for the call.
 */
typedef struct
{
  OhPhoneVerb verb;
  const char *call_id;
  const char *text;
  OhNumberSource source;
  gboolean confirmed;
  OhPhoneDevice device;
} OhCallRequest;

/**
 * oh_dialler_request_async:
 * @self: a dialler
 * @request: what to do with which call
 * @cancellable: (nullable): takes it back while it has not left
 * @callback: called once
 * @user_data: for @callback
 *
 * Sends a command for a call that is up, and waits up to two seconds for its event. HANG_UP of a
 * call that rings here rejects it; HANG_UP of a call whose dial request has not left takes that
 * back, and no key is pressed. SWAP, TRANSFER_COMPLETE and JOIN need a second call, held at the
 * same phone. Where the phone still shows that ANSWER or HANG_UP had no effect, its second choice
 * is tried, once.
 */
void oh_dialler_request_async (OhDialler *self, const OhCallRequest *request,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * oh_dialler_command_async:
 * @self: a dialler
 * @verb: anything but DIAL
 * @call_id: (nullable): which call; NULL for the one that the verb can be meant for
 * @digits: (nullable): for DTMF
 * @cancellable: (nullable): stops waiting
 * @callback: called once
 * @user_data: for @callback
 *
 * As oh_dialler_request_async() with nothing else to say.
 */
void oh_dialler_command_async (OhDialler *self, OhPhoneVerb verb, const char *call_id,
                               const char *digits, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_dialler_hang_up_all_async:
 * @self: a dialler
 * @phone_id: which phone
 * @cancellable: (nullable): takes it back while it has not left
 * @callback: called once; finish with oh_dialler_command_finish()
 * @user_data: for @callback
 *
 * Ends every call of a phone. Without one it is done at once: OH_ERROR_NO_CALL.
 */
void oh_dialler_hang_up_all_async (OhDialler *self, const char *phone_id, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_dialler_command_finish:
 * @self: a dialler
 * @result: from the callback
 * @error: (nullable): OH_ERROR_NO_CALL, OH_ERROR_USAGE, OH_ERROR_LOCKED, those of
 *   oh_phone_send_finish(), OH_ERROR_OUTCOME_UNKNOWN
 *
 * Returns: CONFIRMED or SENT; OH_PHONE_OUTCOME_FAILED with @error
 */
OhPhoneOutcome oh_dialler_command_finish (OhDialler *self, GAsyncResult *result, GError **error);

/**
 * oh_dialler_consult_async:
 * @self: a dialler
 * @call_id: (nullable): the call that is to be handed on; NULL for the one that is up
 * @request: whom to ask first; its phone is that of the call
 * @cancellable: (nullable): stops waiting
 * @callback: called once
 * @user_data: for @callback
 *
 * Begins an attended transfer: holds the call and dials. TRANSFER_COMPLETE joins the two, HANG_UP
 * of the new one and RESUME of the old one take it back.
 */
void oh_dialler_consult_async (OhDialler *self, const char *call_id, const OhDialRequest *request,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * oh_dialler_consult_finish:
 * @self: a dialler
 * @result: from the callback
 * @error: (nullable): those of oh_dialler_dial_finish(), OH_ERROR_NO_CALL, OH_ERROR_SETTINGS
 *
 * Returns: (transfer full) (nullable): the new call
 */
OhCall *oh_dialler_consult_finish (OhDialler *self, GAsyncResult *result, GError **error);

/**
 * OhPhoneRequest:
 * @verb: one that is for the phone, not for a call: DND, FORWARD, LOCK, VOLUME, identity, REBOOT
 * @phone_id: which phone
 * @text: (nullable): FORWARD: to whom; SELECT_IDENTITY: which account
 * @source: FORWARD: who wrote @text
 * @confirmed: FORWARD: the user was shown the number and said yes; REBOOT: and knows that calls end
 * @after_s: FORWARD_NO_ANSWER: seconds; 0 for what the phone has
 *
 * Borrowed for the call.
 */
typedef struct
{
  OhPhoneVerb verb;
  const char *phone_id;
  const char *text;
  OhNumberSource source;
  gboolean confirmed;
  guint after_s;
} OhPhoneRequest;

/**
 * oh_dialler_set_phone_async:
 * @self: a dialler
 * @request: what to set
 * @cancellable: (nullable): takes it back while it has not left
 * @callback: called once
 * @user_data: for @callback
 *
 * Sets something at a phone and returns when the phone shows it.
 */
void oh_dialler_set_phone_async (OhDialler *self, const OhPhoneRequest *request,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * oh_dialler_set_phone_finish:
 * @self: a dialler
 * @result: from the callback
 * @error: (nullable): OH_ERROR_NO_PHONE, OH_ERROR_CONFIRM, OH_ERROR_BAD_NUMBER, OH_ERROR_LOCKED,
 *   OH_ERROR_SETTINGS, OH_ERROR_OUTCOME_UNKNOWN, and those of oh_phone_send_finish()
 *
 * Returns: CONFIRMED or SENT; OH_PHONE_OUTCOME_FAILED with @error
 */
OhPhoneOutcome oh_dialler_set_phone_finish (OhDialler *self, GAsyncResult *result, GError **error);

G_END_DECLS
