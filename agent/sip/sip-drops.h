/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "log.h"
#include "sip-message-type.h"

G_BEGIN_DECLS

/**
 * OhSipDrop:
 * @OH_SIP_DROP_BROKEN: no message, or one without the headers that transactions need
 * @OH_SIP_DROP_UNVERIFIED: the guard said OH_SIP_VERDICT_DROP
 * @OH_SIP_DROP_FORGED: the guard said OH_SIP_VERDICT_FORGED
 * @OH_SIP_DROP_STRAY: a response that belongs to no request of ours, an ACK to nothing
 * @OH_SIP_DROP_OVERLOAD: beyond OH_SIP_SERVER_TRANSACTIONS_MAX
 *
 * Why a message reached nothing.
 */
typedef enum
{
  OH_SIP_DROP_BROKEN,
  OH_SIP_DROP_UNVERIFIED,
  OH_SIP_DROP_FORGED,
  OH_SIP_DROP_STRAY,
  OH_SIP_DROP_OVERLOAD,
  OH_SIP_N_DROPS,
} OhSipDrop;

/**
 * OhSipDrops:
 * @count: of each kind, since the beginning
 * @limits: of the lines about each kind
 *
 * The account of the messages that reached nothing. All zero at first.
 */
typedef struct
{
  guint64 count[OH_SIP_N_DROPS];
  OhLogLimit limits[OH_SIP_N_DROPS];
} OhSipDrops;

/**
 * oh_sip_drops_add:
 * @self: an account
 * @why: the kind
 * @conversation: id of the connection
 * @message: (nullable): what is dropped; NULL when it is no message at all
 * @text: why, in words
 * @now_us: monotonic time
 *
 * Counts it and tells the log, at most OH_LOG_KIND_LINES of each kind a minute: a flood does not
 * fill the disk.
 */
void oh_sip_drops_add (OhSipDrops *self, OhSipDrop why, const char *conversation,
                       const OhSipMessage *message, const char *text, gint64 now_us);

/**
 * oh_sip_drops_settle:
 * @self: an account
 * @conversation: id of the connection, which has ended
 *
 * Tells the log how many were not told one by one.
 */
void oh_sip_drops_settle (OhSipDrops *self, const char *conversation);

G_END_DECLS
