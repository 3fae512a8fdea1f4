/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mac-address.h"

G_BEGIN_DECLS

/* Octets of an Ethernet address. */
#define OH_MAC_OCTETS 6

/**
 * OhPhoneMaker:
 * @OH_PHONE_MAKER_NONE: nobody who makes phones that we know
 * @OH_PHONE_MAKER_SNOM: snom
 * @OH_PHONE_MAKER_YEALINK: Yealink
 *
 * Who had a block of addresses assigned by the IEEE.
 */
typedef enum
{
  OH_PHONE_MAKER_NONE,
  OH_PHONE_MAKER_SNOM,
  OH_PHONE_MAKER_YEALINK,
} OhPhoneMaker;

/**
 * oh_mac_from_octets:
 * @octets: OH_MAC_OCTETS of them
 *
 * Returns: (transfer full): twelve upper-case hex digits
 */
char *oh_mac_from_octets (const guint8 *octets);

/**
 * oh_hardware_address_parse:
 * @text: a MAC in any spelling: bare digits, or with ":", "-" or "." between them; nothing else
 *
 * All-zero and group addresses (IEEE 802 8.2) belong to no device and are refused.
 *
 * Returns: (transfer full) (nullable): twelve upper-case hex digits; NULL when it is none
 */
char *oh_hardware_address_parse (OhSlice text);

/**
 * oh_mac_maker:
 * @mac: (nullable): twelve upper-case hex digits
 *
 * Returns: who made the device
 */
OhPhoneMaker oh_mac_maker (const char *mac);

/**
 * oh_phone_maker_name:
 * @maker: a maker
 *
 * Returns: (transfer none): its name, "" for none
 */
const char *oh_phone_maker_name (OhPhoneMaker maker);

/**
 * oh_mac_display:
 * @mac: twelve hex digits
 *
 * Returns: (transfer full): in pairs as it stands on the sticker, "00:04:13:AA:BB:CC"
 */
char *oh_mac_display (const char *mac);

G_END_DECLS
