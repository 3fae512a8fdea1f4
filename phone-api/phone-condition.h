/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Accounts of one phone that are kept; snom has twelve, a switchboard's phone perhaps more. */
#define OH_PHONE_IDENTITIES_MAX 32

/**
 * OhPhoneTruth:
 * @OH_PHONE_TRUTH_UNKNOWN: nobody can tell; never shown as "no"
 * @OH_PHONE_TRUTH_NO: it is not so
 * @OH_PHONE_TRUTH_YES: it is so
 *
 * What is known of a switch that a phone may not tell of.
 */
typedef enum
{
  OH_PHONE_TRUTH_UNKNOWN,
  OH_PHONE_TRUTH_NO,
  OH_PHONE_TRUTH_YES,
} OhPhoneTruth;

/**
 * oh_phone_truth_word:
 * @truth: what is known
 *
 * Returns: (transfer none): "unknown", "no" or "yes"
 */
const char *oh_phone_truth_word (OhPhoneTruth truth);

/**
 * oh_phone_truth:
 * @is_so: whether it is so
 *
 * Returns: YES or NO
 */
OhPhoneTruth oh_phone_truth (gboolean is_so);

/**
 * OhPhoneCondition:
 * @muted: the microphone is not heard
 * @locked: its keyboard is locked
 * @waiting: a message waits for the user at the voice mail
 * @messages: how many; 0 where only @waiting is known
 * @forward: whether the four fields that follow were told; otherwise nothing is known of forwarding
 * @forward_all: (nullable) (owned): where every call is sent on to; NULL for nowhere
 * @forward_busy: (nullable) (owned): where those go that come while a call is up
 * @forward_no_answer: (nullable) (owned): where those go that nobody answers
 * @forward_after_s: after so many seconds of ringing; 0 where the phone does not say
 * @identities: (nullable) (owned): the accounts to call from, each as the identity of a command
 *   takes it; NULL where they are not known
 * @identity: (nullable) (owned): the one it calls from when nothing else is said
 *
 * How a phone is set at the moment, as far as it tells: what a user could read from its display.
 */
typedef struct
{
  OhPhoneTruth muted;
  OhPhoneTruth locked;
  OhPhoneTruth waiting;
  guint messages;
  OhPhoneTruth forward;
  char *forward_all;
  char *forward_busy;
  char *forward_no_answer;
  guint forward_after_s;
  GStrv identities;
  char *identity;
} OhPhoneCondition;

/**
 * oh_phone_condition_new:
 *
 * Returns: (transfer full): a condition of which nothing is known
 */
OhPhoneCondition *oh_phone_condition_new (void);

/**
 * oh_phone_condition_copy:
 * @condition: a condition
 *
 * Returns: (transfer full): the same once more
 */
OhPhoneCondition *oh_phone_condition_copy (const OhPhoneCondition *condition);

/**
 * oh_phone_condition_equal:
 * @a: a condition
 * @b: another
 *
 * Returns: whether both say the same
 */
gboolean oh_phone_condition_equal (const OhPhoneCondition *a, const OhPhoneCondition *b);

/**
 * oh_phone_condition_set_text:
 * @field: (inout) (nullable) (owned): one of the texts of a condition
 * @value: (nullable): what it is now; "" is taken as NULL
 */
void oh_phone_condition_set_text (char **field, const char *value);

/**
 * oh_phone_condition_free:
 * @condition: (nullable) (transfer full): a condition
 */
void oh_phone_condition_free (OhPhoneCondition *condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneCondition, oh_phone_condition_free)

G_END_DECLS
