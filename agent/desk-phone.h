/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus-service.h"
#include "call-journal.h"
#include "config.h"
#include "dialler.h"
#include "dnd-joint.h"
#include "phone-moves.h"
#include "secrets.h"
#include "snom-listener.h"

G_BEGIN_DECLS

/**
 * OhDeskParts:
 * @clock: the time
 * @config: which phones there are
 * @secrets: their passwords
 * @dialler: who dials with them
 * @dnd: with whom they share "do not disturb"
 * @service: where they are shown
 * @listener: where their events arrive
 * @journal: what calls they had before
 * @moves: (nullable): who follows them to new addresses
 *
 * What a phone has to be joined to. Borrowed from the composition root, which outlives all phones.
 */
typedef struct
{
  OhClock *clock;
  OhConfig *config;
  OhSecrets *secrets;
  OhDialler *dialler;
  OhDndJoint *dnd;
  OhBusService *service;
  OhSnomListener *listener;
  OhCallJournal *journal;
  OhPhoneMoves *moves;
} OhDeskParts;

/**
 * OhDeskPhone:
 *
 * One phone of the settings as an object that works: it gets its trust, its login and its events,
 * is known to the dialler and shown on the bus.
 */
typedef struct _OhDeskPhone OhDeskPhone;

/**
 * oh_desk_phone_new:
 * @parts: what it is joined to
 * @settings: (transfer full): what the settings say
 *
 * Also where the settings do not make a phone: it is then shown with what to mend.
 *
 * Returns: (transfer full): the phone, being tried already
 */
OhDeskPhone *oh_desk_phone_new (const OhDeskParts *parts, OhConfigPhone *settings);

/**
 * oh_desk_phone_free:
 * @self: (nullable) (transfer full): a phone; no longer known to anybody
 */
void oh_desk_phone_free (OhDeskPhone *self);

/**
 * oh_desk_phone_settings:
 * @self: a phone
 *
 * Returns: (transfer none): what was applied last
 */
const OhConfigPhone *oh_desk_phone_settings (OhDeskPhone *self);

/**
 * oh_desk_phone_phone:
 * @self: a phone
 *
 * Returns: (transfer none) (nullable): what drives it; NULL when the settings do not make one
 */
OhPhone *oh_desk_phone_phone (OhDeskPhone *self);

/**
 * oh_desk_phone_apply:
 * @self: a phone
 * @settings: (transfer full): other settings that make the same phone, see
 *   oh_desk_phone_is_same()
 */
void oh_desk_phone_apply (OhDeskPhone *self, OhConfigPhone *settings);

/**
 * oh_desk_phone_is_same:
 * @a: settings of a phone
 * @b: others
 *
 * Returns: whether a phone that was made by one of them can live on with the other
 */
gboolean oh_desk_phone_is_same (const OhConfigPhone *a, const OhConfigPhone *b);

/**
 * oh_desk_phone_log_in:
 * @self: a phone
 *
 * Takes the login from settings and keyring, and tries it.
 */
void oh_desk_phone_log_in (OhDeskPhone *self);

/**
 * oh_desk_phone_refresh:
 * @self: a phone
 *
 * The network changed or the computer woke up: looks whether it answers, and tells it our address.
 */
void oh_desk_phone_refresh (OhDeskPhone *self);

/**
 * oh_desk_phone_give_back_async:
 * @self: a phone; may go before it is done
 * @cancellable: (nullable): to stop waiting
 * @callback: (nullable): called when the phone has its own event URLs again or cannot get them, at
 *   once where there is nothing to give back
 * @user_data: for @callback
 */
void oh_desk_phone_give_back_async (OhDeskPhone *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_desk_phone_give_back_finish:
 * @result: of oh_desk_phone_give_back_async()
 *
 * Returns: whether the phone is as it was; the log says why not
 */
gboolean oh_desk_phone_give_back_finish (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDeskPhone, oh_desk_phone_free)

G_END_DECLS
