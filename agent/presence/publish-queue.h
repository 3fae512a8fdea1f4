/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "own-publications.h"
#include "publish-ticket.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* Conflicts in a row after which the versions that we know are not to be believed any more. */
#define OH_PUBLISH_CONFLICTS_RENEW 3u
/* Conflicts in a row after which somebody else obviously publishes the same all the time. */
#define OH_PUBLISH_CONFLICTS_MAX 9u
/* Between the second conflict and the next try; after the first it is tried at once. */
#define OH_PUBLISH_CONFLICT_PAUSE_US G_USEC_PER_SEC
/* How long a notification may take to bring the versions that an empty 200 did not. */
#define OH_PUBLISH_VERSIONS_LIMIT_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* Pause until the server has answered the request for our own publications. */
#define OH_PUBLISH_RENEW_LIMIT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/**
 * OhPublishState:
 * @OH_PUBLISH_HELD: it is not known what the server has; nothing is sent
 * @OH_PUBLISH_IDLE: nothing under way
 * @OH_PUBLISH_SENDING: a request is under way
 * @OH_PUBLISH_VERSIONS: sent; the versions come in a notification of their own
 * @OH_PUBLISH_PAUSED: will be tried again after a pause
 */
typedef enum
{
  OH_PUBLISH_HELD,
  OH_PUBLISH_IDLE,
  OH_PUBLISH_SENDING,
  OH_PUBLISH_VERSIONS,
  OH_PUBLISH_PAUSED,
  OH_PUBLISH_N_STATES,
} OhPublishState;

/**
 * OhPublishHandler:
 * @answered: the server's body with the new versions, of the type of roaming-self documents; empty
 *   when a notification will bring them
 * @versions_lost: the versions that we know are wrong: ask for our own publications anew, and call
 *   oh_publish_queue_resume() when they have come
 *
 * What the owner of a queue is told.
 */
typedef struct
{
  void (*answered) (OhSlice body, gpointer user_data);
  void (*versions_lost) (gpointer user_data);
} OhPublishHandler;

/**
 * OhPublishQueue:
 *
 * Brings publications to the server: one request at a time with the newest state of every key,
 * versions corrected after a conflict, tried again after a fault that passes.
 */
#define OH_TYPE_PUBLISH_QUEUE (oh_publish_queue_get_type ())
G_DECLARE_FINAL_TYPE (OhPublishQueue, oh_publish_queue, OH, PUBLISH_QUEUE, GObject)

/**
 * oh_publish_queue_new:
 * @clock: time
 * @own: what the server has; must outlive the queue
 * @handler: (not nullable): whom to tell; must outlive the queue
 * @user_data: for @handler, borrowed
 *
 * Returns: (transfer full): a held queue
 */
OhPublishQueue *oh_publish_queue_new (OhClock *clock, OhOwnPublications *own,
                                      const OhPublishHandler *handler, gpointer user_data);

/**
 * oh_publish_queue_start:
 * @self: a queue
 * @stack: where to send
 * @uri: our own address
 *
 * Holds until oh_publish_queue_resume(). What was wanted before is forgotten; its tickets fail
 * with OH_ERROR_NOT_SIGNED_IN.
 */
void oh_publish_queue_start (OhPublishQueue *self, OhSipStack *stack, const char *uri);

/**
 * oh_publish_queue_stop:
 * @self: a queue
 *
 * Forgets everything as oh_publish_queue_start() does.
 */
void oh_publish_queue_stop (OhPublishQueue *self);

/**
 * oh_publish_queue_resume:
 * @self: a queue
 *
 * The server has told what it has.
 */
void oh_publish_queue_resume (OhPublishQueue *self);

/**
 * oh_publish_queue_put:
 * @self: a queue
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 * @expire: when it ends by itself
 * @body: (nullable): the content; NULL deletes, and @expire is then what it was published with
 * @ticket: (nullable): who waits for it
 *
 * What the key shall be from now on. Nothing is sent when the server has just that from us, or
 * when there is nothing to delete. Sent by oh_publish_queue_flush().
 */
void oh_publish_queue_put (OhPublishQueue *self, const char *category, guint32 instance,
                           guint32 container, OhExpire expire, const char *body,
                           OhPublishTicket *ticket);

/**
 * oh_publish_queue_flush:
 * @self: a queue
 *
 * Sends what is wanted, now or when what is under way has been answered.
 */
void oh_publish_queue_flush (OhPublishQueue *self);

/**
 * oh_publish_queue_has:
 * @self: a queue
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Returns: whether content is wanted for that key
 */
gboolean oh_publish_queue_has (OhPublishQueue *self, const char *category, guint32 instance,
                               guint32 container);

/**
 * oh_publish_queue_is_overwritten:
 * @self: a queue
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Returns: whether somebody else has published that key after us
 */
gboolean oh_publish_queue_is_overwritten (OhPublishQueue *self, const char *category,
                                          guint32 instance, guint32 container);

/**
 * oh_publish_queue_forget:
 * @self: a queue
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Nothing is wanted of that key any more: what the server has of it is somebody else's.
 */
void oh_publish_queue_forget (OhPublishQueue *self, const char *category, guint32 instance,
                              guint32 container);

/**
 * oh_publish_queue_compare:
 * @self: a queue
 *
 * The server has told what it has, be it in a notification or in an answer: what is gone of ours
 * is published again when it is put again.
 */
void oh_publish_queue_compare (OhPublishQueue *self);

/**
 * oh_publish_queue_state:
 * @self: a queue
 *
 * Returns: its state
 */
OhPublishState oh_publish_queue_state (OhPublishQueue *self);

G_END_DECLS
