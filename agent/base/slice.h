/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhSlice:
 * @data: (nullable): first octet, borrowed, not terminated; NULL only when @len is 0
 * @len: octets
 *
 * A piece of somebody else's memory. The eater functions below are a cursor: they take from the
 * front and never look past the end.
 */
typedef struct
{
  const char *data;
  gsize len;
} OhSlice;

/**
 * OH_SLICE_INIT:
 * @literal: a string literal
 *
 * A slice over a literal, without its terminator.
 */
#define OH_SLICE_INIT(literal)                                                                     \
  {                                                                                                \
    (literal), sizeof (literal) - 1                                                                \
  }

/**
 * oh_slice:
 * @data: (nullable): first octet
 * @len: octets
 *
 * Returns: a slice over them
 */
OhSlice oh_slice (const char *data, gsize len);

/**
 * oh_slice_str:
 * @text: (nullable): a terminated string
 *
 * Returns: a slice over it; empty for NULL
 */
OhSlice oh_slice_str (const char *text);

/**
 * oh_slice_dup:
 * @slice: a slice
 *
 * Returns: (transfer full): a terminated copy
 */
char *oh_slice_dup (OhSlice slice);

/**
 * oh_slice_equal:
 * @slice: a slice
 * @text: a terminated string
 *
 * Returns: whether the octets are the same
 */
gboolean oh_slice_equal (OhSlice slice, const char *text);

/**
 * oh_slice_equal_case:
 * @slice: a slice
 * @text: a terminated string
 *
 * As oh_slice_equal(), with the letters A-Z and a-z taken as the same; no locale.
 *
 * Returns: whether they match
 */
gboolean oh_slice_equal_case (OhSlice slice, const char *text);

/**
 * oh_slice_has_prefix_case:
 * @slice: a slice
 * @prefix: a terminated string
 *
 * Returns: whether @slice begins with @prefix, ASCII letters in any case
 */
gboolean oh_slice_has_prefix_case (OhSlice slice, const char *prefix);

/**
 * oh_slice_trim:
 * @slice: a slice
 *
 * Returns: the slice without SP, HT, CR and LF at both ends
 */
OhSlice oh_slice_trim (OhSlice slice);

/**
 * oh_slice_find:
 * @slice: a slice
 * @octet: what to look for
 *
 * Returns: its index, or -1
 */
gssize oh_slice_find (OhSlice slice, char octet);

/**
 * oh_slice_to_uint:
 * @slice: decimal digits and nothing else
 * @max: the greatest value allowed
 * @out: (out): the number; untouched on failure
 *
 * Returns: FALSE when it is empty, has another octet, or is greater than @max
 */
gboolean oh_slice_to_uint (OhSlice slice, guint64 max, guint64 *out);

/**
 * oh_slice_eat:
 * @cursor: (inout): moved past @octet when it stands there
 * @octet: the octet expected
 *
 * Returns: whether it stood there
 */
gboolean oh_slice_eat (OhSlice *cursor, char octet);

/**
 * oh_slice_eat_space:
 * @cursor: (inout): moved past SP and HT
 *
 * Returns: how many were skipped
 */
gsize oh_slice_eat_space (OhSlice *cursor);

/**
 * oh_slice_eat_token:
 * @cursor: (inout): moved past the token
 *
 * Takes the longest RFC 3261 25.1 token from the front.
 *
 * Returns: the token; empty when there is none
 */
OhSlice oh_slice_eat_token (OhSlice *cursor);

/**
 * oh_slice_eat_until:
 * @cursor: (inout): moved up to, not past, the first octet of @stops, or to the end
 * @stops: terminated set of octets
 *
 * Returns: what was passed
 */
OhSlice oh_slice_eat_until (OhSlice *cursor, const char *stops);

/**
 * oh_slice_eat_quoted:
 * @cursor: (inout): at a DQUOTE; moved past the closing one
 * @out: (out): what stands between, with its backslash escapes still in
 *
 * RFC 3261 25.1 quoted-string.
 *
 * Returns: FALSE when there is no DQUOTE or it is never closed; the cursor is then untouched
 */
gboolean oh_slice_eat_quoted (OhSlice *cursor, OhSlice *out);

G_END_DECLS
