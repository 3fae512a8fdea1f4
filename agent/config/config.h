/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A desk has one or two phones, a lab a dozen; more is a mistake in a profile. */
#define OH_CONFIG_PHONES_MAX 32
/* It becomes part of settings paths and object paths. */
#define OH_CONFIG_PHONE_ID_MAX 32
/* Where a front end listens when neither settings nor DNS name a port (sip over TLS, RFC
 * 3261 19.1.2). */
#define OH_CONFIG_SIP_PORT 5061

/**
 * OhConfigMechanism:
 * @OH_CONFIG_MECHANISM_AUTO: Kerberos where both ends can, else NTLM
 * @OH_CONFIG_MECHANISM_KERBEROS: Kerberos and nothing else
 * @OH_CONFIG_MECHANISM_NTLM: NTLM and nothing else
 *
 * The setting "mechanism".
 */
typedef enum
{
  OH_CONFIG_MECHANISM_AUTO,
  OH_CONFIG_MECHANISM_KERBEROS,
  OH_CONFIG_MECHANISM_NTLM,
} OhConfigMechanism;

/**
 * OhConfigLinks:
 * @OH_CONFIG_LINKS_ALWAYS: every link asks
 * @OH_CONFIG_LINKS_UNKNOWN: a link asks unless its number is a contact's
 * @OH_CONFIG_LINKS_NEVER: no link asks, but for what always asks
 *
 * The setting "confirm-links".
 */
typedef enum
{
  OH_CONFIG_LINKS_ALWAYS,
  OH_CONFIG_LINKS_UNKNOWN,
  OH_CONFIG_LINKS_NEVER,
} OhConfigLinks;

/**
 * OhConfigNames:
 * @OH_CONFIG_NAMES_RELAXED: a server that was found may be anything below the address's domain
 * @OH_CONFIG_NAMES_STRICT: it has to be the domain itself or one label below it
 *
 * The setting "server-names".
 */
typedef enum
{
  OH_CONFIG_NAMES_RELAXED,
  OH_CONFIG_NAMES_STRICT,
} OhConfigNames;

/**
 * OhConfigAccount:
 * @uri: "sip:alice@example.org"; "" when nobody is to sign in
 * @login: "" for the user of the ticket, else of the address
 * @server_host: "" to find it by DNS
 * @server_port: 0 where none is set
 * @external_host: the same for those outside; "" when there is none, or it is found
 * @external_port: 0 where none is set
 * @names: which names a server that was found may have
 * @trusted_domains: (array zero-terminated=1): further domains in which it may live; never NULL
 * @mechanism: how to prove who signs in
 * @allow_56_bit: NTLM may use 56 bit with a server that has no 128
 * @extended_protection: NTLM names the service and seals its messages, for servers that insist
 * @ca_file: "" for the system's authorities alone
 * @problem: (nullable): OH_ERROR_SETTINGS: the first value that cannot be used, with its key; its
 *   default stands in its place
 *
 * The account. Strings are never NULL.
 */
typedef struct
{
  char *uri;
  char *login;
  char *server_host;
  guint16 server_port;
  char *external_host;
  guint16 external_port;
  OhConfigNames names;
  GStrv trusted_domains;
  OhConfigMechanism mechanism;
  gboolean allow_56_bit;
  gboolean extended_protection;
  char *ca_file;
  GError *problem;
} OhConfigAccount;

/**
 * OhConfigPhone:
 * @id: as in "phones"
 * @host: "host[:port]"; "" when it is missing or cannot be used
 * @scheme: "https" or "http"
 * @user: "" for no login
 * @body: "auto", or the word of what drives it
 * @trust: "ca", "factory", "pin", "first-use" or "none"
 * @fingerprint: 64 lower-case hexadecimal digits, or ""
 * @ca_file: "" for the system's authorities
 * @expected_name: the name in its certificate; "" for its host
 * @ignore_date: whether its certificate may be out of date
 * @identity: "" for the phone's own choice
 * @events: whether the phone is to report its calls
 * @take_events: whether it may leave off telling another program of them for that
 * @legacy_tls: whether TLS 1.0 and 1.1 are allowed
 * @drive: "auto", "http" or "csta"
 * @sip_transport: "tls" or "tcp": for uaCSTA
 * @sip_port: where the phone takes SIP; 0 for the usual one
 * @sign_in_login: it may be offered the login of the account, once
 * @problem: (nullable): as in OhConfigAccount
 *
 * One phone. Strings are never NULL.
 */
