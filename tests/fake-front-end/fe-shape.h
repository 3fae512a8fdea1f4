/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fe_shape_fold:
 * @octets: a message
 *
 * Returns: (transfer full): the same with every header's value on a line of its own
 */
GBytes *fe_shape_fold (GBytes *octets);

/**
 * fe_shape_compact:
 * @octets: a message
 *
 * Returns: (transfer full): the same with the short names of RFC 3261 7.3.3
 */
GBytes *fe_shape_compact (GBytes *octets);

/**
 * fe_shape_two_lengths:
 * @octets: a message
 *
 * Returns: (transfer full): the same with "Content-Length: 0" before the true one
 */
GBytes *fe_shape_two_lengths (GBytes *octets);

/**
 * fe_shape_half:
 * @octets: a message
 *
 * Returns: (transfer full): its first half
 */
GBytes *fe_shape_half (GBytes *octets);

/**
 * fe_shape_head:
 * @octets: a message
 *
 * Returns: (transfer full): what stands before its body
 */
GBytes *fe_shape_head (GBytes *octets);

G_END_DECLS
