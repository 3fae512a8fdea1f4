/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-words.h"

#include <string.h>

/* The last digits are the edition; it is all that the namespaces differ in (ECMA-323 clause 7). */
#define NAMESPACE "http://www.ecma-international.org/standards/ecma-323/csta/ed"
#define NAMESPACE_END "/csta/ed"

/* clang-format off */
static const char *const services[] = {
  [OH_CSTA_SYSTEM_STATUS] = "RequestSystemStatus",
  [OH_CSTA_MONITOR_START] = "MonitorStart",
  [OH_CSTA_MONITOR_STOP] = "MonitorStop",
  [OH_CSTA_SNAPSHOT_DEVICE] = "SnapshotDevice",
  [OH_CSTA_SNAPSHOT_CALL] = "SnapshotCall",
  [OH_CSTA_MAKE_CALL] = "MakeCall",
  [OH_CSTA_ANSWER_CALL] = "AnswerCall",
  [OH_CSTA_CLEAR_CONNECTION] = "ClearConnection",
  [OH_CSTA_HOLD_CALL] = "HoldCall",
  [OH_CSTA_RETRIEVE_CALL] = "RetrieveCall",
  [OH_CSTA_ALTERNATE_CALL] = "AlternateCall",
  [OH_CSTA_TRANSFER_CALL] = "TransferCall",
  [OH_CSTA_SINGLE_STEP_TRANSFER] = "SingleStepTransferCall",
  [OH_CSTA_CONFERENCE_CALL] = "ConferenceCall",
  [OH_CSTA_GENERATE_DIGITS] = "GenerateDigits",
  [OH_CSTA_SET_MUTE] = "SetMicrophoneMute",
  [OH_CSTA_SET_VOLUME] = "SetSpeakerVolume",
  [OH_CSTA_GET_DND] = "GetDoNotDisturb",
  [OH_CSTA_SET_DND] = "SetDoNotDisturb",
  [OH_CSTA_SET_FORWARDING] = "SetForwarding",
};

/* Two spellings of one: ECMA-323 has an "r" too few, and phones mend it. */
static const struct { const char *name; OhCstaEvent event; } events[] = {
  { "ServiceInitiatedEvent",   OH_CSTA_INITIATED      },
  { "OriginatedEvent",         OH_CSTA_ORIGINATED     },
  { "NetworkReachedEvent",     OH_CSTA_REACHED        },
  { "DeliveredEvent",          OH_CSTA_DELIVERED      },
  { "EstablishedEvent",        OH_CSTA_ESTABLISHED    },
  { "HeldEvent",               OH_CSTA_HELD           },
  { "RetrievedEvent",          OH_CSTA_RETRIEVED      },
  { "ConnectionClearedEvent",  OH_CSTA_CLEARED        },
  { "CallClearedEvent",        OH_CSTA_CALL_CLEARED   },
  { "DivertedEvent",           OH_CSTA_DIVERTED       },
  { "TransferedEvent",         OH_CSTA_TRANSFERRED    },
  { "TransferredEvent",        OH_CSTA_TRANSFERRED    },
  { "ConferencedEvent",        OH_CSTA_CONFERENCED    },
  { "FailedEvent",             OH_CSTA_FAILED         },
  { "DoNotDisturbEvent",       OH_CSTA_DND            },
  { "ForwardingEvent",         OH_CSTA_FORWARDING     },
  { "MonitorStop",             OH_CSTA_MONITOR_ENDED  },
  { "OutOfServiceEvent",       OH_CSTA_OUT_OF_SERVICE },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (services) == OH_N_CSTA_SERVICES);

const char *
oh_csta_service_name (OhCstaService service)
{
  g_return_val_if_fail (service < OH_N_CSTA_SERVICES, NULL);
  return services[service];
}

gboolean
oh_csta_service_find (const char *name, OhCstaService *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      gsize len = strlen (services[i]);

      if (strncmp (name, services[i], len) == 0 && strcmp (name + len, "Response") == 0)
        {
          *out = (OhCstaService) i;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
oh_csta_event_find (const char *name, OhCstaEvent *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (strcmp (events[i].name, name) == 0)
      {
        *out = events[i].event;
        return TRUE;
      }
  return FALSE;
}

const char *
oh_csta_namespace (OhCstaEdition edition)
{
  switch (edition)
    {
    case OH_CSTA_ED3: return NAMESPACE "3";
    case OH_CSTA_ED4: return NAMESPACE "4";
    case OH_CSTA_ED5: return NAMESPACE "5";
    default: g_return_val_if_reached (NULL);
    }
}

gboolean
oh_csta_edition_find (const char *ns, OhCstaEdition *out)
{
  const char *end = ns != NULL ? strstr (ns, NAMESPACE_END) : NULL;
  const char *digit = end != NULL ? end + strlen (NAMESPACE_END) : NULL;

  if (digit == NULL || strstr (ns, "ecma-323") == NULL || !g_ascii_isdigit (*digit) ||
      digit[1] != '\0')
    return FALSE;
  *out = (OhCstaEdition) CLAMP (*digit - '0', OH_CSTA_ED3, OH_CSTA_ED5);
  return TRUE;
}
