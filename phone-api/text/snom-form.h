/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Longest path of a page with its query; nothing of a phone's is near that. */
#define OH_SNOM_TARGET_MAX 256
/* Hidden inputs of one form; firmware that protects them has one. */
#define OH_SNOM_HIDDEN_MAX 32
/* Links of one page: menu, tabs, and the exports among them. */
#define OH_SNOM_LINKS_MAX 256

/**
 * OhSnomForm:
 * @target: (owned): path and query to post to, always at the phone itself
 * @names: (element-type utf8): of the hidden inputs and the button, in their order
 * @values: (element-type utf8): of those
 * @n_hidden: how many of them are hidden inputs: protection against forged requests, each to be
 * sent back once
 *
 * What has to go with the values that a form is sent with. The other inputs are left out on
 * purpose: the phone keeps what is not sent, and shows passwords as empty ones.
 */
typedef struct
{
  char *target;
  GPtrArray *names;
  GPtrArray *values;
  guint n_hidden;
} OhSnomForm;

/**
 * oh_snom_form_parse:
 * @page: a page
 * @path: its path and query: where a form without an action goes
 * @input: name of an input that tells the form from others
 *
 * Returns: (transfer full) (nullable): the form that has @input; NULL when there is none, it is not
 *   to be posted, or leads elsewhere than to the phone
 */
OhSnomForm *oh_snom_form_parse (OhSlice page, const char *path, const char *input);

/**
 * oh_snom_form_free:
 * @self: (nullable) (transfer full): a form
 */
void oh_snom_form_free (OhSnomForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomForm, oh_snom_form_free)

/**
 * oh_snom_form_body:
 * @form: a form
 * @names: %NULL-terminated names of settings
 * @values: as many values, secrets among them
 *
 * Returns: (transfer full): the settings, what goes with them, and the wish to keep them in flash,
 *   application/x-www-form-urlencoded; oh_secret_free() it
 */
char *oh_snom_form_body (const OhSnomForm *form, const char *const *names,
                         const char *const *values);

/**
 * oh_snom_page_find_export:
 * @page: the settings page
 * @kind: "xml" or "text"
 *
 * Where phones keep their exports is not the same for all; what they call the links is.
 *
 * Returns: (transfer full) (nullable): path and query of the link whose text or target says so
 */
char *oh_snom_page_find_export (OhSlice page, const char *kind);

G_END_DECLS
