/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * OhSignalLog:
 *
 * Writes down the signals of objects in a test, so that it can say which came, in which order,
 * with which arguments, and that none is left.
 */
typedef struct _OhSignalLog OhSignalLog;

/**
 * oh_signal_log_new:
 *
 * Returns: (transfer full): an empty log
 */
OhSignalLog *oh_signal_log_new (void);

/**
 * oh_signal_log_free:
 * @self: (nullable): a log; a test fails here when an entry was not asked for
 */
void oh_signal_log_free (OhSignalLog *self);

/**
 * oh_signal_log_watch:
 * @self: a log
 * @object: whose signal; must outlive the log or be unwatched by its own end
 * @name: what to call it in the log, for example "call"
 * @detailed_signal: for example "state-changed" or "notify::state"
 */
void oh_signal_log_watch (OhSignalLog *self, gpointer object, const char *name,
                          const char *detailed_signal);

/**
 * oh_signal_log_pop:
 * @self: a log
 *
 * Takes the oldest entry. Form: "name::signal(arg, arg)"; strings in quotes, enums by nick,
 * properties of a notify as "name::notify::state=VALUE", objects as their type name.
 *
 * Returns: (transfer full) (nullable): the entry; NULL when the log is empty
 */
char *oh_signal_log_pop (OhSignalLog *self);

/**
 * oh_signal_log_assert:
 * @self: a log
 * @entry: what oh_signal_log_pop() must return next
 */
#define oh_signal_log_assert(self, entry)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *oh_popped = oh_signal_log_pop (self);                                         \
    g_assert_cmpstr (oh_popped, ==, entry);                                                        \
  }                                                                                                \
  G_STMT_END

/**
 * oh_signal_log_assert_empty:
 * @self: a log
 */
#define oh_signal_log_assert_empty(self)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *oh_popped = oh_signal_log_pop (self);                                         \
    g_assert_cmpstr (oh_popped, ==, NULL);                                                         \
  }                                                                                                \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSignalLog, oh_signal_log_free)

G_END_DECLS