typedef struct
{
  char *id;
  char *host;
  char *scheme;
  char *user;
  char *body;
  char *trust;
  char *fingerprint;
  char *ca_file;
  char *expected_name;
  gboolean ignore_date;
  char *identity;
  gboolean events;
  gboolean take_events;
  gboolean legacy_tls;
  char *drive;
  char *sip_transport;
  guint16 sip_port;
  gboolean sign_in_login;
  GError *problem;
} OhConfigPhone;

/**
 * OhConfigNumbers:
 * @country_code: digits, or ""
 * @area_code: digits, or ""
 * @international_prefix: digits, or ""
 * @national_prefix: digits, or ""
 * @outside_line_prefix: digits, "*" and "#", or ""
 * @extension_digits: 0 to 8
 * @company_rules: absolute path of a file, or ""
 * @problem: (nullable): as in OhConfigAccount
 *
 * How numbers are written and dialled here. Strings are never NULL.
 */
typedef struct
{
  char *country_code;
  char *area_code;
  char *international_prefix;
  char *national_prefix;
  char *outside_line_prefix;
  guint extension_digits;
  char *company_rules;
  GError *problem;
} OhConfigNumbers;

/**
 * OhConfigPresence:
 * @idle_us: after how long without a touch the computer counts as idle, microseconds; 0 for never
 * @away_us: after how long it counts as away, from the same touch; longer than @idle_us; 0 for
 *   never
 * @phone_to_presence: "do not disturb" at a phone is to be seen by others
 * @presence_to_phone: "do not disturb" as presence is for the phones, too
 *
 * What of this desk becomes presence, and the other way round.
 */
typedef struct
{
  gint64 idle_us;
  gint64 away_us;
  gboolean phone_to_presence;
  gboolean presence_to_phone;
} OhConfigPresence;

/**
 * OhConfig:
 *
 * The settings as typed values: GSettings, so that whatever locks and presets them works.
 *
 * Signals, each at most once per turn of the main loop however many keys have changed:
 *  - account-changed
 *  - numbers-changed
 *  - links-changed
 *  - history-changed
 *  - presence-changed
 *  - directory-changed
 *  - phones-changed: the list, or anything of one phone: compare and act on what differs
 */
#define OH_TYPE_CONFIG (oh_config_get_type ())
G_DECLARE_FINAL_TYPE (OhConfig, oh_config, OH, CONFIG, GObject)

/**
 * oh_config_new:
 * @backend: (nullable): for tests; the default otherwise
 * @error: OH_ERROR_SETTINGS when the schemas are not installed
 *
 * Returns: (transfer full) (nullable): the settings
 */
