/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-service.h"

#include "bus-phone-verbs.h"

#include "bus-call.h"
#include "bus-connection.h"
#include "bus-doctor.h"
#include "bus-methods.h"
#include "bus-name.h"

enum
{
  SIGNAL_OWNED,
  SIGNAL_LOST,
  N_SIGNALS,
};

struct _OhBusService
{
  GObject parent_instance;

  OhBusAgent1 *agent;                /* (owned) */
  GDBusObjectManagerServer *objects; /* (owned) */
  GHashTable *phones;                /* (owned) (element-type utf8 OhBusPhone) */
  GHashTable *phone_events;          /* (owned) (element-type utf8 OhBusPhoneEvents) */
  GHashTable *calls;                 /* (owned) (element-type utf8 OhBusCall) */
  GHashTable *lingering;             /* (owned) (element-type Linger): of calls that have ended */
  OhBusMethods methods;              /* the models in it are owned */
  OhBusName *name;                   /* (owned) (nullable) */
  OhBusDoctor *doctor;               /* (owned) (nullable) */
};

/* An ended call and the alarm that takes it away. */
typedef struct
{
  OhBusService *service; /* (unowned): owns this */
  char *id;              /* (owned) */
  guint alarm;
} Linger;

G_DEFINE_FINAL_TYPE (OhBusService, oh_bus_service, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
linger_free (gpointer data)
{
  Linger *linger = data;

  oh_clock_clear_alarm (linger->service->methods.models.clock, &linger->alarm);
  g_free (linger->id);
  g_free (linger);
}

static void
remove_call (OhBusService *self, const char *id)
{
  OhBusCall *call = g_hash_table_lookup (self->calls, id);
  GDBusObject *object;

  if (call == NULL)
    return;
  object = G_DBUS_OBJECT (oh_bus_call_object (call));
  g_dbus_object_manager_server_unexport (self->objects, g_dbus_object_get_object_path (object));
  g_hash_table_remove (self->calls, id);
}

static gboolean
on_lingered (gpointer user_data)
{
  Linger *linger = user_data;

  linger->alarm = 0;
  remove_call (linger->service, linger->id);
  g_hash_table_remove (linger->service->lingering, linger);
  return G_SOURCE_REMOVE;
}

static void
on_call_added (OhCallList *calls, OhCall *call, OhBusService *self)
{
  OhBusCall *shown = oh_bus_call_new (call, self->methods.models.dialler);

  remove_call (self, oh_call_get_id (call));
  g_hash_table_insert (self->calls, g_strdup (oh_call_get_id (call)), shown);
  g_dbus_object_manager_server_export (self->objects, oh_bus_call_object (shown));
}

static void
on_call_removed (OhCallList *calls, OhCall *call, OhBusService *self)
{
  Linger *linger = g_new0 (Linger, 1);

  linger->service = self;
  linger->id = g_strdup (oh_call_get_id (call));
  g_hash_table_add (self->lingering, linger);
  linger->alarm =
    oh_clock_add_alarm_in (self->methods.models.clock, OH_BUS_CALL_LINGER_US, on_lingered, linger);
}

static void
on_busy (OhCallList *calls, GParamSpec *pspec, OhBusService *self)
{
  oh_bus_agent1_set_busy (self->agent, oh_call_list_get_busy (calls));
}

static void
on_own_presence (OhPublication *publication, GParamSpec *pspec, OhBusService *self)
{
  OhPresence *presence = oh_publication_own_presence (publication);

  oh_bus_agent1_set_availability (self->agent,
                                  oh_availability_word (oh_presence_availability (presence)));
  oh_bus_agent1_set_activity (self->agent, oh_presence_activity (presence));
  oh_bus_agent1_set_note (self->agent, oh_presence_note (presence));
}

static void
oh_bus_service_dispose (GObject *object)
{
  OhBusService *self = OH_BUS_SERVICE (object);
  OhBusModels *models = &self->methods.models;

  oh_bus_service_stop (self);
  if (models->calls != NULL)
    {
      g_signal_handlers_disconnect_by_data (models->calls, self);
      g_signal_handlers_disconnect_by_data (models->publication, self);
    }
  g_clear_pointer (&self->lingering, g_hash_table_unref);
  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_clear_pointer (&self->phones, g_hash_table_unref);
  g_clear_pointer (&self->phone_events, g_hash_table_unref);
  g_clear_pointer (&self->methods.contacts, oh_bus_contacts_free);
  g_clear_pointer (&self->doctor, oh_bus_doctor_free);
  g_clear_object (&self->objects);
  g_clear_object (&self->agent);
  g_clear_object (&models->publication);
  g_clear_object (&models->contacts);
  g_clear_object (&models->dialler);
  g_clear_object (&models->calls);
  g_clear_object (&models->clock);
  G_OBJECT_CLASS (oh_bus_service_parent_class)->dispose (object);
}

static void
oh_bus_service_class_init (OhBusServiceClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_bus_service_dispose;
  signals[SIGNAL_OWNED] = g_signal_new ("owned", OH_TYPE_BUS_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOST] = g_signal_new ("lost", OH_TYPE_BUS_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
oh_bus_service_init (OhBusService *self)
{
  self->agent = oh_bus_agent1_skeleton_new ();
  self->objects = g_dbus_object_manager_server_new (OH_BUS_PATH);
  self->phone_events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) oh_bus_phone_events_free);
  self->phones =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) oh_bus_phone_free);
  self->calls =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) oh_bus_call_free);
  self->lingering = g_hash_table_new_full (NULL, NULL, linger_free, NULL);
}

