/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number-rules.h"
#include "slice.h"

G_BEGIN_DECLS

/* Octets of a text or an address; browsers and servers stop at about 2,000. */
#define OH_PROVISION_TEXT_MAX 1024
/* Octets of a profile's name, which stands in messages. */
#define OH_PROVISION_NAME_MAX 64

/**
 * OhProvisionText:
 * @OH_PROVISION_ADDRESS_BOOK_INTERNAL: https address of the address book's files
 * @OH_PROVISION_ADDRESS_BOOK_EXTERNAL: the same for those outside
 * @OH_PROVISION_DIRECTORY_INTERNAL: https address of the service that expands lists and finds
 *   contacts
 * @OH_PROVISION_DIRECTORY_EXTERNAL: the same for those outside
 * @OH_PROVISION_HELP_INTERNAL: page of the help desk
 * @OH_PROVISION_HELP_EXTERNAL: the same for those outside
 * @OH_PROVISION_POOL: SIP address of the pool
 * @OH_PROVISION_ORGANIZATION: name of the company
 * @OH_PROVISION_VOICE_MAIL: SIP or tel address of voice mail
 * @OH_PROVISION_ADDRESS_BOOK_USE: "WebSearchOnly" and the like, as the server writes it
 * @OH_PROVISION_VOICE_POLICY: name of the policy for calls
 * @OH_PROVISION_LINE: tel address of the user's line, where a gateway controls it (LCS 2005)
 * @OH_PROVISION_LINE_SERVER: SIP address of that gateway
 *
 * What a server says in words. Never NULL in an OhProvisioning.
 */
typedef enum
{
  OH_PROVISION_ADDRESS_BOOK_INTERNAL,
  OH_PROVISION_ADDRESS_BOOK_EXTERNAL,
  OH_PROVISION_DIRECTORY_INTERNAL,
  OH_PROVISION_DIRECTORY_EXTERNAL,
  OH_PROVISION_HELP_INTERNAL,
  OH_PROVISION_HELP_EXTERNAL,
  OH_PROVISION_POOL,
  OH_PROVISION_ORGANIZATION,
  OH_PROVISION_VOICE_MAIL,
  OH_PROVISION_ADDRESS_BOOK_USE,
  OH_PROVISION_VOICE_POLICY,
  OH_PROVISION_LINE,
  OH_PROVISION_LINE_SERVER,
  OH_N_PROVISION_TEXTS,
} OhProvisionText;

/**
 * OhProvisionPolicy:
 * @OH_PROVISION_TRANSFER: a call may be transferred
 * @OH_PROVISION_FORWARDING: calls may be forwarded
 * @OH_PROVISION_SIMULTANEOUS_RING: another number may ring along
 * @OH_PROVISION_PARK: a call may be parked
 * @OH_PROVISION_TEAM_CALL: a team may take calls
 * @OH_PROVISION_DELEGATION: a delegate may take calls
 *
 * What users may do with calls.
 */
typedef enum
{
  OH_PROVISION_TRANSFER,
  OH_PROVISION_FORWARDING,
  OH_PROVISION_SIMULTANEOUS_RING,
  OH_PROVISION_PARK,
  OH_PROVISION_TEAM_CALL,
  OH_PROVISION_DELEGATION,
  OH_N_PROVISION_POLICIES,
} OhProvisionPolicy;

/**
 * OhPermission:
 * @OH_PERMISSION_UNSAID: the server says nothing: then the phone decides
 * @OH_PERMISSION_GRANTED: yes
 * @OH_PERMISSION_DENIED: no
 */
typedef enum
{
  OH_PERMISSION_UNSAID,
  OH_PERMISSION_GRANTED,
  OH_PERMISSION_DENIED,
} OhPermission;

