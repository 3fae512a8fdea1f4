/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-message.h"

G_BEGIN_DECLS

/**
 * FeManners:
 *
 * Watches what clients send and emits a violation for each rule that is broken and that no
 * handler would trip over: epid, branch, CSeq, User-Agent, Contact.
 */
typedef struct _FeManners FeManners;

/**
 * fe_manners_new:
 * @domain: SIP domain
 *
 * Returns: (transfer full): has seen nothing yet
 */
FeManners *fe_manners_new (const char *domain);

/**
 * fe_manners_free:
 * @self: (transfer full) (nullable): the watcher
 */
void fe_manners_free (FeManners *self);

/**
 * fe_manners_check:
 * @self: the watcher
 * @request: what came in
 * @aor: whose it is
 * @gruu: (nullable): the client's, once it is registered
 */
void fe_manners_check (FeManners *self, const FeMessage *request, const char *aor,
                       const char *gruu);

/**
 * fe_instance_from_epid:
 * @epid: an endpoint id
 *
 * The name-based UUID that an endpoint with that id must show as its instance ([MS-SIPRE] 3.1.4.2
 * and RFC 4122 4.3).
 *
 * Returns: (transfer full): 36 characters, lower case
 */
char *fe_instance_from_epid (const char *epid);

/**
 * fe_gruu_new:
 * @aor: address of record
 * @instance: UUID, 36 characters
 *
 * Returns: (transfer full): the GRUU that a registrar makes of it
 */
char *fe_gruu_new (const char *aor, const char *instance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeManners, fe_manners_free)

G_END_DECLS
