/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-care.h"
#include "snom-family.h"
#include "snom-http.h"
#include "snom-phone.h"

G_BEGIN_DECLS

/* Shared by the files of OhSnomPhone: what it is, how it is looked at, and the errands it runs. */

/* Harmless: what the phone is. Never a key press, which would act on a live call. */
#define OH_SNOM_INFO_PAGE "/info.htm"
#define OH_SNOM_SETTINGS_PAGE "/settings.htm"

struct _OhSnomPhone
{
  OhPhone parent_instance;

  OhSnomHttp *http;
  OhSnomListener *listener;
  char *identity;
  char *base; /* where the listener takes this phone's events; NULL while it does not */
  GHashTable *settings;
  gboolean dnd_told;        /* by an event, since the settings were asked for: they may be older */
  gboolean settings_closed; /* this login may not read them */
  gboolean looked_on_http;  /* once was enough */
  OhSnomTraits traits;      /* of model and firmware; of an unknown phone until it was probed */
  GQueue probes;            /* GTask: everybody who waits for the probe under way */
  gboolean watch_wanted;
  guint n_watching;     /* watch errands under way */
  GHashTable *previous; /* utf8 → utf8: whose the places were, by setting */
  GHashTable *absent;   /* utf8: settings that it does not have, or keeps */
  OhSnomKeepFunc keep;
  gpointer keep_data;
  GDestroyNotify keep_destroy;
  gboolean take;      /* the places of other programs, too */
  gboolean take_once; /* everybody's, at the next watch */
  GQueue held; /* GTask: dial requests that wait for those: else their events come too early */
  OhPhoneCare care;
};

/**
 * oh_snom_phone_note_error:
 * @self: a phone
 * @error: what came of a request
 *
 * Moves the phone to the state that the error stands for, if any, and sets the alarm for what
 * helps.
 */
void oh_snom_phone_note_error (OhSnomPhone *self, const GError *error);

/**
 * oh_snom_phone_take_settings:
 * @self: a phone
 * @body: its settings page
 *
 * Keeps what the page says; a page without settings leaves none.
 */
void oh_snom_phone_take_settings (OhSnomPhone *self, GBytes *body);

/**
 * oh_snom_phone_note_dnd:
 * @self: a phone
 *
 * Takes over what its settings say of "do not disturb", if they were read.
 *
 * Returns: whether they say anything of it
 */
gboolean oh_snom_phone_note_dnd (OhSnomPhone *self);

/**
 * oh_snom_phone_take_event:
 * @event: (transfer full): what the phone told
 * @user_data: the phone
 *
 * For the listener.
 */
void oh_snom_phone_take_event (OhPhoneEvent *event, gpointer user_data);

/**
 * oh_snom_dnd_async:
 * @self: a phone
 * @command: DND_ON or DND_OFF; copied
 * @cancellable: (nullable): stops waiting
 * @callback: called once; the task's value is the outcome, as of a command that was sent
 * @user_data: for @callback
 *
 * Sets the setting, which may be done twice, and looks whether it is set.
 */
void oh_snom_dnd_async (OhSnomPhone *self, const OhPhoneCommand *command, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_snom_probe_install:
 * @class: gets the functions that look what the phone is
 */
void oh_snom_probe_install (OhPhoneClass *class);

/**
 * oh_snom_errand_install:
 * @class: gets the functions that send
 */
void oh_snom_errand_install (OhPhoneClass *class);

/**
 * oh_snom_errand_release:
 * @self: a phone whose events come, or will not come
 *
 * Lets the dial requests go that have waited for that.
 */
void oh_snom_errand_release (OhSnomPhone *self);

/**
 * oh_snom_watching_install:
 * @class: gets the functions that watch and unwatch
 */
void oh_snom_watching_install (OhPhoneClass *class);

G_END_DECLS
