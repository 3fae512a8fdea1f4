/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-metadata.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

static const char *
type_word (PhoneNumberUtil::PhoneNumberType type)
{
  static const char *const words[] = { "fixed-line", "mobile",       "fixed-line-or-mobile",
                                       "toll-free",  "premium-rate", "shared-cost",
                                       "voip",       "personal",     "pager",
                                       "uan",        "voicemail",    "" };

  return type < PhoneNumberUtil::UNKNOWN ? words[type] : "";
}

/* A number of the user's own country is shown as it is dialled there. */
static void
describe_e164 (const char *number, int country_code, OhNumberFacts *facts)
{
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance ();
  PhoneNumber parsed;
  std::string region, display;

  if (util.Parse (number, "ZZ", &parsed) != PhoneNumberUtil::NO_PARSING_ERROR)
    return;
  util.GetRegionCodeForNumber (parsed, &region);
  util.Format (parsed,
               parsed.country_code () == country_code ? PhoneNumberUtil::NATIONAL
                                                      : PhoneNumberUtil::INTERNATIONAL,
               &display);
  facts->valid = util.IsValidNumber (parsed);
  facts->type = type_word (util.GetNumberType (parsed));
  facts->premium = util.GetNumberType (parsed) == PhoneNumberUtil::PREMIUM_RATE;
  facts->display = facts->valid ? g_strdup (display.c_str ()) : nullptr;
  facts->region = facts->valid ? g_strdup (region.c_str ()) : nullptr;
}

/* Short numbers hold in one country: that of the desk. */
static void
describe_short (const char *number, int country_code, OhNumberFacts *facts)
{
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance ();
  const ShortNumberInfo info;
  std::string region;
  PhoneNumber parsed;

  util.GetRegionCodeForCountryCode (country_code, &region);
  if (region == "ZZ" || util.Parse (number, region, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !info.IsValidShortNumberForRegion (parsed, region))
    return;
  facts->valid = TRUE;
  facts->type = "short";
  facts->region = g_strdup (region.c_str ());
  facts->emergency = info.IsEmergencyNumber (number, region);
  facts->premium = info.GetExpectedCostForRegion (parsed, region) == ShortNumberInfo::PREMIUM_RATE;
}

void
oh_phone_metadata_describe (const char *number, const char *country_code, OhNumberFacts *facts)
{
  try
    {
      int code = static_cast<int> (g_ascii_strtoull (country_code, nullptr, 10));

      if (number[0] == '+')
        describe_e164 (number, code, facts);
      else
        describe_short (number, code, facts);
    }
  catch (...) /* out of memory at most: then nothing is known */
    {
      oh_number_facts_clear (facts);
    }
}
