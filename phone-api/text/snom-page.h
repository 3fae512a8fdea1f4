/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* The list of all settings of a phone with twelve accounts is about 200 KiB. */
#define OH_SNOM_PAGE_MAX ((gsize) 1024 * 1024)

/**
 * OhSnomLook:
 * @OH_SNOM_LOOK_CLASSIC: a page of the classic web server
 * @OH_SNOM_LOOK_MANAGER: the single-page application of the D8xx generation, the answer to
 *   everything there and never a success
 * @OH_SNOM_LOOK_BLOCKED: too many failed logins; the phone refuses everybody for a while
 * @OH_SNOM_LOOK_ERROR: "snom VoIP phone: Error"
 * @OH_SNOM_LOOK_OTHER: no snom phone at all
 *
 * What a page is, whatever its status was.
 */
typedef enum
{
  OH_SNOM_LOOK_CLASSIC,
  OH_SNOM_LOOK_MANAGER,
  OH_SNOM_LOOK_BLOCKED,
  OH_SNOM_LOOK_ERROR,
  OH_SNOM_LOOK_OTHER,
} OhSnomLook;

/**
 * OhSnomPage:
 * @look: what it is
 * @model: (nullable): "snomD785"
 * @firmware: (nullable): "10.1.54.13"
 * @mac: (nullable): twelve upper-case hex digits
 */
typedef struct
{
  OhSnomLook look;
  char *model;
  char *firmware;
  char *mac;
} OhSnomPage;

/**
 * oh_snom_page_parse:
 * @body: a page, HTML or anything
 * @server: (nullable): value of the Server header
 *
 * Says what the page is, and reads the description of the phone where the page has one.
 *
 * Returns: (transfer full): what the page says
 */
OhSnomPage *oh_snom_page_parse (OhSlice body, const char *server);

/**
 * oh_snom_page_free:
 * @page: (nullable) (transfer full): a page
 */
void oh_snom_page_free (OhSnomPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomPage, oh_snom_page_free)

/**
 * OhSnomAnswer:
 * @OH_SNOM_ANSWER_ACCEPTED: the page asked for, or a command taken; taken is not done
 * @OH_SNOM_ANSWER_LOGIN: wants a login, or another one
 * @OH_SNOM_ANSWER_LOCKED_OUT: refuses everybody for a while
 * @OH_SNOM_ANSWER_REFUSED: knows us, and does not do this
 * @OH_SNOM_ANSWER_MOVED: is to be had at another address, usually the same by https
 * @OH_SNOM_ANSWER_FOREIGN: this kind of phone has no such thing
 * @OH_SNOM_ANSWER_BROKEN: anything else
 */
typedef enum
{
  OH_SNOM_ANSWER_ACCEPTED,
  OH_SNOM_ANSWER_LOGIN,
  OH_SNOM_ANSWER_LOCKED_OUT,
  OH_SNOM_ANSWER_REFUSED,
  OH_SNOM_ANSWER_MOVED,
  OH_SNOM_ANSWER_FOREIGN,
  OH_SNOM_ANSWER_BROKEN,
} OhSnomAnswer;

/**
 * oh_snom_answer_judge:
 * @status: HTTP status
 * @look: what the page is
 * @acts: the request was to change something, and the phone had let us in right before: then 403
 *   is no lock-out
 *
 * What an answer means. A 200 of the D8xx application or of a lock-out is no success; a 302 of a
 * command is one.
 *
 * Returns: the meaning
 */
OhSnomAnswer oh_snom_answer_judge (guint status, OhSnomLook look, gboolean acts);

G_END_DECLS
