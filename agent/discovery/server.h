/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define OH_SERVER_PORT_TLS 5061
/* Where an Edge server waits for those outside: other ports are often closed to them. */
#define OH_SERVER_PORT_EDGE 443

/**
 * OhServer:
 * @host: (owned): what to connect to and what the certificate must name; IPv6 without brackets
 * @port: port
 * @guessed: not named by anybody: that it does not exist says nothing
 * @via: who named it, a static word for the log: "settings", "last time", "autodiscover", the name
 *   of an SRV record, "guess", "redirect"
 *
 * A server that may be ours.
 */
typedef struct
{
  char *host;
  guint16 port;
  gboolean guessed;
  const char *via;
} OhServer;

/**
 * oh_server_new:
 * @host: host; copied
 * @port: port
 * @via: as in #OhServer; "guess" makes it guessed
 *
 * Returns: (transfer full): a server
 */
OhServer *oh_server_new (const char *host, guint16 port, const char *via);

/**
 * oh_server_copy:
 * @self: a server
 *
 * Returns: (transfer full): another one like it
 */
OhServer *oh_server_copy (const OhServer *self);

/**
 * oh_server_free:
 * @self: (nullable) (transfer full): a server
 */
void oh_server_free (OhServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhServer, oh_server_free)

/**
 * oh_server_list_new:
 *
 * Returns: (transfer full) (element-type OhServer): an empty list that owns what is in it
 */
GPtrArray *oh_server_list_new (void);

/**
 * oh_server_list_add:
 * @list: (element-type OhServer): a list
 * @server: (transfer full): appended, unless the list has that host and port already
 */
void oh_server_list_add (GPtrArray *list, OhServer *server);

/**
 * oh_server_parse:
 * @text: "host", "host:port", "192.0.2.1:5061", "[2001:db8::1]:5061"
 * @error: OH_ERROR_SETTINGS
 *
 * Returns: (transfer full): the server, port 5061 where none is written, via "settings"; NULL on
 *   error
 */
OhServer *oh_server_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_server_text:
 * @self: a server
 *
 * Returns: (transfer full): "host:port", IPv6 in brackets
 */
char *oh_server_text (const OhServer *self);

/**
 * oh_server_is_same:
 * @a: a server
 * @b: another
 *
 * Returns: whether host, in any case of letters, and port are the same
 */
gboolean oh_server_is_same (const OhServer *a, const OhServer *b);

/**
 * oh_server_is_host_name:
 * @text: what a server may be called
 *
 * Returns: whether it is a name or an IPv4 address, at most 253 octets (RFC 1035 2.3.4)
 */
gboolean oh_server_is_host_name (const char *text);

/**
 * OhServerNames:
 * @OH_SERVER_NAMES_RELAXED: anything below the domain, at any depth
 * @OH_SERVER_NAMES_STRICT: the domain, or one label below it
 *
 * Which names count as the domain's own. The strict rule is that of Communicator 2007, group
 * policy DisableStrictDNSNaming = 0.
 */
typedef enum
{
  OH_SERVER_NAMES_RELAXED,
  OH_SERVER_NAMES_STRICT,
} OhServerNames;

/**
 * OhServerTrust:
 * @domain: domain of the sign-in address
 * @names: which names below it count
 * @others: (nullable) (array zero-terminated=1): further domains that the administrator trusts,
 *   with everything below them
 *
 * Where a server may live that nobody typed. Only borrowed for the call.
 */
typedef struct
{
  const char *domain;
  OhServerNames names;
  const char *const *others;
} OhServerTrust;

/**
 * oh_server_name_is_trusted:
 * @host: a name that came from DNS, or from an answer that is not signed
 * @trust: where it may live
 *
 * DNS answers are not signed: a forged one must not lead us to a stranger with a good certificate.
 * Letters of any case, labels as a whole: evilfabrikam.test is not fabrikam.test.
 *
 * Returns: whether it may be connected to without asking
 */
gboolean oh_server_name_is_trusted (const char *host, const OhServerTrust *trust);

/**
 * oh_server_untrusted_error:
 * @host: the name, not yet looked at
 * @from: who named it, translated: "DNS"
 * @domain: domain of the sign-in address
 *
 * Returns: (transfer full): OH_ERROR_UNTRUSTED, which says what happened and which setting allows
 * it
 */
GError *oh_server_untrusted_error (const char *host, const char *from, const char *domain);

G_END_DECLS
