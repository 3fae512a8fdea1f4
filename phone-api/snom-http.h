/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-dialect.h"
#include "phone-level.h"
#include "phone.h"
#include "snom-page.h"
#include "snom-step.h"

G_BEGIN_DECLS

/* First lock-out; each further one in a row is twice as long. */
#define OH_SNOM_LOCKOUT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* Nobody waits longer than a morning: 60 s doubled this often. */
#define OH_SNOM_LOCKOUT_DOUBLINGS_MAX 8

/* How long after a hint a connection is held open: longer than it takes to read a number and to
   click; the phone may have no other thread for anybody else. */
#define OH_SNOM_WARM_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)
/* What is read to find out whether certificate and login are good: it changes nothing. */
#define OH_SNOM_HARMLESS_PAGE "/info.htm"

/**
 * OhSnomHttp:
 *
 * Requests to one phone's web server, one at a time, in order, with a gap. It judges the
 * certificate before anything is sent, computes one answer to a challenge, stops at the second
 * refusal, and sends nothing while the phone locks everybody out. It knows no command, and what
 * makers differ in is in an OhPhoneDialect: a device that speaks another one gets no login.
 *
 * Signal certificate (const char *fingerprint, guint verdict): a certificate was judged, an
 * OhPhoneVerdict.
 */
#define OH_TYPE_SNOM_HTTP (oh_snom_http_get_type ())
G_DECLARE_FINAL_TYPE (OhSnomHttp, oh_snom_http, OH, SNOM_HTTP, GObject)

/**
 * oh_snom_http_new:
 * @host: "host[:port]"
 * @scheme: (nullable): "https" or "http"; NULL for https
 * @clock: the clock
 *
 * Returns: (transfer full): a channel that has sent nothing
 */
OhSnomHttp *oh_snom_http_new (const char *host, const char *scheme, OhClock *clock);

/**
 * oh_snom_http_set_dialect:
 * @self: a channel that has sent nothing yet
 * @dialect: (transfer none): whose phone it is; snom's otherwise
 */
void oh_snom_http_set_dialect (OhSnomHttp *self, const OhPhoneDialect *dialect);

/**
 * oh_snom_http_get_secure:
 * @self: a channel
 *
 * Returns: whether it speaks https: as told, or since the phone led there
 */
gboolean oh_snom_http_get_secure (OhSnomHttp *self);

/**
 * oh_snom_http_get_kind:
 * @self: a channel
 *
 * Returns: what answers there, as far as it has said
 */
OhPhoneKind oh_snom_http_get_kind (OhSnomHttp *self);

/**
 * oh_snom_http_set_login:
 * @self: a channel
 * @level: whose login
 * @user: (nullable): user name
 * @password: (nullable): password; the old one is wiped
 *
 * Makes a login that was refused usable again, once, as oh_snom_login_set() says.
 *
 * Returns: whether there is something new to try
 */
gboolean oh_snom_http_set_login (OhSnomHttp *self, OhPhoneLevel level, const char *user,
                                 const char *password);

/**
 * oh_snom_http_set_trust:
 * @self: a channel
 * @trust: how to judge; when it says something new, open connections are dropped
 *
 * Returns: whether it says something new
 */
gboolean oh_snom_http_set_trust (OhSnomHttp *self, const OhPhoneTrust *trust);

/**
 * oh_snom_http_set_model:
 * @self: a channel
 * @model: (nullable): "snom360", as the phone says it; sets the gap between its requests
 */
void oh_snom_http_set_model (OhSnomHttp *self, const char *model);

/**
 * oh_snom_http_set_address:
 * @self: a channel
 * @address: (nullable): where to connect from now on; NULL for the host. Certificates are judged by
 *   the host all the same
 *
 * Returns: whether that is somewhere else
 */
gboolean oh_snom_http_set_address (OhSnomHttp *self, const char *address);

/**
 * oh_snom_http_set_mac:
 * @self: a channel
 * @mac: (nullable): the phone's MAC for the trust mode "factory"
 */
void oh_snom_http_set_mac (OhSnomHttp *self, const char *mac);

/**
 * oh_snom_http_get_host_name:
 * @self: a channel
 *
 * Returns: (transfer none): name or address without port
 */
