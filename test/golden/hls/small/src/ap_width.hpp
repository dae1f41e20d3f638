// The widest integer of this design, for the vendor's headers; before all of them.
#ifndef AP_INT_MAX_W
#define AP_INT_MAX_W 1024
#endif
