/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/**
 * OhSipNameAddr:
 * @display: the display name without its quotes, escapes still in; empty when there is none
 * @uri: the URI exactly as on the wire, with URI parameters when it stood in angle brackets
 * @params: the header parameters, from the first ';' on; empty when there are none
 *
 * From, To, Contact, Route, P-Asserted-Identity ... (RFC 3261 20.10). All slices borrow from the
 * text that was parsed.
 */
typedef struct
{
  OhSlice display;
  OhSlice uri;
  OhSlice params;
} OhSipNameAddr;

/**
 * OhSipVia:
 * @transport: "TLS", "TCP" ...
 * @host: sent-by without the port, an IPv6 address without its brackets
 * @port: 0 when none is written
 * @params: from the first ';' on
 *
 * RFC 3261 20.42. All slices borrow from the text that was parsed.
 */
typedef struct
{
  OhSlice transport;
  OhSlice host;
  guint16 port;
  OhSlice params;
} OhSipVia;

/**
 * OhSipCSeq:
 * @number: the number, below 2^31 (RFC 3261 8.1.1.5)
 * @digits: the same as it is on the wire, for signatures
 * @method: the method, its case kept
 *
 * RFC 3261 20.16. All slices borrow from the text that was parsed.
 */
typedef struct
{
  guint32 number;
  OhSlice digits;
  OhSlice method;
} OhSipCSeq;

/**
 * oh_sip_header_full_name:
 * @name: a header name, long or compact, any case
 *
 * RFC 3261 7.3.3 and the registry: "f" is "From", "x" is "Session-Expires".
 *
 * Returns: the long name for a compact one; @name itself otherwise
 */
OhSlice oh_sip_header_full_name (OhSlice name);

/**
 * oh_sip_list_next:
 * @cursor: (inout): a header value; moved past the element and its comma
 * @item: (out): the element, trimmed
 *
 * Splits at commas outside quotes and angle brackets; passes over empty elements. Not for
 * authentication headers, which have commas of their own.
 *
 * Returns: FALSE when nothing is left
 */
gboolean oh_sip_list_next (OhSlice *cursor, OhSlice *item);

/**
 * oh_sip_name_addr_parse:
 * @value: one element, as oh_sip_list_next() gives it
 * @out: (out): its parts; untouched on failure
 *
 * Without angle brackets everything from the first ';' on are header parameters (RFC 3261 20).
 * The URI itself is not looked into.
 *
 * Returns: FALSE when it has no URI, or a quote or bracket is not closed
 */
gboolean oh_sip_name_addr_parse (OhSlice value, OhSipNameAddr *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_params_next:
 * @cursor: (inout): parameters, from a ';' on; moved past one
 * @name: (out): its name
 * @value: (out): its value, trimmed, without the quotes of a quoted-string; empty when it has none
 *
 * Blanks around ';' and '=' are passed over.
 *
 * Returns: FALSE when nothing is left, or at the first thing that is no parameter
 */
gboolean oh_sip_params_next (OhSlice *cursor, OhSlice *name, OhSlice *value);

/**
 * oh_sip_params_get:
 * @params: parameters, from the first ';' on
 * @name: which, any case
 * @value: (out) (optional): the value of the first of that name, as oh_sip_params_next();
 *   untouched when there is none
 *
 * Returns: whether it is there
 */
gboolean oh_sip_params_get (OhSlice params, const char *name, OhSlice *value);

/**
 * oh_sip_params_dup:
 * @params: parameters, from the first ';' on
 * @name: which, any case
 *
 * Returns: (transfer full) (nullable): a copy of the value; NULL when it is not there
 */
char *oh_sip_params_dup (OhSlice params, const char *name);

/**
 * oh_sip_header_tag:
 * @value: a From or To
 *
 * Returns: the tag parameter, verbatim; empty when there is none or the value is malformed
 */
OhSlice oh_sip_header_tag (OhSlice value);

/**
 * oh_sip_via_parse:
 * @value: one element of a Via
 * @out: (out): its parts; untouched on failure
 *
 * Returns: FALSE when it is malformed
 */
gboolean oh_sip_via_parse (OhSlice value, OhSipVia *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_cseq_parse:
 * @value: a CSeq
 * @out: (out): its parts; untouched on failure
 *
 * Returns: FALSE when it is malformed or the number is 2^31 or more
 */
gboolean oh_sip_cseq_parse (OhSlice value, OhSipCSeq *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_quote:
 * @text: (nullable): anything
 *
 * Returns: (transfer full): @text as a quoted-string, quotes and backslashes escaped, line breaks
 *   and other control characters made blanks
 */
char *oh_sip_quote (const char *text);

G_END_DECLS
