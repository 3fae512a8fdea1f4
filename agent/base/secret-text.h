/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for passwords, in every program that ever holds one. Each piece has pages of its own:
 * they are not swapped out (where the system's limit allows it), not in a core file, not in a
 * child process, and are overwritten before they go back. While there is any such piece the whole
 * process makes no core file and lets no other process of the user read it. Any thread. */

/**
 * oh_secret_alloc:
 * @size: octets, at least one
 *
 * Returns: (transfer full): so many octets, all zero; oh_secret_free() them
 */
char *oh_secret_alloc (gsize size);

/**
 * oh_secret_dup:
 * @text: (nullable): a secret
 *
 * Returns: (transfer full) (nullable): a copy; NULL of NULL
 */
char *oh_secret_dup (const char *text);

/**
 * oh_secret_ndup:
 * @octets: a secret
 * @len: octets of it
 *
 * Returns: (transfer full): a terminated copy
 */
char *oh_secret_ndup (const char *octets, gsize len);

/**
 * oh_secret_free:
 * @secret: (nullable) (transfer full): of one of the functions above; overwritten, all of it,
 *   whatever length the text in it has
 */
void oh_secret_free (char *secret);

/**
 * oh_secret_forbid_cores:
 *
 * For a program that lives with secrets: no core file and no debugger from now on, for good.
 */
void oh_secret_forbid_cores (void);

G_END_DECLS
