/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-documents.h"
#include "fe-state.h"

G_BEGIN_DECLS

/**
 * FeForm:
 * @FE_FORM_CATEGORIES: OCS, [MS-PRES] 2.2.2.1
 * @FE_FORM_PRESENTITY: LCS 2005
 * @FE_FORM_PIDF: RFC 3863 with RFC 4480, as gateways to other networks
 * @FE_FORM_XPIDF: Windows Messenger among peers
 *
 * What a person's presence is written in.
 */
typedef enum
{
  FE_FORM_CATEGORIES,
  FE_FORM_PRESENTITY,
  FE_FORM_PIDF,
  FE_FORM_XPIDF,
} FeForm;

/**
 * fe_form_from_word:
 * @word: (nullable): "categories", "presentity", "pidf" or "xpidf"
 * @out: (out): the form
 *
 * Returns: whether there is such a form
 */
gboolean fe_form_from_word (const char *word, FeForm *out);

/**
 * fe_form_type:
 * @form: a form
 *
 * Returns: (transfer none): its Content-Type
 */
const char *fe_form_type (FeForm form);

/**
 * fe_legacy_write:
 * @form: any but FE_FORM_CATEGORIES
 * @person: whose; name and phones go in where the form has them
 * @uri: the address as the watcher wrote it
 * @state: what they are; all zero for offline
 * @note: (nullable): their note, escaped as XML wants it
 *
 * Returns: (transfer full): the document
 */
char *fe_legacy_write (FeForm form, const FePerson *person, const char *uri, const FeState *state,
                       const char *note);

G_END_DECLS
