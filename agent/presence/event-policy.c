/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-policy.h"

guint64
oh_event_granted_s (const OhSipMessage *response)
{
  guint64 expires_s = OH_EVENT_EXPIRES_DEFAULT_S;

  if (oh_sip_message_get (response, "Expires") != NULL &&
      !oh_sip_message_get_uint (response, "Expires", OH_EVENT_EXPIRES_MAX_S, &expires_s))
    return OH_EVENT_EXPIRES_MAX_S;
  return expires_s;
}

gint64
oh_event_refresh_delay_us (guint64 expires_s)
{
  guint64 delay_s = expires_s > OH_EVENT_LONG_S ? expires_s - OH_EVENT_EARLY_S : expires_s / 2;

  return (gint64) MAX (delay_s, 1) * G_USEC_PER_SEC;
}

gint64
oh_event_retry_after_us (const OhSipMessage *response)
{
  guint64 seconds = 0;

  oh_sip_message_get_uint (response, "Retry-After", OH_EVENT_EXPIRES_MAX_S, &seconds);
  return (gint64) seconds * G_USEC_PER_SEC;
}

gboolean
oh_event_is_passing (guint status)
{
  return status == 401 || status == 407 || status == 408 || status == 481 || status == 491 ||
         (status >= 500 && status != 513);
}

OhEventEnd
oh_event_end (const OhSipMessage *notify, gint64 *retry_us)
{
  OhSlice params = oh_sip_message_get_slice (notify, "Subscription-State");
  OhSlice word = oh_slice_trim (oh_slice_eat_until (&params, ";"));
  OhSlice reason = oh_slice_str (NULL);
  OhSlice retry = oh_slice_str (NULL);
  guint64 retry_s = 0;

  *retry_us = 0;
  if (!oh_slice_equal_case (word, "terminated"))
    return OH_EVENT_GOES_ON;
  oh_sip_params_get (params, "reason", &reason);
  if (oh_slice_equal_case (reason, "rejected") || oh_slice_equal_case (reason, "noresource"))
    return OH_EVENT_ENDED_FOR_GOOD;
  if (oh_sip_params_get (params, "retry-after", &retry))
    oh_slice_to_uint (retry, OH_EVENT_EXPIRES_MAX_S, &retry_s);
  *retry_us = (gint64) retry_s * G_USEC_PER_SEC;
  return OH_EVENT_ENDED;
}
