/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FeMessage:
 * @method: (nullable): of a request; NULL in a response
 * @uri: (nullable): the Request-URI; NULL in a response
 * @status: of a response, 100 to 699; 0 in a request
 * @reason: (nullable): reason phrase of a response
 * @headers: (element-type FeHeader): in the order of the wire, unfolded
 * @body: (nullable): the octets after the blank line
 *
 * One SIP message as values. It is the front end's own, so that a mistake of the product's parser
 * is not repeated here.
 */
typedef struct
{
  char *method;
  char *uri;
  guint status;
  char *reason;
  GPtrArray *headers;
  GBytes *body;
} FeMessage;

/**
 * FeHeader:
 * @name: long form, spelled as on the wire
 * @value: trimmed; folded lines joined with one space
 */
typedef struct
{
  char *name;
  char *value;
} FeHeader;

/**
 * fe_message_new_request:
 * @method: method, upper case
 * @uri: Request-URI
 *
 * Returns: (transfer full): a request with neither headers nor body
 */
FeMessage *fe_message_new_request (const char *method, const char *uri);

/**
 * fe_message_new_response:
 * @request: what is answered
 * @status: 100 to 699
 * @reason: reason phrase
 *
 * Takes Via, From, To, Call-ID and CSeq over (RFC 3261 8.2.6.2); a To without a tag gets one that
 * is the same for all answers of the same Call-ID.
 *
 * Returns: (transfer full): the response
 */
FeMessage *fe_message_new_response (const FeMessage *request, guint status, const char *reason);

/**
 * fe_message_local_tag:
 * @call_id: a Call-ID
 *
 * Returns: (transfer full): the tag that the server uses in all dialogs of it
 */
char *fe_message_local_tag (const char *call_id);

/**
 * fe_message_free:
 * @self: (transfer full) (nullable): the message
 */
void fe_message_free (FeMessage *self);

/**
 * fe_message_add:
 * @self: the message
 * @name: header name
 * @format: printf style, the value
 *
 * Appends one header line.
 */
void fe_message_add (FeMessage *self, const char *name, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/**
 * fe_message_set:
 * @self: the message
 * @name: header name
 * @value: (nullable): the value; NULL removes all lines of that name
 *
 * Replaces the first header line of that name, or appends one.
 */
void fe_message_set (FeMessage *self, const char *name, const char *value);

/**
 * fe_message_set_body:
 * @self: the message
 * @content_type: value of Content-Type
 * @body: (transfer full): text or octets
 * @length: octets of @body, or -1 for a string
 */
void fe_message_set_body (FeMessage *self, const char *content_type, char *body, gssize length);

/**
 * fe_message_get:
 * @self: the message
 * @name: header name in any case; its compact form is found too
 *
 * Returns: (transfer none) (nullable): the value of the first line
 */
const char *fe_message_get (const FeMessage *self, const char *name);

/**
 * fe_message_has_token:
 * @self: the message
 * @name: a header with comma separated tokens, in one or more lines
 * @token: what to look for, case-insensitive
 *
 * Returns: whether it is there
 */
gboolean fe_message_has_token (const FeMessage *self, const char *name, const char *token);

/**
 * fe_message_body_text:
 * @self: the message
 * @out_length: (out) (optional): octets
 *
 * Returns: (transfer none): the body; "" when there is none. Not terminated.
 */
const char *fe_message_body_text (const FeMessage *self, gsize *out_length);

/**
 * fe_message_cseq:
 * @self: the message
 * @out_method: (out) (optional) (transfer none): the method word of CSeq, "" when missing
 *
 * Returns: the number; 0 when missing or no number
 */
guint fe_message_cseq (const FeMessage *self, const char **out_method);

/**
 * fe_message_to_bytes:
 * @self: the message
 *
 * Writes it for the wire, with Content-Length.
 *
 * Returns: (transfer full): the octets
 */
GBytes *fe_message_to_bytes (const FeMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeMessage, fe_message_free)

G_END_DECLS
