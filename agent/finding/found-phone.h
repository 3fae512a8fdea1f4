/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host-answer.h"

G_BEGIN_DECLS

/* Devices of one search; somebody who announces more is no phone. */
#define OH_FOUND_MAX 256u

/**
 * OhFoundHow:
 * @OH_FOUND_BY_NEIGHBOUR: the kernel's table of neighbours (ARP, NDP)
 * @OH_FOUND_BY_NAME: a name that phones have, resolved
 * @OH_FOUND_BY_BOOT: it announced itself when it started
 * @OH_FOUND_BY_DIRECTORY: the company's directory names it
 * @OH_FOUND_BY_PROBE: its web server answered
 * @OH_FOUND_BY_CODE: the user dialled a code on it
 */
typedef enum
{
  OH_FOUND_BY_NEIGHBOUR = 1 << 0,
  OH_FOUND_BY_NAME = 1 << 1,
  OH_FOUND_BY_BOOT = 1 << 2,
  OH_FOUND_BY_DIRECTORY = 1 << 3,
  OH_FOUND_BY_PROBE = 1 << 4,
  OH_FOUND_BY_CODE = 1 << 5,
} OhFoundHow;

/**
 * OhFoundPhone:
 * @address: (nullable): numeric, or a name the directory has
 * @mac: (nullable): twelve upper-case hex digits
 * @model: (nullable): "snomD785"
 * @maker: who made it
 * @kind: what it is
 * @how: by whom it was found
 * @fingerprint: (nullable): of the certificate it showed, SHA-256 of the public key
 * @phone_id: (nullable): the phone of the settings that it is
 *
 * One phone, or something that looks like one.
 */
typedef struct
{
  char *address;
  char *mac;
  char *model;
  OhPhoneMaker maker;
  OhFoundKind kind;
  guint how;
  char *fingerprint;
  char *phone_id;
} OhFoundPhone;

/**
 * oh_found_phone_new:
 * @how: by whom it was found
 * @address: (nullable): of it
 * @mac: (nullable): of it; names the maker
 *
 * Returns: (transfer full): a phone of which nothing else is known
 */
OhFoundPhone *oh_found_phone_new (OhFoundHow how, const char *address, const char *mac);

/**
 * oh_found_phone_copy:
 * @self: a phone
 *
 * Returns: (transfer full): the same
 */
OhFoundPhone *oh_found_phone_copy (const OhFoundPhone *self);

/**
 * oh_found_phone_free:
 * @self: (nullable) (transfer full): a phone
 */
void oh_found_phone_free (OhFoundPhone *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhFoundPhone, oh_found_phone_free)

/**
 * oh_found_how_word:
 * @how: one bit of OhFoundHow
 *
 * Returns: (transfer none): its word on the bus: "neighbour", "name", "boot", "directory",
 *   "probe", "code"; "" for none
 */
const char *oh_found_how_word (guint how);

/**
 * oh_found_kind_word:
 * @kind: a kind
 *
 * Returns: (transfer none): its word on the bus: "unknown", "desk", "dect", "none"
 */
const char *oh_found_kind_word (OhFoundKind kind);

/**
 * oh_found_merge:
 * @list: (element-type OhFoundPhone): what was found so far, at most OH_FOUND_MAX
 * @found: (transfer full): one more
 *
 * The same phone by its MAC, or by its address where one of both has no MAC, is filled up. What is
 * no phone is not added.
 *
 * Returns: (transfer none) (nullable): what it is in the list now; NULL when it says nothing new,
 *   or there are too many
 */
OhFoundPhone *oh_found_merge (GPtrArray *list, OhFoundPhone *found);

G_END_DECLS
