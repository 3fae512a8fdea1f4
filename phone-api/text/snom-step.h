/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "snom-page.h"

G_BEGIN_DECLS

/**
 * OhSnomRequestKind:
 * @OH_SNOM_READ: a page without effect; repeated once when no answer came
 * @OH_SNOM_READ_OPTIONAL: the same, but the login may be too small for it: a 401 after the same
 *   login has been good is OH_ERROR_PHONE_REFUSED and no bad login
 * @OH_SNOM_WRITE: sets settings; doing it twice is as good as once
 * @OH_SNOM_SETTLE: a page without effect, read so that certificate and login are good when the
 *   next one leaves; skipped when they have just been
 * @OH_SNOM_REFRESH: as SETTLE, skipped only when what was read vouches for seconds to come
 * @OH_SNOM_OPEN: no request at all: a connection, for the next ONCE
 * @OH_SNOM_ONCE: presses keys or dials: leaves at most once, on a connection of its own
 */
typedef enum
{
  OH_SNOM_READ,
  OH_SNOM_READ_OPTIONAL,
  OH_SNOM_WRITE,
  OH_SNOM_SETTLE,
  OH_SNOM_REFRESH,
  OH_SNOM_OPEN,
  OH_SNOM_ONCE,
} OhSnomRequestKind;

/**
 * OhSnomFacts:
 * @kind: what was asked
 * @status: of the answer; 0 when there was none
 * @look: of its page
 * @broken: the answer, or its page, did not come to its end
 * @too_large: that is because it was too large
 * @sent: some of the request may have left
 * @distrusted: the certificate was not accepted
 * @timed_out: one of the limits ended it
 * @cancelled: whoever asked does not want it any more
 * @repeated: it was asked for a second time already
 *
 * How one request went.
 */
typedef struct
{
  OhSnomRequestKind kind;
  guint status;
  OhSnomLook look;
  gboolean broken;
  gboolean too_large;
  gboolean sent;
  gboolean distrusted;
  gboolean timed_out;
  gboolean cancelled;
  gboolean repeated;
} OhSnomFacts;

/**
 * OhSnomStep:
 * @OH_SNOM_STEP_TAKE: the page asked for, or a command taken; taken is not done
 * @OH_SNOM_STEP_LOGIN: it wants a login, or another one; nothing was done
 * @OH_SNOM_STEP_WAIT: it refuses everybody for a while; nothing was done
 * @OH_SNOM_STEP_REFUSED: it knows us, and does not do this
 * @OH_SNOM_STEP_MOVED: it is to be had at another address; nothing was done
 * @OH_SNOM_STEP_FOREIGN: this kind of phone has no such thing
 * @OH_SNOM_STEP_ODD: an answer that nothing is known about
 * @OH_SNOM_STEP_AGAIN: no answer to something harmless: once more
 * @OH_SNOM_STEP_DISTRUST: the certificate was not accepted; nothing was sent
 * @OH_SNOM_STEP_UNREACHED: nothing was sent, so trying again is safe
 * @OH_SNOM_STEP_CANCELLED: given up before anything was sent
 * @OH_SNOM_STEP_UNKNOWN: it left, and only the phone knows what came of it; never send it again
 * @OH_SNOM_STEP_SILENT: something harmless got no answer, or half of one
 *
 * What follows.
 */
typedef enum
{
  OH_SNOM_STEP_TAKE,
  OH_SNOM_STEP_LOGIN,
  OH_SNOM_STEP_WAIT,
  OH_SNOM_STEP_REFUSED,
  OH_SNOM_STEP_MOVED,
  OH_SNOM_STEP_FOREIGN,
  OH_SNOM_STEP_ODD,
  OH_SNOM_STEP_AGAIN,
  OH_SNOM_STEP_DISTRUST,
  OH_SNOM_STEP_UNREACHED,
  OH_SNOM_STEP_CANCELLED,
  OH_SNOM_STEP_UNKNOWN,
  OH_SNOM_STEP_SILENT,
} OhSnomStep;

/**
 * oh_snom_step:
 * @facts: how a request went
 *
 * The one place that decides whether something may be sent once more: never what acts.
 *
 * Returns: what follows
 */
OhSnomStep oh_snom_step (const OhSnomFacts *facts);

G_END_DECLS
