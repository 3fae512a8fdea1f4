/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "error.h"
#include "phone-level.h"
#include "phone-condition.h"
#include "phone-kind.h"
#include "phone-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhPhoneState:
 * @OH_PHONE_STATE_UNKNOWN: nobody has asked it yet, or what was known is out of date
 * @OH_PHONE_STATE_READY: it answered, let us in, and takes commands
 * @OH_PHONE_STATE_UNREACHABLE: no answer; tried again by itself, later and later
 * @OH_PHONE_STATE_UNTRUSTED: its certificate was not accepted; nothing was sent to it
 * @OH_PHONE_STATE_UNAUTHORIZED: it refused the stored login, or wants one and none is stored
 * @OH_PHONE_STATE_LOCKED_OUT: it refuses everybody for some time; nothing is sent meanwhile
 * @OH_PHONE_STATE_UNSUPPORTED: it answered, but this body cannot drive it as it is set up now
 *
 * The nicks are a promise to the outside ("unknown", "locked-out" ...).
 */
typedef enum
{
  OH_PHONE_STATE_UNKNOWN,
  OH_PHONE_STATE_READY,
  OH_PHONE_STATE_UNREACHABLE,
  OH_PHONE_STATE_UNTRUSTED,
  OH_PHONE_STATE_UNAUTHORIZED,
  OH_PHONE_STATE_LOCKED_OUT,
  OH_PHONE_STATE_UNSUPPORTED,
  OH_N_PHONE_STATES,
} OhPhoneState;

#define OH_TYPE_PHONE_STATE (oh_phone_state_get_type ())
GType oh_phone_state_get_type (void);

/**
 * oh_phone_state_nick:
 * @state: a state
 *
 * Returns: (transfer none): its promised word, for example "locked-out"
 */
const char *oh_phone_state_nick (OhPhoneState state);

/**
 * OhPhoneCapabilities:
 * @OH_PHONE_CAN_DIAL: takes DIAL
 * @OH_PHONE_CAN_ANSWER: takes ANSWER and REJECT
 * @OH_PHONE_CAN_HANG_UP: takes HANG_UP
 * @OH_PHONE_CAN_HANG_UP_ALL: takes HANG_UP_ALL
 * @OH_PHONE_CAN_HOLD: takes HOLD and RESUME
 * @OH_PHONE_CAN_DTMF: takes DTMF
 * @OH_PHONE_CAN_DND: takes DND_ON and DND_OFF, and knows the outcome
 * @OH_PHONE_CAN_CHOOSE_IDENTITY: the identity of a command is honoured
 * @OH_PHONE_CAN_TELL_EVENTS: events can be had from it
 * @OH_PHONE_NAMES_CALLS: commands address single calls by their name
 * @OH_PHONE_HOLD_TOGGLES: HOLD and RESUME are one key: the sender has to know the state
 * @OH_PHONE_CONFIRMS: the body itself knows the outcome; SENT does not occur
 * @OH_PHONE_CAN_SWAP: takes SWAP
 * @OH_PHONE_CAN_TRANSFER: takes TRANSFER and TRANSFER_COMPLETE
 * @OH_PHONE_CAN_CONFERENCE: takes JOIN
 * @OH_PHONE_CAN_MUTE: takes MUTE_ON and MUTE_OFF
 * @OH_PHONE_MUTE_TOGGLES: MUTE_ON and MUTE_OFF are one key, and nothing tells its state
 * @OH_PHONE_CAN_VOLUME: takes VOLUME_UP and VOLUME_DOWN
 * @OH_PHONE_CAN_FORWARD: takes the FORWARD verbs, and knows the outcome
 * @OH_PHONE_CAN_LOCK: takes LOCK and UNLOCK
 * @OH_PHONE_CAN_REBOOT: takes REBOOT
 * @OH_PHONE_HAS_FALLBACKS: has a second choice for a command that had no effect, see @attempt of
 *   OhPhoneCommand
 * @OH_PHONE_IS_UNPROTECTED: no fact to be glad of: it has let us in without a login, so anybody on
 *   the network can use it
 *
 * What a body, with this phone as it is set up now, can do.
 */
