/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "registration.h"

G_BEGIN_DECLS

/**
 * OhAccountWish:
 * @registration: what oh_registration_sign_in() takes
 *
 * What the settings ask of a registration, in its words. The rest is what @registration borrows.
 */
typedef struct
{
  OhRegistrationSettings registration;
  char *server;    /* (owned) (nullable) */
  char *outside;   /* (owned) (nullable) */
  char *state_dir; /* (owned) */
} OhAccountWish;

/**
 * oh_account_wish_new:
 * @settings: the account's settings; must live as long as the wish
 * @epid: the endpoint id; must live as long as the wish
 *
 * Returns: (transfer full): what to sign in with
 */
OhAccountWish *oh_account_wish_new (const OhConfigAccount *settings, const char *epid);

/**
 * oh_account_wish_free:
 * @self: (transfer full) (nullable): a wish
 */
void oh_account_wish_free (OhAccountWish *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhAccountWish, oh_account_wish_free)

G_END_DECLS
