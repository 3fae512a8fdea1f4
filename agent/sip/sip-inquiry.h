/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-stack.h"

G_BEGIN_DECLS

/**
 * OhSipInquiry:
 *
 * One request under way on behalf of an object that asks one thing at a time. The object keeps it
 * in a field that is NULL while nothing is under way; when it lets go of it, because it starts
 * anew or stops, the answer that may still come reaches nobody.
 */
typedef struct _OhSipInquiry OhSipInquiry;

/**
 * OhSipInquiryFunc:
 * @response: (nullable): the final response, whatever its status
 * @error: (nullable): why there is none, as oh_sip_stack_send_finish(); NULL with a response
 * @user_data: as given
 *
 * Called once, with the field empty again, so that the next request may be sent from here.
 */
typedef void (*OhSipInquiryFunc) (OhSipMessage *response, const GError *error, gpointer user_data);

/**
 * oh_sip_inquiry_send:
 * @slot: (inout): the owner's field, empty; it lives as long as the owner
 * @stack: the stack
 * @request: as oh_sip_stack_send_async() takes it
 * @keep: (nullable): kept until @func has returned; NULL when whoever has the field drops the
 *   inquiry before going
 * @func: told of the answer, never from within this call
 * @user_data: for @func
 */
void oh_sip_inquiry_send (OhSipInquiry **slot, OhSipStack *stack, OhSipMessage *request,
                          GObject *keep, OhSipInquiryFunc func, gpointer user_data);

/**
 * oh_sip_inquiry_drop:
 * @slot: (inout): the owner's field; may be empty, and is so afterwards
 *
 * Nobody cares for the answer any more.
 */
void oh_sip_inquiry_drop (OhSipInquiry **slot);

G_END_DECLS