/**
 * OhLocationProfile:
 * @name: (owned): for people and messages, printable, at most %OH_PROVISION_NAME_MAX octets
 * @rules: (owned) (element-type OhLocationRule): in order, as the server wrote them
 * @outside_line: (owned): what a phone behind the exchange dials to get out; "" for nothing
 * @dials_at_once: phones need not wait for more digits
 *
 * How numbers are written at one site.
 */
typedef struct
{
  char *name;
  GPtrArray *rules;
  char *outside_line;
  gboolean dials_at_once;
} OhLocationProfile;

/**
 * OhLocationRule:
 * @pattern: (owned): a .NET regular expression
 * @translation: (owned): what a number becomes that matches
 */
typedef struct
{
  char *pattern;
  char *translation;
} OhLocationRule;

/**
 * OhProvisioning:
 * @texts: (owned): see OhProvisionText; "" for what the server does not say
 * @policies: see OhProvisionPolicy
 * @pool_profile: (owned) (nullable): of the pool
 * @user_profile: (owned) (nullable): of the user, which goes before that of the pool
 * @at_us: wall time when the server said so, microseconds since 1970 UTC
 *
 * What a server provisions its clients with, as far as it matters here.
 */
typedef struct
{
  char *texts[OH_N_PROVISION_TEXTS];
  OhPermission policies[OH_N_PROVISION_POLICIES];
  OhLocationProfile *pool_profile;
  OhLocationProfile *user_profile;
  gint64 at_us;
} OhProvisioning;

/**
 * oh_provisioning_new:
 *
 * Returns: (transfer full): nothing said
 */
OhProvisioning *oh_provisioning_new (void);

/**
 * oh_provisioning_free:
 * @self: (nullable) (transfer full): what was said
 */
void oh_provisioning_free (OhProvisioning *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhProvisioning, oh_provisioning_free)

/**
 * oh_provisioning_read:
 * @self: what was said before; changed only on success
 * @body: a document of vnd-microsoft-provisioning-v2: groups whose entries are elements, or
 *   properties with names
 * @error: OH_ERROR_PROTOCOL
 *
 * Each group of the document takes the place of what its entries said before; groups that are not
 * in it stay: a server that pushes a change sends only what has changed. For a whole answer begin
 * with oh_provisioning_new(). Unknown groups and names are passed over; an address that is none is
 * as good as not said.
 *
 * Returns: whether the document could be read
 */
gboolean oh_provisioning_read (OhProvisioning *self, OhSlice body, GError **error);

/**
 * oh_provisioning_read_line:
 * @self: what was said before; changed only on success
 * @body: a document of vnd-microsoft-provisioning, LCS 2005
 * @error: OH_ERROR_PROTOCOL
 *
 * Takes over the line and its gateway; without a line there is none any more.
 *
 * Returns: whether the document could be read
 */
gboolean oh_provisioning_read_line (OhProvisioning *self, OhSlice body, GError **error);

/**
 * oh_provisioning_write:
 * @self: what was said
 *
 * Returns: (transfer full): a document that oh_provisioning_read() reads, with @at_us in it
 */
char *oh_provisioning_write (const OhProvisioning *self);

/**
 * oh_provisioning_profile:
 * @self: (nullable): what was said
 *
 * Returns: (transfer none) (nullable): the profile that holds for the user
 */
const OhLocationProfile *oh_provisioning_profile (const OhProvisioning *self);

/**
 * oh_provisioning_rules:
 * @self: (nullable): what was said
 *
 * Returns: (transfer full): the rules of that profile, named "location profile NAME: rule 1"
 */
OhNumberRules *oh_provisioning_rules (const OhProvisioning *self);

/**
 * oh_provision_text_word:
 * @text: which
 *
 * Returns: (transfer none): its stable word for the bus and for --json: "voice-mail"
 */
const char *oh_provision_text_word (OhProvisionText text);

/**
 * oh_provision_policy_word:
 * @policy: which
 *
 * Returns: (transfer none): its stable word: "transfer"
 */
const char *oh_provision_policy_word (OhProvisionPolicy policy);

G_END_DECLS