OhConfig *oh_config_new (GSettingsBackend *backend, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_config_dup_account:
 * @self: the settings
 *
 * Returns: (transfer full): the account as it stands
 */
OhConfigAccount *oh_config_dup_account (OhConfig *self);

/**
 * oh_config_dup_locked:
 * @self: the settings
 *
 * Returns: (transfer full) (nullable): the keys of the account and the phones that the user cannot
 *   change, with ", " between; NULL when there are none
 */
char *oh_config_dup_locked (OhConfig *self);

/**
 * oh_config_dup_numbers:
 * @self: the settings
 *
 * Returns: (transfer full): how numbers are read
 */
OhConfigNumbers *oh_config_dup_numbers (OhConfig *self);

/**
 * oh_config_links:
 * @self: the settings
 *
 * Returns: when links ask
 */
OhConfigLinks oh_config_links (OhConfig *self);

/**
 * oh_config_get_event_port:
 * @self: a configuration
 *
 * Returns: the TCP port where phones tell of their calls, 0 for any
 */
guint16 oh_config_get_event_port (OhConfig *self);

/**
 * oh_config_dup_phone_choice:
 * @self: the settings
 * @default_phone: (out) (transfer full): id of the default phone; "" for the first one
 *
 * Returns: (transfer full): which phone dials where none is named: "in-reach", "default" or "ask"
 */
char *oh_config_dup_phone_choice (OhConfig *self, char **default_phone);

/**
 * oh_config_links_word:
 * @links: a value
 *
 * Returns: (transfer none): its word in the settings
 */
const char *oh_config_links_word (OhConfigLinks links);

/**
 * oh_config_dup_presence:
 * @self: the settings
 *
 * Returns: (transfer full): what of this desk becomes presence; to be freed with g_free()
 */
OhConfigPresence *oh_config_dup_presence (OhConfig *self);

/**
 * oh_config_history_days:
 * @self: the settings
 *
 * Returns: how many days calls are kept; 0 for not at all
 */
guint oh_config_history_days (OhConfig *self);

/**
 * oh_config_dup_private_numbers:
 * @self: the settings
 *
 * Returns: (transfer full) (array zero-terminated=1): numbers of which no trace is kept, as they
 *   stand there
 */
GStrv oh_config_dup_private_numbers (OhConfig *self);

/**
 * oh_config_dup_phones:
 * @self: the settings
 *
 * Ids that cannot be used, or stand there twice, are passed over with a warning in the log.
 *
 * Returns: (transfer full) (element-type OhConfigPhone): the phones in their order, at most
 *   OH_CONFIG_PHONES_MAX
 */
GPtrArray *oh_config_dup_phones (OhConfig *self);

/**
 * oh_config_add_phone:
 * @self: the settings
 * @address: "host", "host:port" or "http[s]://host[:port]", blanks around it ignored
 * @error: OH_ERROR_USAGE when it is none; OH_ERROR_SETTINGS when the administrator has locked
 *   "phones", or there are OH_CONFIG_PHONES_MAX already
 *
 * Returns: (transfer full) (nullable): the id of the new phone, made from the host's name
 */
char *oh_config_add_phone (OhConfig *self, const char *address, GError **error);

/**
 * oh_config_remove_phone:
 * @self: the settings
 * @id: a phone
 * @error: OH_ERROR_NO_PHONE; OH_ERROR_SETTINGS when "phones" is locked
 *
 * Takes it off the list and resets its settings.
 *
 * Returns: whether it is gone
 */
gboolean oh_config_remove_phone (OhConfig *self, const char *id, GError **error);

/**
 * oh_config_withdraw_sign_in_login:
 * @self: the settings
 * @id: a phone
 * @error: OH_ERROR_NO_PHONE; OH_ERROR_SETTINGS when the key is locked
 *
 * It was offered the account's login and refused it: never again without being told to.
 *
 * Returns: whether it is stored
 */
gboolean oh_config_withdraw_sign_in_login (OhConfig *self, const char *id, GError **error);

/**
 * oh_config_store_pin:
 * @self: the settings
 * @id: a phone
 * @trust: (nullable): the new value of "trust"; NULL leaves it
 * @fingerprint: 64 hexadecimal digits
 * @error: OH_ERROR_NO_PHONE; OH_ERROR_SETTINGS when a key is locked
 *
 * Stores the key that this phone has to show from now on.
 *
 * Returns: whether it is stored
 */
gboolean oh_config_store_pin (OhConfig *self, const char *id, const char *trust,
                              const char *fingerprint, GError **error);

/**
 * oh_config_store_authority:
 * @self: the settings
 * @id: a phone
 * @ca_file: absolute path of a PEM file; "" for the system's authorities
 * @expected_name: the name in its certificate; "" for its host
 * @error: OH_ERROR_NO_PHONE; OH_ERROR_SETTINGS when a key is locked
 *
 * From now on this phone is trusted by its authority, with everything that belongs to that.
 *
 * Returns: whether it is stored
 */
gboolean oh_config_store_authority (OhConfig *self, const char *id, const char *ca_file,
                                    const char *expected_name, GError **error);

/**
 * oh_config_account_equal:
 * @a: an account
 * @b: another
 *
 * Returns: whether nothing differs that a sign-in depends on
 */
gboolean oh_config_account_equal (const OhConfigAccount *a, const OhConfigAccount *b);

/**
 * oh_config_account_free:
 * @self: (nullable) (transfer full): an account
 */
void oh_config_account_free (OhConfigAccount *self);

/**
 * oh_config_phone_equal:
 * @a: a phone
 * @b: another
 *
 * Returns: whether nothing differs
 */
gboolean oh_config_phone_equal (const OhConfigPhone *a, const OhConfigPhone *b);

/**
 * oh_config_phone_free:
 * @self: (nullable) (transfer full): a phone
 */
void oh_config_phone_free (OhConfigPhone *self);

/**
 * oh_config_numbers_free:
 * @self: (nullable) (transfer full): numbers
 */
void oh_config_numbers_free (OhConfigNumbers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhConfigAccount, oh_config_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhConfigPhone, oh_config_phone_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhConfigNumbers, oh_config_numbers_free)

G_END_DECLS
