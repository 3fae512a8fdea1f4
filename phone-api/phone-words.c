/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What phone.h promises in words, and which verb needs what. */

#include "phone.h"

G_DEFINE_ENUM_TYPE (OhPhoneState, oh_phone_state,
                    G_DEFINE_ENUM_VALUE (OH_PHONE_STATE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_STATE_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_STATE_UNREACHABLE, "unreachable"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_STATE_UNTRUSTED, "untrusted"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_STATE_UNAUTHORIZED, "unauthorized"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_STATE_LOCKED_OUT, "locked-out"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_STATE_UNSUPPORTED, "unsupported"))
G_DEFINE_ENUM_TYPE (OhPhoneTrustMode, oh_phone_trust_mode,
                    G_DEFINE_ENUM_VALUE (OH_PHONE_TRUST_CA, "ca"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_TRUST_FACTORY, "factory"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_TRUST_PIN, "pin"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_TRUST_FIRST_USE, "first-use"),
                    G_DEFINE_ENUM_VALUE (OH_PHONE_TRUST_NONE, "none"))

/* clang-format off */
static const OhPhoneCapabilities needs[] = {
  [OH_PHONE_DIAL] = OH_PHONE_CAN_DIAL,
  [OH_PHONE_ANSWER] = OH_PHONE_CAN_ANSWER,
  [OH_PHONE_REJECT] = OH_PHONE_CAN_ANSWER,
  [OH_PHONE_HANG_UP] = OH_PHONE_CAN_HANG_UP,
  [OH_PHONE_HANG_UP_ALL] = OH_PHONE_CAN_HANG_UP_ALL,
  [OH_PHONE_HOLD] = OH_PHONE_CAN_HOLD,
  [OH_PHONE_RESUME] = OH_PHONE_CAN_HOLD,
  [OH_PHONE_DTMF] = OH_PHONE_CAN_DTMF,
  [OH_PHONE_DND_ON] = OH_PHONE_CAN_DND,
  [OH_PHONE_DND_OFF] = OH_PHONE_CAN_DND,
  [OH_PHONE_SWAP] = OH_PHONE_CAN_SWAP,
  [OH_PHONE_TRANSFER] = OH_PHONE_CAN_TRANSFER,
  [OH_PHONE_TRANSFER_COMPLETE] = OH_PHONE_CAN_TRANSFER,
  [OH_PHONE_JOIN] = OH_PHONE_CAN_CONFERENCE,
  [OH_PHONE_MUTE_ON] = OH_PHONE_CAN_MUTE,
  [OH_PHONE_MUTE_OFF] = OH_PHONE_CAN_MUTE,
  [OH_PHONE_VOLUME_UP] = OH_PHONE_CAN_VOLUME,
  [OH_PHONE_VOLUME_DOWN] = OH_PHONE_CAN_VOLUME,
  [OH_PHONE_FORWARD_ALL] = OH_PHONE_CAN_FORWARD,
  [OH_PHONE_FORWARD_BUSY] = OH_PHONE_CAN_FORWARD,
  [OH_PHONE_FORWARD_NO_ANSWER] = OH_PHONE_CAN_FORWARD,
  [OH_PHONE_FORWARD_OFF] = OH_PHONE_CAN_FORWARD,
  [OH_PHONE_SELECT_IDENTITY] = OH_PHONE_CAN_CHOOSE_IDENTITY,
  [OH_PHONE_LOCK] = OH_PHONE_CAN_LOCK,
  [OH_PHONE_UNLOCK] = OH_PHONE_CAN_LOCK,
  [OH_PHONE_REBOOT] = OH_PHONE_CAN_REBOOT,
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (needs) == OH_N_PHONE_VERBS);

OhPhoneCapabilities
oh_phone_verb_needs (OhPhoneVerb verb)
{
  g_return_val_if_fail (verb < OH_N_PHONE_VERBS, 0);
  return needs[verb];
}

static const char *
enum_nick (GType type, int value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (class, value);

  return found != NULL ? found->value_nick : ""; /* static: the types are never unloaded */
}

const char *
oh_phone_state_nick (OhPhoneState state)
{
  return enum_nick (OH_TYPE_PHONE_STATE, (int) state);
}

const char *
oh_phone_trust_mode_nick (OhPhoneTrustMode mode)
{
  return enum_nick (OH_TYPE_PHONE_TRUST_MODE, (int) mode);
}

gboolean
oh_phone_trust_mode_from_nick (const char *nick, OhPhoneTrustMode *out)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (OH_TYPE_PHONE_TRUST_MODE);
  GEnumValue *found = nick != NULL ? g_enum_get_value_by_nick (class, nick) : NULL;

  if (found == NULL)
    return FALSE;
  *out = (OhPhoneTrustMode) found->value;
  return TRUE;
}
