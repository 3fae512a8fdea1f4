/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number-pattern.h"

G_BEGIN_DECLS

/* A dial plan of the field has some dozens of rules, a company's file some hundreds. */
#define OH_NUMBER_RULES_MAX 1000u
/* Octets of one translation. */
#define OH_NUMBER_TRANSLATION_MAX 128
/* Octets of all expressions together when compiled: 1,000 ordinary rules take less than one. */
#define OH_NUMBER_RULES_MEMORY ((gsize) 2 * 1024 * 1024)
/* What may be asked; a dialled text is not longer (OH_NUMBER_TEXT_MAX). */
#define OH_NUMBER_RULES_INPUT_MAX 128
/* Digits of a result, and of its extension: as for a number without rules. */
#define OH_NUMBER_RULES_DIGITS_MAX 24
/* Steps of one rule on one number: ordinary ones take some ten, a catastrophic one all there are.
 */
#define OH_NUMBER_RULE_STEPS 20000u
/* Steps of all rules on one number: some milliseconds, whatever the server sent. */
#define OH_NUMBER_RULES_STEPS 200000u

/**
 * OhRuleProblem:
 * @rule: the name of the rule, for example "location profile Leeds: rule 2"
 * @reason: why it is not used, one translated phrase
 *
 * What the administrator has to mend.
 */
typedef struct
{
  char *rule;
  char *reason;
} OhRuleProblem;

/**
 * oh_rule_problem_new:
 * @rule: the name of the rule
 * @reason: why it is not used
 *
 * Returns: (transfer full): the problem
 */
OhRuleProblem *oh_rule_problem_new (const char *rule, const char *reason);

/**
 * oh_rule_problem_free:
 * @self: (nullable) (transfer full): a problem
 */
void oh_rule_problem_free (OhRuleProblem *self);

/**
 * OhRuledNumber:
 * @number: "+" at most in front, 1 to %OH_NUMBER_RULES_DIGITS_MAX digits
 * @extension: (nullable): digits of ";ext="
 * @rule: the name of the rule that decided, not translated: "company rule 3"
 *
 * What a rule made of a number.
 */
typedef struct
{
  char *number;
  char *extension;
  char *rule;
} OhRuledNumber;

/**
 * oh_ruled_number_free:
 * @self: (nullable) (transfer full): a result
 */
void oh_ruled_number_free (OhRuledNumber *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRuledNumber, oh_ruled_number_free)

/**
 * OhNumberRules:
 *
 * Normalisation rules in the order in which they are tried: expression and translation, as in the
 * location profiles of OCS and Lync and in the address book's company rules. Reference counted;
 * rules are added by the one who makes it, afterwards it is not changed any more.
 */
typedef struct _OhNumberRules OhNumberRules;

/**
 * oh_number_rules_new:
 *
 * Returns: (transfer full): no rules
 */
OhNumberRules *oh_number_rules_new (void);

/**
 * oh_number_rules_ref:
 * @self: rules
 *
 * Returns: (transfer full): the same
 */
OhNumberRules *oh_number_rules_ref (OhNumberRules *self);

/**
 * oh_number_rules_unref:
 * @self: (nullable) (transfer full): rules
 */
void oh_number_rules_unref (OhNumberRules *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhNumberRules, oh_number_rules_unref)

/**
 * oh_number_rules_add:
 * @self: rules that nobody else holds yet
 * @name: how messages call the rule: "company rule 3"; copied
 * @pattern: the expression; copied
 * @extent: how much of a number @pattern has to match
 * @translation: what takes the place of the match, with $1, ${2}, ${name}; copied
 *
 * Adds a rule behind those that are there. One that cannot be used (the expression does not
 * compile or is too large, the translation names a group that is not there or has characters that
 * no number has, there are %OH_NUMBER_RULES_MAX already) becomes a problem instead; for all beyond
 * the limit there is one problem.
 *
 * Returns: whether it is used
 */
gboolean oh_number_rules_add (OhNumberRules *self, const char *name, const char *pattern,
                              OhPatternExtent extent, const char *translation);

/**
 * oh_number_rules_complain:
 * @self: rules that nobody else holds yet
 * @name: the rule, or the place in a file
 * @reason: what is wrong there, one translated phrase
 *
 * Notes a problem that whoever reads the rules has found.
 */
void oh_number_rules_complain (OhNumberRules *self, const char *name, const char *reason);

/**
 * oh_number_rules_count:
 * @self: (nullable): rules
 *
 * Returns: how many are used
 */
guint oh_number_rules_count (const OhNumberRules *self);

/**
 * oh_number_rules_nth:
 * @self: rules
 * @index: less than their count
 * @name: (out) (transfer none) (nullable): its name
 * @pattern: (out) (transfer none) (nullable): its expression
 * @translation: (out) (transfer none) (nullable): its translation
 */
void oh_number_rules_nth (const OhNumberRules *self, guint index, const char **name,
                          const char **pattern, const char **translation);

/**
 * oh_number_rules_problems:
 * @self: rules
 *
 * Returns: (transfer none) (element-type OhRuleProblem): what is not used and why, in order
 */
GPtrArray *oh_number_rules_problems (const OhNumberRules *self);

/**
 * oh_number_rules_apply:
 * @self: (nullable): rules
 * @text: a dialled text in ASCII: "+" at most in front, digits, "*", "#", and letters where an
 *   extension is written with them ("+442079460123x77"); visual separators ( ) - . / and blanks
 *   and a "tel:" in front are taken off here
 * @problems: (nullable) (element-type OhRuleProblem): what rules did wrong now is appended
 *
 * The first rule whose expression matches decides; what it matched is replaced, the rest stays, as
 * Regex.Replace() of .NET does. An international number (with "+") is only given to rules that
 * have a literal "+", and only when they take it from its start. A rule whose result is no number,
 * or that takes more than %OH_NUMBER_RULE_STEPS, is passed over; when all together have taken
 * %OH_NUMBER_RULES_STEPS, no more are tried.
 *
 * Returns: (transfer full) (nullable): the result; NULL when no rule decides
 */
OhRuledNumber *oh_number_rules_apply (const OhNumberRules *self, const char *text,
                                      GPtrArray *problems);

G_END_DECLS
