/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhScriptedStream:
 *
 * The far end of a stream for a test: what the test says arrives at the near end, what the near
 * end writes the test reads message by message. Knows nothing of SIP but the blank line and
 * Content-Length.
 */
typedef struct _OhScriptedStream OhScriptedStream;

/**
 * oh_scripted_stream_new:
 *
 * Returns: (transfer full): a connected pair
 */
OhScriptedStream *oh_scripted_stream_new (void);

/**
 * oh_scripted_stream_free:
 * @self: (transfer full): a pair; the far end is closed
 */
void oh_scripted_stream_free (OhScriptedStream *self);

/**
 * oh_scripted_stream_near:
 * @self: a pair
 *
 * Returns: (transfer none): the end to give to what is tested
 */
GIOStream *oh_scripted_stream_near (OhScriptedStream *self);

/**
 * oh_scripted_stream_say:
 * @self: a pair
 * @text: what arrives at the near end
 * @len: octets, -1 for a terminated string
 */
void oh_scripted_stream_say (OhScriptedStream *self, const char *text, gssize len);

/**
 * oh_scripted_stream_hang_up:
 * @self: a pair
 *
 * The far end closes.
 */
void oh_scripted_stream_hang_up (OhScriptedStream *self);

/**
 * oh_scripted_stream_take:
 * @self: a pair
 *
 * Runs the main loop until the near end has written a whole message, and takes it. The test fails
 * when none comes within some seconds.
 *
 * Returns: (transfer full): the message as text
 */
char *oh_scripted_stream_take (OhScriptedStream *self);

/**
 * oh_scripted_stream_take_octets:
 * @self: a pair
 * @len: how many
 *
 * As oh_scripted_stream_take() for so many octets, whatever they are.
 *
 * Returns: (transfer full): the octets, terminated
 */
char *oh_scripted_stream_take_octets (OhScriptedStream *self, gsize len);

/**
 * oh_scripted_stream_assert_silent:
 * @self: a pair
 *
 * Runs the main loop until nothing is pending; the test fails when the near end has written
 * anything that was not taken.
 */
void oh_scripted_stream_assert_silent (OhScriptedStream *self);

/**
 * oh_scripted_stream_settle:
 *
 * Runs the main loop until nothing is pending, threads of GIO included as far as can be seen.
 */
void oh_scripted_stream_settle (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhScriptedStream, oh_scripted_stream_free)

G_END_DECLS
