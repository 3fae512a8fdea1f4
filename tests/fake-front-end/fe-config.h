/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FE_REALM "SIP Communications Service"

/**
 * FeSelfNotify:
 * @FE_SELF_NOTIFY_BOTH: a publish is answered with the new versions and followed by a BENOTIFY
 * @FE_SELF_NOTIFY_BODY: only the answer has them, as from servers that do not notify the author
 * @FE_SELF_NOTIFY_LATER: the answer is empty, they come by BENOTIFY
 */
typedef enum
{
  FE_SELF_NOTIFY_BOTH,
  FE_SELF_NOTIFY_BODY,
  FE_SELF_NOTIFY_LATER,
} FeSelfNotify;

/**
 * FeWatchOptions:
 * @no_adhoclist: no lists: a subscription for each person
 * @lcs: no categories: lists and documents of LCS 2005
 * @refuse_benotify: 420 to who wants BENOTIFY
 *
 * How presence is subscribed to here.
 */
typedef struct
{
  gboolean no_adhoclist;
  gboolean lcs;
  gboolean refuse_benotify;
} FeWatchOptions;

/**
 * FeConfig:
 * @address: where to listen, an address in digits
 * @server: host name of this front end; must be in its certificate and in the keytab's SPN
 * @domain: SIP domain of its users
 * @kerberos_target: SPN of the Kerberos challenge, normally "sip/" and @server
 * @ntlm_target: name in the NTLM challenge, normally @server
 * @offer_kerberos: whether to challenge with Kerberos
 * @offer_ntlm: whether to challenge with NTLM
 * @offer_tls_dsk: whether to name TLS-DSK too; it is not implemented, a client has to pass over it
 * @edge: every answer says that it came through an Edge, from outside
 * @realm: of its challenges
 * @association_life_s: after so long an association is forgotten; 0 for never
 * @association_idle_s: ... and after so long without a message of the client; 0 for never
 * @version: of the signature, 2, 3 or 4
 * @shares_path: another server asks too: credentials that do not name us are for that one
 * @proxy_family: 407 and Proxy-*, instead of 401 and WWW-*
 * @expires_s: what a registration gets
 * @no_levels: accounts have no rules for who sees what, as those never used with Microsoft's
 * clients
 * @linger: a registration outlives its connection until it expires, as with real registrars
 * @subscription_expires_s: what a subscription gets
 * @date_offset_s: its clock is so many seconds ahead of the machine's
 * @keep_alive_s: timeout promised in ms-keep-alive; 0 to say nothing of it
 * @lenient_mime: "8bit" and a trailing CRLF in multipart bodies, for libpurple's MIME reader
 * @notify_multipart: changes within a batch come as a list of one
 * @piggyback: first notification in the 200, when the client can
 * @benotify: BENOTIFY, when the client can
 * @trace: write every message to stderr
 * @watch: how presence is subscribed to
 * @self_notify: how the author of a publication learns the versions
 *
 * What the command line said; nothing changes it later.
 */
typedef struct
{
  char *address;
  char *server;
  char *domain;
  char *kerberos_target;
  char *ntlm_target;
  char *realm;
  gboolean offer_kerberos;
  gboolean offer_ntlm;
  gboolean offer_tls_dsk;
  gboolean edge;
  int association_life_s;
  int association_idle_s;
  guint version;
  gboolean shares_path;
  gboolean proxy_family;
  int expires_s;
  gboolean linger;
  gboolean no_levels;
  int subscription_expires_s;
  int keep_alive_s;
  int date_offset_s;
  gboolean lenient_mime;
  gboolean notify_multipart;
  gboolean piggyback;
  gboolean benotify;
  gboolean trace;
  FeWatchOptions watch;
  FeSelfNotify self_notify;
} FeConfig;

G_END_DECLS
