/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "text-for-eyes.h"

G_BEGIN_DECLS

/* What the tray knows, as plain values: agent-client fills it from the bus, view-state turns it
 * into words and pictures. No bus, no GTK. */

/* A longer name, note or number would only push the rest of a menu off the screen; they come from
 * other people's address books. Characters, not bytes. */
#define OH_TRAY_NAME_MAX 60
/* Some sentences: what the agent says about a failure, with the names in it. */
#define OH_TRAY_SENTENCE_MAX 400

/**
 * OhTrayAgent:
 * @OH_TRAY_AGENT_STARTING: nobody has answered yet; the bus is starting it
 * @OH_TRAY_AGENT_HERE: it owns its name and has told its state
 * @OH_TRAY_AGENT_GONE: it was here and will be started again by the next request
 * @OH_TRAY_AGENT_BROKEN: the bus could not start it
 */
typedef enum
{
  OH_TRAY_AGENT_STARTING,
  OH_TRAY_AGENT_HERE,
  OH_TRAY_AGENT_GONE,
  OH_TRAY_AGENT_BROKEN,
} OhTrayAgent;

/**
 * OhTrayEndpoint:
 * @OH_TRAY_ENDPOINT_OFFLINE: signed out
 * @OH_TRAY_ENDPOINT_CONNECTING: looking for the server and connecting
 * @OH_TRAY_ENDPOINT_SIGNING_IN: connected, proving who we are
 * @OH_TRAY_ENDPOINT_ONLINE: signed in
 * @OH_TRAY_ENDPOINT_WAITING: failed, and will try again without being asked
 * @OH_TRAY_ENDPOINT_FAILED: failed, and needs the user
 */
typedef enum
{
  OH_TRAY_ENDPOINT_OFFLINE,
  OH_TRAY_ENDPOINT_CONNECTING,
  OH_TRAY_ENDPOINT_SIGNING_IN,
  OH_TRAY_ENDPOINT_ONLINE,
  OH_TRAY_ENDPOINT_WAITING,
  OH_TRAY_ENDPOINT_FAILED,
} OhTrayEndpoint;

/**
 * OhTrayAvailability:
 *
 * In the order in which people are listed: who can be reached comes first.
 */
typedef enum
{
  OH_TRAY_AVAILABLE,
  OH_TRAY_BUSY,
  OH_TRAY_DND,
  OH_TRAY_IDLE,
  OH_TRAY_BRB,
  OH_TRAY_AWAY,
  OH_TRAY_OFF_WORK,
  OH_TRAY_OFFLINE,
  OH_TRAY_UNKNOWN,
  OH_TRAY_N_AVAILABILITIES,
} OhTrayAvailability;

/**
 * OhTrayPhoneState:
 * @OH_TRAY_PHONE_UNKNOWN: not asked yet
 * @OH_TRAY_PHONE_READY: it can dial
 * @OH_TRAY_PHONE_UNREACHABLE: no answer
 * @OH_TRAY_PHONE_UNTRUSTED: its certificate is not accepted
 * @OH_TRAY_PHONE_UNAUTHORIZED: it refuses the stored password
 * @OH_TRAY_PHONE_LOCKED_OUT: it refuses everybody for a while
 * @OH_TRAY_PHONE_UNSUPPORTED: it cannot be driven
 */
typedef enum
{
  OH_TRAY_PHONE_UNKNOWN,
  OH_TRAY_PHONE_READY,
  OH_TRAY_PHONE_UNREACHABLE,
  OH_TRAY_PHONE_UNTRUSTED,
  OH_TRAY_PHONE_UNAUTHORIZED,
  OH_TRAY_PHONE_LOCKED_OUT,
  OH_TRAY_PHONE_UNSUPPORTED,
} OhTrayPhoneState;

