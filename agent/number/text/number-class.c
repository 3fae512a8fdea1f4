/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-class.h"

#include <string.h>

/* clang-format off */
/* ITU-T E.129 and E.161.1, as the national regulators notified them. */
static const struct
{
  const char *country;
  const char *numbers[7];
} emergencies[] = {
  { "1", { "911" } },                  { "20", { "122", "123", "180" } },
  { "27", { "10111", "10177" } },      { "30", { "100", "166", "199" } },
  { "31", { "112" } },                 { "32", { "100", "101" } },
  { "33", { "15", "17", "18", "114", "115", "119", "196" } },
  { "34", { "061", "062", "080", "091", "092" } },
  { "36", { "104", "105", "107" } },   { "380", { "101", "102", "103" } },
  { "39", { "113", "115", "118" } },   { "41", { "117", "118", "143", "144", "1414" } },
  { "43", { "122", "133", "140", "144" } },
  { "44", { "999" } },                 { "47", { "110", "113" } },
  { "48", { "997", "998", "999" } },   { "49", { "110" } },
  { "52", { "911" } },                 { "54", { "100", "101", "107" } },
  { "55", { "190", "192", "193" } },   { "56", { "131", "132", "133" } },
  { "57", { "123" } },                 { "60", { "999" } },
  { "61", { "000", "106" } },          { "62", { "110", "118", "119" } },
  { "64", { "111" } },                 { "65", { "995", "999" } },
  { "66", { "191" } },                 { "7", { "101", "102", "103" } },
  { "81", { "110", "118", "119" } },   { "82", { "119" } },
  { "86", { "110", "119", "120" } },   { "90", { "110", "155" } },
  { "91", { "100", "101", "102", "108" } },
  { "353", { "999" } },                { "356", { "191", "196", "199" } },
  { "420", { "150", "155", "158" } },  { "421", { "150", "155", "158" } },
  { "423", { "117", "118", "144" } },  { "852", { "999" } },
  { "966", { "997", "998", "999" } },  { "971", { "997", "998", "999" } },
  { "972", { "100", "101", "102" } },
};

/* 116xxx: Commission Decision 2007/116/EC; 118: directory services, ITU-T E.115 and national
 * plans; North America: N11. */
static const struct
{
  const char *country;
  const char *prefix;
  guint digits;
  gboolean premium;
} short_codes[] = {
  { "1", "211", 3, FALSE },    { "1", "311", 3, FALSE },    { "1", "411", 3, TRUE },
  { "1", "511", 3, FALSE },    { "1", "611", 3, FALSE },    { "1", "711", 3, FALSE },
  { "1", "811", 3, FALSE },    { "31", "116", 6, FALSE },   { "32", "116", 6, FALSE },
  { "33", "116", 6, FALSE },   { "33", "118", 6, TRUE },    { "34", "116", 6, FALSE },
  { "34", "118", 5, TRUE },    { "39", "116", 6, FALSE },   { "41", "116", 6, FALSE },
  { "41", "18", 4, TRUE },     { "43", "116", 6, FALSE },   { "43", "118", 6, TRUE },
  { "44", "116", 6, FALSE },   { "44", "118", 6, TRUE },    { "45", "116", 6, FALSE },
  { "46", "116", 6, FALSE },   { "48", "116", 6, FALSE },   { "48", "118", 6, TRUE },
  { "49", "115", 3, FALSE },   { "49", "116", 6, FALSE },   { "49", "118", 5, TRUE },
  { "49", "118", 6, TRUE },    { "351", "116", 6, FALSE },  { "352", "116", 6, FALSE },
  { "353", "116", 6, FALSE },  { "358", "116", 6, FALSE },  { "420", "116", 6, FALSE },
  { "421", "116", 6, FALSE },
};

/* Prefixes of "+" numbers. */
static const char *const premium[] = {
  "+1900",  "+1976",                                /* North America */
  "+3190",  "+3389",  "+34803", "+34806", "+34807", /* NL, FR, ES */
  "+39144", "+39166", "+39178", "+39199", "+3989",  /* IT */
  "+41900", "+41901", "+41906",                     /* CH */
  "+43900", "+43901", "+43930", "+43931", "+43939", /* AT */
  "+4487",  "+4490",  "+4491",  "+4498",            /* GB */
  "+48701", "+48703", "+48704", "+48708",           /* PL */
  "+49118", "+49137", "+4919",  "+49900",           /* DE */
  "+61190",                                         /* AU */
  "+878",   "+881",   "+882",   "+883",   "+979",   /* global services, satellites, premium */
};
/* clang-format on */

gboolean
oh_number_is_emergency (const char *country_code, const char *digits)
{
  /* 3GPP TS 22.101 10.1.1: 112 and 911 work from any mobile network, and exchanges follow. */
  if (g_str_equal (digits, "112") || g_str_equal (digits, "911"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (emergencies); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (emergencies[i].numbers); j++)
      if (emergencies[i].numbers[j] != NULL && g_str_equal (emergencies[i].country, country_code) &&
          g_str_equal (emergencies[i].numbers[j], digits))
        return TRUE;
  return FALSE;
}

static gssize
find_short_code (const char *country_code, const char *digits)
{
  for (gsize i = 0; i < G_N_ELEMENTS (short_codes); i++)
    if (g_str_equal (short_codes[i].country, country_code) &&
        g_str_has_prefix (digits, short_codes[i].prefix) &&
        strlen (digits) == short_codes[i].digits)
      return (gssize) i;
  return -1;
}

gboolean
oh_number_is_short_code (const char *country_code, const char *digits)
{
  return find_short_code (country_code, digits) >= 0;
}

gboolean
oh_number_is_premium_short (const char *country_code, const char *digits)
{
  gssize i = find_short_code (country_code, digits);

  return i >= 0 && short_codes[i].premium;
}

gboolean
oh_number_is_premium (const char *number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (premium); i++)
    if (g_str_has_prefix (number, premium[i]))
      return TRUE;
  return FALSE;
}
