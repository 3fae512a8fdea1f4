/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate-folder.h"
#include "cli.h"

G_BEGIN_DECLS

/**
 * oh_certificate_key_kind:
 * @word: (nullable): what stands on the command line; NULL for what every phone takes
 * @kind: (out): the kind of key
 * @error: OH_ERROR_USAGE
 *
 * Returns: whether it is one
 */
gboolean oh_certificate_key_kind (const char *word, OhPhoneKeyKind *kind, GError **error);

/**
 * oh_certificate_done_text:
 * @done: what was done
 *
 * Returns: (transfer none): for people, translated
 */
const char *oh_certificate_done_text (OhCertificateRequested done);

/**
 * oh_certificate_print:
 * @cli: a run
 * @findings: (element-type OhFinding): what was found
 *
 * For people, or as the JSON document of `doctor --json`.
 */
void oh_certificate_print (OhCli *cli, GPtrArray *findings);

/**
 * oh_certificate_now_s:
 *
 * Returns: the time of this computer, seconds since 1970 UTC
 */
gint64 oh_certificate_now_s (void);

G_END_DECLS