const char *oh_snom_http_get_host_name (OhSnomHttp *self);

/**
 * oh_snom_http_get_local:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): our address of the last connection: the one that routes to
 *   the phone
 */
GInetAddress *oh_snom_http_get_local (OhSnomHttp *self);

/**
 * oh_snom_http_get_remote:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): the phone's address of the last connection
 */
GInetAddress *oh_snom_http_get_remote (OhSnomHttp *self);

/**
 * oh_snom_http_get_certificate:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): what the phone showed last, accepted or not
 */
GTlsCertificate *oh_snom_http_get_certificate (OhSnomHttp *self);

/**
 * oh_snom_http_get_unprotected:
 * @self: a channel
 *
 * Returns: whether the phone has let us in without any login: then it lets anybody in
 */
gboolean oh_snom_http_get_unprotected (OhSnomHttp *self);

/**
 * oh_snom_http_locked_us:
 * @self: a channel
 *
 * Returns: microseconds until the phone's lock-out ends; 0 when there is none
 */
gint64 oh_snom_http_locked_us (OhSnomHttp *self);

/**
 * oh_snom_http_expect:
 * @self: a channel
 *
 * A request of the kind ONCE is likely soon: makes certificate and login good, and opens a
 * connection that has carried nothing, for %OH_SNOM_WARM_US.
 */
void oh_snom_http_expect (OhSnomHttp *self);

/**
 * OhSnomLetter:
 * @kind: what may be done with it
 * @target: path and query, encoded as they are to stand in the request line
 * @form: (nullable): sent as a POST: application/x-www-form-urlencoded
 * @secret: there is a password in it, to be set: it leaves through TLS only, no trace has its
 * query, and it goes out under the login for settings
 *
 * One request. Borrowed for the time of the call.
 */
typedef struct
{
  OhSnomRequestKind kind;
  const char *target;
  const char *form;
  gboolean secret;
} OhSnomLetter;

/**
 * oh_snom_http_send_async:
 * @self: a channel
 * @letter: the request
 * @cancellable: (nullable): takes a waiting request out of the queue, stops one under way
 * @callback: called once, before the next request leaves
 * @user_data: for @callback
 *
 * The outcome is that of oh_snom_http_get_finish(), and OH_ERROR_PHONE_REFUSED for a secret that
 * would leave in the open.
 */
void oh_snom_http_send_async (OhSnomHttp *self, const OhSnomLetter *letter,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * oh_snom_http_get_async:
 * @self: a channel
 * @kind: what may be done with it
 * @target: path and query, encoded as they are to stand in the request line
 * @cancellable: (nullable): takes a waiting request out of the queue, stops one under way
 * @callback: called once
 * @user_data: for @callback
 */
void oh_snom_http_get_async (OhSnomHttp *self, OhSnomRequestKind kind, const char *target,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * oh_snom_http_post_async:
 * @self: a channel
 * @kind: what may be done with it
 * @target: as for oh_snom_http_get_async()
 * @form: (nullable): urlencoded, sent by POST; NULL for a GET
 * @cancellable: (nullable): the same
 * @callback: called once; oh_snom_http_get_finish()
 * @user_data: for @callback
 */
void oh_snom_http_post_async (OhSnomHttp *self, OhSnomRequestKind kind, const char *target,
                              const char *form, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_snom_http_get_finish:
 * @self: a channel
 * @result: from the callback
 * @out_page: (out) (optional) (transfer full): what the page says
 * @error: (nullable): OH_ERROR_UNREACHABLE, OH_ERROR_UNTRUSTED (nothing was sent),
 *   OH_ERROR_PHONE_LOGIN, OH_ERROR_PHONE_LOCKED_OUT, OH_ERROR_PHONE_REFUSED,
 *   OH_ERROR_UNSUPPORTED (another generation), OH_ERROR_PROTOCOL, OH_ERROR_CANCELLED (not sent),
 *   and OH_ERROR_OUTCOME_UNKNOWN: a request of the kind ONCE left, and no answer came
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *oh_snom_http_get_finish (OhSnomHttp *self, GAsyncResult *result, OhSnomPage **out_page,
                                 GError **error);

G_END_DECLS
