/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Hexadecimal digits of a hardware address. */
#define OH_MAC_DIGITS 12

/**
 * oh_mac_parse:
 * @text: (nullable): "00:04:13:AA:BB:CC", "00-04-13-aa-bb-cc", "0004.13aa.bbcc" or "000413AABBCC"
 *
 * Separators stand after every second digit, or after every fourth, all of them the same one, or
 * nowhere. A group address is nobody's and refused.
 *
 * Returns: (transfer full) (nullable): twelve lower-case hexadecimal digits; NULL when it is none
 */
char *oh_mac_parse (const char *text);

/**
 * oh_mac_stands_in:
 * @text: a name, for example the subject of a certificate: "snom-000413AABBCC.example.com"
 * @mac: (nullable): twelve lower-case hexadecimal digits; NULL for any hardware address
 *
 * An address counts only where it stands for itself: digits or letters right before or behind it
 * make it a part of something longer.
 *
 * Returns: whether @mac stands in @text
 */
gboolean oh_mac_stands_in (OhSlice text, const char *mac);

G_END_DECLS
