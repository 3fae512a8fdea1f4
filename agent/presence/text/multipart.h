/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* RFC 2046 5.1.1 */
#define OH_MULTIPART_BOUNDARY_MAX 70u
/* A batch asks for 100 people and is answered by one part each and the list. */
#define OH_MULTIPART_PARTS_MAX 1024u
/* Header lines of one part; three are usual. */
#define OH_MULTIPART_LINES_MAX 32u

/**
 * OhMultipartPart:
 * @type: value of its Content-Type, empty when it has none
 * @id: value of its Content-ID without the angle brackets, empty when it has none
 * @body: its octets, without the line end that belongs to the boundary
 *
 * One part; the slices point into the body that was given.
 */
typedef struct
{
  OhSlice type;
  OhSlice id;
  OhSlice body;
} OhMultipartPart;

/**
 * oh_multipart_split:
 * @content_type: the value of the Content-Type of the whole
 * @body: the whole
 * @error: (out) (optional): OH_ERROR_PROTOCOL when there is no usable boundary, no part, or too
 *   many of them
 *
 * RFC 2046 5.1, with what servers do to it: bare line feeds, binary parts that end without a line
 * end before the boundary (it then has to follow a ">"), and no closing boundary: the last part
 * then reaches to the end.
 *
 * Returns: (transfer full) (nullable) (element-type OhMultipartPart): the parts, as long as @body
 *   lives
 */
GArray *oh_multipart_split (OhSlice content_type, OhSlice body,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_multipart_type_is:
 * @content_type: a Content-Type
 * @type: a type without parameters, for example "application/rlmi+xml"
 *
 * Returns: whether they are the same, letters in any case, parameters aside
 */
gboolean oh_multipart_type_is (OhSlice content_type, const char *type);

G_END_DECLS
