/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "provisioning.h"

G_BEGIN_DECLS

typedef struct _OhSipStack OhSipStack;

/**
 * OhProvisioner:
 *
 * What the server provisions this user with, and the rules for numbers that follow from it: asked
 * for after each sign-in, followed when the server changes it, kept for the next start. The
 * company's own rules, from a file, are here too.
 *
 * Signal "changed": anything that the functions below tell is different.
 */
#define OH_TYPE_PROVISIONER (oh_provisioner_get_type ())
G_DECLARE_FINAL_TYPE (OhProvisioner, oh_provisioner, OH, PROVISIONER, GObject)

/**
 * oh_provisioner_new:
 * @clock: the time
 * @dir: (nullable): folder where it is kept; NULL to keep nothing
 *
 * Returns: (transfer full): nobody's
 */
OhProvisioner *oh_provisioner_new (OhClock *clock, const char *dir);

/**
 * oh_provisioner_set_account:
 * @self: it
 * @uri: own address; "" for nobody
 *
 * Begins with what is kept for that user, if anything is; does nothing when it is the same user.
 */
void oh_provisioner_set_account (OhProvisioner *self, const char *uri);

/**
 * oh_provisioner_set_company_rules:
 * @self: it
 * @path: absolute path of the file; "" for none
 */
void oh_provisioner_set_company_rules (OhProvisioner *self, const char *path);

/**
 * oh_provisioner_start:
 * @self: it
 * @stack: the account is signed in there
 * @allow_events: (nullable): the event packages of the server, joined by commas; NULL when it does
 *   not say: then it has what the present ones have
 * @remote: we came from outside
 */
void oh_provisioner_start (OhProvisioner *self, OhSipStack *stack, const char *allow_events,
                           gboolean remote);

/**
 * oh_provisioner_stop:
 * @self: it
 *
 * Signed out. What was said holds on.
 */
void oh_provisioner_stop (OhProvisioner *self);

/**
 * oh_provisioner_said:
 * @self: it
 *
 * Returns: (transfer none) (nullable): what the server said, valid until the next "changed"
 */
const OhProvisioning *oh_provisioner_said (OhProvisioner *self);

/**
 * oh_provisioner_is_stale:
 * @self: it
 *
 * Returns: whether it was kept from an earlier run and the server has not confirmed it
 */
gboolean oh_provisioner_is_stale (OhProvisioner *self);

/**
 * oh_provisioner_company_rules:
 * @self: it
 *
 * Returns: (transfer none): the company's own rules; others come with "changed"
 */
OhNumberRules *oh_provisioner_company_rules (OhProvisioner *self);

/**
 * oh_provisioner_server_rules:
 * @self: it
 *
 * Returns: (transfer none): the rules of the user's location profile; others come with "changed"
 */
OhNumberRules *oh_provisioner_server_rules (OhProvisioner *self);

/**
 * oh_provisioner_url:
 * @self: it
 * @internal: which, for those inside; the one for those outside follows it in the enumeration
 *
 * Returns: (transfer none): the address for where this computer is now; "" when there is none
 */
const char *oh_provisioner_url (OhProvisioner *self, OhProvisionText internal);

G_END_DECLS
