/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"

G_BEGIN_DECLS

/* One function per verb, in verb-<group>.c; each is an #OhCliRun. The manual is offhook(1). */

/**
 * oh_verb_status:
 * @cli: a run
 *
 * Endpoint, own presence, phones, calls.
 */
void oh_verb_status (OhCli *cli);

/**
 * oh_verb_sign_in:
 * @cli: a run
 *
 * Signs in and waits for the outcome.
 */
void oh_verb_sign_in (OhCli *cli);

/**
 * oh_verb_sign_out:
 * @cli: a run
 *
 * Signs out.
 */
void oh_verb_sign_out (OhCli *cli);

/**
 * oh_verb_password:
 * @cli: a run
 *
 * Stores a password.
 */
void oh_verb_password (OhCli *cli);

/**
 * oh_verb_call:
 * @cli: a run
 *
 * Dials.
 */
void oh_verb_call (OhCli *cli);

/**
 * oh_verb_answer:
 * @cli: a run
 *
 * Answers the incoming call.
 */
void oh_verb_answer (OhCli *cli);

/**
 * oh_verb_reject:
 * @cli: a run
 *
 * Rejects the incoming call.
 */
void oh_verb_reject (OhCli *cli);

/**
 * oh_verb_hang_up:
 * @cli: a run
 *
 * Ends a call.
 */
void oh_verb_hang_up (OhCli *cli);

/**
 * oh_verb_hold:
 * @cli: a run
 *
 * Holds the connected call.
 */
void oh_verb_hold (OhCli *cli);

/**
 * oh_verb_resume:
 * @cli: a run
 *
 * Takes the held call back.
 */
void oh_verb_resume (OhCli *cli);

/**
 * oh_verb_dnd:
 * @cli: a run
 *
 * Switches "do not disturb" at the phones.
 */
void oh_verb_dnd (OhCli *cli);

/**
 * oh_verb_mute:
 * @cli: a run
 *
 * offhook mute [CALL]
 */
void oh_verb_mute (OhCli *cli);

/**
 * oh_verb_unmute:
 * @cli: a run
 *
 * offhook unmute [CALL]
 */
void oh_verb_unmute (OhCli *cli);

/**
 * oh_verb_swap:
 * @cli: a run
 *
 * offhook swap [CALL]
 */
void oh_verb_swap (OhCli *cli);

/**
 * oh_verb_conference:
 * @cli: a run
 *
 * offhook conference [CALL]
 */
void oh_verb_conference (OhCli *cli);

/**
 * oh_verb_transfer:
 * @cli: a run
 *
 * offhook transfer [NUMBER|LINK] [CALL] [--attended|--complete]
 */
void oh_verb_transfer (OhCli *cli);

/**
 * oh_verb_forward:
 * @cli: a run
 *
 * offhook forward NUMBER|off [--busy|--no-answer [--after SECONDS]]
 */
void oh_verb_forward (OhCli *cli);

/**
 * oh_verb_hang_up_all:
 * @cli: a run
 *
 * offhook hangup-all [--phone ID]
 */
void oh_verb_hang_up_all (OhCli *cli);

/**
 * oh_verb_volume:
 * @cli: a run
 *
 * offhook volume up|down [STEPS]
 */
void oh_verb_volume (OhCli *cli);

/**
 * oh_verb_phone_identity:
 * @cli: a run
 *
 * offhook phone identity ID [ACCOUNT]
 */
void oh_verb_phone_identity (OhCli *cli);

/**
 * oh_verb_phone_lock:
 * @cli: a run
 *
 * offhook phone lock ID
 */
void oh_verb_phone_lock (OhCli *cli);

/**
 * oh_verb_phone_unlock:
 * @cli: a run
 *
 * offhook phone unlock ID
 */
void oh_verb_phone_unlock (OhCli *cli);

/**
 * oh_verb_phone_reboot:
 * @cli: a run
 *
 * offhook phone reboot ID
 */
void oh_verb_phone_reboot (OhCli *cli);

/**
 * oh_verb_dtmf:
 * @cli: a run
 *
 * Sends tones.
 */
void oh_verb_dtmf (OhCli *cli);

/**
 * oh_verb_contacts:
 * @cli: a run
 *
 * Lists people.
 */
void oh_verb_contacts (OhCli *cli);

/**
 * oh_verb_contacts_search:
 * @cli: a run with a query
 *
 * Lists those who fit, of the contact list and of the directory.
 */
void oh_verb_contacts_search (OhCli *cli);

/**
 * oh_verb_contact_add:
 * @cli: a run
 *
 * Puts somebody into the contact list.
 */
void oh_verb_contact_add (OhCli *cli);

/**
 * oh_verb_contact_rename:
 * @cli: a run
 *
 * Calls somebody otherwise.
 */
void oh_verb_contact_rename (OhCli *cli);

