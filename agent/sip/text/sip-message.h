/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-header.h"

G_BEGIN_DECLS

/* Start line, headers and the blank line. Signed routes and tokens make heads of 10 KiB usual;
 * more than this, 64 KiB, is an attack or a fault. */
#define OH_SIP_HEAD_MAX 65536u
/* The first notification of a long contact list is big; beyond 4 MiB it is refused before it is
 * read. */
#define OH_SIP_BODY_MAX 4194304u
/* Header lines of one message, folded lines counted as one. */
#define OH_SIP_FIELDS_MAX 256u
/* Start line: method, address and version. */
#define OH_SIP_START_LINE_MAX 8192u

/**
 * OhSipMessage:
 *
 * A request or a response, received or to be sent. Reference-counted, not locked: one thread.
 *
 * What was received has been unfolded (one blank for each fold), compact names have become long
 * ones, names keep their case otherwise, values are trimmed and else exactly as on the wire.
 * Strings that an accessor returns belong to the message and live until the field is changed.
 */
typedef struct _OhSipMessage OhSipMessage;

/**
 * oh_sip_message_parse:
 * @bytes: one whole message, as the framer cuts it
 * @error: OH_ERROR_PROTOCOL: what is wrong with it
 *
 * Refuses: NUL octets in the head, limits exceeded, start line or header line malformed, version
 * other than SIP/2.0, Content-Length that is doubled and differs or does not fit. Headers that are
 * not known are kept. Whether the headers that every message needs are there says
 * oh_sip_message_validate().
 *
 * Returns: (transfer full): the message; NULL when it is broken
 */
OhSipMessage *oh_sip_message_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_message_validate:
 * @self: a message
 * @error: OH_ERROR_PROTOCOL: which header is missing or malformed
 *
 * RFC 3261 8.1.1: Via, From, To, Call-ID and CSeq stand there and can be read; From, To, Call-ID
 * and CSeq only once; the method of CSeq is that of the request (any case).
 *
 * Returns: whether transactions can work with it
 */
