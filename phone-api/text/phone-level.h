/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * OhPhoneLevel:
 * @OH_PHONE_LEVEL_USER: the login of the phone's web page: commands, and the settings while the
 *   phone is in administrator mode
 * @OH_PHONE_LEVEL_ADMIN: its administrator's
 * @OH_PHONE_LEVEL_SERVICE: the maintenance login, which acts as administrator for one request
 *   whatever mode the phone is in
 *
 * Whose login at a phone; each may be stored or not. The lowest that is enough is used.
 */
typedef enum
{
  OH_PHONE_LEVEL_USER,
  OH_PHONE_LEVEL_ADMIN,
  OH_PHONE_LEVEL_SERVICE,
  OH_N_PHONE_LEVELS,
} OhPhoneLevel;
