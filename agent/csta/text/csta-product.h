/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Model and firmware as they are shown; longer words are somebody's idea of a joke. */
#define OH_CSTA_PRODUCT_MAX 64u

/**
 * OhCstaProduct:
 * @model: (nullable): "snomD865"
 * @firmware: (nullable): "10.1.175.16"
 * @mac: (nullable): twelve upper-case hex digits
 *
 * What a phone says of itself. Owned.
 */
typedef struct
{
  char *model;
  char *firmware;
  char *mac;
} OhCstaProduct;

/**
 * oh_csta_product_parse:
 * @header: User-Agent or Server of a SIP message (RFC 3261 20.41): "snomD785/10.1.198.12
 *   0004130DD7C9"
 * @out: (out caller-allocates): what could be read of it, to be cleared
 */
void oh_csta_product_parse (OhSlice header, OhCstaProduct *out);

/**
 * oh_csta_product_clear:
 * @self: what was read
 */
void oh_csta_product_clear (OhCstaProduct *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OhCstaProduct, oh_csta_product_clear)

G_END_DECLS
