/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-config.h"

G_BEGIN_DECLS

/**
 * FeProvisioningStyle:
 * @FE_PROVISIONING_MIXED: elements for the server's group, properties for the policies
 * @FE_PROVISIONING_ELEMENTS: entries are elements
 * @FE_PROVISIONING_PROPERTIES: entries are properties with names
 */
typedef enum
{
  FE_PROVISIONING_MIXED,
  FE_PROVISIONING_ELEMENTS,
  FE_PROVISIONING_PROPERTIES,
} FeProvisioningStyle;

/**
 * FeProvisioning:
 *
 * What every user is provisioned with: addresses, policies, a location profile with the rules that
 * the test wants.
 */
typedef struct _FeProvisioning FeProvisioning;

/**
 * fe_provisioning_new:
 *
 * Returns: (transfer full): a location profile without rules
 */
FeProvisioning *fe_provisioning_new (void);

/**
 * fe_provisioning_free:
 * @self: (transfer full) (nullable): what users are provisioned with
 */
void fe_provisioning_free (FeProvisioning *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeProvisioning, fe_provisioning_free)

/**
 * fe_provisioning_set_style:
 * @self: what users are provisioned with
 * @style: of the document from now on
 */
void fe_provisioning_set_style (FeProvisioning *self, FeProvisioningStyle style);

/**
 * fe_provisioning_clear:
 * @self: what users are provisioned with
 *
 * No rules any more.
 */
void fe_provisioning_clear (FeProvisioning *self);

/**
 * fe_provisioning_deny:
 * @self: what users are provisioned with
 *
 * Users may neither transfer nor forward calls from now on.
 */
void fe_provisioning_deny (FeProvisioning *self);

/**
 * fe_provisioning_add_rule:
 * @self: what users are provisioned with
 * @pattern: regular expression, as it is
 * @translation: what becomes of a match
 */
void fe_provisioning_add_rule (FeProvisioning *self, const char *pattern, const char *translation);

/**
 * fe_provisioning_add_hostile:
 * @self: what users are provisioned with
 * @kind: "catastrophic": expressions that take exponential time; "many": ten thousand rules;
 *   "garbage": what is no expression and no translation
 *
 * Returns: FALSE for another word
 */
gboolean fe_provisioning_add_hostile (FeProvisioning *self, const char *kind);

/**
 * fe_provisioning_write:
 * @self: what users are provisioned with
 * @config: host name and domain
 *
 * Returns: (transfer full): <provisionGroupList>
 */
char *fe_provisioning_write (const FeProvisioning *self, const FeConfig *config);

G_END_DECLS
