/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "number-rules.h"

G_BEGIN_DECLS

/**
 * OhCompanyFile:
 *
 * The company's rules in a file, Company_Phone_Number_Normalization_Rules.txt, on this computer or
 * on a share: read in a thread of its own, because a share may not answer for minutes, and again
 * whenever it changes.
 */
typedef struct _OhCompanyFile OhCompanyFile;

/**
 * OhCompanyFunc:
 * @user_data: what was given with the function
 *
 * oh_company_file_rules() are others than before.
 */
typedef void (*OhCompanyFunc) (gpointer user_data);

/**
 * oh_company_file_new:
 * @changed: told of new rules
 * @user_data: for @changed, borrowed
 *
 * Returns: (transfer full): no file
 */
OhCompanyFile *oh_company_file_new (OhCompanyFunc changed, gpointer user_data);

/**
 * oh_company_file_free:
 * @self: (nullable) (transfer full): nothing is told any more
 */
void oh_company_file_free (OhCompanyFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCompanyFile, oh_company_file_free)

/**
 * oh_company_file_set_path:
 * @self: it
 * @path: absolute path; "" for no file
 *
 * Reads it from now on; does nothing when it is the same as before.
 */
void oh_company_file_set_path (OhCompanyFile *self, const char *path);

/**
 * oh_company_file_rules:
 * @self: it
 *
 * Returns: (transfer none): the rules of the file as it was read last; none, with the problem, of
 *   one that cannot be read
 */
OhNumberRules *oh_company_file_rules (const OhCompanyFile *self);

G_END_DECLS
