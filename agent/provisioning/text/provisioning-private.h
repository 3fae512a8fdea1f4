/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "provisioning.h"

G_BEGIN_DECLS

/* For the files that together read and write an OhProvisioning. */

/**
 * oh_location_profile_new:
 *
 * Returns: (transfer full): a profile without name and rules
 */
OhLocationProfile *oh_location_profile_new (void);

/**
 * oh_location_profile_free:
 * @self: (nullable) (transfer full): a profile
 */
void oh_location_profile_free (OhLocationProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhLocationProfile, oh_location_profile_free)

G_END_DECLS
