/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "provisioning.h"

#include <string.h>

#include "error.h"

#define HEAD                                                                                       \
  "<provisionGroupList "                                                                           \
  "xmlns=\"http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification\">"
#define TAIL "</provisionGroupList>"
#define LEEDS                                                                                      \
  "<locationProfileDescription><name>Leeds.fabrikam.test</name><rules>"                            \
  "<rule><pattern>^([1-9]\\d{2})$</pattern><translation>+442079460$1</translation></rule>"         \
  "<rule><pattern> ^0([1-9]\\d{8,9})$ </pattern><translation>\n+44$1</translation></rule>"         \
  "</rules><externalAccessPrefix>9</externalAccessPrefix>"                                         \
  "<optimizeDeviceDialing>true</optimizeDeviceDialing></locationProfileDescription>"

static OhProvisioning *
read_document (const char *body)
{
  OhProvisioning *said = oh_provisioning_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (oh_provisioning_read (said, oh_slice_str (body), &error));
  g_assert_no_error (error);
  return said;
}

static const char elements[] =
  HEAD "<provisionGroup name=\"ServerConfiguration\">"
       "<absInternalServerUrl>https://in.test/abs</absInternalServerUrl>"
       "<absExternalServerUrl> https://out.test/abs\n</absExternalServerUrl>"
       "<dlxInternalUrl>https://in.test/dlx</dlxInternalUrl><dlxExternalUrl/>"
       "<helpdeskInternalUrl>http://help.test/</helpdeskInternalUrl>"
       "<poolUri>sip:pool.test;gruu</poolUri><organization>Fabrikam</organization>"
       "<voicemailUri>sip:vm@f.test</voicemailUri><mrasUri>sip:x@y</mrasUri>"
       "<ucLocationProfile>" LEEDS "</ucLocationProfile></provisionGroup>"
       "<provisionGroup name=\"ucPolicy\"><name>Staff</name>"
       "<enableCallTransfer>true</enableCallTransfer>"
       "<allowCallForwarding>False</allowCallForwarding>"
       "<allowSimultaneousRinging>1</allowSimultaneousRinging><enableCallPark>0</enableCallPark>"
       "<enableTeamCall>perhaps</enableTeamCall></provisionGroup>"
       "<provisionGroup name=\"endpointConfiguration\"><absusage>WebSearchOnly</absusage>"
       "</provisionGroup><provisionGroup name=\"mediaConfiguration\"><x/></provisionGroup>" TAIL;

static const char properties[] =
  HEAD "<provisionGroup name=\"ServerConfiguration\"><propertyEntryList>"
       "<property name=\"absInternalServerUrl\">https://in.test/abs</property>"
       "<property name=\"absExternalServerUrl\">https://out.test/abs</property>"
       "<property name=\"dlxInternalUrl\">https://in.test/dlx</property>"
       "<property name=\"helpdeskInternalUrl\">http://help.test/</property>"
       "<property name=\"poolUri\">sip:pool.test;gruu</property>"
       "<property name=\"organization\">Fabrikam</property>"
       "<property name=\"voicemailUri\">sip:vm@f.test</property><property/>"
       "<property name=\"ucLocationProfile\">" LEEDS "</property>"
       "</propertyEntryList></provisionGroup>"
       "<provisionGroup name=\"ucPolicy\"><instance><propertyEntryList>"
       "<property name=\"name\">Staff</property>"
       "<property name=\"enableCallTransfer\">true</property>"
       "<property name=\"allowCallForwarding\">false</property>"
       "<property name=\"allowSimultaneousRinging\">TRUE</property>"
       "<property name=\"enableCallPark\">false</property></propertyEntryList></instance>"
       "</provisionGroup><provisionGroup name=\"EndpointConfiguration\"><propertyEntryList>"
       "<property name=\"absUsage\">WebSearchOnly</property></propertyEntryList>"
       "</provisionGroup>" TAIL;

