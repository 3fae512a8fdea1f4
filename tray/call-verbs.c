/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-verbs.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const OhTrayPhone *phone; /* (nullable): of the call */
  OhCallVerb *out;
  guint n;
} Row;

/* @needs: 0 for what every phone can */
static void
add (Row *row, const char *action, const char *label, guint needs, int weight)
{
  const gboolean possible = needs == 0 || row->phone == NULL || (row->phone->can & needs) == needs;

  row->out[row->n++] = (OhCallVerb){ action, label, possible, weight };
}

static const OhTrayPhone *
phone_of (const OhTrayModel *model, const OhTrayCall *call)
{
  for (guint i = 0; i < model->phones->len; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);

      if (g_strcmp0 (phone->id, call->phone) == 0)
        return phone;
    }
  return NULL;
}

static gboolean
has_held (const OhTrayModel *model, const OhTrayCall *beside)
{
  for (guint i = 0; i < model->calls->len; i++)
    {
      const OhTrayCall *call = g_ptr_array_index (model->calls, i);

      if (call->state == OH_TRAY_CALL_HELD && g_strcmp0 (call->phone, beside->phone) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A key that switches both ways, of which nobody knows how it stands, gets one word for both. */
static void
add_mute (Row *row)
{
  const gboolean toggles = row->phone != NULL && (row->phone->can & OH_TRAY_MUTE_TOGGLES) != 0;

  if (toggles)
    add (row, "mute", _ ("_Mute or Unmute"), OH_TRAY_CAN_MUTE, 0);
  else if (row->phone != NULL && row->phone->muted)
    add (row, "unmute", _ ("Un_mute"), OH_TRAY_CAN_MUTE, 0);
  else
    add (row, "mute", _ ("_Mute"), OH_TRAY_CAN_MUTE, 0);
}

static void
add_connected (Row *row, gboolean pair)
{
  if (pair)
    {
      add (row, "complete-transfer", _ ("Hand _On"), OH_TRAY_CAN_TRANSFER, 1);
      add (row, "swap", _ ("S_wap"), OH_TRAY_CAN_SWAP, 0);
      add (row, "conference", _ ("_Conference"), OH_TRAY_CAN_CONFERENCE, 0);
    }
  else
    {
      add (row, "hold", _ ("H_old"), OH_TRAY_CAN_HOLD, 0);
      add (row, "transfer", _ ("_Transfer…"), OH_TRAY_CAN_TRANSFER, 0);
    }
  add_mute (row);
}

guint
oh_call_verbs (const OhTrayModel *model, const OhTrayCall *call, OhCallVerb *out)
{
  Row row = { phone_of (model, call), out, 0 };

  switch (call->state)
    {
    case OH_TRAY_CALL_INCOMING:
      add (&row, "reject", _ ("_Reject"), 0, -1);
      add (&row, "answer", _ ("_Answer"), 0, 1);
      return row.n;
    case OH_TRAY_CALL_CONNECTED: add_connected (&row, has_held (model, call)); break;
    case OH_TRAY_CALL_HELD: add (&row, "resume", _ ("Res_ume"), OH_TRAY_CAN_HOLD, 0); break;
    case OH_TRAY_CALL_ENDED: return 0;
    case OH_TRAY_CALL_DIALING:
    case OH_TRAY_CALL_RINGING:
    case OH_TRAY_CALL_UNKNOWN:
    default: break;
    }
  add (&row, "hang-up", _ ("_Hang Up"), 0, -1);
  return row.n;
}
