/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhParsedNumber:
 * @typed: the text as the agent saw it
 * @dialled: what the phone would dial
 * @display: for people
 * @kind: word of org.offhook.Agent1.ParseNumber
 * @rule: the name of the rule that decided
 * @way: the steps to @dialled, one per line, as "rule → result"
 * @name: the contact's, "" when nobody is known
 * @confirm: whether the agent wants the user to be asked
 * @confirm_reason: why
 * @special: it costs more, reaches the police, or makes the phone do something: more than a call;
 * or it may not be what is meant
 *
 * What the agent makes of a text. Strings are never NULL.
 */
typedef struct
{
  char *typed;
  char *dialled;
  char *display;
  char *kind;
  char *rule;
  char *way;
  char *name;
  gboolean confirm;
  char *confirm_reason;
  gboolean special;
} OhParsedNumber;

/**
 * oh_parsed_number_new:
 * @dict: the result of org.offhook.Agent1.ParseNumber
 *
 * Returns: (transfer full): the same; an agent that does not say whether to ask is not trusted to
 *   dial
 */
OhParsedNumber *oh_parsed_number_new (GVariant *dict);

/**
 * oh_parsed_number_free:
 * @self: (transfer full) (nullable): a parsed number
 */
void oh_parsed_number_free (OhParsedNumber *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhParsedNumber, oh_parsed_number_free)

/**
 * oh_parsed_number_kind_text:
 * @self: a parsed number
 *
 * Returns: (transfer none): what it is, for people, translated
 */
const char *oh_parsed_number_kind_text (const OhParsedNumber *self);

G_END_DECLS
