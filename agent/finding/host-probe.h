/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "find-source.h"

G_BEGIN_DECLS

/* Hosts asked at a time: the office's switch and its watchdogs shall not notice. */
#define OH_PROBE_PARALLEL 16u
/* Hosts asked in one search: those of four networks. */
#define OH_PROBE_HOSTS_MAX 1024u
/* How long an answer counts, microseconds. A phone may take a request without a login for a failed
 * login and refuses everybody after a few, so nobody is asked twice within this. */
#define OH_PROBE_MEMORY_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/**
 * OhHostAsker:
 * @ask_async: one request for @address without a login, and no second one whatever comes
 * @ask_finish: returns (transfer full) what stands there; OH_FOUND_NONE for no phone; NULL when
 *   nothing answered at all
 *
 * Who asks one host. For tests another than oh_web_asker.
 */
typedef struct
{
  void (*ask_async) (const char *address, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data);
  OhFoundPhone *(*ask_finish) (GAsyncResult *result);
} OhHostAsker;

/**
 * OhHostLister:
 * @user_data: what was given with the function
 *
 * Returns: (transfer full): addresses that may be asked, those of our own networks
 */
typedef GStrv (*OhHostLister) (gpointer user_data);

/**
 * OhHostProbe:
 *
 * Asks every host of our own networks, and every one that others have found, once. Only run where
 * the user has asked for it. Phones of the settings are left out: those are known.
 */
#define OH_TYPE_HOST_PROBE (oh_host_probe_get_type ())
G_DECLARE_FINAL_TYPE (OhHostProbe, oh_host_probe, OH, HOST_PROBE, GObject)

/**
 * oh_host_probe_new:
 * @asker: asks one host; lives for ever
 * @lister: names the hosts
 * @user_data: for @lister
 * @clock: for the memory
 *
 * Returns: (transfer full): the source
 */
OhFindSource *oh_host_probe_new (const OhHostAsker *asker, OhHostLister lister, gpointer user_data,
                                 OhClock *clock);

G_END_DECLS
