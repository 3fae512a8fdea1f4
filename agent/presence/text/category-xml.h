/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

struct _xmlNode;

/* A word such as a token, an id, a type. */
#define OH_CATEGORY_WORD_MAX 128u
/* A name or an address; directories stop at 256 characters. */
#define OH_CATEGORY_NAME_MAX 1024u
/* A note; the clients stop the user at 500 characters. */
#define OH_CATEGORY_NOTE_MAX 4096u
/* Telephone numbers of one card; the directory has a handful of each kind. */
#define OH_CATEGORY_NUMBERS_MAX 64u
/* Languages in which somebody has written an activity of their own; clients offer a handful. */
#define OH_CATEGORY_CUSTOMS_MAX 32u
/* Categories of one document; an account with ten clients publishes some hundred. */
#define OH_CATEGORIES_MAX 4096u

/**
 * OhCategoryKind:
 *
 * Categories whose content we read; the name is kept of all.
 */
typedef enum
{
  OH_CATEGORY_OTHER,
  OH_CATEGORY_STATE,
  OH_CATEGORY_NOTE,
  OH_CATEGORY_CARD,
  OH_CATEGORY_USER_PROPERTIES,
  OH_CATEGORY_DEVICE,
} OhCategoryKind;

/**
 * OhStateType:
 *
 * The xsi:type of a state, [MS-PRES] 2.2.2.4.
 */
typedef enum
{
  OH_STATE_OTHER,
  OH_STATE_AGGREGATE,
  OH_STATE_AGGREGATE_MACHINE,
  OH_STATE_USER,
  OH_STATE_MACHINE,
  OH_STATE_PHONE,
  OH_STATE_CALENDAR,
} OhStateType;

/**
 * OhExpire:
 * @OH_EXPIRE_UNKNOWN: the document does not say
 * @OH_EXPIRE_ENDPOINT: with the registration of the endpoint that published it
 * @OH_EXPIRE_USER: with the user's last registration
 * @OH_EXPIRE_STATIC: never
 * @OH_EXPIRE_TIME: after some seconds
 *
 * When the server forgets a publication by itself, [MS-PRES] 2.2.2.2.
 */
typedef enum
{
  OH_EXPIRE_UNKNOWN,
  OH_EXPIRE_ENDPOINT,
  OH_EXPIRE_USER,
  OH_EXPIRE_STATIC,
  OH_EXPIRE_TIME,
} OhExpire;

/**
 * OhCardNumber:
 * @type: (transfer full): "work", "mobile", "home", "other" or what else the card says
 * @uri: (nullable): as it stands in the card
 * @display: (nullable): as it stands in the card
 */
typedef struct
{
  char *type;
  char *uri;
  char *display;
} OhCardNumber;

/**
 * OhNoteType:
 * @OH_NOTE_PERSONAL: what the person typed
 * @OH_NOTE_OUT_OF_OFFICE: what the mail server says while the person is away
 *
 * The type of a note's body, [MS-PRES] 2.2.2.6.
 */
typedef enum
{
  OH_NOTE_PERSONAL,
  OH_NOTE_OUT_OF_OFFICE,
} OhNoteType;

/**
 * OhCustomActivity:
 * @lcid: the language, [MS-LCID]; 0 when the document does not say
 * @text: (not nullable): the person's own words
 */
typedef struct
{
  guint32 lcid;
  char *text;
} OhCustomActivity;