typedef enum
{
  OH_PHONE_CAN_DIAL = 1 << 0,
  OH_PHONE_CAN_ANSWER = 1 << 1,
  OH_PHONE_CAN_HANG_UP = 1 << 2,
  OH_PHONE_CAN_HANG_UP_ALL = 1 << 3,
  OH_PHONE_CAN_HOLD = 1 << 4,
  OH_PHONE_CAN_DTMF = 1 << 5,
  OH_PHONE_CAN_CHOOSE_IDENTITY = 1 << 6,
  OH_PHONE_CAN_TELL_EVENTS = 1 << 7,
  OH_PHONE_NAMES_CALLS = 1 << 8,
  OH_PHONE_HOLD_TOGGLES = 1 << 9,
  OH_PHONE_CONFIRMS = 1 << 10,
  OH_PHONE_IS_UNPROTECTED = 1 << 11,
  OH_PHONE_CAN_DND = 1 << 12,
  OH_PHONE_CAN_SWAP = 1 << 13,
  OH_PHONE_CAN_TRANSFER = 1 << 14,
  OH_PHONE_CAN_CONFERENCE = 1 << 15,
  OH_PHONE_CAN_MUTE = 1 << 16,
  OH_PHONE_MUTE_TOGGLES = 1 << 17,
  OH_PHONE_CAN_VOLUME = 1 << 18,
  OH_PHONE_CAN_FORWARD = 1 << 19,
  OH_PHONE_CAN_LOCK = 1 << 20,
  OH_PHONE_CAN_REBOOT = 1 << 21,
  OH_PHONE_HAS_FALLBACKS = 1 << 22,
} OhPhoneCapabilities;

/**
 * oh_phone_verb_needs:
 * @verb: a verb
 *
 * Returns: the one capability that a phone must have to take it
 */
OhPhoneCapabilities oh_phone_verb_needs (OhPhoneVerb verb);

/**
 * OhPhoneOutcome:
 * @OH_PHONE_OUTCOME_FAILED: the error says why; the phone did not do it
 * @OH_PHONE_OUTCOME_SENT: the phone took the request; whether it acts, its event tells
 * @OH_PHONE_OUTCOME_CONFIRMED: the phone has done it
 * @OH_PHONE_OUTCOME_UNKNOWN: the request left and no answer came; only an event, or a look at the
 *   phone, can tell. Never send it again by program.
 */
typedef enum
{
  OH_PHONE_OUTCOME_FAILED,
  OH_PHONE_OUTCOME_SENT,
  OH_PHONE_OUTCOME_CONFIRMED,
  OH_PHONE_OUTCOME_UNKNOWN,
} OhPhoneOutcome;

/**
 * OhPhoneTrustMode:
 * @OH_PHONE_TRUST_CA: the chain ends in @ca_file (or the system's store) and the name fits
 * @OH_PHONE_TRUST_FACTORY: the chain ends in @ca_file, the vendor's, and the subject has the MAC
 * @OH_PHONE_TRUST_PIN: the public key is the pinned one, whatever the chain says
 * @OH_PHONE_TRUST_FIRST_USE: as PIN; while there is no pin the first key seen is accepted and
 *   told by the signal "certificate" so that it can be stored
 * @OH_PHONE_TRUST_NONE: not checked; plain http only goes with this
 *
 * How the phone's certificate is judged, on every connection. The nicks "ca", "factory", "pin",
 * "first-use" and "none" are the values of the setting.
 */
typedef enum
{
  OH_PHONE_TRUST_CA,
  OH_PHONE_TRUST_FACTORY,
  OH_PHONE_TRUST_PIN,
  OH_PHONE_TRUST_FIRST_USE,
  OH_PHONE_TRUST_NONE,
} OhPhoneTrustMode;

#define OH_TYPE_PHONE_TRUST_MODE (oh_phone_trust_mode_get_type ())
GType oh_phone_trust_mode_get_type (void);

/**
 * oh_phone_trust_mode_from_nick:
 * @nick: (nullable): the value of a setting
 * @out: (out): the mode; untouched on failure
 *
 * Returns: FALSE for a word that is none of the five
 */
gboolean oh_phone_trust_mode_from_nick (const char *nick, OhPhoneTrustMode *out);

/**
 * oh_phone_trust_mode_nick:
 * @mode: a mode
 *
 * Returns: (transfer none): its word
 */
const char *oh_phone_trust_mode_nick (OhPhoneTrustMode mode);

/**
 * OhPhoneTrust:
 * @mode: how to judge
 * @fingerprint: (nullable): the pin: SHA-256 of the SubjectPublicKeyInfo, 64 hex digits, in any
 *   case, with or without colons; for PIN and FIRST_USE
 * @ca_file: (nullable): PEM bundle; for CA (NULL: the system's store) and FACTORY
 * @expected_name: (nullable): for CA: a name other than the host that the certificate must bear
 *   instead, because phones sit on DHCP addresses (the MAC, or the phone's DNS name); for FACTORY:
 *   the MAC, before the phone could be asked for it
 * @ignore_date: for CA and FACTORY: a certificate is accepted whose dates alone are wrong: phones
 *   live longer than what their maker gave them
 * @legacy_tls: for phones that know nothing better: TLS 1.0 and 1.1, and with PIN and FIRST_USE
 * keys below 2048 bits and signatures with SHA-1 or MD5
 *
 * The strings are borrowed for the time of the call.
 */
