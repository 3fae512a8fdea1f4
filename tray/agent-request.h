/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "parsed-number.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the tray asks of the agent. Each request stands for itself: it starts the agent where it is
 * not running, is sent once and never repeated. */

/**
 * OhAgentVerb:
 * @OH_AGENT_SIGN_IN: no argument
 * @OH_AGENT_SIGN_OUT: no argument
 * @OH_AGENT_SET_PRESENCE: availability word, or "reset"
 * @OH_AGENT_SET_NOTE: the note beside it, "" for none
 * @OH_AGENT_ANSWER: a call's id
 * @OH_AGENT_REJECT: a call's id
 * @OH_AGENT_HANG_UP: a call's id
 * @OH_AGENT_HOLD: a call's id
 * @OH_AGENT_RESUME: a call's id
 *
 * What can be asked of it that gives no answer but "done" or an error.
 */
typedef enum
{
  OH_AGENT_SIGN_IN,
  OH_AGENT_SIGN_OUT,
  OH_AGENT_SET_PRESENCE,
  OH_AGENT_SET_NOTE,
  OH_AGENT_ANSWER,
  OH_AGENT_REJECT,
  OH_AGENT_HANG_UP,
  OH_AGENT_HOLD,
  OH_AGENT_RESUME,
} OhAgentVerb;

/**
 * oh_agent_request_async:
 * @verb: what to do
 * @argument: (nullable): as the verb says
 * @cancellable: (nullable): to stop waiting; what was asked may happen all the same
 * @callback: called when it is done; its source object is NULL
 * @user_data: for @callback
 */
void oh_agent_request_async (OhAgentVerb verb, const char *argument, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_agent_request_finish:
 * @result: of oh_agent_request_async()
 * @error: OH_ERROR_*, ready to be shown
 *
 * Returns: whether it was done
 */
gboolean oh_agent_request_finish (GAsyncResult *result, GError **error);

/**
 * oh_agent_request_parse_async:
 * @text: a number as somebody wrote it, or a link; valid UTF-8
 * @source: "user", "contact" or "link"
 * @cancellable: (nullable): to stop waiting
 * @callback: called with the answer; its source object is NULL
 * @user_data: for @callback
 */
void oh_agent_request_parse_async (const char *text, const char *source, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_agent_request_parse_finish:
 * @result: of oh_agent_request_parse_async()
 * @error: OH_ERROR_BAD_NUMBER with the reason, or why the agent could not be asked
 *
 * Returns: (transfer full) (nullable): the number
 */
OhParsedNumber *oh_agent_request_parse_finish (GAsyncResult *result, GError **error);

/**
 * oh_agent_request_dial_async:
 * @text: as for oh_agent_request_parse_async()
 * @source: likewise
 * @phone: (nullable): id of the phone; NULL for the one that fits
 * @confirmed: the user has seen the number and said yes
 * @is_private: the call list is to keep nothing of it
 * @cancellable: (nullable): to stop waiting; the phone may dial all the same
 * @callback: called when the phone has reported the call, or an error is known; its source object
 *   is NULL
 * @user_data: for @callback
 */
void oh_agent_request_dial_async (const char *text, const char *source, const char *phone,
                                  gboolean confirmed, gboolean is_private,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * oh_agent_request_dial_finish:
 * @result: of oh_agent_request_dial_async()
 * @error: OH_ERROR_*, ready to be shown
 *
 * Returns: whether the phone dials
 */
gboolean oh_agent_request_dial_finish (GAsyncResult *result, GError **error);

/**
 * oh_agent_request_store_password_async:
 * @kind: "sign-in" or "phone"
 * @id: "" for sign-in, the phone's id for phone
 * @password: the password; wiped here once it is sent, the caller wipes its own copy
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it is stored; its source object is NULL
 * @user_data: for @callback
 */
void oh_agent_request_store_password_async (const char *kind, const char *id, const char *password,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);

/**
 * oh_agent_request_store_password_finish:
 * @result: of oh_agent_request_store_password_async()
 * @error: OH_ERROR_*, ready to be shown
 *
 * Returns: whether it is in the keyring
 */
gboolean oh_agent_request_store_password_finish (GAsyncResult *result, GError **error);

/**
 * oh_agent_request_add_phone_async:
 * @host: "host", "host:port" or "https://host[:port]"
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it is in the settings; its source object is NULL
 * @user_data: for @callback
 */
void oh_agent_request_add_phone_async (const char *host, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_agent_request_add_phone_finish:
 * @result: of oh_agent_request_add_phone_async()
 * @error: OH_ERROR_*, ready to be shown
 *
 * Returns: (transfer full) (nullable): the new phone's id
 */
char *oh_agent_request_add_phone_finish (GAsyncResult *result, GError **error);

/**
 * oh_agent_request_trust_async:
 * @id: a phone's id
 * @fingerprint: of the certificate that the user has compared
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it is trusted; its source object is NULL
 * @user_data: for @callback
 */
void oh_agent_request_trust_async (const char *id, const char *fingerprint,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * oh_agent_request_trust_finish:
 * @result: of oh_agent_request_trust_async()
 * @error: OH_ERROR_*, ready to be shown
 *
 * Returns: whether it is trusted
 */
gboolean oh_agent_request_trust_finish (GAsyncResult *result, GError **error);

G_END_DECLS
