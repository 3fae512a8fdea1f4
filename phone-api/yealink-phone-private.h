/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-care.h"
#include "snom-http.h"
#include "yealink-page.h"
#include "yealink-phone.h"

G_BEGIN_DECLS

/* Shared by the two files of OhYealinkPhone: what it is, and the errands it runs. */

struct _OhYealinkPhone
{
  OhPhone parent_instance;

  OhSnomHttp *http;
  OhSnomListener *listener;
  OhPhoneCare care;
  char *identity;
  char *base;     /* where the listener takes this phone's events; NULL while it does not */
  GQueue probes;  /* GTask: everybody who waits for the probe under way */
  gboolean named; /* its login page has been asked for the model: once is enough */
};

/**
 * oh_yealink_phone_read_config:
 * @self: a phone
 * @body: what it answers to OH_YEALINK_CONFIG_TARGET
 *
 * Takes over what the phone says of itself.
 *
 * Returns: (transfer full) (nullable): what it says; NULL when it says nothing
 */
OhYealinkConfig *oh_yealink_phone_read_config (OhYealinkPhone *self, GBytes *body);

/**
 * oh_yealink_errand_install:
 * @class: gets the functions that send
 */
void oh_yealink_errand_install (OhPhoneClass *class);

G_END_DECLS