/* Strings of a skeleton are NULL until they are set, and NULL is no D-Bus value. */
static void
show_beginning (OhBusService *self)
{
  const OhBusEndpoint offline = { .state = "offline" };

  oh_bus_agent1_set_version (self->agent, OH_VERSION);
  oh_bus_service_set_endpoint (self, &offline);
  oh_bus_service_set_confirm_links (self, "always");
  on_own_presence (self->methods.models.publication, NULL, self);
  on_busy (self->methods.models.calls, NULL, self);
}

OhBusService *
oh_bus_service_new (const OhBusModels *models, const OhBusHost *host, gpointer user_data)
{
  OhBusService *self = g_object_new (OH_TYPE_BUS_SERVICE, NULL);
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (models->calls);

  self->methods.agent = self->agent;
  self->methods.host = host;
  self->methods.host_data = user_data;
  self->methods.models.clock = g_object_ref (models->clock);
  self->methods.models.calls = g_object_ref (models->calls);
  self->methods.models.dialler = g_object_ref (models->dialler);
  self->methods.models.contacts = g_object_ref (models->contacts);
  self->methods.models.publication = g_object_ref (models->publication);
  self->methods.contacts = oh_bus_contacts_new (models->contacts, self->agent, models->clock);
  if (models->doctor != NULL)
    self->doctor = oh_bus_doctor_new (models->doctor);
  oh_bus_methods_connect (&self->methods);
  show_beginning (self);
  for (guint i = 0; i < calls->len; i++)
    on_call_added (models->calls, g_ptr_array_index (calls, i), self);
  g_signal_connect (models->calls, "added", G_CALLBACK (on_call_added), self);
  g_signal_connect (models->calls, "removed", G_CALLBACK (on_call_removed), self);
  g_signal_connect (models->calls, "notify::busy", G_CALLBACK (on_busy), self);
  g_signal_connect (models->publication, "notify::own-presence", G_CALLBACK (on_own_presence),
                    self);
  return self;
}

static void
on_name (OhBusNameState state, gpointer user_data)
{
  if (state == OH_BUS_NAME_OWNED)
    g_signal_emit (user_data, signals[SIGNAL_OWNED], 0);
  else
    g_signal_emit (user_data, signals[SIGNAL_LOST], 0, state == OH_BUS_NAME_TAKEN);
}

gboolean
oh_bus_service_export (OhBusService *self, GDBusConnection *connection, gboolean replace,
                       GError **error)
{
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->agent), connection,
                                         OH_BUS_PATH, error) ||
      (self->doctor != NULL && !oh_bus_doctor_export (self->doctor, connection, error)))
    return FALSE;
  g_dbus_object_manager_server_set_connection (self->objects, connection);
  self->name = oh_bus_name_own (connection, OH_BUS_NAME, replace, on_name, self);
  return TRUE;
}

