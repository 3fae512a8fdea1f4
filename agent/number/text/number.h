/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dial-plan.h"

G_BEGIN_DECLS

/* A line of an address book with all its blanks; a text beyond that is no number. */
#define OH_NUMBER_TEXT_MAX 128
/* E.164 has 15; carrier selection and long direct-dial blocks add some. */
#define OH_NUMBER_DIGITS_MAX 24
/* The number with everything that the plan puts in front: outside line and prefix. */
#define OH_NUMBER_DIALLED_MAX (OH_NUMBER_DIGITS_MAX + 2 * OH_DIAL_PLAN_DIGITS_MAX)
/* A conference's room and code with their pauses; as many tones as a phone takes at once. */
#define OH_NUMBER_TONES_MAX 32

/**
 * OhNumberKind:
 * @OH_NUMBER_E164: international, "+" and digits
 * @OH_NUMBER_NATIONAL: complete at home, but the plan does not know the country
 * @OH_NUMBER_EXTENSION: internal
 * @OH_NUMBER_SERVICE: a code with "*" or "#" that makes the phone or the exchange do something
 * @OH_NUMBER_EMERGENCY: police, fire brigade, ambulance
 * @OH_NUMBER_PREMIUM: charged above the ordinary rate
 *
 * What a number is. The last three are never dialled without asking.
 */
typedef enum
{
  OH_NUMBER_E164,
  OH_NUMBER_NATIONAL,
  OH_NUMBER_EXTENSION,
  OH_NUMBER_SERVICE,
  OH_NUMBER_EMERGENCY,
  OH_NUMBER_PREMIUM,
  OH_N_NUMBER_KINDS,
} OhNumberKind;

/**
 * OhNumberSource:
 * @OH_NUMBER_FROM_USER: typed, or selected and sent by the user's own hand
 * @OH_NUMBER_FROM_LINK: a link, of a web page or a mail: written by anybody
 * @OH_NUMBER_FROM_CONTACT: a number of a contact
 * @OH_NUMBER_FROM_CALL: the other party of a call as the phone named it
 *
 * Who wrote the text. A link may hold a plain number and nothing else.
 */
typedef enum
{
  OH_NUMBER_FROM_USER,
  OH_NUMBER_FROM_LINK,
  OH_NUMBER_FROM_CONTACT,
  OH_NUMBER_FROM_CALL,
} OhNumberSource;

/**
 * OhNumberStep:
 * @rule: what was done, not translated: "settings: national prefix"
 * @result: what came of it
 *
 * One step on the way from the text to what is dialled.
 */
typedef struct
{
  char *rule;
  char *result;
} OhNumberStep;

/**
 * OhNumber:
 * @dialled: what goes to the phone: "+" at most in front, digits, "*" and "#"; at most
 *   %OH_NUMBER_DIALLED_MAX
 * @canonical: for comparing, storing and showing to programs: E.164 where it is known, otherwise
 *   as dialled at home without outside line
 * @display: for people, for example "+49 30 39833-0" becomes "+49 30 398330"; read again it gives
 *   the same number
 * @extension: (nullable): digits of ";ext=" or "ext. 12", not dialled
 * @tones: (nullable): what follows a pause, not dialled; see OhNumberText
 * @kind: what it is
 * @rule: the name of the rule that decided, not translated: "settings: national prefix"
 * @doubt: (nullable): why this may not be what is meant, one translated sentence
 * @steps: (element-type OhNumberStep): the whole way
 * @region: (nullable): ISO 3166 code of the country, where somebody knows; information
 * @type: (transfer none) (nullable): as in OhNumberFacts; information
 * @valid: whether the numbering plan knows such a number; information, says nothing without @type
 *
 * A number that can be dialled.
 */
typedef struct
{
  char *dialled;
  char *canonical;
  char *display;
  char *extension;
  char *tones;
  OhNumberKind kind;
  char *rule;
  char *doubt;
  GPtrArray *steps;
  char *region;
  const char *type;
  gboolean valid;
} OhNumber;

/**
 * oh_number_parse:
 * @text: what was typed, or a tel:, callto:, sip: or sips: URI; bounded here
 * @source: who wrote it
 * @plan: how numbers are written and dialled here
 * @error: (nullable): OH_ERROR_BAD_NUMBER with what is wrong; the text itself is quoted only as
 *   far as it is printable and short
 *
 * Reads a number; refuses what it would have to guess. Where a site's outside line makes a text
 * mean two numbers, the one without outside line is taken, the other is the doubt, and the user is
 * asked.
 *
 * Returns: (transfer full) (nullable): the number
 */
OhNumber *oh_number_parse (const char *text, OhNumberSource source, const OhDialPlan *plan,
                           GError **error);

/**
 * oh_number_free:
 * @number: (nullable) (transfer full): a number
 */
void oh_number_free (OhNumber *number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhNumber, oh_number_free)

/**
 * oh_number_kind_word:
 * @kind: a kind
 *
 * Returns: (transfer none): "e164", "national", "extension", "service", "emergency", "premium"
 */
const char *oh_number_kind_word (OhNumberKind kind);

/**
 * oh_number_always_asks:
 * @number: a number
 *
 * Returns: whether the user must be asked before it is dialled, whatever the settings say
 */
gboolean oh_number_always_asks (const OhNumber *number);

/**
 * oh_number_same:
 * @a: one canonical number
 * @b: another
 *
 * Whether they reach the same line, as far as two notations can tell: equal, or equal in the last
 * nine digits where one of them lacks its country ([MS-SIP] clients compare so).
 *
 * Returns: whether they are the same
 */
gboolean oh_number_same (const char *a, const char *b);

G_END_DECLS