gboolean oh_sip_message_validate (const OhSipMessage *self,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_message_new_request:
 * @method: method, upper case
 * @uri: Request-URI
 *
 * Returns: (transfer full): a request without headers
 */
OhSipMessage *oh_sip_message_new_request (const char *method, const char *uri);

/**
 * oh_sip_message_new_response:
 * @request: what it answers
 * @status: 100 to 699
 * @reason: (nullable): reason phrase; NULL for the usual one of @status
 *
 * Copies Via, From, To, Call-ID, CSeq and, in 101 to 299, Record-Route, all lines in their order
 * (RFC 3261 8.2.6.2). The tag of To is the stack's to add.
 *
 * Returns: (transfer full): a response without body
 */
OhSipMessage *oh_sip_message_new_response (const OhSipMessage *request, guint status,
                                           const char *reason);

/**
 * oh_sip_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): one of its own, to change and send again; the body is shared
 */
OhSipMessage *oh_sip_message_copy (const OhSipMessage *self);

/**
 * oh_sip_message_ref:
 * @self: a message
 *
 * Returns: (transfer full): @self
 */
OhSipMessage *oh_sip_message_ref (OhSipMessage *self);

/**
 * oh_sip_message_unref:
 * @self: (transfer full): a message
 */
void oh_sip_message_unref (OhSipMessage *self);

/**
 * oh_sip_message_is_request:
 * @self: a message
 *
 * Returns: FALSE for a response
 */
gboolean oh_sip_message_is_request (const OhSipMessage *self);

/**
 * oh_sip_message_method:
 * @self: a message
 *
 * Returns: (transfer none): of a request its method, of a response the method of its CSeq; case
 *   kept; "" where a response has no readable CSeq
 */
const char *oh_sip_message_method (const OhSipMessage *self);

/**
 * oh_sip_message_is_method:
 * @self: a message
 * @method: a method
 *
 * Returns: whether oh_sip_message_method() is @method, in any case
 */
gboolean oh_sip_message_is_method (const OhSipMessage *self, const char *method);

/**
 * oh_sip_message_request_uri:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): Request-URI; NULL for a response
 */
const char *oh_sip_message_request_uri (const OhSipMessage *self);

/**
 * oh_sip_message_set_request_uri:
 * @self: a request
 * @uri: the new one; copied
 */
void oh_sip_message_set_request_uri (OhSipMessage *self, const char *uri);

/**
 * oh_sip_message_status:
 * @self: a message
 *
 * Returns: 100 to 699; 0 for a request
 */
guint oh_sip_message_status (const OhSipMessage *self);

/**
 * oh_sip_message_reason:
 * @self: a message
 *
 * Returns: (transfer none): the reason phrase; "" for a request
 */
const char *oh_sip_message_reason (const OhSipMessage *self);

/**
 * oh_sip_message_get:
 * @self: a message
 * @name: long header name, any case
 *
 * Returns: (transfer none) (nullable): the value of its first line; NULL when there is none
 */
const char *oh_sip_message_get (const OhSipMessage *self, const char *name);

/**
 * oh_sip_message_get_nth:
 * @self: a message
 * @name: long header name, any case
 * @n: which line of that name, 0 for the first
 *
 * Returns: (transfer none) (nullable): its value; NULL when there are not so many
 */
const char *oh_sip_message_get_nth (const OhSipMessage *self, const char *name, guint n);

/**
 * oh_sip_message_get_slice:
 * @self: a message
 * @name: long header name, any case
 *
 * Returns: oh_sip_message_get() as a slice; empty when there is none
 */
OhSlice oh_sip_message_get_slice (const OhSipMessage *self, const char *name);

/**
 * oh_sip_message_get_list:
 * @self: a message
 * @name: long header name, any case
 *
 * Every element of every line of that name, split at commas outside quotes and angle brackets
 * (Supported, Allow-Events, Record-Route, Contact ...).
 *
 * Returns: (transfer full): the elements in their order; no element for none
 */
GStrv oh_sip_message_get_list (const OhSipMessage *self, const char *name);

/**
 * oh_sip_message_has_token:
 * @self: a message
 * @name: long header name, any case
 * @token: what to look for, any case
 *
 * Looks through all lines and commas of that name; parameters after ';' do not count.
 *
 * Returns: whether it is among them
 */
gboolean oh_sip_message_has_token (const OhSipMessage *self, const char *name, const char *token);

/**
 * oh_sip_message_get_uint:
 * @self: a message
 * @name: long header name, any case
 * @max: the greatest value that makes sense here
 * @out: (out): the number; untouched on failure
 *
 * For Expires, Retry-After, Min-Expires: digits, blanks and parameters after them ignored.
 *
 * Returns: FALSE when it is not there, is no number, or is greater than @max
 */
gboolean oh_sip_message_get_uint (const OhSipMessage *self, const char *name, guint64 max,
                                  guint64 *out);

/**
 * oh_sip_message_n_fields:
 * @self: a message
 *
 * Returns: how many header lines it has
 */
guint oh_sip_message_n_fields (const OhSipMessage *self);

/**
 * oh_sip_message_field:
 * @self: a message
 * @index: below oh_sip_message_n_fields()
 * @value: (out) (optional) (transfer none): its value
 *
 * Returns: (transfer none): the name of that header line
 */
const char *oh_sip_message_field (const OhSipMessage *self, guint index, const char **value);

/**
 * oh_sip_message_add:
 * @self: a message
 * @name: long header name
 * @value: its value; control characters (a line break above all) become blanks; copied
 *
 * Adds a line after all others.
 */
void oh_sip_message_add (OhSipMessage *self, const char *name, const char *value);

/**
 * oh_sip_message_prepend:
 * @self: a message
 * @name: long header name
 * @value: as oh_sip_message_add()
 *
 * Adds a line before all others: a Via.
 */
void oh_sip_message_prepend (OhSipMessage *self, const char *name, const char *value);

/**
 * oh_sip_message_set:
 * @self: a message
 * @name: long header name
 * @value: as oh_sip_message_add()
 *
 * Puts one line in the place of the first of that name, or at the end, and removes the others.
 */
void oh_sip_message_set (OhSipMessage *self, const char *name, const char *value);

/**
 * oh_sip_message_set_printf:
 * @self: a message
 * @name: long header name
 * @format: printf style
 *
 * oh_sip_message_set() with the value written out.
 */
void oh_sip_message_set_printf (OhSipMessage *self, const char *name, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/**
 * oh_sip_message_remove:
 * @self: a message
 * @name: long header name, any case
 *
 * Returns: how many lines of that name were removed
 */
guint oh_sip_message_remove (OhSipMessage *self, const char *name);

/**
 * oh_sip_message_body:
 * @self: a message
 *
 * Returns: (transfer none): the body; of size 0 when there is none, never NULL
 */
GBytes *oh_sip_message_body (const OhSipMessage *self);

/**
 * oh_sip_message_set_body:
 * @self: a message
 * @content_type: (nullable): Content-Type; NULL removes it
 * @body: (nullable): at most OH_SIP_BODY_MAX octets; NULL for none
 */
void oh_sip_message_set_body (OhSipMessage *self, const char *content_type, GBytes *body);

/**
 * oh_sip_message_set_body_text:
 * @self: a message
 * @content_type: Content-Type
 * @text: the body; copied
 */
void oh_sip_message_set_body_text (OhSipMessage *self, const char *content_type, const char *text);

/**
 * oh_sip_message_content_is:
 * @self: a message
 * @content_type: "type/subtype"
 *
 * Returns: whether Content-Type is that, in any case, whatever its parameters
 */
gboolean oh_sip_message_content_is (const OhSipMessage *self, const char *content_type);

/**
 * oh_sip_message_cseq:
 * @self: a message
 * @out: (out): number, digits and method, borrowed from the message; untouched on failure
 *
 * Returns: FALSE when CSeq is missing or malformed
 */
gboolean oh_sip_message_cseq (const OhSipMessage *self, OhSipCSeq *out);

/**
 * oh_sip_message_serialise:
 * @self: a message
 *
 * The octets for the wire. Content-Length is always written, last, from the body; a field of that
 * name is not.
 *
 * Returns: (transfer full): head and body
 */
GBytes *oh_sip_message_serialise (const OhSipMessage *self);

/**
 * oh_sip_reason_phrase:
 * @status: a status code
 *
 * Returns: (transfer none): the usual phrase (RFC 3261 21); that of the class where it is not known
 */
const char *oh_sip_reason_phrase (guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipMessage, oh_sip_message_unref)

G_END_DECLS
