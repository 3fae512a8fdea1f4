/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-finding.h"

#include <glib/gi18n-lib.h>

#include "boot-listener.h"
#include "bus-dial-finder.h"
#include "name-asker.h"
#include "neighbours.h"
#include "own-addresses.h"
#include "phone-pairing.h"
#include "pnp-message.h"
#include "web-asker.h"

struct _OhPhoneFinding
{
  OhConfig *config;         /* (owned) */
  OhSearching *searching;   /* (unowned) */
  OhPhoneSet *phones;       /* (unowned) (nullable): from start to stop */
  OhBootListener *boots;    /* (owned) */
  OhPhoneMacs *macs;        /* (owned) */
  OhPhoneMoves *moves;      /* (owned) */
  OhFinder *finder;         /* (owned) */
  OhBusFinder *bus;         /* (owned) */
  OhBusDialFinder *by_code; /* (owned) */
  OhPhonePairing *pairing;  /* (owned) */
};

/* Without the port; an IPv6 address without its brackets. */
static char *
dup_host_name (const char *host)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse (host, 0, NULL);

  return g_strdup (address != NULL ? g_network_address_get_hostname (G_NETWORK_ADDRESS (address))
                                   : host);
}

static GPtrArray *
host_dup_known (gpointer host)
{
  OhPhoneFinding *self = host;
  g_autoptr (GPtrArray) settings = oh_config_dup_phones (self->config);
  GPtrArray *known = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_known_phone_free);

  for (guint i = 0; i < settings->len; i++)
    {
      const OhConfigPhone *one = g_ptr_array_index (settings, i);
      OhPhone *phone = self->phones != NULL ? oh_phone_set_find (self->phones, one->id) : NULL;
      OhKnownPhone *entry = g_new0 (OhKnownPhone, 1);

      entry->id = g_strdup (one->id);
      entry->host = dup_host_name (one->host);
      if (phone != NULL)
        {
          entry->mac = g_strdup (oh_phone_get_mac (phone));
          if (entry->mac == NULL) /* not met since the agent began */
            entry->mac = g_strdup (oh_phone_macs_get (self->macs, one->id));
          entry->model = g_strdup (oh_phone_get_model (phone));
        }
      g_ptr_array_add (known, entry);
    }
  return known;
}

static void
host_get_own (gpointer host, const char **phone, const char **line)
{
  OhPhoneFinding *self = host;

  oh_searching_get_own (self->searching, phone, line);
}

static const OhBusFinderHost bus_host = {
  .dup_known = host_dup_known,
  .get_own = host_get_own,
};

OhPhoneFinding *
oh_phone_finding_new (OhConfig *config, OhSecrets *secrets, OhSearching *searching,
                      OhSnomListener *listener, OhClock *clock)
{
  OhPhoneFinding *self = g_new0 (OhPhoneFinding, 1);
  g_autoptr (GPtrArray) quick = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) patient = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (OhFindSource) probe =
    oh_host_probe_new (&oh_web_asker, oh_own_network_hosts, NULL, clock);
  g_autofree char *dir = g_build_filename (g_get_user_state_dir (), "offhook", NULL);
  g_autoptr (OhDialFinder) dialled =
    oh_dial_finder_new (listener, oh_config_get_event_port (config), oh_own_addresses, clock);
  const OhFinderParts parts = { .quick = quick, .patient = patient, .probe = probe };

  self->config = g_object_ref (config);
  self->searching = searching;
  self->boots = oh_boot_listener_new (clock, OH_PNP_PORT);
  g_ptr_array_add (quick, oh_neighbour_source_new ());
  g_ptr_array_add (quick, oh_name_asker_new (NULL));
  g_ptr_array_add (patient, g_object_ref (self->boots));
  self->macs = oh_phone_macs_new (dir);
  self->moves = oh_phone_moves_new (config, self->macs, self->boots, clock);
  self->finder = oh_finder_new (&parts);
  self->bus = oh_bus_finder_new (self->finder, &bus_host, self);
  self->by_code = oh_bus_dial_finder_new (dialled, self->finder, &bus_host, self,
                                          oh_bus_finder_skeleton (self->bus));
  self->pairing =
    oh_phone_pairing_new (config, secrets, self->finder, clock, oh_bus_finder_skeleton (self->bus));
  return self;
}

void
oh_phone_finding_free (OhPhoneFinding *self)
{
  if (self == NULL)
    return;
  oh_bus_finder_unexport (self->bus);
  oh_phone_pairing_free (self->pairing);
  oh_bus_dial_finder_free (self->by_code);
  oh_bus_finder_free (self->bus);
  g_object_unref (self->finder);
  oh_phone_moves_free (self->moves);
  g_object_unref (self->macs);
  g_object_unref (self->boots);
  g_object_unref (self->config);
  g_free (self);
}

void
oh_phone_finding_set_phones (OhPhoneFinding *self, OhPhoneSet *phones)
{
  self->phones = phones;
}

OhPhoneMoves *
oh_phone_finding_moves (OhPhoneFinding *self)
{
  return self->moves;
}

gboolean
oh_phone_finding_may_add (OhPhoneFinding *self, const char *address, char **out_address,
                          GError **error)
{
  const OhFoundPhone *found = oh_finder_lookup (self->finder, address);

  if (found != NULL && found->kind == OH_FOUND_DECT)
    {
      g_set_error (
        error, OH_ERROR, OH_ERROR_UNSUPPORTED,
        _ ("The device at %s is a %s, a cordless one, which takes no commands. Use a desk "
           "phone (snom D3xx, D7xx) for the same line."),
        found->address != NULL ? found->address : address,
        found->model != NULL ? found->model : _ ("base"));
      return FALSE;
    }
  *out_address = g_strdup (found != NULL && found->address != NULL ? found->address : address);
  return TRUE;
}

gboolean
oh_phone_finding_export (OhPhoneFinding *self, GDBusConnection *connection, GError **error)
{
  return oh_bus_finder_export (self->bus, connection, error);
}