/**
 * OhTrayCallState:
 * @OH_TRAY_CALL_DIALING: the phone was asked to dial
 * @OH_TRAY_CALL_RINGING: the far end rings
 * @OH_TRAY_CALL_INCOMING: our phone rings
 * @OH_TRAY_CALL_CONNECTED: people talk
 * @OH_TRAY_CALL_HELD: on hold
 * @OH_TRAY_CALL_ENDED: over
 * @OH_TRAY_CALL_UNKNOWN: the phone does not tell
 */
typedef enum
{
  OH_TRAY_CALL_DIALING,
  OH_TRAY_CALL_RINGING,
  OH_TRAY_CALL_INCOMING,
  OH_TRAY_CALL_CONNECTED,
  OH_TRAY_CALL_HELD,
  OH_TRAY_CALL_ENDED,
  OH_TRAY_CALL_UNKNOWN,
} OhTrayCallState;

/**
 * OhTrayAbility:
 * @OH_TRAY_CAN_HOLD: it holds and resumes calls
 * @OH_TRAY_CAN_SWAP: it swaps two calls
 * @OH_TRAY_CAN_TRANSFER: it hands calls on
 * @OH_TRAY_CAN_CONFERENCE: it joins two calls
 * @OH_TRAY_CAN_MUTE: it switches its microphone
 * @OH_TRAY_MUTE_TOGGLES: … with one key, whose state nobody tells
 * @OH_TRAY_CAN_DND: it can be kept from ringing
 * @OH_TRAY_CAN_FORWARD: it sends calls on
 * @OH_TRAY_CAN_SET_PASSWORD: its password can be changed from here
 *
 * What a phone can do.
 */
typedef enum
{
  OH_TRAY_CAN_HOLD = 1 << 0,
  OH_TRAY_CAN_SWAP = 1 << 1,
  OH_TRAY_CAN_TRANSFER = 1 << 2,
  OH_TRAY_CAN_CONFERENCE = 1 << 3,
  OH_TRAY_CAN_MUTE = 1 << 4,
  OH_TRAY_MUTE_TOGGLES = 1 << 5,
  OH_TRAY_CAN_DND = 1 << 6,
  OH_TRAY_CAN_FORWARD = 1 << 7,
  OH_TRAY_CAN_SET_PASSWORD = 1 << 8,
} OhTrayAbility;

/**
 * oh_tray_abilities_from_words:
 * @words: (nullable): of org.offhook.Phone1.Can; NULL when the agent does not say
 *
 * Returns: OhTrayAbility flags; words that are not known count for nothing
 */
guint oh_tray_abilities_from_words (const char *const *words);

typedef struct
{
  char *type;    /* (owned): "work", "mobile", "home", "other" */
  char *number;  /* (owned): what is given to Dial */
  char *display; /* (owned): for the eye */
} OhTrayNumber;

/**
 * OhTrayContact:
 *
 * A person. Shared by reference and never changed once it is in a model: a list that is on the
 * screen keeps what it shows.
 */
typedef struct
{
  char *uri;  /* (owned) */
  char *name; /* (owned): "" when nobody said */
  OhTrayAvailability availability;
  char *activity;         /* (owned): a word such as "on-the-phone", or "" */
  char *note;             /* (owned) */
  gint64 since_us;        /* since when, since 1970-01-01 UTC; 0 when not known */
  gboolean inactive;      /* the machine has not been touched for a while */
  gboolean out_of_office; /* whatever the availability says */
  gboolean favourite;
  gboolean stranger;  /* of the company's directory: no presence, and the note says what they are */
  char *address;      /* (owned) (nullable): of a stranger, to add them by */
  GPtrArray *numbers; /* (owned) (element-type OhTrayNumber) */
  GPtrArray *groups;  /* (owned) (element-type GRefString): names, shared by all who are in one */
  char *sort_key;     /* (owned): of the name, compared octet by octet */
  GString *search;    /* (owned): everything that a query can find, folded */
} OhTrayContact;

