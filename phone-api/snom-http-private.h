/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-tls.h"
#include "snom-exchange.h"
#include "snom-http.h"
#include "snom-login.h"
#include "snom-queue.h"

G_BEGIN_DECLS

/* Shared by the two files of OhSnomHttp: what it is and sends, and what it makes of the answers. */

struct _OhSnomHttp
{
  GObject parent_instance;

  char *host;
  char *address; /* (nullable): where it is, when not where @host says */
  guint16 port;  /* 0: the scheme's own */
  gboolean secure;
  char *mac;
  OhClock *clock;
  OhSnomLine *line;
  OhPhoneTls *tls;
  OhSnomLogin *login;
  const OhPhoneDialect *dialect;
  OhPhoneKind kind; /* what answered last and said so */
  OhSnomQueue *queue;
  guint lockouts; /* in a row */
  gint64 locked_until_us;
  GTlsCertificate *certificate; /* shown last */
  gint64 warm_until_us;         /* a click is likely until then */
  guint warm_alarm;             /* the next look, to keep it warm */
  gboolean warming;             /* a look, or the opening after it, is under way */
};

/* One request: its task's data. */
typedef struct
{
  OhSnomRequestKind kind;
  char *target;
  char *form;        /* (nullable): of a POST; of secret-text.h */
  gboolean secret;   /* target or form holds a password */
  gboolean answered; /* carries an Authorization header this time */
  gboolean repeated; /* a page was asked for again because no answer had come */
  gboolean moved;    /* already sent to another address once */
  gboolean renewed;  /* already answered a stale nonce once */
  gboolean
    doubted; /* was refused by a page that may mean a lock-out: asks for a harmless one now */
} OhSnomJob;

/**
 * oh_snom_job_is_settings:
 * @job: a request
 *
 * Returns: whether it reads or writes settings, for which a higher login may be needed
 */
gboolean oh_snom_job_is_settings (const OhSnomJob *job);

/**
 * oh_snom_answer_take:
 * @self: a channel with a request under way
 * @exchange: (transfer full): how it went
 *
 * Ends the request, or sends it once more where that is harmless.
 */
void oh_snom_answer_take (OhSnomHttp *self, OhSnomExchange *exchange);

/**
 * oh_snom_answer_fail:
 * @self: a channel with a request under way
 * @error: (transfer full): why it ends
 */
void oh_snom_answer_fail (OhSnomHttp *self, GError *error);

/**
 * oh_snom_answer_succeed:
 * @self: a channel with a request under way
 * @body: (transfer full): the page
 * @page: (transfer full) (nullable): what it says
 */
void oh_snom_answer_succeed (OhSnomHttp *self, GBytes *body, OhSnomPage *page);

/**
 * oh_snom_answer_locked:
 * @self: a channel that is locked out
 *
 * Returns: (transfer full): what to tell
 */
GError *oh_snom_answer_locked (OhSnomHttp *self);

/**
 * oh_snom_warm_open:
 * @self: a channel with a request of the kind OPEN under way
 * @place: where to
 * @cancellable: (nullable): of that request
 *
 * Opens the line and ends the request.
 */
void oh_snom_warm_open (OhSnomHttp *self, const OhSnomPlace *place, GCancellable *cancellable);

/**
 * oh_snom_warm_stop:
 * @self: a channel
 *
 * Nothing is kept warm any more.
 */
void oh_snom_warm_stop (OhSnomHttp *self);

G_END_DECLS
