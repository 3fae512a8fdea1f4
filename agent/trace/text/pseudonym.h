/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Who and what one trace can tell apart. A contact list of 10,000 people with their numbers fits;
 * what comes later shares one name, so that a server cannot fill the memory with people. */
#define OH_PSEUDONYMS_MAX 32768u

/**
 * OhPseudonymKind:
 * @OH_PSEUDONYM_PERSON: "person1": the part of an address before "@", a login
 * @OH_PSEUDONYM_NUMBER: "number1": a telephone number
 * @OH_PSEUDONYM_TEXT: "text1": a name, a note, a place: whatever people write
 * @OH_PSEUDONYM_HOST: "HOST1": the computer somebody sits at
 */
typedef enum
{
  OH_PSEUDONYM_PERSON,
  OH_PSEUDONYM_NUMBER,
  OH_PSEUDONYM_TEXT,
  OH_PSEUDONYM_HOST,
  OH_N_PSEUDONYM_KINDS,
} OhPseudonymKind;

/**
 * OhPseudonyms:
 *
 * What people and their numbers are called in one trace: the same one always the same.
 */
typedef struct _OhPseudonyms OhPseudonyms;

/**
 * oh_pseudonyms_new:
 *
 * Returns: (transfer full): a table that knows nobody
 */
OhPseudonyms *oh_pseudonyms_new (void);

/**
 * oh_pseudonyms_free:
 * @self: (nullable) (transfer full): a table
 */
void oh_pseudonyms_free (OhPseudonyms *self);

/**
 * oh_pseudonyms_clear:
 * @self: a table
 *
 * Forgets everybody: the next trace begins.
 */
void oh_pseudonyms_clear (OhPseudonyms *self);

/**
 * oh_pseudonyms_get:
 * @self: a table
 * @kind: what kind of thing it is; decides only how a new one is called
 * @text: what it is really called; the case of letters and blanks around it do not count, of a
 *   number only its digits do
 *
 * Returns: (transfer none): its pseudonym; "person0", "number0" … beyond OH_PSEUDONYMS_MAX
 */
const char *oh_pseudonyms_get (OhPseudonyms *self, OhPseudonymKind kind, OhSlice text);

/**
 * oh_pseudonyms_alias:
 * @self: a table
 * @pseudonym: of oh_pseudonyms_get()
 * @text: another name of the same, "Alice Adams" of alice; one that has a pseudonym keeps it
 */
void oh_pseudonyms_alias (OhPseudonyms *self, const char *pseudonym, OhSlice text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPseudonyms, oh_pseudonyms_free)

G_END_DECLS
