/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate-folder.h"

G_BEGIN_DECLS

/**
 * OhFleetProgress:
 * @name: the phone
 * @done: what was done for it
 * @n: which, from 1
 * @total: of how many
 * @user_data: what was given with the function
 *
 * One phone has key and request.
 */
typedef void (*OhFleetProgress) (const char *name, OhCertificateRequested done, guint n,
                                 guint total, gpointer user_data);

/**
 * oh_certificate_fleet:
 * @csv: path of a list of phones, see oh_fleet_csv_parse()
 * @folder: gets a folder for each phone and "requests", where all the requests are: NAME.csr
 * @kind: of new keys
 * @progress: (nullable): called after each phone
 * @user_data: for @progress
 * @faults: (element-type utf8): gets what is wrong with the list, line by line; then nothing was
 *   written
 * @error: OH_ERROR_USAGE with @faults; OH_ERROR_FAILED, told with the line, when a file cannot be
 *   written
 *
 * Key and request for every phone of the list. The list is checked as a whole before anything is
 * written, every file is replaced as a whole, and what is there and right is kept: running it
 * again, with a longer list or after it was broken off, does only what is missing. Blocks; may be
 * called in any thread.
 *
 * Returns: whether all phones have theirs
 */
gboolean oh_certificate_fleet (const char *csv, const char *folder, OhPhoneKeyKind kind,
                               OhFleetProgress progress, gpointer user_data, GPtrArray *faults,
                               GError **error);

G_END_DECLS
