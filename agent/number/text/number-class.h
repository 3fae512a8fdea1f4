/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What some numbers are, from short tables of our own: what is dialled hangs on them, so they do
 * not come from a library that changes with the system. That one may add to what is asked before a
 * number is dialled, see number-facts.h. */

/**
 * oh_number_is_emergency:
 * @country_code: of the desk, "" when not known
 * @digits: digits as dialled at home, without outside line
 *
 * Returns: whether it is an emergency number, anywhere (112, 911) or in that country
 */
gboolean oh_number_is_emergency (const char *country_code, const char *digits);

/**
 * oh_number_is_short_code:
 * @country_code: of the desk, "" when not known
 * @digits: digits as dialled at home, without outside line
 *
 * Short numbers of a whole country that look like a local one: 116117 in Europe, 118xx, 411. No
 * area code is put in front of them.
 *
 * Returns: whether it is one
 */
gboolean oh_number_is_short_code (const char *country_code, const char *digits);

/**
 * oh_number_is_premium:
 * @number: "+" and digits
 *
 * Returns: whether calls there are charged above the ordinary rate, as far as a short table of
 *   the ranges that fraud uses can know
 */
gboolean oh_number_is_premium (const char *number);

/**
 * oh_number_is_premium_short:
 * @country_code: of the desk
 * @digits: for which oh_number_is_short_code() holds
 *
 * Returns: whether it is a directory service, which charges what it likes
 */
gboolean oh_number_is_premium_short (const char *country_code, const char *digits);

G_END_DECLS
