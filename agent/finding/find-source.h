/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "found-phone.h"

G_BEGIN_DECLS

/**
 * OhKnownPhone:
 * @id: in the settings
 * @host: name or address, without port
 * @mac: (nullable): twelve upper-case hex digits, once it was met
 * @model: (nullable): the same
 *
 * A phone of the settings.
 */
typedef struct
{
  char *id;
  char *host;
  char *mac;
  char *model;
} OhKnownPhone;

/**
 * oh_known_phone_free:
 * @self: (nullable) (transfer full): a phone
 */
void oh_known_phone_free (OhKnownPhone *self);

/**
 * OhFindRun:
 * @listen_us: how long those listen who can only wait, microseconds
 * @known: (element-type OhKnownPhone): phones of the settings
 * @found: (element-type OhFoundPhone): what has been found so far
 * @own_phone: (nullable): the user's phone as the directory has it: address, name or MAC
 * @own_line: (nullable): the user's line, "tel:+4930398330;ext=330"
 * @tell: takes what was found (transfer full)
 * @progress: how many of how many hosts were asked
 * @user_data: for both
 *
 * One search, as its sources see it. Lives until every one of them has ended.
 */
typedef struct
{
  gint64 listen_us;
  GPtrArray *known;
  GPtrArray *found;
  char *own_phone;
  char *own_line;
  void (*tell) (OhFoundPhone *found, gpointer user_data);
  void (*progress) (guint done, guint total, gpointer user_data);
  gpointer user_data;
} OhFindRun;

/**
 * OhFindSource:
 *
 * One way to find phones. Runs once per search and ends by itself, or when it is cancelled; what
 * it cannot do for want of rights or network it says in the log, and finds nothing.
 */
#define OH_TYPE_FIND_SOURCE (oh_find_source_get_type ())
G_DECLARE_INTERFACE (OhFindSource, oh_find_source, OH, FIND_SOURCE, GObject)

struct _OhFindSourceInterface
{
  GTypeInterface parent;

  void (*run_async) (OhFindSource *self, const OhFindRun *run, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data);
};

/**
 * oh_find_source_run_async:
 * @self: a source
 * @run: the search; outlives it
 * @cancellable: ends it early
 * @callback: called once
 * @user_data: for @callback
 */
void oh_find_source_run_async (OhFindSource *self, const OhFindRun *run, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_find_source_run_finish:
 * @result: from the callback
 */
void oh_find_source_run_finish (GAsyncResult *result);

G_END_DECLS
