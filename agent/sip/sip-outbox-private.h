/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-client-transaction.h"
#include "sip-outbox.h"

G_BEGIN_DECLS

/**
 * OhSipEntry:
 *
 * One request. It is in exactly one place: waiting, sent, or with the guard, which prepares the
 * next step of a handshake for it.
 */
typedef struct
{
  OhSipOutbox *outbox;                 /* (unowned) */
  OhSipMessage *request;               /* (owned) */
  OhSipDialog *dialog;                 /* (owned) (nullable) */
  GTask *task;                         /* (owned) (nullable): NULL when nobody waits any more */
  OhSipClientTransaction *transaction; /* (owned) (nullable): while sent */
  char *branch;                        /* (owned) (nullable): while sent */
  GSource *cancel_source;              /* (owned) (nullable) */
  gboolean again;                      /* has left before: it needs another number */
  gboolean renewed;                    /* a new association was waited for; once is enough */
  guint answers;                       /* challenges that it has carried an answer to */
} OhSipEntry;

struct _OhSipOutbox
{
  guint refs;        /* callbacks may free the outbox: who goes on afterwards holds one */
  OhClock *clock;    /* (owned) */
  OhSipGuard *guard; /* (owned) */
  const OhSipOutboxHandlers *handlers; /* (unowned) */
  gpointer user_data;

  GQueue waiting;      /* (element-type OhSipEntry) (owned) */
  GHashTable *sent;    /* (owned) (element-type utf8 OhSipEntry): by branch */
  gboolean renewing;   /* nothing but REGISTER leaves */
  OhSipEntry *carrier; /* (nullable): carries a handshake: nothing else but REGISTER leaves */
  gboolean answering;  /* @carrier is with the guard (owned then) */
  guint answer;        /* number of the guard's answer that is waited for */
  guint limit_alarm;   /* to @renewing or @answering */

  gint64 handshakes_us[OH_SIP_HANDSHAKES_PER_MINUTE]; /* when they began, the oldest first */
  gint64 left_us[OH_SIP_REQUESTS_PER_S]; /* when the last ones left, a ring; monotonic */
  guint next_left;                       /* the oldest of them */
  guint pump_alarm;
};

/**
 * oh_sip_entry_free:
 * @entry: (transfer full): in no place any more
 */
void oh_sip_entry_free (OhSipEntry *entry);

/**
 * oh_sip_entry_return_error:
 * @entry: (transfer full): in no place any more; freed before the caller's callback can run
 * @error: copied
 */
void oh_sip_entry_return_error (OhSipEntry *entry, const GError *error);

/**
 * oh_sip_entry_send:
 * @entry: (transfer full): in no place; sent from now on, or failed
 */
void oh_sip_entry_send (OhSipEntry *entry);

/**
 * oh_sip_entry_unsend:
 * @entry: sent; in no place from now on, with its transaction gone: nothing will be called for it
 */
void oh_sip_entry_unsend (OhSipEntry *entry);

/**
 * oh_sip_outbox_take_challenge:
 * @entry: in no place
 * @response: a final one
 *
 * Returns: TRUE when it is a challenge and @entry waits to be sent again; FALSE when it is the
 *   response for the caller
 */
gboolean oh_sip_outbox_take_challenge (OhSipEntry *entry, OhSipMessage *response);

/**
 * oh_sip_outbox_end_handshake:
 * @entry: is answered finally, or has failed
 *
 * Returns: whether others waited for its handshake: oh_sip_outbox_pump() is due when the caller of
 *   @entry has been told
 */
gboolean oh_sip_outbox_end_handshake (OhSipEntry *entry);

/**
 * oh_sip_outbox_pump:
 * @self: an outbox
 *
 * Sends what may leave now.
 */
void oh_sip_outbox_pump (OhSipOutbox *self);

/**
 * oh_sip_outbox_ref:
 * @self: an outbox
 *
 * Returns: (transfer full): @self
 */
OhSipOutbox *oh_sip_outbox_ref (OhSipOutbox *self);

/**
 * oh_sip_outbox_unref:
 * @self: (transfer full): an outbox
 */
void oh_sip_outbox_unref (OhSipOutbox *self);

G_END_DECLS
