/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/* For the bodies of OhPhone and for fakes in tests; nobody else sets what a phone says. */

/**
 * oh_phone_move:
 * @self: a phone
 * @to: the new state; the move must be in the table of legal moves
 * @reason: (nullable) (transfer full): why it is not ready; domain OH_ERROR
 *
 * The one place that changes state and reason.
 */
void oh_phone_move (OhPhone *self, OhPhoneState to, GError *reason);

/**
 * oh_phone_set_description:
 * @self: a phone
 * @model: (nullable): NULL leaves what is known
 * @firmware: (nullable): the same
 * @mac: (nullable): the same
 */
void oh_phone_set_description (OhPhone *self, const char *model, const char *firmware,
                               const char *mac);

/**
 * oh_phone_set_capabilities:
 * @self: a phone
 * @capabilities: what it can do now
 */
void oh_phone_set_capabilities (OhPhone *self, OhPhoneCapabilities capabilities);

/**
 * oh_phone_set_dnd:
 * @self: a phone
 * @dnd: whether do-not-disturb is on
 */
void oh_phone_set_dnd (OhPhone *self, gboolean dnd);

/**
 * oh_phone_set_condition:
 * @self: a phone
 * @condition: how it is set now; copied. To change one thing: copy what oh_phone_get_condition()
 *   gives, change it, and set that.
 */
void oh_phone_set_condition (OhPhone *self, const OhPhoneCondition *condition);

/**
 * oh_phone_set_watched:
 * @self: a phone
 * @watched: whether events arrive
 */
void oh_phone_set_watched (OhPhone *self, gboolean watched);

/**
 * oh_phone_note_kind:
 * @self: a phone
 * @kind: what answers there; UNKNOWN leaves what is known
 */
void oh_phone_note_kind (OhPhone *self, OhPhoneKind kind);

/**
 * oh_phone_show_certificate:
 * @self: a phone
 * @certificate: (nullable): what it showed
 * @fingerprint: of it
 *
 * Sets the property; tells nobody to store it.
 */
void oh_phone_show_certificate (OhPhone *self, GTlsCertificate *certificate,
                                const char *fingerprint);

/**
 * oh_phone_note_blocking:
 * @self: a phone
 * @setting: (nullable): name of its setting that keeps commands from having an effect; NULL: none
 */
void oh_phone_note_blocking (OhPhone *self, const char *setting);

/**
 * oh_phone_note_listening:
 * @self: a phone
 * @address: (nullable): "ADDRESS:PORT", where its events are waited for; NULL: nowhere
 */
void oh_phone_note_listening (OhPhone *self, const char *address);

/**
 * oh_phone_note_habits:
 * @self: a phone
 * @habits: (nullable): those of its settings that change what a key does, "NAME=VALUE"
 */
void oh_phone_note_habits (OhPhone *self, const char *const *habits);

/**
 * oh_phone_note_partly:
 * @self: a phone
 * @partly: whether it tells when calls begin and cannot tell when they are answered or end
 */
void oh_phone_note_partly (OhPhone *self, gboolean partly);

/**
 * oh_phone_note_holder:
 * @self: a phone
 * @holder: who is told of its calls in our place
 * @host: (nullable): that one's host
 */
void oh_phone_note_holder (OhPhone *self, OhPhoneHolder holder, const char *host);

/**
 * oh_phone_note_driver:
 * @self: a phone
 * @driver: (nullable): how it is driven, see OhPhoneFacts
 * @why: (nullable): why
 */
void oh_phone_note_driver (OhPhone *self, const char *driver, const char *why);

/**
 * oh_phone_emit_certificate:
 * @self: a phone
 * @fingerprint: what it showed
 * @first_use: whether it was accepted as the first; FALSE: it differs from the pin and was refused
 */
void oh_phone_emit_certificate (OhPhone *self, const char *fingerprint, gboolean first_use);

/**
 * oh_phone_emit_event:
 * @self: a phone
 * @event: (transfer full): what happened; its time is set here; DND events move the property
 */
void oh_phone_emit_event (OhPhone *self, OhPhoneEvent *event);

G_END_DECLS