/**
 * oh_verb_contact_move:
 * @cli: a run
 *
 * Puts somebody into another group.
 */
void oh_verb_contact_move (OhCli *cli);

/**
 * oh_verb_contact_copy:
 * @cli: a run
 *
 * Puts somebody into one more group.
 */
void oh_verb_contact_copy (OhCli *cli);

/**
 * oh_verb_contact_remove:
 * @cli: a run
 *
 * Takes somebody off the list.
 */
void oh_verb_contact_remove (OhCli *cli);

/**
 * oh_verb_group_list:
 * @cli: a run
 *
 * Lists the groups of the contact list.
 */
void oh_verb_group_list (OhCli *cli);

/**
 * oh_verb_group_add:
 * @cli: a run
 *
 * Makes a group.
 */
void oh_verb_group_add (OhCli *cli);

/**
 * oh_verb_group_rename:
 * @cli: a run
 *
 * Names a group otherwise.
 */
void oh_verb_group_rename (OhCli *cli);

/**
 * oh_verb_group_remove:
 * @cli: a run
 *
 * Removes a group.
 */
void oh_verb_group_remove (OhCli *cli);

/**
 * oh_verb_presence:
 * @cli: a run
 *
 * Shows or sets own presence.
 */
void oh_verb_presence (OhCli *cli);

/**
 * oh_verb_history:
 * @cli: a run
 *
 * Lists, marks or deletes calls.
 */
void oh_verb_history (OhCli *cli);

/**
 * oh_verb_history_last_async:
 * @cli: a run
 * @callback: called with the number
 * @user_data: for @callback
 *
 * Looks for the number that was dialled last.
 */
void oh_verb_history_last_async (OhCli *cli, GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_verb_history_last_finish:
 * @result: of oh_verb_history_last_async()
 * @error: OH_ERROR_BAD_NUMBER when none was dialled, or why the list cannot be read
 *
 * Returns: (transfer full) (nullable): the number
 */
char *oh_verb_history_last_finish (GAsyncResult *result, GError **error);

/**
 * oh_verb_number:
 * @cli: a run
 *
 * What would be dialled, and why.
 */
void oh_verb_number (OhCli *cli);

/**
 * oh_verb_phone_add:
 * @cli: a run
 *
 * Adds a phone.
 */
void oh_verb_phone_add (OhCli *cli);

/**
 * oh_verb_phone_find:
 * @cli: a run
 *
 * offhook phone find [--probe] [--pair] [--wait SECONDS]
 */
void oh_verb_phone_find (OhCli *cli);

/**
 * oh_verb_phone_list:
 * @cli: a run
 *
 * Lists the phones.
 */
void oh_verb_phone_list (OhCli *cli);

/**
 * oh_verb_phone_show:
 * @cli: a run
 *
 * Shows one phone.
 */
void oh_verb_phone_show (OhCli *cli);

/**
 * oh_verb_phone_test:
 * @cli: a run
 *
 * Walks the way to a phone step by step.
 */
void oh_verb_phone_test (OhCli *cli);

/**
 * oh_verb_phone_trust:
 * @cli: a run
 *
 * Accepts a phone's certificate.
 */
void oh_verb_phone_trust (OhCli *cli);

/**
 * oh_verb_phone_set_password:
 * @cli: a run
 *
 * Changes a password of a phone, at the phone and in the keyring.
 */
void oh_verb_phone_set_password (OhCli *cli);

/**
 * oh_verb_phone_set_account:
 * @cli: a run
 *
 * Sets an account of a phone.
 */
void oh_verb_phone_set_account (OhCli *cli);

/**
 * oh_verb_certificate:
 * @cli: a run
 *
 * Requests, imports, checks or trusts the certificate of a phone.
 */
void oh_verb_certificate (OhCli *cli);

/**
 * oh_verb_certificates:
 * @cli: a run
 *
 * The same for many phones, in a folder of files.
 */
void oh_verb_certificates (OhCli *cli);

/**
 * oh_verb_phone_remove:
 * @cli: a run
 *
 * Forgets a phone.
 */
void oh_verb_phone_remove (OhCli *cli);

/**
 * oh_verb_trace:
 * @cli: a run
 *
 * Shows or follows the agent's own conversation, turns the recording on or off.
 */
void oh_verb_trace (OhCli *cli);

/**
 * oh_verb_doctor:
 * @cli: a run
 *
 * Looks at every step of sign-in and at each phone.
 */
void oh_verb_doctor (OhCli *cli);

/**
 * oh_verb_doctor_no_agent:
 * @cli: a run
 * @error: (transfer full): why there is no agent
 *
 * That is then what the doctor finds.
 */
void oh_verb_doctor_no_agent (OhCli *cli, GError *error);

/**
 * oh_verb_explain:
 * @cli: a run
 *
 * Reads a trace and tells what happened.
 */
void oh_verb_explain (OhCli *cli);

G_END_DECLS
