/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Documents have a few kilobytes: a dozen links. */
#define OH_AUTODISCOVER_SIZE_MAX 65536u
/* Web servers stop at 2 to 8 KiB; no link of an autodiscover service comes near. */
#define OH_AUTODISCOVER_URL_MAX 2048u

/**
 * OhAutodiscoverAnswer:
 * @external: the service says that we are outside
 * @user: (owned) (nullable): where to ask about the user: "https://…"
 * @redirect: (owned) (nullable): where to ask instead
 * @inside_host: (owned) (nullable): server for those inside
 * @inside_port: its port
 * @outside_host: (owned) (nullable): server for those outside
 * @outside_port: its port
 *
 * One document of Lync autodiscover, [MS-OCDISCWS] 2.2.4. Nothing in it is checked but its form.
 */
typedef struct
{
  gboolean external;
  char *user;
  char *redirect;
  char *inside_host;
  guint16 inside_port;
  char *outside_host;
  guint16 outside_port;
} OhAutodiscoverAnswer;

/**
 * oh_autodiscover_answer_parse:
 * @bytes: a document of "application/vnd.microsoft.rtc.autodiscover+xml"
 * @error: OH_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): what it says; has at least one of the fields that are
 *   nullable
 */
OhAutodiscoverAnswer *oh_autodiscover_answer_parse (OhSlice bytes,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_autodiscover_answer_free:
 * @self: (nullable) (transfer full): an answer
 */
void oh_autodiscover_answer_free (OhAutodiscoverAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhAutodiscoverAnswer, oh_autodiscover_answer_free)

/**
 * oh_autodiscover_next_url:
 * @from: where we are, an absolute address
 * @href: where a document or a Location sends us, absolute or relative to @from
 * @error: OH_ERROR_PROTOCOL when it is no address of http or https, leads from https back to
 *   http, carries a login, or is longer than OH_AUTODISCOVER_URL_MAX
 *
 * Returns: (transfer full) (nullable): the address to ask next
 */
char *oh_autodiscover_next_url (const char *from, const char *href,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
