/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-value.h"

G_BEGIN_DECLS

/* The accounts of one phone: all firmware has places for twelve. */
#define OH_SNOM_ACCOUNTS 12
/* Settings written at once for one command: three kinds of forwarding, each with switch and number.
 */
#define OH_SNOM_CHANGE_MAX 6
/* Longest time that a phone is let ring before a call is sent on; the phone's own menu ends there.
 */
#define OH_SNOM_FORWARD_AFTER_MAX 120

/**
 * OhSnomChange:
 * @names: names of settings
 * @values: (owned): what each is to be
 * @n: how many
 *
 * What a command that sets something has to write.
 */
typedef struct
{
  char *names[OH_SNOM_CHANGE_MAX];
  char *values[OH_SNOM_CHANGE_MAX];
  guint n;
} OhSnomChange;

/**
 * oh_snom_change_new:
 * @command: what is to be set
 * @settings: (element-type utf8 utf8): what the phone has now
 *
 * Forwarding is written to the account that calls are made from, where the firmware keeps it by
 * account (since 8.7.4), otherwise to the phone, which then knows one kind at a time. Every value
 * is absolute: writing it twice is as good as once.
 *
 * Returns: (transfer full) (nullable): what to write; NULL when the verb sets nothing, the argument
 *   is none, or this phone has no such setting
 */
OhSnomChange *oh_snom_change_new (const OhPhoneCommand *command, GHashTable *settings);

/**
 * oh_snom_change_free:
 * @self: (nullable) (transfer full): a change
 */
void oh_snom_change_free (OhSnomChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomChange, oh_snom_change_free)

/**
 * oh_snom_change_target:
 * @self: a change
 *
 * It is not kept in flash: after a restart the phone is as its administrator wants it.
 *
 * Returns: (transfer full): path and query that write it
 */
char *oh_snom_change_target (const OhSnomChange *self);

/**
 * oh_snom_change_refused:
 * @self: a change
 * @settings: (element-type utf8 utf8): what the phone had after it was written
 *
 * Returns: (transfer none) (nullable): the first setting that has not got its value; NULL when all
 *   have
 */
const char *oh_snom_change_refused (const OhSnomChange *self, GHashTable *settings);

/**
 * OhSnomForward:
 * @all: (nullable): where every call goes
 * @busy: (nullable): where calls go while one is up
 * @no_answer: (nullable): where those go that nobody answers
 * @after_s: after so many seconds; 0 where it does not say
 *
 * Borrowed from the settings.
 */
typedef struct
{
  const char *all;
  const char *busy;
  const char *no_answer;
  guint after_s;
} OhSnomForward;

/**
 * oh_snom_setting_forward:
 * @settings: (element-type utf8 utf8): what the phone has
 * @out: (out): where it sends calls
 *
 * Returns: FALSE when the settings do not say; @out is empty then
 */
gboolean oh_snom_setting_forward (GHashTable *settings, OhSnomForward *out);

/**
 * oh_snom_setting_is_on:
 * @settings: (element-type utf8 utf8): what the phone has
 * @name: a switch
 *
 * Returns: whether it says "on", "true" or "1"; a switch that is not there is off
 */
gboolean oh_snom_setting_is_on (GHashTable *settings, const char *name);

/**
 * oh_snom_setting_accounts:
 * @settings: (element-type utf8 utf8): what the phone has
 *
 * Returns: (transfer full): the accounts that are set up, "user@host", as a dial request takes them
 */
GStrv oh_snom_setting_accounts (GHashTable *settings);

/**
 * oh_snom_setting_account:
 * @settings: (element-type utf8 utf8): what the phone has
 *
 * Returns: (transfer full) (nullable): the account that it calls from when nothing else is said
 */
char *oh_snom_setting_account (GHashTable *settings);

/**
 * oh_snom_setting_habits:
 * @settings: (element-type utf8 utf8): what the phone has
 *
 * Returns: (transfer full): "NAME=VALUE" of every setting that changes what a key does
 */
GStrv oh_snom_setting_habits (GHashTable *settings);

/**
 * oh_snom_setting_conference_key:
 * @settings: (element-type utf8 utf8): what the phone has
 *
 * Which of the keys beside the display starts a conference is the administrator's choice; without
 * one there is none that is known to be taken from afar.
 *
 * Returns: number of the key, from 1; 0 for none
 */
guint oh_snom_setting_conference_key (GHashTable *settings);

G_END_DECLS
