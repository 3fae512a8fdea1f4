/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* A list of phones: more octets, and more phones, than a company has on one provisioning server. */
#define OH_FLEET_CSV_MAX ((gsize) 4 * 1024 * 1024)
#define OH_FLEET_PHONES_MAX 20000
/* Octets of one field: a DNS name has 253 at most (RFC 1035 2.3.4). */
#define OH_FLEET_FIELD_MAX 255
/* Faults that are told; who has fifty has the wrong file. */
#define OH_FLEET_FAULTS_MAX 50
/* Octets of a phone's name, which is the name of a folder and of a label. */
#define OH_FLEET_NAME_MAX 63

/**
 * OhFleetPhone:
 * @name: (owned): letters, digits, ".", "_" and "-"; never begins with "."
 * @mac: (owned): twelve lower-case hexadecimal digits
 * @address: (owned) (nullable): a numeric address
 * @dns: (owned) (nullable): a DNS name
 * @line: where it stands, from 1
 *
 * One phone of a list.
 */
typedef struct
{
  char *name;
  char *mac;
  char *address;
  char *dns;
  guint line;
} OhFleetPhone;

/**
 * oh_fleet_phone_free:
 * @self: (nullable) (transfer full): a phone
 */
void oh_fleet_phone_free (OhFleetPhone *self);

/**
 * oh_fleet_csv_parse:
 * @text: the file
 * @faults: (element-type utf8): empty; gets one translated line, "line 4: …", for each thing that
 * is wrong, OH_FLEET_FAULTS_MAX at most
 *
 * Reads comma-separated values (RFC 4180; with semicolons where the first line has those): a first
 * line that names the columns "name", "mac", "address" and "dns" in any order, the last two of
 * which may be missing, then a line for each phone. Other columns are ignored, so are empty lines
 * and those that begin with "#". A quoted field ends on its line.
 *
 * Returns: (transfer full) (nullable) (element-type OhFleetPhone): all of them; NULL when anything
 *   is wrong
 */
GPtrArray *oh_fleet_csv_parse (OhSlice text, GPtrArray *faults);

/**
 * oh_fleet_name_is_valid:
 * @name: a phone's name
 *
 * Returns: whether it can be the name of a folder
 */
gboolean oh_fleet_name_is_valid (const char *name);

/**
 * oh_fleet_dns_is_valid:
 * @name: a text
 *
 * Returns: whether it is a DNS name of letters, digits and hyphens (RFC 1123 2.1), no wildcard
 */
gboolean oh_fleet_dns_is_valid (const char *name);

G_END_DECLS
