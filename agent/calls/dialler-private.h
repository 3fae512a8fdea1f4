/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call-errand.h"
#include "dialler.h"

G_BEGIN_DECLS

/* Shared by the files of OhDialler: dialling, commands for calls, and those for phones. */

struct _OhDialler
{
  GObject parent_instance;

  OhCallList *calls;
  OhClock *clock;
  OhDialPlan *plan;
  OhNumberFactsFunc facts;
  OhConfirmLinks confirm_links;
  OhNameLookup lookup;
  gpointer lookup_data;
  gboolean screen_locked;
  OhDialPolicy denied; /* what the user may not do */
  OhPhoneRule phone_rule;
  char *default_phone;     /* (owned) (nullable) */
  GPtrArray *phones;       /* OhPhone, the default first */
  GPtrArray *tone_senders; /* OhToneSender: of calls that are placed or up */
  GHashTable *leaving; /* (element-type OhCall OhLeaving): dial requests not known to have left */
};

/**
 * OhLeaving:
 * @withdraw: (owned): takes the request back while it waits
 * @hang_ups: (owned) (element-type GTask): hang-ups of the call, held until it is known whether
 *   there is anything to hang up
 *
 * A dial request that may still be with us.
 */
typedef struct
{
  GCancellable *withdraw;
  GPtrArray *hang_ups;
} OhLeaving;

/**
 * oh_dialler_party:
 * @call: a call
 *
 * Returns: (transfer none): who is at the other end, for messages
 */
const char *oh_dialler_party (OhCall *call);

/**
 * oh_dialler_find_front:
 * @self: a dialler
 * @phone: a phone
 *
 * Returns: (transfer none) (nullable): the call that the phone acts on when it cannot be told which
 *   one is meant; NULL when all are held
 */
OhCall *oh_dialler_find_front (OhDialler *self, OhPhone *phone);

/**
 * oh_dialler_find_held:
 * @self: a dialler
 * @phone: a phone
 *
 * Returns: (transfer none) (nullable): the call of it that was held last
 */
OhCall *oh_dialler_find_held (OhDialler *self, OhPhone *phone);

/**
 * oh_dialler_find_phone:
 * @self: a dialler
 * @id: which one
 * @error: (nullable): OH_ERROR_NO_PHONE
 *
 * Returns: (transfer none) (nullable): the phone
 */
OhPhone *oh_dialler_find_phone (OhDialler *self, const char *id, GError **error);

/**
 * oh_dialler_may_ask:
 * @phone: a phone
 * @error: (nullable): why it waits for its user
 *
 * Returns: whether it may be sent anything: a try may count as a failed login
 */
gboolean oh_dialler_may_ask (OhPhone *phone, GError **error);

/**
 * oh_dialler_can_do:
 * @phone: a phone
 * @verb: a verb
 * @error: (nullable): OH_ERROR_UNSUPPORTED
 *
 * Returns: whether the phone takes it; one that is not ready says itself why
 */
gboolean oh_dialler_can_do (OhPhone *phone, OhPhoneVerb verb, GError **error);

/**
 * oh_dialler_is_allowed:
 * @self: a dialler
 * @verb: a verb
 * @error: (nullable): OH_ERROR_SETTINGS
 *
 * Returns: whether the server lets the user do it
 */
gboolean oh_dialler_is_allowed (OhDialler *self, OhPhoneVerb verb, GError **error);

/**
 * oh_dialler_dup_target:
 * @self: a dialler
 * @text: what was typed, or a link
 * @source: who wrote it
 * @confirmed: the user was shown the number and said yes
 * @error: (nullable): OH_ERROR_BAD_NUMBER, OH_ERROR_CONFIRM, OH_ERROR_LOCKED
 *
 * The number that a call is handed or sent on to. It may be pressed as keys, which have no "+".
 *
 * Returns: (transfer full) (nullable): what the phone is given
 */
char *oh_dialler_dup_target (OhDialler *self, const char *text, OhNumberSource source,
                             gboolean confirmed, GError **error);

/**
 * oh_dialler_run_errand:
 * @self: a dialler
 * @errand: what to do; its list is filled in
 * @task: (transfer full): its value is the outcome
 */
void oh_dialler_run_errand (OhDialler *self, OhCallErrand *errand, GTask *task);

/**
 * oh_dialler_dial_with:
 * @self: a dialler
 * @phone: the phone, free for a call
 * @number: the number
 * @request: how
 * @task: (transfer full): its value is the outcome, its data the call
 */
void oh_dialler_dial_with (OhDialler *self, OhPhone *phone, const OhNumber *number,
                           const OhDialRequest *request, GTask *task);

/**
 * oh_dialler_hang_up_later:
 * @self: a dialler
 * @call: a call whose dial request was on its way
 * @left: whether it has left
 * @task: (transfer full): a hang-up that waited for that
 */
void oh_dialler_hang_up_later (OhDialler *self, OhCall *call, gboolean left, GTask *task);

/**
 * oh_dialler_parse_for:
 * @self: a dialler
 * @request: what to dial
 * @error: (nullable): OH_ERROR_BAD_NUMBER, OH_ERROR_CONFIRM, OH_ERROR_LOCKED
 *
 * Returns: (transfer full) (nullable): the number, when it may be dialled
 */
OhNumber *oh_dialler_parse_for (OhDialler *self, const OhDialRequest *request, GError **error);

G_END_DECLS
