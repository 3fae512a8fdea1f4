/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/**
 * OhSnomFamily:
 * @OH_SNOM_FAMILY_UNKNOWN: no model of the list: taken for a classic desk phone until it proves
 *   otherwise
 * @OH_SNOM_FAMILY_1XX: 100 to 220: keys of their own, no transfer
 * @OH_SNOM_FAMILY_3XX: 300, 320, 360, 370
 * @OH_SNOM_FAMILY_7XX: 710 to 760, the first with a certificate and all events
 * @OH_SNOM_FAMILY_8XX: 820, 821, 870, MeetingPoint, PA1
 * @OH_SNOM_FAMILY_DXXX: D1xx, D3xx, D7xx: what the vendor supports by http today
 * @OH_SNOM_FAMILY_REBADGED: other makers' phones with snom's firmware: VTech ET6xx, Gigaset P8xx
 * @OH_SNOM_FAMILY_D8XX: the generation whose web server takes no commands
 * @OH_SNOM_FAMILY_DECT: bases and handsets: M-series, m9, M3
 * @OH_SNOM_FAMILY_OTHER: snom's name on another maker's phone: M100 KLE, M18, C620
 *
 * What can be told of a phone by its model alone. The families up to REBADGED have the classic web
 * server, see oh_snom_family_is_classic().
 */
typedef enum
{
  OH_SNOM_FAMILY_UNKNOWN,
  OH_SNOM_FAMILY_1XX,
  OH_SNOM_FAMILY_3XX,
  OH_SNOM_FAMILY_7XX,
  OH_SNOM_FAMILY_8XX,
  OH_SNOM_FAMILY_DXXX,
  OH_SNOM_FAMILY_REBADGED,
  OH_SNOM_FAMILY_D8XX,
  OH_SNOM_FAMILY_DECT,
  OH_SNOM_FAMILY_OTHER,
  OH_N_SNOM_FAMILIES,
} OhSnomFamily;

/**
 * OhSnomEventSet:
 * @OH_SNOM_EVENTS_NONE: it tells nothing
 * @OH_SNOM_EVENTS_FW5: incoming, outgoing and the handset
 * @OH_SNOM_EVENTS_FW7: also connected, disconnected, missed, DND, forwarding, registration
 * @OH_SNOM_EVENTS_FULL: also hold and transfer
 *
 * Which action URLs the firmware has; each set has those of the one before.
 */
typedef enum
{
  OH_SNOM_EVENTS_NONE,
  OH_SNOM_EVENTS_FW5,
  OH_SNOM_EVENTS_FW7,
  OH_SNOM_EVENTS_FULL,
} OhSnomEventSet;

/**
 * OhSnomTraits:
 * @family: of the model
 * @classic: its web server takes commands; FALSE: it is driven another way, or not at all
 * @events: what it tells
 * @expands: fills variables into what it tells; FALSE: only that something happened
 * @hold_key: (nullable): name of the key that holds and takes back
 * @end_key: (nullable): name of the key that ends, rejects and leaves
 * @transfers: has a transfer key
 * @mutes: has a key for the microphone
 * @touch: has a touch screen that takes touch=
 * @csta: understands uaCSTA (CSTA over SIP), switched on by “csta_control”
 * @forwards_each: has the settings that forward single identities
 * @stores_at_once: a setting that is written survives a power cut; FALSE: only after
 *   store_settings=save
 * @uc: the UC edition: the first account's login is that of the web page
 * @own_certificate: left the factory with a certificate of its own
 * @gap_us: microseconds that its server needs between two requests
 *
 * What a model with its firmware can do. The strings are static.
 */
typedef struct
{
  OhSnomFamily family;
  gboolean classic;
  OhSnomEventSet events;
  gboolean expands;
  const char *hold_key;
  const char *end_key;
  gboolean transfers;
  gboolean mutes;
  gboolean touch;
  gboolean csta;
  gboolean forwards_each;
  gboolean stores_at_once;
  gboolean uc;
  gboolean own_certificate;
  gint64 gap_us;
} OhSnomTraits;

/**
 * oh_snom_family_of:
 * @model: (nullable): "snomD785", "D785", "snom 360", "m9"; case and blanks do not count
 *
 * Returns: its family
 */
OhSnomFamily oh_snom_family_of (const char *model);

/**
 * oh_snom_family_is_classic:
 * @family: a family
 *
 * Returns: whether phones of it take commands by http, as far as is known
 */
gboolean oh_snom_family_is_classic (OhSnomFamily family);

/**
 * oh_snom_family_word:
 * @family: a family
 *
 * Returns: (transfer none): the stable word for logs and tests, for example "d8xx"
 */
const char *oh_snom_family_word (OhSnomFamily family);

/**
 * oh_snom_firmware_at_least:
 * @firmware: (nullable): "8.7.5.17"; numbers with dots, the rest does not count
 * @wanted: the same
 *
 * Returns: FALSE also where nothing is known
 */
gboolean oh_snom_firmware_at_least (const char *firmware, const char *wanted);

/**
 * oh_snom_traits:
 * @model: (nullable): as oh_snom_family_of()
 * @firmware: (nullable): as the phone tells it
 * @out: (out): what it can do
 */
void oh_snom_traits (const char *model, const char *firmware, OhSnomTraits *out);

/**
 * OhSnomIdentity:
 * @model: (nullable): "snomD785"
 * @firmware: (nullable): "10.1.54.13"
 * @mac: (nullable): twelve upper-case hex digits
 */
typedef struct
{
  char *model;
  char *firmware;
  char *mac;
} OhSnomIdentity;

/**
 * oh_snom_identity_parse:
 * @text: what a phone says of itself: "snom360-SIP 8.7.5.17", "snomD785/10.1.198.12 0004130DD7C9",
 *   a User-Agent with that in it, the line of a page
 *
 * Returns: (transfer full): what is in it; fields that are no identifiers are left out
 */
OhSnomIdentity *oh_snom_identity_parse (OhSlice text);

/**
 * oh_snom_identity_free:
 * @self: (nullable) (transfer full): an identity
 */
void oh_snom_identity_free (OhSnomIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomIdentity, oh_snom_identity_free)

G_END_DECLS
