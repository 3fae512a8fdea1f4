/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "verbs.h"
#include "verb-events.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const OhCliVerb verbs[] = {
  { "status", "", N_("Endpoint, own presence, phones, calls"),
    OH_CLI_JSON, 0, 0, oh_verb_status },
  { "sign-in", "", N_("Sign in and wait for the outcome"),
    0, 0, 0, oh_verb_sign_in },
  { "sign-out", "", N_("Sign out"),
    0, 0, 0, oh_verb_sign_out },
  { "password sign-in", "", N_("Store the password of the account"),
    0, 0, 0, oh_verb_password },
  { "password phone", "ID", N_("Store the password of a phone"),
    OH_CLI_LEVEL | OH_CLI_USER, 1, 1, oh_verb_password },
  { "call", "NUMBER|LINK", N_("Dial on the phone"),
    OH_CLI_JSON | OH_CLI_YES | OH_CLI_PHONE | OH_CLI_WAIT | OH_CLI_PRIVATE | OH_CLI_LAST |
      OH_CLI_IDENTITY,
    0, 1, oh_verb_call },
  { "answer", "[CALL]", N_("Answer"), OH_CLI_DEVICE, 0, 1, oh_verb_answer },
  { "reject", "[CALL]", N_("Reject"), 0, 0, 1, oh_verb_reject },
  { "hangup", "[CALL]", N_("Hang up"), 0, 0, 1, oh_verb_hang_up },
  { "hold", "[CALL]", N_("Hold"), 0, 0, 1, oh_verb_hold },
  { "resume", "[CALL]", N_("Resume"), 0, 0, 1, oh_verb_resume },
  { "mute", "[CALL]", N_("Switch the microphone off"), 0, 0, 1, oh_verb_mute },
  { "unmute", "[CALL]", N_("Switch it on again"), 0, 0, 1, oh_verb_unmute },
  { "swap", "[CALL]", N_("Hold this call, take the other back"), 0, 0, 1, oh_verb_swap },
  { "conference", "[CALL]", N_("Join this call and the one on hold"), 0, 0, 1, oh_verb_conference },
  { "transfer", "[NUMBER|LINK] [CALL]", N_("Hand a call to somebody else"),
    OH_CLI_YES | OH_CLI_TRANSFER | OH_CLI_IDENTITY, 0, 2, oh_verb_transfer },
  { "dtmf", "DIGITS [CALL]", N_("Send tones"), 0, 1, 2, oh_verb_dtmf },
  { "dnd", "on|off", N_("Let the phones ring or not"), OH_CLI_PHONE, 1, 1, oh_verb_dnd },
  { "forward", "NUMBER|off", N_("Have the phones send calls on"),
    OH_CLI_YES | OH_CLI_PHONE | OH_CLI_FORWARD, 1, 1, oh_verb_forward },
  { "volume", "up|down [STEPS]", N_("Louder or quieter, what sounds now"),
    OH_CLI_PHONE, 1, 2, oh_verb_volume },
  { "contacts", "[QUERY]", N_("People, their presence and numbers"),
    OH_CLI_JSON | OH_CLI_LOCAL | OH_CLI_WATCH, 0, 1, oh_verb_contacts },
  { "contact add", "ADDRESS [NAME]", N_("Put somebody into the contact list"),
    OH_CLI_GROUP, 1, 2, oh_verb_contact_add },
  { "contact rename", "ADDRESS NAME", N_("Call somebody otherwise; \"\" for the own name"),
    0, 2, 2, oh_verb_contact_rename },
  { "contact move", "ADDRESS GROUP [FROM]", N_("Put somebody into another group"),
    0, 2, 3, oh_verb_contact_move },
  { "contact copy", "ADDRESS GROUP", N_("Put somebody into one more group"),
    0, 2, 2, oh_verb_contact_copy },
  { "contact remove", "ADDRESS", N_("Take somebody off the contact list"),
    0, 1, 1, oh_verb_contact_remove },
  { "group list", "", N_("Groups of the contact list"), OH_CLI_JSON, 0, 0, oh_verb_group_list },
  { "group add", "NAME", N_("Make a group"), 0, 1, 1, oh_verb_group_add },
  { "group rename", "GROUP NAME", N_("Name a group otherwise"), 0, 2, 2, oh_verb_group_rename },
  { "group remove", "GROUP", N_("Remove a group; people in it stay"),
    0, 1, 1, oh_verb_group_remove },
  { "presence", "[STATE]", N_("Show or set what others see"),
    OH_CLI_JSON | OH_CLI_NOTE, 0, 1, oh_verb_presence },
  { "history", "[QUERY]", N_("The calls, newest first"),
    OH_CLI_JSON | OH_CLI_YES | OH_CLI_MISSED | OH_CLI_SEEN | OH_CLI_CLEAR | OH_CLI_LIMIT |
      OH_CLI_DELETE,
    0, 1, oh_verb_history },
  { "number", "TEXT", N_("What would be dialled, and why"),
    OH_CLI_JSON, 1, 1, oh_verb_number },
  { "phone add", "HOST[:PORT]", N_("Add a phone and print its id"),
    0, 1, 1, oh_verb_phone_add },
  { "phone events", "ID [take|give-back]", N_("Whom a phone tells of its calls"),
    OH_CLI_JSON | OH_CLI_YES, 1, 2, oh_verb_phone_events },
  { "phone find", "", N_("Find phones on the network"),
    OH_CLI_JSON | OH_CLI_PROBE | OH_CLI_PAIR | OH_CLI_SECONDS, 0, 0, oh_verb_phone_find },
  { "phone list", "", N_("List the phones"), OH_CLI_JSON, 0, 0, oh_verb_phone_list },
  { "phone show", "ID", N_("Show a phone"), OH_CLI_JSON, 1, 1, oh_verb_phone_show },
  { "phone test", "ID", N_("Try every step to a phone"),
    OH_CLI_JSON, 1, 1, oh_verb_phone_test },
  { "phone trust", "ID [FINGERPRINT]", N_("Accept a phone's certificate"),
    OH_CLI_YES, 1, 2, oh_verb_phone_trust },
  { "phone identity", "ID [ACCOUNT]", N_("Which account the phone calls from"),
    0, 1, 2, oh_verb_phone_identity },
  { "phone lock", "ID", N_("Lock the phone's keyboard"), 0, 1, 1, oh_verb_phone_lock },
  { "phone unlock", "ID", N_("Unlock it"), 0, 1, 1, oh_verb_phone_unlock },
  { "phone reboot", "ID", N_("Start a phone anew; ends its calls"),
    OH_CLI_YES, 1, 1, oh_verb_phone_reboot },
  { "phone remove", "ID", N_("Forget a phone"), 0, 1, 1, oh_verb_phone_remove },
  { "trace", "[on|off|clear]", N_("The agent's own conversation, secrets removed"),
    OH_CLI_FOLLOW | OH_CLI_WITH_NAMES, 0, 1, oh_verb_trace },
  { "doctor", "", N_("Look at every step of sign-in and at each phone"),
    OH_CLI_JSON, 0, 0, oh_verb_doctor, oh_verb_doctor_no_agent },
  { "explain", "FILE|-", N_("Read a trace, tell what happened and what to do"),
    OH_CLI_JSON | OH_CLI_ALONE, 1, 1, oh_verb_explain, NULL },
  { NULL, NULL, NULL, 0, 0, 0, NULL, NULL },
};
/* clang-format on */

const OhCliVerb *
oh_cli_verbs (void)
{
  return verbs;
}