/**
 * OhCategory:
 * @kind: which of the contents below may be set
 * @name: (not nullable): the category's name
 * @has_instance: FALSE when it stands for all instances
 * @instance: its instance number
 * @has_container: FALSE when it stands for all containers, or we are a watcher
 * @container: its container number
 * @version: the server's version of it, 0 when none is given
 * @expire: when it ends by itself
 * @empty: without content: removed, or hidden from us
 * @publish_time_us: when it was published, microseconds since 1970 UTC; 0 when not known
 * @endpoint_id: (nullable): who published it, or, of a device, whose it is
 * @state_type: of a state
 * @availability: of a state; 0 when there is none
 * @activity: (nullable): of a state: the token, else the first custom text; NULL as well when the
 *   document bounds it to other availabilities than this one
 * @customs: (nullable) (element-type OhCustomActivity): of a state without token: the person's own
 *   words in several languages
 * @since_us: of a state: its startTime, else @publish_time_us
 * @last_active_us: of a state: when the machine was touched last; 0 when the document does not say
 * @note: (nullable): text of a note
 * @note_type: of a note
 * @display_name: (nullable): of a card
 * @mail: (nullable): of a card: the mail address
 * @numbers: (nullable) (element-type OhCardNumber): of a card, in its order
 * @line: (nullable): of user properties: TEL URI of the user's line
 *
 * One category instance.
 */
typedef struct
{
  OhCategoryKind kind;
  char *name;
  gboolean has_instance;
  guint32 instance;
  gboolean has_container;
  guint32 container;
  guint32 version;
  OhExpire expire;
  gboolean empty;
  gint64 publish_time_us;
  char *endpoint_id;

  OhStateType state_type;
  guint32 availability;
  char *activity;
  GPtrArray *customs;
  gint64 since_us;
  gint64 last_active_us;

  char *note;
  OhNoteType note_type;
  char *display_name;
  char *mail;
  GPtrArray *numbers;
  char *line;
} OhCategory;

/**
 * OhCategories:
 * @uri: (nullable): whose categories they are, as the document says
 * @items: (element-type OhCategory): in the order of the document
 *
 * What a categories document, or the part of that name in another, says.
 */
typedef struct _OhCategories OhCategories;
struct _OhCategories
{
  char *uri;
  GPtrArray *items;
};

/**
 * oh_expire_word:
 * @expire: a value
 *
 * Returns: (transfer none): the word of the attribute expireType; "endpoint" for unknown
 */
const char *oh_expire_word (OhExpire expire);

/**
 * oh_categories_parse:
 * @body: a document of type application/msrtc-event-categories+xml
 * @error: (out) (optional): OH_ERROR_PROTOCOL
 *
 * [MS-PRES] 2.2.2.1. Elements that are not known are passed over, values that cannot be read
 * count as missing; of more than OH_CATEGORIES_MAX categories the first ones are taken.
 *
 * Returns: (transfer full) (nullable): what it says
 */
OhCategories *oh_categories_parse (OhSlice body, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_categories_from_node:
 * @node: an element with category elements in it
 *
 * Returns: (transfer full): what they say
 */
OhCategories *oh_categories_from_node (const struct _xmlNode *node);

/**
 * oh_categories_new:
 * @uri: (nullable): whose categories they are
 *
 * For the readers of other documents that say the same in other words.
 *
 * Returns: (transfer full): none yet
 */
OhCategories *oh_categories_new (const char *uri);

/**
 * oh_categories_add:
 * @self: categories
 * @kind: which
 *
 * Returns: (transfer none): a new category without content, at the end; what is put into it is
 *   freed with it. An empty one says that there is none any more.
 */
OhCategory *oh_categories_add (OhCategories *self, OhCategoryKind kind);

/**
 * oh_category_add_number:
 * @self: a card
 * @type: (transfer full) (nullable): "work" and so on; NULL is "other"
 * @uri: (transfer full) (nullable): as it stands in the document
 * @display: (transfer full) (nullable): likewise
 *
 * Does nothing beyond OH_CATEGORY_NUMBERS_MAX.
 */
void oh_category_add_number (OhCategory *self, char *type, char *uri, char *display);

/**
 * oh_categories_free:
 * @self: (nullable) (transfer full): what a document said
 */
void oh_categories_free (OhCategories *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCategories, oh_categories_free)

G_END_DECLS
