/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Where phones that boot ask for their configuration server: the group that the Internet Assigned
 * Numbers Authority names "sip.mcast.net". */
#define OH_PNP_GROUP "224.0.1.75"
#define OH_PNP_PORT 5060
/* A SUBSCRIBE of a phone is some 600 octets; no datagram of Ethernet is longer than this. */
#define OH_PNP_MAX 1500
/* Of a model's name, as of a firmware's: "snomD785", "10.1.54.13". */
#define OH_PNP_WORD_MAX 32

/**
 * OhPnpRequest:
 * @mac: twelve upper-case hex digits
 * @model: (nullable): "snomM700"; NULL where the phone says only "OEM"
 * @firmware: (nullable): "10.1.54.13"
 *
 * What a booting phone tells of itself. Letters, digits, "." and "-" only.
 */
typedef struct
{
  char *mac;
  char *model;
  char *firmware;
} OhPnpRequest;

/**
 * oh_pnp_request_parse:
 * @datagram: what came to the group
 *
 * Reads a SUBSCRIBE to the package "ua-profile" (RFC 6080) whose request URI bears the phone's MAC
 * ("sip:MAC%3a000413AABBCC@..."). It is read and never answered: an answer would provision the
 * phone.
 *
 * Returns: (transfer full) (nullable): what it says; NULL when it is anything else
 */
OhPnpRequest *oh_pnp_request_parse (OhSlice datagram);

/**
 * oh_pnp_request_free:
 * @self: (nullable) (transfer full): a request
 */
void oh_pnp_request_free (OhPnpRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPnpRequest, oh_pnp_request_free)

G_END_DECLS