typedef struct
{
  char *expiry;  /* (owned) (nullable): a sentence: its certificate expires soon */
  char *renewal; /* (owned) (nullable): what to do about that */

  char *id;   /* (owned) */
  char *host; /* (owned) */
  OhTrayPhoneState state;
  char *reason;      /* (owned): a sentence, "" when there is none */
  char *advice;      /* (owned): likewise */
  char *presented;   /* (owned): fingerprint of the certificate that it showed last, or "" */
  guint can;         /* OhTrayAbility flags */
  gboolean dnd;      /* it does not ring */
  gboolean muted;    /* its microphone is known to be off */
  char *forward;     /* (owned) (nullable): where calls go, in whatever way; NULL for nowhere */
  char *holder_kind; /* (owned) (nullable): who is told of its calls in our place; "program",
                        "offhook" or "" */
  char *holder;      /* (owned) (nullable): that one's host, or "" */
  gboolean silent;   /* it is ready and cannot, or does not, report its calls as it should */
} OhTrayPhone;

typedef struct
{
  char *id;    /* (owned): "c1" */
  char *phone; /* (owned): id of the phone */
  OhTrayCallState state;
  char *number; /* (owned): for people; "" when withheld */
  char *name;   /* (owned): "" when unknown */
} OhTrayCall;

/**
 * OhTrayModel:
 *
 * The whole of it. Arrays are never NULL.
 */
typedef struct
{
  OhTrayAgent agent;
  char *agent_error; /* (owned) (nullable): why it could not be started */
  OhTrayEndpoint endpoint;
  char *reason; /* (owned): what went wrong, "" when nothing did */
  char *advice; /* (owned): what the user does about it, or "" */
  char *uri;    /* (owned): who signs in */
  char *server; /* (owned) */
  OhTrayAvailability availability;
  char *activity;        /* (owned) */
  char *note;            /* (owned) */
  guint missed;          /* calls that were missed, not seen and not settled */
  gint64 trace_until_us; /* a trace is recorded until then, since 1970-01-01 UTC; 0 for none */
  GPtrArray *phones;     /* (owned) (element-type OhTrayPhone) */
  GPtrArray *calls;      /* (owned) (element-type OhTrayCall) */
  GPtrArray *contacts;   /* (owned) (element-type OhTrayContact) */
} OhTrayModel;

/**
 * oh_tray_model_new:
 *
 * Returns: (transfer full): the agent is being started, and nothing else is known
 */
OhTrayModel *oh_tray_model_new (void);

/**
 * oh_tray_model_forget:
 * @self: a model
 * @agent: how the agent stands now
 * @why: (nullable): why it could not be started
 *
 * The agent went away: nothing it said holds any more.
 */
void oh_tray_model_forget (OhTrayModel *self, OhTrayAgent agent, const char *why);

/**
 * oh_tray_model_free:
 * @self: (transfer full) (nullable): a model
 */
void oh_tray_model_free (OhTrayModel *self);

/**
 * oh_tray_contact_new:
 * @uri: the address, which tells people apart
 * @name: (nullable): the name
 *
 * Returns: (transfer full): a contact of whom nothing else is known
 */
OhTrayContact *oh_tray_contact_new (const char *uri, const char *name);

/**
 * oh_tray_contact_set_presence:
 * @self: a contact
 * @presence: "availability/activity"; the activity may be missing
 * @note: (nullable): the person's note
 */
void oh_tray_contact_set_presence (OhTrayContact *self, const char *presence, const char *note);

/**
 * oh_tray_is_favourite_group:
 * @group: name of a group of contacts
 *
 * Returns: whether it is the one in which Communicator and Lync keep the pinned contacts
 */
gboolean oh_tray_is_favourite_group (const char *group);

/**
 * oh_tray_contact_add_group:
 * @self: a contact that nobody shows yet
 * @name: of a group the person is in
 */
void oh_tray_contact_add_group (OhTrayContact *self, const char *name);

/**
 * oh_tray_contact_ref:
 * @self: a contact
 *
 * Returns: (transfer full): @self
 */
