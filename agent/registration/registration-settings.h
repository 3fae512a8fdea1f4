/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "registration.h"

G_BEGIN_DECLS

/**
 * OhRegistrationPlan:
 * @uri: (owned): own address, "sip:anna.berg@fabrikam.test"
 * @user: (owned): its user part
 * @domain: (owned): its host
 * @server: (owned) (nullable): as in #OhRegistrationSettings
 * @schemes: as in #OhRegistrationSettings
 * @ca_file: (owned) (nullable): as in #OhRegistrationSettings
 * @epid: (owned): endpoint id
 * @user_agent: (owned): product token
 * @server_outside: (owned) (nullable): as in #OhRegistrationSettings
 * @names: as in #OhRegistrationSettings
 * @state_dir: (owned) (nullable): as in #OhRegistrationSettings
 * @trusted: (owned): the domain of @uri and those that were named
 * @dead_peer_s: as in #OhRegistrationSettings
 * @allow_unauthenticated: as in #OhRegistrationSettings
 * @allow_tls_1_0: as in #OhRegistrationSettings
 *
 * Settings, checked and owned.
 */
typedef struct
{
  char *uri;
  char *user;
  char *domain;
  char *server;
  OhSchemePolicy schemes;
  char *ca_file;
  char *epid;
  char *user_agent;
  char *server_outside;
  OhServerNames names;
  char *state_dir;
  GStrv trusted;
  guint dead_peer_s;
  gboolean allow_unauthenticated;
  gboolean allow_tls_1_0;
} OhRegistrationPlan;

/**
 * oh_registration_plan_new:
 * @settings: what was asked for
 * @error: OH_ERROR_SETTINGS
 *
 * Returns: (transfer full): a checked copy; NULL when something in it cannot be used
 */
OhRegistrationPlan *oh_registration_plan_new (const OhRegistrationSettings *settings,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_registration_plan_free:
 * @self: (nullable) (transfer full): a plan
 */
void oh_registration_plan_free (OhRegistrationPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRegistrationPlan, oh_registration_plan_free)

G_END_DECLS
