#include <phonenumbers/phonenumberutil.h>