OhTrayContact *oh_tray_contact_ref (OhTrayContact *self);

/**
 * oh_tray_contact_unref:
 * @self: (transfer full): a contact
 */
void oh_tray_contact_unref (OhTrayContact *self);

/**
 * oh_tray_contact_add_number:
 * @self: a contact
 * @type: "work", "mobile", "home" or "other"
 * @number: what is given to Dial
 * @display: (nullable): for the eye; @number when there is none
 */
void oh_tray_contact_add_number (OhTrayContact *self, const char *type, const char *number,
                                 const char *display);

/**
 * oh_tray_contact_compare:
 * @a: (type OhTrayContact): a contact
 * @b: (type OhTrayContact): another
 *
 * The order of lists: favourites, then who can be reached, then by name. Total, so that a list
 * does not jump.
 *
 * Returns: less than, equal to or greater than 0
 */
int oh_tray_contact_compare (gconstpointer a, gconstpointer b);

/**
 * oh_tray_query_new:
 * @typed: what stands in the search field
 *
 * Words without case and accents; a telephone number in any notation becomes one word of digits.
 *
 * Returns: (transfer full): the words; none for an empty field
 */
GStrv oh_tray_query_new (const char *typed);

/**
 * oh_tray_contact_matches:
 * @self: a contact
 * @query: words of oh_tray_query_new(); none of them matches everybody
 *
 * Returns: whether each word stands somewhere in the name, the address or a number
 */
gboolean oh_tray_contact_matches (const OhTrayContact *self, const char *const *query);

/**
 * oh_tray_phone_free:
 * @self: (transfer full) (nullable): a phone
 */
void oh_tray_phone_free (OhTrayPhone *self);

/**
 * oh_tray_call_copy:
 * @self: a call
 *
 * Returns: (transfer full): a copy
 */
OhTrayCall *oh_tray_call_copy (const OhTrayCall *self);

/**
 * oh_tray_call_free:
 * @self: (transfer full) (nullable): a call
 */
void oh_tray_call_free (OhTrayCall *self);

/**
 * oh_tray_model_find_call:
 * @self: a model
 * @id: a call's id
 *
 * Returns: (transfer none) (nullable): the call
 */
OhTrayCall *oh_tray_model_find_call (OhTrayModel *self, const char *id);

/**
 * oh_tray_model_find_phone:
 * @self: a model
 * @id: (nullable): a phone's id; NULL or "" means the only or first one
 *
 * Returns: (transfer none) (nullable): the phone
 */
OhTrayPhone *oh_tray_model_find_phone (OhTrayModel *self, const char *id);

/**
 * oh_tray_endpoint_from_word:
 * @word: (nullable): a word of the bus
 *
 * Returns: the state; OFFLINE for a word that is not known
 */
OhTrayEndpoint oh_tray_endpoint_from_word (const char *word);

/**
 * oh_tray_availability_from_word:
 * @word: (nullable): a word of the bus
 *
 * Returns: the availability; UNKNOWN for a word that is not known
 */
OhTrayAvailability oh_tray_availability_from_word (const char *word);

/**
 * oh_tray_availability_word:
 * @self: an availability
 *
 * Returns: (transfer none): the word of the bus
 */
const char *oh_tray_availability_word (OhTrayAvailability self);

/**
 * oh_tray_phone_state_from_word:
 * @word: (nullable): a word of the bus
 *
 * Returns: the state; UNKNOWN for a word that is not known
 */
OhTrayPhoneState oh_tray_phone_state_from_word (const char *word);

/**
 * oh_tray_call_state_from_word:
 * @word: (nullable): a word of the bus
 *
 * Returns: the state; UNKNOWN for a word that is not known
 */
OhTrayCallState oh_tray_call_state_from_word (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTrayModel, oh_tray_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTrayContact, oh_tray_contact_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTrayPhone, oh_tray_phone_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTrayCall, oh_tray_call_free)

G_END_DECLS