static void
check_all (const OhProvisioning *said)
{
  static const char *const texts[OH_N_PROVISION_TEXTS] = {
    [OH_PROVISION_ADDRESS_BOOK_INTERNAL] = "https://in.test/abs",
    [OH_PROVISION_ADDRESS_BOOK_EXTERNAL] = "https://out.test/abs",
    [OH_PROVISION_DIRECTORY_INTERNAL] = "https://in.test/dlx",
    [OH_PROVISION_DIRECTORY_EXTERNAL] = "",
    [OH_PROVISION_HELP_INTERNAL] = "http://help.test/",
    [OH_PROVISION_HELP_EXTERNAL] = "",
    [OH_PROVISION_POOL] = "sip:pool.test;gruu",
    [OH_PROVISION_ORGANIZATION] = "Fabrikam",
    [OH_PROVISION_VOICE_MAIL] = "sip:vm@f.test",
    [OH_PROVISION_ADDRESS_BOOK_USE] = "WebSearchOnly",
    [OH_PROVISION_VOICE_POLICY] = "Staff",
    [OH_PROVISION_LINE] = "",
    [OH_PROVISION_LINE_SERVER] = "",
  };
  const OhLocationProfile *profile = oh_provisioning_profile (said);

  for (guint i = 0; i < OH_N_PROVISION_TEXTS; i++)
    g_assert_cmpstr (said->texts[i], ==, texts[i]);
  g_assert_cmpint (said->policies[OH_PROVISION_TRANSFER], ==, OH_PERMISSION_GRANTED);
  g_assert_cmpint (said->policies[OH_PROVISION_FORWARDING], ==, OH_PERMISSION_DENIED);
  g_assert_cmpint (said->policies[OH_PROVISION_SIMULTANEOUS_RING], ==, OH_PERMISSION_GRANTED);
  g_assert_cmpint (said->policies[OH_PROVISION_PARK], ==, OH_PERMISSION_DENIED);
  g_assert_cmpint (said->policies[OH_PROVISION_TEAM_CALL], ==, OH_PERMISSION_UNSAID);
  g_assert_cmpint (said->policies[OH_PROVISION_DELEGATION], ==, OH_PERMISSION_UNSAID);
  g_assert_cmpstr (profile->name, ==, "Leeds.fabrikam.test");
  g_assert_cmpstr (profile->outside_line, ==, "9");
  g_assert_true (profile->dials_at_once);
  g_assert_cmpuint (profile->rules->len, ==, 2);
}

static void
test_styles (void)
{
  g_autoptr (OhProvisioning) a = read_document (elements);
  g_autoptr (OhProvisioning) b = read_document (properties);

  check_all (a);
  check_all (b);
}

static void
test_rules (void)
{
  g_autoptr (OhProvisioning) said = read_document (elements);
  g_autoptr (OhNumberRules) rules = oh_provisioning_rules (said);
  g_autoptr (OhNumberRules) none = oh_provisioning_rules (NULL);
  g_autoptr (OhRuledNumber) number = oh_number_rules_apply (rules, "020 7946 0123", NULL);

  g_assert_cmpstr (number->number, ==, "+442079460123");
  g_assert_cmpstr (number->rule, ==, "location profile Leeds.fabrikam.test: rule 2");
  g_assert_cmpuint (oh_number_rules_count (none), ==, 0);
}

static void
test_user_goes_before_pool (void)
{
  g_autoptr (OhProvisioning) said = read_document (
    HEAD "<provisionGroup name=\"UserSettings\"><ucUserLocationProfile><name>York</name>"
         "<rules><rule><pattern>^1$</pattern><translation>+1</translation></rule></rules>"
         "</ucUserLocationProfile></provisionGroup>"
         "<provisionGroup name=\"ServerConfiguration\"><ucLocationProfile>" LEEDS
         "</ucLocationProfile></provisionGroup>" TAIL);
  g_autoptr (OhProvisioning) frame = read_document (
    HEAD "<provisionGroup name=\"userSetting\"><ucUserLocationProfile/></provisionGroup>"
         "<provisionGroup name=\"ServerConfiguration\"><ucLocationProfile>" LEEDS
         "</ucLocationProfile></provisionGroup>" TAIL);

  g_assert_cmpstr (oh_provisioning_profile (said)->name, ==, "York");
  g_assert_cmpstr (oh_provisioning_profile (frame)->name, ==, "Leeds.fabrikam.test");
}

/* What a push does not mention stays; what it mentions is replaced as a group. */
static void
test_push (void)
{
  g_autoptr (OhProvisioning) said = read_document (elements);

  g_assert_true (oh_provisioning_read (
    said,
    oh_slice_str (HEAD "<provisionGroup name=\"ucPolicy\">"
                       "<enableCallTransfer>false</enableCallTransfer></provisionGroup>" TAIL),
    NULL));
  g_assert_cmpint (said->policies[OH_PROVISION_TRANSFER], ==, OH_PERMISSION_DENIED);
  g_assert_cmpint (said->policies[OH_PROVISION_PARK], ==, OH_PERMISSION_UNSAID);
  g_assert_cmpstr (said->texts[OH_PROVISION_VOICE_POLICY], ==, "");
  g_assert_cmpstr (oh_provisioning_profile (said)->name, ==, "Leeds.fabrikam.test");
}

