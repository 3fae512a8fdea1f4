/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-care.h"
#include "snom-command.h"
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
  gboolean http_only;       /* and that was found then */
  OhSnomTraits traits;      /* of model and firmware; of an unknown phone until it was probed */
  guint n_logins;           /* how often the login was another one */
  guint n_logins_probed;    /* as of the probe under way */
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
 * oh_snom_phone_note_settings:
 * @self: a phone
 *
 * Takes over what its settings say of how it is set, if they were read: "do not disturb", the
 * keyboard lock, forwarding, the accounts, and what its keys do.
 */
void oh_snom_phone_note_settings (OhSnomPhone *self);

/**
 * oh_snom_phone_capabilities:
 * @self: a phone that was looked at
 *
 * Returns: what it can do, by its model and its settings
 */
OhPhoneCapabilities oh_snom_phone_capabilities (OhSnomPhone *self);

/**
 * oh_snom_phone_manner:
 * @self: a phone that was looked at
 *
 * Returns: in what its keys differ
 */
OhSnomManner oh_snom_phone_manner (OhSnomPhone *self);

/**
 * oh_snom_phone_take_event:
 * @event: (transfer full): what the phone told
 * @user_data: the phone
 *
 * For the listener.
 */
void oh_snom_phone_take_event (OhPhoneEvent *event, gpointer user_data);

/**
 * oh_snom_verb_sets:
 * @verb: a verb
 *
 * Returns: whether it sets a setting, and is for oh_snom_setting_errand_async()
 */
gboolean oh_snom_verb_sets (OhPhoneVerb verb);

/**
 * oh_snom_setting_errand_async:
 * @self: a phone
 * @command: of a verb that sets something; copied
 * @cancellable: (nullable): takes back what has not left
 * @callback: called once; the task's value is the outcome, as of a command that was sent
 * @user_data: for @callback
 *
 * Writes the settings, which may be done twice, and looks whether they have got their values.
 */
void oh_snom_setting_errand_async (OhSnomPhone *self, const OhPhoneCommand *command,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * oh_snom_probe_install:
 * @class: gets the functions that look what the phone is
 */
void oh_snom_probe_install (OhPhoneClass *class);

/**
 * oh_snom_phone_look:
 * @user_data: the phone
 *
 * Looks where and how it is, on a connection of its own, and tells it where its events go: for the
 * listener.
 */
void oh_snom_phone_look (gpointer user_data);

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
