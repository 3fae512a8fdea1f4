/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bus-phone.h"
#include "bus-phone-events.h"
#include "contacts.h"
#include "dialler.h"
#include "doctor.h"
#include "publication.h"

G_BEGIN_DECLS

/* How long an ended call stays, so that every client sees how it ended. */
#define OH_BUS_CALL_LINGER_US (G_GINT64_CONSTANT (2) * G_USEC_PER_SEC)

/**
 * OhBusModels:
 * @clock: the time
 * @calls: the calls to show
 * @dialler: who dials
 * @contacts: the people to show
 * @publication: own presence
 * @doctor: (nullable): who looks for faults; NULL to have none on the bus
 *
 * What the service shows. Referenced.
 */
typedef struct
{
  OhClock *clock;
  OhCallList *calls;
  OhDialler *dialler;
  OhContacts *contacts;
  OhPublication *publication;
  OhDoctor *doctor;
} OhBusModels;

/**
 * OhBusHost:
 * @sign_in: returns @task (transfer full) with TRUE when it is online, or with why it cannot be
 * @sign_out: returns @task (transfer full) with TRUE when it is offline
 * @store_secret: stores @secret (borrowed) and tries with it; returns @task (transfer full)
 * @add_phone: returns the id of the new phone (transfer full), or NULL with an error
 * @remove_phone: returns @task (transfer full) with TRUE when the phone is gone
 * @pin: as OhBusPinFunc
 * @change_events: as OhBusEventsFunc
 *
 * What is behind the methods that are about settings, secrets and the account: the composition
 * root, which alone knows those.
 */
typedef struct
{
  void (*sign_in) (gpointer host, GTask *task);
  void (*sign_out) (gpointer host, GTask *task);
  void (*store_secret) (gpointer host, const char *kind, const char *id, const char *secret,
                        GTask *task);
  char *(*add_phone) (gpointer host, const char *address, GError **error);
  void (*remove_phone) (gpointer host, const char *id, GTask *task);
  OhBusPinFunc pin;
  OhBusEventsFunc change_events;
} OhBusHost;

/**
 * OhBusEndpoint:
 * @state: "offline", "connecting" ...
 * @reason: (nullable): why it is not online
 * @code: (nullable): the stable word for it
 * @advice: (nullable): what to do about it
 * @uri: (nullable): own address
 * @server: (nullable): "host:port"
 * @mechanism: (nullable): "kerberos" or "ntlm"
 * @remote: came in through an Edge server
 * @trouble: (nullable): schemes that this computer cannot do, and why
 * @since_us: since when, microseconds since 1970 UTC
 * @lost_us: since when it is not online although it should be; 0 for it is, or should not be
 * @next_try_us: when it will be tried again; 0 when no time is set
 *
 * Being signed in, as the properties Endpoint… show it. Only borrowed for the call.
 */
typedef struct
{
  const char *state;
  const char *reason;
  const char *code;
  const char *advice;
  const char *uri;
  const char *server;
  const char *mechanism;
  gboolean remote;
  const char *trouble;
  gint64 since_us;
  gint64 lost_us;
  gint64 next_try_us;
} OhBusEndpoint;

/**
 * OhBusService:
 *
 * org.offhook.Agent1 and the objects below it. A skin: it checks what comes from the bus, hands it
 * over, and answers when the result is there.
 *
 * Signals:
 *  - "owned": the bus gave us the name
 *  - "lost" (gboolean taken): another agent has the name, or (FALSE) the bus is gone: there is
 *    nobody left to serve
 */
#define OH_TYPE_BUS_SERVICE (oh_bus_service_get_type ())
G_DECLARE_FINAL_TYPE (OhBusService, oh_bus_service, OH, BUS_SERVICE, GObject)

/**
 * oh_bus_service_new:
 * @models: what to show
 * @host: what is behind the rest; must outlive the service
 * @user_data: for @host
 *
 * Returns: (transfer full): a service that is on no bus yet
 */
OhBusService *oh_bus_service_new (const OhBusModels *models, const OhBusHost *host,
                                  gpointer user_data);

/**
 * oh_bus_service_export:
 * @self: a service
 * @connection: the bus
 * @replace: take the name from another agent
 * @error: when the path is taken
 *
 * Exports everything, then asks for the name: who was started by the bus finds all there.
 *
 * Returns: whether it is exported
 */
gboolean oh_bus_service_export (OhBusService *self, GDBusConnection *connection, gboolean replace,
                                GError **error);

/**
 * oh_bus_service_stop:
 * @self: a service
 *
 * Gives the name back and takes everything off the bus.
 */
void oh_bus_service_stop (OhBusService *self);

/**
 * oh_bus_service_set_endpoint:
 * @self: a service
 * @endpoint: what to show from now on
 */
void oh_bus_service_set_endpoint (OhBusService *self, const OhBusEndpoint *endpoint);

/**
 * oh_bus_service_set_screen_locked:
 * @self: a service
 * @locked: what to show from now on
 */
void oh_bus_service_set_screen_locked (OhBusService *self, gboolean locked);

/**
 * oh_bus_service_set_trace_until:
 * @self: a service
 * @until_us: when the trace ends by itself, microseconds since 1970 UTC; 0 while there is none
 */
void oh_bus_service_set_trace_until (OhBusService *self, gint64 until_us);

/**
 * oh_bus_service_set_confirm_links:
 * @self: a service
 * @word: "always", "unknown" or "never"
 */
void oh_bus_service_set_confirm_links (OhBusService *self, const char *word);

/**
 * oh_bus_service_add_phone:
 * @self: a service
 * @id: the phone's id; one that is there already is replaced
 * @phone: (nullable): the phone; NULL when its settings cannot be used
 * @settings: what they say
 */
void oh_bus_service_add_phone (OhBusService *self, const char *id, OhPhone *phone,
                               const OhBusPhoneSettings *settings);

/**
 * oh_bus_service_phone_object:
 * @self: a service
 * @id: a phone that was added
 *
 * Returns: (transfer none) (nullable): its object, for further interfaces
 */
GDBusObjectSkeleton *oh_bus_service_phone_object (OhBusService *self, const char *id);

/**
 * oh_bus_service_update_phone:
 * @self: a service
 * @id: a phone that was added
 * @settings: what they say now
 */
void oh_bus_service_update_phone (OhBusService *self, const char *id,
                                  const OhBusPhoneSettings *settings);

/**
 * oh_bus_service_remove_phone:
 * @self: a service
 * @id: a phone; nothing happens when it is not there
 */
void oh_bus_service_remove_phone (OhBusService *self, const char *id);

G_END_DECLS
