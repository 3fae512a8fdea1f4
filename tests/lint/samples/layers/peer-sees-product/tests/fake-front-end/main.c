#include "sip-message.h"
