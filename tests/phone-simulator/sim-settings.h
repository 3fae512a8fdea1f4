/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More settings than this are not taken; a phone has some 1,500. */
#define SIM_SETTINGS_MAX 4000
/* Bytes of one value. */
#define SIM_SETTING_VALUE_MAX 4096

#define SIM_IDENTITIES_MAX 12

typedef struct _SimSettings SimSettings;

/**
 * SimSettingChanged:
 * @old: the value before, "" for none
 *
 * Called after a value has changed, whoever changed it.
 */
typedef void (*SimSettingChanged) (const char *name, const char *old, const char *value,
                                   gpointer user_data);

typedef void (*SimSettingEach) (const char *name, char flag, const char *value, gpointer user_data);

/**
 * sim_settings_new:
 *
 * Two layers: RAM is what counts, flash is what comes back after the power was cut. Starts with
 * the factory's values in both.
 */
SimSettings *sim_settings_new (void);
void sim_settings_free (SimSettings *self);
void sim_settings_watch (SimSettings *self, SimSettingChanged changed, gpointer user_data);

/**
 * sim_settings_get:
 * @name: an identity's setting carries its number, "user_name1"
 *
 * Returns: (not nullable): "" when there is none
 */
const char *sim_settings_get (SimSettings *self, const char *name);
gboolean sim_settings_has (SimSettings *self, const char *name);

/**
 * sim_settings_on:
 *
 * Returns: whether the value is "on" or "true"
 */
gboolean sim_settings_on (SimSettings *self, const char *name);

/**
 * sim_settings_identity:
 *
 * Returns: the value of "@stem@number"
 */
const char *sim_settings_identity (SimSettings *self, const char *stem, guint number);

/**
 * sim_settings_put:
 *
 * Into both layers, flags aside: the factory, the command line, the control channel.
 */
void sim_settings_put (SimSettings *self, const char *name, const char *value);

/**
 * sim_settings_write:
 * @strict: do not take names that the phone does not know
 *
 * As over the web: into RAM, and only if the setting may be written.
 *
 * Returns: whether it was taken
 */
gboolean sim_settings_write (SimSettings *self, const char *name, const char *value,
                             gboolean strict);

/**
 * sim_settings_flag:
 * @flag: '!' user's, '$' writable but provisioned over, '&' read-only
 */
void sim_settings_flag (SimSettings *self, const char *name, char flag);

/**
 * sim_settings_remove:
 *
 * A setting that this firmware does not know.
 */
void sim_settings_remove (SimSettings *self, const char *name);

/**
 * sim_settings_provision:
 * @text: lines "name[!$&]: value"; '#' and '<' start a comment
 *
 * What the provisioning server says at boot: overwrites all but what is flagged '!' and was
 * changed by the user.
 */
void sim_settings_provision (SimSettings *self, const char *text);

/**
 * sim_settings_reset:
 *
 * As it left the factory, without a web password.
 */
void sim_settings_reset (SimSettings *self);

/* RAM to flash, as store_settings=save does; and flash to RAM, as a power cut does. */
void sim_settings_store (SimSettings *self);
void sim_settings_power_cut (SimSettings *self);

/**
 * sim_settings_foreach:
 *
 * By name, secrets included: see sim_settings_is_secret().
 */
void sim_settings_foreach (SimSettings *self, SimSettingEach each, gpointer user_data);

/**
 * sim_settings_is_secret:
 *
 * Returns: whether the name says that the value must not be shown
 */
gboolean sim_settings_is_secret (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimSettings, sim_settings_free)

G_END_DECLS
