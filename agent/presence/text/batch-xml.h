/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More people in one request make some servers refuse it. */
#define OH_BATCH_RESOURCES_MAX 100u

/**
 * oh_batch_request:
 * @uri: our own address, or that of the one person asked for
 * @id: any number; the server repeats it
 * @unsubscribe: whether to end the subscription of these people instead
 * @people: (array zero-terminated=1): their addresses with scheme, at most OH_BATCH_RESOURCES_MAX
 *
 * The body of a presence subscription for several people, [MS-PRES] 2.2.2.5.
 *
 * Returns: (transfer full): a document of type application/msrtc-adrl-categorylist+xml
 */
char *oh_batch_request (const char *uri, guint32 id, gboolean unsubscribe,
                        const char *const *people);

/**
 * oh_adrl_request:
 * @uri: our own address
 * @people: (array zero-terminated=1): their addresses with scheme, at most OH_BATCH_RESOURCES_MAX
 *
 * The same for a server that knows no categories, as LCS 2005; it has no form to end one of them.
 *
 * Returns: (transfer full): a document of type application/adrl+xml
 */
char *oh_adrl_request (const char *uri, const char *const *people);

G_END_DECLS
