/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-presence.h"

G_BEGIN_DECLS

/**
 * fe_service_handle:
 * @presence: the presence server
 * @exchange: a SERVICE of a registered endpoint
 * @endpoint: that endpoint
 *
 * Publications ([MS-PRES] 3.3: versions are checked, 409 with the right ones when they are
 * wrong), container members, subscribers, and SOAP for the contact list.
 */
void fe_service_handle (FePresence *presence, const FeExchange *exchange, FeEndpoint *endpoint);

G_END_DECLS
