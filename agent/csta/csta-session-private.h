/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csta-session.h"

G_BEGIN_DECLS

/* Shared by the two files of OhCstaSession: the dialog, and what is asked in it. */

typedef enum
{
  OH_CSTA_SESSION_IDLE,
  OH_CSTA_SESSION_INVITING,
  OH_CSTA_SESSION_OPEN,
  OH_CSTA_SESSION_CLOSED,
  OH_N_CSTA_SESSION_STATES,
} OhCstaSessionState;

struct _OhCstaSession
{
  GObject parent;

  OhClock *clock;
  char *peer;
  OhSipStack *stack;
  OhSipTransport *transport; /* (owned) (nullable) */
  OhSipDialog *dialog;       /* (owned) (nullable) */
  OhCstaSessionState state;
  OhCstaEdition edition; /* the phone's, as far as it is known */
  char *uri;
  char *product;  /* (nullable) */
  GTask *opening; /* (owned) (nullable) */
  guint expires_s;
  gboolean asked_longer; /* 422 was answered: once is enough */
  guint refresh_alarm;   /* our re-INVITE, or the end of our patience for theirs */

  GQueue waiting; /* (element-type GTask): requests in their order */
  GTask *current; /* (owned) (nullable): the one that left, or is about to */
  gboolean left;  /* @current is on the wire */
  guint limit_alarm;
  guint heartbeat_alarm;
};

/**
 * oh_csta_session_lose:
 * @self: a session
 * @why: what to tell
 *
 * The dialog is gone: nothing will be answered any more.
 */
void oh_csta_session_lose (OhCstaSession *self, const GError *why);

/**
 * oh_csta_session_status_error:
 * @self: a session
 * @response: a final response other than 2xx
 *
 * Returns: (transfer full): what it means
 */
GError *oh_csta_session_status_error (OhCstaSession *self, const OhSipMessage *response);

/**
 * oh_csta_session_begin_requests:
 * @self: a session that has just been opened
 */
void oh_csta_session_begin_requests (OhCstaSession *self);

/**
 * oh_csta_session_take_answer:
 * @self: a session
 * @document: (transfer full): RESPONSE or REFUSAL, from an INFO of the phone's own
 */
void oh_csta_session_take_answer (OhCstaSession *self, OhCstaDocument *document);

/**
 * oh_csta_session_fail_requests:
 * @self: a session that is closed
 * @why: for those that never left; what has left is unknown
 */
void oh_csta_session_fail_requests (OhCstaSession *self, const GError *why);

/**
 * oh_csta_session_set_body:
 * @message: a request
 * @xml: its CSTA document
 */
void oh_csta_session_set_body (OhSipMessage *message, const char *xml);

G_END_DECLS