typedef struct
{
  OhPhoneTrustMode mode;
  const char *fingerprint;
  const char *ca_file;
  const char *expected_name;
  gboolean ignore_date;
  gboolean legacy_tls;
} OhPhoneTrust;

#define OH_TYPE_PHONE_EVENT (oh_phone_event_get_type ())
GType oh_phone_event_get_type (void);

/**
 * OhPhone:
 *
 * A telephone that takes commands and tells events, whatever its maker: snom's classic web server
 * is one body, uaCSTA over SIP or another vendor's action URLs are others. Abstract.
 *
 * Properties (read only but for the construct-only id, host and clock):
 *  - id (string): the name the user gave it
 *  - host (string): "host[:port]"
 *  - state (OhPhoneState), reason (GError, nullable): why it is not ready, domain OH_ERROR; the
 *    message names the phone and the setting to change
 *  - model, firmware, mac (string, nullable): "snomD785", "10.1.54.13", "000413AABBCC"; known
 *    after the first successful probe and kept from then on
 *  - capabilities (flags as guint)
 *  - dnd (boolean): do-not-disturb, as far as the phone has told
 *  - condition (OhPhoneCondition as pointer): how it is set: muted, locked, forwarding, messages,
 *    accounts; see oh_phone_get_condition()
 *  - watched (boolean): events arrive here: the phone was told where to, and took it
 *  - kind (uint, OhPhoneKind): what answers there, as far as it has said; also where this body
 *    cannot drive it, so that whoever made the phone can take the body that does
 *  - fingerprint (string, nullable): of the certificate last shown, accepted or not
 *  - clock (OhClock): for tests; the system's clock otherwise
 *
 * Signals:
 *  - event (const OhPhoneEvent *): something happened at the phone
 *  - certificate (const char *fingerprint, gboolean first_use): @first_use TRUE: this key was
 *    accepted as the first one seen, store it as the pin; FALSE: another key than the pinned one
 *    was shown and refused
 */
#define OH_TYPE_PHONE (oh_phone_get_type ())
G_DECLARE_DERIVABLE_TYPE (OhPhone, oh_phone, OH, PHONE, GObject)

/**
 * OhPhoneClass:
 * @send_async: must send at most once; may rely on the verb being among the capabilities
 * @send_finish: the outcome of @send_async
 * @probe_async: no side effects at the phone, no key is pressed
 * @probe_finish: the outcome of @probe_async
 * @watch_async: has events delivered
 * @watch_finish: the outcome of @watch_async
 * @unwatch_async: leaves the phone as it was before
 * @unwatch_finish: the outcome of @unwatch_async
 * @set_login: (nullable user and password): the old ones are wiped
 * @set_trust: drops connections that were judged by the old rule
 * @set_address: (nullable): connects there instead of to the host; NULL: to the host again. The
 * host stays what certificates are judged by
 * @expect: (nullable): makes ready what can be made ready ahead of a DIAL; no side effects
 * @set_login_at: (nullable): as @set_login, of one of the three levels
 */
struct _OhPhoneClass
{
  GObjectClass parent_class;

