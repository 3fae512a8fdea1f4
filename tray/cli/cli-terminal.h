/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * oh_cli_terminal_init:
 *
 * Sees to it that a terminal whose echo was switched off gets it back when the program is
 * interrupted.
 */
void oh_cli_terminal_init (void);

/**
 * oh_cli_on_interrupt:
 * @func: (nullable): called at the first Ctrl-C or SIGTERM instead of ending the program; the
 *   second ends it
 * @user_data: for @func
 *
 * For what goes on until Ctrl-C: that is then its proper end.
 */
void oh_cli_on_interrupt (void (*func) (gpointer user_data), gpointer user_data);

/**
 * oh_cli_is_interactive:
 *
 * Returns: whether there is somebody to ask: stdin and stderr are a terminal
 */
gboolean oh_cli_is_interactive (void);

/**
 * oh_cli_read_line_async:
 * @prompt: (nullable): written to stderr on a terminal
 * @secret: whether to switch the echo off meanwhile
 * @callback: called with the line
 * @user_data: for @callback
 *
 * Reads one line from stdin.
 */
void oh_cli_read_line_async (const char *prompt, gboolean secret, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * oh_cli_read_line_finish:
 * @result: of oh_cli_read_line_async()
 * @error: OH_ERROR_USAGE when stdin ended first or the line is too long
 *
 * Returns: (transfer full) (nullable): the line without its end, oh_secret_free() it
 */
char *oh_cli_read_line_finish (GAsyncResult *result, GError **error);

/**
 * oh_cli_confirm_async:
 * @question: without "[y/N]"
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks on the terminal.
 */
void oh_cli_confirm_async (const char *question, GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_cli_confirm_finish:
 * @result: of oh_cli_confirm_async()
 * @error: OH_ERROR_CONFIRM when there is nobody to ask, OH_ERROR_CANCELLED for "no"
 *
 * Returns: whether it was yes
 */
gboolean oh_cli_confirm_finish (GAsyncResult *result, GError **error);

G_END_DECLS
