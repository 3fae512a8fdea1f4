/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the settings of a phone say of how it is set, and of what it can do. */

#include "phone-body.h"
#include "snom-phone-private.h"
#include "snom-change.h"

/* What every phone of the classic generation can do. */
#define ALWAYS                                                                                     \
  (OH_PHONE_CAN_DIAL | OH_PHONE_CAN_ANSWER | OH_PHONE_CAN_HANG_UP | OH_PHONE_CAN_HANG_UP_ALL |     \
   OH_PHONE_CAN_HOLD | OH_PHONE_CAN_DTMF | OH_PHONE_CAN_CHOOSE_IDENTITY | OH_PHONE_CAN_SWAP |      \
   OH_PHONE_CAN_VOLUME | OH_PHONE_CAN_REBOOT | OH_PHONE_HOLD_TOGGLES | OH_PHONE_HAS_FALLBACKS)

OhSnomManner
oh_snom_phone_manner (OhSnomPhone *self)
{
  return (OhSnomManner){
    .old = self->traits.family == OH_SNOM_FAMILY_1XX,
    .conference_key = oh_snom_setting_conference_key (self->settings),
  };
}

static gboolean
has (OhSnomPhone *self, const char *setting)
{
  return self->settings != NULL && g_hash_table_contains (self->settings, setting);
}

OhPhoneCapabilities
oh_snom_phone_capabilities (OhSnomPhone *self)
{
  OhSnomManner manner = oh_snom_phone_manner (self);
  OhPhoneCapabilities capabilities = ALWAYS;
  OhSnomForward forward;

  if (self->traits.transfers)
    capabilities |= OH_PHONE_CAN_TRANSFER;
  if (self->traits.mutes)
    capabilities |= OH_PHONE_CAN_MUTE | OH_PHONE_MUTE_TOGGLES;
  if (manner.conference_key > 0)
    capabilities |= OH_PHONE_CAN_CONFERENCE;
  /* without "connected" and "disconnected" a call could not be followed to its end */
  if (self->listener != NULL && self->settings != NULL && self->traits.events >= OH_SNOM_EVENTS_FW7)
    capabilities |= OH_PHONE_CAN_TELL_EVENTS;
  if (oh_snom_http_get_unprotected (self->http))
    capabilities |= OH_PHONE_IS_UNPROTECTED;
  if (has (self, OH_SNOM_DND_SETTING))
    capabilities |= OH_PHONE_CAN_DND;
  if (has (self, OH_SNOM_LOCK_SETTING))
    capabilities |= OH_PHONE_CAN_LOCK;
  if (oh_snom_setting_forward (self->settings, &forward))
    capabilities |= OH_PHONE_CAN_FORWARD;
  return capabilities;
}

static void
read_accounts (OhSnomPhone *self, OhPhoneCondition *condition)
{
  g_autofree char *account = oh_snom_setting_account (self->settings);

  g_strfreev (condition->identities);
  condition->identities = oh_snom_setting_accounts (self->settings);
  oh_phone_condition_set_text (&condition->identity, account);
}

static void
read_forward (OhSnomPhone *self, OhPhoneCondition *condition)
{
  OhSnomForward forward;
  gboolean told = oh_snom_setting_forward (self->settings, &forward);

  condition->forward =
    told ? oh_phone_truth (forward.all != NULL || forward.busy != NULL || forward.no_answer != NULL)
         : OH_PHONE_TRUTH_UNKNOWN;
  oh_phone_condition_set_text (&condition->forward_all, forward.all);
  oh_phone_condition_set_text (&condition->forward_busy, forward.busy);
  oh_phone_condition_set_text (&condition->forward_no_answer, forward.no_answer);
  condition->forward_after_s = forward.after_s;
}

/* Whether the microphone is off, and whether messages wait, no setting tells: they stay unknown. */
void
oh_snom_phone_note_settings (OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);
  g_autoptr (OhPhoneCondition) condition = NULL;
  g_auto (GStrv) habits = NULL;

  if (self->settings == NULL)
    return;
  if (has (self, OH_SNOM_DND_SETTING) && !self->dnd_told)
    oh_phone_set_dnd (phone, oh_snom_setting_is_on (self->settings, OH_SNOM_DND_SETTING));
  condition = oh_phone_condition_copy (oh_phone_get_condition (phone));
  condition->locked = OH_PHONE_TRUTH_UNKNOWN;
  if (has (self, OH_SNOM_LOCK_SETTING))
    condition->locked =
      oh_phone_truth (oh_snom_setting_is_on (self->settings, OH_SNOM_LOCK_SETTING));
  read_accounts (self, condition);
  read_forward (self, condition);
  oh_phone_set_condition (phone, condition);
  habits = oh_snom_setting_habits (self->settings);
  oh_phone_note_habits (phone, (const char *const *) habits);
}