static void
test_no_document (void)
{
  static const char *const bad[] = { "", "<x/>", "<provisionGroupList>",
                                     "<!DOCTYPE a [<!ENTITY b \"c\">]><provisionGroupList/>" };
  g_autoptr (OhProvisioning) said = read_document (elements);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (oh_provisioning_read (said, oh_slice_str (bad[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
      check_all (said);
    }
}

/* An address that is none, a text with control characters, one that is too long: not said. */
static void
test_values_that_are_none (void)
{
  g_autofree char *fits = g_strnfill (OH_PROVISION_TEXT_MAX - 1, 'a');
  g_autofree char *longer = g_strnfill (OH_PROVISION_TEXT_MAX, 'a');
  g_autofree char *a = g_strdup_printf (
    HEAD "<provisionGroup name=\"ServerConfiguration\">"
         "<absInternalServerUrl>javascript:alert(1)</absInternalServerUrl>"
         "<helpdeskInternalUrl>file:///etc/passwd</helpdeskInternalUrl>"
         "<voicemailUri>https://x</voicemailUri><organization>%s</organization>"
         "<poolUri>sip:a&#x202e;b&#9;c</poolUri>"
         "<ucLocationProfile><name>a&#10;b</name><externalAccessPrefix>9x</externalAccessPrefix>"
         "</ucLocationProfile></provisionGroup>" TAIL,
    longer);
  g_autofree char *b =
    g_strdup_printf (HEAD "<provisionGroup name=\"ServerConfiguration\">"
                          "<organization>%s</organization></provisionGroup>" TAIL,
                     fits);
  g_autoptr (OhProvisioning) none = read_document (a);
  g_autoptr (OhProvisioning) longest = read_document (b);

  for (guint i = 0; i < OH_N_PROVISION_TEXTS; i++)
    g_assert_cmpstr (none->texts[i], ==, "");
  g_assert_cmpstr (none->pool_profile->name, ==, "");
  g_assert_cmpstr (none->pool_profile->outside_line, ==, "");
  g_assert_cmpstr (longest->texts[OH_PROVISION_ORGANIZATION], ==, fits);
}

/* So many rules, so long, or empty: each is counted, and those that cannot be used are told. */
static void
test_hostile_rules (void)
{
  g_autoptr (GString) xml = g_string_new (
    HEAD "<provisionGroup name=\"ServerConfiguration\"><ucLocationProfile><name>X</name>");
  g_autofree char *longer = g_strnfill (OH_NUMBER_PATTERN_MAX + 10, '1');
  g_autoptr (OhProvisioning) said = NULL;
  g_autoptr (OhNumberRules) rules = NULL;
  GPtrArray *problems;

  g_string_append_printf (
    xml, "<rule><pattern>%s</pattern><translation>1</translation></rule><rule/>", longer);
  for (guint i = 0; i < 10000; i++)
    g_string_append (xml, "<rule><pattern>^1$</pattern><translation>1</translation></rule>");
  g_string_append (xml, "</ucLocationProfile></provisionGroup>" TAIL);
  said = read_document (xml->str);
  rules = oh_provisioning_rules (said);
  problems = oh_number_rules_problems (rules);
  g_assert_cmpuint (oh_number_rules_count (rules), <=, OH_NUMBER_RULES_MAX);
  g_assert_cmpuint (oh_number_rules_count (rules), >, 900);
  g_assert_cmpstr (((OhRuleProblem *) g_ptr_array_index (problems, 0))->rule, ==,
                   "location profile X: rule 1");
  g_assert_cmpstr (((OhRuleProblem *) g_ptr_array_index (problems, 1))->rule, ==,
                   "location profile X: rule 2");
}

static void
test_line (void)
{
  g_autoptr (OhProvisioning) said = oh_provisioning_new ();

  g_assert_true (oh_provisioning_read_line (
    said,
    oh_slice_str ("<provisioning><user uri=\"sip:a@b\"><line uri=\"tel:+4420;ext=123\" "
                  "server=\"sip:csta-gw@b\"/></user></provisioning>"),
    NULL));
  g_assert_cmpstr (said->texts[OH_PROVISION_LINE], ==, "tel:+4420;ext=123");
  g_assert_cmpstr (said->texts[OH_PROVISION_LINE_SERVER], ==, "sip:csta-gw@b");
  g_assert_false (oh_provisioning_read_line (said, oh_slice_str ("<"), NULL));
  g_assert_cmpstr (said->texts[OH_PROVISION_LINE], ==, "tel:+4420;ext=123");
  g_assert_true (
    oh_provisioning_read_line (said, oh_slice_str ("<x><user uri=\"sip:a@b\"/></x>"), NULL));
  g_assert_cmpstr (said->texts[OH_PROVISION_LINE], ==, "");
}

/* What was written is what is read. */
static void
test_written (void)
{
  g_autoptr (OhProvisioning) said = read_document (elements);
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (OhProvisioning) kept = NULL;

  said->at_us = 1700000000000000;
  g_assert_true (oh_provisioning_read_line (
    said, oh_slice_str ("<a><line uri=\"tel:1\" server=\"sip:c\"/></a>"), NULL));
  text = oh_provisioning_write (said);
  kept = read_document (text);
  again = oh_provisioning_write (kept);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpint (kept->at_us, ==, 1700000000000000);
  g_assert_cmpstr (kept->texts[OH_PROVISION_LINE], ==, "tel:1");
  g_assert_true (oh_provisioning_read_line (kept, oh_slice_str ("<a/>"), NULL));
  check_all (kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/provisioning/styles", test_styles);
  g_test_add_func ("/provisioning/rules", test_rules);
  g_test_add_func ("/provisioning/user-goes-before-pool", test_user_goes_before_pool);
  g_test_add_func ("/provisioning/push", test_push);
  g_test_add_func ("/provisioning/no-document", test_no_document);
  g_test_add_func ("/provisioning/values-that-are-none", test_values_that_are_none);
  g_test_add_func ("/provisioning/hostile-rules", test_hostile_rules);
  g_test_add_func ("/provisioning/line", test_line);
  g_test_add_func ("/provisioning/written", test_written);
  return g_test_run ();
}
