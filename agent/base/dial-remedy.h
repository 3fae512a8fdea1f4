/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * oh_dial_remedy_applies:
 * @error: (nullable): why a call was not dialled
 *
 * What the phone, or the way to it, refused is dialled on the phone by the user; what was asked
 * back, or may have been dialled already, is not.
 *
 * Returns: whether nothing was dialled and the number can be
 */
gboolean oh_dial_remedy_applies (const GError *error);

/**
 * oh_dial_remedy_add:
 * @error: (transfer full): why a call was not dialled
 * @dialled: (nullable): the number as it would have gone to the phone
 *
 * Returns: (transfer full): the same, with the number to dial by hand where that helps
 */
GError *oh_dial_remedy_add (GError *error, const char *dialled);

G_END_DECLS
