/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "agent-model.h"

#include "menu-lines.h"

#include <string.h>

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value != NULL ? value : "");
}

void
oh_agent_model_read_agent (OhTrayModel *model, OhBusAgent1 *agent)
{
  model->endpoint = oh_tray_endpoint_from_word (oh_bus_agent1_get_endpoint_state (agent));
  model->availability = oh_tray_availability_from_word (oh_bus_agent1_get_availability (agent));
  set (&model->reason, oh_bus_agent1_get_endpoint_reason (agent));
  set (&model->advice, oh_bus_agent1_get_endpoint_advice (agent));
  set (&model->uri, oh_bus_agent1_get_endpoint_uri (agent));
  set (&model->server, oh_bus_agent1_get_endpoint_server (agent));
  set (&model->activity, oh_bus_agent1_get_activity (agent));
  set (&model->note, oh_bus_agent1_get_note (agent));
  model->trace_until_us = oh_bus_agent1_get_trace_until (agent);
}

/* (transfer full) (nullable): the first that is set */
static char *
forward_of (OhBusPhone1 *proxy)
{
  const char *const places[] = { oh_bus_phone1_get_forward_all (proxy),
                                 oh_bus_phone1_get_forward_busy (proxy),
                                 oh_bus_phone1_get_forward_no_answer (proxy) };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] != NULL && places[i][0] != '\0')
      return g_strdup (places[i]);
  return NULL;
}

static void
read_phone (OhTrayModel *model, OhBusPhone1 *proxy, OhBusPhoneEvents1 *events)
{
  OhTrayPhone *phone = g_new0 (OhTrayPhone, 1);

  set (&phone->id, oh_bus_phone1_get_id (proxy));
  set (&phone->host, oh_bus_phone1_get_host (proxy));
  set (&phone->reason, oh_bus_phone1_get_reason (proxy));
  set (&phone->advice, oh_bus_phone1_get_advice (proxy));
  set (&phone->presented, oh_bus_phone1_get_presented_fingerprint (proxy));
  phone->can = oh_tray_abilities_from_words (oh_bus_phone1_get_can (proxy));
  phone->dnd = oh_bus_phone1_get_dnd (proxy);
  phone->muted = g_strcmp0 (oh_bus_phone1_get_muted (proxy), "yes") == 0;
  phone->forward = forward_of (proxy);
  if (events != NULL)
    {
      set (&phone->holder_kind, oh_bus_phone_events1_get_holder_kind (events));
      set (&phone->holder, oh_bus_phone_events1_get_holder (events));
      phone->silent = g_strcmp0 (oh_bus_phone_events1_get_events (events), "no") == 0 ||
                      g_strcmp0 (oh_bus_phone_events1_get_events (events), "partly") == 0;
    }
  phone->state = oh_tray_phone_state_from_word (oh_bus_phone1_get_state (proxy));
  g_ptr_array_add (model->phones, phone);
}

/* Where the settings do not make a phone it has no certificate. */
static void
read_expiry (OhTrayPhone *phone, GDBusObject *object)
{
  g_autoptr (GDBusInterface) found =
    g_dbus_object_get_interface (object, "org.offhook.PhoneCertificate1");

  if (found == NULL)
    return;
  set (&phone->expiry, oh_bus_phone_certificate1_get_warning (OH_BUS_PHONE_CERTIFICATE1 (found)));
  set (&phone->renewal, oh_bus_phone_certificate1_get_advice (OH_BUS_PHONE_CERTIFICATE1 (found)));
}

/* Not a word of Phone1: the phones that can be set have an interface more. */
static void
read_admin (OhTrayPhone *phone, GDBusObject *object)
{
  g_autoptr (GDBusInterface) found =
    g_dbus_object_get_interface (object, "org.offhook.PhoneAdmin1");

  if (found != NULL)
    phone->can |= OH_TRAY_CAN_SET_PASSWORD;
}

static void
read_call (OhTrayModel *model, OhBusCall1 *proxy)
{
  OhTrayCall *call = g_new0 (OhTrayCall, 1);
  const char *display = oh_bus_call1_get_display (proxy);

  set (&call->id, oh_bus_call1_get_id (proxy));
  set (&call->phone, oh_bus_call1_get_phone (proxy));
  set (&call->name, oh_bus_call1_get_name (proxy));
  set (&call->number,
       display != NULL && display[0] != '\0' ? display : oh_bus_call1_get_number (proxy));
  call->state = oh_tray_call_state_from_word (oh_bus_call1_get_state (proxy));
  g_ptr_array_add (model->calls, call);
}

/* "c2" before "c10": shorter ids are older. */
static int
compare_ids (const char *a, const char *b)
{
  gsize a_len = strlen (a), b_len = strlen (b);

  return a_len != b_len ? (a_len < b_len ? -1 : 1) : strcmp (a, b);
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  return compare_ids ((*(OhTrayCall *const *) a)->id, (*(OhTrayCall *const *) b)->id);
}

static int
compare_phones (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(OhTrayPhone *const *) a)->id, (*(OhTrayPhone *const *) b)->id);
}

void
oh_agent_model_read_objects (OhTrayModel *model, GDBusObjectManager *manager)
{
  g_autolist (GDBusObject) objects = g_dbus_object_manager_get_objects (manager);

  g_ptr_array_set_size (model->phones, 0);
  g_ptr_array_set_size (model->calls, 0);
  for (GList *l = objects; l != NULL; l = l->next)
    {
      g_autoptr (GDBusInterface) phone =
        g_dbus_object_get_interface (l->data, "org.offhook.Phone1");
      g_autoptr (GDBusInterface) events =
        g_dbus_object_get_interface (l->data, "org.offhook.PhoneEvents1");
      g_autoptr (GDBusInterface) call = g_dbus_object_get_interface (l->data, "org.offhook.Call1");

      if (phone != NULL)
        read_phone (model, OH_BUS_PHONE1 (phone), (OhBusPhoneEvents1 *) events);
      if (phone != NULL)
        {
          OhTrayPhone *read = g_ptr_array_index (model->phones, model->phones->len - 1);

          read_expiry (read, l->data);
          read_admin (read, l->data);
        }
      if (call != NULL)
        read_call (model, OH_BUS_CALL1 (call));
    }
  g_ptr_array_sort (model->phones, compare_phones);
  g_ptr_array_sort (model->calls, compare_calls);
}

OhTrayContact *
oh_agent_model_read_contact (GVariant *entry)
{
  const char *uri, *name, *presence, *note, *group, *type, *number, *display;
  g_autoptr (GVariantIter) groups = NULL, numbers = NULL;
  g_autoptr (GVariant) more = NULL;
  OhTrayContact *contact;

  g_variant_get (entry, "(&s&s&s&sasa(sss)@a{sv})", &uri, &name, &presence, &note, &groups,
                 &numbers, &more);
  contact = oh_tray_contact_new (uri, name);
  oh_tray_contact_set_presence (contact, presence, note);
  g_variant_lookup (more, "since", "x", &contact->since_us);
  g_variant_lookup (more, "inactive", "b", &contact->inactive);
  g_variant_lookup (more, "out-of-office", "b", &contact->out_of_office);
  while (g_variant_iter_next (groups, "&s", &group))
    oh_tray_contact_add_group (contact, group);
  while (contact->numbers->len < OH_MENU_NUMBERS_MAX &&
         g_variant_iter_next (numbers, "(&s&s&s)", &type, &number, &display))
    oh_tray_contact_add_number (contact, type, number, display);
  return contact;
}
