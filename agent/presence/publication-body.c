/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publication-body.h"

#include "publish-xml.h"

/* What the user chose by hand, for good and for a day. */
#define INSTANCE_USER 0x20000000u
#define INSTANCE_USER_TIMED 0x24000000u

/* Containers from which the server makes what others see: for most people, and for the team, who
 * see more of somebody who does not want to be disturbed. */
#define CONTAINER_ALL 2u
#define CONTAINER_TEAM 3u
/* Containers that others read: colleagues, team, friends. */
static const guint32 note_containers[] = { 200, 300, 400 };

/* clang-format off */
static const struct
{
  OhAvailability availability;
  guint number;      /* for most people */
  guint team_number; /* for the team */
  const char *token, *team_token;
} choices[] = {
  { OH_AVAILABILITY_AVAILABLE,  3500,  3500, NULL,       NULL                        },
  { OH_AVAILABILITY_BUSY,       6500,  6500, NULL,       NULL                        },
  { OH_AVAILABILITY_DND,        9500,  6900, NULL,       "urgent-interruptions-only" },
  { OH_AVAILABILITY_BRB,       12500, 12500, NULL,       NULL                        },
  { OH_AVAILABILITY_AWAY,      15500, 15500, NULL,       NULL                        },
  { OH_AVAILABILITY_OFF_WORK,  15500, 15500, "off-work", "off-work"                  },
};
/* clang-format on */

guint32
oh_publication_body_instance (guint32 kind, const char *text)
{
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize len = sizeof digest;
  guint32 hash;

  g_checksum_update (md5, (const guchar *) text, -1);
  g_checksum_get_digest (md5, digest, &len);
  hash = (guint32) digest[12] << 24 | (guint32) digest[13] << 16 | (guint32) digest[14] << 8 |
         digest[15];
  return kind == 0 ? hash : kind | (hash & ~OH_INSTANCE_KIND_MASK);
}

void
oh_publication_body_put_state (OhPublishQueue *queue, guint32 instance, OhExpire expire,
                               const char *body, OhPublishTicket *ticket)
{
  oh_publish_queue_put (queue, "state", instance, CONTAINER_ALL, expire, body, ticket);
  oh_publish_queue_put (queue, "state", instance, CONTAINER_TEAM, expire, body, ticket);
}

gboolean
oh_publication_body_has_state (OhPublishQueue *queue, guint32 instance)
{
  return oh_publish_queue_has (queue, "state", instance, CONTAINER_ALL);
}

void
oh_publication_body_forget_state (OhPublishQueue *queue, guint32 instance)
{
  oh_publish_queue_forget (queue, "state", instance, CONTAINER_ALL);
  oh_publish_queue_forget (queue, "state", instance, CONTAINER_TEAM);
}

static void
put_user_state (OhPublishQueue *queue, guint32 instance, OhExpire expire, gsize choice,
                OhPublishTicket *ticket)
{
  guint number = choices[choice].number;
  guint team = choices[choice].team_number;
  g_autofree char *body =
    oh_publish_state (OH_STATE_USER, number, choices[choice].token, number, 0);
  g_autofree char *team_body =
    oh_publish_state (OH_STATE_USER, team, choices[choice].team_token, team, 0);

  oh_publish_queue_put (queue, "state", instance, CONTAINER_ALL, expire, body, ticket);
  oh_publish_queue_put (queue, "state", instance, CONTAINER_TEAM, expire, team_body, ticket);
}

static gboolean
find_choice (OhAvailability availability, gsize *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].availability == availability)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
oh_publication_body_put_choice (OhPublishQueue *queue, OhAvailability availability,
                                OhPublishTicket *ticket)
{
  gsize choice;

  if (!find_choice (availability, &choice))
    return FALSE;
  put_user_state (queue, INSTANCE_USER, OH_EXPIRE_STATIC, choice, ticket);
  oh_publication_body_put_state (queue, INSTANCE_USER_TIMED, OH_EXPIRE_TIME, NULL, ticket);
  return TRUE;
}

void
oh_publication_body_put_dnd (OhPublishQueue *queue, const OhOwnPublications *own, gboolean dnd,
                             OhPublishTicket *ticket)
{
  guint32 chosen = oh_own_publications_availability (own, INSTANCE_USER);
  gsize choice;

  if (dnd && find_choice (OH_AVAILABILITY_DND, &choice))
    put_user_state (queue, INSTANCE_USER_TIMED, OH_EXPIRE_TIME, choice, ticket);
  if (dnd)
    return;
  oh_publication_body_put_state (queue, INSTANCE_USER_TIMED, OH_EXPIRE_TIME, NULL, ticket);
  if (oh_availability_from_number (chosen, NULL) == OH_AVAILABILITY_DND)
    oh_publication_body_put_state (queue, INSTANCE_USER, OH_EXPIRE_STATIC, NULL, ticket);
}

void
oh_publication_body_put_reset (OhPublishQueue *queue, OhPublishTicket *ticket)
{
  oh_publication_body_put_state (queue, INSTANCE_USER_TIMED, OH_EXPIRE_TIME, NULL, ticket);
  oh_publication_body_put_state (queue, INSTANCE_USER, OH_EXPIRE_STATIC, NULL, ticket);
}

void
oh_publication_body_put_note (OhPublishQueue *queue, const char *note, OhPublishTicket *ticket)
{
  g_autofree char *body = note[0] != '\0' ? oh_publish_note (note) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (note_containers); i++)
    oh_publish_queue_put (queue, "note", 0, note_containers[i], OH_EXPIRE_STATIC, body, ticket);
}
