/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A name longer than that is no name; what comes behind is not looked at. Octets. */
#define OH_FOLD_TEXT_MAX 512u
/* "Prof. Dr. Maria del Carmen Ruiz y Picasso (Marketing)" has ten. */
#define OH_FOLD_WORDS_MAX 16u

/**
 * OhFoldedWord:
 * @base: every letter without its marks: "Müller" is "muller", "Søren" is "soren"
 * @spelt: (nullable): what people write who have no such key: "mueller", "soeren"; NULL where it
 *   is the same as @base
 *
 * A word without what people leave out when they type: case, accents, umlauts, width.
 */
typedef struct
{
  char *base;
  char *spelt;
} OhFoldedWord;

/**
 * oh_folded_word_free:
 * @self: (nullable) (transfer full): a word
 */
void oh_folded_word_free (OhFoldedWord *self);

/**
 * oh_fold_words:
 * @text: (nullable): what people wrote; octets that are no UTF-8 end a word
 *
 * Words are what stands between blanks and punctuation; an apostrophe joins ("O'Brien" is
 * "obrien"), a hyphen parts. Digits of any script are words, too. Compatibility forms and case
 * are folded by Unicode's tables, marks are left out; "ß" is "ss", "æ" is "ae", "ø" is "o", and
 * "oe" where it is spelt.
 *
 * Returns: (transfer full) (element-type OhFoldedWord): at most OH_FOLD_WORDS_MAX words
 */
GPtrArray *oh_fold_words (const char *text);

/**
 * oh_fold_line:
 * @text: (nullable): an address: mail or SIP
 *
 * Folds case, width and marks and leaves everything else where it is, for texts whose punctuation
 * counts. Control characters are left out.
 *
 * Returns: (transfer full): the text folded; "" for NULL
 */
char *oh_fold_line (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhFoldedWord, oh_folded_word_free)

G_END_DECLS