void
oh_bus_service_stop (OhBusService *self)
{
  g_clear_pointer (&self->name, oh_bus_name_free);
  if (self->objects != NULL)
    g_dbus_object_manager_server_set_connection (self->objects, NULL);
  if (self->agent != NULL &&
      g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->agent)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->agent));
  if (self->doctor != NULL)
    oh_bus_doctor_unexport (self->doctor);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

void
oh_bus_service_set_endpoint (OhBusService *self, const OhBusEndpoint *endpoint)
{
  oh_bus_agent1_set_endpoint_state (self->agent, endpoint->state);
  oh_bus_agent1_set_endpoint_reason (self->agent, or_empty (endpoint->reason));
  oh_bus_agent1_set_endpoint_reason_code (self->agent, or_empty (endpoint->code));
  oh_bus_agent1_set_endpoint_advice (self->agent, or_empty (endpoint->advice));
  oh_bus_agent1_set_endpoint_uri (self->agent, or_empty (endpoint->uri));
  oh_bus_agent1_set_endpoint_server (self->agent, or_empty (endpoint->server));
  oh_bus_agent1_set_endpoint_mechanism (self->agent, or_empty (endpoint->mechanism));
  oh_bus_agent1_set_endpoint_remote (self->agent, endpoint->remote);
  oh_bus_agent1_set_mechanism_trouble (self->agent, or_empty (endpoint->trouble));
  oh_bus_agent1_set_endpoint_since (self->agent, endpoint->since_us);
  oh_bus_agent1_set_endpoint_lost (self->agent, endpoint->lost_us);
  oh_bus_agent1_set_endpoint_next_try (self->agent, endpoint->next_try_us);
}

void
oh_bus_service_set_screen_locked (OhBusService *self, gboolean locked)
{
  oh_bus_agent1_set_screen_locked (self->agent, locked);
}

void
oh_bus_service_set_trace_until (OhBusService *self, gint64 until_us)
{
  oh_bus_agent1_set_trace_until (self->agent, until_us);
}

void
oh_bus_service_set_confirm_links (OhBusService *self, const char *word)
{
  oh_bus_agent1_set_confirm_links (self->agent, word);
}

void
oh_bus_service_add_phone (OhBusService *self, const char *id, OhPhone *phone,
                          const OhBusPhoneSettings *settings)
{
  const OhBusHost *host = self->methods.host;
  OhBusPhone *shown = oh_bus_phone_new (id, phone, settings, host->pin, self->methods.host_data);
  OhBusPhoneEvents *events =
    oh_bus_phone_events_new (id, phone, host->change_events, self->methods.host_data);

  oh_bus_phone_connect_verbs (oh_bus_phone_object (shown), self->methods.models.dialler);
  oh_bus_service_remove_phone (self, id);
  oh_bus_phone_events_set_wanted (events, !settings->events_off);
  g_dbus_object_skeleton_add_interface (oh_bus_phone_object (shown),
                                        oh_bus_phone_events_skeleton (events));
  g_hash_table_insert (self->phones, g_strdup (id), shown);
  g_hash_table_insert (self->phone_events, g_strdup (id), events);
  g_dbus_object_manager_server_export (self->objects, oh_bus_phone_object (shown));
}

GDBusObjectSkeleton *
oh_bus_service_phone_object (OhBusService *self, const char *id)
{
  OhBusPhone *shown = g_hash_table_lookup (self->phones, id);

  return shown != NULL ? oh_bus_phone_object (shown) : NULL;
}

void
oh_bus_service_update_phone (OhBusService *self, const char *id, const OhBusPhoneSettings *settings)
{
  OhBusPhone *shown = g_hash_table_lookup (self->phones, id);

  g_return_if_fail (shown != NULL);
  oh_bus_phone_set_settings (shown, settings);
  oh_bus_phone_events_set_wanted (g_hash_table_lookup (self->phone_events, id),
                                  !settings->events_off);
}

void
oh_bus_service_remove_phone (OhBusService *self, const char *id)
{
  OhBusPhone *shown = g_hash_table_lookup (self->phones, id);
  GDBusObject *object;

  if (shown == NULL)
    return;
  object = G_DBUS_OBJECT (oh_bus_phone_object (shown));
  g_dbus_object_manager_server_unexport (self->objects, g_dbus_object_get_object_path (object));
  g_hash_table_remove (self->phones, id);
  g_hash_table_remove (self->phone_events, id);
}
