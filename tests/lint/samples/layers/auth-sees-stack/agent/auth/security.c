#include "sip-stack.h"
