/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-inquiry.h"

struct _OhSipInquiry
{
  OhSipInquiry **slot;       /* (nullable): the owner's field; NULL once it has let go */
  GCancellable *cancellable; /* (owned) */
  GObject *keep;             /* (owned) (nullable) */
  OhSipInquiryFunc func;
  gpointer user_data;
};

static void
inquiry_free (OhSipInquiry *self)
{
  g_object_unref (self->cancellable);
  g_clear_object (&self->keep);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipInquiry, inquiry_free)

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSipInquiry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);

  if (self->slot == NULL)
    return;
  *self->slot = NULL;
  self->func (response, error, self->user_data);
}

void
oh_sip_inquiry_send (OhSipInquiry **slot, OhSipStack *stack, OhSipMessage *request, GObject *keep,
                     OhSipInquiryFunc func, gpointer user_data)
{
  OhSipInquiry *self;

  g_return_if_fail (*slot == NULL);
  self = g_new0 (OhSipInquiry, 1);
  self->slot = slot;
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->keep, keep);
  self->func = func;
  self->user_data = user_data;
  *slot = self;
  oh_sip_stack_send_async (stack, request, self->cancellable, on_answered, self);
}

void
oh_sip_inquiry_drop (OhSipInquiry **slot)
{
  OhSipInquiry *self = g_steal_pointer (slot);

  if (self == NULL)
    return;
  self->slot = NULL; /* freed by the callback, which always comes */
  g_cancellable_cancel (self->cancellable);
}
