/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory.h"

G_BEGIN_DECLS

typedef struct _OhDirectoryRequest OhDirectoryRequest;

/**
 * OhDirectoryGiveUpFunc:
 * @request: it was cancelled by its caller, or takes too long
 * @error: (transfer full): what its caller is to be told
 * @user_data: of oh_directory_request_new()
 */
typedef void (*OhDirectoryGiveUpFunc) (OhDirectoryRequest *request, GError *error,
                                       gpointer user_data);

/**
 * OhDirectoryRequest:
 * @directory: (owned): who does it
 * @task: (owned) (nullable): NULL once it was answered
 * @text: (owned): what was typed, or an address
 * @own: it is an address
 * @again: it found a dead link once
 * @unanswered: it was given up because nothing came: the link may be dead without a word
 * @stop: (owned): what the thread that does it looks at
 * @link: (nullable): on which it is done; the directory's, or its own when the directory has given
 *   that up
 *
 * One search, from when it is asked for until its caller has an answer and the link is free.
 */
struct _OhDirectoryRequest
{
  OhDirectory *directory;
  GTask *task;
  char *text;
  gboolean own;
  gboolean again;
  gboolean unanswered;
  GCancellable *stop;
  OhDirectoryLink *link;

  /*< private >*/
  OhClock *clock;     /* (owned) */
  GSource *cancelled; /* (owned) (nullable): of the caller's cancellable */
  guint limit;        /* alarm */
  OhDirectoryGiveUpFunc give_up;
};

/**
 * oh_directory_request_new:
 * @task: of the caller; its source is the directory
 * @clock: for the limit, OH_DIRECTORY_LIMIT_US from now
 * @text: what was typed, or an address
 * @own: it is an address
 * @give_up: called when it is not wanted any more
 *
 * Returns: (transfer full): the request
 */
OhDirectoryRequest *oh_directory_request_new (GTask *task, OhClock *clock, const char *text,
                                              gboolean own, OhDirectoryGiveUpFunc give_up);

/**
 * oh_directory_request_answer:
 * @self: a request
 * @answer: (transfer full) (nullable): who was found
 * @error: (transfer full) (nullable): why nobody was
 *
 * Tells its caller; does nothing when that was done before.
 */
void oh_directory_request_answer (OhDirectoryRequest *self, OhDirectoryAnswer *answer,
                                  GError *error);

/**
 * oh_directory_request_free:
 * @self: (transfer full): a request that was answered
 */
void oh_directory_request_free (OhDirectoryRequest *self);

G_END_DECLS