  void (*send_async) (OhPhone *self, const OhPhoneCommand *command, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  OhPhoneOutcome (*send_finish) (OhPhone *self, GAsyncResult *result, GError **error);
  void (*probe_async) (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*probe_finish) (OhPhone *self, GAsyncResult *result, GError **error);
  void (*watch_async) (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*watch_finish) (OhPhone *self, GAsyncResult *result, GError **error);
  void (*unwatch_async) (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
  gboolean (*unwatch_finish) (OhPhone *self, GAsyncResult *result, GError **error);
  void (*set_login) (OhPhone *self, const char *user, const char *password);
  void (*set_trust) (OhPhone *self, const OhPhoneTrust *trust);
  void (*set_address) (OhPhone *self, const char *address);
  void (*expect) (OhPhone *self);
  void (*set_login_at) (OhPhone *self, OhPhoneLevel level, const char *user, const char *password);
};

/**
 * oh_phone_get_id:
 * @self: a phone
 *
 * Returns: (transfer none): the name the user gave it
 */
const char *oh_phone_get_id (OhPhone *self);

/**
 * oh_phone_get_host:
 * @self: a phone
 *
 * Returns: (transfer none): "host[:port]"
 */
const char *oh_phone_get_host (OhPhone *self);

/**
 * oh_phone_get_model:
 * @self: a phone
 *
 * Returns: (transfer none) (nullable): for example "snomD785"
 */
const char *oh_phone_get_model (OhPhone *self);

/**
 * oh_phone_get_firmware:
 * @self: a phone
 *
 * Returns: (transfer none) (nullable): for example "10.1.54.13"
 */
const char *oh_phone_get_firmware (OhPhone *self);

/**
 * oh_phone_get_mac:
 * @self: a phone
 *
 * Returns: (transfer none) (nullable): twelve upper-case hex digits
 */
const char *oh_phone_get_mac (OhPhone *self);

/**
 * oh_phone_get_state:
 * @self: a phone
 *
 * Returns: its state
 */
OhPhoneState oh_phone_get_state (OhPhone *self);

/**
 * oh_phone_get_reason:
 * @self: a phone
 *
 * Returns: (transfer none) (nullable): why it is not ready, or why a ready one delivers no
 *   events; domain OH_ERROR
 */
const GError *oh_phone_get_reason (OhPhone *self);

/**
 * oh_phone_get_capabilities:
 * @self: a phone
 *
 * Returns: what it can do now
 */
OhPhoneCapabilities oh_phone_get_capabilities (OhPhone *self);

/**
 * oh_phone_get_dnd:
 * @self: a phone
 *
 * Returns: whether do-not-disturb is on, as far as the phone has told
 */
gboolean oh_phone_get_dnd (OhPhone *self);

/**
 * oh_phone_get_condition:
 * @self: a phone
 *
 * Returns: (transfer none): how it is set, as far as it has told; valid until the next
 *   "notify::condition"
 */
const OhPhoneCondition *oh_phone_get_condition (OhPhone *self);

/**
 * oh_phone_get_watched:
 * @self: a phone
 *
 * Returns: whether events arrive: only then does silence after a command mean anything
 */
gboolean oh_phone_get_watched (OhPhone *self);

/**
 * oh_phone_get_kind:
 * @self: a phone
 *
 * Returns: what answers there, as far as it has said
 */
OhPhoneKind oh_phone_get_kind (OhPhone *self);

/**
 * oh_phone_get_fingerprint:
 * @self: a phone
 *
 * Returns: (transfer none) (nullable): of the certificate it showed last, accepted or not:
 *   SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hex digits
 */
const char *oh_phone_get_fingerprint (OhPhone *self);

/**
 * oh_phone_get_clock:
 * @self: a phone
 *
 * Returns: (transfer none): the clock that its events' times are of
 */
OhClock *oh_phone_get_clock (OhPhone *self);

/**
 * OhPhoneHolder:
 * @OH_PHONE_HOLDER_NONE: nobody else, as far as is known
 * @OH_PHONE_HOLDER_PROGRAM: another program: an exchange that logs calls, a CTI client
 * @OH_PHONE_HOLDER_OFFHOOK: the Offhook of another computer or user
 *
 * Who is told of the phone's calls in our place.
 */
typedef enum
{
  OH_PHONE_HOLDER_NONE,
  OH_PHONE_HOLDER_PROGRAM,
  OH_PHONE_HOLDER_OFFHOOK,
} OhPhoneHolder;

/**
 * OhPhoneFacts:
 * @certificate: (nullable): what it showed last, accepted or not
 * @blocking: (nullable): name of its setting that keeps commands from having an effect
 * @listening: (nullable): "ADDRESS:PORT", where its events are waited for
 * @last_event_us: when it told something last, microseconds since 1970 UTC; 0 for never
 * @partly: it tells when calls begin and cannot tell when they are answered or end
 * @holder: who is told in our place
 * @holder_host: that one's host; "" when it is not known
 * @driver: (nullable): the stable word for how it is driven where there are several ways: "http",
 *   "csta"
 * @driver_why: (nullable): why in this one
 * @habits: (nullable): those of its settings that change what a key does, "NAME=VALUE"
 *
 * What is known of a phone that only matters to who looks for a fault. Borrowed until the phone is
 * asked for something.
 */
typedef struct
{
  GTlsCertificate *certificate;
  const char *blocking;
  const char *listening;
  gint64 last_event_us;
  gboolean partly;
  OhPhoneHolder holder;
  const char *holder_host;
  const char *driver;
  const char *driver_why;
  const char *const *habits;
} OhPhoneFacts;

/**
 * oh_phone_get_facts:
 * @self: a phone
 * @out: (out caller-allocates): what is known of it
 */
void oh_phone_get_facts (OhPhone *self, OhPhoneFacts *out);

/**
 * oh_phone_set_login:
 * @self: a phone
 * @user: (nullable): user name of the phone's own web page
 * @password: (nullable): its password; kept in memory only, wiped when replaced or at the end
 *
 * NULL for both forgets the login. A login that the phone has refused is not tried again until
 * another is set, or the same one a minute later, because a phone locks everybody out after few
 * failures.
 */
void oh_phone_set_login (OhPhone *self, const char *user, const char *password);

/**
 * oh_phone_set_login_at:
 * @self: a phone
 * @level: whose login; oh_phone_set_login() is OH_PHONE_LEVEL_USER
 * @user: (nullable): user name
 * @password: (nullable): password; kept in memory only, wiped when replaced or at the end
 *
 * The lowest level that is enough is used for each request. A phone that knows one level only
 * ignores the others.
 */
void oh_phone_set_login_at (OhPhone *self, OhPhoneLevel level, const char *user,
                            const char *password);

/**
 * oh_phone_expect:
 * @self: a phone
 *
 * The user is likely to dial soon: a number was typed, or stands in a window with a button. A ready
 * phone makes connection and login good ahead, so that the click costs the request alone; any other
 * is left alone.
 */
void oh_phone_expect (OhPhone *self);

/**
 * oh_phone_set_trust:
 * @self: a phone
 * @trust: how to judge its certificate from now on
 */
void oh_phone_set_trust (OhPhone *self, const OhPhoneTrust *trust);

/**
 * oh_phone_set_address:
 * @self: a phone
 * @address: (nullable): where it is now, numeric and without a port; NULL for where its host says
 *
 * The phone has got another address. It is connected to there from now on, by the same rule of
 * trust, which is asked before anything is sent. A body that cannot do that stays where it is.
 */
void oh_phone_set_address (OhPhone *self, const char *address);

/**
 * oh_phone_send_async:
 * @self: a phone
 * @command: what to do; copied
 * @cancellable: (nullable): stops waiting; what has left has left
 * @callback: called once
 * @user_data: for @callback
 *
 * Sends one command, once. Commands to one phone are done one after the other.
 */
void oh_phone_send_async (OhPhone *self, const OhPhoneCommand *command, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_send_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): only with OH_PHONE_OUTCOME_FAILED: OH_ERROR_UNREACHABLE and
 *   OH_ERROR_UNTRUSTED (nothing was sent), OH_ERROR_PHONE_LOGIN, OH_ERROR_PHONE_LOCKED_OUT,
 *   OH_ERROR_PHONE_REFUSED, OH_ERROR_UNSUPPORTED, OH_ERROR_USAGE, OH_ERROR_CANCELLED (not sent)
 *
 * Returns: what became of it
 */
OhPhoneOutcome oh_phone_send_finish (OhPhone *self, GAsyncResult *result, GError **error);

/**
 * oh_phone_probe_async:
 * @self: a phone
 * @cancellable: (nullable): stops it
 * @callback: called once
 * @user_data: for @callback
 *
 * Finds out what it is and whether it takes commands, without side effects, and sets state,
 * reason, model, firmware, MAC and capabilities. From the first probe on the phone is looked
 * after: an unreachable one is tried again by itself.
 */
void oh_phone_probe_async (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * oh_phone_probe_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): the reason, as oh_phone_send_finish()
 *
 * Returns: whether the phone is ready
 */
gboolean oh_phone_probe_finish (OhPhone *self, GAsyncResult *result, GError **error);

/**
 * oh_phone_watch_async:
 * @self: a phone that is ready
 * @cancellable: (nullable): stops it
 * @callback: called once
 * @user_data: for @callback
 *
 * Has the phone's events delivered to the signal "event", and keeps it so: after a restart of the
 * phone the wish is repeated. Never takes a place where somebody else's address stands.
 */
void oh_phone_watch_async (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * oh_phone_watch_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): as oh_phone_send_finish(); OH_ERROR_CONFLICT when every place is taken
 *
 * Returns: whether events will come
 */
gboolean oh_phone_watch_finish (OhPhone *self, GAsyncResult *result, GError **error);

/**
 * oh_phone_unwatch_async:
 * @self: a phone
 * @cancellable: (nullable): stops it
 * @callback: called once
 * @user_data: for @callback
 *
 * Restores at the phone what stood there before oh_phone_watch_async(); what somebody else has
 * changed since is left alone. Without a watch it succeeds at once.
 */
void oh_phone_unwatch_async (OhPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * oh_phone_unwatch_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): as oh_phone_send_finish()
 *
 * Returns: whether the phone is as it was
 */
gboolean oh_phone_unwatch_finish (OhPhone *self, GAsyncResult *result, GError **error);

G_END_DECLS
