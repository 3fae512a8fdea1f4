/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Octets of a head, status line and all fields: twenty times what a phone sends. */
#define OH_HTTP_HEAD_MAX 16384
/* Fields of a head; a phone sends ten. */
#define OH_HTTP_FIELDS_MAX 64
/* Interim answers (1xx) before the one that counts; a phone sends none. */
#define OH_HTTP_INTERIM_MAX 4
/* Octets of the line before a chunk: its size, and extensions that nobody uses. */
#define OH_HTTP_CHUNK_LINE_MAX 128

/**
 * OhHttpProgress:
 * @OH_HTTP_MORE: not complete as yet
 * @OH_HTTP_COMPLETE: all of it is there
 * @OH_HTTP_BROKEN: this is no answer, or it contradicts itself, or it was cut off
 * @OH_HTTP_TOO_LARGE: beyond one of the limits
 */
typedef enum
{
  OH_HTTP_MORE,
  OH_HTTP_COMPLETE,
  OH_HTTP_BROKEN,
  OH_HTTP_TOO_LARGE,
} OhHttpProgress;

/**
 * OhHttpReply:
 * @status: of the answer; 0 until its head is complete
 * @keep: the connection is good for another request, when the reply is complete
 * @server: (nullable): value of that field
 * @location: (nullable): the same
 * @challenge: (nullable): of WWW-Authenticate, all of them joined with ", "
 * @info: (nullable): of Authentication-Info
 * @body: what came of the page, chunks taken out of their wrapping
 *
 * One answer to one GET or POST, read from octets as they come (RFC 9112). Other fields are not
 * kept: cookies above all. Whatever was understood before it broke stays.
 */
typedef struct
{
  guint status;
  gboolean keep;
  char *server;
  char *location;
  char *challenge;
  char *info;
  GByteArray *body;
  /*< private >*/
  struct OhHttpReader *reader;
} OhHttpReply;

/**
 * oh_http_reply_new:
 * @body_max: octets of the body that are kept; one more is OH_HTTP_TOO_LARGE
 *
 * Returns: (transfer full): a reply of which nothing has come
 */
OhHttpReply *oh_http_reply_new (gsize body_max);

/**
 * oh_http_reply_free:
 * @self: (nullable) (transfer full): a reply
 */
void oh_http_reply_free (OhHttpReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhHttpReply, oh_http_reply_free)

/**
 * oh_http_reply_feed:
 * @self: a reply
 * @octets: what came, in any portions; octets after the end make the connection unfit
 *
 * Returns: how far it is; anything but OH_HTTP_MORE is final
 */
OhHttpProgress oh_http_reply_feed (OhHttpReply *self, OhSlice octets);

/**
 * oh_http_reply_end:
 * @self: a reply
 *
 * The connection was closed: the end of a body without a length, or a cut.
 *
 * Returns: OH_HTTP_COMPLETE, or what went wrong
 */
OhHttpProgress oh_http_reply_end (OhHttpReply *self);

G_END_DECLS
